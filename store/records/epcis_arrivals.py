"""What the shipping events of somebody's EPCIS 2.0 document bring to this plant.

Lots are read from GS1 Digital Links and from EPC class URNs (`urn:epc:class:lgtin:`), words of the vocabulary from
their short form and from their URIs. Nothing is believed about the document's shape.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from store.model import Catalog
from store.records.arrivals import Notice, Reader
from store.records.vocabulary import NAMES, UNITS

STEPS: Final = frozenset({"shipping", "receiving"})
"""Business steps of events that bring goods: what the sender shipped, or what was received of it elsewhere."""

_UNITS: Final = {code: unit for unit, code in UNITS.items()}
_EXPIRIES: Final = ("cbvmda:itemExpirationDate", "cbvmda:bestBeforeDate", "cbvmda:sellByDate")
_LGTIN: Final = re.compile(r"urn:epc:class:lgtin:(\d+)\.(\d+)\.(.+)")
_SGLN: Final = re.compile(r"urn:epc:id:sgln:(\d+)\.(\d*)\..*")
_LIST: Final = re.compile(r'"eventList"\s*:\s*\[')
_BETWEEN: Final = re.compile(r"[\s,]*")
GTIN_BODY: Final = 13
GLN_BODY: Final = 12

Told = Mapping[str, Any]


def from_epcis(document: object, catalog: Catalog, reader: Reader, name: str, text: str, *, most: int) -> Notice:
    """Read a document; `name` and `text` are the file's, for the line of a fault.

    Events that were declared to be in error, and those that ship nothing, are passed over without a word; what is
    for another place than this plant is passed over and counted.
    """
    events = _events(document)
    if events is None:
        return Notice(faults=[f"{name}: is no EPCIS document: it has no epcisBody with an eventList"])
    lines = _lines(text, len(events))
    wrong = {str(event.get("eventID")) for event in events if isinstance(event, dict) and "errorDeclaration" in event}
    expires = dict(_expiries(events))
    ours, passed, taken = catalog.site.values.get("gln"), 0, 0
    for number, event in enumerate(events):
        where = f"{name}:{lines[number]}: event {number + 1}" if lines else f"{name}: event {number + 1}"
        if not isinstance(event, dict):
            reader.faults.append(f"{where}: is no event")
            continue
        if (
            _word(event.get("bizStep")) not in STEPS
            or "errorDeclaration" in event
            or str(event.get("eventID")) in wrong
        ):
            continue
        elements = event.get("quantityList")
        if not isinstance(elements, list) or not elements:
            reader.faults.append(f"{where}: has no quantityList, so that it names no lot")
            continue
        target = _end(event, "destinationList")
        if ours and target and target != ours:
            passed += len(elements)
            continue
        taken += len(elements)
        if taken > most:
            return Notice(faults=[f"{name}: brings more than {most} lots"])
        for element in elements:
            reader.take(where, _told(event, element if isinstance(element, dict) else {}, expires))
    if not taken and not reader.faults:
        reader.faults.append(f"{name}: has no shipping event for this plant")
    return reader.notice(passed)


def _events(document: object) -> list[Any] | None:
    """The events of a document, or of a single event that stands for itself."""
    body = document.get("epcisBody") if isinstance(document, dict) else None
    found = body.get("eventList") if isinstance(body, dict) else None
    return found if isinstance(found, list) else None


def _lines(text: str, count: int) -> list[int]:
    """The line in which each event begins; empty where that cannot be told for sure."""
    starts = [match.end() for match in _LIST.finditer(text)]
    if len(starts) != 1:
        return []
    decoder, at, found, line, seen = json.JSONDecoder(), starts[0], list[int](), 1, 0
    for _ in range(count):
        blank = _BETWEEN.match(text, at)
        at = blank.end() if blank else at
        line += text.count("\n", seen, at)
        seen = at
        found.append(line)
        try:
            _, at = decoder.raw_decode(text, at)
        except ValueError:  # the name stands inside another text
            return []
    return found


def _expiries(events: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Expiry by EPC class, from the facts told when a lot was made."""
    for event in events:
        facts = event.get("ilmd") if isinstance(event, dict) else None
        if not isinstance(facts, dict):
            continue
        day = next((facts[name] for name in _EXPIRIES if isinstance(facts.get(name), str)), None)
        for elements in (event.get(name) for name in ("quantityList", "outputQuantityList")) if day else ():
            for element in elements if isinstance(elements, list) else ():
                if isinstance(element, dict):
                    yield str(element.get("epcClass")), str(day)[:10]


def _told(event: Told, element: Told, expires: Mapping[str, str]) -> dict[str, str]:
    kind = str(element.get("epcClass", ""))
    gtin, lot = _lot(kind)
    unit = str(element.get("uom", "EA"))
    quantity = element.get("quantity", "")
    return {
        "lot": lot,
        "gtin": gtin,
        "sku": "" if gtin else kind,
        "quantity": "" if isinstance(quantity, dict | list | bool) else str(quantity),
        "unit": _UNITS.get(unit, unit),
        "expires": expires.get(kind, ""),
        "supplier": _end(event, "sourceList"),
        "reference": _document(event),
    }


def _lot(kind: str) -> tuple[str, str]:
    """GTIN and lot of an EPC class; empty where it is not of a lot."""
    if match := _LGTIN.fullmatch(kind):
        company, item, lot = match.groups()
        body = f"{item[:1]}{company}{item[1:]}"
        return (_with_check_digit(body), unquote(lot)) if len(body) == GTIN_BODY else ("", "")
    keys = _keys(kind)
    return keys.get("01", ""), keys.get("10", "")


def _end(event: Told, name: str) -> str:
    """The GLN of a source or destination that is told as a location or a party; empty where none is."""
    ends = event.get(name)
    for end in ends if isinstance(ends, list) else ():
        told = end.get(name.removesuffix("List")) if isinstance(end, dict) else None
        if isinstance(told, str):
            match = _SGLN.fullmatch(told)
            body = "".join(match.groups()) if match else ""
            gln = _with_check_digit(body) if len(body) == GLN_BODY else _keys(told).get("414", "")
            if gln:
                return gln
    return ""


def _document(event: Told) -> str:
    """The first business document: `Delivery note 5512`."""
    documents = event.get("bizTransactionList")
    first = documents[0] if isinstance(documents, list) and documents else None
    told = first.get("bizTransaction") if isinstance(first, dict) else None
    if not isinstance(first, dict) or not isinstance(told, str):
        return ""
    return f"{NAMES.get(_word(first.get('type')), '')} {unquote(told.rpartition(':')[2])}".strip()


def _word(told: object) -> str:
    """A word of the vocabulary: `shipping`, `urn:epcglobal:cbv:bizstep:shipping`, `…/cbv/BizStep-shipping`."""
    return re.split(r"[:/]|BizStep-|BTT-", told)[-1] if isinstance(told, str) else ""


def _keys(link: str) -> dict[str, str]:
    """The GS1 keys of a Digital Link by application identifier."""
    try:
        address = urlsplit(link)
    except ValueError:
        return {}
    if address.scheme not in {"http", "https"}:
        return {}
    parts = [unquote(part) for part in address.path.strip("/").split("/")]
    return dict(zip(parts[::2], parts[1::2], strict=False))


def _with_check_digit(body: str) -> str:
    """A GTIN or GLN from its other digits (GS1 General Specifications 7.9)."""
    weighed = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return f"{body}{-weighed % 10}"
