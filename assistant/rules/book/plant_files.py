"""A plant's own files: thresholds, severities and sentences of ours set otherwise, and rules of its own.

policy: {count_tolerance_percent: 3}
overrides:
  - {product: R-ROM, near_expiry_days: 3, not-in-recipe: block}
  - {place: C1, count_tolerance_percent: 5}
change:
  fefo-skipped: {severity: warn, sentence: "Take {rival} first."}
rules:
  no-raw-on-tank:
    at: gate
    kinds: [move]
    when: {$and: [{product_kind: raw}, {place: T1}]}
    severity: approve
    sentence: "{lot} should not leave tank 1."
    why: House rule 12.
"""

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import yaml

from assistant.rules.engine import syntax
from assistant.rules.engine.engine import MOST_COMPARISONS
from assistant.rules.facts import properties
from assistant.rules.finding import Severity
from assistant.rules.policy import Override
from assistant.rules.rule import TIMED, Rule, Stage
from assistant.rules.stages import FACTS, VALUES
from store.model import Kind

NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_NAME: Final = 60
SECTIONS: Final[Mapping[str, type[Any]]] = {"policy": dict, "overrides": list, "change": dict, "rules": dict}
CHANGEABLE: Final = frozenset({"severity", "sentence", "none", "allowed", "why", "owner", "next"})
KEYS: Final = frozenset({"at", "kinds", "when", *CHANGEABLE})
REQUIRED: Final = ("at", "when", "severity", "sentence", "why")
SCOPE: Final = ("product", "place")
ROLES: Final = frozenset({"worker", "receiver", "supervisor", "qa"})


@dataclass(frozen=True, slots=True)
class Own:
    """What a plant's files say: our rules as they changed them, theirs, thresholds, and all that is wrong."""

    changed: tuple[Rule, ...]
    added: tuple[Rule, ...]
    overrides: tuple[Override, ...]
    faults: tuple[str, ...]


def files_of(folder: Path | None) -> Iterator[Path]:
    """The rule files of a folder, in order of their names."""
    if folder is not None and folder.is_dir():
        yield from sorted(folder.glob("*.yaml"))


def own_rules(folder: Path | None, ours: Mapping[str, Rule]) -> Own:
    """Reads a plant's folder of rules; nothing in it is nothing changed."""
    reader = _Reader(dict(ours))
    if folder is not None and not folder.is_dir():
        reader.faults.append(f"there is no folder {folder.name} of rules")
    for path in files_of(folder):
        reader.read(path)
    added = tuple(rule for name, rule in reader.rules.items() if name not in ours)
    changed = tuple(reader.rules[name] for name in ours)
    return Own(changed, added, tuple(reader.overrides), tuple(reader.faults))


class _Reader:
    """Collects what the files say, and every fault with its file and rule."""

    def __init__(self, rules: dict[str, Rule]) -> None:
        self.rules = rules
        self.ours = frozenset(rules)
        self.overrides: list[Override] = []
        self.faults: list[str] = []

    def read(self, path: Path) -> None:
        """One file."""
        try:
            whole: object = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as fault:
            where = getattr(fault, "problem_mark", None)
            line = f" (line {where.line + 1})" if where else ""
            self.faults.append(f"{path.name}{line}: this is no readable YAML")
            return
        if not isinstance(whole, dict):
            self.faults.append(f"{path.name}: the file has sections {', '.join(SECTIONS)}")
            return
        for section, content in whole.items():
            if section not in SECTIONS:
                self.faults.append(f"{path.name}: there is no section {section}")
            elif not isinstance(content, SECTIONS[section]):
                self.faults.append(f"{path.name}: {section} is a {SECTIONS[section].__name__}")
            else:
                getattr(self, f"_{section}")(path, content)

    def _policy(self, path: Path, content: dict[str, Any]) -> None:
        self.overrides += [Override(str(name), str(value), by=path.name) for name, value in content.items()]

    def _overrides(self, path: Path, content: list[Any]) -> None:
        for number, row in enumerate(content, 1):
            if not isinstance(row, dict) or not any(k in row for k in SCOPE):
                self.faults.append(f"{path.name}: override {number}: it names a product or a place, and thresholds")
                continue
            product, place = (str(row[k]) if k in row else None for k in SCOPE)
            self.overrides += [
                Override(str(k), str(v), product, place, path.name) for k, v in row.items() if k not in SCOPE
            ]

    def _change(self, path: Path, content: dict[str, Any]) -> None:
        for name, change in content.items():
            rule = self.rules.get(name)
            if rule is None or not isinstance(change, dict):
                self.faults.append(f"{path.name}: {name}: there is no such rule to change")
                continue
            faults = [f"{key} cannot be changed" for key in change if key not in CHANGEABLE]
            faults += _text_faults(change, rule.stage)
            if "severity" in change:
                faults += severity_faults(rule, change["severity"])
            self.faults += [f"{path.name}: {name}: {fault}" for fault in faults]
            if not faults:
                self.rules[name] = replace(rule, **_converted(change), source=path.name)

    def _rules(self, path: Path, content: dict[str, Any]) -> None:
        for name, raw in content.items():
            faults = [*self._name_faults(name), *_rule_faults(raw)]
            self.faults += [f"{path.name}: {name}: {fault}" for fault in faults]
            if not faults:
                stage = Stage(raw["at"])
                self.rules[name] = Rule(
                    name=name,
                    stage=stage,
                    on=frozenset(raw.get("kinds") or occasions(stage)),
                    when=raw["when"],
                    source=path.name,
                    **_converted({key: raw[key] for key in raw if key in CHANGEABLE}),
                )

    def _name_faults(self, name: object) -> Iterator[str]:
        if not isinstance(name, str) or not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            yield "a rule's name is words of small letters and digits, joined by dashes"
        elif name in self.rules:
            yield "there is a rule of that name already"


