"""Checks the chain of seals against the entries, while these are read once in their order."""

import hashlib
from collections.abc import Iterator

from store.database import Connection
from store.difference import Difference
from store.proof.raw_entries import RawEntry
from store.proof.seals import BEGINNING, Seal, seals


class SealChecks:
    """Hears every entry in order; tells where a seal does not hold."""

    def __init__(self, connection: Connection) -> None:
        self._seals = seals(connection)
        self._digest = BEGINNING
        self._number = 0
        self._last = 0
        self._current: Seal | None = None
        self._sum = hashlib.sha256()
        self._seen: set[int] = set()
        self._waiting = self._open()

    def _open(self) -> list[Difference]:
        """Take up the next seal; what is wrong with the link itself."""
        try:
            seal = self._current = next(self._seals, None)
        except (ValueError, TypeError):  # a text where a moment or a list of numbers should be
            self._current = None
            return [Difference("seal", f"The seal after seal {self._number} cannot be read.")]
        if seal is None:
            return []
        wrong = []
        if seal.number != self._number + 1 or seal.first != self._last + 1 or seal.last < seal.first:
            wrong.append(_broken(seal, f"does not follow seal {self._number}, which ends at entry {self._last}"))
        elif seal.previous != self._digest:
            wrong.append(_broken(seal, f"does not continue the digest of seal {self._number}"))
        self._number, self._last, self._digest = seal.number, seal.last, seal.digest
        self._sum, self._seen = hashlib.sha256(seal.facts()), set()
        return wrong

    def differences(self, entry: RawEntry) -> Iterator[Difference]:
        """What is wrong with the seals that end before this entry."""
        yield from self._told()
        while self._current is not None and entry.number > self._current.last:
            yield from self._close(self._current)
        if self._current is not None:
            self._sum.update(entry.canonical(self._current.form))
            self._seen.add(entry.number)

    def at_the_end(self) -> Iterator[Difference]:
        """What is wrong with the seals after the last entry."""
        yield from self._told()
        while self._current is not None:
            yield from self._close(self._current)

    def _told(self) -> Iterator[Difference]:
        yield from self._waiting
        self._waiting = []

    def _close(self, seal: Seal) -> Iterator[Difference]:
        """Judge a seal whose entries were all heard, and take up the next."""
        missing = set(seal.missing)
        for number in range(seal.first, seal.last + 1):
            if number not in self._seen and number not in missing:
                yield Difference("seal", f"Entry {number} is gone, though seal {seal.number} was made over it.", number)
            if number in self._seen and number in missing:
                yield Difference("seal", f"Entry {number} was added after seal {seal.number} closed over it.", number)
        if len(self._seen) != seal.entries:
            yield _broken(seal, f"is over {seal.entries} entries, but there are {len(self._seen)}")
        if self._sum.hexdigest() != seal.digest:
            yield _broken(seal, f"does not match its entries {seal.first} to {seal.last}: one of them was changed")
        self._waiting = self._open()
        yield from self._told()


def _broken(seal: Seal, told: str) -> Difference:
    return Difference("seal", f"Seal {seal.number} {told}.")
