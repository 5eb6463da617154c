"""Every rule of the book has a table of examples: it fires, it does not, and what happens on the edge."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.rules import Finding, RuleBook, Stage, alarms, objections, remarks
from tests.support.rule_cases import example, view

EXAMPLES = Path(__file__).with_name("examples")
BOOK = RuleBook.load()


def examples() -> Iterator[Any]:
    for path in sorted(EXAMPLES.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(path.stem, case, id=f"{path.stem}: {case['case']}")


def judged(stage: Stage, case: dict[str, Any]) -> tuple[Finding, ...]:
    if stage not in (Stage.GATE, Stage.WATCH):
        return alarms(view(case["plant"]), BOOK)
    made = example(case)
    if stage is Stage.GATE:
        return objections(made.transaction, made.before, BOOK, made.request)
    return remarks(made.transaction, made.before, made.after, BOOK)


@pytest.mark.parametrize(("rule", "case"), [*examples()])
def test_a_rule_fires_where_its_example_says(rule: str, case: dict[str, Any]) -> None:
    found = judged(BOOK.by_name[rule].stage, case)
    mine = [f for f in found if f.rule == rule]
    assert bool(mine) is case["fires"], [f.rule for f in found]
    if "say" in case:
        assert [f.say for f in mine] == [case["say"]]
    if "alone" in case:
        assert (len(found) == 1) is case["alone"], [f.rule for f in found]
    for f in mine:
        assert "{" not in f.say + f.allowed
        assert f.severity is BOOK.by_name[rule].severity


@pytest.mark.parametrize("rule", [r.name for r in BOOK.rules])
def test_every_rule_has_examples_of_both_kinds(rule: str) -> None:
    cases = yaml.safe_load((EXAMPLES / f"{rule}.yaml").read_text(encoding="utf-8"))
    assert {case["fires"] for case in cases} == {True, False}
    assert any("say" in case for case in cases if case["fires"])
