"""`floor bench`: what a turn costs, as ratios to raw sqlite3 in the same run; never an absolute time."""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Final

from assistant.assistant import Assistant
from assistant.bootstrap import bootstrap
from assistant.demo import PLANT
from assistant.intents import parse
from assistant.messages import Utterance
from assistant.reports.draft import Speaker, Surroundings
from assistant.reports.proposal import Proposal, propose
from assistant.reports.report import Report
from assistant.rules import Request, objections, remarks
from assistant.settings import load
from store.model import Posting, Situation, Transaction
from store.plant.loading import load as load_plant
from store.session import Session, Store

SAID: Final = ("moved 1 cs RM1111 from C1-02 to line 2", "moved 1 cs RM1111 from line 2 to C1-02")

RAW: Final = """
create table idem(key text primary key, entry_id bigint not null);
create table ledger(id integer primary key, ts text not null, kind text not null, lot int not null, src int not null,
  dst int not null, quantity bigint not null, actor text not null, key text not null);
create table balance(lot int not null, place int not null, quantity bigint not null, primary key(lot, place));
create table outbox(id integer primary key, entry_id bigint not null, body text not null);
"""
UPSERT: Final = (
    "insert into balance values(?,?,?) on conflict(lot, place) do update set quantity = quantity + excluded.quantity"
)


class Raw:
    """The least that a ledger transaction can be: key, entry, two balances, a message, one commit, by sqlite3 alone."""

    def __init__(self, folder: Path) -> None:
        self.connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
        self.connection.execute("pragma journal_mode=wal")
        self.connection.execute("pragma synchronous=full")
        self.connection.executescript(RAW)
        self.count = 0

    def transaction(self) -> None:
        """One of them."""
        self.count += 1
        execute, key = self.connection.execute, f"key-{self.count}"
        execute("begin immediate")
        entry = execute(
            "insert into ledger(ts,kind,lot,src,dst,quantity,actor,key) values(?,?,?,?,?,?,?,?)",
            ("2026-11-22T00:00:00Z", "move", 1, 2, 3, 24, "deshawn", key),
        ).lastrowid
        execute("insert into idem values(?,?)", (key, entry))
        execute(UPSERT, (1, 2, -24))
        execute(UPSERT, (1, 3, 24))
        execute("insert into outbox(entry_id, body) values(?,?)", (entry, '{"lot":1}'))
        execute("commit")


def demo(folder: Path) -> Assistant:
    """The demo plant in a database of its own."""
    url = f"sqlite:///{folder / 'bench.db'}"
    store = Store(url)
    store.migrate()
    settings = load(database_url=url, timezone="UTC")
    assistant = bootstrap(settings)
    load_plant(store, PLANT, assistant.today(), assistant.now(), None)
    store.close()
    return assistant


@dataclass(frozen=True, slots=True)
class Judged:
    """A transaction with the situation and the request that it is judged in."""

    transaction: Transaction
    situation: Situation
    request: Request


def judged(assistant: Assistant) -> Judged:
    """One case of romaine moved, ready for the gate."""

    def work(session: Session) -> Judged:
        slots = {"lot": "RM1111", "quantity": "1", "unit": "case", "from": "C1-02", "to": "L2"}
        situation = session.situation(["RM1111"], [], assistant.now(), assistant.today(), lock=False)
        made = propose(Report("move", slots, SAID[0]), Surroundings(situation), Speaker("deshawn", "slack", "bench"))
        if not isinstance(made, Proposal):
            message = f"the demo plant has no RM1111 to move: {made}"
            raise TypeError(message)
        return Judged(made.transaction, situation, Request(by=session.catalog.people["deshawn"]))

    return assistant.store.run(work, write=False)


def parts(assistant: Assistant) -> Mapping[str, Callable[[], object]]:
    """What a turn is made of, each as something that can be called again and again."""
    turns, posted = count(), count()
    vocabulary = assistant.store.run(assistant.words, write=False)
    book = assistant.store.run(assistant.book, write=False)
    today, now, case = assistant.today(), assistant.now(), judged(assistant)

    def whole() -> object:
        number = next(turns)
        return assistant.hear(Utterance("deshawn", "slack", SAID[number % 2], f"bench{number}"))

    def rules() -> object:
        before = objections(case.transaction, case.situation, book, case.request)
        return before, remarks(case.transaction, case.situation, case.situation, book)

    def ledger() -> object:
        number = next(posted)
        sides = tuple(_back(p) for p in case.transaction.postings) if number % 2 else case.transaction.postings
        told = replace(case.transaction, key=f"bench#{number}", postings=sides, happened=now)
        return assistant.store.run(lambda s: s.ledger.record(told, recorded=now))

    return {
        "parse": lambda: parse(SAID[0], vocabulary, today, now=now),
        "rules (gate and watch)": rules,
        "ledger (record, committed)": ledger,
        "whole turn (parse, rules, posting, reply)": whole,
    }


def _back(posting: Posting) -> Posting:
    return replace(posting, quantity=-posting.quantity, amount=-posting.amount)


def turn(rounds: int = 7, each: int = 60) -> list[tuple[str, float, float]]:
    """(part, median CPU microseconds, ratio to raw sqlite3), measured in turns so that noise meets all alike."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        assistant = demo(folder)
        raw = Raw(folder)
        measured = {"raw sqlite3 transaction": raw.transaction, **parts(assistant)}
        spent: dict[str, list[float]] = {part: [] for part in measured}
        for work in measured.values():
            work()
            work()
        for _ in range(rounds):
            for part, work in measured.items():
                start = time.process_time()
                for _ in range(each):
                    work()
                spent[part].append((time.process_time() - start) / each * 1e6)
        assistant.store.close()
        raw.connection.close()
    medians = {part: statistics.median(times) for part, times in spent.items()}
    base = medians["raw sqlite3 transaction"]
    return [(part, medians[part], medians[part] / base) for part in measured]
