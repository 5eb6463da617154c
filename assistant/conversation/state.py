"""What a conversation remembers between two utterances, and what one utterance asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assistant.conversation.acts import Act
from assistant.intents import Frame
from assistant.reports.report import Option, Report


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the slot (or confirm, choose, check, note), its options and the words.

    `about` says which act of the queue it asks about, counted from 0; a read-back `covers` so many from the first on.
    A question that `proposes` its only option is answered by a yes. `misses` are answers that were none.
    """

    asking: str
    options: tuple[Option, ...] = ()
    say: str = ""
    spoken: str = ""
    about: int = 0
    covers: int = 1
    proposes: bool = False
    misses: int = 0
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """What the last turn put into the books: the entry's number and the report it came from."""

    number: int
    report: Report


@dataclass(frozen=True, slots=True)
class State:
    """Everything that is remembered between two utterances of one person on one channel.

    `queue` are the acts that are still open, in the order in which they are worked; `last` is what was posted last;
    `prompt` what was said last, for the eye and for the ear.
    """

    queue: tuple[Act, ...] = ()
    question: Question | None = None
    last: tuple[Posted, ...] = ()
    prompt: tuple[str, str] = ("", "")

    @property
    def asked(self) -> Act | None:
        """The act that the open question is about."""
        if self.question is None or not self.queue:
            return None
        return self.queue[min(self.question.about, len(self.queue) - 1)]

    @property
    def yes_or_no(self) -> bool:
        """Whether what is asked can be answered by a yes alone."""
        return self.question is not None and (self.question.asking == "confirm" or self.question.proposes)

    def forgetting(self, now: datetime) -> tuple["State", tuple[Act, ...]]:
        """The state without a question that has expired, and the acts that were dropped with it."""
        if self.question and self.question.expires and self.question.expires <= now:
            return self.settled(), self.queue
        return self, ()

    def attached(self, files: tuple[str, ...]) -> "State":
        """The state with references to files (a photo of a label) kept with the reports they came with."""
        queue = tuple(
            replace(act, attachments=act.attachments or files) if isinstance(act, Report) else act for act in self.queue
        )
        return replace(self, queue=queue)

    def settled(self) -> "State":
        """The state with nothing open."""
        return State(last=self.last, prompt=self.prompt)


Sentence = tuple[str, Mapping[str, Any]]
"""A wording's key and the values that fill it."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done after one utterance, in this order.

    `say` what came of it, tell what was `dropped`, `work` the state's queue with the first `confirmed` acts agreed
    to, answer the `lookups`; then `repeat` the last words, or ask the open question again (`reask`).
    """

    state: State
    say: tuple[Sentence, ...] = ()
    dropped: tuple[Act, ...] = ()
    work: bool = False
    confirmed: int = 0
    lookups: tuple[Frame, ...] = ()
    repeat: bool = False
    reask: bool = False
