"""Reports inside a little story: a remark before them, a sentence beside them, a day that leads them, an undo."""

from datetime import date

import pytest

from assistant.demo import PLANT
from assistant.intents import Reading, parse
from tests.corpus.plants import vocabulary_of

PLANT_WORDS = vocabulary_of(PLANT)


def read(text: str) -> Reading:
    return parse(text, PLANT_WORDS, date(2026, 11, 22), channel="slack")


def sure(text: str) -> list[tuple[str, str | None]]:
    """Intent and lot of each frame, where the reading is sure enough to post."""
    reading = read(text)
    lots = [(frame.intent, frame.slots.get("lot")) for frame in reading.frames]
    return [(intent, str(lot) if lot else None) for intent, lot in lots] if reading.confidence >= Reading.SURE else []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the swab did not look great, so please hold CB1120", [("hold", "CB1120")]),
        ("nobody else was around so I scrapped 1 case of CB1114, rotten", [("scrap", "CB1114")]),
        ("I grabbed the wrong pallet, my bad, undo the move of SC1115 please", [("undo", "SC1115")]),
        ("my bad, undo the move of SC1115", [("undo", "SC1115")]),
    ],
)
def test_a_remark_that_leads_to_a_report_does_not_silence_it(text: str, told: list[tuple[str, str | None]]) -> None:
    assert sure(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "I was told to so moved 6 cs RM1107 to line 2",
        "if it rains so moved 6 cs RM1107 to line 2",
        "not done yet: move 6 cs RM1107 to line 2",
        "example: used 3 jugs LJ0904 on 4471",
        "the form should read: used 3 jugs LJ0904 on 4471",
        "used 4 cs RM1107 on 4474, undo the move of RM1111",
        "yesterday was crazy and I never got to log it: shipped 20 cs H1119 to corner deli SO 2271",
        "two days ago I moved 20 cs K1120 to staging, then yesterday I shipped 20 cs K1120 to fresh mart, SO 2260",
    ],
)
def test_what_the_remark_may_be_about_posts_nothing_unasked(text: str) -> None:
    assert sure(text) == []


def test_a_day_that_leads_a_story_is_left_over_and_never_becomes_today() -> None:
    assert read("yesterday was crazy and I never got to log it: shipped 20 cs H1119").left_over == ("yesterday",)


def test_a_sentence_that_reports_nothing_makes_the_others_a_question() -> None:
    reading = read("Was told there are 6 cs RM1107 left. Scrapped 1 case CB1114, rotten.")
    assert [frame.intent for frame in reading.frames] == ["scrap"]
    assert reading.confidence < Reading.SURE
    assert reading.left_over == ("6 cs", "rm 1107")


@pytest.mark.parametrize(
    "text", ["what about RM1111", "RM1111 next", "CB1120 looks good", "line 3 then", "show RM1111"]
)
def test_what_is_no_bare_value_and_has_no_cue_corrects_nothing(text: str) -> None:
    assert "correct" not in [frame.intent for frame in read(text).frames]


@pytest.mark.parametrize("text", ["RM1111", "RM1111 please", "it was RM1111", "the lot is RM1111", "no, RM1111"])
def test_a_bare_value_corrects(text: str) -> None:
    assert sure(text) == [("correct", "RM1111")]


@pytest.mark.parametrize("text", ["made 20 cs on 4499", "made 20 cs of hummus on 4499", "used 4 cs RM1107 on 4499"])
def test_an_order_that_there_is_not_is_no_lot(text: str) -> None:
    reading = read(text)
    assert reading.frames[0].slots["work_order"] == "WO-4499"
    assert reading.confidence < Reading.SURE
    assert reading.left_over == ("work order WO-4499",)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("made 55 cs 9 kg pico P1122 on 4473", {"quantity": "55", "second_quantity": "9", "second_unit": "kg"}),
        ("produced 11/19 5 totes hummus base, HB1125, wo4471", {"quantity": "5", "when": "2026-11-19"}),
    ],
)
def test_a_second_amount_and_a_day_are_never_dropped(text: str, slots: dict[str, str]) -> None:
    assert slots.items() <= dict(read(text).frames[0].slots).items()


def test_of_two_days_the_one_without_a_slot_is_left_over() -> None:
    reading = read("PO 8850 rcvd 11/19 24 cs romaine RM1123 from green valley exp 12/3")
    assert reading.confidence < Reading.SURE
    assert reading.left_over == ("11 / 19",)


def test_in_columns_a_comma_parts_and_is_no_decimal() -> None:
    reading = read("product,lot,place,counted\nromaine,RM1107,C1-01,13 cs\nwraps,W1121,C1-01,33 cs")
    assert [frame.slots["quantity"] for frame in reading.frames] == ["13", "33"]


def test_a_list_of_lots_to_hold_is_all_of_them_and_no_note() -> None:
    assert sure("put on hold\n- RM1107\n- CB1120\n- SC1115") == [
        ("hold", "RM1107"),
        ("hold", "CB1120"),
        ("hold", "SC1115"),
    ]
    assert sure("hold RM1107 - smells of CB1120") == [("hold", "RM1107")]


def test_of_lines_with_suppliers_of_their_own_none_is_mixed_up() -> None:
    reading = read("received today\nsupplier,product,lot,cases\nSunrise,sour cream,SC1123,12\nRio,cucumbers,CU1126,14")
    mixed = {("SC1123", "RIO"), ("CU1126", "SUN")} & {
        (f.slots.get("lot"), f.slots.get("supplier")) for f in reading.frames
    }
    assert not mixed or reading.confidence < Reading.SURE
