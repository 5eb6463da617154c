"""Makes a genealogy of any size in empty books: layers of lots, each made from lots of the layer before.

Reach differs by zone: a lot of the first fifth is made from few lots and reaches few, one of the last half reaches most
of the graph. Two lots more stand for a great recall: one is an ingredient of six wide lots, one is made of six.
"""

# ruff: noqa: S608  # the names in these statements are ours

import itertools
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from store.bench.bulk import Execute, bulk
from store.books.statements import ENTRY_COLUMNS
from store.database import Database
from store.model import Place, Product
from store.session import Session, Store
from store.units import SCALE

DEPTH: Final = 8
FAN: Final = 4
CHUNK: Final = 20_000
IN: Final = 1_000_000 * SCALE
USED: Final = 50_000 * SCALE
SOLD: Final = 100_000 * SCALE
"""What comes in of a lot, what a run takes, what a customer gets: some of a lot arrives in the last layer."""

_USES: Final = "bench_use u JOIN bench_lot c ON c.id = u.child JOIN bench_lot p ON p.id = u.parent"
"""Every use of a lot: `p` went into the run of `c`."""

_ONCE: Final = " WHERE TRUE ON CONFLICT DO NOTHING"
"""For steps that the balances have brought already, where triggers do not rest."""

_LOTS: Final = (
    "INSERT INTO lot (code, product, unit, made, expires, supplier, work_order, on_hold, withdrawn, entry, serial, "
    "added) SELECT code, 'X', 'lb', ?, NULL, NULL, CASE WHEN made = 1 THEN run END, FALSE, FALSE, id + 1, id + 1, ? "
    "FROM bench_lot"
)


@dataclass(frozen=True, slots=True)
class Graph:
    """`edges` are (child, parent) by lot id; `starts` name a lot to trace forward and one to trace backward from."""

    lots: int
    edges: list[tuple[int, int]]
    starts: Mapping[str, tuple[int, int]]


