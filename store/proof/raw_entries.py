"""Reads the append-only tables as they stand, entry by entry in bounded memory, for proofs that trust nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from store.books.statements import ENTRY_COLUMNS
from store.database import Connection
from store.model import LOT_FACTS, Facts
from store.tables.types import json_text, moment_text

BATCH: Final = 500
"""Entries read at a time."""

FORM: Final = 2
"""The canonical form of new seals. Form 1, of those made before entries told it, leaves the facts of new lots out."""

_ENTRIES: Final = (
    f"SELECT number, {', '.join(ENTRY_COLUMNS)} FROM entry "  # noqa: S608  # our names
    f"WHERE number > ? ORDER BY number LIMIT {BATCH}"
)
_LINES: Final = (
    "SELECT entry, line, lot, place, quantity, amount, unit, happened FROM posting "
    "WHERE entry BETWEEN ? AND ? ORDER BY entry, line"
)
_COUNTED: Final = (
    "SELECT entry, line, lot, place, found, expected, position FROM counted "
    "WHERE entry BETWEEN ? AND ? ORDER BY entry, line"
)
_LOTS: Final = "SELECT entry, lot FROM entry_lot WHERE entry BETWEEN ? AND ? ORDER BY entry, lot"
_BROUGHT: Final = f"SELECT entry, {', '.join(LOT_FACTS)} FROM lot WHERE entry BETWEEN ? AND ? ORDER BY entry, code"  # noqa: S608  # our names


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry's rows. Moments are UTC text of one width, JSON columns are text; `columns` are those of ENTRY_COLUMNS.

    `lines` are line, lot, place, quantity, amount, unit, happened; `counted` line, lot, place, found, expected,
    position; `lots` the lots without a line; `brought` what the rows of the lots that are said to come from it hold.
    """

    number: int
    columns: dict[str, Any]
    lines: list[tuple[Any, ...]] = field(default_factory=list)
    counted: list[tuple[Any, ...]] = field(default_factory=list)
    lots: list[str] = field(default_factory=list)
    brought: list[Facts] = field(default_factory=list)

    def canonical(self, form: int = FORM) -> bytes:
        """The entry as one line of JSON, the same from every database that holds the same rows."""
        columns = [value for name, value in self.columns.items() if form > 1 or name != "new_lots"]
        rows = [self.number, *columns, self.lines, self.counted, sorted(self.lots)]
        return f"{json_text(rows)}\n".encode()

    def happened(self) -> str:
        """When it happened."""
        return str(self.columns["happened"])


def raw_entries(connection: Connection, after: int = 0) -> Iterator[RawEntry]:
    """Every entry with a number above `after`, in their order."""
    while batch := connection.execute(_ENTRIES, (after,)):
        yield from _whole(connection, batch)
        after = batch[-1][0]


def raw_entry(connection: Connection, number: int) -> RawEntry | None:
    """The entry of that number."""
    row = connection.execute(f"SELECT number, {', '.join(ENTRY_COLUMNS)} FROM entry WHERE number = ?", (number,))  # noqa: S608
    return next(_whole(connection, row), None)


def _whole(connection: Connection, rows: list[Any]) -> Iterator[RawEntry]:
    entries = {number: RawEntry(number, _columns(connection, values)) for number, *values in rows}
    if not entries:
        return
    span = (rows[0][0], rows[-1][0])
    for number, *line, happened in connection.execute(_LINES, span):
        if number in entries:
            entries[number].lines.append((*line, _moment(connection, happened)))
    for number, *counted in connection.execute(_COUNTED, span):
        if number in entries:
            entries[number].counted.append(tuple(counted))
    for number, lot in connection.execute(_LOTS, span):
        if number in entries:
            entries[number].lots.append(lot)
    for number, *facts in connection.execute(_BROUGHT, span):
        if number in entries:
            told = (None if value is None else str(value) for value in facts)
            entries[number].brought.append(dict(zip(LOT_FACTS, told, strict=True)))
    yield from entries.values()


def _columns(connection: Connection, values: list[Any]) -> dict[str, Any]:
    columns = dict(zip(ENTRY_COLUMNS, values, strict=True))
    columns["happened"] = _moment(connection, columns["happened"])
    columns["recorded"] = _moment(connection, columns["recorded"])
    return columns


def _moment(connection: Connection, value: Any) -> str:  # noqa: ANN401  # the driver's
    return value if isinstance(value, str) else moment_text(connection.database.read_moment(value))
