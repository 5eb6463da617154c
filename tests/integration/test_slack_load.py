"""Many events at once: each is acknowledged in time, and counts once; the real server with gunicorn's threads.

FLOOR_SLACK_SECONDS=30 sends for as long as that (200 events a second); without it for one second.
"""

import http.client
import json
import os
import threading
import time
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlsplit

from tests.support.slack_floor import MARIA, SlackFloor, books, serving
from tests.support.slack_server import event, signed, slack_server

SECONDS = int(os.environ.get("FLOOR_SLACK_SECONDS", "1"))
RATE = 200
CLIENTS = 24
PATIENCE = 60.0
TOLD = "where is RM1107"
MOVED = "moved 1 case of romaine RM1111 from cooler 1 bay 2 to line 2"
EVERY = 20
"""Every so manyth event is a report, and sent twice; the others ask or chat."""


def send(url: str, work: "Queue[tuple[float, str]]", times: list[float]) -> None:
    """One of Slack's senders: each request at its moment, on one connection."""
    line = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    while True:
        try:
            at, body = work.get_nowait()
        except Empty:
            line.close()
            return
        time.sleep(max(0.0, at - time.monotonic()))
        line.request("POST", "/slack/events", body, {"Content-Type": "application/json", **signed(body)})
        answer = line.getresponse()
        answer.read()
        assert answer.status == 200
        times.append(time.monotonic() - at)


def test_two_hundred_events_a_second_are_acknowledged_and_none_is_lost_or_counted_twice(tmp_path: Path) -> None:
    (tmp_path / "floor.db").write_bytes(books())
    with slack_server() as slack:
        floor = SlackFloor(slack, tmp_path)
        with serving(floor) as (url, _):
            work: Queue[tuple[float, str]] = Queue()
            begin, sent = time.monotonic() + 0.5, RATE * SECONDS
            users = [MARIA, *(f"U{n:02}OTHER" for n in range(40))]
            for n in range(sent):
                moves = n % EVERY == 0
                said = event(MARIA if moves else users[n % 41], MOVED if moves else TOLD, floor.ts(), "D0LOAD")
                work.put((begin + n / RATE, json.dumps(said)))
                if moves:
                    work.put((begin + n / RATE, json.dumps(said)))
            times: list[float] = []
            senders = [threading.Thread(target=send, args=(url, work, times)) for _ in range(CLIENTS)]
            for sender in senders:
                sender.start()
            for sender in senders:
                sender.join(timeout=SECONDS + PATIENCE)
            end = time.monotonic() + PATIENCE * 5
            while floor.channel.book.unhandled() and time.monotonic() < end:
                time.sleep(0.1)
        taken = sent // EVERY
        ordered = sorted(times)
        slowest, p99 = ordered[-1], ordered[int(len(ordered) * 0.99)]
        print(f"{len(times)} requests, p99 {p99 * 1000:.0f} ms, slowest {slowest * 1000:.0f} ms")  # noqa: T201
        assert len(times) == sent + taken
        assert p99 < 1.0
        assert floor.channel.book.unhandled() == 0
        heard = [e for e in floor.entries() if e["kind"] == "move"]
        assert len(heard) == min(taken, 30)
        answered = floor.channel.book.rows("SELECT count(*) FROM post WHERE key LIKE 'reply:%'")[0][0]
        assert answered == sent
        floor.close()
