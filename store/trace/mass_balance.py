"""The mass balance of a recall over its whole trace, in one unit: where the recalled lot itself is now.

What went into a run is carried by what the run made, each lot by its share of the run's output; what of such a lot
is on hand, shipped or scrapped carries the same share of the recalled lot:

    100 lb, 60 of them used in a run that made 600 ea, 150 ea of them shipped  ->  15 lb of the lot were shipped

The shares are whole numbers of 1/10,000 of the unit that always add up, so that nothing is rounded away.
"""

# ruff: noqa: S608  # the names in this statement are ours; what people say is always a parameter

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from store.session import Session
from store.trace.accounts import CORRECTED, ON_HAND, SCRAPPED, SHIPPED, VARIED
from store.trace.bulk import codes, collector_at_rest
from store.trace.recall import Recall

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
    with collector_at_rest():
        return _Flow(session, report).run()


class _Flow:
    """The recalled lot's quantity on its way: what waits at lots and in runs to be handed on."""

    def __init__(self, session: Session, report: Recall) -> None:
        self._report = report
        self._at_lots: defaultdict[str, int] = defaultdict(int)
        self._in_runs: defaultdict[str, int] = defaultdict(int)
        self._ends = [0, 0, 0, 0]
        self._took: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._made: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._makers: defaultdict[str, list[str]] = defaultdict(list)
        wanted, listed = codes(session.connection, sorted(report.affected.codes))
        for lot, run, took, made in session.connection.execute(
            f"SELECT b.lot, b.place, b.quantity + b.made, b.made FROM {wanted} CROSS JOIN balance b "
            "WHERE b.lot = wanted.code AND b.kind = 'order'",
            (listed,),
        ):
            if took:
                self._took[lot].append((run, took))
            if made:
                self._made[run].append((lot, made))
                self._makers[lot].append(run)

    def run(self) -> TraceBalance:
        itself = self._report.itself
        into = itself.account.into
        self._at_lots[itself.lot.code] = into
        for _ in range(ROUNDS):
            self._pass()
            if not self._at_lots and not any(run in self._made for run in self._in_runs):
                break
        on_hand, shipped, scrapped, adjusted = self._ends
        in_progress = sum(amount for run, amount in self._in_runs.items() if run not in self._made)
        return TraceBalance(itself.unit, into, on_hand, in_progress, shipped, scrapped, adjusted)

    def _pass(self) -> None:
        """Hand on from lot to lot in the order of the books, in which what goes into a lot mostly is before it.

        What comes to a lot or run that was passed, by rework or because it was told late, waits for the next pass.
        """
        at_lots, in_runs, sums = self._at_lots, self._in_runs, self._report.affected.sums
        for lot in self._report.affected.codes:
            for run in self._makers.get(lot, ()):
                if run in in_runs:
                    self._leave_run(run)
            amount = at_lots.pop(lot, 0)
            if not amount:
                continue
            account, took = sums(lot), self._took.get(lot, ())
            ends = (
                account[ON_HAND], account[SHIPPED], account[SCRAPPED], account[VARIED] + account[CORRECTED]
            )  # fmt: skip
            parts = split(amount, [*ends, *(quantity for _, quantity in took)])
            for end, part in enumerate(parts[: len(ends)]):
                self._ends[end] += part
            for (run, _), part in zip(took, parts[len(ends) :], strict=bool(parts)):
                in_runs[run] += part

    def _leave_run(self, run: str) -> None:
        """What went into a run, to its outputs: by quantity within a product, alike between products of other units."""
        amount, made = self._in_runs.pop(run), self._made[run]
        if len(made) == 1:
            self._at_lots[made[0][0]] += amount
            return
        weights = [quantity for _, quantity in made]
        units = [self._report.affected.unit(lot) for lot, _ in made]
        if len(set(units)) > 1:
            sums: defaultdict[str, int] = defaultdict(int)
            for unit, quantity in zip(units, weights, strict=True):
                sums[unit] += quantity
            weights = [quantity * 10**9 // sums[unit] for unit, quantity in zip(units, weights, strict=True)]
        for (lot, _), part in zip(made, split(amount, weights), strict=True):
            self._at_lots[lot] += part


def split(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` in proportion to `weights` as whole numbers that add up to it; the largest takes what is over.

    A weight may be negative (a count that found more), their sum may not: then there are no parts.
    """
    total = sum(weights)
    if total <= 0:
        return []
    parts = [amount * weight // total for weight in weights]
    over = amount - sum(parts)
    if over:
        parts[weights.index(max(weights, key=abs))] += over
    return parts
