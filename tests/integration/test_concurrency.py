"""Several processes post at once: nothing is lost, nothing is twice, nothing goes below zero.

FLOOR_TEST_TRANSACTIONS=20000 asks for the large run, `--log-cli-level=INFO` tells what the processes did.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store.database import BUSY_MILLISECONDS
from store.errors import AlreadyReversed, Busy, Shortage
from store.model import Kind
from store.proof.verify import verify
from store.session import ATTEMPTS, Session, Store
from store.units import SCALE
from tests.support import poster
from tests.support.books import NOON, TODAY, later, moved, post, receive, stock, take_back, transaction
from tests.support.proof import prove

TRANSACTIONS = int(os.environ.get("FLOOR_TEST_TRANSACTIONS", "1200"))
LOG = logging.getLogger(__name__)
LOTS = 50
PATIENCE = 900
"""Seconds after which a process that did not end has hung."""


@pytest.mark.parametrize("store", ["sqlite", "postgresql"], indirect=True)
def test_processes_post_at_once(store: Store, tmp_path: Path) -> None:
    processes = 4 if store.dialect == "sqlite" else 8
    stocked = poster.stock_up(store, LOTS, 100)
    url = store.database.url.render_as_string(hide_password=False)
    each, shared = TRANSACTIONS // processes, TRANSACTIONS // processes // 10
    names = [f"p{n}" for n in range(processes)]
    running = [poster.start(url, name, each, LOTS, tmp_path, shared=shared) for name in names]
    for process in running:
        process.join(PATIENCE)
        assert process.exitcode == 0
    tallies = [poster.tally(tmp_path, name) for name in names]
    whole = {field: sum(getattr(tally, field) for tally in tallies) for field in vars(tallies[0])}
    LOG.info("%s, %d processes, %d transactions: %s", store.dialect, processes, each * processes, whole)
    assert (whole["busy"], whole["full"]) == (0, 0)
    assert sum(whole.values()) - whole["retries"] == each * processes
    assert whole["posted"] > each * processes // 2
    assert whole["repeated"] > 0
    with store.begin(write=False) as session:
        entries = session.ledger.entries()
    assert len(entries) == stocked + whole["posted"]
    told = {entry.transaction.key: entry.number for entry in entries if not entry.transaction.key.startswith("test:")}
    assert told == poster.acknowledged(tmp_path)
    assert prove(store) == len(entries)
    assert verify(store) is None


def test_a_transaction_that_others_keep_out_is_tried_a_bounded_number_of_times(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(store, receive("A", 10))
    monkeypatch.setattr("store.database.BUSY_MILLISECONDS", 20)
    other = Store(store.database.url.render_as_string(hide_password=False))
    with store.begin() as holding:
        holding.situation(["A"], [], NOON, TODAY)
        attempts = []

        def work(session: Session) -> None:
            attempts.append(session)
            session.situation(["A"], [], NOON, TODAY)

        with pytest.raises(Busy, match=f"busy {ATTEMPTS} times"):
            other.run(work)
    assert other.retries == ATTEMPTS
    assert len(attempts) in {0, ATTEMPTS}, "SQLite waits at BEGIN, PostgreSQL at the rows"
    other.run(work)
    other.close()
    assert BUSY_MILLISECONDS * ATTEMPTS < 30_000, "a worker is told within half a minute"


def test_a_deadlock_is_tried_again(postgres_store: Store) -> None:
    post(postgres_store, receive("A", 10), receive("B", 10))
    both_hold_one = threading.Barrier(2, timeout=30)
    first_attempts = iter((True, True))

    def crosswise(codes: str) -> Callable[[Session], None]:
        def work(session: Session) -> None:
            session.situation([codes[0]], [], NOON, TODAY)
            if next(first_attempts, False):
                both_hold_one.wait()
            session.situation([codes[1]], [], NOON, TODAY)
            session.ledger.record(moved(codes[1], 1, "DOCK", "RACK"), recorded=NOON)

        return work

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(postgres_store.run, crosswise(codes)) for codes in ("AB", "BA")]:
            done.result(timeout=60)
    assert postgres_store.retries >= 1
    assert {place: n for (_, place), n in stock(postgres_store, lot="A").items()} == {"DOCK": 9, "RACK": 1}
    assert {place: n for (_, place), n in stock(postgres_store, lot="B").items()} == {"DOCK": 9, "RACK": 1}


def test_two_entries_at_once_add_up_where_a_lot_never_was(postgres_store: Store) -> None:
    post(postgres_store, receive("A", 10), moved("A", 4, "DOCK", "COOLER"))
    with ThreadPoolExecutor(1) as thread, postgres_store.begin() as session:
        session.ledger.record(moved("A", 2, "DOCK", "RACK"), recorded=NOON)
        other = thread.submit(post, postgres_store, moved("A", 3, "COOLER", "RACK"))
        wait_for_a_lock(postgres_store)
        session.commit()
        other.result(timeout=60)
    assert stock(postgres_store) == {("A", "COOLER"): 1, ("A", "DOCK"): 4, ("A", "RACK"): 5}


def test_two_entries_at_once_cannot_take_the_same_stock(postgres_store: Store) -> None:
    post(postgres_store, receive("A", 10))
    with ThreadPoolExecutor(1) as thread, postgres_store.begin() as session:
        session.ledger.record(moved("A", 6, "DOCK", "RACK", happened=later(9)), recorded=NOON)
        other = thread.submit(post, postgres_store, moved("A", 6, "DOCK", "COOLER", happened=later(5)))
        wait_for_a_lock(postgres_store)
        session.commit()
        with pytest.raises(Shortage) as refused:
            other.result(timeout=60)
    assert refused.value.available == 4 * SCALE
    assert stock(postgres_store) == {("A", "DOCK"): 4, ("A", "RACK"): 6}


def test_two_undo_at_once_take_back_once(postgres_store: Store) -> None:
    number = post(postgres_store, receive("A", 10), transaction(Kind.HOLD, lots=("A",)))[1].number
    with ThreadPoolExecutor(1) as thread, postgres_store.begin() as session:
        session.ledger.reverse(number, key="first", by="quinn", channel="console", happened=NOON, recorded=NOON)
        other = thread.submit(take_back, postgres_store, number)
        wait_for_a_lock(postgres_store)
        session.commit()
        with pytest.raises(AlreadyReversed):
            other.result(timeout=60)
    assert prove(postgres_store) == 3


def wait_for_a_lock(store: Store) -> None:
    """Until some transaction of the database waits for another one."""
    deadline = time.monotonic() + 30
    sql = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    while time.monotonic() < deadline:
        with store.begin(write=False) as session:
            if session.connection.execute(sql)[0][0]:
                return
        time.sleep(0.01)
    raise AssertionError


def test_a_hold_waits_for_whoever_judges_the_lot(postgres_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.database.BUSY_MILLISECONDS", 50)
    post(postgres_store, receive("A", 10))
    other = Store(postgres_store.database.url.render_as_string(hide_password=False))
    with postgres_store.begin() as judging:
        situation = judging.situation(["A"], [], NOON, TODAY)
        assert not situation.lots["A"].lot.on_hold
        with pytest.raises(Busy), other.begin() as session:
            session.ledger.record(transaction(Kind.HOLD, lots=("A",)), recorded=NOON)
        judging.ledger.record(moved("A", 1, "DOCK", "RACK"), recorded=NOON)
        judging.commit()
    post(other, transaction(Kind.HOLD, lots=("A",)))
    other.close()


def test_readers_do_not_wait_for_a_writer_and_see_one_state(store: Store) -> None:
    post(store, receive("A", 10))
    with store.begin() as writing:
        writing.ledger.record(moved("A", 4, "DOCK", "RACK"), recorded=NOON)
        assert stock(store) == {("A", "DOCK"): 10}
        with store.begin(write=False) as reading:
            assert len(reading.ledger.entries()) == 1
            writing.commit()
            assert len(reading.ledger.entries()) == 1
            assert [s.place for s in reading.ledger.stock()] == ["DOCK"]
    assert stock(store) == {("A", "DOCK"): 6, ("A", "RACK"): 4}
