"""Who a Slack member is in the plant: by the id in people.csv, or by a code that a supervisor handed out."""

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from assistant.channels.slack.journal import Book
from assistant.channels.slack.port import Floor, Person

LIVES: Final = 24 * 3600.0
"""Seconds that a code can be used, once."""

GUESSES: Final = 5
"""Wrong codes that a member may show within an hour."""

_LETTERS: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_CODE: Final = re.compile(rf"^(?:(?:my\s+)?code(?:\s+is)?|join)\s*:?\s*([{_LETTERS}]{{8}})\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class People:
    """The plant's people as Slack members."""

    floor: Floor
    book: Book
    clock: Callable[[], float]

    def who(self, slack_id: str) -> Person | None:
        """The active person with that Slack id; None for anybody else."""
        people = self.floor.people()
        for person in people:
            if person.slack_id == slack_id:
                return person
        code = self.book.members().get(slack_id)
        return next((p for p in people if p.code == code), None)

    def name(self, slack_id: str) -> str | None:
        """What people call that member; None for somebody whom the plant does not know."""
        known = self.who(slack_id)
        return known.name if known else None

    def names(self) -> dict[str, str]:
        """What people call each person, by code."""
        return {person.code: person.name for person in self.floor.people()}

    def slack_id(self, code: str) -> str | None:
        """Where a person is reached; None for one who is not in Slack."""
        known = next((p for p in self.floor.people() if p.code == code), None)
        if known is None:
            return None
        joined = next((member for member, person in self.book.members().items() if person == code), None)
        return known.slack_id or joined

    def invite(self, code: str) -> str | None:
        """A code by which that person joins, once; None for somebody whom the plant does not know."""
        known = next(
            (p for p in self.floor.people() if code.casefold() in {p.code.casefold(), p.name.casefold()}), None
        )
        if known is None:
            return None
        made = "".join(secrets.choice(_LETTERS) for _ in range(8))
        self.book.invite(_digest(made), known.code, self.clock() + LIVES)
        return made

    def join(self, slack_id: str, text: str) -> bool | None:
        """Whether the code in the text made a person of the member; None where there is no code in it."""
        shown = _CODE.match(text.strip())
        if shown is None:
            return None
        now = self.clock()
        if self.book.guesses(slack_id, now - 3600) >= GUESSES:
            return False
        return self.book.join(_digest(shown.group(1).upper()), slack_id, now) is not None


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
