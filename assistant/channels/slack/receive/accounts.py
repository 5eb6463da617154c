"""Whose a Slack account is: invited by who may, told to those concerned, revoked, and refused where Slack says so."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from slack_sdk import WebClient

from assistant.channels.slack.cards import cards, sentences
from assistant.channels.slack.journal import Taken
from assistant.channels.slack.people import Joined, People
from assistant.channels.slack.port import DECIDERS, Floor, Person
from assistant.channels.slack.receive.messages import Handling, Spot
from assistant.channels.slack.send.card_updates import moment
from assistant.channels.slack.send.queue import Never, NotNow, call
from assistant.messages import Table
from assistant.roles import outranks

LOG = logging.getLogger(__name__)

DAY: Final = 86400.0
"""Seconds for which what Slack says of a member counts."""

AGAIN: Final = 600.0
"""Seconds after which Slack is asked again that could not say."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """Handles invitations, joining, revoking, and members whom Slack does not call full members."""

    floor: Floor
    people: People
    handling: Handling
    client: WebClient
    clock: Callable[[], float]

    def refusal(self, taken: Taken) -> str | None:
        """Why this member's doing does not count, whoever they are; Slack is asked once a day."""
        body = taken.body
        if body.get("foreign"):
            return sentences.FOREIGN
        known = self.people.roll.standing(body["user"], self.clock() - DAY)
        return (self._asked(body["user"]) if known is None else known) or None

    def _asked(self, user: str) -> str:
        """What Slack says of a member; empty for a full one, and where Slack says nothing (it is asked again soon)."""
        said, at = "", self.clock()
        try:
            said = _refused(call(self.client, "users.info", {"user": user}).get("user") or {})
        except Never as error:
            LOG.warning("Slack tells nothing of its member %s: %s", user, error)
        except NotNow:
            at += AGAIN - DAY
        self.people.roll.stands(user, said, at)
        return said

    def changed(self, taken: Taken) -> Sequence[int]:
        """Slack tells that a member became another: one who left or became a guest is nobody any more."""
        user, refused = taken.body["user"], _refused(taken.body["member"])
        person = self.people.who(user)
        self.people.roll.stands(user, refused, self.clock())
        if refused and person is not None:
            self.people.roll.revoke(user, "slack", self.clock())
            self._supervisors(taken, sentences.LEFT_SLACK.format(name=person.name, user=user))
        return ()

    def join(self, taken: Taken, said: str) -> bool:
        """Whether the words are a code, and whoever sent it has been told what it did."""
        user, direct = taken.body["user"], taken.body["direct"]
        known = self.people.who(user)
        joined = self.people.join(user, said) if direct and known is None else None
        if joined is None:
            return False
        spot = Spot(taken.body["channel"], taken.body["thread"] or taken.body["ts"])
        if not isinstance(joined, Joined):
            self.handling.tell(taken.key, spot, cards.note(sentences.NOT_JOINED))
            return True
        names = self.people.names()
        name, by = names.get(joined.person, joined.person), names.get(joined.by, joined.by)
        self.handling.tell(taken.key, spot, cards.note(sentences.JOINED.format(name=name)))
        self._supervisors(taken, sentences.HAS_JOINED.format(name=name, user=user, by=by))
        return True

    def command(self, taken: Taken, person: Person, text: str) -> bool:
        """Whether it was `code`, `unlink`, `people` or `status`, and is answered; only its author sees the answer."""
        verb, _, rest = text.partition(" ")
        does = {"code": self._code, "unlink": self._unlink}.get(verb.lower())
        shows = {"people": self._list, "status": self._status}.get(text.lower())
        if does is None and shows is None:
            return False
        if person.role not in DECIDERS:
            self._answer(taken, sentences.DECIDERS_ONLY)
        elif does is None:
            shows(taken) if shows else None
        else:
            meant = self.people.named(rest)
            if meant is None:
                self._answer(taken, sentences.NO_PERSON.format(name=rest))
            elif outranks(meant.role, person.role):
                self._answer(taken, sentences.ABOVE.format(name=meant.name, role=meant.role))
            else:
                does(taken, person, meant)
        return True

    def _code(self, taken: Taken, person: Person, meant: Person) -> None:
        account = self.people.slack_id(meant.code)
        if account is not None:
            self._answer(taken, sentences.LINKED.format(name=meant.name, user=account, code=meant.code))
            return
        made = self.people.invite(meant, person)
        self._answer(taken, sentences.CODE.format(name=meant.name, code=made))

    def _unlink(self, taken: Taken, person: Person, meant: Person) -> None:
        account = self.people.slack_id(meant.code)
        if account is None:
            self._answer(taken, sentences.NOT_LINKED.format(name=meant.name))
            return
        said = sentences.UNLINKED.format(name=meant.name, user=account, by=person.name)
        self.handling.tell(taken.key, Spot(account), cards.note(said), prefix="unlinked")
        self.people.roll.revoke(account, person.code, self.clock())
        self._supervisors(taken, said)
        self._answer(taken, said)

    def _list(self, taken: Taken) -> None:
        """Everybody with their account."""
        accounts = {person.code: account for account, person in self.people.accounts().items()}
        joined = self.people.roll.members()
        rows = tuple(
            (p.code, p.name, p.role, accounts.get(p.code, "–"), _how(accounts.get(p.code), joined))
            for p in self.floor.people()
        )
        table = Table(sentences.PEOPLE, sentences.PEOPLE_COLUMNS, rows)
        self.handling.tell(taken.key, Spot(taken.body["user"]), cards.listed(sentences.PEOPLE, table))

    def _status(self, taken: Taken) -> None:
        """What waits, what Slack refuses, and how the app is installed."""
        book = self.handling.book
        troubled, noted = book.troubled(), book.noted()
        lines = [sentences.WAITING.format(taken=book.unhandled() - 1, posts=book.unposted())]
        for channel, error in dict.fromkeys((t.channel, t.error) for t in troubled):
            of = [t for t in troubled if (t.channel, t.error) == (channel, error)]
            since = moment(datetime.fromtimestamp(of[0].at, self.floor.now().tzinfo))
            lines.append(sentences.REFUSED.format(channel=channel, error=error, count=len(of), since=since))
        if noted.get("missing scopes", ("", 0))[0]:
            lines.append(sentences.SCOPES_MISSING.format(scopes=noted["missing scopes"][0]))
        if "refused" in noted:
            lines.append(sentences.NOT_INSTALLED.format(error=noted["refused"][0]))
        if "app_rate_limited" in noted:
            at = moment(datetime.fromtimestamp(noted["app_rate_limited"][1], self.floor.now().tzinfo))
            lines.append(sentences.LEFT_OUT.format(when=at))
        self.handling.tell(taken.key, Spot(taken.body["user"]), cards.note("\n".join(lines), sentences.STATUS))

    def _answer(self, taken: Taken, say: str) -> None:
        self.handling.tell(taken.key, Spot(taken.body["user"]), cards.note(say))

    def _supervisors(self, taken: Taken, say: str) -> None:
        channel = self.floor.settings.slack_channels.get("supervisors")
        if channel:
            self.handling.tell(taken.key, Spot(channel), cards.note(say), prefix="supervisors")


def _how(account: str | None, joined: dict[str, str]) -> str:
    """By what somebody has their account."""
    if account is None:
        return ""
    return sentences.BY_CODE if account in joined else sentences.BY_FILE


def _refused(member: dict[str, Any]) -> str:
    """Why a member of Slack is none of the plant's; empty for a full member."""
    if member.get("deleted"):
        return sentences.DEACTIVATED
    if member.get("is_restricted") or member.get("is_ultra_restricted"):
        return sentences.GUEST
    if member.get("is_stranger"):
        return sentences.FOREIGN
    return ""
