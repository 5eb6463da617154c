"""The demo plant in Slack: the real Flask app, signed requests, and the small Slack that it answers to."""

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assistant.assistant import Assistant
from assistant.bootstrap import bootstrap
from assistant.channels.slack.channel import Channel
from assistant.channels.slack.http import blueprint
from assistant.channels.slack.receive.listeners import FORMS
from assistant.channels.slack.send.sink import SlackSink
from assistant.delivery.courier import Courier
from assistant.delivery.sinks import Unwanted
from assistant.settings import load
from assistant.views.rows import EntryRow
from tests.support.floor_day import ZONE, Clock, demo_books
from tests.support.slack_server import (
    APP_TOKEN,
    CHANNELS,
    SECRET,
    TOKEN,
    Message,
    SlackServer,
    event,
    form,
    signed,
    slack_server,
)

MARIA, DESHAWN, PRIYA, WALT, ANNA = "U01MARIA", "U02DESH", "U06PRIYA", "U07WALT", "U08ANNA"


PROCFILE = Path(__file__).parents[2] / "Procfile"
PATIENCE = 60.0


@cache
def books() -> bytes:
    """The demo plant's books in the morning."""
    with TemporaryDirectory() as folder:
        return demo_books(Path(folder) / "floor.db").read_bytes()


@contextmanager
def plant_in_slack(folder: Path, **settings: Any) -> "Iterator[SlackFloor]":  # noqa: ANN401 - any setting
    """The demo plant in a Slack of its own, which has nothing to object at the end; on SQLite if not told else."""
    if "database_url" not in settings:
        (folder / "floor.db").write_bytes(books())
    with slack_server() as slack:
        floor = SlackFloor(slack, folder, settings)
        yield floor
        floor.close()
        assert not slack.wrong


@contextmanager
def serving(floor: "SlackFloor") -> "Iterator[tuple[str, subprocess.Popen[bytes]]]":
    """The web process of the Procfile on a free port, with what it listens at; told to end, it ends in order."""
    command = next(line for line in PROCFILE.read_text().splitlines() if line.startswith("web:"))
    program, *verb = shlex.split(command.removeprefix("web:"))
    assert program == "floor"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "FLOOR_PORT": str(port), "FLOOR_HOST": "127.0.0.1"}
    for name, value in floor.settings().items():
        if value is not None:
            environment[f"FLOOR_{name.upper()}"] = json.dumps(value) if isinstance(value, dict) else str(value)
    process = subprocess.Popen([sys.executable, "-m", "assistant.cli", *verb], env=environment)
    try:
        until(lambda: listens(port) or process.poll() is not None)
        assert process.poll() is None, "it did not start"
        yield f"http://127.0.0.1:{port}", process
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0
    finally:
        process.kill()
        process.wait(timeout=PATIENCE)


