"""The only writer of entries: records what happened, takes back what did not.

An entry's lines sum to zero for each lot; a balance is the sum of lines, kept in the same SQL transaction.
"""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from store.books import statements
from store.books.entries import Entries
from store.books.places import ORDER, REAL
from store.books.posting import Held, Pair, Poster, netted
from store.database import Connection, marks
from store.errors import AlreadyReversed, DependsOnLater, DuplicateKey, IsReversal, Shortage, UnknownEntry
from store.model import Catalog, Entry, Kind, Posting, Transaction

STARTS: Final = frozenset({Kind.START, Kind.CONSUME})
"""Kinds that make an open work order run."""

BRINGS: Final = frozenset({Kind.RECEIVE, Kind.PRODUCE})
"""Kinds that bring lots into the world."""

HOLDS: Final = frozenset({Kind.HOLD, Kind.RELEASE})


class Ledger(Entries):
    """Entries of one SQL transaction: `record`, `reverse`, and everything that reads them."""

    def __init__(
        self, connection: Connection, catalog: Callable[[], Catalog], spoil: Callable[[BaseException], None]
    ) -> None:
        super().__init__(connection)
        self._spoil = spoil
        self._poster = Poster(connection, catalog)

    def record(self, transaction: Transaction, *, recorded: datetime) -> Entry:
        """Post a transaction: checked, netted, locked in one order, with everything it implies.

        Raises:
            Shortage: A real place would hold less than nothing, now or at a later moment, or a work order would
                give back more than went in. Nothing was written.
            DuplicateKey: The key is in the books already. Nothing was written.
            LotExists: A new lot is in the books already.
            UnknownPlace: A line names a place that there is not. Nothing was written.
        """
        poster = self._poster
        changes = netted(transaction)
        held = poster.held(changes, transaction.work_order)
        try:
            poster.refuse_shortage(changes, held, transaction)
        except Shortage:
            poster.refuse_duplicate(transaction.key)
            raise
        number = poster.write_entry(transaction, recorded, None)
        try:
            poster.write_lots(transaction.new_lots, number)
            poster.write_lines(number, transaction, changes, held)
            poster.write_counted(number, transaction)
            self._apply(transaction)
        except BaseException as error:
            self._spoil(error)
            raise
        return Entry(number, transaction, recorded.astimezone(self._connection.database.zone))

    def reverse(  # noqa: PLR0913  # what stands with every entry
        self,
        number: int,
        *,
        by: str,
        channel: str,
        key: str,
        happened: datetime,
        recorded: datetime,
        said: str = "",
        reason: str | None = None,
        note: str | None = None,
        approved_by: str | None = None,
    ) -> Entry:
        """Take entry `number` back: a new entry of its kind with the opposite lines, naming what it reverses.

        Raises:
            UnknownEntry: There is no entry of that number.
            AlreadyReversed: It was taken back before.
            IsReversal: It is itself a reversal.
            DependsOnLater: Later entries stand on it; they are named. Nothing was written.
            DuplicateKey: The key is in the books already. Nothing was written.
        """
        poster = self._poster
        said_now = (by, channel, key, happened, said, reason, note, approved_by)
        transaction = self._opposite(number, *said_now)
        changes = netted(transaction)
        held = poster.held(changes, transaction.work_order)
        try:
            poster.refuse_shortage(changes, held, transaction)
        except Shortage as short:
            poster.refuse_duplicate(key)
            raise DependsOnLater(number, self._standing_on(number, changes, held) or (number,)) from short
        reversal = poster.write_entry(transaction, recorded, number)
        try:
            poster.write_lines(reversal, transaction, changes, held)
            self._undo_effects(number, transaction)
        except BaseException as error:
            self._spoil(error)
            raise
        return Entry(reversal, transaction, recorded.astimezone(self._connection.database.zone), number)

    def _opposite(  # noqa: PLR0913, PLR0917  # what stands with every entry
        self,
        number: int,
        by: str,
        channel: str,
        key: str,
        happened: datetime,
        said: str,
        reason: str | None,
        note: str | None,
        approved_by: str | None,
    ) -> Transaction:
        """What takes entry `number` back, read in one statement."""
        rows = self._connection.execute(statements.TO_REVERSE, (number,))
        if not rows:
            raise UnknownEntry(number)
        kind, lots, work_order, partner, reference, reverses, taken_back_by, its_key = rows[0][:8]
        if taken_back_by is not None and its_key == key:
            raise DuplicateKey(key, (taken_back_by,))
        if reverses is not None:
            raise IsReversal(number)
        if taken_back_by is not None:
            raise AlreadyReversed(number, taken_back_by)
        lines = [row[8:] for row in rows if row[8] is not None]
        return Transaction(
            kind=Kind(kind), by=by, channel=channel, key=key, happened=happened, said=said,
            postings=tuple(Posting(lot, place, -q, -Decimal(amount), unit) for lot, place, q, amount, unit in lines),
            lots=tuple(json.loads(lots)), work_order=work_order, partner=partner, reference=reference,
            reason=reason, note=note, approved_by=approved_by,
        )  # fmt: skip

    def _apply(self, transaction: Transaction) -> None:
        """What a kind means beyond its lines: an order runs or is finished, a lot is held or free."""
        kind, order = transaction.kind, transaction.work_order
        if kind in STARTS and order is not None:
            self._connection.execute(
                "UPDATE work_order SET status = 'running' WHERE number = ? AND status = 'open'", (order,)
            )
        elif kind == Kind.FINISH and order is not None:
            self._connection.execute("UPDATE work_order SET status = 'finished' WHERE number = ?", (order,))
        elif kind in HOLDS and transaction.lots:
            self._connection.execute(
                f"UPDATE lot SET on_hold = ? WHERE code IN ({marks(len(transaction.lots))})",
                (kind == Kind.HOLD, *transaction.lots),
            )

    def _undo_effects(self, number: int, reversal: Transaction) -> None:
        """What the entries that still stand imply, after entry `number` was taken back."""
        kind, lots = reversal.kind, reversal.lots
        if kind in (*STARTS, Kind.FINISH) and reversal.work_order is not None:
            self._connection.execute(statements.ORDER_STATUS, (reversal.work_order,))
        elif kind in HOLDS and lots:
            self._connection.execute(statements.held_as_standing(len(lots)), lots)
        elif kind == Kind.COUNT:
            self._connection.execute(statements.COUNTED_AS_STANDING, (number,))
        elif kind in BRINGS and lots:
            self._connection.execute(statements.withdraw(len(lots)), lots)

    def _standing_on(self, number: int, changes: Mapping[Pair, int], held: Mapping[Pair, Held]) -> tuple[int, ...]:
        """The later entries that fall short without entry `number`, oldest first; all that take where none does."""
        taking: set[int] = set()
        short: set[int] = set()
        for pair, change in changes.items():
            if change >= 0 or held[pair].kind not in (REAL, ORDER):
                continue
            rows = self._connection.execute(statements.STANDING_LATER, (*pair, number, held[pair].kind, ORDER))
            running = held[pair].available + change - sum(quantity for _, quantity in rows)
            for later, quantity in rows:
                running += quantity
                if quantity < 0:
                    taking.add(later)
                    if running < 0:
                        short.add(later)
        return tuple(sorted(short or taking))
