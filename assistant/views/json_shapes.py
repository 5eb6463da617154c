"""The JSON shapes of the outer edge: entries, stock, trace. The contract of the command line, in one place."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.views.rows import EntryRow, StockRow
from assistant.wording import names
from store.model import Catalog, Entry, Lot, Stock
from store.units import text


def json_text(document: object) -> str:
    """A JSON document as a file holds it."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def stamp(moment: datetime, zone: ZoneInfo) -> str:
    """A moment in the plant's time zone, ISO 8601 to the second."""
    return moment.astimezone(zone).replace(microsecond=0).isoformat()


def entry(recorded: Entry, zone: ZoneInfo) -> EntryRow:
    """One ledger entry as `floor entries --json` prints it."""
    told = recorded.transaction
    return {
        "number": recorded.number,
        "kind": str(told.kind),
        "happened": stamp(told.happened, zone),
        "recorded": stamp(recorded.recorded, zone),
        "by": told.by,
        "channel": told.channel,
        "said": told.said,
        "confidence": told.confidence,
        "corrections": list(told.corrections),
        "lots": list(told.lots),
        "work_order": told.work_order,
        "partner": told.partner,
        "reference": told.reference,
        "reason": told.reason,
        "note": told.note,
        "approved_by": told.approved_by,
        "reverses": recorded.reverses,
        "lines": [
            {"lot": p.lot, "location": p.place, "quantity": text(p.amount), "unit": p.unit} for p in told.postings
        ],
    }


def status(lot: Lot, today: date) -> str:
    """`hold`, `expired` or `ok`; a lot that is both is on hold."""
    if lot.on_hold:
        return "hold"
    return "expired" if lot.expired(today) else "ok"


def stock(rows: Iterable[Stock], catalog: Catalog, today: date) -> list[StockRow]:
    """On-hand rows as `floor stock --json` prints them, each in the unit that its lot is counted in."""
    shown: list[StockRow] = []
    for row in rows:
        amount, unit = names.in_unit(catalog, row.lot, row.quantity)
        shown.append(
            {
                "lot": row.lot.code,
                "product": row.lot.product,
                "location": row.place,
                "quantity": text(amount),
                "unit": unit,
                "expires": row.lot.expires.isoformat() if row.lot.expires else None,
                "status": status(row.lot, today),
            }
        )
    return shown
