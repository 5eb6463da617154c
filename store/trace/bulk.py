"""Reads for any number of lots in one statement: a list of codes as a table, on SQLite and on PostgreSQL."""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from store.books.lots import LOT_SELECT, lot_of
from store.database import Connection
from store.model import Entry, Lot
from store.session import Session

CHUNK: Final = 500
"""How many entries are read at a time."""


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Read hundreds of thousands of rows without Python looking through all of them, ever again, for cycles.

    Rows have none. It works again afterwards, also for other threads; meanwhile only their cycles wait.
    """
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()


def codes(connection: Connection, values: Iterable[str]) -> tuple[str, Any]:
    """A table expression `wanted (code)`, and the one parameter that it takes.

    SELECT b.lot FROM {expression} CROSS JOIN balance b WHERE b.lot = wanted.code
    """
    if connection.database.is_sqlite:
        return "(SELECT value AS code FROM json_each(?)) wanted", json.dumps(list(values))
    return "unnest(?::text[]) wanted (code)", list(values)


def lots_of(connection: Connection, values: Iterable[str], *, withdrawn: bool = False) -> dict[str, Lot]:
    """The lots of these codes that the plant knows, by code; `withdrawn` adds those whose receipt was taken back."""
    wanted, listed = codes(connection, values)
    columns = ", ".join(f"l.{column}" for column in LOT_SELECT.split(", "))
    standing = "" if withdrawn else " AND NOT l.withdrawn"
    rows = connection.execute(
        f"SELECT {columns} FROM {wanted} CROSS JOIN lot l WHERE l.code = wanted.code{standing}", (listed,)
    )
    return {row[0]: lot_of(connection.database, row) for row in rows}


def entry_numbers(connection: Connection, values: Iterable[str]) -> list[int]:
    """The numbers of all entries that concern these lots, in order."""
    wanted, listed = codes(connection, values)
    rows = connection.execute(
        f"SELECT p.entry FROM {wanted} CROSS JOIN posting p WHERE p.lot = wanted.code "
        f"UNION SELECT e.entry FROM {wanted} CROSS JOIN entry_lot e WHERE e.lot = wanted.code "
        f"UNION SELECT c.entry FROM {wanted} CROSS JOIN counted c WHERE c.lot = wanted.code",
        (listed, listed, listed),
    )
    return sorted(row[0] for row in rows)


def entries_among(session: Session, numbers: Sequence[int]) -> Iterator[Entry]:
    """The entries of these numbers, in their order."""
    for start in range(0, len(numbers), CHUNK):
        yield from session.ledger.entries(numbers=numbers[start : start + CHUNK])
