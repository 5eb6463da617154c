"""`floor bench rules`: what judging a report costs, as ratios to durable_rules' C engine driven directly.

Rules and facts are the same on both sides, and both must give the same answer before anything is measured.
"""

import itertools
import json
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from durable import engine as durable

from assistant.rules.book.book import RuleBook
from assistant.rules.facts import Line, flat, properties
from assistant.rules.finding import Request
from assistant.rules.gate.lookup import lines
from assistant.rules.judge import objections, remarks
from assistant.rules.rule import Stage
from store.model import (
    Catalog,
    Kind,
    Lot,
    LotState,
    OrderState,
    OrderStatus,
    Person,
    Place,
    Posting,
    Product,
    RecipeLine,
    Situation,
    Transaction,
    WorkOrder,
)

NOW: Final = datetime(2026, 11, 22, 10, tzinfo=UTC)
CASE: Final = 240_000
DIRECT: Final = "C engine driven directly"


class Direct:
    """The C engine without the library's Python layer: rules are matched, actions only named."""

    def __init__(self, rules: Mapping[str, Mapping[str, Any]], named: list[str]) -> None:
        definition = {f"r{n}": {"all": [{"m": condition}]} for n, condition in enumerate(rules.values())}
        self.engine, self.names, self.named = durable.durable_rules_engine, [*rules], named
        self.handle = self.engine.create_ruleset("direct", json.dumps(definition))
        self.numbers = itertools.count(1)

    def judge(self, fact: Mapping[str, Any]) -> tuple[str, ...]:
        """The names that hold, in the order of the rules."""
        engine, sid, fired = self.engine, f"d{next(self.numbers)}", set()
        text = json.dumps({name: fact[name] for name in self.named} | {"sid": sid})
        try:
            code, offset = engine.assert_fact(self.handle, text)
            found = engine.start_action_for_state(self.handle, offset) if code == 0 else None
            message = found[1] if found else None
            while message:
                fired.add(self.names[int(next(iter(json.loads(message)))[1:])])
                message = engine.complete_and_start_action(self.handle, offset)
        finally:
            engine.delete_state(self.handle, sid)
        return tuple(name for name in self.names if name in fired)


@dataclass(frozen=True, slots=True)
class Case:
    """A report of one lot used on an order, with what is known before and after it."""

    transaction: Transaction
    before: Situation
    after: Situation
    request: Request


def cases() -> tuple[list[Case], list[Case]]:
    """Reports that may post, and reports that are refused: beyond the stock, and of a lot on hold."""
    fine = [_use("RM1107", "C1-01", 5), _use("RM1107", "C1-01", 2)]
    refused = [_use("RM1107", "C1-01", 15), _use("RM1102", "HOLD", 1)]
    return fine, refused


def _use(lot: str, place: str, count: int) -> Case:
    sides = ((place, -count), ("WO-4474", count))
    said = tuple(Posting(lot, where, amount * CASE, Decimal(amount), "case") for where, amount in sides)
    told = Transaction(Kind.CONSUME, "deshawn", "console", "key", NOW, postings=said, work_order="WO-4474")
    before, after = _floor({}), _floor({(p.lot, p.place): p.quantity for p in said})
    return Case(told, before, after, Request(before.catalog.people["deshawn"]))


def _floor(change: Mapping[tuple[str, str], int]) -> Situation:
    """A small plant with two lots of romaine, one of them on hold, and a running order; with a change of its stock."""
    catalog = Catalog(
        {
            "R-ROM": Product("R-ROM", "Romaine lettuce", "raw", "lb", {"case": CASE}, 10, traceability_list=True),
            "F-CSK": Product("F-CSK", "Caesar salad kit", "finished", "ea", {"case": 60_000}, 9, lot_prefix="K"),
        },
        {
            "C1-01": Place("C1-01", "Cooler 1 bay 1", "storage"),
            "HOLD": Place("HOLD", "QA hold cage", "hold"),
            "L2": Place("L2", "Line 2", "production"),
        },
        people={"deshawn": Person("deshawn", "DeShawn Price", "worker")},
        recipes={"F-CSK": (RecipeLine("F-CSK", 6_000_000, "R-ROM", 3_600_000, 9_200, 500),)},
    )
    made, expires = NOW.date() - timedelta(days=4), NOW.date() + timedelta(days=6)
    stock = {"RM1107": {"C1-01": 14 * CASE}, "RM1102": {"HOLD": 2 * CASE}}
    lots = {
        code: LotState(
            Lot(code, "R-ROM", "case", made, expires, "GVF", on_hold="HOLD" in there),
            {place: quantity + change.get((code, place), 0) for place, quantity in there.items()},
        )
        for code, there in stock.items()
    }
    inputs = {lot: quantity for (lot, place), quantity in change.items() if place == "WO-4474"}
    order = WorkOrder("WO-4474", "F-CSK", 9_000_000, "case", "L2", OrderStatus.RUNNING, NOW.date())
    orders = {"WO-4474": OrderState(order, inputs, products=dict.fromkeys(inputs, "R-ROM"))}
    return Situation(catalog, NOW, NOW.date(), lots, orders, {"R-ROM": tuple(lots.values())})


def works() -> dict[str, Callable[[], list[Any]]]:
    """What is measured, each judging some reports once; raises ValueError where the two engines do not agree."""
    book = RuleBook.load()
    book.warm()
    fine, refused = cases()
    facts = [flat(f) for c in (*fine, *refused) for f in lines(c.transaction, c.before, book.policy, c.request)]
    ours = book.engine(Stage.GATE, Kind.CONSUME)
    direct = Direct({r.name: r.when for r in book.rules if r.stage is Stage.GATE and Kind.CONSUME in r.on}, ours.named)
    unknown_order = dict.fromkeys(properties(Line)) | {"order_known": 0}
    if any(direct.judge(fact) != ours.judge(fact) for fact in (unknown_order, *facts)):
        raise ValueError("The two engines do not agree.")
    return {
        DIRECT: lambda: [direct.judge(f) for f in facts],
        "our engine, same rules and facts": lambda: [ours.judge(f) for f in facts],
        "objections() of a report that may post": lambda: [
            objections(c.transaction, c.before, book, c.request) for c in fine
        ],
        "remarks() of a report that posted": lambda: [remarks(c.transaction, c.before, c.after, book) for c in fine],
        "objections() of one that is refused": lambda: [
            objections(c.transaction, c.before, book, c.request) for c in refused
        ],
    }


def measure(rounds: int = 7, each: int = 300) -> list[tuple[str, float, float]]:
    """(part, median CPU microseconds a report, ratio to the C engine), in turns so that noise meets all alike."""
    measured = works()
    spent: dict[str, list[float]] = {part: [] for part in measured}
    for _ in range(rounds):
        for part, work in measured.items():
            start = time.process_time()
            reports = sum(len(work()) for _ in range(each))
            spent[part].append((time.process_time() - start) / reports * 1e6)
    medians = {part: statistics.median(times) for part, times in spent.items()}
    return [(part, medians[part], medians[part] / medians[DIRECT]) for part in measured]
