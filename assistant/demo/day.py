"""A day of the demo plant, hour by hour: what is said, what is answered, and the warnings that it raises, each once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

SCRIPT = Path(__file__).with_name("day.txt")


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody says something in an hour of the day."""

    hour: int
    person: str
    text: str


def script() -> Iterator[Line]:
    """The lines of the day, in order."""
    for line in SCRIPT.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            hour, person, text = line.split(maxsplit=2)
            yield Line(int(hour), person, text)


@dataclass(slots=True)
class Clock:
    """The day's time; a second passes with every look at it."""

    now: datetime

    def __call__(self) -> datetime:
        """This moment."""
        self.now += timedelta(seconds=1)
        return self.now

    def strike(self, hour: int) -> None:
        """Move on to an hour."""
        self.now = self.now.replace(hour=hour, minute=0, second=0, microsecond=0)
