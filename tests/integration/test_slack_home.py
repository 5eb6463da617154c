"""The app's home tab: what it shows to whom, what a click in it does, and that it is a copy of every card it shows."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.delivery.courier import tick
from assistant.messages import Utterance
from tests.support.slack_floor import MARIA, PRIYA, WALT, SlackFloor, plant_in_slack

MOVED = "moved 2 cases of romaine RM1111 from cooler 1 bay 2 to line 2"
ADJUSTED = "adjust RM1111 in cooler 1 bay 2 by -3 cases, miscount"
COUNTED = "count RM1111 in cooler 1 bay 2, 30 cases"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[SlackFloor]:
    with plant_in_slack(tmp_path) as floor:
        yield floor


def shown(floor: SlackFloor, user: str) -> str:
    """The tab that somebody sees now, without opening it anew."""
    return json.dumps(floor.slack.homes[user], ensure_ascii=False)


def test_a_supervisor_sees_what_is_open_the_orders_and_the_day(floor: SlackFloor) -> None:
    tick(floor.assistant)
    floor.answers(MARIA, MOVED)
    floor.answers(MARIA, ADJUSTED)
    floor.home(PRIYA)
    tab = shown(floor, PRIYA)
    assert '"request:1"' in tab
    assert '"warning:1"' in tab
    assert "1 open approvals" in tab
    assert "1 moved" in tab
    assert "WO-4471" in tab


def test_an_order_shows_its_yield(floor: SlackFloor) -> None:
    for said in ("used 5 cs RM1107 on 4474", "made 3 cs caesar kits on 4474 into cooler 2 bay 1", "yes"):
        floor.answers(MARIA, said)
    floor.home(PRIYA)
    orders = [line.split() for line in shown(floor, PRIYA).split("\\n") if line.startswith("WO-")]
    assert next(line for line in orders if line[0] == "WO-4474")[-3:] == ["8.3", "%", "!"]
    assert next(line for line in orders if line[0] == "WO-4471")[-1] == "lb"


def test_a_worker_sees_the_last_reports_and_takes_one_back_there(floor: SlackFloor) -> None:
    answer = floor.answers(MARIA, MOVED)
    number = floor.entries()[0]["number"]
    floor.home(MARIA)
    assert MOVED in shown(floor, MARIA)
    floor.click_at_home(MARIA, f"entry:{number}", "undo")
    assert floor.entries()[1]["reverses"] == number
    assert answer.button("Undo") is None
    assert "Taken back." in shown(floor, MARIA)
    assert '"undo"' not in shown(floor, MARIA)
    assert floor.slack.messages[-1].channel == "D01MARIA"


def test_a_request_is_approved_at_home_and_its_card_says_so(floor: SlackFloor) -> None:
    floor.answers(MARIA, COUNTED)
    floor.answers(MARIA, ADJUSTED)
    floor.deliver()
    card = next(m for m in floor.slack.channel("C0SUPER") if m.button("Approve"))
    for user in (PRIYA, WALT):
        floor.home(user)
    floor.click_at_home(PRIYA, "request:1", "approve")
    assert floor.entries()[-1]["approved_by"] == "priya"
    assert "Approved by Priya Nair" in card.shown
    assert card.button("Approve") is None
    for user in (PRIYA, WALT):
        assert '"request:1"' not in shown(floor, user), "each tab is a copy"
        assert "0 open approvals" in shown(floor, user)


def test_a_request_is_rejected_at_home_with_a_note(floor: SlackFloor) -> None:
    floor.answers(MARIA, ADJUSTED)
    floor.home(PRIYA)
    floor.click_at_home(PRIYA, "request:1", "reject")
    floor.submit(PRIYA, note="count it first")
    found = floor.assistant.request(1)
    assert found is not None
    assert (found["status"], found["decided_by"], found["note"]) == ("rejected", "priya", "count it first")
    assert '"request:1"' not in shown(floor, PRIYA)


def test_the_same_request_at_two_homes_is_decided_once(floor: SlackFloor) -> None:
    floor.answers(MARIA, COUNTED)
    floor.answers(MARIA, ADJUSTED)
    views = {user: floor.home(user) for user in (PRIYA, WALT)}
    floor.click_at_home(PRIYA, "request:1", "approve")
    floor.slack.homes[WALT] = views[WALT]
    floor.click_at_home(WALT, "request:1", "approve")
    assert [e["approved_by"] for e in floor.entries() if e["kind"] == "adjust"] == ["priya"]
    told = floor.slack.messages[-1]
    assert told.channel == "D07WALT"
    assert "was approved already" in told.shown
    assert '"request:1"' not in shown(floor, WALT)


def test_a_warning_is_acknowledged_at_home(floor: SlackFloor) -> None:
    tick(floor.assistant)
    floor.deliver()
    floor.home(PRIYA)
    floor.click_at_home(PRIYA, "warning:1", "acknowledge")
    assert '"warning:1"' not in shown(floor, PRIYA)
    assert floor.assistant.warned([1])[1]["acknowledged_by"] == "priya"
    cards = [m for m in floor.slack.messages if "Taken care of by Priya Nair" in m.shown]
    assert len(cards) == 1


def test_a_warning_snoozed_at_home_says_so_on_its_card(floor: SlackFloor) -> None:
    tick(floor.assistant)
    floor.deliver()
    card = next(m for m in floor.slack.messages if m.button("snooze"))
    number = str(card.button("snooze")["value"])  # type: ignore[index]
    floor.home(PRIYA)
    floor.click_at_home(PRIYA, f"warning:{number}", "snooze")
    assert "Snoozed by Priya Nair" in card.shown
    assert f'"warning:{number}"' not in shown(floor, PRIYA)


def test_a_decision_on_the_console_reaches_an_open_home(floor: SlackFloor) -> None:
    floor.answers(MARIA, ADJUSTED)
    floor.home(PRIYA)
    floor.assistant.hear(Utterance("walt", "console", "reject 1"))
    floor.settle()
    assert '"request:1"' not in shown(floor, PRIYA)


def test_a_stranger_is_told_how_to_be_added(floor: SlackFloor) -> None:
    floor.home("U0NEW")
    assert "people.csv" in shown(floor, "U0NEW")


def test_tabs_that_wait_for_slack_are_replaced_by_the_newest(floor: SlackFloor) -> None:
    for n in range(5):
        floor.channel.supervising.homes.publish(MARIA, f"k{n}")
    floor.settle()
    assert floor.slack.calls.count("views.publish") == 1
