"""From a report to a balanced transaction, or to the one thing that is still missing."""

from decimal import Decimal

import pytest

from assistant.reports.draft import Ask, Refuse
from assistant.reports.proposal import Proposal
from store.model import Kind
from tests.unit.reports.conftest import Propose

DAY_AHEAD = "2026-11-23T09:00:00"


def lines(made: object) -> list[tuple[str, str, Decimal, str]]:
    assert isinstance(made, Proposal), made
    return [(p.lot, p.place, p.amount, p.unit) for p in made.transaction.postings]


def asked(made: object) -> tuple[str, str, list[str]]:
    assert isinstance(made, Ask), made
    return made.slot, made.key, [option.label for option in made.options]


ROMAINE = {"product": "R-ROM", "lot": "RM1123", "to": "DOCK1", "supplier": "GVF", "expires": "2026-12-02"}


@pytest.mark.parametrize(
    ("intent", "slots", "out_of", "into"),
    [
        ("receive", ROMAINE, "SUPPLIER:GVF", "DOCK1"),
        ("move", {"lot": "RM1107", "to": "L2"}, "C1-01", "L2"),
        ("consume", {"lot": "RM1107", "work_order": "WO-4474"}, "C1-01", "WO-4474"),
        ("return", {"lot": "RM1107", "work_order": "WO-4474", "to": "C1-01"}, "WO-4474", "C1-01"),
        ("produce", {"lot": "K1125", "work_order": "WO-4474"}, "WO-4474", "L2"),
        ("scrap", {"lot": "RM1107", "reason": "SPOIL"}, "C1-01", "SCRAP"),
        ("ship", {"lot": "RM1107", "customer": "FMD", "reference": "SO 1"}, "C1-01", "CUSTOMER:FMD"),
        ("adjust", {"lot": "RM1107", "reason": "MISCOUNT"}, "ADJUSTMENT", "C1-01"),
    ],
)  # fmt: skip
def test_each_kind_posts_between_its_two_sides(
    proposing: Propose, intent: str, slots: dict[str, object], out_of: str, into: str
) -> None:
    made = proposing(intent, quantity="2", unit="case", **slots)
    assert [(place, amount) for _, place, amount, _ in lines(made)] == [(out_of, Decimal(-2)), (into, Decimal(2))]
    assert isinstance(made, Proposal)
    assert sum(p.quantity for p in made.transaction.postings) == 0
    assert made.transaction.kind == Kind(intent)


@pytest.mark.parametrize(
    ("intent", "slots"),
    [("hold", {"lot": "RM1107"}), ("release", {"lot": "RM1107"}), ("start", {"work_order": "WO-4474"})],
)
def test_what_moves_nothing_has_no_lines(proposing: Propose, intent: str, slots: dict[str, object]) -> None:
    assert lines(proposing(intent, **slots)) == []


def test_a_count_posts_the_difference_and_says_what_was_found(proposing: Propose) -> None:
    made = proposing("count", lot="RM1107", at="C1-01", quantity="13", unit="case")
    assert lines(made) == [("RM1107", "VARIANCE", Decimal(1), "case"), ("RM1107", "C1-01", Decimal(-1), "case")]
    assert lines(proposing("count", lot="RM1107", at="C1-01", quantity="14", unit="case")) == []


def test_an_adjustment_to_a_quantity_posts_the_difference(proposing: Propose) -> None:
    made = proposing("adjust", lot="TH0822", new_quantity="19", unit="bucket", reason="MISCOUNT")
    assert lines(made)[1] == ("TH0822", "D2", Decimal(-2), "bucket")
    same = proposing("adjust", lot="TH0822", new_quantity="21", unit="bucket", reason="MISCOUNT")
    assert isinstance(same, Refuse)
    assert same.key == "no-change"


def test_all_of_it_is_what_stands_there(proposing: Propose) -> None:
    assert lines(proposing("move", lot="RM1107", all=True, to="L2"))[1] == ("RM1107", "L2", Decimal(14), "case")


# When it happened


def test_a_day_without_a_time_is_the_end_of_that_day(proposing: Propose) -> None:
    made = proposing("move", lot="RM1107", quantity="2", unit="case", to="L2", when="2026-11-20")
    assert isinstance(made, Proposal)
    assert made.transaction.happened.isoformat() == "2026-11-20T23:59:00-08:00"


def test_a_time_without_a_zone_is_the_plants(proposing: Propose) -> None:
    made = proposing("move", lot="RM1107", quantity="2", unit="case", to="L2", when="2026-11-20T14:00:00")
    assert isinstance(made, Proposal)
    assert made.transaction.happened.isoformat() == "2026-11-20T14:00:00-08:00"


def test_what_is_still_to_come_has_not_happened(proposing: Propose) -> None:
    made = proposing("move", lot="RM1107", quantity="2", unit="case", to="L2", when=DAY_AHEAD)
    assert isinstance(made, Refuse)
    assert made.rule == "in-the-future"


# What is missing, one module for each thing


def test_the_lot_is_offered_first_to_expire_first(proposing: Propose) -> None:
    made = proposing("consume", product="R-CHK", quantity="1", unit="case", work_order="WO-4475")
    assert asked(made) == ("lot", "which-lot-of", ["CB1114", "CB1120"])
    made = proposing("consume", product="R-CHK", quantity="10", unit="case", work_order="WO-4475")
    assert asked(made) == ("lot", "which-lot-enough", ["CB1120", "CB1114"])


