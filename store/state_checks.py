"""Checks what is kept beside the entries, each by one statement that the database answers with the first difference."""
# ruff: noqa: S608  # the names in these statements are ours

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from store.database import Connection
from store.difference import Difference
from store.statements import UNREVERSED
from store.units import SCALE, text

Check = Callable[[Connection], Iterator[Difference]]

_ROWS: Final = {"posting": "line", "counted": "count", "entry_lot": "mention"}
"""Tables that belong to an entry, and what a row of theirs is."""

_KIND: Final = (
    "CASE WHEN EXISTS (SELECT 1 FROM place WHERE place.code = b.place) THEN 'real' "
    "WHEN b.place IN ('SCRAP', 'VARIANCE', 'ADJUSTMENT', 'OPENING') "
    "OR substr(b.place, 1, 9) IN ('SUPPLIER:', 'CUSTOMER:') THEN 'outside' ELSE 'order' END"
)

_SUMS: Final = (
    "SELECT p.lot, p.place, CAST(sum(p.quantity) AS BIGINT) AS quantity, "
    "CAST(sum(CASE WHEN e.kind = 'produce' THEN -p.quantity ELSE 0 END) AS BIGINT) AS made, "
    "max(p.happened) AS last_happened FROM posting p JOIN entry e ON e.number = p.entry GROUP BY p.lot, p.place"
)

_POSITIONS: Final = (
    "SELECT lot, place, max(entry) AS position FROM (SELECT lot, place, entry FROM posting "
    "GROUP BY lot, place, entry HAVING sum(quantity) <> 0) moved GROUP BY lot, place"
)

_COUNTS: Final = (
    "SELECT c.lot, c.place, max(e.happened) AS last_happened, "
    f"max(CASE WHEN {UNREVERSED} THEN e.happened END) AS counted_at "
    "FROM counted c JOIN entry e ON e.number = c.entry GROUP BY c.lot, c.place"
)


def _strays(connection: Connection) -> Iterator[Difference]:
    """Lines, counts and mentions of entries that are not there, and of lots that are not there."""
    for table, what in _ROWS.items():
        for column, other, key in (("entry", "entry", "number"), ("lot", "lot", "code")):
            rows = connection.execute(
                f"SELECT r.entry, r.lot FROM {table} r "
                f"WHERE NOT EXISTS (SELECT 1 FROM {other} o WHERE o.{key} = r.{column}) ORDER BY r.entry, r.lot LIMIT 1"
            )
            for entry, lot in rows:
                gone = f"entry {entry}" if column == "entry" else f"lot {lot}"
                told = f"There is a {what} of lot {lot} in entry {entry}, but no {gone}."
                yield Difference("orphan", told, entry, lot)


def _doubles(connection: Connection) -> Iterator[Difference]:
    """Numbers, idempotency keys and reversals that stand twice."""
    for column, what in (("number", "number"), ("key", "idempotency key"), ("reverses", "original")):
        rows = connection.execute(
            f"SELECT {column}, min(number), max(number) FROM entry WHERE {column} IS NOT NULL "
            f"GROUP BY {column} HAVING count(*) > 1 ORDER BY 2 LIMIT 1"
        )
        for value, first, second in rows:
            yield Difference("key", f"Entries {first} and {second} have the same {what} {value}.", second)


def _balances(connection: Connection) -> Iterator[Difference]:
    """Every balance is the sum of its lines, in an order also of what was made, and knows what last touched it."""
    rows = connection.execute(
        "SELECT b.lot, b.place, b.quantity, coalesce(s.quantity, 0), b.made, "
        f"CASE WHEN b.kind = 'order' THEN coalesce(s.made, 0) ELSE 0 END, b.kind, {_KIND} "
        f"FROM balance b LEFT JOIN ({_SUMS}) s ON s.lot = b.lot AND s.place = b.place "
        "WHERE b.quantity <> coalesce(s.quantity, 0) "
        "OR b.made <> CASE WHEN b.kind = 'order' THEN coalesce(s.made, 0) ELSE 0 END "
        f"OR b.kind <> {_KIND} ORDER BY b.lot, b.place LIMIT 1"
    )
    for lot, place, quantity, summed, made, out, kind, right in rows:
        where = f"The balance of lot {lot} in {place}"
        if quantity != summed:
            told = f"{where} is {_plain(quantity)}, but its lines sum to {_plain(summed)}."
        elif made != out:
            told = f"{where} says that {_plain(made)} came out, but entries made {_plain(out)}."
        else:
            told = f"{where} is kept as one of kind {kind}, but the place is of kind {right}."
        yield Difference("lineage" if quantity == summed and made != out else "balance", told, None, lot, place)


def _unbalanced_lines(connection: Connection) -> Iterator[Difference]:
    """Lines whose lot and place have no balance at all."""
    rows = connection.execute(
        "SELECT p.lot, p.place, min(p.entry) FROM posting p WHERE NOT EXISTS "
        "(SELECT 1 FROM balance b WHERE b.lot = p.lot AND b.place = p.place) "
        "GROUP BY p.lot, p.place ORDER BY p.lot, p.place LIMIT 1"
    )
    for lot, place, entry in rows:
        yield Difference("balance", f"Lot {lot} has lines in {place}, but no balance there.", entry, lot, place)


