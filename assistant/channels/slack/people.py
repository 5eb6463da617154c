"""Who a Slack member is in the plant: by the id in people.csv, or by a code that a supervisor handed out."""

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from assistant.channels.slack.journal import Book
from assistant.channels.slack.port import Floor, Person
from assistant.channels.slack.roll import Roll

LIVES: Final = 24 * 3600.0
"""Seconds that a code can be used, once."""

GUESSES: Final = 5
"""Wrong codes that a member may show within an hour."""

_LETTERS: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_CODE: Final = re.compile(rf"^(?:(?:my\s+)?code(?:\s+is)?|join)\s*:?\s*([{_LETTERS}]{{8}})\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody who joined: their code and who had invited them."""

    person: str
    by: str


@dataclass(frozen=True, slots=True)
class People:
    """The plant's people as Slack members."""

    floor: Floor
    book: Book
    clock: Callable[[], float]

    @property
    def roll(self) -> Roll:
        """What is known of accounts beside people.csv."""
        return Roll(self.book)

    def accounts(self) -> dict[str, Person]:
        """The active person of every account that is somebody's."""
        people, gone = self.floor.people(), self.roll.revoked()
        by_code = {person.code: person for person in people}
        found = {person.slack_id: person for person in people if person.slack_id and person.slack_id not in gone}
        joined = {member: by_code[code] for member, code in self.roll.members().items() if code in by_code}
        return {**joined, **found}

    def who(self, slack_id: str) -> Person | None:
        """The active person with that Slack id; None for anybody else."""
        return self.accounts().get(slack_id)

    def name(self, slack_id: str) -> str | None:
        """What people call that member; None for somebody whom the plant does not know."""
        known = self.who(slack_id)
        return known.name if known else None

    def names(self) -> dict[str, str]:
        """What people call each person, by code."""
        return {person.code: person.name for person in self.floor.people()}

    def named(self, said: str) -> Person | None:
        """The person of that code or name."""
        wanted = " ".join(said.casefold().split())
        people = self.floor.people()
        whole = next((p for p in people if wanted in {p.code.casefold(), p.name.casefold()}), None)
        firsts = [p for p in people if p.name.casefold().split()[0] == wanted]
        return whole or (firsts[0] if len(firsts) == 1 else None)

    def slack_id(self, code: str) -> str | None:
        """Where a person is reached; None for one who is not in Slack."""
        return next((account for account, person in self.accounts().items() if person.code == code), None)

    def invite(self, person: Person, by: Person) -> str:
        """A code by which that person joins, once, and no earlier one any more."""
        made = "".join(secrets.choice(_LETTERS) for _ in range(8))
        self.roll.invite(_digest(made), person.code, by.code, self.clock() + LIVES)
        return made

    def join(self, slack_id: str, text: str) -> Joined | bool | None:
        """Who the code in the text made of the member; False for a wrong one, None where there is none in it."""
        shown = _CODE.match(text.strip())
        if shown is None:
            return None
        now = self.clock()
        if self.roll.guesses(slack_id, now - 3600) >= GUESSES:
            return False
        joined = self.roll.join(_digest(shown.group(1).upper()), slack_id, now)
        return Joined(*joined) if joined is not None else False


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
