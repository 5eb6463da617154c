"""A headset's page without a browser: logs in, opens the websocket, sends audio frames and gathers what comes back."""

import json
import socket
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any
from uuid import uuid4

from flask import Flask
from simple_websocket import Client, ConnectionClosed
from werkzeug.serving import make_server

from tests.support.speaking import silence

FRAME = 3200
ANSWER_SECONDS = 20.0


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """The app on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def log_in(port: int, person: str, pin: str) -> str:
    """The cookie header of somebody who has logged in; empty where that was refused."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    form = urllib.parse.urlencode({"person": person, "pin": pin}).encode()
    try:
        opener.open(f"http://127.0.0.1:{port}/headset/login", form, timeout=10).close()
    except urllib.error.HTTPError as refused:
        refused.close()
        return ""
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


@dataclass
class Headset:
    """One person's headset page."""

    port: int
    cookie: str
    mode: str = "listening"
    hands_free: bool = True
    slow: int = 0
    turn: str = ""
    wire: Client | None = None
    events: list[dict[str, Any]] = field(default_factory=list)

    def connect(self, resend: bytes | None = None) -> list[dict[str, Any]]:
        """Opens the websocket; with audio of the turn that was not answered, what comes back for it."""
        address = f"ws://127.0.0.1:{self.port}/headset/audio"
        self.wire = Client(address, headers={"Cookie": self.cookie})
        hello = {"type": "hello", "mode": self.mode, "hands_free": self.hands_free, "slow": self.slow}
        self.tell(**hello, turn=self.turn if resend is not None else None)
        if resend is None:
            self.begin()
            return []
        return self.send(resend)

    def tell(self, **message: Any) -> None:  # noqa: ANN401 - JSON values
        """Sends a control message."""
        assert self.wire is not None
        self.wire.send(json.dumps(message))

    def begin(self) -> None:
        """A new turn."""
        self.turn = uuid4().hex
        self.tell(type="turn", id=self.turn)

    def send(self, audio: bytes) -> list[dict[str, Any]]:
        """Sends audio faster than life, and gives every event that came of it."""
        assert self.wire is not None
        for at in range(0, len(audio), FRAME):
            self.wire.send(audio[at : at + FRAME])
        return self.gather()

    def gather(self) -> list[dict[str, Any]]:
        """The events up to here: the server answers a ping after what was sent before it."""
        assert self.wire is not None
        self.tell(type="ping")
        came: list[dict[str, Any]] = []
        until = time.monotonic() + ANSWER_SECONDS
        while True:
            message = self.wire.receive(timeout=max(0.0, until - time.monotonic()))
            assert message is not None, f"no answer to a ping; before it came {came}"
            event = json.loads(message)
            if event["event"] == "pong":
                self.events += came
                return came
            self.mode = event.get("mode", self.mode)
            came.append(event)

    def say(self, audio: bytes, tail: float = 1.5) -> dict[str, Any] | None:
        """Says something, waits until it was answered, lets the answer be spoken; the answer, None for silence."""
        told = next((e for e in self.send(audio + silence(tail)) if e["event"] == "told"), None)
        if told is not None:
            self.tell(type="spoken")
            self.gather()
        self.begin()
        return told

    def close(self) -> None:
        """Hangs up."""
        if self.wire is not None:
            with suppress(ConnectionClosed):
                self.wire.close()
            self.wire = None


@dataclass
class Cable:
    """A connection between a page and the server that can be pulled out: a proxy on a port of its own."""

    target: int
    port: int = 0
    _listener: socket.socket = field(init=False)
    _open: list[socket.socket] = field(default_factory=list)
    plugged: bool = True

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self.plugged:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.target))
            self._open += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def pull(self) -> None:
        """Every connection breaks, and none can be made."""
        self.plugged = False
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def plug(self) -> None:
        """Connections can be made again."""
        self.plugged = True

    def close(self) -> None:
        """No more."""
        self.pull()
        self._listener.close()
