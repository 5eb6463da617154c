"""The made-up month as EPCIS 2.0: valid against GS1's schema, and against what the schema does not see."""

import copy
import json
import os
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from store.model import Entry, Kind
from store.records.epcis import document
from store.records.epcis_checks import faults
from store.records.vocabulary import ACTIONS, DISPOSITIONS, ENDS, REASONS, STEPS, TRANSACTIONS
from store.session import Session, Store
from store.units import SCALE
from tests.support import month

STANDARD = Path(__file__).parent.parent / "standards" / "epcis"
NOW = datetime(2026, 11, 30, 9, tzinfo=month.ZONE)
EVERY = int(os.environ.get("FLOOR_TEST_EPCIS_EVERY", "7"))
"""Which share of the events the schema is asked about: it takes some 10 ms for each."""

FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("uri")
def _is_uri(told: object) -> bool:
    return not isinstance(told, str) or re.fullmatch(r"[a-z][a-z0-9+.-]*:[!-~]+", told, re.IGNORECASE) is not None


@FORMATS.checks("date-time")
def _is_moment(told: object) -> bool:
    try:
        return not isinstance(told, str) or datetime.fromisoformat(told).tzinfo is not None
    except ValueError:
        return False


Told = dict[str, Any]


@pytest.fixture(scope="module")
def schema() -> Told:
    loaded: Told = json.loads((STANDARD / "EPCIS-JSON-Schema.json").read_text())
    return loaded


@pytest.fixture(scope="module")
def validator(schema: Told) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(schema)


@pytest.fixture(scope="module")
def entries(month_books: Store) -> list[Entry]:
    with month_books.begin(write=False) as session:
        return session.ledger.entries()


@pytest.fixture(scope="module")
def told(month_books: Store, entries: list[Entry]) -> Told:
    with month_books.begin(write=False) as session:
        return document(session, entries, NOW)


def events(told: Told) -> list[Told]:
    found: list[Told] = told["epcisBody"]["eventList"]
    return found


def test_the_month_is_valid_against_the_schema(told: Told, validator: jsonschema.Draft7Validator) -> None:
    strict = jsonschema.Draft7Validator(validator.schema, format_checker=FORMATS)
    chosen = [event for place, event in enumerate(events(told)) if place % EVERY == 0 or "errorDeclaration" in event]
    assert len({event["type"] + event.get("bizStep", "") for event in chosen}) > 8
    strict.validate({**told, "epcisBody": {"eventList": chosen}})
    assert faults(told) == []


def test_every_physical_entry_is_an_event(told: Told, entries: list[Entry]) -> None:
    numbers = {event["floor:entry"] for event in events(told)}
    silent = {Kind.START, Kind.FINISH}
    assert {e.number for e in entries if e.transaction.kind not in silent and not e.reverses} <= numbers
    steps = Counter(event.get("bizStep", event["type"]) for event in events(told))
    assert {"receiving", "storing", "TransformationEvent", "commissioning", "cycle_counting", "destroying", "shipping",
            "holding"} <= set(steps)  # fmt: skip


def test_quantities_are_those_of_the_lines(session: Session, told: Told, entries: list[Entry]) -> None:
    shipped = {e.number: e for e in entries if e.transaction.kind == Kind.SHIP and not e.reverses}
    seen = 0
    for event in events(told):
        entry = shipped.get(event["floor:entry"])
        if entry is None:
            continue
        (element,) = event["quantityList"]
        line = next(p for p in entry.transaction.postings if p.quantity > 0)
        assert element["quantity"] * SCALE == line.quantity
        gtin = session.catalog.products[session.lots.get(line.lot).product].gtin  # type: ignore[union-attr]
        assert element["epcClass"] == f"https://id.gs1.org/01/{gtin}/10/{line.lot}"
        assert element["uom"] == "EA"
        partner = session.catalog.partners[entry.transaction.partner or ""]
        assert event["destinationList"] == [
            {"type": "location", "destination": f"https://id.gs1.org/414/{partner.gln}"}
        ]
        assert event["eventTime"] == entry.transaction.happened.isoformat(timespec="seconds")
        assert event["eventTimeZoneOffset"] in {"-07:00", "-08:00"}
        seen += 1
    assert seen > len(shipped)


