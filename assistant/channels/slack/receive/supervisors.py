"""Commands and forms: what supervisors use beside the conversation, through the same conversation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from assistant.channels.slack.cards import cards, sentences
from assistant.channels.slack.cards.home import Homes
from assistant.channels.slack.journal import Book, Taken
from assistant.channels.slack.people import People
from assistant.channels.slack.port import DECIDERS, Floor, Person
from assistant.channels.slack.receive import slash_commands
from assistant.channels.slack.receive.accounts import Accounts
from assistant.channels.slack.receive.messages import COMMAND, Handling, Spot, utterance
from assistant.channels.slack.receive.recalls import Recalls
from assistant.channels.slack.send.card_updates import Settling
from assistant.messages import Form, Reply, Table
from assistant.slack_text import typed
from assistant.views.rows import OrderRow


@dataclass(frozen=True, slots=True)
class Supervising:
    """Handles what is more than a message or a click."""

    floor: Floor
    book: Book
    people: People
    settling: Settling
    homes: Homes
    handling: Handling
    recalls: Recalls
    accounts: Accounts

    def said(self, taken: Taken) -> Sequence[int]:
        """A message: what a supervisor says may be a command in plain words, everything else is heard."""
        body = taken.body
        person = self.people.who(body["user"])
        if person is None and self.accounts.join(taken, typed(self.handling.words(body)).words):
            return ()
        if person is not None and person.role in DECIDERS:
            meant = slash_commands.meant(typed(self.handling.words(body)).words)
            spot = Spot(body["channel"], body["thread"] or body["ts"], reader=body["user"])
            if meant is not None and self._done(taken, person, meant, spot):
                return ()
        return self.handling.said(taken)

    def command(self, taken: Taken) -> Sequence[int]:
        """A slash command; the answer goes to the plant's channel that it was given in, else to its author."""
        body = taken.body
        user, name, text = body["user"], body["command"], body["text"]
        spot = self._spot(body["channel"], user)
        person = self.people.who(user)
        if person is None:
            self.handling.tell(taken.key, spot, cards.note(sentences.UNKNOWN.format(user=user)))
            return ()
        if name == "floor" and self.accounts.command(taken, person, text):
            return ()
        if name == "count":
            for n, place in enumerate(slash_commands.each(name, text)):
                self._count(replace(taken, key=f"{taken.key}:{n}"), person, place, spot)
            return ()
        meant = (
            (name, text)
            if name == "orders" or slash_commands.words(name, text) is None
            else slash_commands.meant(text)
            if name == "floor"
            else None
        )
        if meant is not None and self._done(taken, person, meant, spot):
            return ()
        posted: list[int] = []
        for n, part in enumerate(slash_commands.each(name, text)):
            key = f"{taken.key}:{n}" if n else taken.key
            said = utterance(key, person, slash_commands.words(name, part) or part, spot)
            if name != "floor":
                spot = replace(spot, alone=True)
                said = replace(said, thread=f"{COMMAND}{key}", follows=False)
            asked = sentences.COMMAND.format(name=person.name, command=name, text=part)
            posted += self.handling.hear(said, user, spot, asked)
        self.settling.refresh()
        return posted

    def _done(self, taken: Taken, person: Person, meant: tuple[str, str], spot: Spot) -> bool:
        """Whether it was a command that is more than an utterance, and is answered."""
        name, text = meant
        if name == "approve":
            self._requests(taken, spot)
        elif name == "orders":
            self._orders(taken, person, text, spot)
        elif name in {"report", "recall"} and person.role not in DECIDERS:
            self.handling.tell(taken.key, spot, cards.note(sentences.DECIDERS_ONLY))
        elif name == "report":
            self._report(taken, person, text, spot)
        elif name == "recall":
            self.handling.tell(taken.key, spot, cards.recall_form(text))
        elif name == "count" and self.floor.place(text) is not None:
            self._count(taken, person, text, spot)
        else:
            return False
        return True

    def _spot(self, channel: str, user: str) -> Spot:
        """A channel that is the plant's or the person's own; anywhere else the answer could be too public."""
        known = channel in self.floor.settings.slack_channels.values() or channel.startswith("D")
        return Spot(channel, reader=user) if known else Spot(user)

    def _requests(self, taken: Taken, spot: Spot) -> None:
        found = list(self.floor.requests())
        names = self.people.names()
        if not found:
            self.handling.tell(taken.key, spot, cards.note(sentences.NO_REQUESTS))
        for request in found[: cards.LISTED]:
            key = f"{taken.key}:{request['number']}"
            self.handling.tell(key, spot, cards.request(request, names))

    def _orders(self, taken: Taken, person: Person, text: str, spot: Spot) -> None:
        """The work orders, or those that are named by number or status; what is named and is not there is said."""
        found = self.floor.orders()
        named = [word for word in text.replace(",", " ").split() if word.lower() not in {"and", "all"}]
        kept = [o for o in found if not named or any(_is_named(o, word) for word in named)]
        unknown = [word for word in named if not any(_is_named(o, word) for o in found)]
        rows = tuple(
            (o["number"], o["name"], o["status"], f"{o['made']} of {o['planned']} {o['unit']}", o["line"] or "")
            for o in kept
        )
        table = Table("Work orders", ("Order", "Product", "Status", "Made", "Line"), rows) if rows else None
        say = sentences.ORDERS.format(count=len(rows), s="" if len(rows) == 1 else "s") if rows or not unknown else ""
        lacks = " ".join(sentences.NO_ORDER.format(order=word) for word in unknown)
        asked = sentences.COMMAND.format(name=person.name, command="orders", text=text)
        self.handling.tell(
            taken.key, spot, cards.of_reply(Reply(f"{say} {lacks}".strip(), table=table), taken.key, asked)
        )
        if table is not None and not named:
            self.handling.table(taken.key, spot, table)

    def _report(self, taken: Taken, person: Person, said: str, spot: Spot) -> None:
        """A report: its sentence, its main columns, and all of it as a workbook."""
        name, days = slash_commands.report(said)
        since = self.floor.today() - timedelta(days=days) if days is not None else None
        found = self.floor.figures(name, since)
        if found is None:
            return
        asked = sentences.COMMAND.format(name=person.name, command="floor", text=said)
        self.handling.tell(taken.key, spot, cards.report(found, asked))
        if found.cells:
            self.handling.table(taken.key, spot, found.table())

    def _count(self, taken: Taken, person: Person, said: str, spot: Spot) -> None:
        """The floor is asked to count a place; it is told the lots, never how much of them the books have."""
        floor = self.floor.settings.slack_channels.get("floor")
        code = self.floor.place(said)
        if person.role not in DECIDERS:
            say = sentences.DECIDERS_ONLY
        elif floor is None:
            say = sentences.NO_FLOOR
        elif code is None:
            say = sentences.NO_PLACE.format(place=said)
        else:
            place = self.floor.catalog().places[code].name
            lots = ", ".join(dict.fromkeys(f"{row['lot']} ({row['location']})" for row in self.floor.stock(at=code)))
            ask = (sentences.COUNT if lots else sentences.COUNT_EMPTY).format(name=person.name, place=place, lots=lots)
            self.handling.tell(taken.key, Spot(floor), cards.note(ask), prefix="count")
            say = sentences.COUNT_ASKED.format(place=place)
        self.handling.tell(taken.key, spot, cards.note(say))

    def form(self, taken: Taken) -> Sequence[int]:
        """A form that was sent."""
        body = taken.body
        user, fields = body["user"], body["fields"]
        person = self.people.who(user)
        channel = body.get("channel") or ""
        thread = body.get("thread") or body.get("ts") or None
        spot = Spot(channel, thread, reader=user) if channel else Spot(user)
        if person is None:
            self.handling.tell(taken.key, Spot(user), cards.note(sentences.UNKNOWN.format(user=user)))
            return ()
        if body["form"] == "recall":
            self.recalls.start(taken, person, fields, self._spot(channel, user))
            return ()
        if body["form"] == "correct":
            change = fields["change"]
            said = change if change.lower().startswith("no") else f"no, {change}"
            return self.handling.choose(taken.key, person, user, said, body["about"], spot)
        said = f"{body['decision']} {body['number']} {fields['note']}".strip()
        slots = {"request": body["number"], **({"note": fields["note"]} if fields["note"] else {})}
        form = replace(utterance(taken.key, person, said, spot), form=Form(body["decision"], slots))
        posted = self.handling.hear(form, user, spot)
        self.settling.refresh()
        return posted

    def home(self, taken: Taken) -> Sequence[int]:
        """The home tab as it stands now."""
        self.homes.publish(taken.body["user"], taken.key)
        return ()


def _is_named(order: OrderRow, word: str) -> bool:
    """Whether a word is the order's number, its digits, or its status."""
    number, said = order["number"].casefold(), word.casefold()
    return said in {number, number.rpartition("-")[2], order["status"].casefold()}
