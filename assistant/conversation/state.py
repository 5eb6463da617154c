"""What a conversation remembers between two utterances, and what one utterance asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from assistant.intents import Frame
from assistant.reports.report import Option, Report, Slots


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the slot (or confirm, choose, check, note), its options and the words.

    `about` says which report of the queue it asks about, counted from 0.
    """

    asking: str
    options: tuple[Option, ...] = ()
    say: str = ""
    spoken: str = ""
    about: int = 0
    misses: int = 0
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """What the last turn put into the books: the entry's number and the report it came from."""

    number: int
    report: Report


@dataclass(frozen=True, slots=True)
class State:
    """Everything that is remembered between two utterances of one person on one channel."""

    queue: tuple[Report, ...] = ()
    question: Question | None = None
    last: tuple[Posted, ...] = ()
    prompt: tuple[str, str] = ("", "")
    amending: Slots = field(default_factory=dict)
    request: int | None = None

    def forgetting(self, now: datetime) -> tuple["State", tuple[Report, ...]]:
        """The state without a question that has expired, and the reports that were dropped with it."""
        if self.question and self.question.expires and self.question.expires <= now:
            return self.settled(), self.queue
        return self, ()

    def attached(self, files: tuple[str, ...]) -> "State":
        """The state with references to files (a photo of a label) kept with the reports they came with."""
        queue = tuple(replace(report, attachments=report.attachments or files) for report in self.queue)
        return replace(self, queue=queue)

    def settled(self) -> "State":
        """The state with nothing open."""
        return State(last=self.last, prompt=self.prompt)


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done after one utterance, in this order.

    `say` are (wording key, values); `confirmed`: the person has said yes to the read-back; `amend`: slots that change
    what was just posted; `decisions`, `undos`, `lookups` are frames; `work`: settle the queue; `chosen` is the entry
    that a "which one?" was answered with.
    """

    state: State
    say: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    work: bool = False
    confirmed: bool = False
    amend: Slots | None = None
    chosen: int | None = None
    decisions: tuple[Frame, ...] = ()
    undos: tuple[Frame, ...] = ()
    lookups: tuple[Frame, ...] = ()
    repeat: bool = False
    reask: bool = False
    dropped: tuple[Report, ...] = ()
