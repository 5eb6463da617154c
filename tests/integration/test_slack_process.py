"""The Procfile's web process against Slack: its workers go on by themselves, and end in order."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.slack_floor import MARIA, SlackFloor, plant_in_slack, serving, until
from tests.support.slack_server import event

ASKED = "where is RM1107"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[SlackFloor]:
    with plant_in_slack(tmp_path) as floor:
        yield floor


def asked(floor: SlackFloor, times: int = 1) -> list[str]:
    """Messages that were acknowledged and are not handled yet; their identities."""
    all_ts = [floor.ts() for _ in range(times)]
    for ts in all_ts:
        floor.event(event(MARIA, ASKED, ts, "D01MARIA"))
    return all_ts


def workers(process: "subprocess.Popen[bytes]") -> list[int]:
    """The processes that the server has forked."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in children.read_text().split()]


def test_every_worker_goes_on_with_what_was_left_before_anybody_asks_it(floor: SlackFloor) -> None:
    (before,) = asked(floor)
    with serving(floor) as (_, process):
        until(lambda: not floor.channel.book.unhandled() and not floor.channel.book.unposted())
        (first,) = workers(process)
        os.kill(first, signal.SIGKILL)
        until(lambda: workers(process) not in ([], [first]))
        (after,) = asked(floor)
        until(lambda: floor.slack.thread(after))
    for ts in (before, after):
        (answer,) = floor.slack.thread(ts)
        assert "RM1107" in answer.shown


def test_what_is_being_sent_when_the_process_ends_is_sent_once_and_the_rest_later(floor: SlackFloor) -> None:
    floor.slack.slow = 1.0
    first, second = asked(floor, 2)
    with serving(floor):
        until(lambda: "chat.postMessage" in floor.slack.calls)
    assert len(floor.slack.thread(first)) == 1
    assert floor.channel.book.find(f"reply:T1:D01MARIA:{first}").receipt  # type: ignore[union-attr]
    floor.slack.slow = 0.0
    with serving(floor):
        until(lambda: floor.slack.thread(second))
    assert [len(floor.slack.thread(ts)) for ts in (first, second)] == [1, 1]
