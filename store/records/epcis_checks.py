"""What an EPCIS document can get wrong although it meets GS1's schema: words, times, signs, units, keys, references."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import unquote

from store.records.identifiers import KEY_VALUE, LINK
from store.records.vocabulary import (
    ACTIONS,
    ADJUSTING,
    DISPOSITIONS,
    ENDS,
    REASONS,
    STEPS,
    TRANSACTIONS,
    UNITS,
)

_LISTS: Final = (
    "quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList",
)  # fmt: skip

_KEY_LENGTHS: Final = {"01": (14,), "414": (13,)}
"""Digits of the GS1 keys that we use: GTIN-14, GLN."""


def faults(document: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong, as sentences that name the event by its place in the list."""
    events = document.get("epcisBody", {}).get("eventList", [])
    found = [f"creationDate: {fault}" for fault in _moment(document.get("creationDate"))]
    for place, event in enumerate(events):
        found += [f"event {place}: {fault}" for fault in _event(event)]
    return [*found, *_identities(events)]


def _event(event: Mapping[str, Any]) -> Iterator[str]:
    yield from _words(event)
    yield from _times(event)
    yield from _quantities(event)
    yield from _keys(event)
    one_sided = event.get("type") == "TransformationEvent" and not (
        event.get("inputQuantityList") and event.get("outputQuantityList")
    )
    if one_sided and not event.get("transformationID"):
        yield "a transformation that tells only one side needs a transformationID"
    if event.get("ilmd") and event.get("type") == "ObjectEvent" and event.get("action") != "ADD":
        yield "ilmd stands only with action ADD"


def _words(event: Mapping[str, Any]) -> Iterator[str]:
    persistent = event.get("persistentDisposition", {})
    told = [
        ("action", [event["action"]] if "action" in event else [], ACTIONS),
        ("bizStep", [event["bizStep"]] if "bizStep" in event else [], STEPS | {ADJUSTING}),
        ("disposition", [event["disposition"]] if "disposition" in event else [], DISPOSITIONS),
        ("persistentDisposition", [*persistent.get("set", []), *persistent.get("unset", [])], DISPOSITIONS),
        ("bizTransaction type", _each(event, "bizTransactionList", "type"), TRANSACTIONS),
        ("source type", _each(event, "sourceList", "type"), ENDS),
        ("destination type", _each(event, "destinationList", "type"), ENDS),
        ("error reason", [event.get("errorDeclaration", {}).get("reason", "incorrect_data")], REASONS),
    ]
    for name, words, known in told:
        yield from (f"{name} {word!r} is no word of the vocabulary" for word in words if word not in known)


def _each(event: Mapping[str, Any], list_: str, key: str) -> list[str]:
    return [item[key] for item in event.get(list_, []) if key in item]


def _times(event: Mapping[str, Any]) -> Iterator[str]:
    for name in ("eventTime", "recordTime"):
        if name in event or name == "eventTime":
            yield from (f"{name}: {fault}" for fault in _moment(event.get(name)))
    zone, happened = event.get("eventTimeZoneOffset"), event.get("eventTime")
    if not zone:
        yield "eventTimeZoneOffset is missing"
    elif isinstance(happened, str) and not list(_moment(happened)):
        shown = "+00:00" if happened.endswith("Z") else happened[-6:]
        if not happened.endswith("Z") and shown != zone:
            yield f"eventTime {happened} is not in the zone {zone}"
    if "errorDeclaration" in event:
        declared = event["errorDeclaration"].get("declarationTime")
        yield from (f"declarationTime: {fault}" for fault in _moment(declared))


def _moment(told: object) -> Iterator[str]:
    try:
        moment = datetime.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        moment = None
    if moment is None:
        yield f"{told!r} is no moment"
    elif moment.tzinfo is None:
        yield f"{told} has no time zone"


def _quantities(event: Mapping[str, Any]) -> Iterator[str]:
    for name in _LISTS:
        for item in event.get(name, []):
            quantity, unit = item.get("quantity"), item.get("uom")
            if quantity is not None and quantity < 0:
                yield f"{name}: the quantity {quantity} is below zero"
            if quantity == 0 and event.get("bizStep") not in {"cycle_counting", "stock_taking"}:
                yield f"{name}: a quantity of nothing"
            if unit is not None and unit not in UNITS.values():
                yield f"{name}: {unit} is none of our units"


def _keys(event: Mapping[str, Any]) -> Iterator[str]:
    """Check digits of the GS1 keys in Digital Links."""
    for link in _links(event):
        parts = [unquote(part) for part in link.removeprefix(f"{LINK}/").split("/")]
        pairs = dict(zip(parts[::2], parts[1::2], strict=False))
        for identifier, lengths in _KEY_LENGTHS.items():
            key = pairs.get(identifier)
            if key is not None and (len(key) not in lengths or not check_digit_holds(key)):
                yield f"{link}: {key} is no valid key"
        for identifier in ("10", "254"):
            if identifier in pairs and not KEY_VALUE.fullmatch(pairs[identifier]):
                yield f"{link}: {pairs[identifier]} cannot stand there"


def _links(told: object) -> Iterator[str]:
    if isinstance(told, str) and told.startswith(f"{LINK}/"):
        yield told
    elif isinstance(told, Mapping):
        for value in told.values():
            yield from _links(value)
    elif isinstance(told, list):
        for value in told:
            yield from _links(value)


def check_digit_holds(key: str) -> bool:
    """Whether the last digit of a GTIN or GLN is right (GS1 General Specifications, 7.9)."""
    if not key.isascii() or not key.isdigit():
        return False
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(key)))
    return total % 10 == 0


def _identities(events: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """An event is told once, and once more when it is declared to be in error."""
    told: set[tuple[str, bool]] = set()
    every = list(events)
    for place, event in enumerate(every):
        identity = event.get("eventID")
        if identity is None:
            continue
        if (identity, "errorDeclaration" in event) in told:
            yield f"event {place}: {identity} is told twice"
        told.add((identity, "errorDeclaration" in event))