def listens(port: int) -> bool:
    """Whether somebody takes connections there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def until(true: Callable[[], object], within: float = PATIENCE) -> None:
    """Wait for something that other threads or processes do."""
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


@dataclass
class Seconds:
    """Time in seconds that goes on when it is told to."""

    now: float = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class SlackFloor:
    """Slack and the plant; nothing runs by itself: `settle` does all that is due."""

    slack: SlackServer
    folder: Path
    given: Mapping[str, Any] = field(default_factory=dict)
    time: Seconds = field(default_factory=Seconds)
    clock: Clock = field(default_factory=Clock)
    numbers: Any = field(default_factory=lambda: count(1))
    assistant: Assistant = field(init=False)
    channel: Channel = field(init=False)
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def settings(self) -> dict[str, Any]:
        return {
            "database_url": f"sqlite:///{self.folder / 'floor.db'}",
            "timezone": ZONE.key,
            "today": None,
            "slack_bot_token": TOKEN,
            "slack_signing_secret": SECRET,
            "slack_app_token": APP_TOKEN,
            "slack_api_url": self.slack.url,
            "slack_channels": CHANNELS,
            "slack_file": self.folder / "slack.db",
            **self.given,
        }

    def restart(self) -> None:
        """A new process on the same books and the same file."""
        self.assistant = bootstrap(load(**self.settings()), now=self.clock)
        self.channel = Channel.of(self.assistant, clock=self.time)
        app = Flask("plant")
        app.register_blueprint(blueprint(self.channel, SECRET))
        self.client = app.test_client()

    def close(self) -> None:
        self.channel.stop()
        self.assistant.store.close()

    def ts(self) -> str:
        """The identity of the next message."""
        return f"{1_600_000_000 + next(self.numbers)}.000200"

    def post(self, body: str, kind: str = "application/json", headers: dict[str, str] | None = None) -> TestResponse:
        """A request as Slack sends it."""
        proof = signed(body) if headers is None else headers
        return self.client.post("/slack/events", data=body, content_type=kind, headers=proof)

    def event(self, payload: dict[str, Any]) -> TestResponse:
        answer = self.post(json.dumps(payload))
        assert answer.status_code == 200
        return answer

    def say(self, user: str, text: str, channel: str = "C0FLOOR", **more: Any) -> str:  # noqa: ANN401 - JSON
        """Somebody writes something; gives the message's ts."""
        ts = self.ts()
        self.event(event(user, text, ts, channel, **more))
        self.settle()
        return ts

    def answers(self, user: str, text: str, channel: str = "C0FLOOR", **more: Any) -> Message:  # noqa: ANN401 - JSON
        """Somebody writes something; gives the answer to it."""
        ts = self.say(user, text, channel, **more)
        return self.slack.thread(more.get("thread_ts", ts))[-1]

    def press(self, user: str, message: Message, name: str, ts: str | None = None) -> None:
        """Send a click on a button of a message, without doing the work yet."""
        button = message.button(name)
        assert button is not None, f"no {name} in {message.shown}"
        assert (
            self.post(self.clicked(user, message, button, ts), "application/x-www-form-urlencoded").status_code == 200
        )

    def clicked(self, user: str, message: Message, button: dict[str, Any], ts: str | None = None) -> str:
        """The body of a click."""
        did = {k: button.get(k) for k in ("action_id", "block_id", "value", "type", "selected_option")}
        return form(
            {
                "type": "block_actions",
                "user": {"id": user},
                "team": {"id": "T1"},
                "trigger_id": f"{self.ts()}.trigger",
                "channel": {"id": message.channel},
                "container": {"type": "message", "message_ts": message.ts, "channel_id": message.channel},
                "message": {"ts": message.ts, **({"thread_ts": message.thread} if message.thread else {})},
                "actions": [{**did, "action_ts": ts or self.ts()}],
            }
        )

    def click(self, user: str, message: Message, name: str) -> None:
        """A click, and everything that follows."""
        self.press(user, message, name)
        self.settle()

    def pick(self, user: str, message: Message, option: str) -> None:
        """Pick an option from the list in a message, and everything that follows."""
        menu = message.button("pick")
        assert menu is not None
        chosen = next(o for o in menu["options"] if o["value"] == option)
        body = self.clicked(user, message, {**menu, "selected_option": chosen})
        assert self.post(body, "application/x-www-form-urlencoded").status_code == 200
        self.settle()

    def home(self, user: str) -> dict[str, Any]:
        """Somebody opens the app's home; gives the tab that is shown."""
        opened = {"type": "app_home_opened", "user": user, "tab": "home", "channel": "D1"}
        self.event({**event(user, "", self.ts()), "event": opened})
        self.settle()
        return self.slack.homes[user]

    def click_at_home(self, user: str, about: str, action: str, ts: str | None = None) -> None:
        """A click in somebody's home tab, and everything that follows."""
        view = self.slack.homes[user]
        block = next(block for block in view["blocks"] if block.get("block_id") == about)
        button = next(element for element in block["elements"] if element["action_id"] == action)
        did = {k: button.get(k) for k in ("action_id", "value", "type")}
        clicked = {
            "type": "block_actions",
            "user": {"id": user},
            "team": {"id": "T1"},
            "trigger_id": f"{self.ts()}.trigger",
            "container": {"type": "view", "view_id": "V0HOME"},
            "view": {"id": "V0HOME", "type": "home", "blocks": view["blocks"], "private_metadata": ""},
            "actions": [{**did, "block_id": about, "action_ts": ts or self.ts()}],
        }
        assert self.post(form(clicked), "application/x-www-form-urlencoded").status_code == 200
        self.settle()

    def submit(self, user: str, **fields: str) -> dict[str, str]:
        """Fill in the form that was opened last and send it; gives what is wrong with it, by field."""
        self.settle()
        view = self.slack.views[-1]
        values = {}
        for block in view["blocks"]:
            if block["type"] != "input":
                continue
            name, chosen = block["block_id"], block["element"]["type"] == "radio_buttons"
            given = {"selected_option": {"value": fields[name]}} if chosen else {"value": fields.get(name)}
            values[name] = {block["element"]["action_id"]: given}
        sent = {
            "type": "view_submission",
            "user": {"id": user},
            "team": {"id": "T1"},
            "view": {**view, "id": f"V{self.ts()}", "state": {"values": values}},
        }
        answer = self.post(form(sent), "application/x-www-form-urlencoded")
        assert answer.status_code == 200
        self.settle()
        told = answer.get_json(silent=True) or {}
        faults: dict[str, str] = told.get("errors", {})
        assert (told.get("response_action") == "errors") == bool(faults)
        assert faults.keys() <= values.keys()
        return faults

    def command(self, user: str, line: str, channel: str = "C0SUPER") -> str:
        """A slash command; gives what only its author sees at once."""
        name, _, text = line.partition(" ")
        fields = {
            "command": name,
            "text": text,
            "user_id": user,
            "channel_id": channel,
            "team_id": "T1",
            "trigger_id": self.ts(),
            "response_url": "http://127.0.0.1:9/",
        }
        answer = self.post(urlencode(fields), "application/x-www-form-urlencoded")
        assert answer.status_code == 200
        self.settle()
        return answer.get_json()["text"] if answer.is_json else ""

    def settle(self) -> None:
        """Do everything that is due, with as much time as it takes."""
        together = threading.Barrier(FORMS + 1)
        for _ in range(FORMS):
            self.channel.forms.submit(together.wait)
        together.wait()
        while self.channel.drain():
            pass
        self.channel.settling.refresh()
        while self.channel.outgoing.round():
            self.time.now += 1.01

    def courier(self) -> Courier:
        """The background process, in this one."""
        sink = SlackSink.of(self.assistant, Unwanted)
        sink.clock = self.time
        return Courier(self.assistant, sink, self.clock)

    def deliver(self) -> None:
        """Deliver the outbox."""
        courier = self.courier()
        for _ in range(40):
            courier.deliver()
            self.time.now += 1.01
            self.clock.now += timedelta(seconds=2)
        self.settle()

    def entries(self) -> list[EntryRow]:
        """What people told, without the opening stock."""
        return [e for e in self.assistant.entries() if e["channel"] != "import"]
