"""A process that posts random reports as fast as it can, and writes down what the books acknowledged.

Started by `start`, from a server process that forks: a fresh interpreter would cost a second each.
"""

import json
import multiprocessing
import os
import random
from dataclasses import asdict, dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from store.errors import Busy, DependsOnLater, DuplicateKey, Shortage, StorageFull
from store.model import Entry, Kind, Transaction
from store.session import Session, Store
from tests.support import books
from tests.support.books import NOON, ORDERS, PLACES, TODAY

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.support.poster"])


@dataclass
class Tally:
    """What came of the reports of one process."""

    posted: int = 0
    short: int = 0
    repeated: int = 0
    dependent: int = 0
    busy: int = 0
    full: int = 0
    retries: int = 0


def lot_codes(lots: int) -> list[str]:
    return [f"L{n:02}" for n in range(lots)]


def stock_up(store: Store, lots: int, quantity: int) -> int:
    """Receive every lot in every place; how many entries that is."""
    told = [
        books.receive(code, quantity, place, new=place == PLACES[0]) for code in lot_codes(lots) for place in PLACES
    ]

    def post(session: Session) -> int:
        return len([session.ledger.record(report, recorded=NOON) for report in told])

    return store.run(post)


def start(url: str, name: str, reports: int, lots: int, folder: Path, *, shared: int = 0) -> BaseProcess:
    """A process of that name; `shared` of its keys are those that every other one sends as well."""
    process = CONTEXT.Process(target=_post, args=(url, name, reports, lots, str(folder), shared), daemon=True)
    process.start()
    return process


def tally(folder: Path, name: str) -> Tally:
    """What the process that ended says of itself."""
    return Tally(**json.loads((folder / f"{name}.json").read_text()))


def acknowledged(folder: Path) -> dict[str, int]:
    """Key to number of every entry that some process was told is in the books."""
    lines = [line for file in sorted(folder.glob("*.acks")) for line in file.read_text().splitlines(keepends=True)]
    told = [line.split() for line in lines if line.endswith("\n")]
    return {key: int(number) for key, number in told}


def _post(url: str, name: str, reports: int, lots: int, folder: str, shared: int) -> None:
    store = Store(url)
    chance = random.Random(name)
    result = Tally()
    acks = os.open(Path(folder) / f"{name}.acks", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    mine: list[int] = []
    for n in range(reports):
        key = f"shared:{n}" if n < shared else f"{name}:{n}"
        try:
            entry = _once(store, key, chance, lots, mine, by=name)
        except Shortage:
            result.short += 1
        except DuplicateKey:
            result.repeated += 1
        except DependsOnLater:
            result.dependent += 1
        except Busy:
            result.busy += 1
        except StorageFull:
            result.full += 1
        else:
            result.posted += 1
            if entry.reverses is None:
                mine.append(entry.number)
            os.write(acks, f"{key} {entry.number}\n".encode())
    result.retries = store.retries
    store.close()
    (Path(folder) / f"{name}.json").write_text(json.dumps(asdict(result)))


def _once(store: Store, key: str, chance: random.Random, lots: int, mine: list[int], *, by: str) -> Entry:
    if mine and chance.random() < 0.05:
        number = mine.pop(chance.randrange(len(mine)))
        return books.take_back(store, number, by=by, key=key)
    report, judged = _report(key, chance, lots, by), chance.random() < 0.5

    def work(session: Session) -> Entry:
        if judged:
            session.situation(report.lots, [report.work_order] if report.work_order else [], NOON, TODAY)
        return session.ledger.record(report, recorded=NOON)

    return store.run(work)


def _report(key: str, chance: random.Random, lots: int, by: str) -> Transaction:
    codes = lot_codes(lots)
    code = chance.choice(codes)
    told: dict[str, Any] = {"key": key, "by": by, "happened": books.later(chance.choice((0, 0, 0, 1, 2)))}
    here, there = chance.sample(PLACES, 2)
    what = chance.random()
    if what < 0.5:
        return books.moved(code, chance.randint(1, 5), here, there, **told)
    if what < 0.6:
        other = chance.choice(codes)
        lines = [(code, here, -1), (code, there, 1)]
        return books.transaction(Kind.MOVE, [*lines, (other, there, -2), (other, here, 2)], **told)
    if what < 0.7:
        return books.consume(code, 1, here, chance.choice(ORDERS), **told)
    if what < 0.75:
        return books.give_back(code, 1, here, chance.choice(ORDERS), **told)
    if what < 0.8:
        made = f"{by}-{key}"
        return books.produce(made, 1, here, chance.choice(ORDERS), **told)
    if what < 0.85:
        return books.transaction(chance.choice((Kind.HOLD, Kind.RELEASE)), lots=(code,), **told)
    return books.receive(code, chance.randint(1, 3), here, new=False, **told)
