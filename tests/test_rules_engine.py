"""The rule engine against a plain reading of the same conditions: random facts, many threads, a dirtied heap.

`FLOOR_RULE_FACTS=1000000 MALLOC_PERTURB_=165 pytest tests/test_rules_engine.py` is the long run; it prints its figures.
"""

import ctypes
import gc
import os
import random
import sys
import threading
import warnings
from pathlib import Path
from typing import Any

import pytest

from assistant.rules.engine.engine import LONGEST_TEXT, RuleSet
from assistant.rules.engine.syntax import faults
from assistant.rules.facts import properties
from assistant.rules.stages import BUILT_IN, FACTS
from tests.support.rule_oracle import fired

FACTS_JUDGED = int(os.environ.get("FLOOR_RULE_FACTS", "20000"))
THREADS = 8
PARTS = 10
"""The facts come in so many parts; the first of them is the warm-up of the heap."""
LONG_RUN = 100_000
GROWTH = 1.0
"""Mebibytes that the process may grow over the facts judged after the first part."""

NUMBERS = (0, 1, 2, -1, 3, 7, 10_000, 2**31, 2**53, 2**53 + 1, 2**61, -(2**61), 2**62 - 1)
WEIRD = (
    "", '"', "\\", "\n", "\0", 'a"b\\', "鶏🐔", "é" * 600, "{", "}", "[1,2]", "null", "'", "x" * 70_000, "\u2028",
    "%s%n", "consume\0", "consume ", "qa" + "x" * 65_536, "\ud800", "9", "1e-07", "nil",
)  # fmt: skip


def resident() -> float:
    """Mebibytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def literals(condition: object) -> set[Any]:
    """Every literal in a condition: what a random fact should hit now and then."""
    if isinstance(condition, dict):
        return set().union(*(literals(v) for k, v in condition.items() if k != "$m")) if condition else set()
    if isinstance(condition, list):
        return set().union(*map(literals, condition))
    return {condition}


def random_condition(rnd: random.Random, types: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    """A condition of any allowed shape over the properties."""
    roll = rnd.random()
    if depth < 3 and roll < 0.35:
        joint = rnd.choice(("$and", "$or"))
        return {joint: [random_condition(rnd, types, depth + 1) for _ in range(rnd.randint(1, 4))]}
    name = rnd.choice([*types])
    numbers = [n for n, t in types.items() if t is int]
    if types[name] is int:
        ordering = rnd.choice(("$lt", "$lte", "$gt", "$gte"))
        shape = rnd.randrange(5)
        if shape == 0:
            return {ordering: {name: {"$m": rnd.choice(numbers)}}}
        if shape == 1:
            return {ordering: {name: rnd.choice(NUMBERS)}}
        literal: Any = rnd.choice((None, *NUMBERS))
    else:
        shape, literal = rnd.randrange(2, 5), rnd.choice((None, "qa", "consume", "hold", "a b", "é"))
    return {"$neq": {name: literal}} if shape == 2 else {name: literal}


def random_fact(rnd: random.Random, types: dict[str, Any], words: list[str]) -> dict[str, Any]:
    """A fact with every property, many of them null, equal or hostile."""
    fact: dict[str, Any] = {}
    for name, kind in types.items():
        roll = rnd.random()
        if roll < 0.2:
            fact[name] = None
        elif kind is int:
            numbers = (0, 1) if roll < 0.6 else NUMBERS if roll < 0.85 else range(-4, 4)
            fact[name] = rnd.choice(numbers)
        else:
            fact[name] = rnd.choice(words) if roll < 0.8 else rnd.choice(WEIRD)
    return fact


def as_seen(fact: dict[str, Any]) -> dict[str, Any]:
    """The fact as the engine is meant to see it: long texts cut."""
    return {k: v[:LONGEST_TEXT] if isinstance(v, str) else v for k, v in fact.items()}


def sets_of_rules() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Our own rules by stage, and random conditions of every allowed shape."""
    made = []
    for stage, record in FACTS.items():
        ours = {name: check.when for name, (at, check) in BUILT_IN.items() if at is stage}
        made.append((ours, properties(record)))
    rnd = random.Random(2026)
    types = {"a": int, "b": int, "c": int, "d": int, "s": str, "t": str, "kind": str}
    for count in (1, 12, 90):
        rules: dict[str, Any] = {}
        while len(rules) < count:
            condition = random_condition(rnd, types)
            assert not [*faults(condition, types)]
            rules[f"r{len(rules)}"] = condition
        made.append((rules, types))
    return made


