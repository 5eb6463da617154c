"""What must hold after any sequence of reports: by several people, late, repeated, taken back, cut off half way.

Runs 10,000 steps, half of them on each database; FLOOR_TEST_STEPS asks for another number. A failure tells the steps
that led to it; with FLOOR_TEST_SHRINK=1 as few as can be found in some minutes.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from store.database import Connection, Params
from store.errors import AlreadyReversed, DependsOnLater, DuplicateKey, IsReversal, LotExists, Shortage, UnknownEntry
from store.model import Entry, Kind, Transaction
from store.proof import seals
from store.proof.verify import verify
from store.savepoint import savepoint
from store.session import Session, Store
from store.tables import APPEND_ONLY
from store.units import SCALE
from tests.support import books
from tests.support.books import ORDERS, PLACES, TODAY
from tests.support.proof import prove
from tests.support.shadow import Shadow

STEPS = int(os.environ.get("FLOOR_TEST_STEPS", "10000"))
STEPS_OF_A_RUN = 50

PHASES = (Phase.generate, Phase.shrink) if os.environ.get("FLOOR_TEST_SHRINK") else (Phase.generate,)

RAW = ("A", "B", "SALT")
MADE = ("F", "G")

lots = st.sampled_from((*RAW, *MADE))
raw_lots = st.sampled_from(RAW)
made_lots = st.sampled_from(MADE)
places = st.sampled_from(PLACES)
orders = st.sampled_from(ORDERS)
amounts = st.integers(1, 12)
minutes = st.one_of(st.just(0), st.integers(-60, 60))
people = st.sampled_from(("maria", "quinn", "linh"))


class Cut(Exception):
    """The process died here."""


class Floor(RuleBasedStateMachine):
    """People report; the shadow says what must come of it."""

    fresh: Callable[[], Store]
    steps = 0

    @initialize()
    def begin(self) -> None:
        self.store = type(self).fresh()
        self.shadow = Shadow()
        self.told: list[Transaction] = []

    def teardown(self) -> None:
        if hasattr(self, "store"):
            try:
                assert prove(self.store) == len(self.shadow.entries)
                assert verify(self.store) is None
                assert {told.number for told in self.shadow.entries} == {e.number for e in self._entries()}
            finally:
                self.store.close()

    def _entries(self) -> list[Entry]:
        with self.store.begin(write=False) as session:
            return session.ledger.entries()

    def _report(self, transaction: Transaction) -> None:
        type(self).steps += 1
        self.told.append(transaction)
        fits = self.shadow.has_room(transaction)

        def judged(session: Session) -> Entry:
            codes = transaction.lots
            situation = session.situation(codes, ORDERS, transaction.happened, TODAY)
            for code in codes:
                state = situation.lots.get(code)
                assert (state is not None) == (code in self.shadow.known)
                for place in PLACES:
                    held = state.balances.get(place, 0) if state else 0
                    assert held == self.shadow.held(code, place)
            return session.ledger.record(transaction, recorded=books.NOON)

        try:
            entry = self.store.run(judged)
        except Shortage:
            assert not fits
        else:
            assert fits
            self.shadow.keep(entry.number, transaction)

    @rule(code=raw_lots, quantity=amounts, into=places, at=minutes, by=people)
    def receive(self, code: str, quantity: int, into: str, at: int, by: str) -> None:
        new = code not in self.shadow.known
        self._report(books.receive(code, 3 * quantity, into, new=new, happened=books.later(at), by=by))

    @rule(code=lots, quantity=amounts, out_of=places, into=places, at=minutes, by=people)
    def move(self, code: str, quantity: int, out_of: str, into: str, at: int, by: str) -> None:
        if code in self.shadow.known:
            self._report(books.moved(code, quantity, out_of, into, happened=books.later(at), by=by))

    @rule(code=lots, quantity=amounts, out_of=places, at=minutes, by=people)
    def move_in_parts(self, code: str, quantity: int, out_of: str, at: int, by: str) -> None:
        if code in self.shadow.known:
            parts = [(code, out_of, -quantity), (code, "RACK", quantity), (code, out_of, -1), (code, "HOLD", 1)]
            self._report(books.transaction(Kind.MOVE, parts, happened=books.later(at), by=by))

    @rule(
        code=lots,
        quantity=amounts,
        out_of=places,
        at=minutes,
        other=st.sampled_from((("SCRAP", Kind.SCRAP), ("ADJUSTMENT", Kind.ADJUST), ("CUSTOMER:CUS", Kind.SHIP))),
    )
    def leave(self, code: str, quantity: int, out_of: str, at: int, other: tuple[str, Kind]) -> None:
        if code in self.shadow.known:
            self._report(books.moved(code, quantity, out_of, other[0], other[1], happened=books.later(at)))

    @rule(code=lots, quantity=amounts, out_of=places, order=orders, at=minutes, by=people)
    def consume(self, code: str, quantity: int, out_of: str, order: str, at: int, by: str) -> None:
        if code in self.shadow.known:
            self._report(books.consume(code, quantity, out_of, order, happened=books.later(at), by=by))

    @rule(code=lots, quantity=amounts, into=places, order=orders, at=minutes)
    def give_back(self, code: str, quantity: int, into: str, order: str, at: int) -> None:
        if code in self.shadow.known:
            self._report(books.give_back(code, quantity, into, order, happened=books.later(at)))

    @rule(code=made_lots, quantity=amounts, into=places, order=orders, at=minutes)
    def produce(self, code: str, quantity: int, into: str, order: str, at: int) -> None:
        new = code not in self.shadow.known
        self._report(books.produce(code, quantity, into, order, new=new, happened=books.later(at)))

    @rule(code=lots, place=places, off=st.integers(-2, 2), at=minutes)
    def count(self, code: str, place: str, off: int, at: int) -> None:
        if code in self.shadow.known:
            expected = self.shadow.held(code, place) // SCALE
            found = max(0, expected + off)
            self._report(books.count(code, place, found, expected, happened=books.later(at)))

    @rule(code=lots, kind=st.sampled_from((Kind.HOLD, Kind.RELEASE)), by=people)
    def hold(self, code: str, kind: Kind, by: str) -> None:
        if code in self.shadow.known:
            self._report(books.transaction(kind, lots=(code,), by=by))

    @rule(order=orders, kind=st.sampled_from((Kind.START, Kind.FINISH)))
    def run(self, order: str, kind: Kind) -> None:
        self._report(books.transaction(kind, work_order=order))

    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        """A message that came once comes again."""
        type(self).steps += 1
        posted = {told.transaction.key for told in self.shadow.entries}
        before = [t for t in self.told if t.key in posted]
        if before:
            again = data.draw(st.sampled_from(before))
            with pytest.raises(DuplicateKey):
                books.post(self.store, again)

    @rule(code=raw_lots)
    def bring_what_is_there(self, code: str) -> None:
        """A lot that is known cannot come into the world again."""
        type(self).steps += 1
        if code in self.shadow.known:
            with pytest.raises(LotExists):
                books.post(self.store, books.receive(code, 1))

    @rule(data=st.data(), at=minutes, by=people)
    def take_back(self, data: st.DataObject, at: int, by: str) -> None:
        type(self).steps += 1
        numbers = [told.number for told in self.shadow.entries]
        number = data.draw(st.sampled_from([*numbers, 10**9]))
        original = self.shadow.find(number)
        try:
            reversal = books.take_back(self.store, number, happened=books.later(at), by=by)
        except UnknownEntry:
            assert original is None
        except IsReversal:
            assert original is not None
            assert original.reverses is not None
        except AlreadyReversed:
            assert self.shadow.reversal_of(number) is not None
        except DependsOnLater:
            assert original is not None
            assert not self.shadow.has_room(_opposite(original.transaction, at))
        else:
            assert original is not None
            assert self.shadow.has_room(reversal.transaction)
            self.shadow.keep(reversal.number, reversal.transaction, number)

    @rule(code=lots, quantity=amounts, out_of=places, order=orders)
    def try_out(self, code: str, quantity: int, out_of: str, order: str) -> None:
        """What would post is tried and taken back, also where it cannot post; then the same session posts on."""
        type(self).steps += 1
        if code not in self.shadow.known:
            return
        kept = books.transaction(Kind.HOLD, lots=(code,))

        def work(session: Session) -> int:
            with suppress(Shortage), savepoint(session):
                for tried in (
                    books.consume(code, quantity, out_of, order),
                    books.produce("TRIED", quantity, order=order),
                    books.transaction(Kind.FINISH, work_order=order),
                    books.moved(code, quantity, out_of, "RACK"),
                ):
                    session.ledger.record(tried, recorded=books.NOON)
            return session.ledger.record(kept, recorded=books.NOON).number

        self.shadow.keep(self.store.run(work), kept)

    @rule(days=st.integers(0, 3))
    def seal(self, days: int) -> None:
        """What is sealed now still holds when all is over, whatever comes."""
        type(self).steps += 1
        seals.seal(self.store, books.NOON + timedelta(days=days))

    @rule(code=raw_lots, quantity=amounts, order=orders, after=st.integers(0, 7), twice=st.booleans())
    def die(self, code: str, quantity: int, order: str, after: int, twice: bool) -> None:  # noqa: FBT001
        """The process dies after some statements of a transaction of one or two reports; nothing of it is there."""
        type(self).steps += 1
        new = code not in self.shadow.known
        reports = [books.receive(code, 30, "DOCK", new=new), books.consume(code, quantity, "DOCK", order)]
        before = len(self._entries())

        def work(session: Session) -> None:
            with _cut_after(session.connection, after):
                for report in reports[: 1 + twice]:
                    session.ledger.record(report, recorded=books.NOON)
                raise Cut

        with pytest.raises(Cut):
            self.store.run(work)
        assert len(self._entries()) == before


def _opposite(transaction: Transaction, at: int) -> Transaction:
    lines = [(p.lot, p.place, -p.quantity // SCALE) for p in transaction.postings]
    return books.transaction(transaction.kind, lines, happened=books.later(at), work_order=transaction.work_order)


class _cut_after:  # noqa: N801  # reads as what it does
    """Lets a number of statements through, then dies."""

    def __init__(self, connection: Connection, statements: int) -> None:
        self._connection = connection
        self._left = statements
        self._driver = connection._driver

    def __enter__(self) -> None:
        self._connection._driver = self

    def __exit__(self, *_error: object) -> None:
        self._connection._driver = self._driver

    def execute(self, sql: str, params: Params = ()) -> object:
        if not self._left:
            raise Cut
        self._left -= 1
        return self._driver.execute(sql, params)


def check(fresh: Callable[[], Store]) -> None:
    """Run half of the steps against databases that `fresh` makes."""

    class Here(Floor):
        pass

    Here.fresh = staticmethod(fresh)
    examples = max(1, STEPS // 2 // STEPS_OF_A_RUN)
    while Here.steps < STEPS // 2:
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=examples,
                stateful_step_count=STEPS_OF_A_RUN,
                deadline=None,
                database=None,
                phases=PHASES,
                suppress_health_check=list(HealthCheck),
            ),
        )
        examples = max(1, (STEPS // 2 - Here.steps) // STEPS_OF_A_RUN)


def test_any_sequence_of_reports_keeps_the_books_on_sqlite(sqlite_plant: Path, tmp_path: Path) -> None:
    def fresh() -> Store:
        for file in tmp_path.iterdir():
            file.unlink()
        return Store(f"sqlite:///{shutil.copy(sqlite_plant, tmp_path / 'floor.db')}")

    check(fresh)


def test_any_sequence_of_reports_keeps_the_books_on_postgresql(postgres_store: Store) -> None:
    url = postgres_store.database.url.render_as_string(hide_password=False)

    def forget_everything(session: Session) -> None:
        session.connection.execute("SET LOCAL session_replication_role = replica")
        session.connection.execute(f"TRUNCATE {', '.join(APPEND_ONLY)}, balance, lineage, lot CASCADE")
        session.connection.execute("UPDATE work_order SET status = filed")

    def fresh() -> Store:
        postgres_store.run(forget_everything)
        return Store(url)

    check(fresh)
