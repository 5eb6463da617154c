"""Writes entries, lines and balances: checked and netted, locked in one order, the sums kept with what they sum.

Used by `store.ledger` alone, which says what may be posted and what it means beyond its lines.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from store.books import statements
from store.books.lots import lot_values
from store.books.places import ORDER, REAL, place_kind
from store.books.time_ids import time_ordered_id
from store.database import Connection, Database
from store.errors import DuplicateKey, LotExists, Shortage
from store.model import Catalog, Kind, Lot, Transaction, facts_of
from store.tables.types import json_text
from store.units import text

Pair = tuple[str, str]
"""A lot in a place."""


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


class Poster:
    """Posts into one SQL transaction."""

    def __init__(self, connection: Connection, catalog: Callable[[], Catalog]) -> None:
        self._connection = connection
        self._catalog = catalog
        sqlite = connection.database.is_sqlite
        self._insert_entry = statements.INSERT_ENTRY_SQLITE if sqlite else statements.INSERT_ENTRY_POSTGRESQL
        self._insert_lot = statements.insert_lot(sqlite=sqlite)

    def held(self, changes: Mapping[Pair, int], work_order: str | None) -> dict[Pair, Held]:
        """The balances concerned, locked; for a pair without one its place's kind and nothing."""
        held: dict[Pair, Held] = {}
        if not changes:
            return held
        sql = statements.balances_held(len(changes), lock=self._connection.locks)
        for lot, place, *row in self._connection.execute(sql, flat(list(changes))):
            held[lot, place] = Held(*row)
        if len(held) < len(changes):
            places = self._catalog().places
            for pair in changes.keys() - held.keys():
                held[pair] = Held(place_kind(pair[1], places, work_order))
        return held

    def refuse_shortage(self, changes: Mapping[Pair, int], held: Mapping[Pair, Held], transaction: Transaction) -> None:
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
        for lot, place, at, _, quantity in self._connection.execute(sql, [happened, *flat(late)]):
            later[lot, place].append((at, quantity))
        for pair in late:
            available, at = _lowest(held[pair].quantity, happened, later[pair])
            if available + changes[pair] < 0:
                moment = self._connection.database.read_moment(at)
                raise Shortage(*pair, available=available, wanted=-changes[pair], at=moment)

    def refuse_duplicate(self, key: str) -> None:
        """Raise DuplicateKey where the key is in the books already."""
        known = self._connection.execute("SELECT number FROM entry WHERE key = ?", (key,))
        if known:
            raise DuplicateKey(key, tuple(row[0] for row in known))

    def write_entry(self, transaction: Transaction, recorded: datetime, reverses: int | None) -> int:
        """The entry's row; raises DuplicateKey, before which nothing was written."""
        row = entry_values(self._connection.database, transaction, recorded, reverses)
        if self._connection.database.is_sqlite:
            row.append(transaction.key)
        given = self._connection.execute(self._insert_entry, row)
        if not given:
            self.refuse_duplicate(transaction.key)
        number: int = given[0][0]
        return number

    def write_lots(self, lots: Sequence[Lot], number: int) -> None:
        """The lots that the entry brings into the world; raises LotExists for one that is there."""
        database = self._connection.database
        added = database.moment(datetime.now(database.zone))
        for lot in lots:
            row = (*lot_values(database, lot, on_hold=lot.on_hold), number, added)
            if not self._connection.execute(self._insert_lot, row):
                raise LotExists(lot.code)

    def write_lines(
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

    def write_counted(self, number: int, transaction: Transaction) -> None:
        """What a count asserts."""
        counted = transaction.counted
        if counted:
            rows: list[Any] = []
            for line, c in enumerate(counted):
                rows += (number, line, c.lot, c.place, c.found, c.expected, c.position)
            self._connection.execute(statements.insert_counted(len(counted)), rows)


def entry_values(database: Database, transaction: Transaction, recorded: datetime, reverses: int | None) -> list[Any]:
    """What an entry's row holds, in the order of ENTRY_COLUMNS, with an identity of its own."""
    t, moment = transaction, database.moment
    return [
        time_ordered_id(), t.kind.value, moment(t.happened), moment(recorded), t.by, t.channel, t.said,
        t.confidence, json_text(t.corrections), t.key, json_text(t.lots), t.work_order, t.partner, t.reference,
        t.reason, t.note, t.approved_by, json_text(t.attachments), reverses,
        json_text(tuple(facts_of(lot) for lot in t.new_lots)),
    ]  # fmt: skip


def netted(transaction: Transaction) -> dict[Pair, int]:
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


def flat(pairs: Sequence[Pair]) -> list[str]:
    """Lot, place, lot, place… as parameters."""
    return [code for pair in pairs for code in pair]
