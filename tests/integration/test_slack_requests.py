"""What arrives over HTTP that is no message: answered as Slack expects, before anything is made of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.channels.slack.http import LARGEST
from assistant.channels.slack.installed import installed
from tests.support.slack_floor import MARIA, PRIYA, SlackFloor, plant_in_slack
from tests.support.slack_server import event, signed

MOVED = "moved 2 cases of romaine RM1111 from cooler 1 bay 2 to line 2"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[SlackFloor]:
    with plant_in_slack(tmp_path) as floor:
        yield floor


def nothing_taken(floor: SlackFloor) -> bool:
    return floor.channel.book.unhandled() == 0 and floor.entries() == []


@pytest.mark.parametrize("stamp", ["", "soon", "-1", "1e9", "\u00b2", "9" * 400, "nan"])
def test_a_moment_that_is_none_is_refused(floor: SlackFloor, stamp: str) -> None:
    body = json.dumps(event(MARIA, MOVED, floor.ts()))
    headers = {**signed(body), "X-Slack-Request-Timestamp": stamp}
    answer = floor.client.post("/slack/events", data=body, content_type="application/json", headers=headers)
    assert answer.status_code == 401
    assert nothing_taken(floor)


def test_a_body_that_is_no_text_is_refused(floor: SlackFloor) -> None:
    answer = floor.client.post("/slack/events", data=b"\xff\xfe", headers=signed("x"), content_type="application/json")
    assert answer.status_code == 401


def test_a_request_beyond_all_measure_is_not_read(floor: SlackFloor) -> None:
    body = "x" * (LARGEST + 1)
    assert floor.post(body).status_code == 413


@pytest.mark.parametrize("body", ["[1]", "nonsense", "7", '"text"'])
def test_what_is_signed_and_no_object_is_a_bad_request(floor: SlackFloor, body: str) -> None:
    assert floor.post(body).status_code == 400
    assert nothing_taken(floor)


def test_slack_asking_for_the_address_gets_its_challenge(floor: SlackFloor) -> None:
    answer = floor.post(json.dumps({"type": "url_verification", "challenge": "abc"}))
    assert answer.status_code == 200
    assert "abc" in answer.get_data(as_text=True)


def test_that_slack_leaves_out_events_is_acknowledged_and_noted(floor: SlackFloor) -> None:
    told = {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1_518_467_820, "api_app_id": "A1"}
    assert floor.post(json.dumps(told)).status_code == 200
    assert floor.channel.book.noted()["app_rate_limited"][0] == "1518467820"
    floor.command(PRIYA, "/floor status")
    assert "leaves out events" in floor.slack.messages[-1].shown


def test_events_of_another_workspace_are_acknowledged_and_left(floor: SlackFloor) -> None:
    assert installed(floor.channel.outgoing.client, floor.channel.book, 1.0)
    floor.event({**event(MARIA, MOVED, floor.ts()), "team_id": "T9"})
    floor.settle()
    assert nothing_taken(floor)
    floor.event(event(MARIA, MOVED, floor.ts()))
    floor.settle()
    assert len(floor.entries()) == 1


@pytest.mark.parametrize("event_of", [None, "text", {}, {"type": "message"}, {"type": "unheard_of"}])
def test_an_event_without_what_it_should_have_is_acknowledged(floor: SlackFloor, event_of: Any) -> None:  # noqa: ANN401
    answer = floor.post(json.dumps({"type": "event_callback", "team_id": "T1", "event": event_of}))
    assert answer.status_code == 200
    assert nothing_taken(floor)


def test_scopes_that_are_missing_are_seen(floor: SlackFloor) -> None:
    floor.slack.scopes.remove("files:write")
    assert installed(floor.channel.outgoing.client, floor.channel.book, 1.0)
    floor.command(PRIYA, "/floor status")
    assert "files:write" in floor.slack.messages[-1].shown


def test_what_waits_for_a_shut_channel_is_seen_in_the_status(floor: SlackFloor) -> None:
    floor.slack.shut["C0FLOOR"] = "not_in_channel"
    floor.say(MARIA, "where is RM1107")
    floor.command(PRIYA, "/floor status")
    shown = floor.slack.messages[-1].shown
    assert "C0FLOOR" in shown
    assert "not_in_channel" in shown
    floor.command(MARIA, "/floor status", "D01MARIA")
    assert "Only a supervisor or QA" in floor.slack.messages[-1].shown
