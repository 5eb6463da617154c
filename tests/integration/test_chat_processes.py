"""Processes of `floor chat --jsonl` on one database: killed in the middle, and two at once with the same messages."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from store.proof.verify import verify
from store.session import Store
from tests.support.floor_day import load_demo

CORPORA = Path(__file__).parent.parent / "corpus"


@pytest.fixture
def demo_url(database_url: str) -> str:
    """The demo plant in a database of either kind."""
    load_demo(database_url)
    return database_url


@contextmanager
def chat(url: str) -> Iterator[subprocess.Popen[str]]:
    """A process of the assistant that reads a JSON object a line."""
    command = [sys.executable, "-m", "assistant.cli", "chat", "--jsonl"]
    environment = os.environ | {"FLOOR_DATABASE_URL": url, "FLOOR_TODAY": "2026-11-22"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **pipes) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            process.kill()


def say(process: subprocess.Popen[str], person: str, text: str, message: str, channel: str = "slack") -> dict[str, Any]:
    """One line in, one line out."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"as": person, "channel": channel, "text": text, "id": message}) + "\n")
    process.stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


def test_a_dialogue_goes_on_after_the_process_was_killed(demo_url: str) -> None:
    with chat(demo_url) as first:
        asked = say(first, "maria", "used 1 case of chicken on 4475", "a1")
        os.kill(first.pid, signal.SIGKILL)
    assert asked["asking"] == "lot"
    with chat(demo_url) as second:
        posted = say(second, "maria", "CB1120", "a2")
    assert [p["lot"] for e in posted["entries"] for p in e["lines"]] == ["CB1120", "CB1120"]


def test_the_same_id_answers_the_same_after_a_restart(demo_url: str) -> None:
    with chat(demo_url) as first:
        once = say(first, "maria", "moved 12 cs RM1107 from C1-01 to line 2", "b1")
    with chat(demo_url) as second:
        twice = say(second, "maria", "moved 12 cs RM1107 from C1-01 to line 2", "b1")
    assert once == twice
    assert [e["kind"] for e in once["entries"]] == ["move"]


def test_a_line_that_is_no_message_is_answered_and_the_next_is_read(demo_url: str) -> None:
    with chat(demo_url) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in ("nonsense", "[1, 2]", '{"as": "maria"}', '{"as": "maria", "text": "x", "channel": "fax"}'):
            process.stdin.write(line + "\n")
            process.stdin.flush()
            assert set(json.loads(process.stdout.readline())) == {"error"}, line
        answer = say(process, "maria", "where is RM1107", "c1")
    assert set(answer) == {"say", "asking", "options", "entries", "blocked", "requests", "warnings"}


def corpus() -> list[dict[str, str]]:
    """Every message of the development corpora."""
    files = (CORPORA / "typed-dev.jsonl", CORPORA / "spoken-dev.jsonl")
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]


def test_two_processes_with_the_same_messages_post_each_once(demo_url: str) -> None:
    feed = "".join(
        json.dumps({"as": "priya", "channel": m["channel"], "text": m["text"], "id": m["id"]}) + "\n" for m in corpus()
    )
    with chat(demo_url) as one, chat(demo_url) as other:
        answers = list(both(one, other, feed))
    assert len(answers) == len(corpus())
    posted = [e["number"] for first, second in answers for e in first["entries"]]
    assert posted
    assert [pair for pair in answers if pair[0] != pair[1]] == []
    store = Store(demo_url)
    channels = ("slack", "voice")
    entries = store.run(lambda s: s.ledger.entries(), write=False)
    mine = [e.number for e in entries if e.transaction.channel in channels]
    assert sorted(mine) == sorted(set(posted))
    assert verify(store) is None
    store.close()


def both(one: subprocess.Popen[str], other: subprocess.Popen[str], feed: str) -> Iterator[tuple[Any, Any]]:
    """Both processes get the same lines at the same time; their answers, pair by pair."""
    for line in feed.splitlines():
        for process in (one, other):
            assert process.stdin is not None
            process.stdin.write(line + "\n")
            process.stdin.flush()
        assert one.stdout is not None
        assert other.stdout is not None
        yield json.loads(one.stdout.readline()), json.loads(other.stdout.readline())
