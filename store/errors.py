"""What only we can cause: one tree of exceptions, each composing its own sentence.

What a worker can cause (an unknown lot, not enough stock) is a value and never one of these.

    StoreError
    ├── Unbalanced            postings of a transaction do not sum to zero for a lot
    ├── Shortage              a posting would take a real place below zero, now or at a later moment
    ├── DependsOnLater        a reversal that later entries stand on
    ├── AlreadyReversed       the entry was taken back before
    ├── IsReversal            the entry is itself a reversal, which stands
    ├── UnknownEntry          no entry of that number
    ├── UnknownLot            no lot of that code
    ├── DuplicateKey          an idempotency key that is in the books already
    ├── IdTaken               a message's id that was another person's, or had other words
    ├── LotExists             a new lot whose code is in the books already
    ├── UnknownPlace          a posting to a place that is neither real nor one of the virtual ones
    ├── LoadRefused           a folder of plant files with faults; nothing of it was loaded
    ├── BackupRefused         a copy of the ledger that cannot be made, or does not verify
    ├── NotMigrated           the database has no schema, or one of another version
    ├── Busy                  the database stayed locked or in conflict beyond the bounded retries
    │   └── Unreachable       nobody answers at the database's address, or the connection broke
    └── StorageFull           the disk took no more; the transaction was rolled back whole
"""

from collections.abc import Sequence
from datetime import datetime


class StoreError(Exception):
    """Anything that the store refuses or cannot do; `str()` is one plain sentence."""


class Unbalanced(StoreError):
    """Postings that do not sum to zero for one lot: a fault of ours, never of a worker."""

    def __init__(self, lot: str, difference: int) -> None:
        super().__init__(f"The postings of lot {lot} do not sum to zero (off by {difference}).")
        self.lot = lot
        self.difference = difference


class Shortage(StoreError):
    """A real place would hold less than nothing of a lot.

    `available` is what is there, in 1/10,000 of the base unit; `at` is the later moment at which it would be
    short, for an entry that happened before others, else None.
    """

    def __init__(self, lot: str, place: str, available: int, wanted: int, at: datetime | None = None) -> None:
        moment = f" at {at.isoformat()}" if at else ""
        super().__init__(f"Not enough of {lot} in {place}{moment}.")
        self.lot = lot
        self.place = place
        self.available = available
        self.wanted = wanted
        self.at = at


class DependsOnLater(StoreError):
    """A reversal is refused because later entries stand on the original; `entries` are their numbers."""

    def __init__(self, number: int, entries: Sequence[int]) -> None:
        named = ", ".join(str(n) for n in entries)
        super().__init__(f"Entry {number} cannot be taken back: entry {named} depends on it.")
        self.number = number
        self.entries = tuple(entries)


class AlreadyReversed(StoreError):
    """The entry was taken back before, by entry `by`."""

    def __init__(self, number: int, by: int) -> None:
        super().__init__(f"Entry {number} was already taken back by entry {by}.")
        self.number = number
        self.by = by


class IsReversal(StoreError):
    """A reversal cannot be taken back: what it took back is reported anew instead."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Entry {number} is itself a reversal; report what happened anew instead.")
        self.number = number


class UnknownEntry(StoreError):
    """There is no entry of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no entry {number}.")
        self.number = number


class UnknownLot(StoreError):
    """There is no lot of that code, or its receipt or production was taken back."""

    def __init__(self, lot: str) -> None:
        super().__init__(f"There is no lot {lot}.")
        self.lot = lot


class DuplicateKey(StoreError):
    """An idempotency key that is in the books already; `entries` are the numbers it posted."""

    def __init__(self, key: str, entries: Sequence[int] = ()) -> None:
        super().__init__(f"{key} is in the books already.")
        self.key = key
        self.entries = tuple(entries)


class IdTaken(StoreError):
    """A message comes under an id that another person's message had, or one with other words."""

    def __init__(self, channel: str, message: str) -> None:
        super().__init__(f"The id {message} was used on {channel} before, by another person or for other words.")
        self.channel = channel
        self.message = message


class LotExists(StoreError):
    """A lot that a transaction would bring into the world is in the books already."""

    def __init__(self, lot: str) -> None:
        super().__init__(f"Lot {lot} is in the books already.")
        self.lot = lot


class UnknownPlace(StoreError):
    """A posting to a place that is neither real, nor the transaction's work order, nor one of the virtual places."""

    def __init__(self, place: str) -> None:
        super().__init__(f"There is no place {place}.")
        self.place = place


class LoadRefused(StoreError):
    """Plant files with faults; `faults` are all of them, in file order, as `file:line:column: what is wrong`."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class BackupRefused(StoreError):
    """A backup that cannot be made where it was asked for, or a copy that does not verify; nothing was left behind."""


class NotMigrated(StoreError):
    """The database has no schema of ours, or one of another version."""

    def __init__(self, found: str | None, wanted: str) -> None:
        state = "has no tables yet" if found is None else f"is at version {found}, this program needs {wanted}"
        super().__init__(f"The database {state}; run `floor init`.")
        self.found = found
        self.wanted = wanted


class Busy(StoreError):
    """Another process kept the same rows for longer than the bounded retries."""

    def __init__(self, attempts: int) -> None:
        super().__init__(f"The database was busy {attempts} times in a row; nothing was posted, please say it again.")
        self.attempts = attempts


class Unreachable(Busy):
    """Nobody answers at the database's address, or the connection broke and what was going on is undone."""

    def __init__(self, detail: str) -> None:
        super().__init__(1)
        self.args = (f"The database cannot be reached ({detail}); nothing was posted, please say it again.",)
        self.detail = detail


class StorageFull(StoreError):
    """The disk is full or the database cannot be written; the transaction was rolled back whole."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"The database cannot be written ({detail}); nothing was posted. Make room, then say it again."
        )
        self.detail = detail
