"""What surrounds a recall: the balance over the whole trace, its width, the hold of everything, mock recalls."""

import random
from datetime import timedelta

import pytest

from store.model import Kind
from store.session import Session, Store
from store.trace import recall_log
from store.trace.mass_balance import split, trace_balance
from store.trace.recall import examine, recall
from store.trace.recall_scope import BATCH, alike, holds, running, to_hold
from store.units import SCALE
from tests.support import month
from tests.support.books import NOON, consume, count, give_back, later, moved, post, produce, receive, ship
from tests.support.walk import Walk


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


def test_over_a_month_nothing_of_a_lot_gets_lost_on_the_way(month_books: Store, session: Session) -> None:
    walk = Walk(session.ledger.entries())
    lots = random.Random(3).sample(sorted(code for code in walk.sums if session.lots.exists(code)), 60)
    for lot in lots:
        found = trace_balance(session, examine(session, lot, NOON))
        assert found.into == walk.sums[lot]["in"]
        assert found.unexplained == 0


def test_shares_add_up() -> None:
    assert split(10, [1, 1, 1]) == [4, 3, 3]
    assert split(100, [110, -10]) == [110, -10]
    assert split(-10, [1, 2]) == [-4, -6]
    assert split(5, []) == split(5, [1, -1]) == []


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


def test_what_is_there_and_free_is_to_be_held(store: Store) -> None:
    """A and H1 stand in places, S is wholly inside a running order, H2 is shipped."""
    post(store, receive("A", 100), consume("A", 40), produce("H1", 500), consume("H1", 100, "LINE", "WO-2"))
    post(store, produce("H2", 10, order="WO-2"), ship("H2", 10, "LINE"))
    with store.begin() as session:
        report = examine(session, "A", NOON)
        inside = running(session, [found.lot.code for found in report.affected])
        assert inside == {"WO-1": ["A"], "WO-2": ["H1"]}
        assert to_hold(report, inside) == ["A", "H1"]
        (told,) = holds(["A", "H1"], by="quinn", channel="slack", key="r1", happened=NOON, note="glass")
        assert (told.kind, told.lots, told.key, told.note) == (Kind.HOLD, ("A", "H1"), "r1#0", "glass")
        session.ledger.record(told, recorded=NOON)
        session.commit()
    with store.begin(write=False) as session:
        report = examine(session, "A", NOON)
        assert [found.lot.on_hold for found in report.affected] == [True, True, False]
        assert to_hold(report, running(session, ["A", "H1", "H2"])) == []


def test_a_lot_that_is_only_in_a_running_order_may_come_back_and_is_held(store: Store) -> None:
    post(store, receive("A", 100), consume("A", 100))
    with store.begin(write=False) as session:
        report = examine(session, "A", NOON)
        assert to_hold(report, running(session, ["A"])) == ["A"]
        assert to_hold(report, {}) == []


def test_many_lots_are_held_by_several_reports(store: Store) -> None:
    lots = [f"A{number}" for number in range(BATCH + 1)]
    told = [*holds(lots, by="quinn", channel="slack", key="r1", happened=NOON, note="glass")]
    assert [len(hold.lots) for hold in told] == [BATCH, 1]
    assert [lot for hold in told for lot in hold.lots] == lots
    assert [hold.key for hold in told] == ["r1#0", "r1#1"]


def test_a_mock_recall_is_timed_and_kept(store: Store) -> None:
    """What a count finds missing while it runs is missing at the finish."""
    post(store, receive("A", 100), consume("A", 40), produce("H1", 500), ship("H1", 20, "LINE"))
    with store.begin() as session:
        report = examine(session, "A", NOON)
        number = recall_log.start(session, report, "quinn", real=False, reason="yearly test")
        (begun,) = recall_log.kept(session)
        assert (begun.took, begun.percent, begun.finished_by) == (None, 100.0, None)
        assert recall_log.running(session, "A", real=False) == begun
        assert recall_log.running(session, "A", real=True) is None
        session.commit()
    post(store, count("A", "DOCK", 59, 60))
    with store.begin() as session:
        assert recall_log.finish(session, number, "maria", later(7))
        assert not recall_log.finish(session, number, "maria", later(9))
        assert not recall_log.finish(session, number + 1, "maria", later(9))
        session.commit()
    with store.begin(write=False) as session:
        (kept,) = recall_log.kept(session)
        assert recall_log.running(session, "A", real=False) is None
    assert kept.took == timedelta(minutes=7)
    assert (kept.lot, kept.product, kept.person, kept.reason) == ("A", "RAW", "quinn", "yearly test")
    assert (kept.real, kept.finished_by) == (False, "maria")
    assert (kept.in_question, kept.found, kept.percent) == (100 * SCALE, 99 * SCALE, 99.0)
    assert (kept.lots, kept.customers) == (2, 1)


def test_a_real_recall_of_several_lots_counts_all_of_them(store: Store) -> None:
    post(store, receive("A", 100), receive("B", 50), consume("B", 50), produce("H1", 500), ship("H1", 20, "LINE"))
    with store.begin() as session:
        report = examine(session, "A", NOON, also=["B"])
        recall_log.start(session, report, "quinn", real=True, reason="glass", also=["B", "A"])
        (kept,) = recall_log.kept(session)
    assert (kept.real, kept.lot, kept.also) == (True, "A", ("B",))
    assert (kept.in_question, kept.found, kept.lots, kept.customers) == (150 * SCALE, 150 * SCALE, 3, 1)
