"""Taking entries back: what it restores, what forbids it, and that it names who stands in the way."""

from datetime import date
from decimal import Decimal

import pytest

from store.errors import AlreadyReversed, DependsOnLater, DuplicateKey, IsReversal, LotExists, UnknownEntry
from store.model import Kind, OrderStatus
from store.session import Store
from tests.support.books import (
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
    take_back,
    transaction,
)
from tests.support.proof import prove


def status(store: Store, order: str = "WO-1") -> OrderStatus:
    with store.begin(write=False) as session:
        found = session.orders.get(order)
    assert found is not None
    return found.status


def on_hold(store: Store, code: str) -> bool:
    with store.begin(write=False) as session:
        found = session.lots.get(code)
    assert found is not None
    return found.on_hold


def test_a_reversal_cancels_and_says_what_it_takes_back(store: Store) -> None:
    post(store, receive("A", 10), moved("A", 4, "DOCK", "COOLER", reference="R"))
    reversal = take_back(store, 2, by="quinn", said="undo 2", reason="WRONG", note="wrong lot", approved_by="quinn")
    assert (reversal.number, reversal.reverses, reversal.transaction.kind) == (3, 2, Kind.MOVE)
    assert stock(store) == {("A", "DOCK"): 10}
    with store.begin(write=False) as session:
        read = session.ledger.entry(3)
        last = session.ledger.last_of("maria")
        assert session.ledger.last_of("quinn") is None
    assert read == reversal
    assert read.transaction.reference == "R"
    wanted = [("DOCK", Decimal(4)), ("COOLER", Decimal(-4))]
    assert [(p.place, p.amount) for p in read.transaction.postings] == wanted
    assert last is not None
    assert last.number == 1
    prove(store)


def test_what_cannot_be_taken_back(store: Store) -> None:
    post(store, receive("A", 10))
    with pytest.raises(UnknownEntry):
        take_back(store, 7)
    take_back(store, 1, key="undo:1")
    with pytest.raises(AlreadyReversed) as refused:
        take_back(store, 1)
    assert refused.value.by == 2
    with pytest.raises(DuplicateKey) as repeated:
        take_back(store, 1, key="undo:1")
    assert repeated.value.entries == (2,)
    with pytest.raises(IsReversal):
        take_back(store, 2)
    assert prove(store) == 2


def test_a_reversal_is_refused_while_later_entries_stand_on_it_and_names_them(store: Store) -> None:
    post(
        store,
        receive("A", 100),
        moved("A", 30, "DOCK", "COOLER"),
        count("A", "DOCK", 70, 70),
        receive("A", 100, new=False),
        moved("A", 150, "DOCK", "RACK"),
        consume("A", 30, "COOLER"),
    )
    with pytest.raises(DependsOnLater) as refused:
        take_back(store, 1)
    assert refused.value.entries == (2, 5)
    with pytest.raises(DependsOnLater) as refused:
        take_back(store, 4)
    assert refused.value.entries == (5,)
    with pytest.raises(DependsOnLater) as refused:
        take_back(store, 2)
    assert refused.value.entries == (6,)
    assert prove(store) == 6
    for number in (6, 5, 4, 2, 1):
        take_back(store, number)
    assert stock(store) == {}
    prove(store)


def test_only_the_entries_that_would_fall_short_are_named(store: Store) -> None:
    post(store, receive("A", 100), moved("A", 30, "DOCK", "COOLER"), moved("A", 60, "DOCK", "COOLER"))
    post(store, receive("A", 30, new=False))
    take_back(store, 2)
    with pytest.raises(DependsOnLater) as refused:
        take_back(store, 1)
    assert refused.value.entries == (3,)


def test_a_reversal_at_an_earlier_moment_is_checked_there_too(store: Store) -> None:
    post(
        store,
        receive("A", 10, happened=later(0)),
        moved("A", 10, "DOCK", "COOLER", happened=later(10)),
        moved("A", 10, "COOLER", "DOCK", happened=later(20)),
    )
    with pytest.raises(DependsOnLater) as refused:
        take_back(store, 1, happened=later(5))
    assert refused.value.entries == (2,)
    take_back(store, 1, happened=later(30))
    prove(store)


def test_a_consumption_stays_while_what_went_in_came_back(store: Store) -> None:
    post(store, receive("A", 10), consume("A", 6), give_back("A", 2))
    with pytest.raises(DependsOnLater) as refused:
        take_back(store, 2)
    assert refused.value.entries == (3,)
    take_back(store, 3)
    take_back(store, 2)
    assert stock(store, wip=True) == {("A", "DOCK"): 10}
    prove(store)


