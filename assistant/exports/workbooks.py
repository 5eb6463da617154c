"""Tables and recalls as workbooks in memory, for channels that send files."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Final

from assistant.messages import Table
from store.records.affected import write_affected
from store.records.fsma204 import Wanted, write_sheet
from store.records.sheets import Sheet, Value, write_workbook
from store.session import Session
from store.trace import lineage
from store.trace.mass_balance import trace_balance
from store.trace.recall import examine

TITLE: Final = 31
"""Characters that the name of a tab may have (Excel's limit)."""

_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d{0,13})(?:\.\d+)?")
_DAY: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_NO_TITLE: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f']")


def of_table(table: Table) -> bytes:
    """The table as XLSX. A column that holds nothing but numbers, or ISO days, has real ones, so that it sorts."""
    columns = [f"{name} ({n})" if name in table.columns[:n] else name for n, name in enumerate(table.columns)]
    values = [_values([row[n] for row in table.rows]) for n in range(len(columns))]
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]
    title = _NO_TITLE.sub(" ", table.title).strip()[:TITLE] or "Table"
    target = BytesIO()
    write_workbook(target, [Sheet(title, columns, rows)], title)
    return target.getvalue()


def of_recall(session: Session, lot: str, now: datetime, also: Sequence[str] = ()) -> Mapping[str, bytes] | None:
    """The workbooks of a recall by name; None where the plant does not know one of the lots.

    `affected lots`: lots, stock, shipments, customers to call, mass balance. `fsma204`: the traceability records of
    everything that the lots went into, and of everything that went into them.
    """
    if not all(session.lots.exists(code) for code in (lot, *also)):
        return None
    report = examine(session, lot, now, also=also)
    affected, records = BytesIO(), BytesIO()
    write_affected(affected, session.catalog, report, trace_balance(session, report))
    reached = [found.lot.code for found in report.affected]
    sources = [source for code in (lot, *also) for source in lineage.reach(session, code, "backward")]
    write_sheet(session, records, Wanted(lots=list(dict.fromkeys([*reached, *sources]))), now)
    return {"affected lots": affected.getvalue(), "fsma204": records.getvalue()}


def _values(cells: Sequence[str]) -> list[Value]:
    """The cells of one column as what they are."""
    told = [cell for cell in cells if cell not in {"", "–"}]
    read: Callable[[str], Value] | None = None
    if told and all(_NUMBER.fullmatch(cell) for cell in told):
        read = Decimal
    elif told and all(_is_day(cell) for cell in told):
        read = date.fromisoformat
    if read is None:
        return list(cells)
    return [read(cell) if cell not in {"", "–"} else None for cell in cells]


def _is_day(cell: str) -> bool:
    if not _DAY.fullmatch(cell):
        return False
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True
