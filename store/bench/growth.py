"""Makes a ledger large in little time: moves to and fro, as `record` would have written them."""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from datetime import datetime

from store.books.statements import ENTRY_COLUMNS
from store.database import Connection
from store.session import Session
from store.units import SCALE


def grow(session: Session, moves: int, lot: str, places: tuple[str, str], happened: datetime) -> None:
    """Add `moves` entries, an even number, that move one base unit of the lot to and fro between two real places.

    The lot must stand in the first place. All of them happened at the same moment; the balances end as they were,
    so that the books still prove.
    """
    if moves % 2:
        raise ValueError("an odd number of moves does not end where it began")
    connection = session.connection
    first = 1 + max(connection.execute("SELECT coalesce(max(number), 0) FROM entry")[0])
    if not connection.database.is_sqlite:
        connection.execute("SELECT setval('entry_number', ?)", (first + moves,))
    at = connection.database.moment(happened)
    columns = {
        "id": _identity(connection),
        "kind": "'move'",
        "happened": "?",
        "recorded": "?",
        "person": "'bench'",
        "channel": "'bench'",
        "said": "'moved 1'",
        "corrections": "'[]'",
        "key": "'bench:' || n",
        "lots": "?",
        "attachments": "'[]'",
        "new_lots": "'[]'",
    }
    values = ", ".join(columns.get(column, "NULL") for column in ENTRY_COLUMNS)
    numbers = _numbers(connection)
    connection.execute(
        f"INSERT INTO entry (number, {', '.join(ENTRY_COLUMNS)}) SELECT n, {values} FROM {numbers}",
        (at, at, f'["{lot}"]', first, first + moves),
    )
    for line, sign in ((0, -1), (1, 1)):
        here, there = places if line == 0 else places[::-1]
        connection.execute(
            "INSERT INTO posting (entry, line, lot, place, quantity, amount, unit, happened) "
            f"SELECT n, {line}, ?, CASE WHEN (n - {first}) / 2 * 2 = n - {first} THEN ? ELSE ? END, "
            f"{sign * SCALE}, '{sign}', 'lb', ? FROM {numbers}",
            (lot, here, there, at, first, first + moves),
        )
    last = first + moves - 1
    for place, change in zip(places, (SCALE, -SCALE), strict=True):
        connection.execute(
            "INSERT INTO balance (lot, place, kind, quantity, made, change, position, last_happened) "
            f"VALUES (?, ?, 'real', 0, 0, {change}, ?, ?) ON CONFLICT (lot, place) DO UPDATE SET "
            "change = excluded.change, position = excluded.position, last_happened = "
            "CASE WHEN excluded.last_happened > balance.last_happened THEN excluded.last_happened "
            "ELSE balance.last_happened END",
            (lot, place, last, at),
        )


def _numbers(connection: Connection) -> str:
    """A table `numbers (n)` from the first parameter to before the second."""
    if connection.database.is_sqlite:
        return (
            "(WITH RECURSIVE counting (n, stop) AS (SELECT ?, ? UNION ALL SELECT n + 1, stop FROM counting "
            "WHERE n + 1 < stop) SELECT n FROM counting) numbers"
        )
    return "(SELECT n FROM generate_series(?::bigint, ?::bigint - 1) numbers (n)) numbers"


def _identity(connection: Connection) -> str:
    """A text that orders as the numbers do, before every identity of our own time."""
    if connection.database.is_sqlite:
        return "printf('00000000-0000-7000-8000-%012d', n)"
    return "'00000000-0000-7000-8000-' || lpad(n::text, 12, '0')"
