"""The SQL of the posting path, prepared once for each kind of database and number of rows."""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from functools import lru_cache
from typing import Final

from store.database import marks
from store.model import LOT_FACTS

ENTRY_COLUMNS: Final = (
    "id", "kind", "happened", "recorded", "person", "channel", "said", "confidence", "corrections", "key", "lots",
    "work_order", "partner", "reference", "reason", "note", "approved_by", "attachments", "reverses", "new_lots",
)  # fmt: skip
"""The columns of an entry but its number, which the database gives."""

LOT_COLUMNS: Final = (*LOT_FACTS, "on_hold")
"""The columns of a lot that the model knows, in the order of its fields."""

_NAMED: Final = ", ".join(ENTRY_COLUMNS)

INSERT_ENTRY_SQLITE: Final = (
    f"INSERT INTO entry (number, {_NAMED}) "
    f"SELECT (SELECT coalesce(max(number), 0) + 1 FROM entry), {marks(len(ENTRY_COLUMNS))} "
    "WHERE NOT EXISTS (SELECT 1 FROM entry WHERE key = ?) RETURNING number"
)
"""Takes the columns and the key once more; gives no row when the key is in the books already."""

INSERT_ENTRY_POSTGRESQL: Final = (
    f"INSERT INTO entry (number, {_NAMED}) VALUES (nextval('entry_number'), {marks(len(ENTRY_COLUMNS))}) "
    "ON CONFLICT (key) DO NOTHING RETURNING number"
)
"""Takes the columns; gives no row when the key is in the books already."""

UNREVERSED: Final = "+e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.number)"
"""True of an entry `e` that stands: no reversal, and not taken back.

The plus keeps SQLite from going through all entries by the index on `reverses`, which is null in most of them.
"""

TO_REVERSE: Final = (
    "SELECT e.kind, e.lots, e.work_order, e.partner, e.reference, e.reverses, r.number, r.key, "
    "p.lot, p.place, p.quantity, p.amount, p.unit FROM entry e LEFT JOIN entry r ON r.reverses = e.number "
    "LEFT JOIN posting p ON p.entry = e.number WHERE e.number = ? ORDER BY p.line"
)
"""An entry, the reversal that took it back, and its lines; one row where it has none."""

ORDER_STATUS: Final = (
    "UPDATE work_order SET status = CASE "
    "WHEN filed = 'finished' OR EXISTS (SELECT 1 FROM entry e WHERE e.work_order = work_order.number "
    f"AND e.kind = 'finish' AND {UNREVERSED}) THEN 'finished' "
    "WHEN filed = 'running' OR EXISTS (SELECT 1 FROM entry e WHERE e.work_order = work_order.number "
    f"AND e.kind IN ('start', 'consume') AND {UNREVERSED}) THEN 'running' ELSE 'open' END WHERE number = ?"
)
"""The status of a work order as the entries that stand imply it."""


@lru_cache(maxsize=2)
def insert_lot(*, sqlite: bool) -> str:
    """Add a lot, or bring back one whose receipt or production was taken back; no row when it is in the books.

    A lot that comes back is as held as it was: the holds and releases that were told of it stand.
    """
    serial = "(SELECT coalesce(max(serial), 0) + 1 FROM lot)" if sqlite else "nextval('lot_serial')"
    told_anew = (*LOT_COLUMNS[1:-1], "entry", "serial", "added")
    updates = ", ".join(f"{column} = excluded.{column}" for column in told_anew)
    return (
        f"INSERT INTO lot ({', '.join(LOT_COLUMNS)}, entry, added, withdrawn, serial) "
        f"VALUES ({marks(len(LOT_COLUMNS) + 2)}, FALSE, {serial}) "
        f"ON CONFLICT (code) DO UPDATE SET {updates}, withdrawn = FALSE WHERE lot.withdrawn RETURNING code"
    )


@lru_cache(maxsize=128)
def balances_held(pairs: int, *, lock: bool) -> str:
    """The balances of lots in places, locked in one order.

    Told as alternatives and not as a list of pairs, for which SQLite would read the whole table.
    """
    return f"SELECT lot, place, kind, quantity, made, last_happened FROM balance WHERE {_any_of(pairs)}" + (
        " ORDER BY lot, place FOR UPDATE" if lock else ""
    )


