"""What surrounds a recall: the balance over the whole trace, its width, the hold of everything, mock recalls."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from store import mock_recalls
from store.massbalance import shares, trace_balance
from store.model import Kind
from store.recall import examine, recall
from store.scope import alike, hold
from store.session import Session, Store
from store.units import SCALE
from tests import month
from tests.books import NOON, consume, count, give_back, later, moved, post, produce, receive, ship
from tests.walk import Walk


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory, demo_plant: Path) -> Store:
    return month.once(tmp_path_factory, demo_plant)


@pytest.fixture
def session(books: Store) -> Iterator[Session]:
    with books.begin(write=False) as session:
        yield session


def test_the_recalled_lot_is_found_inside_what_was_made_of_it(store: Store) -> None:
    """100 lb: 40 stay, 60 make 600 ea, of which 150 are shipped (15 lb) and 60 scrapped (6 lb)."""
    post(store, receive("A", 100), consume("A", 70), give_back("A", 10), produce("H1", 600))
    post(store, ship("H1", 150, "LINE"), moved("H1", 60, "LINE", "SCRAP", Kind.SCRAP, reason="DAMAGED"))
    with store.begin(write=False) as session:
        found = trace_balance(session, examine(session, "A", NOON))
    told = [found.into, found.on_hand, found.in_progress, found.shipped, found.scrapped, found.adjusted]
    assert [quantity / SCALE for quantity in told] == [100, 40 + 39, 0, 15, 6, 0]
    assert found.unexplained == 0


def test_what_a_run_has_not_made_yet_is_in_progress(store: Store) -> None:
    post(store, receive("A", 100), consume("A", 70), count("A", "DOCK", 28, 30))
    with store.begin(write=False) as session:
        found = trace_balance(session, examine(session, "A", NOON))
    assert (found.in_progress, found.adjusted, found.on_hand) == (70 * SCALE, 2 * SCALE, 28 * SCALE)


def test_rework_into_the_same_run_comes_to_an_end(store: Store) -> None:
    post(store, receive("A", 100), consume("A", 100), produce("H1", 80), consume("H1", 40, "LINE"))
    post(store, produce("H2", 30), ship("H2", 30, "LINE"))
    with store.begin(write=False) as session:
        report = examine(session, "A", NOON)
        found = trace_balance(session, report)
    assert [affected.lot.code for affected in report.affected] == ["A", "H1", "H2"]
    assert found.unexplained == 0
    assert found.on_hand + found.shipped == found.into
    assert found.shipped * 40 == pytest.approx(found.on_hand * 30, rel=1e-4)


def test_over_a_month_nothing_of_a_lot_gets_lost_on_the_way(books: Store, session: Session) -> None:
    walk = Walk(session.ledger.entries())
    lots = random.Random(3).sample(sorted(code for code in walk.sums if session.lots.exists(code)), 60)
    for lot in lots:
        found = trace_balance(session, examine(session, lot, NOON))
        assert found.into == walk.sums[lot]["in"]
        assert found.unexplained == 0


def test_shares_add_up() -> None:
    assert shares(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}
    assert shares(100, {"a": 110, "found": -10}) == {"a": 110, "found": -10}
    assert shares(5, {}) == {}


def test_a_recall_can_take_lots_like_it_along(session: Session) -> None:
    lots = [lot for lot in session.lots.of_product("R-CHP") if lot.supplier == "LEV" and lot.made > month.FIRST]
    one = lots[0]
    wider = alike(session, one)
    assert {lot.code for lot in wider["supplier"]} >= {lot.code for lot in lots[1:]}
    assert all(lot.made == one.made for lot in wider["day"])
    alone = {found["lot"] for found in recall(session, one.code, NOON)["affected"]}
    also = [lot.code for lot in lots[1:3]]
    together = recall(session, one.code, NOON, also=also)
    reached = [{found["lot"] for found in recall(session, code, NOON)["affected"]} for code in also]
    assert {found["lot"] for found in together["affected"]} == alone.union(*reached)
    assert together["affected"][0]["lot"] == one.code


def test_lots_of_the_same_line_and_day_are_told_apart(store: Store) -> None:
    post(store, receive("A", 100), consume("A", 5), produce("H1", 10), consume("A", 5, order="WO-2"))
    post(store, produce("H2", 10, order="WO-2"))
    with store.begin(write=False) as session:
        lot = session.lots.get("H1")
        assert lot is not None
        assert {name: [other.code for other in lots] for name, lots in alike(session, lot).items()} == {
            "day": ["H2"],
            "line": ["H2"],
        }


def test_one_report_puts_everything_with_stock_on_hold(store: Store) -> None:
    post(store, receive("A", 100), consume("A", 40), produce("H1", 500), consume("H1", 100, "LINE", "WO-2"))
    post(store, produce("H2", 10, order="WO-2"), ship("H2", 10, "LINE"))
    with store.begin() as session:
        told = hold(examine(session, "A", NOON), by="quinn", channel="slack", key="r1", happened=NOON)
        assert told is not None
        assert (told.kind, told.lots) == (Kind.HOLD, ("A", "H1"))
        session.ledger.record(told, recorded=NOON)
        session.commit()
    with store.begin(write=False) as session:
        report = examine(session, "A", NOON)
        assert [found.lot.on_hold for found in report.affected] == [True, True, False]
        assert hold(report, by="quinn", channel="slack", key="r2", happened=NOON) is None


def test_a_mock_recall_is_timed_and_kept(store: Store) -> None:
    post(store, receive("A", 100), consume("A", 40), produce("H1", 500), ship("H1", 20, "LINE"))
    post(store, count("A", "DOCK", 59, 60))
    with store.begin() as session:
        number = mock_recalls.start(session, examine(session, "A", NOON), "quinn", "yearly test")
        assert [exercise.took for exercise in mock_recalls.kept(session)] == [None]
        assert mock_recalls.finish(session, number, later(7))
        assert not mock_recalls.finish(session, number, later(9))
        session.commit()
    with store.begin(write=False) as session:
        (exercise,) = mock_recalls.kept(session)
    assert exercise.took == timedelta(minutes=7)
    assert (exercise.lot, exercise.product, exercise.person, exercise.note) == ("A", "RAW", "quinn", "yearly test")
    assert (exercise.in_question, exercise.found, exercise.percent) == (100 * SCALE, 99 * SCALE, 99.0)
    assert (exercise.lots, exercise.customers) == (2, 1)
