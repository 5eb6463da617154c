"""What may be a slip or a part of something else is asked about; who only stands beside a report takes none away."""

from datetime import date

import pytest

from assistant.intents import POSTING, LotName, PlaceName, ProductName, Reading, Vocabulary, parse

TODAY = date(2026, 11, 22)
FLOUR = Vocabulary.of(
    products=[
        ProductName("FL-RYE", "Dark rye flour", (), ("lb", "bag")),
        ProductName("SA-SLT", "Sea salt", ("salt",), ("lb", "bag")),
        ProductName("BR-MPL", "Maple breakfast links", ("links",), ("ea", "case")),
        ProductName("SY-MPL", "Maple syrup", ("maple",), ("gal", "jug")),
    ],
    places=[PlaceName("A4", "Aisle 4"), PlaceName("A4-B", "Aisle 4 slot B", parent="A4")],
    lots=[LotName("RY-0911", "FL-RYE"), LotName("7741", "FL-RYE"), LotName("SAL/0417", "SA-SLT")],
)


def said(
    text: str, vocabulary: Vocabulary, channel: str = "slack"
) -> tuple[list[tuple[str, dict[str, object]]], Reading]:
    reading = parse(text, vocabulary, TODAY, channel=channel)
    return [(frame.intent, dict(frame.slots)) for frame in reading.frames], reading


@pytest.mark.parametrize(
    "text",
    [
        "moved rye four RY-0911, 14 lb to A4",  # flour
        "tossed rye flour, 6 lb, silt",  # spilt
        "received 40 lb rye flour lot X 1 to zero three from the dock",
        "relabeled 4 bags RY-0911",  # more or less?
    ],
)
def test_a_slip_that_makes_another_word_is_asked_about(text: str) -> None:
    frames, reading = said(text, FLOUR)
    assert len(frames) <= 1
    assert reading.confidence < Reading.SURE


def test_a_spoken_code_that_may_go_on_is_left_out(vocabulary: Vocabulary) -> None:
    frames, reading = said(
        "made two pounds of croutons charlie xray one to zero three for four four seven two", vocabulary
    )
    assert [("lot" in slots, slots["quantity"]) for _, slots in frames] == [(False, "2")]
    assert reading.confidence < Reading.SURE


def test_an_amount_after_a_spoken_code_is_no_part_of_it(vocabulary: Vocabulary) -> None:
    frames, _ = said("romaine eleven oh seven ten cases to line two", vocabulary, "voice")
    assert frames == [("move", {"product": "R-ROM", "lot": "RM1107", "quantity": "10", "unit": "case", "to": "L2"})]


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("moved 4 cs RM1107 to L2 with linh", True),
        ("hey walt, moved 4 cs RM1107 to L2", True),
        ("walt i moved 4 cs RM1107 to L2", True),
        ("moved 4 cs RM1107 to L2, thanks maria", True),
        ("me and josue moved 4 cs RM1107 to L2", True),
        ("walt said to move it so i moved 4 cs RM1107 to L2", True),
        ("walt moved 4 cs RM1107 to L2", False),
        ("walt, move 4 cs RM1107 to L2", False),
        ("move 4 cs RM1107 to L2, walt", False),
        ("4 cs RM1107 moved to L2 by walt", False),
        ("maria and josue moved 4 cs RM1107 to L2", False),
        ("moved 4 cs RM1107 for linh to use on 4474", False),
        ("night crew moved 4 cs RM1107 to L2", False),
        ("housekeeping tossed 4 cs RM1107", False),
    ],
)
def test_only_what_others_did_or_shall_do_is_no_report(text: str, posts: bool, vocabulary: Vocabulary) -> None:  # noqa: FBT001
    frames, _ = said(text, vocabulary)
    assert bool([intent for intent, _ in frames if intent in POSTING]) is posts


def test_what_came_in_and_went_on_in_parts_is_a_receipt_and_moves(vocabulary: Vocabulary) -> None:
    frames, _ = said("30 cs romaine RM1123 received, 10 to line 2, rest in c1-2", vocabulary)
    goods = {"product": "R-ROM", "lot": "RM1123"}
    assert frames == [
        ("receive", {**goods, "quantity": "30", "unit": "case"}),
        ("move", {**goods, "quantity": "10", "unit": "case", "to": "L2"}),
        ("move", {**goods, "all": True, "to": "C1-02"}),
    ]


def test_a_name_without_its_middle_is_that_product() -> None:
    frames, _ = said("moved 4 cs maple links to aisle 4 slot b", FLOUR)
    assert frames == [("move", {"product": "BR-MPL", "quantity": "4", "unit": "case", "to": "A4-B"})]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("moved 1-1/2 cs RM1107 to L2", "1.5"),
        ("moved a case and a half of RM1107 to L2", "1.5"),
        ("moved 1,5 cs RM1107 to L2", "1.5"),
        ("moved 2.4k ea TB-88213 to L2", "2400"),
        ("moved 3 of the 5 cs RM1107 to L2", "3"),
        ("moved 1) 4 cs RM1107 to L2", "4"),
    ],
)
def test_amounts_as_they_are_written(text: str, quantity: str, vocabulary: Vocabulary) -> None:
    frames, reading = said(text, vocabulary)
    quantities = [slots.get("quantity") for _, slots in frames]
    assert quantities == [quantity] or reading.confidence < Reading.SURE


def test_a_share_is_no_amount(vocabulary: Vocabulary) -> None:
    frames, reading = said("tossed 10% of RM1107", vocabulary)
    assert all("quantity" not in slots for _, slots in frames)
    assert reading.confidence < Reading.SURE
