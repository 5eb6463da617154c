"""Yields, shrink, suppliers, count accuracy, exposure: by hand for small books, by a walk for a month."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from store.measures.performance import accuracy, exposure, shrink, suppliers
from store.measures.yields import yields
from store.model import Kind, Lot, RecipeLine, Transaction
from store.session import Session, Store
from store.units import SCALE
from tests.support.books import (
    TODAY,
    consume,
    count,
    give_back,
    lot,
    moved,
    post,
    produce,
    receive,
    take_back,
    transaction,
)
from tests.support.walk import Walk


def brought(new: Lot, quantity: int) -> Transaction:
    lines = [(new.code, "SUPPLIER:SUP", -quantity), (new.code, "DOCK", quantity)]
    return transaction(Kind.RECEIVE, lines, new_lots=(new,), partner="SUP")


def test_yield_is_expected_use_against_actual_use(store: Store) -> None:
    """100 ea take 50 lb, losses included, at 96 %: 80 ea from 38 lb net are 96 x 40 / 38 = 101.05 %."""
    post(store, receive("A", 100), consume("A", 41), give_back("A", 3), produce("H1", 50), produce("H2", 30))
    with store.begin(write=False) as session:
        (row,) = yields(session)
    assert row == {
        "work_order": "WO-1", "status": "running", "line": "LINE", "product": "FIN", "output": "80",
        "output_unit": "ea", "input": "RAW", "expected_use": "40", "actual_use": "38", "unit": "lb",
        "expected_yield_percent": 96.0, "tolerance_points": 3.0, "yield_percent": 101.05, "off_by_points": 5.05,
        "variance": True, "day": "2026-11-22",
    }  # fmt: skip


@pytest.mark.parametrize(("used", "variance"), [(40, False), (41, False), (42, True), (39, False), (38, True)])
def test_a_variance_is_off_by_more_than_the_tolerance(store: Store, used: int, variance: bool) -> None:  # noqa: FBT001
    """96 x 40 / 41 = 93.66 and 96 x 40 / 39 = 98.46 are within 3 points of 96; 91.43 and 101.05 are not."""
    post(store, receive("A", 100), consume("A", used), produce("H1", 80))
    with store.begin(write=False) as session:
        assert [row["variance"] for row in yields(session)] == [variance]


def test_the_edge_of_the_tolerance_is_within(store: Store) -> None:
    """96 x 31 / 32 is 93 exactly: 3 points off are not more than 3."""
    post(store, receive("A", 100), consume("A", 32), produce("H1", 62))
    with store.begin(write=False) as session:
        (row,) = yields(session)
    assert (row["yield_percent"], row["off_by_points"], row["variance"]) == (93.0, -3.0, False)


def test_an_input_that_was_not_recorded_is_a_variance(store: Store) -> None:
    with store.begin() as session:
        session.master.put_recipes([RecipeLine("FIN", 100 * SCALE, "SALT", 2 * SCALE, 10000, 100)])
        session.commit()
    post(store, receive("A", 100), consume("A", 40), produce("H1", 80))
    with store.begin(write=False) as session:
        by_input = {row["input"]: row for row in yields(session)}
        assert (by_input["SALT"]["yield_percent"], by_input["SALT"]["variance"]) == (None, True)
        assert not by_input["RAW"]["variance"]
        assert yields(session, since=TODAY + timedelta(days=1)) == []
        assert yields(session, until=TODAY - timedelta(days=1)) == []


def test_shrink_by_lot_product_and_supplier(store: Store) -> None:
    post(store, receive("A", 100), receive("B", 300), moved("A", 5, "DOCK", "SCRAP", Kind.SCRAP, reason="DAMAGED"))
    post(store, count("A", "DOCK", 94, 95), count("B", "DOCK", 302, 300), consume("A", 10), produce("H1", 20))
    post(store, moved("B", 8, "DOCK", "ADJUSTMENT", Kind.ADJUST, reason="DAMAGED"))
    with store.begin(write=False) as session:
        by_lot = {row["lot"]: row for row in shrink(session, "lot")}
        assert (by_lot["A"]["shrink"], by_lot["A"]["shrink_percent"], by_lot["A"]["supplier"]) == ("6", 6.0, "SUP")
        assert (by_lot["B"]["count_variance"], by_lot["B"]["adjusted"], by_lot["B"]["shrink"]) == ("-2", "8", "6")
        raw = next(row for row in shrink(session, "product") if row["product"] == "RAW")
        assert (raw["lots"], raw["in"], raw["shrink"], raw["shrink_percent"], raw["unit"]) == (
            2,
            "400",
            "12",
            3.0,
            "lb",
        )
        (supplier,) = shrink(session, "supplier")
        assert (supplier["supplier"], supplier["shrink"], supplier["lots"]) == ("SUP", "12", 2)
        assert shrink(session, until=TODAY - timedelta(days=1)) == []


def test_suppliers_by_short_life_holds_and_shrink(store: Store) -> None:
    short = lot("S", supplier="SUP", expires=TODAY + timedelta(days=60))
    whole = lot("W", supplier="SUP", expires=TODAY + timedelta(days=90))
    post(store, *(brought(new, 100) for new in (short, whole)))
    held = transaction(Kind.HOLD, lots=("S",))
    post(store, held, transaction(Kind.RELEASE, lots=("S",)))
    (mistaken,) = post(store, transaction(Kind.HOLD, lots=("W",)))
    take_back(store, mistaken.number)
    post(store, moved("W", 10, "DOCK", "SCRAP", Kind.SCRAP, reason="DAMAGED"))
    with store.begin(write=False) as session:
        assert suppliers(session) == [
            {
                "supplier": "SUP", "name": "Supplier", "lots": 2, "fill_percent": None, "short_life_lots": 1,
                "days_short": 30.0, "held_lots": 1, "shrink_percent": 5.0,
            }
        ]  # fmt: skip


def test_count_accuracy_by_place_and_period(store: Store) -> None:
    post(store, receive("A", 100), receive("B", 100, "RACK"))
    post(store, count("A", "DOCK", 100, 100), count("A", "DOCK", 98, 100), count("A", "DOCK", 95, 98))
    (mistaken,) = post(store, count("B", "RACK", 50, 100))
    take_back(store, mistaken.number)
    post(store, count("B", "RACK", 100, 100))
    with store.begin(write=False) as session:
        rows = accuracy(session)
        assert [(row["period"], row["location"]) for row in rows] == [("2026-11-16", "DOCK"), ("2026-11-16", "RACK")]
        dock, rack = rows
        assert (dock["counts"], dock["exact"], dock["within_tolerance"], dock["accuracy_percent"]) == (3, 1, 2, 66.67)
        assert (rack["counts"], rack["accuracy_percent"]) == (1, 100.0)
        assert [row["period"] for row in accuracy(session, "month")] == ["2026-11-01"] * 2
        assert [row["period"] for row in accuracy(session, "day")] == ["2026-11-22"] * 2
        assert accuracy(session, until=TODAY - timedelta(days=1)) == []


def test_exposure_is_stock_by_days_left(store: Store) -> None:
    for code, days in [("GONE", -1), ("TODAY", 0), ("SOON", 5), ("LATER", 40)]:
        new = lot(code, supplier="SUP", expires=TODAY + timedelta(days=days))
        post(store, brought(new, 10))
    with store.begin(write=False) as session:
        told = [(row["lot"], row["risk"], row["days_left"], row["quantity"]) for row in exposure(session, TODAY)]
    assert told == [
        ("GONE", "expired", -1, "10"), ("TODAY", "within 2 days", 0, "10"), ("SOON", "within 7 days", 5, "10"),
    ]  # fmt: skip


def test_the_month_agrees_with_the_walk(session: Session) -> None:
    walk = Walk(session.ledger.entries())
    products = {code: found.product for code in walk.sums if (found := session.lots.get(code))}
    for row in shrink(session, since=date(2026, 1, 1)):
        sums = [walk.sums[code] for code, sku in products.items() if sku == row["product"]]
        assert Decimal(row["in"]) * SCALE == sum(s["in"] for s in sums)
        assert Decimal(row["shrink"]) * SCALE == sum(s["scrapped"] + s["adjusted"] for s in sums)
    told = yields(session)
    assert {row["work_order"] for row in told} == {order for order, lots in walk.outputs.items() if lots}
    for row in told:
        used = walk.inputs[row["work_order"]]
        actual = sum(quantity for code, quantity in used.items() if products.get(code) == row["input"])
        assert Decimal(row["actual_use"]) * SCALE == actual
        assert (row["yield_percent"] is None) == (actual == 0)
    counts = sum(row["counts"] for row in accuracy(session))
    assert counts == sum(1 for entry in walk.standing if entry.transaction.counted)
