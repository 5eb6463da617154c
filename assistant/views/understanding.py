"""What words mean at this plant, for those who ask beside a conversation."""

from datetime import date

from assistant.intents import Vocabulary, parse
from assistant.reports.plausible import Sense, sense


def place(said: str, known: Vocabulary, today: date) -> str | None:
    """The code of the place that these words name, and nothing else; None where they name none."""
    frames = parse(f"stock {said}", known, today).frames
    slots = frames[0].slots if len(frames) == 1 else {}
    return str(slots["at"]) if set(slots) == {"at"} else None


def plausible(said: str, known: Vocabulary, today: date, expecting: str | None) -> Sense | None:
    """What spoken words say, comparable, if they make sense as a whole at this plant now; else None."""
    return sense(parse(said, known, today, channel="voice", expecting=expecting), known)
