"""A thread is about its message: corrections, decisions and edits in it are about nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.slack_floor import DESHAWN, MARIA, PRIYA, WALT, SlackFloor, plant_in_slack
from tests.support.slack_server import event

MOVED = "moved 2 cases of romaine RM1111 from cooler 1 bay 2 to line 2"
USED = "used 1 bag CR0930 on 4474"
ADJUSTED = "adjust RM1111 in cooler 1 bay 2 by -3 cases, miscount"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[SlackFloor]:
    with plant_in_slack(tmp_path) as floor:
        yield floor


def edit(floor: SlackFloor, user: str, ts: str, before: str, after: str, **more: Any) -> None:  # noqa: ANN401 - JSON
    was = {"user": user, "text": before, "ts": ts}
    now = {**was, "text": after, **more}
    floor.event(event(user, "", floor.ts(), subtype="message_changed", previous_message=was, message=now))
    floor.settle()


def on_line_2(floor: SlackFloor) -> list[str]:
    return [row["quantity"] for row in floor.assistant.stock(lots=["RM1111"], at="L2")]


def test_a_correction_in_an_older_thread_is_about_that_threads_report(floor: SlackFloor) -> None:
    first = floor.say(MARIA, MOVED)
    floor.say(MARIA, USED)
    floor.say(MARIA, "no, 3", thread_ts=first)
    assert on_line_2(floor) == ["3"]
    floor.say(MARIA, "undo", thread_ts=first)
    assert on_line_2(floor) == []
    assert [e["kind"] for e in floor.entries() if e["reverses"]] == ["move", "move"]


def test_in_anothers_thread_nothing_of_ones_own_is_changed(floor: SlackFloor) -> None:
    theirs = floor.say(DESHAWN, "lunch at 12")
    floor.say(MARIA, MOVED)
    for text in ("no, 3", "undo", "make that 9"):
        floor.say(MARIA, text, thread_ts=theirs)
    assert len(floor.entries()) == 1


def test_in_anothers_thread_a_correction_is_about_their_report_and_by_who_may(floor: SlackFloor) -> None:
    theirs = floor.say(DESHAWN, MOVED)
    floor.say(MARIA, USED)
    floor.say(MARIA, "undo", thread_ts=theirs)
    assert len(floor.entries()) == 2
    assert "another" in floor.slack.thread(theirs)[-1].shown or "yours" in floor.slack.thread(theirs)[-1].shown
    floor.say(PRIYA, "no, 3", thread_ts=theirs)
    assert on_line_2(floor) == ["3"]
    floor.say(WALT, "undo", thread_ts=theirs)
    assert "Why is it taken back?" in floor.slack.thread(theirs)[-1].shown
    floor.say(WALT, "it went to line 3", thread_ts=theirs)
    assert on_line_2(floor) == []


def test_a_decision_in_the_thread_of_a_request_needs_no_number(floor: SlackFloor) -> None:
    floor.say(MARIA, ADJUSTED)
    floor.say(DESHAWN, "adjust CR0930 in D3 by -1 bag, miscount")
    floor.deliver()
    cards = [m for m in floor.slack.channel("C0SUPER") if m.button("approve")]
    first, second = cards
    floor.say(PRIYA, "no", "C0SUPER", thread_ts=second.ts)
    floor.say(PRIYA, "approve, counted it myself", "C0SUPER", thread_ts=first.ts)
    states = [floor.assistant.request(n) for n in (1, 2)]
    assert [state and (state["status"], state["note"]) for state in states] == [
        ("approved", "counted it myself"),
        ("rejected", None),
    ]


def test_a_decision_in_the_askers_thread_is_about_what_was_asked_there(floor: SlackFloor) -> None:
    asked = floor.say(MARIA, ADJUSTED)
    floor.say(DESHAWN, "adjust CR0930 in D3 by -1 bag, miscount")
    floor.say(PRIYA, "reject", thread_ts=asked)
    states = [floor.assistant.request(n) for n in (1, 2)]
    assert [state and state["status"] for state in states] == ["rejected", "open"]


def test_an_edit_of_a_report_corrects_it_once(floor: SlackFloor) -> None:
    ts = floor.say(MARIA, MOVED)
    edit(floor, MARIA, ts, MOVED, MOVED.replace("2 cases", "5 cases"))
    assert on_line_2(floor) == ["5"]
    first, second = floor.slack.thread(ts)
    assert "Taken back" in first.shown
    assert second.button("Undo") is not None
    edit(floor, MARIA, ts, MOVED.replace("2 cases", "5 cases"), MOVED.replace("2 cases", "4 cases"))
    assert on_line_2(floor) == ["4"]


def test_an_edit_of_one_of_several_reports_leaves_the_others(floor: SlackFloor) -> None:
    both = f"{MOVED}\n{USED}"
    ts = floor.say(MARIA, both)
    edit(floor, MARIA, ts, both, both.replace("2 cases", "5 cases"))
    assert on_line_2(floor) == ["5"]
    assert [e["kind"] for e in floor.entries()] == ["move", "consume", "move", "move"]


def test_an_edit_that_cannot_be_posted_leaves_the_report(floor: SlackFloor) -> None:
    ts = floor.say(MARIA, MOVED)
    edit(floor, MARIA, ts, MOVED, MOVED.replace("2 cases", "500 cases"))
    assert on_line_2(floor) == ["2"]
    assert "stays" in floor.slack.thread(ts)[-1].shown or "corrected" in floor.slack.thread(ts)[-1].shown


def test_an_edit_of_what_was_not_understood_is_heard(floor: SlackFloor) -> None:
    ts = floor.say(MARIA, "mvoed tow RM1111 bla")
    edit(floor, MARIA, ts, "mvoed tow RM1111 bla", MOVED)
    assert on_line_2(floor) == ["2"]
    edit(floor, MARIA, ts, MOVED, MOVED.replace("2 cases", "3 cases"))
    assert on_line_2(floor) == ["3"]


def test_an_edit_of_looks_or_of_chatter_is_nothing(floor: SlackFloor) -> None:
    ts = floor.say(MARIA, MOVED)
    edit(floor, MARIA, ts, MOVED, f"*{MOVED}* :tada:")
    assert len(floor.slack.thread(ts)) == 1
    chat = floor.say(MARIA, "when's lunch")
    edit(floor, MARIA, chat, "when's lunch", "when is lunch today")
    assert floor.slack.thread(chat) == []
    gone = event(
        MARIA, "", floor.ts(), subtype="message_deleted", previous_message={"user": MARIA, "text": "x", "ts": chat}
    )
    floor.event(gone)
    floor.settle()
    assert floor.slack.thread(chat) == []


def test_an_edit_into_chatter_asks_what_becomes_of_the_entry(floor: SlackFloor) -> None:
    ts = floor.say(MARIA, MOVED)
    edit(floor, MARIA, ts, MOVED, "never mind")
    assert on_line_2(floor) == ["2"]
    told = floor.slack.thread(ts)[-1]
    assert "stays in the books" in told.shown
    floor.click(MARIA, told, "Undo")
    assert on_line_2(floor) == []


def test_a_message_that_leaves_a_tombstone_was_deleted(floor: SlackFloor) -> None:
    ts = floor.say(MARIA, MOVED)
    edit(floor, MARIA, ts, MOVED, "This message was deleted.", subtype="tombstone")
    assert "You deleted" in floor.slack.thread(ts)[-1].shown
    assert on_line_2(floor) == ["2"]
