"""The conversation as a page shows it again: what was said and answered, bounded, by browser and person.

It is a convenience of the screen. What was posted is in the books, and what is still asked is in the database.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from assistant.messages import Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person typed at a moment, and the answer; `key` is the message's id, so that one message is one turn."""

    key: str
    said: str
    reply: Reply
    at: datetime

    @property
    def outcome(self) -> str:
        """In one word what came of it: posted, partly, approval, blocked, asked, answered or silent."""
        return outcome(self.reply)

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be answered with one tap: the reply's options, and yes or no where it waits for that."""
        if self.reply.asking is None:
            return ()
        return self.reply.options or (("yes", "no") if self.reply.asking == "confirm" else ())


def outcome(reply: Reply) -> str:
    """In one word what a reply did; `partly` posted some and refused some of a message with several reports."""
    if reply.entries:
        return "partly" if reply.blocked else "posted"
    if reply.requests:
        return "approval"
    if reply.blocked:
        return "blocked"
    if reply.asking:
        return "asked"
    return "answered" if reply.say else "silent"


class Transcripts:
    """The latest turns of the latest conversations; the oldest are forgotten first. Safe to use from many threads."""

    def __init__(self, *, conversations: int = 400, turns: int = 60) -> None:
        self._conversations = conversations
        self._turns = turns
        self._kept: OrderedDict[tuple[str, str], deque[Turn]] = OrderedDict()
        self._lock = Lock()

    def of(self, session: str, person: str) -> tuple[Turn, ...]:
        """The turns of one conversation, oldest first."""
        with self._lock:
            return tuple(self._kept.get((session, person), ()))

    def add(self, session: str, person: str, turn: Turn) -> None:
        """Keeps a turn; one that is kept already stays as it is."""
        with self._lock:
            turns = self._kept.setdefault((session, person), deque(maxlen=self._turns))
            self._kept.move_to_end((session, person))
            if all(known.key != turn.key for known in turns):
                turns.append(turn)
            while len(self._kept) > self._conversations:
                self._kept.popitem(last=False)
