"""Forms are forms: their values are taken as they are, their faults stand at the field, and who may not gets none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.messages import Utterance
from tests.support.slack_floor import ANNA, DESHAWN, MARIA, PRIYA, WALT, SlackFloor, plant_in_slack
from tests.support.slack_server import Message, texts

ADJUSTED = "adjust RM1111 in cooler 1 bay 2 by -3 cases, miscount"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[SlackFloor]:
    with plant_in_slack(tmp_path) as floor:
        yield floor


def request_card(floor: SlackFloor, user: str = MARIA) -> Message:
    floor.answers(user, ADJUSTED)
    floor.deliver()
    return next(m for m in floor.slack.channel("C0SUPER") if m.button("approve"))


@pytest.mark.parametrize(
    "note",
    [
        "used 2 bags CR0930 on 4474",
        "and reject 1",
        "no, 14 cases :+1:",
        "~checked~ *it* &gt; myself <@U01MARIA>",
        "approve 2, undo 34. where is RM1107?",
    ],
)
def test_a_note_is_a_note_whatever_it_says(floor: SlackFloor, note: str) -> None:
    card = request_card(floor)
    floor.press(WALT, card, "Approve with a note")
    assert floor.submit(WALT, note=note) == {}
    (entry,) = floor.entries()
    assert (entry["kind"], entry["approved_by"], entry["note"]) == ("adjust", "walt", note)


def test_a_reason_of_a_rejection_is_no_speech(floor: SlackFloor) -> None:
    card = request_card(floor)
    floor.press(WALT, card, "Reject")
    floor.submit(WALT, note="approve 1")
    found = floor.assistant.request(1)
    assert found is not None
    assert (found["status"], found["note"]) == ("rejected", "approve 1")
    assert floor.entries() == []


def test_what_is_decided_on_stands_in_the_form(floor: SlackFloor) -> None:
    card = request_card(floor)
    floor.press(WALT, card, "Reject")
    floor.settle()
    shown = "\n".join(texts(floor.slack.views[-1]["blocks"]))
    assert "romaine RM1111, cooler 1 bay 2: 30 cases → 27 cases (-3 cases, -10.0 %)" in shown


def test_an_empty_note_is_faulted_at_its_field(floor: SlackFloor) -> None:
    card = request_card(floor)
    floor.press(WALT, card, "Approve with a note")
    assert set(floor.submit(WALT, note="   ")) == {"note"}
    assert floor.entries() == []


def test_a_form_that_is_sent_too_late_says_so_at_its_field(floor: SlackFloor) -> None:
    card = request_card(floor)
    floor.press(WALT, card, "Approve with a note")
    floor.settle()
    floor.assistant.hear(Utterance("priya", "console", "reject 1"))
    assert "Rejected by Priya Nair" in floor.submit(WALT, note="checked it myself")["note"]
    assert floor.entries() == []


@pytest.mark.parametrize("button", ["Approve with a note", "Reject"])
def test_who_may_not_decide_is_told_before_the_form_opens(floor: SlackFloor, button: str) -> None:
    card = request_card(floor, PRIYA)
    for user, told in ((DESHAWN, "Only a supervisor or QA"), (PRIYA, "yourself")):
        floor.press(user, card, button)
        floor.settle()
        assert floor.slack.views == []
        whisper = floor.slack.whispers[-1]
        assert told in whisper.shown
        assert whisper.body["user"] == user
    assert len(floor.slack.whispers) == 2


def test_an_unknown_lot_is_faulted_at_its_field_and_a_known_one_is_known_however_typed(floor: SlackFloor) -> None:
    floor.command(ANNA, "/recall")
    assert "no lot XX99" in floor.submit(ANNA, lot="XX99", kind="Mock recall", reason="exercise")["lot"]
    assert "lot" in floor.submit(ANNA, lot="where is HB1121", kind="Mock recall", reason="exercise")
    assert "reason" in floor.submit(ANNA, lot="HB1121", kind="Mock recall", reason=" ")
    assert floor.assistant.recalls() == []
    assert floor.submit(ANNA, lot=" hb 1121", kind="Mock recall", reason="all good, undo 12") == {}
    assert [(r["lot"], r["reason"]) for r in floor.assistant.recalls()] == [("HB1121", "all good, undo 12")]


def test_a_form_whose_trigger_expired_is_told_to_who_wanted_it(floor: SlackFloor) -> None:
    card = request_card(floor)
    floor.slack.late = True
    floor.press(WALT, card, "Reject")
    floor.settle()
    (whisper,) = floor.slack.whispers
    assert "expired_trigger_id" in whisper.shown
    floor.command(ANNA, "/recall HB1121", "D08ANNA")
    assert "could not be opened" in floor.slack.messages[-1].shown


def test_a_correction_of_a_closed_question_opens_no_form(floor: SlackFloor) -> None:
    floor.given = {**floor.given, "confirm": "always"}
    floor.close()
    floor.restart()
    asked = floor.answers(MARIA, "moved 2 cases of romaine RM1111 from cooler 1 bay 2 to line 2")
    floor.press(DESHAWN, asked, "Correct")
    floor.settle()
    assert floor.slack.views == []
    assert "closed" in floor.slack.whispers[-1].shown
    floor.press(MARIA, asked, "Correct")
    assert floor.submit(MARIA, change="3") == {}
    assert "3 cases" in floor.slack.messages[-1].shown
