"""What an utterance was understood to mean: frames, the words they came from, and how sure we are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, Final

from assistant.report_kinds import COMMON, REPORT_KINDS

UNRECORDED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "split": "lot quantity unit at new_lot",
        "merge": "lots quantity unit at new_lot",
        "relabel": "lot new_lot quantity unit all at reason",
        "repack": "lot quantity unit new_quantity new_unit new_product new_lot at",
        "redate": "lot quantity unit all at expires new_lot reason",
    }
)
"""Reports that are understood and have no kind in the books: they are told so, and nothing is posted."""
POSTING: Final = frozenset({*REPORT_KINDS, *UNRECORDED, "undo"})
"""Intents that put something in the books."""
ASKING: Final = frozenset("where stock expiring trace recall status variance mine help lot open need history".split())
"""Intents that only ask."""
TALKING: Final = frozenset("confirm cancel repeat approve reject correct again".split())
"""Intents inside a conversation."""

_AMENDED: Final = (
    "product lot quantity new_quantity unit all from to at work_order supplier customer expires reference reason note "
    "second_quantity second_unit scanned sscc"
)
"""What a report may be told otherwise, or once more otherwise."""
SLOTS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {name: kind.slots for name, kind in REPORT_KINDS.items()}
    | {name: frozenset(slots.split()) | (COMMON - {"expires"}) for name, slots in UNRECORDED.items()}
    | {
        intent: frozenset(names.split())
        for intent, names in {
            "undo": "entry kind lot product quantity unit work_order from to at supplier customer reference when",
            "lot": "lot",
            "open": "at",
            "need": "work_order product",
            "history": "entry lot product at person when shift",
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
            "correct": _AMENDED,
            "again": _AMENDED,
        }.items()
    }
)
"""Which slots an intent has; any other is left out."""


Value = str | bool | tuple[str, ...]
"""What a slot holds: a code, a number or a text as said; true; or the codes of several lots."""


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
    slots: Mapping[str, Value] = field(default_factory=dict)
    candidates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """An utterance, understood: its frames in the order said, and how far to trust them.

    `confidence` is the share of utterances read this surely that were read exactly right on the development
    corpora. The conversation posts without asking only at or above `SURE`. `unknown` names what was not understood,
    `account` says of every piece that bears meaning what uses or excuses it, `passes` how the pieces came to be;
    `too_long` says that some of it is longer than anybody reports at once, and was not read.
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