def test_a_lot_whose_receipt_was_taken_back_is_not_known_and_may_come_anew(store: Store) -> None:
    post(store, receive("A", 10))
    take_back(store, 1)
    with store.begin(write=False) as session:
        assert session.lots.get("A") is None
        assert not session.lots.exists("A")
        assert session.lots.of_product("RAW") == []
        assert session.lots.after(0)[0] == []
    anew = lot("A", supplier="SUP", expires=date(2027, 2, 2))
    post(store, transaction(Kind.RECEIVE, [("A", "SUPPLIER:SUP", -8), ("A", "DOCK", 8)], new_lots=(anew,)))
    with store.begin(write=False) as session:
        assert session.lots.get("A") == anew
        told = [entry.transaction.new_lots for entry in session.ledger.entries(lot="A")]
        assert told == [(lot("A", supplier="SUP"),), (), (anew,)], "each entry says what came with it"
        assert session.lots.after(0)[0] == [("A", "RAW")]
    with pytest.raises(LotExists):
        post(store, receive("A", 1))
    assert stock(store) == {("A", "DOCK"): 8}
    prove(store)


def test_a_lot_that_came_twice_stays_known(store: Store) -> None:
    post(store, receive("A", 10), receive("A", 5, new=False))
    take_back(store, 1)
    with store.begin(write=False) as session:
        assert session.lots.exists("A")
    take_back(store, 2)
    with store.begin(write=False) as session:
        assert not session.lots.exists("A")
    prove(store)


def test_an_order_stands_as_the_entries_that_remain_say(store: Store) -> None:
    post(store, receive("A", 10))
    assert status(store) is OrderStatus.OPEN
    started, first, second, finished = post(
        store,
        transaction(Kind.START, work_order="WO-1"),
        consume("A", 1),
        consume("A", 1),
        transaction(Kind.FINISH, work_order="WO-1"),
    )
    assert status(store) is OrderStatus.FINISHED
    take_back(store, started.number)
    assert status(store) is OrderStatus.FINISHED
    take_back(store, finished.number)
    assert status(store) is OrderStatus.RUNNING
    take_back(store, first.number)
    assert status(store) is OrderStatus.RUNNING
    take_back(store, second.number)
    assert status(store) is OrderStatus.OPEN
    assert status(store, "WO-2") is OrderStatus.OPEN
    prove(store)


def test_a_finished_order_stays_finished_when_more_is_reported_on_it(store: Store) -> None:
    post(store, receive("A", 10), transaction(Kind.FINISH, work_order="WO-1"), consume("A", 1, approved_by="quinn"))
    assert status(store) is OrderStatus.FINISHED


def test_a_lot_is_held_as_the_entries_that_remain_say(store: Store) -> None:
    _, first, second, released = post(
        store,
        receive("A", 10),
        transaction(Kind.HOLD, lots=("A",)),
        transaction(Kind.HOLD, lots=("A",)),
        transaction(Kind.RELEASE, lots=("A",)),
    )
    assert not on_hold(store, "A")
    take_back(store, released.number)
    assert on_hold(store, "A")
    take_back(store, second.number)
    assert on_hold(store, "A")
    take_back(store, first.number)
    assert not on_hold(store, "A")
    prove(store)


def test_a_release_of_a_free_lot_leaves_it_free_when_taken_back(store: Store) -> None:
    _, released = post(store, receive("A", 10), transaction(Kind.RELEASE, lots=("A",)))
    take_back(store, released.number)
    assert not on_hold(store, "A")


def test_a_held_lot_that_comes_anew_is_still_held(store: Store) -> None:
    post(store, receive("A", 10), transaction(Kind.HOLD, lots=("A",)))
    take_back(store, 1)
    post(store, receive("A", 12))
    assert on_hold(store, "A")
    prove(store)


def test_a_count_that_was_taken_back_did_not_count(store: Store) -> None:
    post(
        store,
        receive("A", 10),
        count("A", "DOCK", 9, 10, happened=later(1)),
        count("A", "DOCK", 8, 9, happened=later(2)),
    )

    def counted() -> object:
        with store.begin(write=False) as session:
            state = session.lots.state("A")
        assert state is not None
        return state.counted.get("DOCK")

    assert counted() == later(2)
    take_back(store, 3)
    assert (counted(), stock(store)) == (later(1), {("A", "DOCK"): 9})
    take_back(store, 2)
    assert (counted(), stock(store)) == (None, {("A", "DOCK"): 10})
    prove(store)


def test_what_was_shipped_and_made_comes_back_whole(store: Store) -> None:
    post(store, receive("A", 10), consume("A", 6), produce("F", 5), ship("F", 5, "LINE"))
    with pytest.raises(DependsOnLater) as refused:
        take_back(store, 3)
    assert refused.value.entries == (4,)
    take_back(store, 4)
    take_back(store, 3)
    with store.begin(write=False) as session:
        state = session.orders.state("WO-1")
    assert state is not None
    assert dict(state.outputs) == {}
    prove(store)
