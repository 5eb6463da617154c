"""What an utterance was understood to mean: frames, the words they came from, and how sure we are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, Final

from assistant.report_kinds import REPORT_KINDS

POSTING: Final = frozenset({*REPORT_KINDS, "undo"})
"""Intents that put something in the books."""
ASKING: Final = frozenset("where stock expiring trace recall status variance mine help".split())
"""Intents that only ask."""
TALKING: Final = frozenset("confirm cancel repeat approve reject correct again".split())
"""Intents inside a conversation."""

SLOTS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {name: kind.slots for name, kind in REPORT_KINDS.items()}
    | {
        intent: frozenset(names.split())
        for intent, names in {
            "undo": "entry",
            "where": "lot product",
            "stock": "lot product at",
            "expiring": "product at days",
            "trace": "lot direction",
            "recall": "lot",
            "status": "work_order",
            "variance": "product lot work_order",
            "mine": "",
            "help": "",
            "confirm": "",
            "cancel": "",
            "repeat": "",
            "approve": "request note",
            "reject": "request note",
            "correct": "product lot quantity new_quantity unit all from to at work_order supplier customer expires "
            "reference reason note",
            "again": "product lot quantity new_quantity unit all from to at work_order supplier customer expires "
            "reference reason note",
        }.items()
    }
)
"""Which slots an intent has; any other is left out."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some characters of the utterance, and what they were taken for.

    `role` is a slot's name, "verb", "cue", "filler", "joint", "gate" (why it is no report), or "unknown".
    """

    start: int
    end: int
    text: str
    role: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """What became of a piece that bears meaning: an amount, a code, a day, a name, a reason, a verb, an exception.

    `frame` (its place among the frames) and `slot` use it, or a `rule` excuses it; one that has neither is left over.
    """

    text: str
    kind: str
    frame: int | None = None
    slot: str | None = None
    rule: str | None = None

    @property
    def left_over(self) -> bool:
        """Whether nothing says what it is for."""
        return self.slot is None and self.rule is None


@dataclass(frozen=True, slots=True)
class Pass:
    """One step of understanding, and the words whose meaning it changed: `(words, kind before, kind after)`."""

    name: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """One thing that was reported or asked, with the slots that were stated and no others.

    `candidates` lists, for a slot that could be several things, all of them; the slot itself is then absent.
    """

    intent: str
    slots: Mapping[str, str | bool] = field(default_factory=dict)
    candidates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """An utterance, understood: its frames in the order said, and how far to trust them.

    `confidence` is the share of utterances read this surely that were read exactly right on the development
    corpora. The conversation posts without asking only at or above `SURE`. `unknown` names what was not understood,
    `account` says of every piece that bears meaning what uses or excuses it, `passes` how the pieces came to be; `too_long` says
    that some of it is longer than anybody reports at once, and was not read.
    """

    SURE: ClassVar[float] = 0.8

    frames: tuple[Frame, ...] = ()
    confidence: float = 0.0
    spans: tuple[Span, ...] = ()
    unknown: tuple[str, ...] = ()
    account: tuple[Use, ...] = ()
    passes: tuple[Pass, ...] = ()
    too_long: bool = False

    @property
    def left_over(self) -> tuple[str, ...]:
        """The words that bear meaning and that nothing accounts for: while there are any, nothing is sure."""
        return tuple(dict.fromkeys([*self.unknown, *(use.text for use in self.account if use.left_over)]))
