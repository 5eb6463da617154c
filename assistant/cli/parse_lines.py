"""`floor parse`: utterances in, their meaning out, a line each; without a database."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, TextIO

from assistant.intents import Reading, Vocabulary, parse
from assistant.views.vocabulary import vocabulary_of
from store.plant.files import Plant


def vocabulary(plant: Plant) -> Vocabulary:
    """The names of a plant that was read from its files."""
    lots = dict.fromkeys((row.lot, row.product) for row in plant.opening)
    return vocabulary_of(plant.catalog, plant.orders, lots)


def stream(plant: Plant, today: date, given: TextIO, out: TextIO, *, jsonl: bool, spans: bool) -> None:
    """Reads as lines arrive and answers each at once."""
    known = vocabulary(plant)
    for told in _utterances(given, jsonl=jsonl):
        if "error" in told:
            shown = told
        else:
            reading = parse(told["text"], known, today, channel=told.get("channel") or "slack")
            shown = {**told, **meaning(reading, spans=spans)}
        out.write(json.dumps(shown, ensure_ascii=False) + "\n")
        out.flush()


def _utterances(given: TextIO, *, jsonl: bool) -> Iterator[dict[str, Any]]:
    for line in given:
        text = line.rstrip("\n")
        if not jsonl:
            yield {"text": text}
            continue
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            told = None
        if isinstance(told, dict) and isinstance(told.get("text"), str):
            yield {k: told[k] for k in ("id", "channel", "text") if k in told}
        elif text.strip():
            yield {"error": "That line is no JSON object with a text.", "frames": []}


def meaning(reading: Reading, *, spans: bool) -> dict[str, Any]:
    """A reading as JSON."""
    shown: dict[str, Any] = {
        "frames": [{"intent": f.intent, "slots": dict(f.slots)} for f in reading.frames],
        "confidence": round(reading.confidence, 2),
    }
    if reading.unknown:
        shown["unknown"] = list(reading.unknown)
    if spans:
        shown["spans"] = [
            {"start": s.start, "end": s.end, "text": s.text, "role": s.role, "value": s.value} for s in reading.spans
        ]
    return shown
