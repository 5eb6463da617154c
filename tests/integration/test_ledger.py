"""The books: what can be posted, what is refused, and that nothing is written when something is."""

from decimal import Decimal

import pytest

from store.errors import DuplicateKey, LotExists, Shortage, StoreError, Unbalanced, UnknownPlace
from store.model import Kind, Posting, Transaction, supplier
from store.session import Session, Store
from store.units import SCALE
from tests.support.books import (
    NOON,
    consume,
    count,
    give_back,
    later,
    lot,
    moved,
    post,
    produce,
    receive,
    ship,
    stock,
    transaction,
)
from tests.support.proof import prove


def test_every_kind_posts_and_reads_back_as_it_was_told(store: Store) -> None:
    told = [
        receive("A", 100, said="got 100 of A", confidence=0.91, corrections=("110", "100"), reference="PO 1"),
        moved("A", 60, "DOCK", "COOLER", approved_by="quinn"),
        consume("A", 40, "COOLER", note="for the early run"),
        give_back("A", 5, "COOLER"),
        produce("F", 50),
        count("A", "COOLER", 24, 25, position=4),
        count("A", "DOCK", 40, 40),
        moved("A", 4, "DOCK", "ADJUSTMENT", Kind.ADJUST, reason="SHORT"),
        moved("F", 1, "LINE", "SCRAP", Kind.SCRAP, reason="DAMAGED", attachments=("photo:1",)),
        ship("F", 20, "LINE", reference="SO 7"),
        transaction(Kind.HOLD, lots=("F",), note="metal found"),
        transaction(Kind.RELEASE, lots=("F",)),
        transaction(Kind.START, work_order="WO-2"),
        transaction(Kind.FINISH, work_order="WO-2"),
    ]
    entries = post(store, *told, recorded=later(3))
    assert [entry.number for entry in entries] == list(range(1, len(told) + 1))
    with store.begin(write=False) as session:
        read = session.ledger.entries()
    assert [entry.transaction for entry in read] == told
    assert {entry.recorded for entry in read} == {later(3)}
    assert stock(store) == {("A", "COOLER"): 24, ("A", "DOCK"): 36, ("F", "LINE"): 29}
    assert prove(store) == len(told)


def test_a_transaction_that_does_not_balance_cannot_be_built() -> None:
    with pytest.raises(Unbalanced) as refused:
        transaction(Kind.MOVE, [("A", "DOCK", -3), ("A", "COOLER", 2)])
    assert (refused.value.lot, refused.value.difference) == ("A", -SCALE)


def test_more_than_there_is_cannot_leave_a_real_place(store: Store) -> None:
    post(store, receive("A", 10))
    with pytest.raises(Shortage) as refused:
        post(store, moved("A", 11, "DOCK", "COOLER"))
    short = refused.value
    assert (short.lot, short.place, short.available, short.wanted, short.at) == (
        "A", "DOCK", 10 * SCALE, 11 * SCALE, None,
    )  # fmt: skip
    with pytest.raises(Shortage):
        post(store, moved("A", 1, "RACK", "COOLER"))
    assert stock(store) == {("A", "DOCK"): 10}
    assert prove(store) == 1


def test_lines_of_one_message_are_netted_before_they_are_checked(store: Store) -> None:
    post(store, receive("A", 20))
    with pytest.raises(Shortage):
        post(
            store,
            transaction(Kind.MOVE, [("A", "DOCK", -20), ("A", "COOLER", 20), ("A", "DOCK", -20), ("A", "RACK", 20)]),
        )
    through = [("A", "DOCK", -20), ("A", "COOLER", 20), ("A", "COOLER", -20), ("A", "RACK", 20)]
    post(store, transaction(Kind.MOVE, through))
    assert stock(store) == {("A", "RACK"): 20}
    prove(store)


def test_a_late_entry_is_checked_at_every_later_moment(store: Store) -> None:
    post(
        store,
        receive("A", 10, happened=later(0)),
        moved("A", 8, "DOCK", "COOLER", happened=later(20)),
        receive("A", 8, new=False, happened=later(40)),
    )
    assert stock(store)["A", "DOCK"] == 10
    with pytest.raises(Shortage) as refused:
        post(store, moved("A", 3, "DOCK", "RACK", happened=later(10)))
    assert (refused.value.available, refused.value.at) == (2 * SCALE, later(20))
    post(store, moved("A", 2, "DOCK", "RACK", happened=later(10)))
    with pytest.raises(Shortage) as refused:
        post(store, moved("A", 1, "DOCK", "RACK", happened=later(-10)))
    assert (refused.value.available, refused.value.at) == (0, later(-10))
    post(store, moved("A", 8, "DOCK", "RACK", happened=later(50)))
    assert stock(store) == {("A", "COOLER"): 8, ("A", "RACK"): 10}
    prove(store)


