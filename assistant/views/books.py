"""The books as others read them: stock, entries, where a lot came from and went, what a recall reaches."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from assistant.views import json_shapes
from assistant.views.rows import EntryRow, Genealogy, Health, RecallReport, StockRow
from store.session import Session
from store.trace import genealogy
from store.trace import recall as recalls
from store.trace.lineage import Direction


def stock(
    session: Session,
    today: date,
    *,
    lots: Iterable[str] | None = None,
    product: str | None = None,
    at: str | None = None,
    wip: bool = False,
) -> list[StockRow]:
    """On-hand rows of the lots, the product and the place with all places in it; with `wip` in work orders, too."""
    places = session.catalog.within(at) if at else None
    if lots is None:
        rows = session.ledger.stock(product=product, places=places, wip=wip)
    else:
        rows = [r for code in lots for r in session.ledger.stock(lot=code, product=product, places=places, wip=wip)]
    return json_shapes.stock(rows, session.catalog, today)


def entries(
    session: Session,
    zone: ZoneInfo,
    *,
    lot: str | None = None,
    since: datetime | None = None,
    by: str | None = None,
    limit: int | None = None,
) -> list[EntryRow]:
    """Ledger entries, newest last; with a limit the newest of them."""
    found = session.ledger.entries(lot=lot, since=since, by=by, limit=limit, newest_first=limit is not None)
    shown = [json_shapes.entry(e, zone) for e in found]
    return shown[::-1] if limit is not None else shown


def trace(session: Session, lot: str, direction: Direction | None = None) -> Genealogy | None:
    """Where a lot came from and went; None for one that the plant does not know."""
    return cast("Genealogy", genealogy.trace(session, lot, direction)) if session.lots.exists(lot) else None


def recall(session: Session, lot: str, at: datetime, also: Sequence[str] = ()) -> RecallReport | None:
    """Everything that the lots reached; None where the plant does not know one of them."""
    if not all(session.lots.exists(code) for code in (lot, *also)):
        return None
    return cast("RecallReport", recalls.recall(session, lot, at, also=also))


def health(session: Session, database: str) -> Health:
    """Whether the books can be read, and how many entries they have."""
    newest = session.ledger.entries(newest_first=True, limit=1)
    return {"status": "ok", "database": database, "entries": newest[0].number if newest else 0}
