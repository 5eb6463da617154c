"""The records that others ask for: the recall and its folder, EPCIS and FSMA 204 as files, reports as workbooks."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from assistant.supervision.figures import Column, Figures
from assistant.views import json_shapes
from store.records.epcis import document
from store.records.epcis_checks import faults
from store.records.folder import Written, write_folder
from store.records.fsma204 import Wanted, write_sheet
from store.records.sheets import Sheet, Value, write_workbook
from store.session import Session, Store

DAYS = frozenset({"day", "expires", "period"})
"""Columns of a report that hold a day."""


def recall_folder(
    store: Store, zone: ZoneInfo, now: Callable[[], datetime], lot: str, folder: Path, *, also: Sequence[str] = ()
) -> Written:
    """Write the whole recall folder of a lot, and of others with it; `now` is the clock that times it.

    Raises:
        UnknownLot: The plant does not have one of them.
    """
    shown = partial(json_shapes.entry, zone=zone)
    return write_folder(store, lot, folder, now(), as_json=shown, clock=now, also=also)


def epcis(store: Store, now: datetime, path: Path, *, lot: str | None, since: datetime | None) -> list[str]:
    """Write an EPCIS 2.0 document; what our own checks find wrong with it."""

    def read(session: Session) -> dict[str, object]:
        return document(session, session.ledger.entries(lot=lot, since=since), now)

    found = store.run(read, write=False)
    path.write_text(json_shapes.json_text(found), encoding="utf-8")
    return faults(found)


def fsma204(store: Store, now: datetime, path: Path, *, lot: str | None, since: datetime | None) -> list[Sheet]:
    """Write the FSMA 204 sortable spreadsheet; the tabs that are in it."""
    wanted = Wanted(lots=[lot] if lot else None, since=since.date() if since else None)
    return store.run(lambda s: write_sheet(s, path, wanted, now), write=False)


def workbook(found: Figures, target: Path | BinaryIO) -> None:
    """Write a report as XLSX, with real days and numbers, so that it sorts and sums."""
    columns = found.columns or (Column("nothing", "nothing"),)
    rows = [
        {column.label: _value(column, row[column.name], cell) for column, cell in zip(columns, cells, strict=True)}
        for row, cells in zip(found.rows, found.cells, strict=True)
    ]
    write_workbook(target, [Sheet(found.title, [column.label for column in columns], rows)], found.title)


def _value(column: Column, value: object, cell: str) -> Value:
    if value is None:
        return None
    if column.numeric:
        return Decimal(str(value))
    return date.fromisoformat(str(value)) if column.name in DAYS else cell
