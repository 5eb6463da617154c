"""Every copy of a card shows the same: when something is decided, wherever it was, each copy says by whom and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final

from assistant.channels.slack.cards import blocks, sentences
from assistant.channels.slack.cards.home import Homes
from assistant.channels.slack.cards.text import escaped
from assistant.channels.slack.journal import Book, Post
from assistant.channels.slack.people import People
from assistant.channels.slack.port import Floor
from assistant.views.rows import DecidedRequest, WarningState

FINISHING: Final = "recall-finish:"
SEEN: Final = "seen"
STATUS: Final = {"approved": "Approved", "rejected": "Rejected"}


def moment(at: datetime) -> str:
    """A moment as people read it."""
    return f"{at:%d %b %H:%M}"


@dataclass(slots=True)
class Settling:
    """Takes the buttons off cards that are decided."""

    floor: Floor
    book: Book
    people: People
    homes: Homes
    clock: Callable[[], float]
    looked: datetime | None = None
    _lock: Lock = field(default_factory=Lock)

    def settle(self, about: str, how: str) -> int:
        """Every copy of the card about this says how it was settled; how many there were."""
        with self._lock:
            copies = self.book.copies(about)
            for copy in copies:
                self._one(about, copy, how)
        return len(copies)

    def _one(self, about: str, copy: Post, how: str) -> None:
        now = self.clock()
        if copy.method == "views.publish":
            self.book.settle(about, copy, copy.body, now)
            self.homes.again(copy.channel, about)
            return
        shown = blocks.settled(copy.body, about, how)
        update = {"text": shown["text"], "blocks": shown["blocks"], "under": copy.key}
        self.book.post(f"update:{copy.key}:{about}", _lane(about, copy), "chat.update", update, now)
        self.book.settle(about, copy, shown, now)

    def refresh(self) -> None:
        """Settle what was decided anywhere: in another channel, by the console, by the clock."""
        names = self.people.names()
        for about in self.book.open_cards("request:"):
            found = self.floor.request(int(about.partition(":")[2]))
            if found is not None and found["status"] != "open":
                self.settle(about, decided(found, names))
        self._warnings(names)
        self._recalls(names)
        self._reversals(names)

    def _warnings(self, names: Mapping[str, str]) -> None:
        """Warnings that somebody took care of, that are over, or that were seen again."""
        cards = {int(about.partition(":")[2]): about for about in self.book.open_cards("warning:")}
        if not cards:
            return
        for number, found in self.floor.warned(list(cards)).items():
            by, at, rests = found["acknowledged_by"], found["acknowledged_at"], found["rests_until"]
            if by is not None and at is not None:
                self.settle(cards[number], sentences.TAKEN_CARE.format(name=names.get(by, by), when=moment(at)))
            elif found["closed"] is not None:
                self.settle(cards[number], sentences.OVER.format(when=moment(found["closed"])))
            elif rests is not None and rests > self.floor.now():
                rester = found["rested_by"] or ""
                said = sentences.SNOOZED.format(name=names.get(rester, rester), until=moment(rests))
                self.settle(cards[number], said)
            elif found["times"] > 1:
                self._seen(cards[number], found)

    def _recalls(self, names: Mapping[str, str]) -> None:
        """Recalls whose clock was stopped."""
        cards = self.book.open_cards(FINISHING)
        rows = {f"{FINISHING}{row['number']}": row for row in self.floor.recalls()} if cards else {}
        for about in cards:
            row = rows.get(about)
            if row is not None and row["finished"] is not None:
                by, when = row["finished_by"] or "", moment(datetime.fromisoformat(row["finished"]))
                figures = {"percent": row["percent_found"], "minutes": row["minutes"]}
                self.settle(about, sentences.FINISHED.format(name=names.get(by, by), when=when, **figures))

    def _seen(self, about: str, found: WarningState) -> None:
        """Every copy of a warning's card tells how often it was seen, and what it says by now if that is new."""
        told = sentences.SEEN.format(times=found["times"], when=moment(found["seen"]))
        with self._lock:
            for copy in self.book.copies(about):
                if copy.receipt is None or self.book.waits(f"{SEEN}:{copy.key}:"):
                    continue
                known = escaped(found["say"]) in copy.body.get("text", "")
                shown = blocks.noted(copy.body, about, told if known else f"{told} {found['say']}")
                if shown != copy.body:
                    update = {"text": shown["text"], "blocks": shown["blocks"], "under": copy.key}
                    key = f"{SEEN}:{copy.key}:{found['times']}"
                    self.book.post(key, _lane(about, copy), "chat.update", update, self.clock())
                    self.book.show(copy, shown)

    def _reversals(self, names: Mapping[str, str]) -> None:
        """Entries that were taken back since the last look."""
        now = self.floor.now()
        since = self.looked or now - timedelta(days=1)
        for entry in self.floor.entries(since=since):
            self.reversal(entry, names)
        self.looked = now - timedelta(minutes=1)

    def reversal(self, entry: Mapping[str, Any], names: Mapping[str, str]) -> None:
        """The card of what an entry takes back, if it takes something back."""
        if entry.get("reverses") is not None:
            when = moment(datetime.fromisoformat(entry["recorded"]))
            name = names.get(entry["by"], entry["by"])
            self.settle(f"entry:{entry['reverses']}", sentences.TAKEN_BACK.format(name=name, when=when))


def _lane(about: str, copy: Post) -> str:
    """In what order a card is updated: after its message; those of warnings, which are many, hold up no message."""
    return f"cards:{copy.channel}" if copy.receipt and about.startswith("warning:") else copy.channel


def decided(found: DecidedRequest, names: Mapping[str, str]) -> str:
    """How a request was decided, by whom and when."""
    if found["status"] not in STATUS:
        return sentences.EXPIRED
    decider = found["decided_by"] or ""
    by = names.get(decider, decider)
    when = moment(datetime.fromisoformat(found["decided_at"])) if found["decided_at"] else ""
    note = found["note"] or ""
    return sentences.DECIDED.format(status=STATUS[found["status"]], name=by, when=when, note=note).strip()