def test_stock_is_known_at_any_moment(store: Store) -> None:
    post(
        store,
        receive("A", 10, happened=later(0)),
        moved("A", 4, "DOCK", "COOLER", happened=later(20)),
        moved("A", 1, "DOCK", "RACK", happened=later(10)),
    )
    assert stock(store, at=later(-1)) == {}
    assert stock(store, at=later(0)) == {("A", "DOCK"): 10}
    assert stock(store, at=later(10)) == {("A", "DOCK"): 9, ("A", "RACK"): 1}
    assert stock(store, at=later(20)) == stock(store) == {("A", "COOLER"): 4, ("A", "DOCK"): 5, ("A", "RACK"): 1}
    assert stock(store, at=later(10), lot="A", places=("RACK",)) == {("A", "RACK"): 1}


def test_the_same_key_posts_once_also_when_the_stock_is_gone(store: Store) -> None:
    post(store, receive("A", 10))
    move = moved("A", 10, "DOCK", "COOLER", key="slack:1#0")
    first = post(store, move)[0]
    with pytest.raises(DuplicateKey) as refused:
        post(store, move)
    assert refused.value.entries == (first.number,)
    with pytest.raises(DuplicateKey):
        post(store, moved("A", 1, "COOLER", "RACK", key="slack:1#0"))
    with store.begin() as session:
        with pytest.raises(DuplicateKey):
            session.ledger.record(move, recorded=NOON)
        session.ledger.record(moved("A", 1, "COOLER", "RACK"), recorded=NOON)
        session.commit()
    assert stock(store) == {("A", "COOLER"): 9, ("A", "RACK"): 1}
    prove(store)


def test_a_new_lot_must_be_new(store: Store) -> None:
    post(store, receive("A", 10))
    with pytest.raises(LotExists):
        post(store, receive("A", 10))
    assert stock(store) == {("A", "DOCK"): 10}
    assert prove(store) == 1


def test_a_place_that_is_none_is_refused(store: Store) -> None:
    post(store, receive("A", 10))
    for place in ("COOLR", "WO-2", "SUPPLIER", ""):
        with pytest.raises(UnknownPlace):
            post(store, moved("A", 1, "DOCK", place))
    assert prove(store) == 1


def test_an_order_gives_back_no_more_than_went_in(store: Store) -> None:
    post(store, receive("A", 10), consume("A", 6), produce("F", 5))
    for too_much in (give_back("A", 7), give_back("F", 1)):
        with pytest.raises(Shortage) as refused:
            post(store, too_much)
        assert refused.value.place == "WO-1"
    post(store, give_back("A", 6))
    with store.begin(write=False) as session:
        state = session.orders.state("WO-1")
    assert state is not None
    assert (dict(state.inputs), dict(state.outputs), dict(state.products)) == ({}, {"F": 5 * SCALE}, {"F": "FIN"})
    prove(store)


def test_work_in_progress_is_what_unfinished_orders_hold(store: Store) -> None:
    post(store, receive("A", 10), consume("A", 6), produce("F", 5))
    assert stock(store, wip=True) == {("A", "DOCK"): 4, ("A", "WO-1"): 6, ("F", "LINE"): 5}
    post(store, transaction(Kind.FINISH, work_order="WO-1"))
    assert stock(store, wip=True) == stock(store) == {("A", "DOCK"): 4, ("F", "LINE"): 5}


def test_an_order_takes_its_own_output_back(store: Store) -> None:
    post(store, receive("A", 10), consume("A", 6), produce("F", 5), consume("F", 2, "LINE"), produce("F", 1, new=False))
    with store.begin(write=False) as session:
        state = session.orders.state("WO-1")
    assert state is not None
    assert dict(state.inputs) == {"A": 6 * SCALE, "F": 2 * SCALE}
    assert dict(state.outputs) == {"F": 6 * SCALE}
    prove(store)


