"""The rule book as people set it: a threshold or a severity for plant, product or place; who, when and why is kept.

A setting is checked by the same code as the plant's files and is in force from the next report on, in every process.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from assistant.roles import may
from assistant.rules import Override, RuleBook
from assistant.supervision.warnings import SINKS
from assistant.views import json_shapes
from assistant.views.rows import RuleRow
from assistant.wording.sentences import Said, Wording
from store.desk.rule_settings import RuleSetting
from store.model import Person
from store.session import Session

LOG = logging.getLogger(__name__)

SEVERITY: Final = "severity"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to set: for a rule, or for a threshold by its own name; everywhere, or at product and place.

    `thresholds` are values by name; one without a name is that of the rule's only threshold.
    """

    name: str
    person: str
    why: str
    severity: str | None = None
    thresholds: Sequence[tuple[str, str]] = ()
    product: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """Sets and takes back, inside one database transaction."""

    session: Session
    book: RuleBook
    wording: Wording
    now: datetime

    def set(self, wish: Wish) -> list[RuleSetting] | Said:
        """Keeps what is wished and tells QA; the reason where it cannot be, and then nothing of it is kept."""
        made = self._settings(wish)
        if isinstance(made, Said):
            return made
        refused = self._refusal(wish.person, wish.why, any(s.setting == SEVERITY for s in made))
        if refused is not None:
            return refused
        catalog = self.session.catalog
        if wish.product is not None and wish.product not in catalog.products:
            return self.wording.say("rule-no-product", product=wish.product)
        if wish.place is not None and wish.place not in catalog.places:
            return self.wording.say("rule-no-place", place=wish.place)
        faults = [fault for s in made for fault in self.book.faults(replace(override(s), by=""))]
        if faults:
            return self.wording.say("rule-refused", faults="; ".join(faults))
        return [self._kept(setting, "tell-rule-set") for setting in made]

    def undo(self, number: int, person: str, why: str) -> RuleSetting | Said:
        """Takes a setting back and tells QA; the reason where it cannot be."""
        found = {s.number: s for s in self.session.rule_settings.all()}
        meant = found.get(number)
        if meant is None or meant.undoes is not None:
            return self.wording.say("rule-no-setting", number=number)
        refused = self._refusal(person, why, meant.setting == SEVERITY)
        if refused is not None:
            return refused
        undone = next((s for s in found.values() if s.undoes == number), None)
        if undone is not None:
            return self.wording.say("rule-undone", number=number, by=self._name(undone.person), at=undone.at)
        back = replace(meant, undoes=number, person=person, why=why.strip(), at=self.now)
        return self._kept(back, "tell-rule-undone")

    def _settings(self, wish: Wish) -> list[RuleSetting] | Said:
        """What is wished, setting by setting, each with the name that it is known by."""
        rule = self.book.by_name.get(wish.name)
        if rule is None and wish.name not in self.book.policy.defaults:
            return self.wording.say("rule-unknown", rule=wish.name)
        known = rule.policy if rule else (wish.name,)
        asked: list[tuple[str, str]] = []
        if wish.severity is not None:
            if rule is None:
                return self.wording.say("rule-threshold-only", rule=wish.name)
            asked.append((SEVERITY, wish.severity))
        for name, value in wish.thresholds:
            if (name or len(known) != 1) and name not in known:
                return self.wording.say("rule-which-threshold", rule=wish.name, known=", ".join(known) or "none")
            asked.append((name or known[0], value))
        if not asked:
            return self.wording.say("rule-nothing")
        scope = (wish.product, wish.place, wish.why.strip(), wish.person, self.now)
        return [RuleSetting(rule.name if rule else None, setting, value, *scope) for setting, value in asked]

    def _refusal(self, code: str, why: str, severe: bool) -> Said | None:  # noqa: FBT001 - whether it is a severity
        """Why this person may not set it so."""
        person = self._person(code)
        if person is None:
            return self.wording.say("unknown-person", person=code)
        if not may(person.role, "set-severity" if severe else "set-threshold"):
            return self.wording.say("rule-role-severity" if severe else "rule-role")
        if not why.strip():
            return self.wording.say("rule-why")
        return None

    def _kept(self, setting: RuleSetting, key: str) -> RuleSetting:
        kept = self.session.rule_settings.add(setting)
        said = self.wording.say(key, who=self._name(kept.person), what=described(kept), why=kept.why)
        body = {"say": said.eye, "by": kept.person, "setting": kept.number}
        self.session.outbox.queue(SINKS["qa"], f"rule-setting:{kept.number}", body, self.now)
        return kept

    def _person(self, code: str) -> Person | None:
        known = self.session.catalog.people.get(code)
        return known if known and known.active else None

    def _name(self, code: str) -> str:
        known = self.session.catalog.people.get(code)
        return known.name if known else code


def described(setting: RuleSetting) -> str:
    """A setting in a few words: `near_expiry_days 3 for R-ROM at C1`, `lot-expired approve`."""
    what = setting.rule if setting.setting == SEVERITY else setting.setting
    scope = "".join(f" {joint} {code}" for joint, code in (("for", setting.product), ("at", setting.place)) if code)
    return f"{what} {setting.value}{scope}"


def override(setting: RuleSetting) -> Override:
    """A setting as the rule book takes it."""
    name = setting.rule if setting.setting == SEVERITY else None
    return Override(name or setting.setting, setting.value, setting.product, setting.place, setting.person, setting.at)


def laid_over(book: RuleBook, settings: Sequence[RuleSetting]) -> RuleBook:
    """The book with what people set. A setting that the plant's files have overtaken is left out, and logged."""
    sound = []
    for setting in settings:
        faults = [*book.faults(override(setting))]
        if faults:
            LOG.error("Setting %s of the rules is left out: %s", setting.number, "; ".join(faults))
        else:
            sound.append(override(setting))
    return book.overridden(sound) if sound else book


def row(setting: RuleSetting, zone: ZoneInfo) -> dict[str, Any]:
    """A setting in the shape of `floor rules history --json`."""
    return {
        "number": setting.number,
        "rule": setting.rule,
        "setting": setting.setting,
        "value": setting.value,
        "product": setting.product,
        "location": setting.place,
        "by": setting.person,
        "at": json_shapes.stamp(setting.at, zone),
        "why": setting.why,
        "undoes": setting.undoes,
    }


def rows(session: Session, book: RuleBook, zone: ZoneInfo) -> list[RuleRow]:
    """The rule book in the shape of `floor rules --json`.

    `kind` and `thresholds` are those of the whole plant; `set` are the settings in force that the rule goes by.
    """
    fired = session.firings.counts()
    by_name: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for setting in session.rule_settings.in_force():
        by_name[override(setting).policy].append(row(setting, zone))
    return [
        {
            "id": rule.name,
            "kind": str(book.in_force(rule).severity),
            "sentence": rule.sentence,
            "source": rule.source,
            "why": rule.why,
            "thresholds": {name: book.policy.text(name) for name in rule.policy},
            "set": [found for name in (rule.name, *rule.policy) for found in by_name[name]],
            "fired": fired.get(rule.name, 0),
        }
        for rule in book.rules
    ]
