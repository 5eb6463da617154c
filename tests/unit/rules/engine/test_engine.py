"""The engine refuses whatever it cannot answer cleanly, says so as RuleBroken, and works again for the next fact."""

import runpy
import sys
import threading
from typing import Any

import pytest
from durable import engine as durable

from assistant.rules import RuleBook, RuleBroken, objections
from assistant.rules.engine import engine as rule_engine
from assistant.rules.engine.engine import RuleSet
from assistant.rules.facts import properties
from assistant.rules.stages import FACTS
from tests.support.rule_cases import example

TYPES: dict[str, Any] = {"held": int, "there": int, "asked": int, "role": str}
RULES: dict[str, dict[str, Any]] = {
    "on-hold": {"held": 1},
    "short": {"$gt": {"asked": {"$m": "there"}}},
    "not-qa": {"$neq": {"role": "qa"}},
}
FACT: dict[str, Any] = {"held": 0, "there": 3, "asked": 3, "role": "qa"}


@pytest.fixture
def engine() -> RuleSet:
    return RuleSet(RULES, TYPES)


def test_it_answers_with_the_rules_that_hold(engine: RuleSet) -> None:
    assert engine.judge(FACT) == ()
    assert engine.judge(FACT | {"asked": 4, "held": 1}) == ("on-hold", "short")
    assert engine.judge(FACT | {"held": True}) == ("on-hold",)
    assert engine.judge(dict.fromkeys(FACT)) == ()


@pytest.mark.parametrize("name", FACT)
def test_a_missing_property_refuses(engine: RuleSet, name: str) -> None:
    with pytest.raises(RuleBroken, match=name):
        engine.judge({k: v for k, v in FACT.items() if k != name})


@pytest.mark.parametrize("wrong", [{"asked": "4"}, {"asked": 4.0}, {"role": 7}, {"asked": 2**62}, {"there": -(2**70)}])
def test_a_value_that_the_engine_would_misread_refuses(engine: RuleSet, wrong: dict[str, Any]) -> None:
    with pytest.raises(RuleBroken):
        engine.judge(FACT | wrong)


def test_a_text_is_not_taken_for_the_one_it_begins_with(engine: RuleSet) -> None:
    assert engine.judge(FACT | {"role": "qa" + "x" * 65_536}) == ("not-qa",)
    assert engine.judge(FACT | {"role": "qa" + "x" * 65_534}) == ("not-qa",)


def test_whole_numbers_are_exact_beyond_what_a_float_holds(engine: RuleSet) -> None:
    assert engine.judge(FACT | {"asked": 2**53 + 1, "there": 2**53}) == ("short",)
    assert engine.judge(FACT | {"asked": 2**53, "there": 2**53 + 1}) == ()


def raises(_closure: object) -> None:
    raise ValueError("this rule is broken")


def test_a_rule_that_raises_refuses_and_the_next_fact_is_judged(engine: RuleSet) -> None:
    actions = engine._shards[0].host.get_ruleset("rules")._actions
    actions["r0"] = durable.Promise(raises)
    with pytest.raises(RuleBroken, match="this rule is broken"):
        engine.judge(FACT | {"held": 1})
    assert engine.judge(FACT | {"held": 1}) == ("on-hold",)


def test_an_action_that_takes_longer_than_its_lease_refuses(engine: RuleSet, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 11))
    monkeypatch.setattr(durable, "_unix_now", lambda: next(clock))
    with pytest.raises(RuleBroken):
        engine.judge(FACT | {"held": 1})
    monkeypatch.undo()
    assert engine.judge(FACT | {"held": 1}) == ("on-hold",)


@pytest.mark.parametrize("call", ["assert_fact", "start_action_for_state", "complete_and_start_action", "delete_state"])
@pytest.mark.parametrize("fault", [RuntimeError("error 303"), MemoryError("no more states"), KeyboardInterrupt()])
def test_an_error_of_the_engine_refuses_and_the_next_fact_is_judged(
    engine: RuleSet, monkeypatch: pytest.MonkeyPatch, call: str, fault: BaseException
) -> None:
    def fails(*_given: object) -> None:
        raise fault

    monkeypatch.setattr(durable.durable_rules_engine, call, fails)
    expected: type[BaseException] = RuleBroken if isinstance(fault, Exception) else KeyboardInterrupt
    with pytest.raises((expected, RuleBroken)):
        engine.judge(FACT | {"held": 1})
    monkeypatch.undo()
    assert engine.judge(FACT | {"held": 1}) == ("on-hold",)