def test_the_engine_agrees_with_a_plain_reading(capsys: pytest.CaptureFixture[str]) -> None:
    made = [(rules, types, RuleSet(rules, types)) for rules, types in sets_of_rules()]
    wrong: list[tuple[Any, ...]] = []
    judged = [0] * THREADS
    reached: set[str] = set()

    sizes: list[float] = []
    each = FACTS_JUDGED // THREADS // PARTS

    def measure() -> None:
        gc.collect()
        sizes.append(resident())

    rest = threading.Barrier(THREADS, action=measure)

    def work(number: int) -> None:
        rnd = random.Random(number * 7919)
        words = [[w for w in literals([*rules.values()]) if isinstance(w, str)] for rules, _, _ in made]
        for _ in range(PARTS):
            for _ in range(each):
                which = rnd.randrange(len(made))
                rules, types, engine = made[which]
                fact = random_fact(rnd, types, words[which] or ["x"])
                got, wanted = engine.judge(fact), fired(rules, as_seen(fact))
                reached.update(got)
                if got != wanted:
                    wrong.append((which, fact, got, wanted))
                judged[number] += 1
            rest.wait(timeout=600)

    switch = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(switch)
    growth = sizes[-1] - sizes[0]
    assert not wrong[:3]
    assert judged == [each * PARTS] * THREADS
    assert {name for name, (stage, _) in BUILT_IN.items() if stage in FACTS} <= reached
    if FACTS_JUDGED > LONG_RUN:
        with capsys.disabled():
            heap, curve = os.environ.get("MALLOC_PERTURB_"), " ".join(f"{size:.1f}" for size in sizes)
            print(f"\n{sum(judged)} facts on {THREADS} threads, MALLOC_PERTURB_={heap}: 0 wrong, MiB {curve}")  # noqa: T201
        assert growth < GROWTH


class _Malloc(ctypes.Structure):
    """What the C library tells of its heap (mallinfo2), in bytes."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in ("arena", "free_chunks", "fast_chunks", "maps", "mapped", "_", "fast", "used", "free", "top")
    )


def in_use() -> int:
    """Bytes that the C heap has handed out and not got back; unlike the size of the process, no fragmentation."""
    told = ctypes.CDLL(None).mallinfo2
    told.restype = _Malloc
    found = told()
    return int(found.used + found.mapped)


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="the C library does not tell of its heap")
def test_nothing_of_a_fact_is_kept() -> None:
    made = [(types, RuleSet(rules, types)) for rules, types in sets_of_rules()]
    rnd = random.Random(7)

    def judge(facts: int) -> None:
        for _ in range(facts):
            types, engine = rnd.choice(made)
            engine.judge(random_fact(rnd, types, ["consume", "hold", "qa"]))
        gc.collect()

    judge(3000)
    heap, objects = in_use(), sys.getallocatedblocks()
    judge(6000)
    assert in_use() - heap < 6000 * 8, "eight bytes a fact: less than the smallest block of the heap"
    assert sys.getallocatedblocks() - objects < 600, "an object for every tenth fact"


def test_rule_sets_give_their_memory_back() -> None:
    rules, types = sets_of_rules()[0]
    fact = dict.fromkeys(types)

    def build_and_drop(times: int) -> None:
        for _ in range(times):
            RuleSet(rules, types).judge(fact)

    build_and_drop(40)
    gc.collect()
    before = resident()
    build_and_drop(80)
    gc.collect()
    assert resident() - before < 4 * GROWTH


def test_the_engine_works_in_a_forked_child_while_threads_judge() -> None:
    rules, types = sets_of_rules()[0]
    engine = RuleSet(rules, types)
    fact = dict.fromkeys(types) | {"lot_known": 0}
    stop = threading.Event()

    def judge() -> None:
        while not stop.is_set():
            engine.judge(fact)

    threads = [threading.Thread(target=judge) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(5):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of what this test is about
                child = os.fork()
            if child == 0:
                os._exit(0 if engine.judge(fact) == ("unknown-lot",) else 1)
            assert os.waitpid(child, 0)[1] == 0
    finally:
        stop.set()
        for thread in threads:
            thread.join()
