"""The only writer of entries, lines and balances: records what happened, takes back what did not.

An entry's lines sum to zero for each lot; a balance is the sum of lines, kept in the same SQL transaction.
"""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from store import statements
from store.database import Connection, Database, marks
from store.entries import Entries
from store.errors import AlreadyReversed, DependsOnLater, DuplicateKey, IsReversal, LotExists, Shortage, UnknownEntry
from store.model import Catalog, Entry, Kind, Lot, Posting, Transaction
from store.places import ORDER, REAL, place_kind
from store.tables.types import json_text
from store.time_ids import time_ordered_id
from store.units import text

Pair = tuple[str, str]
"""A lot in a place."""

STARTS: Final = frozenset({Kind.START, Kind.CONSUME})
"""Kinds that make an open work order run."""

BRINGS: Final = frozenset({Kind.RECEIVE, Kind.PRODUCE})
"""Kinds that bring lots into the world."""

HOLDS: Final = frozenset({Kind.HOLD, Kind.RELEASE})


class Held(NamedTuple):
    """What a balance row said under the lock; `last_happened` is as the driver gives it, None for no row."""

    kind: str
    quantity: int = 0
    made: int = 0
    last_happened: Any = None

    @property
    def available(self) -> int:
        """What may be taken out: all that is there, or of a work order what went in."""
        return self.quantity + self.made if self.kind == ORDER else self.quantity