@lru_cache(maxsize=128)
def later_postings(pairs: int) -> str:
    """What later entries did to lots in places, latest first, one row an entry."""
    return (
        "SELECT lot, place, happened, entry, CAST(sum(quantity) AS BIGINT) "
        f"FROM posting WHERE happened > ? AND ({_any_of(pairs)}) "
        "GROUP BY lot, place, happened, entry ORDER BY lot, place, happened DESC, entry DESC"
    )


def _any_of(pairs: int) -> str:
    return " OR ".join(["lot = ? AND place = ?"] * pairs)


@lru_cache(maxsize=128)
def insert_postings(rows: int) -> str:
    """The lines of one entry."""
    return (
        "INSERT INTO posting (entry, line, lot, place, quantity, amount, unit, happened) "
        f"VALUES {marks(rows, 8)}"
    )  # fmt: skip


@lru_cache(maxsize=128)
def insert_counted(rows: int) -> str:
    """The assertions of one count."""
    return f"INSERT INTO counted (entry, line, lot, place, found, expected, position) VALUES {marks(rows, 7)}"


@lru_cache(maxsize=128)
def insert_entry_lots(rows: int) -> str:
    """Lots that an entry concerns without a line."""
    return f"INSERT INTO entry_lot (lot, entry) VALUES {marks(rows, 2)}"


@lru_cache(maxsize=256)
def change_balances(rows: int, *, produced: bool) -> str:
    """Add what one entry did to the balances, in the order in which they were locked.

    A row that is there grows by `change`; a new row holds `quantity`. The proposed row carries the sum that was read
    under the lock, so that it meets the CHECKs, which both databases test before they look for the row.
    `produced`: what leaves a work order was made by it.
    """
    made = (
        "balance.made - CASE WHEN excluded.kind = 'order' THEN excluded.change ELSE 0 END"
        if produced
        else "balance.made"
    )
    later = ", ".join(
        f"{column} = CASE WHEN excluded.{column} > balance.{column} THEN excluded.{column} ELSE balance.{column} END"
        for column in ("position", "last_happened")
    )
    return (
        "INSERT INTO balance (lot, place, kind, quantity, made, change, position, last_happened, counted_at) "
        f"VALUES {marks(rows, 9)} ON CONFLICT (lot, place) DO UPDATE SET "
        f"quantity = balance.quantity + excluded.change, made = {made}, change = excluded.change, {later}, "
        "counted_at = CASE WHEN balance.counted_at IS NULL OR excluded.counted_at > balance.counted_at "
        "THEN excluded.counted_at ELSE balance.counted_at END"
    )


@lru_cache(maxsize=16)
def held_as_standing(lots: int) -> str:
    """Whether lots are on hold by the last hold or release that stands; a lot without one is free."""
    return (
        "UPDATE lot SET on_hold = coalesce((SELECT e.kind = 'hold' FROM entry_lot l JOIN entry e ON e.number = l.entry "
        f"WHERE l.lot = lot.code AND e.kind IN ('hold', 'release') AND {UNREVERSED} "
        f"ORDER BY e.number DESC LIMIT 1), FALSE) WHERE code IN ({marks(lots)})"
    )


COUNTED_AS_STANDING: Final = (
    "UPDATE balance SET counted_at = (SELECT max(e.happened) FROM counted c JOIN entry e ON e.number = c.entry "
    f"WHERE c.lot = balance.lot AND c.place = balance.place AND {UNREVERSED}) "
    "WHERE (lot, place) IN (SELECT lot, place FROM counted WHERE entry = ?)"
)
"""When the lots of one count were last counted in its places, by the counts that stand."""


@lru_cache(maxsize=16)
def withdraw(lots: int) -> str:
    """Lots that no entry that stands moved: the plant does not know them any more."""
    return (
        f"UPDATE lot SET withdrawn = TRUE WHERE code IN ({marks(lots)}) AND NOT EXISTS ("
        f"SELECT 1 FROM posting p JOIN entry e ON e.number = p.entry WHERE p.lot = lot.code AND {UNREVERSED})"
    )


STANDING_LATER: Final = (
    "SELECT e.number, CAST(sum(p.quantity) AS BIGINT) "
    "FROM posting p JOIN entry e ON e.number = p.entry "
    f"WHERE p.lot = ? AND p.place = ? AND e.number > ? AND {UNREVERSED} AND (? <> ? OR e.kind <> 'produce') "
    "GROUP BY e.number ORDER BY e.number"
)
"""What later entries that stand did to a lot in a place; of a work order, to what went in."""
