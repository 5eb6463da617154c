"""Recall and trace of a made-up month, against a slow and independent walk of the entries."""

import os
import random
from datetime import datetime
from decimal import Decimal

import pytest

from store.session import Session, Store
from store.trace.genealogy import trace
from store.trace.recall import recall
from store.units import SCALE
from tests.support import month
from tests.support.walk import Walk

NOW = datetime(2026, 11, 30, 9, tzinfo=month.ZONE)
PARTS = ("in", "consumed", "scrapped", "shipped", "adjusted")
LOTS = int(os.environ.get("FLOOR_TEST_RECALL_LOTS", "100"))


@pytest.fixture(scope="module")
def chosen(month_books: Store, walk: Walk) -> list[str]:
    """Random lots, the ones with something to find among them."""
    with month_books.begin(write=False) as session:
        known = sorted(code for code in walk.sums if session.lots.exists(code))
    return random.Random(7).sample(known, min(LOTS, len(known)))


def test_the_month_has_what_makes_recalls_hard(walk: Walk) -> None:
    kinds = {entry.transaction.kind for entry in walk.entries}
    assert {"receive", "move", "consume", "return", "produce", "count", "adjust", "scrap", "ship"} <= set(
        map(str, kinds)
    )
    assert any(entry.reverses for entry in walk.entries)
    assert any(walk.outputs[order] & set(walk.origins(lot)) for order in walk.outputs for lot in walk.outputs[order])
    rework = [
        lot for lots in walk.inputs.values() for lot, quantity in lots.items() if quantity > 0 and lot.startswith("HB")
    ]
    assert len(rework) > 10
    deep = max(len(walk.reached(lot)) for lot in list(walk.sums)[:50])
    assert deep > 10


def test_a_recall_finds_the_lots_and_customers_that_a_walk_of_the_entries_finds(
    session: Session, walk: Walk, chosen: list[str]
) -> None:
    found_customers = 0
    for lot in chosen:
        report = recall(session, lot, NOW)
        assert report["affected"][0]["lot"] == lot
        assert [a["lot"] for a in report["affected"]] == list(dict.fromkeys(a["lot"] for a in report["affected"]))
        reached = walk.reached(lot)
        assert {a["lot"] for a in report["affected"]} == reached
        got = {
            (row["customer"], row["lot"], row["reference"]): Decimal(row["quantity"]) * SCALE
            for row in report["customers"]
        }
        assert got == walk.shipped(reached)
        found_customers += len(got)
    assert found_customers > len(chosen)


def test_every_lot_is_accounted_for_as_the_entries_say(session: Session, walk: Walk, chosen: list[str]) -> None:
    for lot in chosen:
        report = recall(session, lot, NOW)
        for found in report["affected"]:
            expected = walk.sums[found["lot"]]
            told = {
                name: Decimal(found[name]) * SCALE for name in ("in", "consumed", "scrapped", "shipped", "adjusted")
            }
            told["on_hand"] = sum((Decimal(row["quantity"]) * SCALE for row in found["on_hand"]), Decimal(0))
            assert told == {name: expected[name] for name in told}
            assert found["accounted_percent"] == 100.0
        balance = report["mass_balance"]
        assert balance["unexplained"] == "0"
        assert sum(Decimal(balance[name]) for name in ("on_hand", *PARTS[1:])) == Decimal(balance["in"])


def test_a_trace_reaches_what_the_walk_reaches_both_ways(session: Session, walk: Walk, chosen: list[str]) -> None:
    for lot in chosen:
        told = trace(session, lot)
        assert {edge["to_lot"] for edge in told["forward"]} | {lot} == walk.reached(lot)
        assert {edge["from_lot"] for edge in told["backward"]} | {lot} == walk.origins(lot)
        edges = [(e["from_lot"], e["to_lot"], e["work_order"]) for e in told["forward"]]
        assert len(edges) == len(set(edges))
        for edge in told["backward"]:
            source = session.lots.get(edge["from_lot"])
            assert source is not None
            product = session.catalog.products[source.product]
            used = Decimal(walk.inputs[edge["work_order"]][edge["from_lot"]]) / SCALE
            each = Decimal(1) if edge["unit"] == product.base_unit else Decimal(product.packs[edge["unit"]]) / SCALE
            assert Decimal(edge["quantity"]) * each == used
