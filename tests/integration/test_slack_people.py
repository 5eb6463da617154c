"""People in Slack: read-back for those who want it, and somebody who leaves the plant while things are open."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from store.session import Session
from tests.support.slack_floor import MARIA, PRIYA, WALT, SlackFloor, plant_in_slack
from tests.support.slack_server import Message

MOVED = "moved 2 cases of romaine RM1111 from cooler 1 bay 2 to line 2"
FORM = "application/x-www-form-urlencoded"
ADJUSTED = "adjust RM1111 in cooler 1 bay 2 by -3 cases, miscount"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[SlackFloor]:
    with plant_in_slack(tmp_path) as floor:
        yield floor


@pytest.fixture
def careful(tmp_path: Path) -> Iterator[SlackFloor]:
    """A plant that reads everything back."""
    with plant_in_slack(tmp_path, confirm="always") as floor:
        yield floor


def leaves(floor: SlackFloor, code: str) -> None:
    """Somebody is not active any more."""

    def work(session: Session) -> None:
        session.master.put_people([replace(session.catalog.people[code], active=False)])

    floor.assistant.store.run(work)


def read_back(floor: SlackFloor) -> Message:
    answer = floor.answers(MARIA, MOVED)
    assert floor.entries() == []
    assert [answer.button(name) is not None for name in ("Confirm", "Correct", "Cancel")] == [True] * 3
    return answer


def test_what_is_read_back_posts_when_it_is_confirmed(careful: SlackFloor) -> None:
    answer = read_back(careful)
    careful.click(MARIA, answer, "Confirm")
    (entry,) = careful.entries()
    assert (entry["kind"], entry["said"]) == ("move", MOVED)
    assert answer.button("Confirm") is None
    assert "Answered by Maria Lopez" in answer.shown
    assert careful.slack.thread(str(answer.thread))[-1].button("Undo") is not None


def test_what_is_read_back_and_corrected_in_a_form_is_read_back_anew(careful: SlackFloor) -> None:
    answer = read_back(careful)
    careful.press(MARIA, answer, "Correct")
    assert careful.submit(MARIA, change="14") == {}
    assert careful.entries() == []
    assert answer.button("Confirm") is None
    again = careful.slack.thread(str(answer.thread))[-1]
    assert "14 cases" in again.shown
    careful.click(MARIA, again, "Confirm")
    assert careful.assistant.stock(lots=["RM1111"], at="L2")[0]["quantity"] == "14"
    assert len(careful.entries()) == 1


def test_what_is_read_back_and_cancelled_posts_nothing(careful: SlackFloor) -> None:
    answer = read_back(careful)
    careful.click(MARIA, answer, "Cancel")
    assert careful.entries() == []
    assert answer.button("Confirm") is None


def test_nobody_confirms_for_another_and_nothing_is_confirmed_twice(careful: SlackFloor) -> None:
    answer = read_back(careful)
    confirm = answer.button("Confirm")
    assert confirm is not None
    careful.click(PRIYA, answer, "Confirm")
    assert careful.entries() == []
    for _ in range(2):
        assert careful.post(careful.clicked(MARIA, answer, confirm), FORM).status_code == 200
        careful.settle()
    assert len(careful.entries()) == 1
    assert "That question is closed" in careful.slack.messages[-1].shown


def test_a_correction_sent_too_late_changes_nothing(careful: SlackFloor) -> None:
    answer = read_back(careful)
    careful.press(MARIA, answer, "Correct")
    careful.settle()
    careful.click(MARIA, answer, "Confirm")
    faults = careful.submit(MARIA, change="14")
    assert careful.assistant.stock(lots=["RM1111"], at="L2")[0]["quantity"] == "2"
    assert "That question is closed" in faults["change"]


def test_somebody_who_left_posts_nothing_and_is_told_why(floor: SlackFloor) -> None:
    floor.answers(MARIA, MOVED)
    leaves(floor, "maria")
    answer = floor.answers(MARIA, MOVED)
    assert "I do not know who you are in this plant" in answer.shown
    assert len(floor.entries()) == 1


def test_somebody_who_left_with_a_question_open_does_not_answer_it(careful: SlackFloor) -> None:
    answer = read_back(careful)
    leaves(careful, "maria")
    careful.click(MARIA, answer, "Confirm")
    assert careful.entries() == []
    assert "I do not know who you are in this plant" in careful.slack.messages[-1].shown


def test_somebody_who_left_between_the_acknowledgement_and_the_work_posts_nothing(floor: SlackFloor) -> None:
    asked = floor.answers(MARIA, "used 2 cases of chicken on 4475")
    floor.press(MARIA, asked, "say.0")
    leaves(floor, "maria")
    floor.settle()
    assert floor.entries() == []


def test_a_supervisor_who_left_decides_nothing_anywhere(floor: SlackFloor) -> None:
    floor.answers(MARIA, ADJUSTED)
    floor.deliver()
    card = next(m for m in floor.slack.channel("C0SUPER") if m.button("Reject"))
    floor.home(PRIYA)
    floor.press(PRIYA, card, "Reject")
    leaves(floor, "priya")
    floor.submit(PRIYA, note="no")
    floor.click_at_home(PRIYA, "request:1", "approve")
    floor.command(PRIYA, "/approve 1")
    floor.command(PRIYA, "/floor code josue")
    found = floor.assistant.request(1)
    assert found is not None
    assert found["status"] == "open"
    assert card.button("Reject") is not None
    assert "people.csv" in str(floor.slack.homes[PRIYA])
    assert not any("The code for" in m.shown for m in floor.slack.messages)


def test_a_code_that_was_handed_out_dies_with_its_person(floor: SlackFloor) -> None:
    floor.command(WALT, "/floor unlink josue")
    floor.command(WALT, "/floor code josue")
    code = floor.slack.messages[-1].shown.split(" is ")[1][:8]
    leaves(floor, "josue")
    floor.answers("U0JOSUE2", f"code {code}", "D0J")
    floor.answers("U0JOSUE2", MOVED, "D0J")
    assert floor.entries() == []