class Ledger(Entries):
    """Entries of one SQL transaction: `record`, `reverse`, and everything that reads them."""

    def __init__(
        self, connection: Connection, catalog: Callable[[], Catalog], spoil: Callable[[BaseException], None]
    ) -> None:
        super().__init__(connection)
        self._catalog = catalog
        self._spoil = spoil
        database = connection.database
        self._insert_entry = (
            statements.INSERT_ENTRY_SQLITE if database.is_sqlite else statements.INSERT_ENTRY_POSTGRESQL
        )
        self._insert_lot = statements.insert_lot(sqlite=database.is_sqlite)

    def record(self, transaction: Transaction, *, recorded: datetime) -> Entry:
        """Post a transaction: checked, netted, locked in one order, with everything it implies.

        Raises:
            Shortage: A real place would hold less than nothing, now or at a later moment, or a work order would
                give back more than went in. Nothing was written.
            DuplicateKey: The key is in the books already. Nothing was written.
            LotExists: A new lot is in the books already.
            UnknownPlace: A line names a place that there is not. Nothing was written.
        """
        changes = _netted(transaction)
        held = self._held(changes, transaction.work_order)
        try:
            self._refuse_shortage(changes, held, transaction)
        except Shortage:
            self._refuse_duplicate(transaction.key)
            raise
        number = self._write_entry(transaction, recorded, None)
        try:
            self._write_lots(transaction.new_lots, number)
            self._write_lines(number, transaction, changes, held)
            self._write_counted(number, transaction)
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
        original = self.entry(number)
        if original is None:
            raise UnknownEntry(number)
        if original.reverses is not None:
            raise IsReversal(number)
        taken_back = self._connection.execute("SELECT number, key FROM entry WHERE reverses = ?", (number,))
        if taken_back:
            if taken_back[0][1] == key:
                raise DuplicateKey(key, (taken_back[0][0],))
            raise AlreadyReversed(number, taken_back[0][0])
        before = original.transaction
        transaction = Transaction(
            kind=before.kind, by=by, channel=channel, key=key, happened=happened, said=said,
            postings=tuple(Posting(p.lot, p.place, -p.quantity, -p.amount, p.unit) for p in before.postings),
            lots=before.lots, work_order=before.work_order, partner=before.partner, reference=before.reference,
            reason=reason, note=note, approved_by=approved_by,
        )  # fmt: skip
        changes = _netted(transaction)
        held = self._held(changes, transaction.work_order)
        try:
            self._refuse_shortage(changes, held, transaction)
        except Shortage as short:
            self._refuse_duplicate(key)
            raise DependsOnLater(number, self._standing_on(original, changes, held) or (number,)) from short
        reversal = self._write_entry(transaction, recorded, number)
        try:
            self._write_lines(reversal, transaction, changes, held)
            self._undo_effects(original)
        except BaseException as error:
            self._spoil(error)
            raise
        return Entry(reversal, transaction, recorded.astimezone(self._connection.database.zone), number)

    def _held(self, changes: Mapping[Pair, int], work_order: str | None) -> dict[Pair, Held]:
        """The balances concerned, locked; for a pair without one its place's kind and nothing."""
        held: dict[Pair, Held] = {}
        if not changes:
            return held
        sql = statements.balances_held(len(changes), lock=not self._connection.database.is_sqlite)
        for lot, place, *row in self._connection.execute(sql, _flat(list(changes))):
            held[lot, place] = Held(*row)
        if len(held) < len(changes):
            places = self._catalog().places
            for pair in changes.keys() - held.keys():
                held[pair] = Held(place_kind(pair[1], places, work_order))
        return held

    def _refuse_shortage(
        self, changes: Mapping[Pair, int], held: Mapping[Pair, Held], transaction: Transaction
    ) -> None:
        """Raise Shortage for the first pair that would fall below zero, now or at a later moment."""
        happened = self._connection.database.moment(transaction.happened)
        late: list[Pair] = []
        for pair, change in changes.items():
            row = held[pair]
            if change >= 0 or row.kind not in (REAL, ORDER) or (row.kind == ORDER and transaction.kind == Kind.PRODUCE):
                continue
            if row.available + change < 0:
                raise Shortage(*pair, available=row.available, wanted=-change)
            if row.kind == REAL and row.last_happened is not None and row.last_happened > happened:
                late.append(pair)
        if not late:
            return
        later: dict[Pair, list[tuple[Any, int]]] = {pair: [] for pair in late}
        sql = statements.later_postings(len(late))
        for lot, place, at, _, quantity in self._connection.execute(sql, [happened, *_flat(late)]):
            later[lot, place].append((at, quantity))
        for pair in late:
            available, at = _lowest(held[pair].quantity, happened, later[pair])
            if available + changes[pair] < 0:
                moment = self._connection.database.read_moment(at)
                raise Shortage(*pair, available=available, wanted=-changes[pair], at=moment)

    def _refuse_duplicate(self, key: str) -> None:
        known = self._connection.execute("SELECT number FROM entry WHERE key = ?", (key,))
        if known:
            raise DuplicateKey(key, tuple(row[0] for row in known))

    def _write_entry(self, transaction: Transaction, recorded: datetime, reverses: int | None) -> int:
        """The entry's row; raises DuplicateKey, before which nothing was written."""
        row = entry_values(self._connection.database, transaction, recorded, reverses)
        if self._connection.database.is_sqlite:
            row.append(transaction.key)
        given = self._connection.execute(self._insert_entry, row)
        if not given:
            self._refuse_duplicate(transaction.key)
        number: int = given[0][0]
        return number

    def _write_lots(self, lots: Sequence[Lot], number: int) -> None:
        database = self._connection.database
        added = database.moment(datetime.now(database.zone))
        for lot in lots:
            row = (
                lot.code, lot.product, lot.unit, database.day(lot.made), database.day(lot.expires), lot.supplier,
                lot.work_order, lot.on_hold, number, added,
            )  # fmt: skip
            if not self._connection.execute(self._insert_lot, row):
                raise LotExists(lot.code)

    def _write_lines(
        self, number: int, transaction: Transaction, changes: Mapping[Pair, int], held: Mapping[Pair, Held]
    ) -> None:
        """Lines, lots without lines, and the balances that they change."""
        happened = self._connection.database.moment(transaction.happened)
        postings = transaction.postings
        if postings:
            rows: list[Any] = []
            for line, p in enumerate(postings):
                rows += (number, line, p.lot, p.place, p.quantity, text(p.amount), p.unit, happened)
            self._connection.execute(statements.insert_postings(len(postings)), rows)
        with_lines = {p.lot for p in postings} | {c.lot for c in transaction.counted}
        others = [lot for lot in transaction.lots if lot not in with_lines]
        if others:
            rows = [value for lot in others for value in (lot, number)]
            self._connection.execute(statements.insert_entry_lots(len(others)), rows)
        if changes:
            self._change_balances(number, transaction, changes, held)

    def _change_balances(
        self, number: int, transaction: Transaction, changes: Mapping[Pair, int], held: Mapping[Pair, Held]
    ) -> None:
        happened = self._connection.database.moment(transaction.happened)
        counted = {(c.lot, c.place) for c in transaction.counted}
        produced = transaction.kind == Kind.PRODUCE
        rows: list[Any] = []
        for pair, change in changes.items():
            row = held[pair]
            made = row.made - change if produced and row.kind == ORDER else row.made
            counted_at = happened if pair in counted else None
            position = number if change else 0
            rows += (*pair, row.kind, row.quantity + change, made, change, position, happened, counted_at)
        self._connection.execute(statements.change_balances(len(changes), produced=produced), rows)

    def _write_counted(self, number: int, transaction: Transaction) -> None:
        counted = transaction.counted
        if counted:
            rows: list[Any] = []
            for line, c in enumerate(counted):
                rows += (number, line, c.lot, c.place, c.found, c.expected, c.position)
            self._connection.execute(statements.insert_counted(len(counted)), rows)

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

    def _undo_effects(self, original: Entry) -> None:
        """What the entries that still stand imply, after `original` was taken back."""
        before = original.transaction
        if before.kind in (*STARTS, Kind.FINISH) and before.work_order is not None:
            self._connection.execute(statements.ORDER_STATUS, (before.work_order,))
        elif before.kind in HOLDS and before.lots:
            sql = statements.held_as_standing(len(before.lots))
            self._connection.execute(sql, (before.kind == Kind.RELEASE, *before.lots))
        elif before.kind == Kind.COUNT and before.counted:
            pairs = [(c.lot, c.place) for c in before.counted]
            self._connection.execute(statements.counted_as_standing(len(pairs)), _flat(pairs))
        elif before.kind in BRINGS and before.lots:
            self._connection.execute(statements.withdraw(len(before.lots)), before.lots)

    def _standing_on(self, original: Entry, changes: Mapping[Pair, int], held: Mapping[Pair, Held]) -> tuple[int, ...]:
        """The later entries that fall short without `original`, oldest first; all that take, where none does alone."""
        taking: set[int] = set()
        short: set[int] = set()
        for pair, change in changes.items():
            if change >= 0 or held[pair].kind not in (REAL, ORDER):
                continue
            rows = self._connection.execute(statements.STANDING_LATER, (*pair, original.number, held[pair].kind, ORDER))
            running = held[pair].available + change - sum(quantity for _, quantity in rows)
            for number, quantity in rows:
                running += quantity
                if quantity < 0:
                    taking.add(number)
                    if running < 0:
                        short.add(number)
        return tuple(sorted(short or taking))


