"""The open warnings as one board: who takes care, since when, how often."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.rules import RuleBook
from assistant.supervision.digest import digest_key
from assistant.wording.sentences import Wording
from store.desk.outbox import Message
from store.desk.warnings import Warning as Raised
from store.session import Session


@dataclass(frozen=True, slots=True)
class Listed:
    """A warning as people read it, with the step that is suggested to its owner."""

    warning: Raised
    say: str
    next: str


@dataclass(frozen=True, slots=True)
class Board:
    """The warnings of a day, each once, by how they stand, and the digests of its shifts with their moments.

    `undelivered` are messages that their sink refused for good, or that could not be sent.
    """

    open: Sequence[Listed]
    resting: Sequence[Listed]
    cared: Sequence[Listed]
    over: Sequence[Listed]
    digests: Sequence[tuple[datetime, str]]
    undelivered: Sequence[Message]


def board(session: Session, book: RuleBook, wording: Wording, now: datetime) -> Board:
    """What is open, put aside or in somebody's care, and what was over today; the newest first."""
    morning = now.replace(hour=0, minute=0, second=0, microsecond=0)
    hours = [digest_key(morning.replace(hour=hour)) for hour in range(24)]
    found = [_listed(warning, book, wording) for warning in reversed(session.warnings.since(morning))]
    still = [x for x in found if x.warning.closed is None]
    waiting = [x for x in still if x.warning.acknowledged_by is None]
    return Board(
        open=[x for x in waiting if not x.warning.resting(now)],
        resting=[x for x in waiting if x.warning.resting(now)],
        cared=[x for x in still if x.warning.acknowledged_by is not None],
        over=[x for x in found if x.warning.closed is not None],
        undelivered=session.outbox.set_aside(),
        digests=[(message.at, str(message.body["say"])) for message in reversed(session.outbox.among(hours))],
    )


def _listed(warning: Raised, book: RuleBook, wording: Wording) -> Listed:
    rule = book.by_name.get(warning.rule)
    return Listed(warning, wording.plain(warning.say).eye, rule.next if rule else "")
