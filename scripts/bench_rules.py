"""What judging a report costs, beside durable_rules' C engine driven directly with the same rules and facts.

Run from the checkout: `.venv/bin/python scripts/bench_rules.py [rounds]`. CPU time, interleaved, medians of rounds.
"""

import itertools
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from durable import engine as durable

from assistant.rules import RuleBook, Stage, gate, watch
from assistant.rules.facts import Line, flat, properties
from assistant.rules.lines import lines
from tests.unit.rules.floor import example

EACH = 300
REPORTS: list[dict[str, Any]] = [
    {"kind": "consume", "lot": "RM1107", "quantity": "5 case", "from": "C1-01", "order": "WO-4474"},
    {"kind": "consume", "lot": "CR0930", "quantity": "2 bag", "from": "D2", "order": "WO-4474"},
    {"kind": "consume", "lot": "RM1107", "quantity": "15 case", "from": "C1-01", "order": "WO-4474"},
    {"kind": "consume", "lot": "CB1109", "quantity": "1 case", "from": "HOLD", "order": "WO-4474"},
]


class Direct:
    """The C engine without the library's Python layer: rules are matched, actions only named."""

    def __init__(self, rules: dict[str, Any], names: list[str]) -> None:
        engine = durable.durable_rules_engine
        definition = {f"r{n}": {"all": [{"m": condition}]} for n, condition in enumerate(rules.values())}
        self.engine, self.names, self.keys = engine, [*rules], names
        self.handle = engine.create_ruleset("direct", json.dumps(definition))
        self.numbers = itertools.count(1)

    def judge(self, fact: dict[str, Any]) -> tuple[str, ...]:
        """The names that hold."""
        engine, sid, fired = self.engine, f"d{next(self.numbers)}", set()
        try:
            code, offset = engine.assert_fact(self.handle, json.dumps({k: fact[k] for k in self.keys} | {"sid": sid}))
            found = engine.start_action_for_state(self.handle, offset) if code == 0 else None
            message = found[1] if found else None
            while message:
                fired.add(self.names[int(next(iter(json.loads(message)))[1:])])
                message = engine.complete_and_start_action(self.handle, offset)
        finally:
            engine.delete_state(self.handle, sid)
        return tuple(name for name in self.names if name in fired)


def cost(work: Callable[[], list[Any]]) -> float:
    """Microseconds of CPU for each of the reports that a turn of work judges."""
    start = time.process_time()
    for _ in range(EACH):
        judged = work()
    return (time.process_time() - start) / EACH / len(judged) * 1e6


def main() -> None:
    """Prints the figures."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    book = RuleBook.load()
    book.warm()
    cases = [example({"report": report}) for report in REPORTS]
    facts = [flat(line) for c in cases for line in lines(c.transaction, c.before, book.policy, c.request)]
    rules = {r.name: r.when for r in book.rules if r.stage is Stage.GATE and "consume" in r.on}
    ours = book._engine(Stage.GATE, "consume")  # noqa: SLF001 - the engine alone is what is compared
    direct = Direct(rules, [*ours._types])  # noqa: SLF001
    warm = dict.fromkeys(properties(Line)) | {"order_known": 0}
    if direct.judge(warm) != ours.judge(warm) or any(direct.judge(f) != ours.judge(f) for f in facts):
        raise SystemExit("The two engines do not agree.")
    fine, refused = cases[:2], cases[2:]
    works: dict[str, Callable[[], list[Any]]] = {
        "C engine driven directly": lambda: [direct.judge(f) for f in facts],
        "our engine, same rules and facts": lambda: [ours.judge(f) for f in facts],
        "gate() of a report that may post": lambda: [gate(c.transaction, c.before, book, c.request) for c in fine],
        "watch() of a report that posted": lambda: [watch(c.transaction, c.before, c.after, book) for c in fine],
        "gate() of one that is refused": lambda: [gate(c.transaction, c.before, book, c.request) for c in refused],
    }
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(cost(work))
    base = statistics.median(found["C engine driven directly"])
    print(f"{len(rules)} rules judged on a consume of one lot; µs of CPU a report, median of {rounds} rounds")
    for name, figures in found.items():
        print(f"{statistics.median(figures):8.1f}  {statistics.median(figures) / base:5.2f} x  {name}")


if __name__ == "__main__":
    main()