def entry_values(database: Database, transaction: Transaction, recorded: datetime, reverses: int | None) -> list[Any]:
    """What an entry's row holds, in the order of ENTRY_COLUMNS, with an identity of its own."""
    t, moment = transaction, database.moment
    return [
        time_ordered_id(), t.kind.value, moment(t.happened), moment(recorded), t.by, t.channel, t.said,
        t.confidence, json_text(t.corrections), t.key, json_text(t.lots), t.work_order, t.partner, t.reference,
        t.reason, t.note, t.approved_by, json_text(t.attachments), reverses,
    ]  # fmt: skip


def _netted(transaction: Transaction) -> dict[Pair, int]:
    """What the lines do to each lot in each place, in the order of locking; nothing where it was only counted."""
    changes: dict[Pair, int] = {(c.lot, c.place): 0 for c in transaction.counted}
    for posting in transaction.postings:
        pair = (posting.lot, posting.place)
        changes[pair] = changes.get(pair, 0) + posting.quantity
    return dict(sorted(changes.items()))


def _lowest(now: int, happened: Any, later: Sequence[tuple[Any, int]]) -> tuple[int, Any]:  # noqa: ANN401  # driver's
    """The least that a place holds from `happened` on, and from when; `later` are changes since, latest first."""
    held: list[tuple[int, Any]] = []
    for at, quantity in later:
        held.append((now, at))
        now -= quantity
    return min([*held, (now, happened)])


def _flat(pairs: Sequence[Pair]) -> list[str]:
    return [code for pair in pairs for code in pair]
