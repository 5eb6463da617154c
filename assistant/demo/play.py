"""`floor demo --day`: plays the demo plant's day and tells what happened, hour by hour."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from assistant.assistant import Assistant
from assistant.bootstrap import bootstrap
from assistant.delivery import courier
from assistant.demo.build import build_demo
from assistant.demo.day import Clock, script
from assistant.messages import Utterance
from assistant.settings import load
from store.session import Session

OPENING_HOUR = 5
LAST_HOUR = 22


def day(database: Path, today: date | None, tell: Callable[[str], None]) -> Assistant:
    """Play the day in a database of its own, which is made anew; the assistant as the day left it."""
    for ending in ("", "-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    database.parent.mkdir(parents=True, exist_ok=True)
    settings = load(database_url=f"sqlite:///{database}", demo=True, today=today)
    build_demo(settings, OPENING_HOUR)
    first = bootstrap(settings)
    clock = Clock(first.now())
    first.store.close()
    assistant = bootstrap(settings, now=clock)
    lines = list(script())
    told = 0
    for hour in range(lines[0].hour, LAST_HOUR + 1):
        clock.strike(hour)
        for n, line in enumerate(lines):
            if line.hour == hour:
                reply = assistant.hear(Utterance(line.person, "console", line.text, f"day:{n}"))
                tell(f"{hour:02}:00  {line.person}: {line.text}")
                tell(f"       {reply.say}")
        courier.tick(assistant)
        if hour in settings.shift_ends:
            courier.close_shift(assistant)
        queued = _queued(assistant)
        for sink, say in queued[told:]:
            tell(f"       to {sink}: {say}")
        told = len(queued)
    return assistant


def _queued(assistant: Assistant) -> list[tuple[str, str]]:
    """What the outbox was given, oldest first."""

    def read(session: Session) -> list[tuple[str, str]]:
        return [(message.sink, str(message.body["say"])) for message in session.outbox.all()]

    return assistant.store.run(read, write=False)
