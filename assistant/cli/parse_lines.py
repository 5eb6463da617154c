"""`floor parse`: utterances in, their meaning out, a line each; without a database."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TextIO

from assistant.intents import Frame, Reading, Vocabulary, parse
from assistant.views.vocabulary import vocabulary_of
from store.plant.files import Plant


@dataclass(frozen=True, slots=True)
class Shows:
    """What is shown beside the meaning: what every word was taken for; the account, with what each step changed."""

    spans: bool = False
    account: bool = False


def vocabulary(plant: Plant) -> Vocabulary:
    """The names of a plant that was read from its files."""
    lots = dict.fromkeys((row.lot, row.product) for row in plant.opening)
    return vocabulary_of(plant.catalog, plant.orders, lots)


def stream(plant: Plant, today: date, given: TextIO, out: TextIO, *, jsonl: bool, shows: Shows) -> None:
    """Reads as lines arrive and answers each at once."""
    known = vocabulary(plant)
    for told in _utterances(given, jsonl=jsonl):
        if "error" in told:
            shown = told
        else:
            reading = parse(told["text"], known, today, channel=told.get("channel") or "slack")
            shown = {**told, **meaning(reading, shows)}
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


def meaning(reading: Reading, shows: Shows) -> dict[str, Any]:
    """A reading as JSON."""
    shown: dict[str, Any] = {
        "frames": [_frame(frame) for frame in reading.frames],
        "confidence": round(reading.confidence, 2),
    }
    if reading.unknown:
        shown["unknown"] = list(reading.unknown)
    if reading.left_over:
        shown["left_over"] = list(reading.left_over)
    if shows.spans:
        shown["spans"] = [
            {"start": s.start, "end": s.end, "text": s.text, "role": s.role, "value": s.value} for s in reading.spans
        ]
    if shows.account:
        shown |= _explained(reading)
    return shown


def _frame(frame: Frame) -> dict[str, Any]:
    shown: dict[str, Any] = {"intent": frame.intent, "slots": dict(frame.slots)}
    return shown | ({"candidates": dict(frame.candidates)} if frame.candidates else {})


def _explained(reading: Reading) -> dict[str, Any]:
    """What uses or excuses each piece that bears meaning, and the words whose meaning each step changed."""
    account = [
        {"text": use.text, "kind": use.kind}
        | ({"frame": use.frame, "slot": use.slot} if use.slot else {"excuse": use.rule} if use.rule else {})
        | ({"left_over": True} if use.left_over else {})
        for use in reading.account
    ]
    passes = [
        {"name": step.name, "changes": [{"text": t, "before": b, "after": a} for t, b, a in step.changes]}
        for step in reading.passes
    ]
    return {"account": account, "passes": passes}
