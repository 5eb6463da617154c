"""Excel workbooks as the same lines of text that a CSV file holds: days, numbers and leading zeros restored."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, repeat
from pathlib import Path
from typing import Any, Final, Protocol
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from store.plant.files.limits import LARGEST_FILE, Unreadable

XLSX_WIDTHS: Final[Mapping[str, int]] = {"gtin": 14, "gln": 13}
"""Digits of the columns whose leading zeros a spreadsheet drops."""

_UNREADABLE_XLSX: Final = (
    zipfile.BadZipFile, InvalidFileException, ParseError, zlib.error, KeyError, ValueError, TypeError,
    AttributeError, IndexError, EOFError, NotImplementedError,
)  # fmt: skip
"""What openpyxl raises for files that are damaged or something else in disguise."""


class _Cell(Protocol):
    """What openpyxl's cells, read-only and empty ones, have in common."""

    @property
    def value(self) -> object:
        """A text, number, day, truth value or None."""

    @property
    def number_format(self) -> str:
        """How the spreadsheet shows it."""


def xlsx_lines(path: Path, stem: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a workbook's sheet, the only one or the one called `stem`, as CSV would hold them.

    Raises:
        Unreadable: It is no workbook, damaged, absurdly large, or does not say which sheet is meant.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        _check_unpacked(unpacked)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out (drop-down lists, styles) is not in cells
            yield from _workbook_lines(path, stem)
    except Unreadable:
        raise
    except _UNREADABLE_XLSX:
        raise Unreadable("is no readable Excel workbook (.xlsx)") from None


def _check_unpacked(size: int) -> None:
    if size > LARGEST_FILE:
        raise Unreadable(f"unpacks to more than {LARGEST_FILE // 2**20} MiB")


def _workbook_lines(path: Path, stem: str) -> Iterator[tuple[int, list[str]]]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        names = book.sheetnames
        if len(names) != 1 and stem not in names:
            raise Unreadable(f"has {len(names)} sheets and none is called {stem}")
        sheet: Any = book[stem if stem in names else names[0]]
        sheet.reset_dimensions()  # what the file says of its own size is often wrong
        header: list[str] = []
        for line, cells in enumerate(sheet.iter_rows(), start=1):
            texts = [_xlsx_text(cell, name) for cell, name in zip(cells, chain(header, repeat("")), strict=False)]
            header = header or [name.lower() for name in texts]
            yield line, texts
    finally:
        book.close()


def _xlsx_text(cell: _Cell, column: str) -> str:
    """A spreadsheet's cell as the same text that CSV would hold."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        shown_as = str(cell.number_format)
        width = XLSX_WIDTHS.get(column) or (len(shown_as) if re.fullmatch("0{2,}", shown_as) else 0)
        return str(value).zfill(width)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return str(value).strip()
