"""What comes back beside the frames: spans for every word, answers to what was asked, and the same from any thread."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from assistant.intents import SLOTS, Vocabulary, parse
from assistant.intents.say.phrases import phrases

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text", ["moved 12 cs romaine RM1107 from cooler 1 bay 1 to line 2", "tossed 2 cs cilantro, frobnicated"]
)
def test_every_word_is_accounted_for(text: str, vocabulary: Vocabulary) -> None:
    reading = parse(text, vocabulary, TODAY)
    covered = {at for span in reading.spans for at in range(span.start, span.end)}
    assert {at for at, mark in enumerate(text) if not mark.isspace()} <= covered
    assert all(span.text == text[span.start : span.end] for span in reading.spans)


def test_what_was_not_understood_is_named(vocabulary: Vocabulary) -> None:
    reading = parse("moved 2 cs frobnicators to L2", vocabulary, TODAY)
    assert reading.unknown == ("frobnicators",)
    assert reading.confidence < reading.SURE


@pytest.mark.parametrize(
    ("expecting", "text", "slots"),
    [
        ("quantity", "1107", {"quantity": "1107"}),
        ("quantity", "fourteen cases", {"quantity": "14", "unit": "case"}),
        ("quantity", "to", {"quantity": "2"}),
        ("quantity", "everything", {"all": True}),
        ("lot", "1107", {"lot": "RM1107"}),
        ("lot", "eleven oh seven", {"lot": "RM1107"}),
        ("lot", "kilo eleven twenty", {"lot": "K1120"}),
        ("from", "cooler two", {"from": "C2"}),
        ("to", "line 2", {"to": "L2"}),
        ("at", "dee three", {"at": "D3"}),
        ("work_order", "forty four seventy four", {"work_order": "WO-4474"}),
        ("product", "toms", {"product": "R-TOM"}),
        ("unit", "cases", {"unit": "case"}),
        ("reason", "slimy", {"reason": "SPOILED"}),
        ("expires", "dec 6", {"expires": "2026-12-06"}),
        ("expires", "standard", {"expires": "standard"}),
        ("customer", "fresh mart", {"customer": "FMD"}),
        ("supplier", "rio", {"supplier": "RIO"}),
        ("check", "nine four one", {"check": "941"}),
        ("choose", "the second one", {"choose": "2"}),
        ("new_quantity", "8", {"new_quantity": "8"}),
        ("note", "not sure, looked at it myself", {"note": "not sure, looked at it myself"}),
    ],
)
def test_a_bare_answer_fills_the_slot_that_was_asked_for(
    expecting: str, text: str, slots: dict[str, object], vocabulary: Vocabulary
) -> None:
    frame = parse(text, vocabulary, TODAY, expecting=expecting).frames[0]
    assert frame.intent == "correct"
    assert dict(frame.slots) == slots


@pytest.mark.parametrize(
    ("text", "intent"), [("yes", "confirm"), ("no", "cancel"), ("say again", "repeat"), ("help", "help")]
)
@pytest.mark.parametrize("expecting", ["quantity", "lot", "confirm", "check", "reason"])
def test_words_of_the_conversation_keep_their_meaning(
    text: str, intent: str, expecting: str, vocabulary: Vocabulary
) -> None:
    assert parse(text, vocabulary, TODAY, expecting=expecting).frames[0].intent == intent


@pytest.mark.parametrize("expecting", ["quantity", "lot", "from", "confirm", "check"])
def test_a_whole_report_is_still_one(expecting: str, vocabulary: Vocabulary) -> None:
    reading = parse("moved 12 cs RM1107 from C1-01 to L2", vocabulary, TODAY, expecting=expecting)
    assert [frame.intent for frame in reading.frames] == ["move"]


def test_frames_have_only_the_slots_of_their_intent(vocabulary: Vocabulary) -> None:
    for phrase in phrases(vocabulary):
        for frame in parse(phrase, vocabulary, TODAY).frames:
            assert frame.slots.keys() <= SLOTS[frame.intent]


def test_readings_are_the_same_from_any_thread(vocabulary: Vocabulary) -> None:
    said = list(phrases(vocabulary))[::29]
    alone = [parse(text, vocabulary, TODAY) for text in said]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: parse(text, vocabulary, TODAY), said))
    assert together == alone


@pytest.mark.parametrize("expecting", ["quantity", "lot", "to", "work_order", "check", "confirm", "reason", "expires"])
def test_phrases_for_a_question_are_words_only(expecting: str, vocabulary: Vocabulary) -> None:
    said = list(phrases(vocabulary, spoken=True, expecting=expecting))
    assert len(said) == len(set(said)) > 20
    assert not [phrase for phrase in said if not phrase.replace(" ", "").replace("'", "").isalpha()]