def test_the_only_lot_is_proposed_and_taken_where_everything_is_read_back(proposing: Propose) -> None:
    made = proposing("consume", product="R-TAH", quantity="1", unit="bucket", work_order="WO-4471")
    assert asked(made) == ("lot", "this-lot", ["TH0822"])
    assert isinstance(made, Ask)
    assert made.proposes
    heard = proposing("consume", product="R-TAH", quantity="1", unit="bucket", work_order="WO-4471", hears_back=True)
    assert lines(heard)[0][0] == "TH0822"


def test_a_lot_that_nobody_knows_is_asked_about_with_what_was_said_of_it(proposing: Propose) -> None:
    made = proposing("move", lot="RM9999", quantity="2", unit="case", to="L2")
    assert asked(made) == ("lot", "unknown-lot", [])
    assert isinstance(made, Ask)
    assert made.heard is not None
    assert (made.heard.slots["lot"], made.report.slots.get("lot")) == ("RM9999", None)


def test_a_new_lot_of_ours_is_proposed_and_a_suppliers_is_asked(proposing: Propose) -> None:
    made = proposing("produce", quantity="2", unit="case", work_order="WO-4474")
    assert asked(made) == ("lot", "new-lot", ["K1122B"])
    assert asked(proposing("receive", product="R-ROM", quantity="2", unit="case"))[:2] == ("lot", "supplier-lot")


def test_the_expiry_of_what_comes_in_is_asked_and_of_what_is_made_taken(proposing: Propose) -> None:
    made = proposing("receive", product="R-ROM", lot="RM1123", quantity="2", unit="case")
    assert asked(made) == ("expires", "which-expiry", ["standard"])
    output = proposing("produce", lot="K1125", quantity="2", unit="case", work_order="WO-4474")
    assert isinstance(output, Proposal)
    assert "expires" in output.taken


def test_a_number_is_never_carried_into_another_unit(proposing: Propose) -> None:
    made = proposing("scrap", lot="H1119", quantity="4", unit="tub", reason="DAMAGE")
    assert asked(made)[:2] == ("quantity", "unknown-unit")
    assert isinstance(made, Ask)
    assert not made.report.slots.keys() & {"quantity", "unit"}
    assert made.heard is not None
    assert made.heard.slots["quantity"] == "4"


@pytest.mark.parametrize(
    ("slots", "key"),
    [
        ({"lot": "RM1107"}, "how-many"),
        ({"lot": "RM1107", "quantity": "2"}, "which-unit"),
        ({"lot": "FT1112", "quantity": "0.3", "unit": "case"}, "not-whole"),
        ({"lot": "RM1107", "quantity": "0", "unit": "case"}, "nothing-of-it"),
        ({"lot": "RM1107", "quantity": "9" * 30, "unit": "case"}, "too-much"),
    ],
)
def test_how_much_is_asked_where_it_is_in_doubt(proposing: Propose, slots: dict[str, object], key: str) -> None:
    assert asked(proposing("move", to="L2", **slots))[1] == key


def test_where_it_is_from_is_taken_where_only_one_place_holds_it(proposing: Propose) -> None:
    made = proposing("move", lot="RM1107", quantity="2", unit="case", to="L2")
    assert isinstance(made, Proposal)
    assert made.taken == ("from",)
    none = proposing("move", lot="RM1107", quantity="2", unit="case", to="L2", from_="C2-01")
    assert lines(none)[0][1] == "C2-01", "the rules tell that nothing is there"


def test_where_it_goes_is_asked_with_likely_places(proposing: Propose) -> None:
    slot, key, options = asked(proposing("move", lot="RM1107", quantity="2", unit="case"))
    assert (slot, key) == ("to", "to-where")
    assert options[:3] == ["line 1", "line 2", "line 3"]
    assert (
        asked(proposing("move", lot="RM1107", quantity="2", unit="case", from_="C1-01", to="C1-01"))[1] == "same-place"
    )


def test_the_work_order_is_asked_with_those_that_use_the_product(proposing: Propose) -> None:
    assert asked(proposing("consume", lot="TH0822", quantity="1", unit="bucket")) == (
        "work_order", "which-order", ["WO-4471"]
    )  # fmt: skip


def test_who_sent_it_is_taken_where_only_one_ever_did(proposing: Propose) -> None:
    goods = {"quantity": "2", "unit": "case", "to": "DOCK1", "expires": "2026-12-02"}
    one = proposing("receive", product="R-ROM", lot="RM1123", **goods)
    assert isinstance(one, Proposal)
    assert one.transaction.partner == "GVF"
    assert asked(proposing("receive", product="R-TOM", lot="TOM-1123", **goods))[1] == "which-supplier"


def test_a_shipment_names_its_customer_and_where_it_must_its_document(proposing: Propose) -> None:
    assert asked(proposing("ship", lot="K1120", quantity="2", unit="case"))[1] == "which-customer"
    assert asked(proposing("ship", lot="K1120", quantity="2", unit="case", customer="FMD"))[1] == "which-reference"


def test_a_reason_is_asked_with_the_plants_own(proposing: Propose) -> None:
    slot, key, options = asked(proposing("scrap", lot="RM1107", quantity="2", unit="case"))
    assert (slot, key) == ("reason", "why-scrap")
    assert "damaged" in options
