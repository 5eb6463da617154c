"""What was said, read: Slack's text as plain words, and every line of a message as a report of its own."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from assistant.intents import Frame, Reading, Span, Vocabulary, parse
from assistant.messages import Utterance
from assistant.slack_text import Typed, typed
from store.model import Catalog

_FRAGMENTS: Final = frozenset(
    {"quantity", "lot", "product", "place", "work_order", "verb", "gate", "reason", "partner"}
)
"""Roles of words that may belong to a report of which another line has the rest."""

DOUBTED: Final = Reading.SURE / 2
"""How sure a message is of which a line was not understood: it is read back."""


def words(said: Utterance, catalog: Catalog, yes: str) -> Typed:
    """The words of an utterance; on Slack, what its text means: a thumb up is a `yes`."""
    if said.channel != "slack" or said.form is not None:
        return Typed(said.text)
    names = {person.slack_id: person.name for person in catalog.people.values() if person.slack_id}
    meant = typed(said.text, names.get)
    return replace(meant, words=yes) if meant.yes else meant


def understood(
    text: str, known: Vocabulary, today: date, *, now: datetime, channel: str, expecting: str | None
) -> Reading:
    """The reading of a text. Lines that are whole are read by themselves, others with their neighbours."""
    lines = text.split("\n")

    def read(part: str) -> Reading:
        return parse(part, known, today, now=now, channel=channel, expecting=expecting)

    if len(lines) == 1:
        return read(text)
    readings = [read(line) for line in lines]
    if not all(map(_whole, readings, lines)):
        together = read(text)
        if together.frames or not any(reading.frames for reading in readings):
            return together
    return _joined(readings, lines)


def _whole(reading: Reading, line: str) -> bool:
    """Whether a line says all of what it says: a report, a question, or chatter."""
    roles = {span.role for span in reading.spans}
    if reading.frames:
        return all(frame.intent != "correct" for frame in reading.frames)
    amount = "quantity" in roles and "unknown" not in roles
    return bool(roles & {"gate", "person"}) or line.endswith("?") or not (amount or roles & _FRAGMENTS)


def _joined(readings: list[Reading], lines: list[str]) -> Reading:
    """The readings of all lines as one: as sure as the least sure that reports or asks something."""
    frames: list[Frame] = []
    spans: list[Span] = []
    unknown: list[str] = []
    at = 0
    alone = sum(len(reading.frames) for reading in readings) == 1
    for reading, line in zip(readings, lines, strict=True):
        if alone or _whole(reading, line):
            frames += reading.frames
            unknown += reading.unknown if reading.frames else ()
        else:
            unknown.append(line)
        spans += [replace(span, start=span.start + at, end=span.end + at) for span in reading.spans]
        at += len(line) + 1
    telling = [reading.confidence for reading in readings if reading.frames]
    confidence = min(telling, default=min(reading.confidence for reading in readings))
    if any(line in unknown for line in lines):
        confidence = min(confidence, DOUBTED)
    return Reading(tuple(frames), confidence, tuple(spans), tuple(unknown))
