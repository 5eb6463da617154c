"""Socket Mode against a local websocket: events, acknowledgements, a lost connection, and nothing lost with it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest

from assistant.channels.slack.socket_mode import PING, SocketFault, handler, run
from tests.support.slack_floor import MARIA, SlackFloor, plant_in_slack, until
from tests.support.slack_line import line_to
from tests.support.slack_server import Socket, event

MOVED = "moved 1 case of romaine RM1111 from cooler 1 bay 2 to line 2"
PATIENCE = 20.0


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[SlackFloor]:
    with plant_in_slack(tmp_path) as floor:
        yield floor


def test_events_are_acknowledged_and_none_is_lost_with_the_connection(floor: SlackFloor) -> None:
    connection = handler(floor.channel, floor.assistant, ping=0.3)
    try:
        connection.connect()  # type: ignore[no-untyped-call]
        first: Socket = floor.slack.sockets.get(timeout=PATIENCE)
        first.deliver("e1", "events_api", event(MARIA, MOVED, floor.ts()))
        until(lambda: first.acks == ["e1"])
        first.send("disconnect", reason="refresh_requested")
        second: Socket = floor.slack.sockets.get(timeout=PATIENCE)
        again = event(MARIA, MOVED, floor.ts())
        second.deliver("e2", "events_api", again)
        until(lambda: second.acks == ["e2"])
        second.wire.close()
        third: Socket = floor.slack.sockets.get(timeout=PATIENCE)
        third.deliver("e3", "events_api", again)
        until(lambda: third.acks == ["e3"])
    finally:
        connection.close()  # type: ignore[no-untyped-call]
    assert floor.entries() == []
    floor.settle()
    assert len(floor.entries()) == 2
    assert len(floor.slack.channel("C0FLOOR")) == 2


def test_a_command_over_the_socket_is_answered(floor: SlackFloor) -> None:
    connection = handler(floor.channel, floor.assistant)
    try:
        connection.connect()  # type: ignore[no-untyped-call]
        socket: Socket = floor.slack.sockets.get(timeout=PATIENCE)
        fields = {"command": "/lot", "text": "RM1107", "user_id": MARIA, "channel_id": "C0SUPER", "trigger_id": "1.2"}
        socket.deliver("e1", "slash_commands", {**fields, "team_id": "T1", "response_url": "http://127.0.0.1:9/"})
        until(lambda: socket.acks == ["e1"])
    finally:
        connection.close()  # type: ignore[no-untyped-call]
    floor.settle()
    assert "RM1107" in floor.slack.channel("C0SUPER")[-1].shown


@contextmanager
def running(floor: SlackFloor) -> Iterator[threading.Thread]:
    """The command in a thread of its own, until the block ends."""
    stopping = threading.Event()
    command = threading.Thread(target=run, args=(floor.assistant, stopping))
    command.start()
    try:
        yield command
    finally:
        stopping.set()
        command.join(timeout=PATIENCE)


def heard(floor: SlackFloor, socket: Socket | None = None) -> None:
    """A report over a line, the next that opens where none is given, is answered."""
    socket = socket or floor.slack.sockets.get(timeout=PATIENCE)
    ts = floor.ts()
    socket.deliver("e1", "events_api", event(MARIA, MOVED, ts))
    until(lambda: floor.slack.thread(ts))


def test_the_command_runs_until_it_is_stopped(floor: SlackFloor) -> None:
    with running(floor) as command:
        heard(floor)
    assert not command.is_alive()
    assert len(floor.entries()) == 1


def test_a_missing_token_is_one_clear_sentence(floor: SlackFloor) -> None:
    bare = replace(floor.assistant, settings=floor.assistant.settings.model_copy(update={"slack_app_token": ""}))
    with pytest.raises(SocketFault, match="FLOOR_SLACK_APP_TOKEN"):
        run(bare, threading.Event())


def test_a_token_that_slack_refuses_is_one_clear_sentence(floor: SlackFloor) -> None:
    wrong = floor.assistant.settings.model_copy(update={"slack_app_token": "xapp-wrong"})
    with pytest.raises(SocketFault, match="invalid_auth"):
        run(replace(floor.assistant, settings=wrong), threading.Event())
    floor.slack.wrong.clear()


def test_two_lines_are_open_and_a_dead_one_is_replaced_within_fifteen_seconds(floor: SlackFloor) -> None:
    with line_to(floor.slack.url) as line:
        floor.slack.line = f"http://127.0.0.1:{line.port}/api/"
        with running(floor):
            for _ in range(2):
                floor.slack.sockets.get(timeout=PATIENCE)
            sleep(PING + 0.5)
            line.cut()
            cut = monotonic()
            socket: Socket = floor.slack.sockets.get(timeout=PATIENCE)
            assert monotonic() - cut <= 15
            heard(floor, socket)
    assert len(floor.entries()) == 1
