"""What a rule is: a condition over facts, and everything that people argue about beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from assistant.rules.finding import Severity


class Stage(StrEnum):
    """When a rule is judged, and over which facts: a line before and after posting; stock and orders on a timer."""

    GATE = "gate"
    WATCH = "watch"
    STOCK = "stock"
    ORDER = "order"


TIMED: Final = "sweep"
"""The one kind of occasion on which stock and orders are judged."""


@dataclass(frozen=True, slots=True)
class Check:
    """A condition and the kinds of report that it is judged on."""

    on: frozenset[str]
    when: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the book. `policy` names its thresholds, `source` the file it comes from.

    `none` is the sentence where nothing of the lot is there; `owner` the role a warning is for, `next` their next step.
    A `fixed` rule's severity cannot be overridden.
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