def test_what_was_taken_back_is_declared_to_be_in_error(told: Told, entries: list[Entry]) -> None:
    declared = [event for event in events(told) if "errorDeclaration" in event]
    originals = {event["eventID"]: event for event in events(told) if "errorDeclaration" not in event}
    for event in declared:
        original = {name: value for name, value in event.items() if name != "errorDeclaration"}
        assert originals[event["eventID"]] == original
    reversed_ = {entry.reverses for entry in entries if entry.reverses}
    assert {event["floor:entry"] for event in declared} == reversed_
    corrected = [e["errorDeclaration"] for e in declared if e["errorDeclaration"]["reason"] == "incorrect_data"]
    assert corrected
    assert all(set(told["correctiveEventIDs"]) <= originals.keys() for told in corrected)
    assert any(event["errorDeclaration"]["reason"] == "did_not_occur" for event in declared)


def test_telling_it_again_gives_the_same_events(session: Session, told: Told, entries: list[Entry]) -> None:
    assert document(session, entries, NOW) == told


def test_our_vocabulary_is_that_of_the_schema(schema: Told) -> None:
    known = schema["definitions"]
    for ours, name in [
        (STEPS, "bizStep"), (DISPOSITIONS, "disposition"), (TRANSACTIONS, "bizTransaction-type"),
        (ENDS, "source-dest-type"), (REASONS, "error-reason"),
    ]:  # fmt: skip
        assert ours == set(known[name]["anyOf"][1]["enum"])
    assert set(known["action"]["enum"]) == ACTIONS


def _broken(told: Told, pick: Callable[[Told], bool], spoil: Callable[[Told], None]) -> Told:
    event = copy.deepcopy(next(event for event in events(told) if pick(event)))
    spoil(event)
    return {**told, "epcisBody": {"eventList": [event]}}


BROKEN: list[tuple[str, Callable[[Told], bool], Callable[[Told], None]]] = [
    ("'shiping' is no word", lambda e: e.get("bizStep") == "shipping", lambda e: e.update(bizStep="shiping")),
    ("has no time zone", lambda e: True, lambda e: e.update(eventTime=e["eventTime"][:19])),
    ("is not in the zone", lambda e: True, lambda e: e.update(eventTimeZoneOffset="+01:00")),
    (
        "is below zero",
        lambda e: e.get("bizStep") == "receiving",
        lambda e: e["quantityList"][0].update(quantity=-e["quantityList"][0]["quantity"]),
    ),
    (
        "is no valid key",
        lambda e: "sourceList" in e,
        lambda e: e["sourceList"][0].update(source=e["sourceList"][0]["source"][:-1] + "x"),
    ),
    (
        "is no valid key",
        lambda e: "quantityList" in e,
        lambda e: e["quantityList"][0].update(epcClass="https://id.gs1.org/01/00850012300015/10/RM1107"),
    ),
    (
        "is none of our units",
        lambda e: e.get("bizStep") == "receiving",
        lambda e: e["quantityList"][0].update(uom="PND"),
    ),
    (
        "'dispossed' is no word",
        lambda e: "disposition" in e,
        lambda e: e.update(disposition="dispossed"),
    ),
]


@pytest.mark.parametrize(("fault", "pick", "spoil"), BROKEN)
def test_a_broken_document_that_the_schema_lets_through_is_caught(
    told: Told,
    validator: jsonschema.Draft7Validator,
    fault: str,
    pick: Callable[[Told], bool],
    spoil: Callable[[Told], None],
) -> None:
    broken = _broken(told, pick, spoil)
    assert validator.is_valid(broken)
    (found,) = faults(broken)
    assert fault in found


def test_an_event_told_twice_is_caught(told: Told) -> None:
    twice = copy.deepcopy({**told, "epcisBody": {"eventList": [events(told)[0], events(told)[0]]}})
    assert ["is told twice" in fault for fault in faults(twice)] == [True]


def test_the_standards_own_examples_keep_to_the_schema(validator: jsonschema.Draft7Validator) -> None:
    examples = sorted((STANDARD / "examples").glob("*.jsonld"))
    assert len(examples) == 10
    assert all(validator.is_valid(json.loads(file.read_text())) for file in examples)
