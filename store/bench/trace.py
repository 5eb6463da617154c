"""`floor bench trace`: what trace and recall take by lots reached and stored, beside the bare recursive query."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy.engine import make_url

from store.bench.bare import Bare, BarePostgresql, BareSqlite
from store.bench.genealogy import Graph, build, code, graph
from store.database import Database
from store.errors import StoreError
from store.session import Store
from store.trace import lineage
from store.trace.genealogy import trace
from store.trace.lineage import Direction
from store.trace.mass_balance import trace_balance
from store.trace.recall import as_document, examine

NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)

REPEATS: Final = 5

SHOWN: Final = 2_000
"""Lots reached up to which whole traces are timed: beyond, nobody reads them, and a recall is what is asked for."""

OFTEN: Final = 1_000
"""Lots that the questions of one sample reach together, so that quick ones are asked often enough to be timed."""

BYTES: Final = 4_000
"""Disk that one lot may take while it is made, at most."""

COLUMNS: Final = (
    "lots", "zone", "direction", "reached", "bare ms", "reach ms", "÷ bare", "trace ms", "recall ms", "÷ bare",
    "recall as JSON values ms",
)  # fmt: skip
"""A recall is every lot reached with its account, places and shipments, and the mass balance of the whole trace."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Medians in milliseconds; None for what was not measured. `reach` is ours for the question that `bare` answers."""

    lots: int
    zone: str
    direction: Direction
    reached: int
    bare: float
    reach: float
    trace: float | None = None
    recall: float | None = None
    document: float | None = None

    def cells(self) -> Sequence[str]:
        """The figures in the order of COLUMNS."""
        return (
            f"{self.lots:,}", self.zone, self.direction, f"{self.reached:,}", _figure(self.bare), _figure(self.reach),
            f"{self.reach / self.bare:.2f}", _figure(self.trace), _figure(self.recall),
            "" if self.recall is None else f"{self.recall / self.bare:.1f}", _figure(self.document),
        )  # fmt: skip


def measure(lots: int, *, url: str | None = None, keep: Path | None = None, repeats: int = REPEATS) -> Iterator[Timed]:
    """Time every zone both ways, methods by turns, in books of that many lots; answers are compared with each other.

    The books are a SQLite file in a folder that is removed afterwards, or in `keep`, where they are found again the
    next time; with the address of a PostgreSQL database a schema of it, which stays where `keep` is given. Times are
    processor time on SQLite, where all work is ours, and by the clock on PostgreSQL.

    Raises:
        StoreError: The disk may be too small.
    """
    made = graph(lots)
    with _postgresql(url, made, keep=keep is not None) if url else _sqlite(keep, made) as (store, bare):
        clock = time.process_time if store.database.is_sqlite else time.perf_counter
        for zone, (first, last) in made.starts.items():
            yield _zone(store, bare, _Asked(lots, zone, "forward", first), clock, repeats)
            yield _zone(store, bare, _Asked(lots, zone, "backward", last), clock, repeats)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question: where to start, and which way."""

    lots: int
    zone: str
    direction: Direction
    start: int


@contextmanager
def _sqlite(keep: Path | None, made: Graph) -> Iterator[tuple[Store, Bare]]:
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="floor-bench-")))
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"trace-{made.lots}.db"
        if not file.exists():
            _fill(folder, file, made)
        store = Store(f"sqlite:///{file}")
        stack.callback(store.close)
        store.migrate()
        yield store, stack.enter_context(closing(BareSqlite(file.with_suffix(".bare.db"), made.edges)))


def _fill(folder: Path, file: Path, made: Graph) -> None:
    """The file under its name only when it is whole."""
    if shutil.disk_usage(folder).free < made.lots * BYTES:
        raise StoreError(f"Books of {made.lots:,} lots may take {made.lots * BYTES / 1e9:.1f} GB, {folder} has less.")
    with tempfile.TemporaryDirectory(prefix="trace-", dir=folder) as unfinished:
        part = Path(unfinished) / file.name
        store = Store(f"sqlite:///{part}")
        store.migrate()
        build(store, made, NOW)
        store.close()
        part.rename(file)


@contextmanager
def _postgresql(url: str, made: Graph, *, keep: bool) -> Iterator[tuple[Store, Bare]]:
    """A schema for books and edges; everything else in the database is left alone."""
    schema = f"floor_bench_{made.lots}"
    database = Database(url, "UTC")
    there = _administer(database, f"SELECT to_regclass('{schema}.bench_used') IS NOT NULL")
    if not there or there[0][0] is not True:
        _administer(database, f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        _administer(database, f"CREATE SCHEMA {schema}")
        there = []
    inside = make_url(url).update_query_dict({"options": f"-csearch_path={schema}"})
    store = Store(inside.render_as_string(hide_password=False))
    try:
        store.migrate()
        if not there:
            build(store, made, NOW)
        with closing(BarePostgresql(store.database, made.edges)) as bare:
            yield store, bare
    finally:
        store.close()
        if not keep:
            _administer(database, f"DROP SCHEMA {schema} CASCADE")
        database.engine.dispose()


def _administer(database: Database, statement: str) -> list[Any]:
    with closing(database.open(write=True)) as connection:
        rows = connection.execute(statement)
        connection.commit()
        return rows


def _zone(store: Store, bare: Bare, asked: _Asked, clock: Callable[[], float], repeats: int) -> Timed:
    """Trace and recall have a transaction of their own, as in a plant; a walk alone is asked within an open one."""
    lot, way = code(asked.start), asked.direction
    reached = bare.reach(asked.start, way)
    often = max(1, OFTEN // (reached + 1))
    with store.begin(write=False) as session:
        work: dict[str, Callable[[], int]] = {
            "bare": lambda: bare.reach(asked.start, way),
            "reach": lambda: len(lineage.reach(session, lot, way)),
        }
        if reached <= SHOWN:
            work["trace"] = lambda: _traced(store, lot, way)
        if way == "forward":
            work["recall"] = lambda: _recalled(store, lot)
            work["document"] = lambda: _told(store, lot)
        times: dict[str, list[float]] = {name: [] for name in work}
        for _ in range(repeats):
            for name, ask in work.items():
                began = clock()
                found = [ask() for _ in range(often)]
                times[name].append((clock() - began) * 1000 / often)
                if set(found) != {reached}:
                    raise AssertionError(f"{name} of {lot} found {found[0]}, not {reached}")
    medians = {name: statistics.median(told) for name, told in times.items()}
    return Timed(asked.lots, asked.zone, way, reached, **medians)


def _traced(store: Store, lot: str, way: Direction) -> int:
    """How many lots the trace names beside the lot itself."""
    told = store.run(lambda session: trace(session, lot, way), write=False)
    return len({edge[end] for edge in told[way] for end in ("from_lot", "to_lot")} - {lot})


def _recalled(store: Store, lot: str) -> int:
    """How many lots the recall reaches, where nothing of the recalled one is unexplained."""
    with store.begin(write=False) as session:
        report = examine(session, lot, NOW)
        return len(report.affected) - 1 if not trace_balance(session, report).unexplained else -1


def _told(store: Store, lot: str) -> int:
    with store.begin(write=False) as session:
        return len(as_document(examine(session, lot, NOW))["affected"]) - 1


def _figure(milliseconds: float | None) -> str:
    return "" if milliseconds is None else f"{float(f'{milliseconds:.3g}'):,.10g}"