def test_an_engine_that_denies_what_it_fired_refuses(engine: RuleSet, monkeypatch: pytest.MonkeyPatch) -> None:
    def denies(*_given: object) -> None:
        engine._shards[0].fired.append("on-hold")
        raise durable.MessageNotHandledException({})

    monkeypatch.setattr(durable.Host, "assert_fact", denies)
    monkeypatch.setattr(durable.durable_rules_engine, "delete_state", lambda *_: None)
    with pytest.raises(RuleBroken, match="denies"):
        engine.judge(FACT)


def test_a_closed_set_refuses(engine: RuleSet) -> None:
    engine.close()
    with pytest.raises(RuleBroken, match="closed"):
        engine.judge(FACT)


def test_it_starts_no_threads() -> None:
    before = set(threading.enumerate())
    engine = RuleSet(RULES, TYPES)
    engine.judge(FACT)
    assert set(threading.enumerate()) <= before


def test_more_rules_than_one_engine_takes_are_spread(engine: RuleSet) -> None:
    rules = {f"r{n}": {"$gt": {"asked": n}} for n in range(300)}
    many = RuleSet(rules, TYPES)
    assert many.judge(FACT | {"asked": 300}) == tuple(rules)
    assert many.judge(FACT | {"asked": 100}) == tuple(f"r{n}" for n in range(100))


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"held": 1, "there": 2},
        [],
        "held",
        {"nobody": 1},
        {"held": "1"},
        {"held": 1.5},
        {"held": True},
        {"role": 1},
        {"held": 2**62},
        {"role": "x" * 201},
        {"role": "a\nb"},
        {"$div": {"held": 0}},
        {"$nex": {"held": 1}},
        {"$ex": {"held": 1}},
        {"$mt": {"role": "q.*"}},
        {"$gt": {"held": None}},
        {"$gt": {"held": 1, "there": 2}},
        {"$gt": {"held": {"$m": "nobody"}}},
        {"$gt": {"held": {"$m": "role"}}},
        {"$gt": {"role": {"$m": "role"}}},
        {"held": {"$m": "there"}},
        {"$neq": {"held": {"$m": "there"}}},
        {"$gt": {"held": {"$add": {"$l": {"$m": "there"}, "$r": 1}}}},
        {"$and": []},
        {"$and": {"held": 1}},
        {"$or": [{"held": 1}] * 17},
        {"$not": [{"held": 1}]},
    ],
)
def test_a_condition_that_the_engine_would_misread_is_refused(condition: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="broken: "):
        RuleSet({"broken": condition}, TYPES)


def test_the_gate_lets_nothing_through_when_the_engine_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    book = RuleBook.load()
    case = example({"report": {"kind": "move", "lot": "RM1107", "quantity": "1 case", "from": "C1-01", "to": "L2"}})
    assert objections(case.transaction, case.before, book, case.request) == ()

    def fails(*_given: object) -> None:
        raise RuntimeError("error 303")

    monkeypatch.setattr(durable.durable_rules_engine, "assert_fact", fails)
    with pytest.raises(RuleBroken, match="303"):
        objections(case.transaction, case.before, book, case.request)


def test_a_build_that_does_not_import_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable", None)
    with pytest.raises(ImportError, match="reinstall it with CPPFLAGS='-DPyEval_CallObject=PyObject_CallObject'"):
        runpy.run_path(rule_engine.__file__)


def test_no_two_properties_are_one_to_the_engine() -> None:
    """The engine tells property names apart by a 32-bit FNV-1a hash only."""
    for record in FACTS.values():
        hashes = set()
        for name in (*properties(record), "kind_", "sid", "id"):
            value = 2166136261
            for byte in name.encode():
                value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
            hashes.add(value)
        assert len(hashes) == len(properties(record)) + 3
