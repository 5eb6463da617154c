"""Whether free words are the note that was asked for: what was checked, or why something is taken back."""

from typing import Final

from assistant.intents import Reading, Span

_PUT_OFF: Final = frozenset({"future", "questions"})
"""What tells that words are no note yet: `i will check later`, `what should i check`."""


def acts_itself(reading: Reading) -> bool:
    """Whether words are a command, a report, a question or a turn of the conversation, and so no free text."""
    return any(frame.intent != "correct" for frame in reading.frames)


def is_note(reading: Reading, text: str) -> bool:
    """Whether free words say something that happened: no question, no bare number, nothing to come."""
    if acts_itself(reading) or text.rstrip().endswith("?"):
        return False
    if any(span.role == "gate" and span.value in _PUT_OFF for span in reading.spans):
        return False
    return any(map(str.isalpha, text))


def put_off(text: str) -> Reading:
    """The reading of words that only ask for patience: `wait`, `not now`."""
    return Reading(spans=(Span(0, len(text), text, "gate", "future"),))
