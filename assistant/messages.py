"""What passes between a channel and the assistant: an Utterance in, a Reply out, and nothing else."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, Self

from assistant.views.rows import EntryRow

Channel = Literal["slack", "voice", "console"]
CHANNELS: Final[tuple[Channel, ...]] = ("slack", "voice", "console")


@dataclass(frozen=True, slots=True)
class Form:
    """What a form or a button means: an intent with its slots, so that no value in them is read as speech."""

    intent: str
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edit:
    """That a message is another one by now: what it `was`, and the entries that it posted then."""

    was: str
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing that one person said or typed.

    `person` is the code from people.csv; `id` is unique in its channel and makes the utterance count once
    (None: it is a new one every time); `confidence` is the recogniser's, 0 to 1. What is open and what was last
    posted belong to person, channel and `thread`; one that begins a thread of its own and `follows` may answer what
    is open in the person's latest. `addressed`: said to the assistant, and so never left unanswered; None goes by the
    channel. `requests` are the approval requests that the thread shows; `attachments` references to files that came
    along; `edit` what the message was before it was edited; `form` what it means where it was
    filled in or clicked.
    """

    person: str
    channel: Channel
    text: str
    id: str | None = None
    confidence: float | None = None
    thread: str | None = None
    follows: bool = False
    addressed: bool | None = None
    requests: tuple[int, ...] = ()
    at: datetime | None = None
    attachments: tuple[str, ...] = ()
    edit: Edit | None = None
    form: Form | None = None

    def __post_init__(self) -> None:
        """Text from outside is made storable, whatever a channel let through."""
        for name in ("person", "text", "id", "thread"):
            given = getattr(self, name)
            if given is not None:
                object.__setattr__(self, name, storable(given))

    @property
    def expects_answer(self) -> bool:
        """Whether silence would be no answer: chatter in a shared channel may stay unanswered."""
        return self.channel != "slack" if self.addressed is None else self.addressed


def storable(text: str) -> str:
    """The text with what no database takes (NUL, halves of characters) replaced by the replacement character."""
    return "".join("\ufffd" if sign == "\x00" or "\ud800" <= sign <= "\udfff" else sign for sign in text)


@dataclass(frozen=True, slots=True)
class Blocked:
    """Something that was refused, by which rule or role, in one sentence."""

    rule: str
    say: str


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that posted and deserves a look."""

    rule: str
    lot: str | None
    say: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows for a channel that has room for them; every cell is text, the first row of `rows` is data."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one utterance: what to show, what to speak, and what it did.

    `say` is the full form for the eye, `spoken` the short one for the ear. `asking` names what is waited for: a slot,
    `check`, `confirm`, `choose` or None; an option sent back word for word chooses it. `entries` are what this turn
    posted, in the shape of `floor entries --json`; `requests` the approval requests it opened; `lots` every lot
    that the turn was about, posted or not. `error` says why the utterance was not heard at all.
    """

    say: str
    spoken: str = ""
    asking: str | None = None
    options: tuple[str, ...] = ()
    entries: tuple[EntryRow, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    requests: tuple[int, ...] = ()
    warnings: tuple[Warned, ...] = ()
    lots: tuple[str, ...] = ()
    table: Table | None = field(default=None)
    error: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The reply as plain JSON values, whole."""
        return asdict(self)

    def as_line(self) -> dict[str, Any]:
        """The reply as `floor chat --jsonl` prints it."""
        if self.error is not None:
            return {"error": self.error}
        whole = self.as_dict()
        return {k: whole[k] for k in ("say", "asking", "options", "entries", "blocked", "requests", "warnings")}

    @classmethod
    def from_dict(cls, whole: Mapping[str, Any]) -> Self:
        """The reply that `as_dict` gave."""
        table = whole.get("table")
        return cls(
            say=whole["say"],
            spoken=whole["spoken"],
            asking=whole["asking"],
            options=tuple(whole["options"]),
            entries=tuple(whole["entries"]),
            blocked=tuple(Blocked(**b) for b in whole["blocked"]),
            requests=tuple(whole["requests"]),
            warnings=tuple(Warned(**w) for w in whole["warnings"]),
            lots=tuple(whole["lots"]),
            table=Table(table["title"], tuple(table["columns"]), tuple(tuple(r) for r in table["rows"]))
            if table
            else None,
        )
