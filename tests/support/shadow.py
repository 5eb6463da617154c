"""A second, slow ledger in plain Python: decides every report by going through all entries again."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from store.model import Kind, Transaction
from tests.support.books import ORDERS, PLACES

Pair = tuple[str, str]

LAST = 2**62
"""A number after all that the books have given; PostgreSQL leaves some out."""


@dataclass
class Told:
    """An entry as the shadow keeps it."""

    number: int
    transaction: Transaction
    reverses: int | None = None


@dataclass
class Shadow:
    """What the books must say after what was told."""

    entries: list[Told] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def has_room(self, transaction: Transaction) -> bool:
        """Whether no real place is below zero at any moment, and no order gave back more than went in."""
        history = sorted((*self._history(), (transaction.happened, LAST, transaction)), key=_moment)
        running: dict[Pair, int] = defaultdict(int)
        used: dict[Pair, int] = defaultdict(int)
        concerned = _changes(transaction)
        for _, _, t in history:
            for pair, change in _changes(t).items():
                running[pair] += change
                if pair in concerned and pair[1] in PLACES and running[pair] < 0:
                    return False
                if pair[1] in ORDERS and t.kind != Kind.PRODUCE:
                    used[pair] += change
        return all(quantity >= 0 for quantity in used.values())

    def _history(self) -> list[tuple[datetime, int, Transaction]]:
        return [(told.transaction.happened, told.number, told.transaction) for told in self.entries]

    def held(self, lot: str, place: str) -> int:
        """How much of the lot is in the place."""
        return sum(_changes(told.transaction).get((lot, place), 0) for told in self.entries)

    def keep(self, number: int, transaction: Transaction, reverses: int | None = None) -> None:
        """The books took the entry."""
        self.entries.append(Told(number, transaction, reverses))
        self.known.update(lot.code for lot in transaction.new_lots)
        if reverses is not None and transaction.kind in {Kind.RECEIVE, Kind.PRODUCE}:
            moved = {p.lot for told in self.standing() for p in told.transaction.postings}
            self.known -= {lot for lot in transaction.lots if lot not in moved}

    def standing(self) -> list[Told]:
        """Entries that are no reversals and not taken back."""
        taken_back = {told.reverses for told in self.entries}
        return [told for told in self.entries if told.reverses is None and told.number not in taken_back]

    def find(self, number: int) -> Told | None:
        """The entry of that number."""
        return next((told for told in self.entries if told.number == number), None)

    def reversal_of(self, number: int) -> Told | None:
        """What took the entry back."""
        return next((told for told in self.entries if told.reverses == number), None)


def _moment(row: tuple[datetime, int, Transaction]) -> tuple[datetime, int]:
    return row[0], row[1]


def _changes(transaction: Transaction) -> dict[Pair, int]:
    changes: dict[Pair, int] = defaultdict(int)
    for posting in transaction.postings:
        changes[posting.lot, posting.place] += posting.quantity
    return changes
