"""Workbooks that sort: real dates and numbers, one header row, no merged cells, a filter on every column."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | Decimal | date | datetime | None

DAY: Final = "yyyy-mm-dd"
MOMENT: Final = "yyyy-mm-dd hh:mm"
WIDEST: Final = 48
LINE: Final = 15.0
"""Height of a line of the header in points."""

LONGEST_TEXT: Final = 32_767
"""What a cell can hold (Excel's limit)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tab: the names of its columns, and its rows as values by column; what a row lacks is an empty cell."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Value]] = field(default_factory=tuple)


def write_workbook(target: Path | BinaryIO, sheets: Iterable[Sheet], title: str) -> None:
    """Write the tabs as XLSX, to a file or to what takes bytes."""
    book = Workbook(write_only=True)
    book.properties.title = title
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    book.save(target)


def _write(tab: Worksheet, sheet: Sheet) -> None:
    lines = 1
    for column, name in enumerate(sheet.columns, start=1):
        longest = max((len(str(row.get(name) or "")) for row in sheet.rows), default=0)
        width = min(WIDEST, max(10, len(name) * 0.7, longest) + 2)
        tab.column_dimensions[get_column_letter(column)].width = width
        lines = max(lines, len(textwrap.wrap(name, max(1, int(width) - 2))))
    tab.row_dimensions[1].height = LINE * lines
    tab.freeze_panes = "A2"
    tab.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    tab.page_setup.orientation = "landscape"
    tab.page_setup.fitToHeight = 0
    tab.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    tab.print_title_rows = "1:1"
    tab.append([_heading(tab, name) for name in sheet.columns])
    for row in sheet.rows:
        tab.append([_cell(tab, row.get(name)) for name in sheet.columns])


def _heading(tab: Worksheet, name: str) -> Cell:
    cell = Cell(tab, 1, 1, name)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="DDE6EE")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(tab: Worksheet, value: Value) -> Cell | Value:
    """A value as itself: text never becomes a formula, a moment loses its time zone, which Excel does not know."""
    if isinstance(value, str):
        told = "".join(sign for sign in value if sign >= " " or sign in "\n\t")[:LONGEST_TEXT]
        if not told.startswith("="):
            return told
        cell = Cell(tab, 1, 1, told)
        cell.data_type = "s"
        return cell
    if isinstance(value, datetime):
        cell = Cell(tab, 1, 1, value.replace(tzinfo=None, microsecond=0))
        cell.number_format = MOMENT
        return cell
    if isinstance(value, date):
        cell = Cell(tab, 1, 1)
        cell.value = value
        cell.number_format = DAY
        return cell
    return value
