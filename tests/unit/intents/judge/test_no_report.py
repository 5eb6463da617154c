"""Who says what of when: colleagues called by name, days to come, purposes, what was denied, and the same once more."""

from datetime import date, datetime
from typing import Any

import pytest

from assistant.intents import PersonName, PlaceName, ProductName, Vocabulary, parse

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 14, 0)  # noqa: DTZ001 - the plant's wall clock
Told = list[tuple[str, dict[str, Any]]]
RM1107_12 = {"lot": "RM1107", "quantity": "12", "unit": "case"}


def told(text: str, vocabulary: Vocabulary) -> Told:
    return [(frame.intent, dict(frame.slots)) for frame in parse(text, vocabulary, TODAY).frames]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("12 cs RM1107 are now at L2, were in C1-01", [("move", {**RM1107_12, "from": "C1-01", "to": "L2"})]),
        ("took 12 cs RM1107 out of C1-01, now in L2", [("move", {**RM1107_12, "from": "C1-01", "to": "L2"})]),
        ("RM1107 all of it went to L2", [("move", {"lot": "RM1107", "all": True, "to": "L2"})]),
        ("truck is here, took 12 cs RM1107 off it", [("receive", RM1107_12)]),
        (
            "batch HB1199 came to 880 lb on 4472",
            [("produce", {"lot": "HB1199", "quantity": "880", "unit": "lb", "work_order": "WO-4472"})],
        ),
        ("RM1107 came to 12 cs in C1-01", [("count", {**RM1107_12, "at": "C1-01"})]),
        ("used 12 cs RM1107 to make caesar kits on 4471", [("consume", {**RM1107_12, "work_order": "WO-4471"})]),
        ("used what's left of RM1107 on 4471", [("consume", {"lot": "RM1107", "all": True, "work_order": "WO-4471"})]),
        (
            "started 4471 and put 12 cs RM1107 in it",
            [("start", {"work_order": "WO-4471"}), ("consume", {**RM1107_12, "work_order": "WO-4471"})],
        ),
        (
            "RM1107: 2 cs moldy, binned. TOM-1118: 3 cs crushed, binned",
            [
                ("scrap", {"lot": "RM1107", "quantity": "2", "unit": "case", "reason": "SPOILED"}),
                ("scrap", {"lot": "TOM-1118", "quantity": "3", "unit": "case", "reason": "DAMAGED"}),
            ],
        ),
        ("scrap 12 cs RM1107, miscount", [("scrap", {**RM1107_12, "reason": "MISCOUNT"})]),
        ("write RM1107 down by 1 case, somebody counted wrong",
         [("adjust", {"lot": "RM1107", "quantity": "-1", "unit": "case", "reason": "MISCOUNT"})]),
        ("anna cleared RM1107, release it", [("release", {"lot": "RM1107"})]),
        ("moved ten no twelve cases RM1107 to L2", [("move", {**RM1107_12, "to": "L2"})]),
        ("no it went to line 3", [("correct", {"to": "L3"})]),
        ("what did RM1107 go into", [("trace", {"lot": "RM1107", "direction": "forward"})]),
        ("what did QA find on RM1107", []),
        ("what's left of RM1107", [("stock", {"lot": "RM1107"})]),
    ],
)  # fmt: skip
def test_what_is_told_is_what_happened(text: str, want: Told, vocabulary: Vocabulary) -> None:
    assert told(text, vocabulary) == want


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow we ship 12 cs RM1107 to fresh mart",
        "we ship 12 cs RM1107 tomorrow",
        "ship 12 cs RM1107 to fresh mart for tomorrow",
        "tom pls ship 12 cs RM1107",
        "tom move the RM1107 to L2",
        "hey tom, can you scrap 2 cs RM1107",
        "tom moved 12 cs RM1107 to L2",
        "same again tomorrow",
        "we ship 12 cs RM1107 on friday",
    ],
)
def test_what_is_yet_to_come_or_for_a_colleague_is_no_report(text: str, vocabulary: Vocabulary) -> None:
    assert told(text, vocabulary) == []


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("used 12 cs RM1107 for tomorrow's run", [("consume", RM1107_12)]),
        ("moved 12 cs RM1107 to L2 for tomorrow's batch", [("move", {**RM1107_12, "to": "L2"})]),
        ("shipped 12 cs RM1107, tomorrow we ship 20 more", [("ship", RM1107_12)]),
        ("moved 12 cs RM1107 to L2 on friday", [("move", {**RM1107_12, "to": "L2", "when": "2026-11-20"})]),
        ("rec'd 12 cs RM1107 on friday", [("receive", {**RM1107_12, "when": "2026-11-20"})]),
        ("received 12 cs RM1107 exp friday", [("receive", {**RM1107_12, "expires": "2026-11-27"})]),
        ("tom here, moved 12 cs RM1107 to L2", [("move", {**RM1107_12, "to": "L2"})]),
        ("this is tom, moved 12 cs RM1107 to L2", [("move", {**RM1107_12, "to": "L2"})]),
    ],
)
def test_a_name_or_a_day_beside_a_report_leaves_it_one(text: str, want: Told, vocabulary: Vocabulary) -> None:
    assert told(text, vocabulary) == want


