"""`floor bench trace`: what trace and recall take by lots reached and stored, beside the bare recursive query."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from store import lineage
from store.bench.genealogy import build, code, graph
from store.database import Connection
from store.genealogy import trace
from store.lineage import Direction
from store.massbalance import trace_balance
from store.recall import as_document, examine
from store.session import Session, Store

NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)

REPEATS: Final = 5

SHOWN: Final = 2_000
"""Lots reached up to which whole traces are timed: beyond, nobody reads them, and a recall is what is asked for."""

_BARE: Final = (
    "WITH RECURSIVE t (x) AS (SELECT CAST(? AS INT) UNION SELECT u.{out} FROM t CROSS JOIN bench_use u "
    "WHERE u.{into} = t.x) SELECT x FROM t"
)
"""The lots reached over a bare table of pairs of whole numbers, indexed both ways."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Medians in milliseconds; None for what was not measured. `reach` is ours for the question that `bare` answers."""

    zone: str
    direction: Direction
    reached: int
    bare: float
    reach: float
    trace: float | None = None
    recall: float | None = None
    whole: float | None = None

    @property
    def ratio(self) -> float:
        """Our reach beside the bare recursive query."""
        return self.reach / self.bare


def prepare(store: Store, lots: int) -> float:
    """Fill an empty, migrated database with a genealogy; gives the seconds that it took."""
    began = time.perf_counter()
    with store.begin() as session:
        build(session, graph(lots), NOW)
        session.commit()
    return time.perf_counter() - began


def measure(store: Store, lots: int, repeats: int = REPEATS) -> Iterator[Timed]:
    """Time every zone both ways, methods by turns; the answers are compared with each other."""
    for zone, (first, last) in graph(lots).starts.items():
        for direction, start in (("forward", first), ("backward", last)):
            way: Direction = "forward" if direction == "forward" else "backward"
            with store.begin(write=False) as session:
                yield _zone(session, zone, way, start, repeats)


def _zone(session: Session, zone: str, direction: Direction, start: int, repeats: int) -> Timed:
    lot = code(start)
    reached = len(lineage.reach(session, lot, direction))
    work: dict[str, Callable[[], int]] = {
        "bare": lambda: len(_bare(session.connection, start, direction)) - 1,
        "reach": lambda: len(lineage.reach(session, lot, direction)),
    }
    if reached <= SHOWN:
        work["trace"] = lambda: len(trace(session, lot, direction)[direction]) and reached
    if direction == "forward":
        work["recall"] = lambda: len(as_document(examine(session, lot, NOW))["affected"]) - 1
        work["whole"] = lambda: trace_balance(examine(session, lot, NOW)).unexplained or reached
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(repeats):
        for name, ask in work.items():
            began = time.perf_counter()
            found = ask()
            times[name].append((time.perf_counter() - began) * 1000)
            if found != reached:
                raise AssertionError(f"{name} of {lot} found {found}, not {reached}")
    return Timed(zone, direction, reached, **{name: statistics.median(told) for name, told in times.items()})


def _bare(connection: Connection, start: int, direction: Direction) -> list[tuple[int]]:
    out, into = ("parent", "child") if direction == "backward" else ("child", "parent")
    return connection.execute(_BARE.format(out=out, into=into), (start,))


def table(rows: list[Timed]) -> str:
    """The figures as a table in Markdown."""
    names = (
        "| zone | direction | reached | bare ms | reach ms | ÷ bare | trace ms | recall ms | with trace balance ms |"
    )
    lines = [names, "|" + "---|" * names.count("|", 1)]
    for row in rows:
        cells = [
            row.zone, row.direction, f"{row.reached:,}", f"{row.bare:.3g}", f"{row.reach:.3g}", f"{row.ratio:.2f}",
            *("" if told is None else f"{told:.3g}" for told in (row.trace, row.recall, row.whole)),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
