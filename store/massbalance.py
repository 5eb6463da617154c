"""The mass balance of a recall over its whole trace, in one unit: where the recalled lot itself is now.

What went into a run is carried by what the run made, each lot by its share of the run's output; what of such a lot
is on hand, shipped or scrapped carries the same share of the recalled lot:

    100 lb, 60 of them used in a run that made 600 ea, 150 ea of them shipped  ->  15 lb of the lot were shipped

The shares are whole numbers of 1/10,000 of the unit that always add up, so that nothing is rounded away.
"""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from store.many import codes
from store.recall import Affected, Recall
from store.session import Session

K = TypeVar("K")

ROUNDS: Final = 64
"""How often a share may go round where lots were reworked into each other before it is called unexplained."""


@dataclass(frozen=True, slots=True)
class TraceBalance:
    """Where the recalled lot is, alone or inside what was made of it, in 1/10,000 of its base unit.

    `in_progress` went into runs that made nothing yet; `adjusted` was taken off the books by counts and approved
    adjustments, negative where they found more.
    """

    unit: str
    into: int
    on_hand: int
    in_progress: int
    shipped: int
    scrapped: int
    adjusted: int

    @property
    def unexplained(self) -> int:
        """What is none of these."""
        return self.into - self.on_hand - self.in_progress - self.shipped - self.scrapped - self.adjusted


def trace_balance(session: Session, report: Recall) -> TraceBalance:
    """Follow the recalled lot's quantity through every run to where it is now."""
    return _Flow(session, report).run()


@dataclass(slots=True)
class _Run:
    """What a work order took of the reached lots, and what it made."""

    took: dict[str, int] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)


class _Flow:
    """The recalled lot's quantity on its way."""

    def __init__(self, session: Session, report: Recall) -> None:
        self.report = report
        self.lots: Mapping[str, Affected] = {found.lot.code: found for found in report.affected}
        self.runs = self._read(session)
        self.into_runs: dict[str, list[str]] = {code: [] for code in self.lots}
        for number, run in self.runs.items():
            for lot in run.took:
                self.into_runs[lot].append(number)
        self.ends = dict.fromkeys(("on_hand", "shipped", "scrapped", "adjusted", "in_progress"), 0)

    def _read(self, session: Session) -> dict[str, _Run]:
        wanted, listed = codes(session.connection, self.lots)
        rows = session.connection.execute(
            f"SELECT b.place, b.lot, b.quantity + b.made, b.made FROM {wanted} CROSS JOIN balance b "
            "WHERE b.lot = wanted.code AND b.kind = 'order'",
            (listed,),
        )
        runs: dict[str, _Run] = {}
        for number, lot, took, made in rows:
            if lot in self.lots:
                run = runs.setdefault(number, _Run())
                if took > 0:
                    run.took[lot] = took
                if made > 0:
                    run.made[lot] = made
        return runs

    def run(self) -> TraceBalance:
        into = self.report.itself.account.into
        pending = {self.report.lot.code: into}
        order = self._order()
        for _ in range(ROUNDS):
            if not pending:
                break
            pending = self._pass(order, pending)
        return TraceBalance(self.report.itself.unit, into, **self.ends)

    def _order(self) -> list[str]:
        """Lots so that each comes after what went into it, as far as rework lets them."""
        waiting = dict.fromkeys(self.lots, 0)
        for run in self.runs.values():
            for lot in run.made:
                waiting[lot] += len(run.took)
        ready = [code for code, count in waiting.items() if not count]
        order: list[str] = []
        while ready or waiting:
            if not ready:
                ready = [next(iter(waiting))]
            lot = ready.pop()
            if waiting.pop(lot, None) is None:
                continue
            order.append(lot)
            for number in self.into_runs[lot]:
                for made in self.runs[number].made:
                    if made in waiting:
                        waiting[made] -= 1
                        if not waiting[made]:
                            ready.append(made)
        return order

    def _pass(self, order: Sequence[str], pending: dict[str, int]) -> dict[str, int]:
        """Hand on what stands at each lot; gives what came back to a lot that was passed already."""
        for lot in order:
            amount = pending.pop(lot, 0)
            if amount:
                for made, share in self._handed_on(lot, amount).items():
                    pending[made] = pending.get(made, 0) + share
        return {lot: amount for lot, amount in pending.items() if amount}

    def _handed_on(self, lot: str, amount: int) -> dict[str, int]:
        account = self.lots[lot].account
        weights = {
            ("end", "on_hand"): account.on_hand,
            ("end", "shipped"): account.shipped,
            ("end", "scrapped"): account.scrapped,
            ("end", "adjusted"): account.adjusted,
            **{("run", number): self.runs[number].took[lot] for number in self.into_runs[lot]},
        }
        passed: dict[str, int] = {}
        for (kind, name), share in shares(amount, weights).items():
            if kind == "end":
                self.ends[name] += share
            elif not self.runs[name].made:
                self.ends["in_progress"] += share
            else:
                for made, part in shares(share, self._outputs(self.runs[name])).items():
                    passed[made] = passed.get(made, 0) + part
        return passed

    def _outputs(self, run: _Run) -> dict[str, int]:
        """What the run made as weights: by quantity within a product, alike between products of another unit."""
        units = {self.lots[lot].unit for lot in run.made}
        if len(units) == 1:
            return run.made
        sums: dict[str, int] = {}
        for lot, made in run.made.items():
            sums[self.lots[lot].unit] = sums.get(self.lots[lot].unit, 0) + made
        return {lot: made * 10**9 // sums[self.lots[lot].unit] for lot, made in run.made.items()}


def shares(amount: int, weights: Mapping[K, int]) -> dict[K, int]:
    """`amount` split in proportion to `weights` into whole numbers that add up to it; the largest takes what is over.

    A weight may be negative (a count that found more), their sum may not.
    """
    total = sum(weights.values())
    if total <= 0:
        return {}
    split = {key: amount * weight // total for key, weight in weights.items() if weight}
    largest = max(split, key=lambda key: abs(weights[key]))
    split[largest] += amount - sum(split.values())
    return split
