"""Genealogy: every edge both ways, once, nearest first; through rework, packaging and orders that feed each other."""

import itertools
import time
from concurrent.futures import ThreadPoolExecutor

from alembic.config import Config
from alembic.script import ScriptDirectory

from store import schema
from store.model import Edge, WorkOrder
from store.session import Store
from store.trace import lineage
from store.trace.lineage import PartnerRow
from store.units import SCALE
from tests.support.books import NOON, TODAY, consume, give_back, later, moved, post, produce, receive, ship, take_back
from tests.support.proof import prove


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


def kept(store: Store) -> list[tuple[str, ...]]:
    with store.begin(write=False) as session:
        return [
            tuple(row) for row in session.connection.execute("SELECT source, run, target FROM lineage ORDER BY 1, 2, 3")
        ]


def test_steps_are_to_the_one_output_or_by_way_of_the_run(store: Store) -> None:
    run = f"{lineage.RUN}WO-1"
    post(store, *(receive(code, 10) for code in "AB"), consume("A", 6), produce("F", 5))
    assert kept(store) == [("A", "WO-1", "F")]
    post(store, produce("G", 5), consume("B", 1))
    several = [(run, "WO-1", "F"), (run, "WO-1", "G"), ("A", "WO-1", run), ("B", "WO-1", run)]
    assert kept(store) == several
    take_back(store, 5)
    assert kept(store) == [("A", "WO-1", "F"), ("B", "WO-1", "F")]
    post(store, give_back("A", 6))
    assert kept(store) == [("B", "WO-1", "F")]
    take_back(store, 4)
    assert kept(store) == []


def test_books_from_before_get_the_steps_that_their_balances_imply(store: Store) -> None:
    post(
        store,
        *(receive(code, 10) for code in "AB"), consume("A", 6), consume("B", 6), produce("F", 5), produce("G", 5),
        consume("F", 5, "LINE", "WO-2"), produce("P", 1, order="WO-2"), consume("P", 1, "LINE", "WO-2"),
    )  # fmt: skip
    before = kept(store)
    assert len(before) == 6
    config = Config()
    config.set_main_option("script_location", str(schema.FOLDER))
    migration = ScriptDirectory.from_config(config).get_revision("0007").module
    mark = "char(31)" if store.dialect == "sqlite" else "chr(31)"
    with store.begin() as session:
        session.connection.execute("DELETE FROM lineage")
        session.connection.execute(migration.ADD + migration.FILL.format(mark=mark))
        session.commit()
    assert kept(store) == before


def waiting(store: Store) -> bool:
    with store.begin(write=False) as session:
        return bool(session.connection.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"))


def test_an_input_and_an_output_told_at_the_same_moment_miss_nothing(postgres_store: Store) -> None:
    store = postgres_store
    post(store, receive("A", 10), receive("B", 10), consume("A", 1))
    with ThreadPoolExecutor(1) as others:
        with store.begin() as session:
            session.ledger.record(consume("B", 1), recorded=NOON)
            made = others.submit(post, store, produce("F", 1))
            deadline = time.monotonic() + 30
            while not waiting(store):
                assert not made.done(), "the output did not wait for the input"
                assert time.monotonic() < deadline
            session.commit()
        made.result(timeout=30)
    assert sorted(reach(store, "F", "backward")) == ["A", "B"]
    prove(store)