def occasions(stage: Stage) -> frozenset[str]:
    """What a rule of a stage may be judged on: kinds of report, or the timer."""
    return frozenset(Kind) if stage in (Stage.GATE, Stage.WATCH) else frozenset({TIMED})


def _converted(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {key: Severity(value) if key == "severity" else value for key, value in raw.items()}


def severity_faults(rule: Rule, value: object) -> Iterator[str]:
    """What is wrong with a severity that somebody wants for a rule."""
    if value not in tuple(Severity):
        yield f"severity is one of {', '.join(Severity)}"
    elif value != rule.severity and (rule.fixed or rule.stage != Stage.GATE):
        yield f"its severity stays {rule.severity}"


def _rule_faults(raw: object) -> Iterator[str]:
    if not isinstance(raw, dict):
        yield "a rule has keys and values"
        return
    yield from (f"there is no key {key}" for key in raw if key not in KEYS)
    missing = [key for key in REQUIRED if key not in raw]
    if missing:
        yield f"{', '.join(missing)} missing"
        return
    if raw["at"] not in tuple(Stage):
        yield f"at is one of {', '.join(Stage)}"
        return
    stage = Stage(raw["at"])
    kinds = raw.get("kinds", [])
    if not isinstance(kinds, list) or any(kind not in tuple(occasions(stage)) for kind in kinds):
        yield f"kinds is a list of {', '.join(sorted(occasions(stage)))}"
    found = list(syntax.faults(raw["when"], properties(FACTS[stage])))
    yield from found
    if not found and syntax.comparisons(raw["when"]) > MOST_COMPARISONS:
        yield f"more than {MOST_COMPARISONS} comparisons"
    if raw["severity"] not in tuple(Severity):
        yield f"severity is one of {', '.join(Severity)}"
    elif stage != Stage.GATE and raw["severity"] != Severity.WARN:
        yield "what is judged after posting can only warn"
    yield from _text_faults(raw, stage)


def _text_faults(raw: Mapping[str, Any], stage: Stage) -> Iterator[str]:
    """What is wrong with the owner and the texts of a rule."""
    if "owner" in raw and raw["owner"] not in tuple(ROLES):
        yield f"owner is one of {', '.join(sorted(ROLES))}"
    for key in ("sentence", "none", "allowed", "why", "next"):
        text = raw.get(key)
        if text is None:
            continue
        if not isinstance(text, str) or not text.strip():
            yield f"{key} is a text"
            continue
        yield from (
            f"{key} names {{{word}}}, which is not known here" for word in _words(text) if word not in VALUES[stage]
        )


def _words(text: str) -> list[str]:
    """What stands in braces in a sentence; a broken brace stands for itself."""
    try:
        return [
            f"{name}{'!' if spec or how else ''}"
            for _, name, spec, how in string.Formatter().parse(text)
            if name is not None
        ]
    except ValueError:
        return ["…"]
