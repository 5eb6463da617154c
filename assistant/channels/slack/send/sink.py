"""Messages of the outbox on their way to Slack: to the channel or the person, as the card that fits them."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, Protocol

from slack_sdk import WebClient

from assistant.channels.slack.cards import cards
from assistant.channels.slack.cards.blocks import Card
from assistant.channels.slack.client import web_client
from assistant.channels.slack.journal import Book
from assistant.channels.slack.people import People
from assistant.channels.slack.port import Floor
from assistant.channels.slack.send.card_updates import FINISHING
from assistant.channels.slack.send.queue import PACE, Never, NotNow, call, receipt

INSTEAD: Final = ("supervisors", "floor")
"""Where a message goes whose own channel is not set."""


class Message(Protocol):
    """A message of the outbox."""

    @property
    def sink(self) -> str:
        """Whom it is for: supervisors, quality, receivers, floor, or person:CODE."""

    @property
    def key(self) -> str:
        """Its identity."""

    @property
    def body(self) -> Mapping[str, Any]:
        """What it says, and what it is about."""


@dataclass(slots=True)
class SlackSink:
    """Posts messages from any thread, one a second for each channel; `unwanted` is raised for what Slack never takes.

    Anything else that fails is an OSError, whose `seconds` says how long Slack asks to wait.
    """

    floor: Floor
    unwanted: Callable[[str], Exception]
    client: WebClient
    book: Book
    pace: float = PACE
    clock: Callable[[], float] = time.time
    _last: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, floor: Floor, unwanted: Callable[[str], Exception]) -> "SlackSink":
        """The sink of an assistant."""
        return cls(floor, unwanted, web_client(floor.settings), Book(floor.settings.slack_file))

    def send(self, message: Message) -> str | None:
        """Post it; gives channel/ts. What was posted before is not posted again."""
        key = f"outbox:{message.key}"
        known = self.book.find(key)
        if known is not None and known.receipt:
            return known.receipt
        channel = self._channel(message.sink)
        self._wait_for_turn(channel)
        card = self._card(message, channel)
        body = card.body(channel=channel)
        try:
            given = receipt(call(self.client, "chat.postMessage", body))
        except Never as error:
            raise self.unwanted(str(error)) from error
        if given is not None:
            self.book.posted(key, channel, body, self.clock(), given, card.about)
        return given

    def _wait_for_turn(self, channel: str) -> None:
        """Raises NotNow where the channel got something within the second, also for another group of people."""
        with self._lock:
            now = self.clock()
            left = self.pace - (now - self._last.get(channel, float("-inf")))
            if left > 0:
                raise NotNow("one message a second", left)
            self._last[channel] = now

    def _channel(self, sink: str) -> str:
        channels = self.floor.settings.slack_channels
        if sink.startswith("person:"):
            code = sink.partition(":")[2]
            member = People(self.floor, self.book, self.clock).slack_id(code)
            if member is None:
                raise self.unwanted(f"{code} has no Slack id")
            return member
        found = next((channels[name] for name in (sink, *INSTEAD) if channels.get(name)), None)
        if found is None:
            raise self.unwanted(f"no Slack channel is set for {sink}")
        return found

    def _card(self, message: Message, channel: str) -> Card:
        body = message.body
        say = str(body.get("say", ""))
        if isinstance(number := body.get("request"), int):
            found = self.floor.request(number)
            if found is not None and found["status"] == "open":
                names = {person.code: person.name for person in self.floor.people()}
                return cards.request(found, names, say)
        if isinstance(number := body.get("warning"), int):
            return cards.warning(number, say, body.get("lot"))
        if isinstance(number := body.get("recall"), int):
            return self._recall(number, channel) or cards.note(say)
        return cards.note(say, "Shift digest" if message.key.startswith("digest:") else "")

    def _recall(self, number: int, channel: str) -> Card | None:
        """A recall that runs and whose card the channel does not have yet."""
        if any(copy.channel == channel for copy in self.book.copies(f"{FINISHING}{number}")):
            return None
        kept = next((row for row in self.floor.recalls() if row["number"] == number), None)
        if kept is None or kept["finished"] is not None:
            return None
        found = self.floor.recall(kept["lot"], kept["also"])
        names = {person.code: person.name for person in self.floor.people()}
        return cards.recall(found, kept, names.get(kept["by"], kept["by"])) if found is not None else None
