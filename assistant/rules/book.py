"""The rule book: what is judged, how hard, with which sentence and thresholds; the plant's own rules beside ours."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import yaml

from assistant.rules.amounts import Speech
from assistant.rules.engine import RuleSet
from assistant.rules.facts import flat, properties
from assistant.rules.finding import RuleBookFault, Severity
from assistant.rules.own import files_of, own_rules
from assistant.rules.policy import Override, Policy
from assistant.rules.rule import Rule, Stage
from assistant.rules.stages import BUILT_IN, FACTS

OURS: Final = Path(__file__).with_name("rulebook.yaml")


@dataclass(frozen=True)
class RuleBook:
    """Rules in order of precedence, thresholds, and the engines that judge; immutable, a changed book is a new one.

    Safe to use from several threads. Engines are built when first needed, or all at once by `warm`; their memory is
    given back when nobody holds a book that uses them.
    """

    rules: tuple[Rule, ...]
    policy: Policy
    speech: Speech
    folder: Path | None = None
    _engines: dict[tuple[Stage, str], RuleSet] = field(default_factory=dict, init=False, repr=False, compare=False)
    _building: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False, compare=False)
    _stamp: tuple[tuple[str, int, int], ...] = ()

    @classmethod
    def load(cls, folder: Path | None = None, overrides: Sequence[Override] = ()) -> Self:
        """Our rule book, with the plant's own files (`*.yaml` in `folder`) and thresholds laid over it.

        Raises RuleBookFault with every fault of every file; the book in use stays as it is.
        """
        ours = yaml.safe_load(OURS.read_text(encoding="utf-8"))
        found: list[str] = []
        rules = {name: built_in(name, raw) for name, raw in ours["rules"].items()}
        defaults = {name: str(value) for name, value in ours["policy"].items()}
        stamp = stamp_of(folder)
        theirs = own_rules(folder, rules)
        found.extend(theirs.faults)
        policy = Policy(defaults, (*theirs.overrides, *overrides))
        found.extend(policy.faults())
        if found:
            raise RuleBookFault(tuple(dict.fromkeys(found)))
        return cls((*theirs.changed, *theirs.added), policy, Speech.of(ours), folder, _stamp=stamp)

    def changed(self) -> bool:
        """Whether the plant's files are others than when this book was loaded."""
        return stamp_of(self.folder) != self._stamp

    def overridden(self, overrides: Sequence[Override]) -> Self:
        """The same book with thresholds that were set meanwhile; raises RuleBookFault for one that cannot be."""
        policy = Policy(self.policy.defaults, (*self.policy.overrides, *overrides))
        found = tuple(policy.faults())
        if found:
            raise RuleBookFault(found)
        book = replace(self, policy=policy)
        book._engines.update(self._engines)  # noqa: SLF001 - the same rules, another book
        return book

    @cached_property
    def swept(self) -> frozenset[str]:
        """Topics that the timed rules judge whole: an open warning of one that a sweep does not find is over."""
        return frozenset(r.topic or r.name for r in self.rules if r.stage not in (Stage.GATE, Stage.WATCH))

    @cached_property
    def by_name(self) -> Mapping[str, Rule]:
        """The rules by name."""
        return {rule.name: rule for rule in self.rules}

    def judge(self, stage: Stage, kind: str, fact: object) -> tuple[Rule, ...]:
        """The rules of a stage and a kind of report that hold for a fact, in the book's order; raises RuleBroken."""
        return tuple(self.by_name[name] for name in self.engine(stage, kind).judge(flat(fact)))

    def engine(self, stage: Stage, kind: str) -> RuleSet:
        """The engine that judges a kind of report in a stage, built when first asked for; raises RuleBroken."""
        engine = self._engines.get((stage, kind))
        if engine is None:
            with self._building:
                engine = self._engines.get((stage, kind))
                if engine is None:
                    chosen = {r.name: r.when for r in self.rules if r.stage is stage and kind in r.on}
                    engine = self._engines[stage, kind] = RuleSet(chosen, properties(FACTS[stage]))
        return engine

    def warm(self) -> None:
        """Builds every engine, so that no report waits for one; raises RuleBroken."""
        for stage, kind in sorted({(rule.stage, kind) for rule in self.rules for kind in rule.on}):
            self.engine(stage, kind)


def built_in(name: str, raw: Mapping[str, Any]) -> Rule:
    """One of our own rules: its condition from the code, everything else from the file."""
    stage, check = BUILT_IN[name]
    return Rule(
        name=name,
        stage=stage,
        on=check.on,
        when=check.when,
        severity=Severity(raw["severity"]),
        sentence=raw["sentence"],
        none=raw.get("none"),
        allowed=raw.get("allowed", ""),
        why=raw["why"],
        policy=tuple(raw.get("policy", ())),
        fixed=raw.get("fixed", False),
        owner=raw.get("owner", "supervisor"),
        next=raw.get("next", ""),
        topic=raw.get("topic", ""),
        digest=raw.get("digest", False),
        source=OURS.name,
    )


def stamp_of(folder: Path | None) -> tuple[tuple[str, int, int], ...]:
    """What tells one state of a folder of rules from another."""
    return tuple((p.name, s.st_mtime_ns, s.st_size) for p in files_of(folder) for s in (p.stat(),))
