"""Checks what is kept beside the entries, each by one statement that the database answers with the first difference."""
# ruff: noqa: S608  # the names in these statements are ours

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from store.books.statements import UNREVERSED
from store.database import Connection
from store.difference import Difference
from store.trace.lineage import RUN
from store.units import SCALE, text

Check = Callable[[Connection], Iterator[Difference]]

_ROWS: Final = {"posting": "line", "counted": "count", "entry_lot": "mention"}
"""Tables that belong to an entry, and what a row of theirs is."""

_KIND: Final = (
    "CASE WHEN EXISTS (SELECT 1 FROM place WHERE place.code = b.place) THEN 'real' "
    "WHEN b.place IN ('SCRAP', 'VARIANCE', 'ADJUSTMENT', 'OPENING') "
    "OR substr(b.place, 1, 9) IN ('SUPPLIER:', 'CUSTOMER:') THEN 'outside' ELSE 'order' END"
)

_SUMMED: Final = (
    "SELECT lot, place, quantity AS kept, made, kind, 0 AS quantity, 0 AS produced, NULL AS entry FROM balance "
    "UNION ALL SELECT p.lot, p.place, NULL, NULL, NULL, p.quantity, "
    "CASE WHEN e.kind = 'produce' THEN -p.quantity ELSE 0 END, p.entry "
    "FROM posting p JOIN entry e ON e.number = p.entry"
)
"""Balances and lines in one list: summed up together, no planner can make it cost more than both are long."""

_TOUCHED: Final = (
    "SELECT lot, place, position AS kept_position, last_happened AS kept_moment, counted_at AS kept_count, "
    "0 AS position, CASE WHEN FALSE THEN last_happened END AS moment, CASE WHEN FALSE THEN counted_at END AS count "
    "FROM balance UNION ALL SELECT lot, place, NULL, NULL, NULL, CASE WHEN sum(quantity) <> 0 THEN entry ELSE 0 END, "
    "max(happened), NULL FROM posting GROUP BY lot, place, entry "
    "UNION ALL SELECT c.lot, c.place, NULL, NULL, NULL, 0, e.happened, "
    f"CASE WHEN {UNREVERSED} THEN e.happened END FROM counted c JOIN entry e ON e.number = c.entry"
)
"""What balances say of the last entry, moment and count, and what lines and counts say of it."""


_WAYS: Final = (
    f"SELECT place, CASE count(*) WHEN 1 THEN min(lot) ELSE '{RUN}' || place END AS target "
    "FROM balance WHERE made > 0 GROUP BY place"
)
"""Where the inputs of each run lead: to its one output, or to the run itself where it has several."""

_STEPS: Final = (
    "SELECT source, run, target, 1 AS kept, 0 AS due FROM lineage "
    f"UNION ALL SELECT i.lot, i.place, w.target, 0, 1 FROM ({_WAYS}) w JOIN balance i ON i.place = w.place "
    "WHERE i.kind = 'order' AND i.quantity + i.made > 0 "
    f"UNION ALL SELECT w.target, o.place, o.lot, 0, 1 FROM ({_WAYS}) w JOIN balance o ON o.place = w.place "
    "WHERE o.made > 0 AND o.lot <> w.target"
)
"""The steps that are kept, and those that are due."""


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
    """Every balance is the sum of its lines, in a work order also of what was made, and no line is without one."""
    rows = connection.execute(
        "SELECT lot, place, max(kept), CAST(sum(quantity) AS BIGINT), max(made), "
        "CAST(CASE WHEN max(kind) = 'order' THEN sum(produced) ELSE 0 END AS BIGINT), min(entry) "
        f"FROM ({_SUMMED}) summed GROUP BY lot, place "
        "HAVING max(kept) IS NULL OR max(kept) <> sum(quantity) "
        "OR max(made) <> CASE WHEN max(kind) = 'order' THEN sum(produced) ELSE 0 END ORDER BY lot, place LIMIT 1"
    )
    for lot, place, kept, summed, made, produced, entry in rows:
        where = f"The balance of lot {lot} in {place}"
        if kept is None:
            yield Difference("balance", f"Lot {lot} has lines in {place}, but no balance there.", entry, lot, place)
        elif kept != summed:
            told = f"{where} is {_plain(kept)}, but its lines sum to {_plain(summed)}."
            yield Difference("balance", told, None, lot, place)
        else:
            told = f"{where} says that {_plain(made)} came out, but entries made {_plain(produced)}."
            yield Difference("lineage", told, None, lot, place)


