"""What was written while nobody listened counts once; a reaction says yes to a question or takes an entry back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.slack_floor import DESHAWN, MARIA, SlackFloor, plant_in_slack
from tests.support.slack_server import Message, event

MOVED = "moved 2 cases of romaine RM1111 from cooler 1 bay 2 to line 2"
USED = "used 1 bag CR0930 on 4474"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[SlackFloor]:
    with plant_in_slack(tmp_path) as floor:
        yield floor


def written(floor: SlackFloor, user: str, text: str, **more: Any) -> str:  # noqa: ANN401 - JSON
    """Somebody writes while nobody listens."""
    ts = floor.ts()
    floor.slack.history.append({"type": "message", "user": user, "text": text, "ts": ts, **more})
    return ts


def test_what_was_written_meanwhile_is_caught_up_with_once(floor: SlackFloor) -> None:
    floor.time.now = 1_600_000_100.0
    floor.say(MARIA, "where is RM1107")
    ts = written(floor, MARIA, MOVED, reply_count=1)
    written(floor, MARIA, "no, 3", thread_ts=ts)
    written(floor, DESHAWN, f"<@U0BOT> {USED}")
    written(floor, "U0OTHER", MOVED, bot_id="B7")
    written(floor, DESHAWN, "lunch at 12")
    written(floor, DESHAWN, USED)
    for _ in range(2):
        assert floor.channel.begin()
        floor.settle()
    assert sorted(e["kind"] for e in floor.entries()) == ["consume", "consume", "move", "move", "move"]
    assert floor.assistant.stock(lots=["RM1111"], at="L2")[0]["quantity"] == "3"
    floor.event(event(MARIA, MOVED, ts))
    floor.settle()
    assert len(floor.entries()) == 5


def test_a_first_start_and_a_long_absence_leave_old_messages_alone(floor: SlackFloor) -> None:
    written(floor, MARIA, MOVED)
    assert floor.channel.begin()
    floor.settle()
    assert floor.entries() == []
    floor.say(MARIA, "where is RM1107")
    written(floor, MARIA, MOVED)
    floor.time.now += 30 * 86400
    assert floor.channel.begin()
    floor.settle()
    assert floor.entries() == []


def test_where_slack_is_away_it_is_tried_again(floor: SlackFloor) -> None:
    floor.time.now = 1_600_000_100.0
    floor.say(MARIA, "where is RM1107")
    written(floor, MARIA, MOVED)
    floor.slack.down = True
    assert not floor.channel.begin()
    floor.slack.down = False
    assert floor.channel.begin()
    floor.settle()
    assert len(floor.entries()) == 1


def react(floor: SlackFloor, user: str, message: Message, reaction: str) -> None:
    body = event(user, "", floor.ts())
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    told = {"type": "reaction_added", "user": user, "reaction": reaction, "item": item, "event_ts": floor.ts()}
    floor.event({**body, "event": told})
    floor.settle()


def test_a_thumb_up_on_our_question_is_a_yes_of_who_is_asked(floor: SlackFloor) -> None:
    floor.say(MARIA, "used 40 lb RM1107 on 4474")
    asked = floor.answers(MARIA, "made 2 cs on 4474")
    react(floor, DESHAWN, asked, "+1")
    react(floor, MARIA, asked, "tada")
    assert [e["kind"] for e in floor.entries()] == ["consume"]
    react(floor, MARIA, asked, "+1")
    assert [e["kind"] for e in floor.entries()] == ["consume", "produce"]
    react(floor, MARIA, asked, "thumbsup")
    assert len(floor.entries()) == 2


def test_a_thumb_up_says_nothing_to_a_question_of_which(floor: SlackFloor) -> None:
    asked = floor.answers(MARIA, "used bags CR0930 on 4474")
    react(floor, MARIA, asked, "+1")
    assert floor.entries() == []


def test_an_arrow_back_takes_back_the_entry_of_the_card_by_who_may(floor: SlackFloor) -> None:
    card = floor.answers(MARIA, MOVED)
    floor.answers(MARIA, USED)
    react(floor, DESHAWN, card, "leftwards_arrow_with_hook")
    assert len(floor.entries()) == 2
    react(floor, MARIA, card, "leftwards_arrow_with_hook")
    assert [e["kind"] for e in floor.entries() if e["reverses"]] == ["move"]
    assert "Taken back by Maria Lopez" in card.shown
