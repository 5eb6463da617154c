"""The courier against a sink that fails, hangs, asks for patience, refuses for good, or sees the courier killed."""

import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.channels.web import create_app
from assistant.delivery.courier import Courier
from assistant.delivery.sinks import LogFile, Webhook
from store.desk.outbox import Message
from store.session import Session
from tests.support.floor_day import Floor, load_demo

SECRET = "the plant's own"  # a made-up one
SINKS = ("supervisors", "quality", "person:maria")
PATIENCE = 60.0
HANGS, DIES = 0, -1
"""What the other side does instead of answering: keeps the line open, or drops it."""


@dataclass
class OtherSide:
    """A local web server that answers as told, and keeps what it took.

    `answers` is asked with the number of the call; `mood` with the sink that a message is for, and goes first.
    """

    answers: Callable[[int], int] = lambda _: 200
    mood: Callable[[str], int | None] = lambda _: None
    hanging: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    taken: list[dict[str, str]] = field(default_factory=list)
    calls: int = 0
    unsigned: int = 0
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, body: bytes, signature: str) -> int:
        with self.lock:
            self.calls += 1
            mood = self.mood(json.loads(body)["to"])
            status = self.answers(self.calls) if mood is None else mood
            wanted = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
            self.unsigned += signature != wanted
            if status == 200:
                self.taken.append(json.loads(body))
            elif status == HANGS:
                self.hanging.append(json.loads(body)["key"])
            return status


@contextmanager
def other_side() -> Iterator[OtherSide]:
    """The server, on a free port, until the end of the test."""
    side = OtherSide()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = side.take(body, self.headers.get("X-Floor-Signature", ""))
            if status == HANGS:
                side.released.wait(PATIENCE)
            if status in {HANGS, DIES}:
                self.close_connection = True
                return
            self.send_response(status)
            if status == 429:
                self.send_header("Retry-After", "30")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    side.url = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        yield side
    finally:
        side.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def floor(database_url: str) -> Iterator[Floor]:
    load_demo(database_url)
    with closing(Floor(database_url)) as opened:
        yield opened


@dataclass
class Hands:
    """A clock that only the test moves."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Fast:
    """A clock that runs twenty times as fast as ours: a minute's lease is three seconds."""

    at: datetime
    begun: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        return self.at + timedelta(seconds=(time.monotonic() - self.begun) * 20)


@contextmanager
def at_work(courier: Courier) -> Iterator[None]:
    """The courier delivers in the background until the end of the block."""
    thread = threading.Thread(target=courier.run)
    thread.start()
    try:
        yield
    finally:
        courier.stopping.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def until(so: Callable[[], bool]) -> None:
    """Waits for it, not for ever."""
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end
        time.sleep(0.005)


def queue(floor: Floor, count: int) -> list[str]:
    """Messages for several sinks, in turns; their keys."""

    def work(session: Session) -> list[str]:
        keys = [f"k{n}" for n in range(count)]
        for n, key in enumerate(keys):
            session.outbox.queue(SINKS[n % len(SINKS)], key, {"say": f"message {n}"}, floor.clock.now)
        return keys

    return floor.assistant.store.run(work)


def waiting(floor: Floor) -> int:
    return floor.assistant.store.run(lambda s: s.outbox.waiting(), write=False)


def in_order(taken: list[dict[str, str]]) -> bool:
    """Whether each sink got its messages in the order they were queued."""
    firsts: dict[str, list[int]] = {}
    for message in taken:
        numbers = firsts.setdefault(message["to"], [])
        if (number := int(message["key"][1:])) not in numbers:
            numbers.append(number)
    return all(numbers == sorted(numbers) for numbers in firsts.values())


def test_a_sink_that_fails_for_an_hour_gets_everything_in_order_and_nothing_twice(floor: Floor) -> None:
    keys = queue(floor, 30)
    clock = Hands(floor.clock.now)
    with other_side() as side:
        away_until = clock.at + timedelta(hours=1)
        side.answers = lambda call: (503, 500, 429)[call % 3] if clock.at < away_until else 200
        courier = Courier(floor.assistant, Webhook(side.url, SECRET), clock)
        rounds = 0
        while waiting(floor):
            courier.deliver()
            clock.at += timedelta(seconds=20)
            rounds += 1
            assert rounds < 1000
    assert Counter(m["key"] for m in side.taken) == Counter(keys)
    assert in_order(side.taken)
    assert side.unsigned == 0
    assert side.calls < len(keys) + 40 * len(SINKS), "a sink that is away is not called all the time"


