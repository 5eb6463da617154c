"""A day on the floor as a text that a plant manager can read and pytest runs.

    # A held lot cannot be used, and the attempt leaves a trace
    given   anna: hold CB1120
    maria   used 2 cases of chicken CB1120 on 4475
      says  CB1120 is on hold. Nothing posted. ...
      tells quality: Maria Lopez tried: ...
    stock   CB1120 C1-02 16 case

Lines that begin at the margin are what happens; the indented ones are what the assistant answers, and are written by
`pytest --update-stories` for review. A speaker may name the channel: `maria/voice`. `later 2h` moves the clock,
`again` sends the last message once more under the same id, `stock LOT` tells where a lot is.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assistant.assistant import Assistant
from assistant.bootstrap import bootstrap
from assistant.demo import PLANT
from assistant.messages import Reply, Utterance
from assistant.settings import load
from store.plant.loading import load as load_plant
from store.session import Session, Store

ZONE = ZoneInfo("America/Los_Angeles")
MORNING = datetime(2026, 11, 22, 9, 0, tzinfo=ZONE)
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def demo_books(path: Path) -> Path:
    """A SQLite file with the demo plant as it stands in the morning."""
    load_demo(f"sqlite:///{path}")
    return path


def load_demo(url: str) -> None:
    """The demo plant as it stands in the morning, into an empty database."""
    store = Store(url, timezone=ZONE.key)
    store.migrate()
    load_plant(store, PLANT, MORNING.date(), MORNING, None)
    store.close()


@dataclass
class Clock:
    """The story's time: a second passes with every look at it."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Floor:
    """The demo plant's assistant on a database of its own, with a clock of its own."""

    url: str
    clock: Clock = field(default_factory=Clock)
    assistant: Assistant = field(init=False)
    said: int = 0
    last: Utterance | None = None

    def __post_init__(self) -> None:
        self.restart()

    @classmethod
    def copied(cls, books: Path, folder: Path) -> "Floor":
        """A floor on a copy of books that were prepared once."""
        target = folder / "floor.db"
        shutil.copy(books, target)
        return cls(f"sqlite:///{target}")

    def close(self) -> None:
        """Let go of the books."""
        self.assistant.store.close()

    def restart(self) -> None:
        """A new process on the same books."""
        settings = load(database_url=self.url, timezone=ZONE.key, today=None)
        self.assistant = bootstrap(settings, now=self.clock)

    def hear(self, person: str, text: str, channel: str = "slack", **more: object) -> Reply:
        """Somebody says something."""
        self.said += 1
        more.setdefault("id", f"m{self.said}")
        self.last = Utterance(person, channel, text, **more)  # type: ignore[arg-type]
        return self.assistant.hear(self.last)

    def queued(self) -> list[tuple[str, str]]:
        """What the outbox holds, as (sink, sentence), oldest first."""

        def read(session: Session) -> list[tuple[str, str]]:
            return [(message.sink, str(message.body["say"])) for message in session.outbox.all()]

        return self.assistant.store.run(read, write=False)

    def stock(self, lot: str) -> str:
        """Where a lot is: `RM1107 C1-01 2 case, L2 7 case`."""
        rows = self.assistant.stock(lots=[lot])
        return f"{lot} " + (", ".join(f"{r['location']} {r['quantity']} {r['unit']}" for r in rows) or "nowhere")


def played(text: str, floor: Floor) -> str:
    """The story as it really goes: the same lines, with the answers that were given."""
    told: list[str] = []
    for line in text.splitlines():
        if line.startswith(" "):
            continue
        told.append(line)
        if not line or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        told.extend(f"  {part}" for part in _happens(word, rest.strip(), floor))
        if word == "stock":
            told[-1] = f"stock   {floor.stock(rest.split()[0])}"
    return "\n".join(told) + "\n"


def _happens(word: str, rest: str, floor: Floor) -> list[str]:
    if word == "stock":
        return []
    if word == "later":
        floor.clock.now += timedelta(**{UNITS[rest[-1]]: int(rest[:-1])})
        return []
    if word == "restart":
        floor.restart()
        return []
    before = len(floor.queued())
    if word == "again":
        assert floor.last is not None
        reply = floor.assistant.hear(floor.last)
    elif word == "given":
        person, _, text = rest.partition(": ")
        floor.hear(person, text, "console")
        return []
    else:
        person, _, channel = word.partition("/")
        reply = floor.hear(person, rest.replace("\\n", "\n"), channel or "slack")
    by_voice = floor.last is not None and floor.last.channel == "voice"
    answer = [f"says  {reply.spoken if by_voice else reply.say}"]
    if reply.asking:
        answer.append(f"asks  {reply.asking}: {' | '.join(reply.options)}".rstrip(": "))
    answer += [f"posts {e['number']} {_entry(e)}" for e in reply.entries]
    answer += [f"tells {sink}: {say}" for sink, say in floor.queued()[before:]]
    return answer


def _entry(entry: Mapping[str, Any]) -> str:
    lines = " ".join(f"{p['lot']} {p['location']} {p['quantity']} {p['unit']}" for p in entry["lines"])
    back = f" takes back {entry['reverses']}" if entry["reverses"] else ""
    by = f" approved by {entry['approved_by']}" if entry["approved_by"] else ""
    return f"{entry['kind']}{back}{by} {lines}".strip()