def _touched(connection: Connection) -> Iterator[Difference]:
    """What balances say of the last entry, of the last moment and of the last count."""
    differs = connection.database.differs
    rows = connection.execute(
        "SELECT b.lot, b.place, b.position, coalesce(m.position, 0), "
        f"CASE WHEN b.counted_at {differs} c.counted_at THEN 1 ELSE 0 END "
        f"FROM balance b LEFT JOIN ({_SUMS}) s ON s.lot = b.lot AND s.place = b.place "
        f"LEFT JOIN ({_POSITIONS}) m ON m.lot = b.lot AND m.place = b.place "
        f"LEFT JOIN ({_COUNTS}) c ON c.lot = b.lot AND c.place = b.place "
        f"WHERE b.position <> coalesce(m.position, 0) OR b.counted_at {differs} c.counted_at "
        f"OR b.last_happened {differs} CASE WHEN s.last_happened IS NULL OR c.last_happened > s.last_happened "
        "THEN c.last_happened ELSE s.last_happened END ORDER BY b.lot, b.place LIMIT 1"
    )
    for lot, place, position, right, counted in rows:
        where = f"The balance of lot {lot} in {place}"
        if position != right:
            told = f"{where} says that entry {position} touched it last, but that was entry {right}."
        elif counted:
            told = f"{where} says that it was last counted at another moment than its counts say."
        else:
            told = f"{where} says that it last changed at another moment than its lines say."
        yield Difference("balance", told, None, lot, place)


def _past(connection: Connection) -> Iterator[Difference]:
    """No real place ever held less than nothing, in the order in which things happened."""
    rows = connection.execute(
        "SELECT lot, place, entry, held FROM (SELECT p.lot, p.place, p.happened, p.entry, CAST(sum(sum(p.quantity)) "
        "OVER (PARTITION BY p.lot, p.place ORDER BY p.happened, p.entry) AS BIGINT) AS held "
        "FROM posting p JOIN place r ON r.code = p.place GROUP BY p.lot, p.place, p.happened, p.entry) moments "
        "WHERE held < 0 ORDER BY happened, entry LIMIT 1"
    )
    for lot, place, entry, held in rows:
        told = f"After entry {entry} there was less than nothing of lot {lot} in {place} ({_plain(held)})."
        yield Difference("past", told, entry, lot, place)


def _lots(connection: Connection) -> Iterator[Difference]:
    """Lots are brought by an entry, held as the last hold or release says, and gone only with their entry."""
    rows = connection.execute(
        "SELECT l.code, l.entry FROM lot l WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.number = l.entry AND "
        "e.reverses IS NULL AND (EXISTS (SELECT 1 FROM posting p WHERE p.entry = e.number AND p.lot = l.code) OR "
        "EXISTS (SELECT 1 FROM entry_lot m WHERE m.entry = e.number AND m.lot = l.code))) "
        "ORDER BY l.code LIMIT 1"
    )
    for lot, entry in rows:
        yield Difference("lot", f"Lot {lot} is said to come from entry {entry}, which does not bring it.", entry, lot)
    held = (
        "coalesce((SELECT e.kind = 'hold' FROM entry_lot m JOIN entry e ON e.number = m.entry "
        f"WHERE m.lot = l.code AND e.kind IN ('hold', 'release') AND {UNREVERSED} "
        "ORDER BY e.number DESC LIMIT 1), FALSE)"
    )
    rows = connection.execute(f"SELECT l.code, l.on_hold FROM lot l WHERE l.on_hold <> {held} ORDER BY l.code LIMIT 1")
    for lot, on_hold in rows:
        state, other = ("on hold", "free") if on_hold else ("free", "on hold")
        yield Difference("lot", f"Lot {lot} is kept as {state}, but its entries leave it {other}.", None, lot)
    rows = connection.execute(
        "SELECT l.code FROM lot l WHERE l.withdrawn AND (EXISTS (SELECT 1 FROM entry e WHERE e.number = l.entry "
        f"AND {UNREVERSED}) OR EXISTS (SELECT 1 FROM posting p JOIN entry e ON e.number = p.entry "
        f"WHERE p.lot = l.code AND {UNREVERSED})) ORDER BY l.code LIMIT 1"
    )
    for (lot,) in rows:
        yield Difference("lot", f"Lot {lot} is kept as taken back, but an entry about it stands.", None, lot)


def _orders(connection: Connection) -> Iterator[Difference]:
    """Work orders stand where the file put them or the entries that stand brought them."""
    standing = f"SELECT 1 FROM entry e WHERE e.work_order = w.number AND {UNREVERSED} AND e.kind"
    rows = connection.execute(
        "SELECT number, status, implied FROM (SELECT w.number, w.status, CASE "
        f"WHEN w.filed = 'finished' OR EXISTS ({standing} = 'finish') THEN 'finished' "
        f"WHEN w.filed = 'running' OR EXISTS ({standing} IN ('start', 'consume')) THEN 'running' ELSE 'open' END "
        "AS implied FROM work_order w) orders WHERE status <> implied ORDER BY number LIMIT 1"
    )
    for number, status, implied in rows:
        yield Difference("order", f"Work order {number} is kept as {status}, but its entries leave it {implied}.")


def _plain(quantity: int) -> str:
    """In base units, as people read it."""
    return text(Decimal(int(quantity)) / SCALE)


STATE_CHECKS: Final[tuple[Check, ...]] = (
    _strays, _doubles, _balances, _unbalanced_lines, _past, _touched, _lots, _orders,
)  # fmt: skip
