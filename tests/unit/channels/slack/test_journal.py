"""What Slack sent is kept once each, however many threads bring it at the same moment."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from assistant.channels.slack.journal import LANES, Book
from assistant.channels.slack.receive.acknowledgements import Acking

PATIENCE = 20.0


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = Book(tmp_path / "slack.db")
    yield book
    book.close()


def take(book: Book, key: str) -> bool:
    return book.take(key, "said", key, {"text": key}, 1.0)


def test_what_arrives_together_is_new_once_each(book: Book) -> None:
    with ThreadPoolExecutor(8) as together:
        new = list(together.map(lambda n: take(book, f"k{n % 100}"), range(400)))
    assert sum(new) == 100
    assert book.unhandled() == 100
    assert not take(book, "k7")


def test_what_arrives_while_others_write_is_written_in_one_go(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    commits = []

    def counted(self: Book, real: object = Book.writing) -> AbstractContextManager[sqlite3.Connection]:
        commits.append(self)
        return real(self)  # type: ignore[operator, no-any-return]

    monkeypatch.setattr(Book, "writing", counted)
    told: dict[str, bool] = {}
    threads = gathered(book, told)
    for thread in threads:
        thread.join(PATIENCE)
    assert told == {f"k{n}": True for n in range(5)}
    assert len(commits) == 1


def test_a_write_that_fails_is_told_to_its_own_thread_and_costs_no_other(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = [sqlite3.OperationalError("database or disk is full")]

    def full_once(self: Book, real: object = Book.writing) -> AbstractContextManager[sqlite3.Connection]:
        if failing:
            raise failing.pop()
        return real(self)  # type: ignore[operator, no-any-return]

    monkeypatch.setattr(Book, "writing", full_once)
    told: dict[str, bool] = {}
    threads = gathered(book, told)
    for thread in threads:
        thread.join(PATIENCE)
    assert len(told) == 5
    assert sorted(told.values()) == [False, True, True, True, True]
    assert book.unhandled() == 4


def gathered(book: Book, told: dict[str, bool]) -> list[Thread]:
    """Five threads that have brought something while somebody else was writing, and may go on now."""

    def bring(key: str) -> None:
        try:
            told[key] = take(book, key)
        except sqlite3.OperationalError:
            told[key] = False

    threads = [Thread(target=bring, args=(f"k{n}",)) for n in range(5)]
    end = monotonic() + PATIENCE
    with book._lock:
        for thread in threads:
            thread.start()
        while len(book._arrived) < len(threads):
            assert monotonic() < end
            sleep(0.001)
    return threads


def test_each_person_is_heard_in_order(book: Book) -> None:
    for n in range(20):
        book.take(f"k{n}", "said", f"U{n % 3}", {"n": n}, 1.0)
    heard = []
    for lane in range(LANES):
        while (taken := book.next(lane)) is not None:
            heard.append((taken.body["n"] % 3, taken.body["n"]))
            book.handled(taken.id, 2.0)
    assert len(heard) == 20
    for person in range(3):
        own = [n for who, n in heard if who == person]
        assert own == sorted(own)


def test_the_file_does_not_grow_without_end(book: Book) -> None:
    for n in range(4):
        about = [f"{('entry', 'ask', 'request', 'warning')[n]}:{n}"]
        book.post(f"p{n}", "C1", "chat.postMessage", {"text": "x"}, 1.0, about=about)
    book.post("f", "C1", "files", {"base64": "x" * 10_000}, 1.0)
    for key in ("p0", "p1", "p2", "p3", "f"):
        post = book.find(key)
        assert post is not None
        book.sent(post.id, 2.0, None)
    sent = book.find("f")
    assert sent is not None
    assert sent.body == {}
    book.forget(2.0)
    assert book.find("p0") is not None
    book.forget(3.0)
    assert [book.find(f"p{n}") is not None for n in range(4)] == [False, False, True, True]
    assert book.find("f") is None
    assert book.open_cards("request:") == ["request:2"]
    settled = book.find("p2")
    assert settled is not None
    assert book.settle("request:2", settled, {"text": "Approved"}, 4.0)
    book.forget(5.0)
    assert book.find("p2") is None


def test_work_rests_while_an_acknowledgement_is_waited_for_but_not_for_ever() -> None:
    acking = Acking()
    assert acking.rest(0)
    with acking:
        with acking:
            assert not acking.rest(0)
        assert not acking.rest(0.001)
    assert acking.rest(0)
