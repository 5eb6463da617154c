"""What was said and what was scanned of the same goods: agreed, completed, or doubtful; never two reports."""

from datetime import date

import pytest

from assistant.intents import Frame, Reading, Vocabulary, parse

TODAY = date(2026, 11, 22)
ROMAINE = "]C1010085001230001410RM1107"


def reading_of(text: str, vocabulary: Vocabulary) -> tuple[Frame, Reading]:
    reading = parse(text, vocabulary, TODAY)
    (frame,) = reading.frames
    return frame, reading


def test_said_and_scanned_once_more_is_one_report(vocabulary: Vocabulary) -> None:
    for said in ("romaine", "RM1107", "romaine lot RM1107", "the 1107 romaine"):
        frame, reading = reading_of(f"moved 4 cs {said} {ROMAINE} from C1-01 to line 2", vocabulary)
        assert frame.slots == {
            "product": "R-ROM", "lot": "RM1107", "quantity": "4", "unit": "case", "from": "C1-01", "to": "L2",
            "scanned": True,
        }  # fmt: skip
        assert reading.confidence >= Reading.SURE
        assert not reading.left_over


@pytest.mark.parametrize(
    ("said", "slot", "candidates"),
    [
        ("moved 5 cs {}\x1d3704 from C1-01 to line 2", "quantity", ("5", "4")),
        ("moved 4 cs RM1111 {} from C1-01 to line 2", "lot", ("RM1111", "RM1107")),
        ("moved 4 cs {}\x1d17261130 from C1-01 to line 2 exp 2026-12-01", "expires", ("2026-12-01", "2026-11-30")),
    ],
)
def test_a_label_that_says_otherwise_is_asked_about(
    said: str, slot: str, candidates: tuple[str, ...], vocabulary: Vocabulary
) -> None:
    frame, reading = reading_of(said.format(ROMAINE), vocabulary)
    assert slot not in frame.slots
    assert frame.candidates[slot] == candidates
    assert reading.confidence < Reading.SURE


def test_other_goods_than_were_said_are_never_posted_unasked(vocabulary: Vocabulary) -> None:
    for said in ("tomatoes", "cilantro", "RM1111"):
        reading = parse(f"moved 4 cs {said} {ROMAINE} from C1-01 to line 2", vocabulary, TODAY)
        assert reading.confidence < Reading.SURE, said


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        (f"moved {ROMAINE}\x1d3704 to line 2", {"quantity": "4"}),
        (f"moved 4 cs {ROMAINE}\x1d3704 to line 2", {"quantity": "4", "unit": "case"}),
        (f"moved everything {ROMAINE}\x1d3704 to line 2", {"all": True}),
        ("used ]C101008500123000143202011850\x1d10RM1107 on 4474", {"quantity": "118.5", "unit": "lb"}),
        (
            "used 5 cs ]C101008500123000143202011850\x1d10RM1107 on 4474",
            {"quantity": "5", "unit": "case", "second_quantity": "118.5", "second_unit": "lb"},
        ),
        ("used 118.5 lb ]C101008500123000143202011850\x1d10RM1107 on 4474", {"quantity": "118.5", "unit": "lb"}),
    ],
)
def test_how_much_the_label_says(text: str, amount: dict[str, object], vocabulary: Vocabulary) -> None:
    frame, reading = reading_of(text, vocabulary)
    amounts = {"quantity", "unit", "all", "second_quantity", "second_unit"}
    assert {slot: value for slot, value in frame.slots.items() if slot in amounts} == amount
    assert reading.confidence >= Reading.SURE


def test_a_scan_that_cannot_be_read_posts_nothing(vocabulary: Vocabulary) -> None:
    for scan in ("]C1010085001230001510RM1107", "(01)00850012300015(10)RM1107", "]C1RM1107"):
        reading = parse(f"moved 4 cs {scan} from C1-01 to line 2", vocabulary, TODAY)
        assert reading.confidence < Reading.SURE
        assert reading.unknown == (scan,)


def test_goods_that_the_plant_does_not_have_are_not_sure(vocabulary: Vocabulary) -> None:
    reading = parse("moved 4 cs (01)04006381333931(10)RM1107 from C1-01 to line 2", vocabulary, TODAY)
    assert reading.confidence < Reading.SURE


def test_only_the_scanned_goods_of_a_list_are_scanned(vocabulary: Vocabulary) -> None:
    reading = parse(f"moved 4 cs {ROMAINE} to L2, 3 cs RM1111 to L3", vocabulary, TODAY)
    assert [frame.slots.get("scanned") for frame in reading.frames] == [True, None]


def test_a_scan_answers_what_was_asked_for(vocabulary: Vocabulary) -> None:
    reading = parse(ROMAINE, vocabulary, TODAY, expecting="lot")
    assert reading.frames == (Frame("correct", {"product": "R-ROM", "lot": "RM1107", "scanned": True}),)