def graph(lots: int, seed: int = 1) -> Graph:
    """A layered genealogy of `lots` lots and two more."""
    chance = random.Random(seed)  # noqa: S311  # a benchmark's data
    layer = lots // DEPTH
    tight, medium = layer // 5, layer // 2
    edges = [
        (depth * layer + place, (depth - 1) * layer + parent)
        for depth in range(1, DEPTH)
        for place in range(layer)
        for parent in _parents(chance, place, tight, medium, layer)
    ]
    last = (DEPTH - 1) * layer
    step = max(1, min(37, (layer - medium - 10) // 6))
    wide = [medium + 10 + step * i for i in range(6)]
    edges += [(lots, last + place) for place in wide] + [(place, lots + 1) for place in wide]
    starts = {
        "tight": (4, last + 4),
        "medium": (tight + 10, last + tight + 10),
        "wide": (medium + 10, last + medium + 10),
        "wide x 6": (lots + 1, lots),
    }
    return Graph(lots + 2, edges, starts)


def _parents(chance: random.Random, place: int, tight: int, medium: int, layer: int) -> list[int]:
    """The lots of the layer before that a lot is made from: near ones, ones of its block, or any of the wide zone."""
    if place < tight:
        low, high = place // 2 * 2, min(tight, place // 2 * 2 + 2)
    elif place < medium:
        block = (place - tight) // 150
        low, high = tight + block * 150, min(medium, tight + (block + 1) * 150)
    else:
        low, high = medium, layer
    return chance.sample(range(low, high), min(FAN, high - low))


def code(lot: int) -> str:
    """The code of a lot by its id."""
    return f"L{lot:07}"


def build(store: Store, made: Graph, now: datetime) -> None:
    """Write lots, entries, lines, balances and steps as the ledger would have, into books that are empty.

    Every lot has an order or a supplier, a stock, and a customer where nothing was made of it.
    """

    def plant(session: Session) -> None:
        session.master.put_products([Product("X", "Bench", "raw", "lb")])
        session.master.put_places([Place("RACK", "Rack", "storage")])

    store.run(plant)
    at = store.database.moment(now)
    with bulk(store) as execute:
        execute("CREATE TABLE bench_use (child INT NOT NULL, parent INT NOT NULL, PRIMARY KEY (child, parent))", ())
        execute(
            "CREATE TABLE bench_lot (id INT PRIMARY KEY, code TEXT, run TEXT, made INT, used BIGINT, ends BIGINT)", ()
        )
        _fill(execute, "bench_use", made.edges)
        _fill(execute, "bench_lot", _lots(made))
        execute("CREATE INDEX bench_use_parent ON bench_use (parent, child)", ())
        for statement, params in _statements(store.database, made.lots, at, now.date()):
            execute(statement, params)
        for table in ("bench_lot", "bench_use"):
            execute(f"DROP TABLE {table}", ())


def _lots(made: Graph) -> Iterator[tuple[int, str, str, int, int, int]]:
    """Id, code, run, whether it was made here, how often it was used, whether nothing was made of it."""
    used = [0] * made.lots
    from_others = [0] * made.lots
    for child, parent in made.edges:
        used[parent] += 1
        from_others[child] = 1
    for lot in range(made.lots):
        yield lot, code(lot), f"R{lot:07}", from_others[lot], used[lot], int(not used[lot])


def _fill(execute: Execute, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Rows of numbers and of names of ours, many a statement."""
    rest = iter(rows)
    while part := [f"({','.join(map(repr, row))})" for row in itertools.islice(rest, CHUNK)]:
        execute(f"INSERT INTO {table} VALUES {','.join(part)}", ())


def _entry(kind: str, number: str, run: str, partner: str, reference: str) -> str:
    """The columns of an entry after its number."""
    values = {
        "id": f"'bench-' || ({number})", "kind": f"'{kind}'", "happened": "?", "recorded": "?", "person": "'bench'",
        "channel": "'bench'", "said": "''", "corrections": "'[]'", "key": f"'bench:' || ({number})",
        "lots": "'[]'", "attachments": "'[]'", "new_lots": "'[]'",
        "work_order": run, "partner": partner, "reference": reference,
    }  # fmt: skip
    return ", ".join(values.get(column, "NULL") for column in ENTRY_COLUMNS)


def _statements(database: Database, lots: int, at: object, day: date) -> Iterator[tuple[str, tuple[object, ...]]]:
    columns = ", ".join(ENTRY_COLUMNS)
    insert = f"INSERT INTO entry (number, {columns}) SELECT"
    yield _LOTS, (database.day(day), at)
    for kind, number, where in (
        ("receive", "id + 1", "made = 0"),
        ("produce", "id + 1", "made = 1"),
        ("consume", f"{lots} + id + 1", "made = 1"),
        ("ship", f"{2 * lots} + id + 1", "ends = 1"),
    ):
        run = "run" if kind in {"produce", "consume"} else "NULL"
        partner = {"receive": "'SUP'", "ship": "'CUS'"}.get(kind, "NULL")
        reference = "'BOL ' || id" if kind == "ship" else "NULL"
        told = _entry(kind, number, run, partner, reference)
        yield f"{insert} {number}, {told} FROM bench_lot WHERE {where}", (at, at)
    yield from _lines(lots, at)
    yield from _balances(at)
    yield f"INSERT INTO lineage (source, run, target) SELECT p.code, c.run, c.code FROM {_USES}{_ONCE}", ()


def _lines(lots: int, at: object) -> Iterator[tuple[str, tuple[object, ...]]]:
    insert = "INSERT INTO posting (entry, line, lot, place, quantity, amount, unit, happened) SELECT"
    whence = "CASE WHEN made = 1 THEN run ELSE 'SUPPLIER:SUP' END"
    for line, place, quantity in ((0, whence, -IN), (1, "'RACK'", IN)):
        yield f"{insert} id + 1, {line}, code, {place}, {quantity}, '0', 'lb', ? FROM bench_lot", (at,)
    for line, place, quantity in ((0, "'RACK'", -USED), (1, "c.run", USED)):
        used = f"{lots} + u.child + 1, 2 * u.parent + {line}, p.code, {place}, {quantity}, '0', 'lb', ?"
        yield f"{insert} {used} FROM {_USES}", (at,)
    for line, place, quantity in ((0, "'RACK'", -SOLD), (1, "'CUSTOMER:CUS'", SOLD)):
        sold = f"{2 * lots} + id + 1, {line}, code, {place}, {quantity}, '0', 'lb', ?"
        yield f"{insert} {sold} FROM bench_lot WHERE ends = 1", (at,)


def _balances(at: object) -> Iterator[tuple[str, tuple[object, ...]]]:
    insert = (
        "INSERT INTO balance (lot, place, kind, quantity, made, change, position, last_happened, counted_at) SELECT"
    )
    tail = "0, id + 1, ?, NULL FROM bench_lot"
    yield f"{insert} code, 'RACK', 'real', {IN} - used * {USED} - ends * {SOLD}, 0, {tail}", (at,)
    yield f"{insert} code, 'SUPPLIER:SUP', 'outside', -{IN}, 0, {tail} WHERE made = 0", (at,)
    yield f"{insert} code, run, 'order', -{IN}, {IN}, {tail} WHERE made = 1", (at,)
    yield f"{insert} code, 'CUSTOMER:CUS', 'outside', {SOLD}, 0, {tail} WHERE ends = 1", (at,)
    yield f"{insert} p.code, c.run, 'order', {USED}, 0, 0, c.id + 1, ?, NULL FROM {_USES}", (at,)