def test_two_names_of_one_product_are_one_and_a_person_of_that_name_is_none() -> None:
    vocabulary = Vocabulary.of(
        products=[ProductName("PIE", "Uncle Bert's apple pie", ("uncle bert's", "pie", "bert"), ("ea", "case"))],
        places=[PlaceName("F1", "Freezer 1")],
        people=[PersonName("bert", "Bert Low")],
    )
    assert told("made 5 cs uncle bert's pie lot AP326", vocabulary) == [
        ("produce", {"product": "PIE", "lot": "AP326", "quantity": "5", "unit": "case"})
    ]
    assert told("bert move 5 cs pie to freezer 1", vocabulary) == []


def test_what_was_denied_reports_nothing_and_what_it_names_is_doubted(vocabulary: Vocabulary) -> None:
    reading = parse("didn't use all the romaine on 4471, returned 3 cs", vocabulary, TODAY)
    want = {"product": "R-ROM", "quantity": "3", "unit": "case", "work_order": "WO-4471"}
    assert [(frame.intent, dict(frame.slots)) for frame in reading.frames] == [("return", want)]
    assert reading.confidence < reading.SURE
    assert [intent for intent, _ in told("didn't need all the tubs on 4472, returned 3 sleeves", vocabulary)] == [
        "return"
    ]


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("same again", {}),
        ("ditto", {}),
        ("same again for CB1120", {"lot": "CB1120"}),
        ("again for 4475", {"work_order": "WO-4475"}),
        ("same again, 14 cases", {"quantity": "14", "unit": "case"}),
    ],
)
def test_the_same_again_is_no_correction(text: str, slots: dict[str, str], vocabulary: Vocabulary) -> None:
    assert told(text, vocabulary) == [("again", slots)]
    assert told("again", vocabulary) == [("repeat", {})]


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("3 days ago", "2026-11-19"),
        ("two days ago", "2026-11-20"),
        ("last friday", "2026-11-20"),
        ("last sunday", "2026-11-15"),
        ("yesterday", "2026-11-21"),
        ("day before yesterday", "2026-11-20"),
    ],
)
def test_a_day_gone_by_is_when_it_happened(said: str, when: str, vocabulary: Vocabulary) -> None:
    reading = parse(f"moved 3 cs RM1107 to L2 {said}", vocabulary, TODAY, now=NOW)
    assert reading.frames[0].slots["when"] == when
    timeless = parse(f"moved 3 cs RM1107 to L2 {said}", vocabulary, TODAY)
    assert timeless.frames == reading.frames
    assert not reading.left_over + timeless.left_over