def _kinds(connection: Connection) -> Iterator[Difference]:
    """Balances are kept as of the kind that their place is."""
    rows = connection.execute(
        f"SELECT b.lot, b.place, b.kind, {_KIND} FROM balance b WHERE b.kind <> {_KIND} ORDER BY b.lot, b.place LIMIT 1"
    )
    for lot, place, kind, right in rows:
        told = f"The balance of lot {lot} in {place} is kept as one of kind {kind}, but the place is of kind {right}."
        yield Difference("balance", told, None, lot, place)


def _touched(connection: Connection) -> Iterator[Difference]:
    """What balances say of the last entry, of the last moment and of the last count."""
    differs = connection.database.differs
    rows = connection.execute(
        "SELECT lot, place, max(kept_position), max(position), "
        f"CASE WHEN max(kept_count) {differs} max(count) THEN 1 ELSE 0 END FROM ({_TOUCHED}) touched "
        "GROUP BY lot, place HAVING max(kept_position) <> max(position) OR max(kept_count) "
        f"{differs} max(count) OR max(kept_moment) {differs} max(moment) ORDER BY lot, place LIMIT 1"
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
    """Lots come from an entry that is there, are held as the last hold or release says, and gone only with it."""
    rows = connection.execute(
        "SELECT l.code, l.entry FROM lot l WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.number = l.entry) "
        "ORDER BY l.code LIMIT 1"
    )
    for lot, entry in rows:
        yield Difference("lot", f"Lot {lot} is said to come from entry {entry}, which is not there.", entry, lot)
    last = (
        "SELECT m.lot, max(m.entry) AS entry FROM entry_lot m JOIN entry e ON e.number = m.entry "
        f"WHERE e.kind IN ('hold', 'release') AND {UNREVERSED} GROUP BY m.lot"
    )
    rows = connection.execute(
        f"SELECT l.code, l.on_hold FROM lot l LEFT JOIN ({last}) last ON last.lot = l.code "
        "LEFT JOIN entry h ON h.number = last.entry WHERE l.on_hold <> coalesce(h.kind = 'hold', FALSE) "
        "ORDER BY l.code LIMIT 1"
    )
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


def _settings(connection: Connection) -> Iterator[Difference]:
    """What people set in the rule book is numbered without a gap, and taken back by a later one only."""
    rows = connection.execute(
        "SELECT number, undoes, place FROM (SELECT number, undoes, row_number() OVER (ORDER BY number) AS place "
        "FROM rule_setting) numbered WHERE number <> place OR undoes >= number ORDER BY number LIMIT 1"
    )
    for number, undoes, place in rows:
        missing = f"Setting {place} of the rules is missing."
        early = f"Setting {number} of the rules takes back setting {undoes}, which is no earlier one."
        yield Difference("setting", missing if number != place else early)


def _steps(connection: Connection) -> Iterator[Difference]:
    """The steps that a walk goes by are those that the balances of work orders imply."""
    rows = connection.execute(
        f"SELECT source, run, target, CAST(sum(kept) AS BIGINT) FROM ({_STEPS}) steps "
        "GROUP BY source, run, target HAVING sum(kept) <> sum(due) ORDER BY run, source, target LIMIT 1"
    )
    for source, run, target, kept in rows:
        whence, whither = (f"lot {code}" if not code.startswith(RUN) else "the run" for code in (source, target))
        state = "kept, but balances do not imply it" if kept else "implied by balances, but is not kept"
        yield Difference("lineage", f"In work order {run} the step from {whence} to {whither} is {state}.")


STATE_CHECKS: Final[tuple[Check, ...]] = (
    _strays, _doubles, _balances, _kinds, _past, _touched, _lots, _orders, _settings, _steps,
)  # fmt: skip
