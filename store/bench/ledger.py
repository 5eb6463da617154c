"""Measures the ledger: processor time of a transaction against `sqlite3` by hand, and on-hand as the books grow.

Ratios of the same run are told, since times depend on the machine; both sides take turns, so that noise hits both.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from store.bench.growth import grow
from store.bench.raw import LOTS, PLACES, RawLedger
from store.model import Kind, Lot, Place, Posting, Product, Transaction, supplier
from store.session import Session, Store
from store.units import SCALE

NOON: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
STOCK: Final = 1_000_000
"""Base units of each lot in each place, so that nothing runs out."""

WARM: Final = 50
"""Transactions before the clock runs."""

LOOKS: Final = 300
"""On-hand questions of one round."""


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """What was measured. Times are medians of rounds, in millionths of a second of processor time.

    `transaction` is one entry with its outbox message, `raw` the same by hand; `ratio` is theirs, aimed at 4 or less
    (6 with rules). `small` and `large` are what one on-hand question takes at `small_moves` and `large_moves`
    entries; `growth` is theirs, aimed at 1.2 or less.
    """

    transaction: float
    raw: float
    ratio: float
    small_moves: int
    large_moves: int
    small: float
    large: float
    growth: float

    def lines(self) -> tuple[str, ...]:
        """The figures as people read them."""
        cost = f"transaction {self.transaction:.0f} µs, by hand {self.raw:.0f} µs: ratio {self.ratio:.2f} (aim: 4)"
        looks = f"{self.small:.0f} µs at {self.small_moves:,} moves, {self.large:.0f} µs at {self.large_moves:,}"
        return cost, f"on-hand {looks}: growth {self.growth:.2f} (aim: 1.2)"


def measure(
    *, transactions: int = 400, rounds: int = 9, small_moves: int = 1_000, large_moves: int = 1_000_000,
    folder: Path | None = None,
) -> LedgerFigures:  # fmt: skip
    """Measure on SQLite files in a folder of their own, which is removed; `folder` says where it is made."""
    with tempfile.TemporaryDirectory(prefix="floor-bench-", dir=folder) as place:
        ours, raw = _transactions(Path(place), transactions, rounds)
        small, large = _on_hand(Path(place), rounds, small_moves, large_moves)
    return LedgerFigures(
        transaction=ours, raw=raw, ratio=ours / raw,
        small_moves=small_moves, large_moves=large_moves, small=small, large=large, growth=large / small,
    )  # fmt: skip


def _transactions(folder: Path, transactions: int, rounds: int) -> tuple[float, float]:
    store, raw = _plant(folder / "ledger.db", LOTS, PLACES), RawLedger(folder)
    codes = [f"P{n:02}" for n in range(PLACES)]

    def ours(n: int) -> None:
        source, target = random.sample(codes, 2)
        report = _move(f"L{n % LOTS:03}", source, target, key=f"bench:{time.monotonic_ns()}:{n}")

        def post(session: Session) -> None:
            entry = session.ledger.record(report, recorded=NOON)
            session.outbox.queue("#floor", report.key, {"entry": entry.number}, NOON)

        store.run(post)

    try:
        return _in_turns((ours, raw.post), transactions, rounds)
    finally:
        store.close()
        raw.close()


def _on_hand(folder: Path, rounds: int, small_moves: int, large_moves: int) -> tuple[float, float]:
    stores = []
    for moves in (small_moves, large_moves):
        store = _plant(folder / f"{moves}.db", 1, 2)
        store.run(lambda session, moves=moves: grow(session, moves, "L000", ("P00", "P01"), NOON))  # type: ignore[misc]
        stores.append(store)

    def look(store: Store) -> Callable[[int], None]:
        def on_hand(_n: int) -> None:
            with store.begin(write=False) as session:
                session.ledger.stock(lot="L000")

        return on_hand

    try:
        return _in_turns((look(stores[0]), look(stores[1])), LOOKS, rounds)
    finally:
        for store in stores:
            store.close()


def _in_turns(
    works: tuple[Callable[[int], None], Callable[[int], None]], times: int, rounds: int
) -> tuple[float, float]:
    """Processor time of each of two works, in millionths of a second."""
    taken: tuple[list[float], list[float]] = ([], [])
    for work in works:
        for n in range(WARM):
            work(n)
    for _ in range(rounds):
        for work, figures in zip(works, taken, strict=True):
            figures.append(_processor_time(work, times))
    return statistics.median(taken[0]), statistics.median(taken[1])


def _processor_time(work: Callable[[int], None], times: int) -> float:
    began = time.process_time()
    for n in range(times):
        work(n)
    return (time.process_time() - began) / times * 1e6


def _plant(file: Path, lots: int, places: int) -> Store:
    """A plant where every lot stands in every place."""
    store = Store(f"sqlite:///{file}")
    store.migrate()
    codes = [f"P{n:02}" for n in range(places)]

    def fill(session: Session) -> None:
        session.master.put_products([Product("RAW", "Raw", "raw", "lb")])
        session.master.put_places(Place(code, code, "storage") for code in codes)
        for n in range(lots):
            session.ledger.record(_receipt(Lot(f"L{n:03}", "RAW", "lb", NOON.date()), codes), recorded=NOON)

    store.run(fill)
    return store


def _receipt(lot: Lot, places: Sequence[str]) -> Transaction:
    lines = [_line(lot.code, place, STOCK) for place in places]
    other = _line(lot.code, supplier("BENCH"), -STOCK * len(places))
    return Transaction(
        Kind.RECEIVE, "bench", "bench", f"bench:{lot.code}", NOON, postings=(other, *lines), new_lots=(lot,)
    )


def _move(lot: str, source: str, target: str, key: str) -> Transaction:
    quantity = random.randrange(1, 100)  # noqa: S311  # any amount
    lines = (_line(lot, source, -quantity), _line(lot, target, quantity))
    return Transaction(Kind.MOVE, "bench", "bench", key, NOON, said="moved some", postings=lines)


def _line(lot: str, place: str, quantity: int) -> Posting:
    return Posting(lot, place, quantity * SCALE, Decimal(quantity), "lb")