def test_a_sink_that_hangs_holds_up_no_other_and_gets_everything_in_order_when_it_wakes(floor: Floor) -> None:
    keys = queue(floor, 30)
    others = {key for n, key in enumerate(keys) if SINKS[n % len(SINKS)] != "quality"}
    with other_side() as side:
        side.mood = lambda sink: HANGS if sink == "quality" else None
        courier = Courier(floor.assistant, Webhook(side.url, SECRET, timeout=PATIENCE), Fast(floor.clock.now))
        with at_work(courier):
            until(lambda: others <= {m["key"] for m in side.taken})
            assert {m["to"] for m in side.taken} == {"supervisors", "person:maria"}
            assert side.hanging == ["k1"], "the sink's next message waits for its oldest, which hangs still"
            side.mood = lambda _: None
            side.released.set()
            until(lambda: waiting(floor) == 0)
    assert Counter(m["key"] for m in side.taken) == Counter(keys)
    assert in_order(side.taken)


def test_one_hour_of_everything_that_can_go_wrong(floor: Floor) -> None:
    """It fails, hangs, drops the line, asks for patience and is not there at all, one after the other."""
    keys = queue(floor, 12)
    clock = Hands(floor.clock.now)
    begun = clock.at
    with other_side() as side:
        phases = (503, HANGS, DIES, 429)
        webhook, gone = Webhook(side.url, SECRET, timeout=0.1), Webhook("http://127.0.0.1:9/", SECRET, timeout=0.1)
        rounds = 0
        while waiting(floor):
            minutes = int((clock.at - begun).total_seconds() // 60)
            side.answers = lambda _, minutes=minutes: phases[minutes // 12] if minutes < 48 else 200  # type: ignore[misc]
            sink = gone if 48 <= minutes < 60 else webhook
            Courier(floor.assistant, sink, clock).deliver()
            clock.at += timedelta(seconds=30)
            rounds += 1
            assert rounds < 400
        assert clock.at - begun > timedelta(hours=1)
    assert len(side.hanging) >= len(SINKS)
    assert Counter(m["key"] for m in side.taken) == Counter(keys)
    assert in_order(side.taken)


def test_a_worker_killed_while_a_sink_hangs_loses_nothing(floor: Floor) -> None:
    keys = queue(floor, 12)
    with other_side() as side:
        side.mood = lambda sink: HANGS if sink == "quality" else None
        with _worker(floor, side) as worker:
            until(lambda: bool(side.hanging) and len(side.taken) >= 4)
            worker.send_signal(signal.SIGKILL)
        side.mood = lambda _: None
        _free_leases(floor)
        with _worker(floor, side) as worker:
            until(lambda: set(keys) <= {m["key"] for m in side.taken})
            worker.terminate()
            assert worker.wait(PATIENCE) == 0, "it stops in good order when asked to"
    got = Counter(m["key"] for m in side.taken if m["key"] in keys)
    assert set(got) == set(keys)
    assert sum(got.values()) - len(keys) <= len(SINKS)
    assert in_order([m for m in side.taken if m["key"] in keys])


def test_a_message_that_we_cannot_send_is_set_aside_and_shown(floor: Floor, tmp_path: Path) -> None:
    keys = queue(floor, 6)

    class Faulty(LogFile):
        def send(self, message: Message) -> str | None:
            if message.key == "k0":
                raise KeyError("no such thing")
            return super().send(message)

    clock, log = Hands(floor.clock.now), tmp_path / "messages.log"
    courier = Courier(floor.assistant, Faulty(log), clock)
    for _ in range(40):
        courier.deliver()
        clock.at += timedelta(minutes=1)
    aside = floor.assistant.store.run(lambda s: s.outbox.set_aside(), write=False)
    assert [(m.key, m.attempts) for m in aside] == [("k0", 5)]
    assert "no such thing" in str(aside[0].error)
    sent = [json.loads(line)["key"] for line in log.read_text(encoding="utf-8").splitlines()]
    assert sorted(sent) == keys[1:]


def test_retry_after_is_honoured(floor: Floor) -> None:
    queue(floor, 1)
    clock = Hands(floor.clock.now)
    with other_side() as side:
        side.answers = lambda call: 429 if call == 1 else 200
        courier = Courier(floor.assistant, Webhook(side.url, SECRET), clock)
        assert courier.deliver() == 1
        clock.at += timedelta(seconds=29)
        assert courier.deliver() == 0
        clock.at += timedelta(seconds=2)
        assert courier.deliver() == 1
    assert [m["key"] for m in side.taken] == ["k0"]


def test_a_message_that_is_refused_for_good_is_set_aside_and_the_next_goes_on(floor: Floor) -> None:
    queue(floor, 6)
    clock = Hands(floor.clock.now)
    with other_side() as side:
        side.answers = lambda call: 400 if call == 1 else 200
        courier = Courier(floor.assistant, Webhook(side.url, SECRET), clock)
        while courier.deliver():
            clock.at += timedelta(seconds=1)
    aside = floor.assistant.store.run(lambda s: s.outbox.set_aside(), write=False)
    assert [(m.key, m.error) for m in aside] == [("k0", "answered 400")]
    assert len(side.taken) == 5
    store, (refused,) = floor.assistant.store, aside
    assert "could not be delivered" in create_app(floor.assistant).test_client().get("/open").text
    assert not store.run(lambda s: s.outbox.again(refused.id + 1, clock.at)), "only what was set aside is sent again"
    assert store.run(lambda s: s.outbox.again(refused.id, clock.at))
    with other_side() as side:
        assert Courier(floor.assistant, Webhook(side.url, SECRET), clock).deliver() == 1
    assert [m["key"] for m in side.taken] == ["k0"]
    assert store.run(lambda s: s.outbox.troubled(), write=False) == []


def test_a_log_file_keeps_every_message(floor: Floor, tmp_path: Path) -> None:
    keys = queue(floor, 5)
    courier = Courier(floor.assistant, LogFile(tmp_path / "var" / "messages.log"), Hands(floor.clock.now))
    while courier.deliver():
        pass
    lines = (tmp_path / "var" / "messages.log").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["key"] for line in lines) == sorted(keys)


def test_several_couriers_at_once_keep_the_order_of_each_sink(floor: Floor) -> None:
    keys = queue(floor, 40)
    clock = Hands(floor.clock.now)
    with other_side() as side:

        def run() -> None:
            courier = Courier(floor.assistant, Webhook(side.url, SECRET), clock)
            while waiting(floor):
                courier.deliver()

        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
    assert Counter(m["key"] for m in side.taken) == Counter(keys)
    assert in_order(side.taken)


def test_a_killed_worker_loses_nothing_and_doubles_only_what_was_on_its_way(floor: Floor) -> None:
    keys = queue(floor, 45)
    with other_side() as side:
        kills = 0
        start = time.monotonic()

        def missing() -> set[str]:
            return set(keys) - {m["key"] for m in side.taken}

        while missing():
            assert time.monotonic() - start < PATIENCE
            with _worker(floor, side) as worker:
                before = len(side.taken)
                while len(side.taken) < before + 20 and missing():
                    assert time.monotonic() - start < PATIENCE
                    time.sleep(0.005)
                worker.send_signal(signal.SIGKILL)
            kills += 1
            _free_leases(floor)
    got = Counter(m["key"] for m in side.taken if m["key"] in keys)
    assert set(got) == set(keys)
    assert kills >= 2
    assert sum(got.values()) - len(keys) <= kills * len(SINKS)
    assert in_order([m for m in side.taken if m["key"] in keys])


@contextmanager
def _worker(floor: Floor, side: OtherSide) -> Iterator[subprocess.Popen[bytes]]:
    """The background process that posts to the other side; killed at the end where it still runs."""
    environment = os.environ | {
        "FLOOR_DATABASE_URL": floor.url,
        "FLOOR_WEBHOOK_URL": side.url,
        "FLOOR_WEBHOOK_SECRET": SECRET,
    }
    command = [sys.executable, "-m", "assistant.cli", "worker"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as worker:
        try:
            yield worker
        finally:
            worker.kill()


def _free_leases(floor: Floor) -> None:
    """As if a minute had passed: what a dead courier had taken is due again."""
    past = floor.assistant.store.database.moment(floor.clock.now - timedelta(days=1))

    def work(session: Session) -> None:
        session.connection.execute("UPDATE outbox SET due = ? WHERE due IS NOT NULL", (past,))

    floor.assistant.store.run(work)


def test_a_message_is_what_programs_expect() -> None:
    at = datetime.fromisoformat("2026-11-22T09:00:00-08:00")
    message = Message(1, "quality", "k1", {"say": "CB1109 is on hold."}, at, 0)
    with other_side() as side:
        Webhook(side.url, SECRET).send(message)
    assert side.taken == [{"key": "k1", "to": "quality", "at": at.isoformat(), "say": "CB1109 is on hold."}]
