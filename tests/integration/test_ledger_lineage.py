"""Genealogy: every edge both ways, once, nearest first; through rework, packaging and orders that feed each other."""

import itertools

from store import lineage
from store.lineage import PartnerRow
from store.model import Edge, WorkOrder
from store.session import Store
from store.units import SCALE
from tests.books import TODAY, consume, give_back, later, moved, post, produce, receive, ship, take_back
from tests.proof import prove


def edges(store: Store, code: str, direction: lineage.Direction) -> list[tuple[str, str, str, int]]:
    with store.begin(write=False) as session:
        found = lineage.trace(session, code, direction)
    return [(e.from_lot, e.to_lot, e.work_order, e.quantity // SCALE) for e in found]


def reach(store: Store, code: str, direction: lineage.Direction) -> list[str]:
    with store.begin(write=False) as session:
        return lineage.reach(session, code, direction)


def steps(codes: list[str], *sizes: int) -> list[list[str]]:
    """Codes in parts of these sizes, each in order: lots that are equally near stand in none."""
    rest = iter(codes)
    parts = [sorted(itertools.islice(rest, size)) for size in sizes]
    assert list(rest) == []
    return parts


def test_many_in_many_out_each_edge_once_nearest_first(store: Store) -> None:
    post(
        store,
        *(receive(code, 100) for code in ("A", "B", "BOX")),
        consume("A", 30), consume("A", 10), consume("B", 5), produce("F", 20), produce("G", 10),
        consume("F", 20, "LINE", "WO-2"), consume("BOX", 7, order="WO-2"), produce("P", 2, order="WO-2"),
    )  # fmt: skip
    assert edges(store, "P", "backward") == [
        ("BOX", "P", "WO-2", 7),
        ("F", "P", "WO-2", 20),
        ("A", "F", "WO-1", 40),
        ("B", "F", "WO-1", 5),
    ]
    assert edges(store, "A", "forward") == [("A", "F", "WO-1", 40), ("A", "G", "WO-1", 40), ("F", "P", "WO-2", 20)]
    assert steps(reach(store, "P", "backward"), 2, 2) == [["BOX", "F"], ["A", "B"]]
    assert steps(reach(store, "A", "forward"), 2, 1) == [["F", "G"], ["P"]]
    assert edges(store, "A", "backward") == edges(store, "P", "forward") == edges(store, "Z", "forward") == []
    prove(store)


def test_an_edge_tells_when_its_lot_last_went_in(store: Store) -> None:
    post(
        store,
        receive("A", 100),
        consume("A", 1, happened=later(5)),
        consume("A", 1, happened=later(3)),
        produce("F", 1, happened=later(9)),
        give_back("A", 1, happened=later(11)),
    )
    with store.begin(write=False) as session:
        assert lineage.trace(session, "F", "backward") == [Edge("A", "F", "WO-1", SCALE, later(5))]


def test_rework_goes_round_and_the_walk_ends(store: Store) -> None:
    post(
        store,
        receive("A", 10), consume("A", 6), produce("F", 5),
        consume("F", 2, "LINE"), produce("G", 1),
        consume("G", 1, "LINE", "WO-2"), produce("H", 1, order="WO-2"),
        consume("H", 1, "LINE"), produce("F", 1, new=False),
    )  # fmt: skip
    assert set(reach(store, "F", "backward")) == {"A", "G", "H"}
    assert set(reach(store, "A", "forward")) == {"F", "G", "H"}
    for code in "AFGH":
        for direction in ("backward", "forward"):
            found = edges(store, code, direction)
            assert len(found) == len(set(found))
    assert ("F", "F", "WO-1", 2) in edges(store, "A", "forward")
    prove(store)


def test_what_was_returned_or_taken_back_is_no_lineage(store: Store) -> None:
    post(store, receive("A", 10), receive("B", 10), consume("A", 6), consume("B", 6), produce("F", 5), produce("G", 5))
    post(store, give_back("A", 6))
    take_back(store, 6)
    assert edges(store, "F", "backward") == [("B", "F", "WO-1", 6)]
    assert edges(store, "G", "backward") == []
    post(store, consume("A", 1))
    assert edges(store, "F", "backward") == [("A", "F", "WO-1", 1), ("B", "F", "WO-1", 6)]
    prove(store)


def test_an_input_after_the_output_reaches_it_all_the_same(store: Store) -> None:
    post(store, receive("A", 10), receive("B", 10), consume("A", 6), produce("F", 5), consume("B", 1))
    assert reach(store, "B", "forward") == ["F"]


def test_an_order_run_in_stages_keeps_them_apart(store: Store) -> None:
    stages = [WorkOrder(f"WO-1/{n}", "FIN", 10, "ea", "LINE", planned_day=TODAY) for n in (1, 2)]
    store.run(lambda session: session.master.put_work_orders(stages))
    post(store, receive("A", 10), receive("B", 10))
    post(store, consume("A", 1, order="WO-1/1"), produce("F", 1, order="WO-1/1"))
    post(store, consume("B", 1, order="WO-1/2"), produce("G", 1, order="WO-1/2"))
    assert reach(store, "A", "forward") == ["F"]
    assert reach(store, "B", "forward") == ["G"]


def test_partners_both_ways_net_of_what_was_taken_back(store: Store) -> None:
    post(
        store,
        receive("A", 10, reference="PO 1"), receive("A", 5, new=False, reference="PO 2"),
        receive("A", 5, new=False, reference="PO 2"), receive("B", 3),
        consume("A", 6), produce("F", 5),
        moved("F", 4, "LINE", "DOCK"), ship("F", 1, reference="SO 1"), ship("F", 2, reference="SO 2"),
        ship("B", 1), ship("A", 1, reference="SO 3", happened=later(5)),
    )  # fmt: skip
    take_back(store, 2)
    take_back(store, 9)
    with store.begin(write=False) as session:
        came = lineage.received_from(session, "F")
        went = lineage.shipped_to(session, "A")
        assert lineage.received_from(session, "A") == came
        assert lineage.shipped_to(session, "Z") == []
    noon = later(0)
    assert came == [
        PartnerRow("SUP", "A", 10 * SCALE, "lb", "PO 1", noon),
        PartnerRow("SUP", "A", 5 * SCALE, "lb", "PO 2", noon),
    ]
    assert went == [
        PartnerRow("CUS", "F", SCALE, "ea", "SO 1", noon),
        PartnerRow("CUS", "A", SCALE, "lb", "SO 3", later(5)),
    ]


def test_a_chain_longer_than_one_statement_may_ask_for_is_walked_to_its_ends(sqlite_store: Store) -> None:
    inputs = 600
    post(sqlite_store, *(receive(f"L{n}", 1) for n in range(inputs)), *(consume(f"L{n}", 1) for n in range(inputs)))
    post(sqlite_store, produce("F", 1), consume("F", 1, "LINE", "WO-2"), produce("P", 1, order="WO-2"))
    assert len(reach(sqlite_store, "P", "backward")) == inputs + 1
    assert len(edges(sqlite_store, "P", "backward")) == inputs + 1
