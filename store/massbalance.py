"""The mass balance of a recall over its whole trace, in one unit: where the recalled lot itself is now.

What went into a run is carried by what the run made, each lot by its share of the run's output; what of such a lot
is on hand, shipped or scrapped carries the same share of the recalled lot:

    100 lb, 60 of them used in a run that made 600 ea, 150 ea of them shipped  ->  15 lb of the lot were shipped

The shares are whole numbers of 1/10,000 of the unit that always add up, so that nothing is rounded away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from store.accounts import CORRECTED, ON_HAND, SCRAPPED, SHIPPED, VARIED
from store.recall import Recall

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


def trace_balance(report: Recall) -> TraceBalance:
    """Follow the recalled lot's quantity through every run to where it is now."""
    return _Flow(report).run()


class _Flow:
    """The recalled lot's quantity on its way, through lots and runs by number: lots in their order, then runs.

    `ends` of a lot are what of it is on hand, shipped, scrapped, adjusted; `ways` are where the rest went: from a lot
    to the runs that took it, from a run to the lots that it made, each with its weight.
    """

    def __init__(self, report: Recall) -> None:
        self.report = report
        affected = report.affected
        self.lots = len(affected)
        self.ends = [_ends(affected.sums(code)) for code in affected.codes]
        self.ways: list[list[tuple[int, int]]] = [[] for _ in affected.codes]
        numbers = {code: number for number, code in enumerate(affected.codes)}
        runs: dict[str, int] = {}
        for lot, name, took, made in affected.passages:
            run = runs.get(name)
            if run is None:
                run = runs[name] = len(self.ways)
                self.ways.append([])
            if took:
                self.ways[numbers[lot]].append((run, took))
            if made:
                self.ways[run].append((numbers[lot], made))
        self._weigh_alike()

    def _weigh_alike(self) -> None:
        """Outputs by quantity within a product, alike between products of another unit."""
        affected = self.report.affected
        for run, made in enumerate(self.ways[self.lots :], self.lots):
            if len(made) == 1:
                continue
            units = {lot: affected.unit(affected.codes[lot]) for lot, _ in made}
            sums = dict.fromkeys(units.values(), 0)
            if len(sums) > 1:
                for lot, quantity in made:
                    sums[units[lot]] += quantity
                self.ways[run] = [(lot, quantity * 10**9 // sums[units[lot]]) for lot, quantity in made]

    def run(self) -> TraceBalance:
        into = self.report.itself.account.into
        amounts = [0] * len(self.ways)
        amounts[0] = into
        found = [0, 0, 0, 0, 0]
        order = self._order()
        for _ in range(ROUNDS):
            if not any(amounts):
                break
            self._pass(order, amounts, found)
        on_hand, shipped, scrapped, adjusted, in_progress = found
        return TraceBalance(self.report.itself.unit, into, on_hand, in_progress, shipped, scrapped, adjusted)

    def _order(self) -> list[int]:
        """Lots and runs so that each comes after what went into it, as far as rework lets them."""
        waiting = [0] * len(self.ways)
        for ways in self.ways:
            for node, _ in ways:
                waiting[node] += 1
        ready = [node for node, count in enumerate(waiting) if not count]
        order: list[int] = []
        done = [False] * len(self.ways)
        behind = 0
        while True:
            if not ready:
                while behind < len(done) and done[behind]:
                    behind += 1
                if behind == len(done):
                    return order
                ready = [behind]
            node = ready.pop()
            if done[node]:
                continue
            done[node] = True
            order.append(node)
            for after, _ in self.ways[node]:
                waiting[after] -= 1
                if not waiting[after]:
                    ready.append(after)

    def _pass(self, order: Sequence[int], amounts: list[int], found: list[int]) -> None:
        """Hand on what stands at each lot and run; what comes back to one that was passed waits for the next time."""
        for node in order:
            amount, amounts[node] = amounts[node], 0
            if not amount:
                continue
            ways = self.ways[node]
            ends = self.ends[node] if node < self.lots else ()
            if not ends and not ways:
                found[-1] += amount
                continue
            if not ends and len(ways) == 1:
                amounts[ways[0][0]] += amount
                continue
            parts = split(amount, [*ends, *(weight for _, weight in ways)])
            for end, part in enumerate(parts[: len(ends)]):
                found[end] += part
            for (after, _), part in zip(ways, parts[len(ends) :], strict=bool(parts)):
                amounts[after] += part


def _ends(account: Sequence[int]) -> tuple[int, int, int, int]:
    return account[ON_HAND], account[SHIPPED], account[SCRAPPED], account[VARIED] + account[CORRECTED]


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
        parts[max(range(len(weights)), key=lambda place: abs(weights[place]))] += over
    return parts
