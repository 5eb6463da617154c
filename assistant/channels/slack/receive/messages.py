"""What a person did in Slack becomes an utterance, and the answer a card: nothing here knows a lot or a rule."""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from assistant.channels.slack.cards import blocks, cards, sentences, trace_rows
from assistant.channels.slack.cards.blocks import Card
from assistant.channels.slack.cards.text import cut, escaped
from assistant.channels.slack.journal import Book, Taken
from assistant.channels.slack.people import People
from assistant.channels.slack.port import Floor, Person
from assistant.channels.slack.send.card_updates import Settling, moment
from assistant.messages import Edit, Form, Reply, Table, Utterance
from assistant.slack_text import OURS, named, typed

TRACING: Final = re.compile(r"(?:please |show |the )*trace\b", re.IGNORECASE)

ANSWERING: Final = frozenset({"confirm", "cancel", "pick"})

COMMAND: Final = "command/"
"""How the dialogue of a command is called, with the command's key behind it: it has no message of its own."""

BACK: Final = "leftwards_arrow_with_hook"
"""The reaction that takes an entry back."""

ANSWERABLE: Final = ("ask:", "entry:")
"""What a card of ours is about that its reader may answer or correct in its thread."""

TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an answer goes: a channel, and the thread in it; one that is `owed` is given whatever was said.

    `reader` is whom it answers, who gets it directly where the channel is shut; what is said `alone` answers nothing
    that is open.
    """

    channel: str
    thread: str | None = None
    owed: bool = False
    reader: str = ""
    alone: bool = False


def utterance(key: str, person: Person, text: str, spot: Spot) -> Utterance:
    """What a person says where its answer will stand; what is open elsewhere may be answered by it."""
    return Utterance(
        person.code,
        "slack",
        text,
        key,
        thread=f"{spot.channel}/{spot.thread or ''}",
        follows=True,
        addressed=spot.owed or None,
    )


@dataclass(frozen=True, slots=True)
class Handling:
    """Handles what was taken down, once; done again after a fall it changes nothing and answers the same."""

    floor: Floor
    book: Book
    people: People
    settling: Settling
    clock: Callable[[], float]

    def said(self, taken: Taken) -> Sequence[int]:
        """A message: heard, and answered in its thread. Gives the entries it posted."""
        body = taken.body
        spot = Spot(body["channel"], body["thread"] or body["ts"], reader=body["user"])
        words = self.words(body)
        person = self.people.who(body["user"])
        if person is None:
            self.tell(taken.key, spot, cards.note(sentences.UNKNOWN.format(user=body["user"])))
            return ()
        if body["files"] and not typed(words).words:
            self.tell(taken.key, spot, cards.note(sentences.PICTURE_ONLY))
            return ()
        files = tuple(str(f.get("permalink") or f.get("id")) for f in body["files"])
        spot = replace(spot, owed=(body["direct"] or OURS in words) and not typed(words).yes)
        shown = self.book.shown(body["channel"], body["thread"]) if body["thread"] else ()
        said = replace(
            utterance(taken.key, person, words, spot),
            follows=not body["thread"] or any(about.startswith(ANSWERABLE) for about in shown),
            requests=tuple(int(about.partition(":")[2]) for about in shown if about.startswith("request:")),
            attachments=files,
        )
        return self.hear(self._asked_by(said, shown), body["user"], spot)

    def words(self, body: Mapping[str, Any]) -> str:
        """The text of a message, with everybody mentioned by name and our own mention known as ours."""
        return named(body["text"], self.people.name, body.get("app"))

    def hear(self, said: Utterance, user: str, spot: Spot, asked: str = "") -> Sequence[int]:
        """An utterance and its answer; the entries it posted."""
        reply = self.floor.hear(said)
        self.answer(str(said.id), user, spot, reply, asked)
        if reply.lots and TRACING.match(typed(said.text).words):
            self._trace(str(said.id), spot, reply.lots[0])
        return [entry["number"] for entry in reply.entries if entry.get("reverses") is None]

    def answer(self, key: str, user: str, spot: Spot, reply: Reply, asked: str = "") -> None:
        """The card of the answer, and what it settles of earlier ones."""
        if reply.say or reply.table is not None:
            self.tell(key, spot, cards.of_reply(reply, key, asked))
        elif asked or spot.owed:
            self.tell(key, spot, cards.note(f"{asked}\n{sentences.NOT_UNDERSTOOD}".strip()))
        if reply.table is not None and blocks.table(reply.table.columns, reply.table.rows)[1] < len(reply.table.rows):
            self.table(key, spot, reply.table)
        names = self.people.names()
        for entry in reply.entries:
            self.settling.reversal(entry, names)
        if spot.alone and not reply.asking:
            return
        about, earlier = f"ask:{key}", self.book.asking(user)
        if earlier is not None and earlier != about:
            when = moment(self.floor.now())
            self.settling.settle(earlier, sentences.ANSWERED.format(name=self.people.name(user) or user, when=when))
        self.book.asks(user, about if reply.asking else None)

    def _trace(self, key: str, spot: Spot, lot: str) -> None:
        """Every step of a lot's way as a workbook, where it has any."""
        found = self.floor.trace(lot)
        rows = trace_rows.rows(found) if found is not None else ()
        if rows:
            self.table(key, spot, Table(f"trace {lot}", trace_rows.COLUMNS, rows))

    def tell(self, key: str, spot: Spot, card: Card, *, prefix: str = "reply") -> None:
        """Queue a card under the key of what it answers: it is posted once."""
        body = card.body(channel=spot.channel, **({"thread_ts": spot.thread} if spot.thread else {}))
        if spot.reader:
            body["reader"] = spot.reader
        post = f"{prefix}:{key}"
        self.book.post(post, spot.channel, "chat.postMessage", body, self.clock(), about=card.about)

    def told(self, taken: Taken) -> Sequence[int]:
        """Something that only the one who clicked is told, where they clicked."""
        body = taken.body
        self.whisper(taken.key, Spot(body["channel"], body["thread"] or None), body["user"], cards.note(body["say"]))
        return ()

    def whisper(self, key: str, spot: Spot, user: str, card: Card) -> None:
        """Queue a card that only one member sees; outside a channel it is a direct message."""
        if not spot.channel.startswith(("C", "G")):
            self.tell(key, Spot(user), card)
            return
        thread = {"thread_ts": spot.thread} if spot.thread else {}
        body = card.body(channel=spot.channel, user=user, reader=user, **thread)
        self.book.post(f"whisper:{key}", spot.channel, "chat.postEphemeral", body, self.clock())

    def table(self, key: str, spot: Spot, table: Table) -> None:
        """A table as a workbook in the thread of the answer."""
        self.file(key, spot, table.title, self.floor.workbook(table))

    def file(self, key: str, spot: Spot, title: str, content: bytes) -> None:
        """A workbook in the thread of the answer."""
        name = "".join(c if c.isalnum() else "-" for c in title.lower())[:60] or "table"
        body = {"filename": f"{name}.xlsx", "title": cut(title, TITLE), "under": f"reply:{key}"}
        if spot.thread:
            body |= {"channel": spot.channel, "thread_ts": spot.thread}
        told = {**body, "base64": b64encode(content).decode()}
        self.book.post(f"file:{key}:{name}", spot.channel, "files", told, self.clock())

    def changed(self, taken: Taken) -> Sequence[int]:
        """A message that was edited: it corrects what it posted, and is heard where it posted nothing.

        Looks that changed change nothing, and neither does an edit of what is not for us.
        """
        body = taken.body
        entries = self.book.entries_of(body["of"])
        was, words = (named(body[text], self.people.name, body.get("app")) for text in ("was", "text"))
        person = self.people.who(body["user"])
        if entries is None or person is None or typed(was).words == typed(words).words:
            return ()
        spot = Spot(body["channel"], body["thread"] or body["ts"], reader=body["user"])
        said = replace(utterance(taken.key, person, words, spot), follows=False)
        if not entries:
            return self._also(body["of"], self.hear(said, body["user"], spot))
        posted = self.hear(replace(said, edit=Edit(was, tuple(entries))), body["user"], spot)
        if not posted and self.book.find(f"reply:{taken.key}") is None:
            self._stands(taken, spot, entries, sentences.CHANGED)
        return self._also(body["of"], posted)

    def _also(self, key: str, posted: Sequence[int]) -> Sequence[int]:
        """The entries, noted as those of the message of that key too."""
        if posted:
            self.book.posts(key, posted)
        return posted

    def deleted(self, taken: Taken) -> Sequence[int]:
        """A message that was deleted: what it posted stays."""
        entries = self.book.entries_of(taken.body["of"])
        if entries:
            self._stands(
                taken, Spot(taken.body["channel"], taken.body["thread"] or taken.body["ts"]), entries, sentences.DELETED
            )
        return ()

    def _stands(self, taken: Taken, spot: Spot, entries: Sequence[int], told: str) -> None:
        """What a message posted stays in the books, with the buttons that take it back."""
        say = told.format(entries=", ".join(map(str, entries)))
        about = [f"entry:{n}" for n in entries[: cards.UNDONE]]
        undo = [
            blocks.buttons(f"entry:{n}", [cards.undo(n, several=len(entries) > 1)]) for n in entries[: cards.UNDONE]
        ]
        self.tell(taken.key, spot, blocks.card(say, [*blocks.said(say), *undo], about))

    def click(self, taken: Taken) -> Sequence[int]:
        """A button: it says what its card stands for, through the same conversation."""
        body = taken.body
        action, value, user = body["action"], body["value"], body["user"]
        spot = Spot(body["channel"], body["thread"] or body["ts"], reader=user) if body["channel"] else Spot(user)
        person = self.people.who(user)
        if person is None:
            self.tell(taken.key, spot, cards.note(sentences.UNKNOWN.format(user=user)))
            return ()
        if action.startswith("say.") or action in ANSWERING:
            return self.choose(taken.key, person, user, value, body["about"], spot)
        if action in {"undo", "approve"}:
            form = Form(action, {"entry" if action == "undo" else "request": value})
            said = replace(utterance(taken.key, person, f"{action} {value}", spot), form=form)
            posted = self.hear(said, user, spot)
            self.settling.refresh()
            return posted
        return self._warning(taken, person, spot)

    def reacted(self, taken: Taken) -> Sequence[int]:
        """A thumb up on our question is a yes to it, an arrow back on the card of one entry takes it back."""
        body = taken.body
        person, card = self.people.who(body["user"]), self.book.standing_at(body["channel"], body["ts"])
        if person is None or card is None:
            return ()
        spot = Spot(body["channel"], card.body.get("thread_ts") or body["ts"], reader=body["user"])
        shown = self.book.shown(body["channel"], body["ts"])
        sign = f":{body['reaction']}:"
        entries = [about.partition(":")[2] for about in shown if about.startswith("entry:")]
        if typed(sign).yes and self.book.asking(body["user"]) in shown:
            return self.hear(self._asked_by(utterance(taken.key, person, sign, spot), shown), body["user"], spot)
        if body["reaction"] == BACK and len(entries) == 1:
            said = utterance(taken.key, person, f"undo {entries[0]}", spot)
            return self.hear(replace(said, form=Form("undo", {"entry": entries[0]})), body["user"], spot)
        return ()

    def choose(self, key: str, person: Person, user: str, value: str, about: str, spot: Spot) -> Sequence[int]:
        """An answer by a button, which counts only on the card of the question that the person is being asked now."""
        if self.book.asking(user) != about:
            self.tell(key, spot, cards.note(sentences.CLOSED))
            return ()
        return self.hear(self._asked_by(utterance(key, person, escaped(value), spot), [about]), user, spot)

    def _asked_by(self, said: Utterance, shown: Sequence[str]) -> Utterance:
        """The utterance in the dialogue of the command whose question stands on that card, if one does."""
        for about in shown:
            thread = COMMAND + about.removeprefix("ask:")
            if about.startswith("ask:") and self.floor.waiting(said.person, "slack", thread) is not None:
                return replace(said, thread=thread, follows=False)
        return said

    def _warning(self, taken: Taken, person: Person, spot: Spot) -> Sequence[int]:
        """Acknowledge, hold the lot, snooze."""
        body = taken.body
        number, _, lot = body["value"].partition(" ")
        if body["action"] == "hold":
            said = replace(utterance(taken.key, person, f"hold {lot}", spot), form=Form("hold", {"lot": lot}))
            held = self.hear(said, body["user"], spot)
            if held:
                self.floor.acknowledge(int(number), person.code)
            self.settling.refresh()
            return held
        done = self.floor.put_aside if body["action"] == "snooze" else self.floor.acknowledge
        if not done(int(number), person.code):
            self.tell(taken.key, spot, cards.note(sentences.CARED.format(number=number)))
        self.settling.refresh()
        return ()
