"""Whose a Slack account is: with proof, told to those concerned, revocable, and never a guest's or a stranger's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.slack_floor import ANNA, MARIA, PRIYA, SlackFloor, plant_in_slack
from tests.support.slack_server import event

MOVED = "moved 2 cases of romaine RM1111 from cooler 1 bay 2 to line 2"
NEW = "U0NEWJOSUE"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[SlackFloor]:
    with plant_in_slack(tmp_path) as floor:
        yield floor


def told(floor: SlackFloor, channel: str) -> str:
    return "\n".join(m.shown for m in floor.slack.channel(channel))


def code(floor: SlackFloor, name: str) -> str:
    floor.command(PRIYA, f"/floor code {name}")
    shown = floor.slack.channel("D06PRIYA")[-1].shown
    return shown.split(" is ")[1][:8]


def joined(floor: SlackFloor) -> None:
    """Josue lost his account and joins with another."""
    floor.command(PRIYA, "/floor unlink josue")
    floor.answers(NEW, f"code {code(floor, 'josue')}", "D0NEW")


def test_a_linked_account_is_replaced_by_nobody_before_it_is_taken_back(floor: SlackFloor) -> None:
    floor.command(PRIYA, "/floor code josue")
    shown = floor.slack.channel("D06PRIYA")[-1].shown
    assert "U04JOSUE already" in shown
    assert "unlink" in shown


def test_joining_is_told_to_the_person_and_the_supervisors(floor: SlackFloor) -> None:
    joined(floor)
    assert "Welcome, Josue" in told(floor, "D0NEW")
    assert f"Josue Ramirez has joined in Slack as {NEW}, with a code from Priya Nair" in told(floor, "C0SUPER")
    floor.answers(NEW, MOVED, "D0NEW")
    assert [e["by"] for e in floor.entries()] == ["josue"]
    floor.command(PRIYA, "/floor people")
    assert NEW in floor.slack.channel("D06PRIYA")[-1].shown


def test_an_account_that_is_taken_back_is_nobodys_and_everybody_is_told(floor: SlackFloor) -> None:
    joined(floor)
    floor.command(PRIYA, "/floor unlink josue")
    assert f"{NEW} is Josue Ramirez's no more" in told(floor, "DNEWJOSUE".replace("DNEW", "D0NEW"))
    assert f"{NEW} is Josue Ramirez's no more" in told(floor, "C0SUPER")
    floor.answers(NEW, MOVED, "D0NEW")
    floor.answers("U04JOSUE", MOVED, "D04JOSUE")
    assert floor.entries() == []


def test_nobody_gives_out_a_role_above_their_own(floor: SlackFloor) -> None:
    for line in ("/floor code anna", "/floor unlink anna"):
        floor.command(PRIYA, line)
        assert "only somebody of that role" in floor.slack.channel("D06PRIYA")[-1].shown
    floor.command(ANNA, "/floor unlink priya")
    assert "is Priya Nair's no more" in told(floor, "D06PRIYA")
    floor.command(MARIA, "/floor unlink deshawn", "D01MARIA")
    assert "Only a supervisor or QA" in floor.slack.messages[-1].shown


def test_a_newer_code_takes_the_place_of_an_older_one(floor: SlackFloor) -> None:
    floor.command(PRIYA, "/floor unlink josue")
    old, new = code(floor, "josue"), code(floor, "Josue Ramirez")
    assert "not valid" in floor.answers(NEW, f"code {old}", "D0NEW").shown
    assert "Welcome" in floor.answers(NEW, f"code {new}", "D0NEW").shown


def test_a_linked_member_does_not_become_somebody_else_by_a_code(floor: SlackFloor) -> None:
    floor.command(PRIYA, "/floor unlink josue")
    floor.say(MARIA, f"code {code(floor, 'josue')}", "D01MARIA")
    floor.answers(MARIA, MOVED, "D01MARIA")
    assert [e["by"] for e in floor.entries()] == ["maria"]


@pytest.mark.parametrize(
    ("member", "why"),
    [
        ({"deleted": True}, "deactivated"),
        ({"is_restricted": True}, "guest"),
        ({"is_ultra_restricted": True}, "guest"),
        ({"is_stranger": True}, "another Slack workspace"),
    ],
)
def test_who_is_no_full_member_posts_nothing_and_is_told_why(
    floor: SlackFloor, member: dict[str, bool], why: str
) -> None:
    floor.slack.members[MARIA] = member
    floor.say(MARIA, MOVED)
    assert floor.entries() == []
    assert why in floor.slack.whispers[-1].shown
    assert floor.slack.messages == []


def test_somebody_of_another_workspace_posts_nothing(floor: SlackFloor) -> None:
    floor.say(MARIA, MOVED, user_team="T2", source_team="T2")
    assert floor.entries() == []
    assert "another Slack workspace" in floor.slack.whispers[-1].shown


def test_slack_is_asked_about_a_member_once_a_day(floor: SlackFloor) -> None:
    for _ in range(3):
        floor.say(MARIA, "where is RM1107")
    assert floor.slack.calls.count("users.info") == 1
    floor.time.now += 86_500
    floor.say(MARIA, "where is RM1107")
    assert floor.slack.calls.count("users.info") == 2


def changes(floor: SlackFloor, user: str, **now: Any) -> None:  # noqa: ANN401 - JSON
    body = event(user, "", floor.ts())
    floor.event({**body, "event": {"type": "user_change", "user": {"id": user, **now}}})
    floor.settle()


def test_who_leaves_slack_is_nobody_any_more_and_supervisors_learn_it(floor: SlackFloor) -> None:
    changes(floor, MARIA, deleted=False)
    floor.say(MARIA, MOVED)
    assert len(floor.entries()) == 1
    changes(floor, MARIA, deleted=True)
    assert "Maria Lopez's Slack account U01MARIA was deactivated" in told(floor, "C0SUPER")
    floor.say(MARIA, MOVED)
    assert len(floor.entries()) == 1


def test_where_slack_cannot_be_asked_a_report_posts_all_the_same(floor: SlackFloor) -> None:
    floor.slack.down = True
    floor.say(MARIA, MOVED)
    assert len(floor.entries()) == 1
    floor.slack.down = False
    floor.slack.members[MARIA] = {"deleted": True}
    floor.time.now += 601
    floor.say(MARIA, MOVED)
    assert len(floor.entries()) == 1
