"""What a transaction costs, in counts: statements, syncs and steps, the same however large the books are."""

import itertools
import sqlite3
from collections.abc import Callable
from typing import Any, cast

import pytest

from store.bench.growth import grow
from store.model import Kind, Transaction
from store.proof.verify import verify
from store.session import Session, Store
from tests.support.books import (
    NOON,
    TODAY,
    consume,
    count,
    give_back,
    later,
    moved,
    post,
    produce,
    receive,
    ship,
    transaction,
)

MOST = 6
"""Statements that one entry may take, BEGIN and COMMIT aside."""

REPORTS: dict[str, Callable[[str], Transaction]] = {
    "receive": lambda n: receive(f"NEW{n}", 5),
    "move": lambda n: moved("A", 1, "DOCK", "RACK"),
    "move to several places": lambda n: transaction(
        Kind.MOVE, [("A", "DOCK", -2), ("A", "LINE", 1), ("B", "DOCK", -1), ("B", "RACK", 1), ("A", "HOLD", 1)]
    ),
    "first consumption": lambda n: consume("A", 2, order="WO-2"),
    "consumption": lambda n: consume("A", 2),
    "return": lambda n: give_back("A", 1),
    "output": lambda n: produce(f"F{n}", 3),
    "count with a difference": lambda n: count("B", "DOCK", 98, 99),
    "count as expected": lambda n: count("B", "COOLER", 0, 0),
    "shipment": lambda n: ship("A", 1),
    "hold": lambda n: transaction(Kind.HOLD, lots=("A", "B")),
    "start": lambda n: transaction(Kind.START, work_order="WO-2"),
    "finish": lambda n: transaction(Kind.FINISH, work_order="WO-2"),
    "late move": lambda n: moved("A", 1, "DOCK", "RACK", happened=later(-30)),
    "late first consumption": lambda n: consume("A", 1, order="WO-2", happened=later(-30)),
    "late output": lambda n: produce(f"F{n}", 3, happened=later(-30)),
}


class Counted:
    """What one transaction of a session did: statements, and what the database itself saw of them."""

    def __init__(self, store: Store, session: Session) -> None:
        self._connection = session.connection
        self._before = session.connection.statements
        self.seen: list[str] = []
        self.steps = 0
        self._driver = cast("Any", session.connection.core.connection.dbapi_connection)
        if store.dialect == "sqlite":
            self._driver.set_trace_callback(self.seen.append)
            self._driver.set_progress_handler(self._step, 1)

    def _step(self) -> int:
        self.steps += 1
        return 0

    @property
    def statements(self) -> int:
        return self._connection.statements - self._before

    def stop(self) -> None:
        if isinstance(self._driver, sqlite3.Connection):
            self._driver.set_trace_callback(None)
            self._driver.set_progress_handler(None, 0)


def told_apart(seen: list[str]) -> list[str]:
    """The statements; SQLite tells one again for each trigger that it runs."""
    return [sql for sql, _ in itertools.groupby(seen)]


def cost(store: Store, name: str, report: Transaction) -> tuple[int, int]:
    """Statements and steps of recording one report, which is then undone; on SQLite also what the database saw."""
    with store.begin() as session:
        _ = session.catalog
        counted = Counted(store, session)
        session.ledger.record(report, recorded=NOON)
        counted.stop()
        if store.dialect == "sqlite":
            assert len(told_apart(counted.seen)) == counted.statements, name
        return counted.statements, counted.steps


def costs(store: Store, size: str) -> dict[str, tuple[int, int]]:
    return {name: cost(store, name, report(size)) for name, report in REPORTS.items()}


def many_lots(session: Session) -> None:
    """Twenty times the balances, so that none is found by reading all of them."""
    for n in range(200):
        session.ledger.record(receive(f"M{n}", 1, happened=later(-60)), recorded=NOON)


def prepared(store: Store) -> None:
    post(
        store,
        *(receive(code, 100, happened=later(-60)) for code in "AB"),
        consume("A", 10, happened=later(-50)),
        produce("F", 5, happened=later(-40)),
        moved("A", 40, "DOCK", "COOLER"),
        moved("A", 5, "DOCK", "RACK"),
    )


def test_statements_stay_few_and_the_same_at_a_thousand_and_at_a_hundred_thousand_entries(store: Store) -> None:
    prepared(store)
    store.run(lambda session: grow(session, 1_000, "B", ("DOCK", "COOLER"), NOON))
    small = costs(store, "small")
    store.run(lambda session: grow(session, 99_000, "B", ("DOCK", "COOLER"), NOON))
    store.run(many_lots)
    large = costs(store, "large")
    assert {name: statements for name, (statements, _) in small.items() if statements > MOST} == {}
    assert {n: s for n, (s, _) in large.items()} == {n: s for n, (s, _) in small.items()}
    if store.dialect == "sqlite":
        grown = {name: (large[name][1], steps) for name, (_, steps) in small.items() if large[name][1] > 1.2 * steps}
        assert grown == {}, "the database works more for the same report when the books are larger"


def test_a_reversal_takes_as_few_statements(store: Store) -> None:
    prepared(store)
    reports = (
        consume("A", 1), count("B", "DOCK", 99, 100), moved("A", 1, "DOCK", "RACK"), receive("C", 1), produce("G", 1),
        transaction(Kind.HOLD, lots=("A",)), transaction(Kind.START, work_order="WO-2"), ship("A", 1),
    )  # fmt: skip
    for entry in post(store, *reports):
        with store.begin() as session:
            _ = session.catalog
            spent = Counted(store, session)
            session.ledger.reverse(
                entry.number, by="maria", channel="console", key="undo", happened=NOON, recorded=NOON
            )
            spent.stop()
            assert spent.statements <= MOST, entry.transaction.kind


def test_one_transaction_is_one_commit_and_one_sync(sqlite_store: Store) -> None:
    prepared(sqlite_store)
    with sqlite_store.begin() as session:
        driver: Any = session.connection.core.connection.dbapi_connection
        assert driver.execute("PRAGMA synchronous").fetchone() == (2,), "FULL: every commit waits for the disk"
        assert driver.execute("PRAGMA journal_mode").fetchone() == ("wal",), "one file is written at a commit"
    seen: list[str] = []
    driver.set_trace_callback(seen.append)
    post(sqlite_store, moved("A", 1, "DOCK", "RACK"))
    driver.set_trace_callback(None)
    words = [sql.split()[0] for sql in told_apart(seen)]
    assert words[0] == "BEGIN"
    assert words[-1] == "COMMIT"
    assert (words.count("BEGIN"), words.count("COMMIT"), words.count("ROLLBACK")) == (1, 1, 0)
    assert len(words) - 2 <= MOST, words


def test_a_situation_takes_at_most_three_statements(store: Store) -> None:
    prepared(store)
    with store.begin() as session:
        _ = session.catalog
        before = session.connection.statements
        situation = session.situation(["A", "B", "F", "Z"], ["WO-1", "WO-2", "WO-9"], NOON, TODAY)
        assert session.connection.statements - before <= 3
    assert (sorted(situation.lots), sorted(situation.orders)) == (["A", "B", "F"], ["WO-1", "WO-2"])


def test_a_grown_ledger_still_proves(store: Store) -> None:
    prepared(store)
    store.run(lambda session: grow(session, 200, "B", ("DOCK", "COOLER"), NOON))
    assert verify(store) is None


def test_growing_by_an_odd_number_is_refused(sqlite_store: Store) -> None:
    with pytest.raises(ValueError, match="odd"), sqlite_store.begin() as session:
        grow(session, 3, "B", ("DOCK", "COOLER"), NOON)
