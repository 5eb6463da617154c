"""What a rule is: a condition over facts, and everything that people argue about beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from assistant.rules.finding import Severity


class Stage(StrEnum):
    """When a rule is judged, and over which facts: before and after a posting, and on a timer."""

    GATE = "gate"
    WATCH = "watch"
    LOT = "lot"
    PLACE = "place"
    ORDER = "order"
    SUPPLIER = "supplier"
    PERSON = "person"


TIMED: Final = "sweep"
"""The one occasion on which the plant itself is judged."""


@dataclass(frozen=True, slots=True)
class Check:
    """A condition and the kinds of report that it is judged on."""

    on: frozenset[str]
    when: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the book. `policy` names its thresholds, `source` the file it comes from.

    `none` is the sentence where nothing of the lot is there. `owner` is the role that a warning is for, `next` their
    next step; a warning of a `digest` rule waits for the shift's digest. Rules of one `topic` tell of one matter: their
    warnings about one lot or order are one warning. A `fixed` rule's severity cannot be overridden.
    """

    name: str
    stage: Stage
    on: frozenset[str]
    when: Mapping[str, Any]
    severity: Severity
    sentence: str
    why: str
    source: str
    allowed: str = ""
    none: str | None = None
    policy: tuple[str, ...] = ()
    fixed: bool = False
    owner: str = "supervisor"
    next: str = ""
    topic: str = ""
    digest: bool = False

    def key(self, subject: str | None) -> str:
        """What an open warning about a lot, order, place, … is known by; the same key is the same warning."""
        return f"{self.topic or self.name}:{subject or ''}"
