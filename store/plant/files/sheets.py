"""A plant file as rows of text with their positions, whether it is CSV or XLSX, and the faults found on the way."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from store.plant.files.limits import LARGEST_FILE, Unreadable

T = TypeVar("T")

LONGEST_CELL: Final = 2_000

MOST_FAULTS: Final = 1_000
"""How many faults are told in full; a wholly wrong file of 50,000 rows is understood from fewer."""


class Faults:
    """Everything that is wrong with a folder, in the order found."""

    def __init__(self) -> None:
        self._told: list[str] = []
        self._more = 0

    def add(self, file: str, text: str, line: int | None = None, column: int | None = None) -> None:
        """Note what is wrong in a file, at a line and a column (both from 1) where it is known."""
        if len(self._told) == MOST_FAULTS:
            self._more += 1
            return
        place = file if line is None else f"{file}:{line}:{column or 1}"
        self._told.append(f"{place}: {text}")

    def all(self) -> tuple[str, ...]:
        """The faults; beyond `MOST_FAULTS` of them the last one says how many more there are."""
        return (*self._told, f"and {self._more} more faults") if self._more else tuple(self._told)

    def __len__(self) -> int:
        return len(self._told) + self._more


@dataclass(frozen=True, slots=True)
class Columns:
    """What a plant file holds: its stem, the columns it must have, and those it may have."""

    stem: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every column, in the order in which the plant's own export has them."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Sheet:
    """One plant file, read: `columns` maps a name to its number (from 1), `rows` are line numbers and cells."""

    file: str
    columns: Mapping[str, int] = field(default_factory=dict)
    rows: Sequence[tuple[int, Sequence[str]]] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet; what cannot be read becomes a fault and None."""

    sheet: Sheet
    line: int
    cells: Sequence[str]
    faults: Faults

    def has(self, column: str) -> bool:
        """Whether the sheet has that column at all."""
        return column in self.sheet.columns

    def text(self, column: str) -> str:
        """The cell as it stands; empty where the sheet lacks the column."""
        number = self.sheet.columns.get(column)
        return self.cells[number - 1] if number is not None else ""

    def wrong(self, column: str, text: str) -> None:
        """Note a fault at this row's cell."""
        self.faults.add(self.sheet.file, text, self.line, self.sheet.columns.get(column))

    def read(self, column: str, reader: Callable[[str], T], called: str = "") -> T | None:
        """The cell through its reader; None where it is empty or, with a fault noted, unreadable.

        `called` names the value in a fault where the column's name says too little.
        """
        said = self.text(column)
        if not said:
            return None
        try:
            return reader(said)
        except Unreadable as fault:
            self.wrong(column, f"{called or column} {fault}")
            return None

    def need(self, column: str, reader: Callable[[str], T]) -> T | None:
        """The same for a cell that must not be empty."""
        if not self.text(column):
            self.wrong(column, f"{column} is empty")
            return None
        return self.read(column, reader)


def rows(sheet: Sheet, faults: Faults) -> Iterator[Row]:
    """The rows of a sheet, ready to be read."""
    for line, cells in sheet.rows:
        yield Row(sheet, line, cells, faults)


def read_sheet(folder: Path, wanted: Columns, faults: Faults) -> Sheet | None:
    """The plant file `wanted` of a folder, CSV or XLSX; None where there is none or, with a fault, it is unreadable."""
    paths = [path for path in (folder / f"{wanted.stem}.csv", folder / f"{wanted.stem}.xlsx") if path.exists()]
    if not paths:
        return None
    if len(paths) > 1:
        faults.add(paths[0].name, f"{paths[1].name} is there too; keep one of them")
        return None
    return read_file(paths[0], wanted, faults)


def read_file(path: Path, wanted: Columns, faults: Faults) -> Sheet | None:
    """One CSV or XLSX file with the columns of `wanted`; None where it is, with a fault, unreadable."""
    try:
        _check_file(path)
        if path.suffix.lower() != ".xlsx":
            lines = _csv_lines(path)
        else:
            from store.plant.files.workbooks import xlsx_lines  # noqa: PLC0415 - openpyxl is slow to import

            lines = xlsx_lines(path, wanted.stem)
        return _shaped(path.name, lines, wanted, faults)
    except Unreadable as fault:
        faults.add(path.name, str(fault))
    except OSError as error:
        faults.add(path.name, f"cannot be read: {error.strerror or error}")
    return None


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise Unreadable("is not a file")
    if path.stat().st_size > LARGEST_FILE:
        raise Unreadable(f"is larger than {LARGEST_FILE // 2**20} MiB")


def _csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"is not UTF-8 text (line {line}); save it as CSV UTF-8") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(f"holds a NUL character (line {line}) and so is no text file")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Unreadable(f"is no proper CSV at the row that begins in line {line}: {error}") from None
        if cells is None:
            return
        yield line, [cell.strip() for cell in cells]


def _shaped(file: str, lines: Iterable[tuple[int, list[str]]], wanted: Columns, faults: Faults) -> Sheet | None:
    filled = ((line, cells) for line, cells in lines if any(cells))
    line, names = next(filled, (0, []))
    if not names:
        raise Unreadable("is empty; its first row must name the columns")
    columns = _header(file, line, names, wanted, faults)
    if columns is None:
        return None
    width = len(names)
    kept = []
    for number, cells in filled:
        for column in range(width, len(cells)):
            if cells[column]:
                faults.add(file, f"{shown(cells[column])} stands beyond the last column", number, column + 1)
        for column, cell in enumerate(cells[:width], start=1):
            if len(cell) > LONGEST_CELL:
                faults.add(file, f"holds {len(cell)} characters", number, column)
            elif cell and not names[column - 1]:
                faults.add(file, f"{shown(cell)} stands in a column without a name", number, column)
        kept.append((number, [*cells[:width], *[""] * (width - len(cells))]))
    return Sheet(file, columns, kept)


def _header(file: str, line: int, names: Sequence[str], wanted: Columns, faults: Faults) -> dict[str, int] | None:
    if len(names) == 1 and (mark := next((mark for mark in ";\t|" if mark in names[0]), None)):
        raise Unreadable(f"has its columns separated by {'a tab' if mark == chr(9) else mark}, not by a comma")
    columns: dict[str, int] = {}
    usable = True
    for number, said in enumerate(names, start=1):
        name = said.lower()
        if name in columns:
            faults.add(file, f"column {shown(name)} is there twice", line, number)
            usable = False
        elif name and name not in wanted.all:
            faults.add(file, f"unknown column {shown(name)}; known are {', '.join(wanted.all)}", line, number)
        elif name:
            columns[name] = number
    missing = [name for name in wanted.required if name not in columns]
    if missing:
        faults.add(file, f"column {', '.join(missing)} is missing", line, 1)
    return columns if usable and not missing else None


def shown(text: str) -> str:
    """A cell's text as a fault quotes it: short, on one line."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= 40 else f"{plain[:37]}..."  # noqa: PLR2004 - a screen's line
