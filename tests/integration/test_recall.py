"""Recall and trace in the shapes that the command line prints, on both databases."""

from dataclasses import replace

import pytest

from store.errors import UnknownLot
from store.model import Kind, Transaction
from store.session import Store
from store.trace import lineage
from store.trace.genealogy import trace
from store.trace.recall import recall
from store.units import SCALE
from tests.support.books import (
    NOON,
    consume,
    count,
    later,
    lot,
    moved,
    post,
    produce,
    receive,
    ship,
    take_back,
    transaction,
)


@pytest.fixture
def told(store: Store) -> Store:
    post(
        store,
        receive("A", 100, reference="PO 1"),
        receive("B", 10),
        consume("A", 40),
        consume("B", 3, happened=later(5)),
        produce("H1", 500),
        ship("H1", 120, "LINE", reference="BOL 1", happened=later(9)),
        moved("A", 5, "DOCK", "SCRAP", Kind.SCRAP, reason="DAMAGED"),
        count("A", "DOCK", 54, 55),
    )
    return store


def gives_back(quantity: int, reference: str) -> Transaction:
    """The customer's return of some of H1."""
    back = moved("H1", quantity, "CUSTOMER:CUS", "DOCK", Kind.CUSTOMER_RETURN)
    return replace(back, partner="CUS", reference=reference, happened=later(20))


@pytest.mark.parametrize("reference", ["BOL 1", "RMA 7"])
@pytest.mark.parametrize(("quantity", "shipped", "on_hand"), [(20, "100", 400), (120, "0", 500)])
def test_what_a_customer_gave_back_is_counted_and_the_customer_stays(
    told: Store, reference: str, quantity: int, shipped: str, on_hand: int
) -> None:
    post(told, gives_back(quantity, reference))
    with told.begin(write=False) as session:
        found = recall(session, "A", NOON)
        went = [(row.partner, row.quantity, row.returned) for row in lineage.shipped_to(session, "A")]
    assert [(c["customer"], c["quantity"], c["returned"]) for c in found["customers"]] == [
        ("CUS", "120", str(quantity))
    ]
    assert went == [("CUS", 120 * SCALE, quantity * SCALE)]
    made = found["affected"][1]
    assert (made["shipped"], made["accounted_percent"]) == (shipped, 100.0)
    assert sum(int(row["quantity"]) for row in made["on_hand"]) == on_hand


def test_a_recall_tells_lots_customers_and_mass_balance(told: Store) -> None:
    with told.begin(write=False) as session:
        assert recall(session, "A", NOON) == {
            "lot": "A",
            "product": "RAW",
            "opened_at": "2026-11-22T12:00:00+00:00",
            "affected": [
                {
                    "lot": "A", "product": "RAW", "made_or_received": "2026-11-22",
                    "on_hand": [{"location": "DOCK", "quantity": "54", "unit": "lb"}],
                    "in": "100", "consumed": "40", "scrapped": "5", "shipped": "0", "adjusted": "1", "unit": "lb",
                    "accounted_percent": 100.0,
                },
                {
                    "lot": "H1", "product": "FIN", "made_or_received": "2026-11-22",
                    "on_hand": [{"location": "LINE", "quantity": "380", "unit": "ea"}],
                    "in": "500", "consumed": "0", "scrapped": "0", "shipped": "120", "adjusted": "0", "unit": "ea",
                    "accounted_percent": 100.0,
                },
            ],
            "customers": [
                {"customer": "CUS", "lot": "H1", "quantity": "120", "unit": "ea", "reference": "BOL 1",
                 "at": "2026-11-22T12:09:00+00:00"}
            ],
            "mass_balance": {
                "in": "100", "on_hand": "54", "consumed": "40", "scrapped": "5", "shipped": "0", "adjusted": "1",
                "of_which_count_variance": "1", "unexplained": "0", "accounted_percent": 100.0, "unit": "lb",
            },
        }  # fmt: skip


def test_what_was_taken_back_is_neither_reached_nor_shipped(told: Store) -> None:
    with told.begin(write=False) as session:
        (shipped,) = session.ledger.entries(kinds=[Kind.SHIP])
        (made,) = session.ledger.entries(kinds=[Kind.PRODUCE])
    take_back(told, shipped.number)
    with told.begin(write=False) as session:
        report = recall(session, "A", NOON)
        assert [found["lot"] for found in report["affected"]] == ["A", "H1"]
        assert report["customers"] == []
    take_back(told, made.number)
    with told.begin(write=False) as session:
        assert [found["lot"] for found in recall(session, "A", NOON)["affected"]] == ["A"]
        with pytest.raises(UnknownLot, match="There is no lot H1"):
            recall(session, "H1", NOON)


def test_the_books_not_closing_is_a_line_of_its_own(told: Store) -> None:
    """Somebody changed a balance behind the ledger's back: the missing pounds are not rounded away."""
    with told.begin() as session:
        session.connection.execute("UPDATE balance SET quantity = quantity - 30000 WHERE lot = 'A' AND place = 'DOCK'")
        session.commit()
    with told.begin(write=False) as session:
        balance = recall(session, "A", NOON)["mass_balance"]
        assert (balance["unexplained"], balance["accounted_percent"]) == ("3", 97.0)


def test_a_trace_tells_edges_in_the_unit_that_the_lot_is_counted_in(store: Store) -> None:
    bags = replace(receive("A", 100), new_lots=(replace(lot("A", supplier="SUP"), unit="bag"),))
    cases = replace(produce("H1", 36), new_lots=(replace(lot("H1", "FIN", work_order="WO-1"), unit="case"),))
    post(store, bags, consume("A", 25), cases)
    post(store, transaction(Kind.CONSUME, [("H1", "LINE", -7), ("H1", "WO-2", 7)], work_order="WO-2"))
    post(store, produce("H2", 6, order="WO-2"), ship("H2", 6, "LINE", reference="BOL 2"))
    at = "2026-11-22T12:00:00+00:00"
    with store.begin(write=False) as session:
        told = trace(session, "H1")
        assert told["backward"] == [
            {"from_lot": "A", "to_lot": "H1", "work_order": "WO-1", "quantity": "0.5", "unit": "bag", "at": at}
        ]
        assert told["forward"] == [
            {"from_lot": "H1", "to_lot": "H2", "work_order": "WO-2", "quantity": "7", "unit": "ea", "at": at}
        ]
        assert [(row["partner"], row["quantity"], row["unit"]) for row in told["received_from"]] == [
            ("SUP", "2", "bag")
        ]
        assert [(row["partner"], row["lot"], row["reference"]) for row in told["shipped_to"]] == [
            ("CUS", "H2", "BOL 2")
        ]
        backward = trace(session, "H1", "backward")
        assert (backward["forward"], backward["shipped_to"]) == ([], [])
        assert backward["backward"] == told["backward"]