def test_entries_are_found_by_every_filter(store: Store) -> None:
    post(store, receive("A", 10), receive("B", 10, by="quinn"))
    post(store, consume("A", 2, key="k1"), count("A", "DOCK", 8, 8), recorded=later(5))
    post(store, transaction(Kind.HOLD, lots=("B",)), transaction(Kind.START, work_order="WO-1"), recorded=later(9))

    def numbers(**values: object) -> list[int]:
        with store.begin(write=False) as session:
            return [entry.number for entry in session.ledger.entries(**values)]  # type: ignore[arg-type]

    assert numbers() == [1, 2, 3, 4, 5, 6]
    assert numbers(lot="A") == [1, 3, 4]
    assert numbers(lot="B") == [2, 5]
    assert numbers(lot="Z") == []
    assert numbers(since=later(5)) == [3, 4, 5, 6]
    assert numbers(since=later(5), lot="B") == [5]
    assert numbers(by="quinn") == [2]
    assert numbers(work_order="WO-1") == [3, 6]
    assert numbers(kinds=(Kind.HOLD, Kind.COUNT)) == [4, 5]
    assert numbers(kinds=()) == []
    assert numbers(numbers=(2, 6, 99)) == [2, 6]
    assert numbers(keys=("k1", "k2")) == [3]
    assert numbers(after=4) == [5, 6]
    assert numbers(newest_first=True, limit=2) == [6, 5]
    with store.begin(write=False) as session:
        assert session.ledger.entry(99) is None
        assert session.ledger.last_of("deshawn") is None
        last = session.ledger.last_of("quinn")
    assert last is not None
    assert last.number == 2


def test_moments_are_told_in_the_plants_time_zone(store: Store) -> None:
    post(store, receive("A", 10))
    there = Store(store.database.url.render_as_string(hide_password=False), timezone="America/Los_Angeles")
    with there.begin(write=False) as session:
        entry = session.ledger.entry(1)
    there.close()
    assert entry is not None
    assert entry.recorded.isoformat() == "2026-11-22T04:00:00-08:00"
    assert entry.transaction.happened.isoformat() == "2026-11-22T04:00:00-08:00"


def test_nothing_stays_without_a_commit(store: Store) -> None:
    with store.begin() as session:
        session.ledger.record(receive("A", 10), recorded=NOON)

    def fail(session: Session) -> None:
        session.ledger.record(receive("A", 10), recorded=NOON)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.run(fail)
    assert prove(store) == 0


def test_a_session_is_over_after_its_commit(store: Store) -> None:
    with store.begin() as session:
        session.ledger.record(receive("A", 10), recorded=NOON)
        session.commit()
        with pytest.raises(StoreError):
            session.ledger.entry(1)
    assert prove(store) == 1


def test_what_failed_half_way_cannot_be_committed(store: Store) -> None:
    post(store, receive("A", 10))
    with store.begin() as session:
        with pytest.raises(LotExists):
            session.ledger.record(receive("A", 10), recorded=NOON)
        with pytest.raises(StoreError, match="half way"):
            session.commit()
    assert prove(store) == 1


def test_a_lot_is_known_by_what_it_is_and_where(store: Store) -> None:
    post(store, receive("A", 10), count("A", "DOCK", 9, 10, position=1, happened=later(1)))
    with store.begin(write=False) as session:
        state = session.lots.state("A")
        assert session.lots.get("A") == lot("A", supplier="SUP")
        assert session.lots.get("Z") is None
        assert session.lots.state("Z") is None
        assert (session.lots.exists("A"), session.lots.exists("Z")) == (True, False)
        assert session.lots.of_product("RAW") == [lot("A", supplier="SUP")]
    assert state is not None
    assert dict(state.balances) == {"DOCK": 9 * SCALE, supplier("SUP"): -10 * SCALE, "VARIANCE": SCALE}
    assert dict(state.positions) == {"DOCK": 2, supplier("SUP"): 1, "VARIANCE": 2}
    assert dict(state.counted) == {"DOCK": later(1)}


def test_quantities_are_exact_up_to_the_largest(store: Store) -> None:
    largest = 2**53 - 1
    postings = (
        Posting("A", supplier("SUP"), -largest, Decimal("-900719925474.0991"), "lb"),
        Posting("A", "DOCK", largest, Decimal("900719925474.0991"), "lb"),
    )
    told = Transaction(Kind.RECEIVE, "maria", "console", "k", NOON, postings=postings, new_lots=(lot("A"),))
    post(store, told)
    with store.begin(write=False) as session:
        assert [entry.transaction for entry in session.ledger.entries()] == [told]
        assert [s.quantity for s in session.ledger.stock()] == [largest]


def test_a_reader_asks_for_the_situation_without_keeping_anybody_out(store: Store) -> None:
    post(store, receive("A", 10))
    with store.begin(write=False) as session:
        situation = session.situation(["A"], ["WO-1"], NOON, NOON.date())
    assert situation.lots["A"].balances["DOCK"] == 10 * SCALE


def test_a_moment_without_a_time_zone_is_a_fault_of_ours(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"):
        post(store, receive("A", 10, happened=NOON.replace(tzinfo=None)))
    assert prove(store) == 0
