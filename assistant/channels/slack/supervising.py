"""Commands and forms: what supervisors use beside the conversation, through the same conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.channels.slack import cards, modals, sayings, slash
from assistant.channels.slack.book import Book, Taken
from assistant.channels.slack.desk import DECIDERS, Floor, Person
from assistant.channels.slack.handling import Handling, Spot
from assistant.channels.slack.home import Homes
from assistant.channels.slack.people import People
from assistant.channels.slack.settling import Settling
from assistant.messages import Reply, Table, Utterance


@dataclass(frozen=True, slots=True)
class Supervising:
    """Handles what is more than a message or a click."""

    floor: Floor
    book: Book
    people: People
    settling: Settling
    homes: Homes
    handling: Handling

    def command(self, taken: Taken) -> Sequence[int]:
        """A slash command; the answer goes to the plant's channel that it was given in, else to its author."""
        body = taken.body
        user, name, text = body["user"], body["command"], body["text"]
        spot = self._spot(body["channel"], user)
        person = self.people.who(user)
        if person is None:
            self.handling.tell(taken.key, spot, cards.note(sayings.UNKNOWN.format(user=user)))
            return ()
        if name == "floor" and text.lower().startswith("code "):
            return self._code(taken, person, text[5:].strip())
        if name == "approve" and not text:
            return self._requests(taken, spot)
        if name == "orders" and not text:
            return self._orders(taken, person, spot)
        if name == "count":
            return self._count(taken, person, text, spot)
        said = slash.words(name, text) or text
        asked = sayings.COMMAND.format(name=person.name, command=name, text=text)
        posted = self.handling.hear(taken.key, person, user, said, spot, asked=asked)
        self.settling.refresh()
        return posted

    def _spot(self, channel: str, user: str) -> Spot:
        """A channel that is the plant's or the person's own; anywhere else the answer could be too public."""
        known = channel in self.floor.settings.slack_channels.values() or channel.startswith("D")
        return Spot(channel if known else user)

    def _code(self, taken: Taken, person: Person, name: str) -> Sequence[int]:
        """A code for somebody who is not in people.csv with a Slack id; only its author sees it."""
        if person.role not in DECIDERS:
            say = sayings.DECIDERS_ONLY
        else:
            made = self.people.invite(name)
            say = sayings.CODE.format(name=name, code=made) if made else sayings.NO_PERSON.format(name=name)
        self.handling.tell(taken.key, Spot(taken.body["user"]), cards.note(say))
        return ()

    def _requests(self, taken: Taken, spot: Spot) -> Sequence[int]:
        found = list(self.floor.requests())
        names = self.people.names()
        if not found:
            self.handling.tell(taken.key, spot, cards.note(sayings.NO_REQUESTS))
        for request in found[: cards.LISTED]:
            key = f"{taken.key}:{request['number']}"
            self.handling.tell(key, spot, cards.request(request, names))
        return ()

    def _orders(self, taken: Taken, person: Person, spot: Spot) -> Sequence[int]:
        rows = tuple(
            (o["number"], o["name"], o["status"], f"{o['made']} of {o['planned']} {o['unit']}", o["line"] or "")
            for o in self.floor.orders()
        )
        table = Table("Work orders", ("Order", "Product", "Status", "Made", "Line"), rows)
        reply = Reply(f"{len(rows)} work orders.", table=table)
        asked = sayings.COMMAND.format(name=person.name, command="orders", text="")
        self.handling.tell(taken.key, spot, cards.of_reply(reply, taken.key, asked))
        if len(rows) > cards.OFFERED:
            self.handling.file(taken.key, spot, table.title, table.columns, table.rows)
        return ()

    def _count(self, taken: Taken, person: Person, said: str, spot: Spot) -> Sequence[int]:
        """The floor is asked to count a place; it is told the lots, never how much of them the books have."""
        floor = self.floor.settings.slack_channels.get("floor")
        code = self._place(said)
        if person.role not in DECIDERS:
            say = sayings.DECIDERS_ONLY
        elif floor is None:
            say = sayings.NO_FLOOR
        elif code is None:
            say = sayings.NO_PLACE.format(place=said)
        else:
            place = self.floor.catalog().places[code].name
            lots = ", ".join(dict.fromkeys(f"{row['lot']} ({row['location']})" for row in self.floor.stock(at=code)))
            ask = (sayings.COUNT if lots else sayings.COUNT_EMPTY).format(name=person.name, place=place, lots=lots)
            self.handling.tell(taken.key, Spot(floor), cards.note(ask), prefix="count")
            say = sayings.COUNT_ASKED.format(place=place)
        self.handling.tell(taken.key, spot, cards.note(say))
        return ()

    def _place(self, said: str) -> str | None:
        """The place of that code, name or alias."""
        wanted = said.casefold()
        for code, place in self.floor.catalog().places.items():
            if wanted in {code.casefold(), place.name.casefold(), *(alias.casefold() for alias in place.aliases)}:
                return code
        return None

    def form(self, taken: Taken) -> Sequence[int]:
        """A form that was sent."""
        body = taken.body
        user, fields = body["user"], body["fields"]
        person = self.people.who(user)
        channel = body.get("channel") or ""
        spot = Spot(channel, body.get("thread") or body.get("ts") or None) if channel else Spot(user)
        if person is None:
            self.handling.tell(taken.key, Spot(user), cards.note(sayings.UNKNOWN.format(user=user)))
            return ()
        if body["form"] == "recall":
            return self._recall(taken, person, fields, self._spot(channel, user))
        if body["form"] == "correct":
            change = fields["change"]
            said = change if change.lower().startswith("no") else f"no, {change}"
            return self.handling.choose(taken.key, person, user, said, body["about"], spot)
        said = f"{body['decision']} {body['number']} {fields['note']}".strip()
        posted = self.handling.hear(taken.key, person, user, said, spot)
        self.settling.refresh()
        return posted

    def _recall(self, taken: Taken, person: Person, fields: Mapping[str, str], spot: Spot) -> Sequence[int]:
        """What the lot reached, with both lists as files, told to the supervisors."""
        if person.role not in DECIDERS:
            self.handling.tell(taken.key, spot, cards.note(sayings.DECIDERS_ONLY))
            return ()
        said = Utterance(person.code, "slack", f"recall {fields['lot']}", taken.key)
        reply = self.floor.hear(said)
        found = self.floor.recall(reply.lots[0]) if reply.lots else None
        if found is None:
            self.handling.answer(taken.key, person, taken.body["user"], spot, reply)
            return ()
        kind = modals.REAL if fields["kind"] == modals.REAL else modals.MOCK
        home = self.floor.settings.slack_channels.get("supervisors")
        told = Spot(home) if home else spot
        self.handling.tell(taken.key, told, cards.recall(found, kind, fields["reason"], person.name))
        self._lists(taken.key, told, found)
        return ()

    def _lists(self, key: str, spot: Spot, found: Mapping[str, Any]) -> None:
        balances = ("consumed", "scrapped", "shipped", "accounted_percent")
        lots = [
            [
                lot["lot"],
                lot["product"],
                lot["made_or_received"],
                "; ".join(f"{h['location']} {h['quantity']} {h['unit']}" for h in lot["on_hand"]),
                *(str(lot[name]) for name in balances),
            ]
            for lot in found["affected"]
        ]
        columns = ("lot", "product", "made or received", "on hand", *balances)
        self.handling.file(key, spot, f"recall {found['lot']} lots", columns, lots)
        named = ("customer", "lot", "quantity", "unit", "reference", "at")
        reached = [[str(row[name] or "") for name in named] for row in found["customers"]]
        self.handling.file(key, spot, f"recall {found['lot']} customers", named, reached)

    def home(self, taken: Taken) -> Sequence[int]:
        """The home tab as it stands now."""
        self.homes.publish(taken.body["user"], taken.key)
        return ()
