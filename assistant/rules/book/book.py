"""The rule book: what is judged, how hard, with which sentence and thresholds; the plant's own rules beside ours."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import yaml

from assistant.rules.book.plant_files import files_of, own_rules, severity_faults
from assistant.rules.engine.engine import RuleSet
from assistant.rules.facts import flat, properties
from assistant.rules.finding import RuleBookFault, Severity
from assistant.rules.phrases.amounts import Speech
from assistant.rules.policy import Override, Policy, threshold_faults
from assistant.rules.rule import Rule, Stage
from assistant.rules.stages import BUILT_IN, FACTS

OURS: Final = Path(__file__).parents[1] / "rulebook.yaml"


@dataclass(frozen=True)
class RuleBook:
    """Rules in order of precedence, thresholds, severities, and the engines that judge.

    Immutable: a changed book is a new one.

    Safe to use from several threads. Engines are built when first needed, or all at once by `warm`; their memory is
    given back when nobody holds a book that uses them.
    """

    rules: tuple[Rule, ...]
    policy: Policy
    severities: Policy
    speech: Speech
    folder: Path | None = None
    _engines: dict[tuple[Stage, str], RuleSet] = field(default_factory=dict, init=False, repr=False, compare=False)
    _building: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False, compare=False)
    _stamp: tuple[tuple[str, int, int], ...] = ()

    @classmethod
    def load(cls, folder: Path | None = None) -> Self:
        """Our rule book, with the plant's own files (`*.yaml` in `folder`) laid over it.

        Raises RuleBookFault with every fault of every file; the book in use stays as it is.
        """
        ours = yaml.safe_load(OURS.read_text(encoding="utf-8"))
        found: list[str] = []
        rules = {name: built_in(name, raw) for name, raw in ours["rules"].items()}
        defaults = {name: str(value) for name, value in ours["policy"].items()}
        stamp = stamp_of(folder)
        theirs = own_rules(folder, rules)
        found.extend(fault for name, value in defaults.items() for fault in threshold_faults(name, value))
        found.extend(theirs.faults)
        every = (*theirs.changed, *theirs.added)
        severities = Policy({rule.name: str(rule.severity) for rule in every})
        book = cls(every, Policy(defaults), severities, Speech.of(ours), folder, _stamp=stamp)
        found.extend(fault for one in theirs.overrides for fault in book.faults(one))
        if found:
            raise RuleBookFault(tuple(dict.fromkeys(found)))
        return book.overridden(theirs.overrides)

    def changed(self) -> bool:
        """Whether the plant's files are others than when this book was loaded."""
        return stamp_of(self.folder) != self._stamp

    def overridden(self, overrides: Sequence[Override]) -> Self:
        """The same book with what was set meanwhile; raises RuleBookFault for a setting that cannot be."""
        if found := tuple(fault for one in overrides for fault in self.faults(one)):
            raise RuleBookFault(found)
        of_rules = tuple(o for o in overrides if o.policy in self.by_name)
        thresholds = tuple(o for o in overrides if o.policy not in self.by_name)
        book = replace(
            self,
            policy=Policy(self.policy.defaults, (*self.policy.overrides, *thresholds)),
            severities=Policy(self.severities.defaults, (*self.severities.overrides, *of_rules)),
        )
        book._engines.update(self._engines)  # noqa: SLF001 - the same rules, another book
        return book

    def faults(self, override: Override) -> Iterator[str]:
        """Why a threshold or a severity cannot be set so."""
        by = f"{override.by}: " if override.by else ""
        rule = self.by_name.get(override.policy)
        if rule is not None:
            yield from (f"{by}{rule.name}: {fault}" for fault in severity_faults(rule, override.value))
        elif override.policy in self.policy.defaults:
            yield from (f"{by}{fault}" for fault in threshold_faults(override.policy, override.value))
        else:
            yield f"{by}there is no policy {override.policy}"

    def in_force(self, rule: Rule, product: str | None = None, places: Sequence[str] = ()) -> Rule:
        """A rule with the severity that it has for a product in a place; `places` as in `Policy.text`."""
        if not self.severities.overrides:
            return rule
        return replace(rule, severity=Severity(self.severities.text(rule.name, product, places)))

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
