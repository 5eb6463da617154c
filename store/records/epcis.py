"""The books as an EPCIS 2.0 document (JSON-LD): what moved, when, where and why, for any system that reads GS1's form.

What has no physical event (starting and finishing an order) is left out. An entry that was taken back appears twice,
as EPCIS wants it: as it was told, and again with an error declaration that names what replaced it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from store.model import OPENING, Entry, Kind, Lot
from store.records import identifiers
from store.records.vocabulary import ADJUSTING, OWN, UNITS, reference_parts
from store.session import Session
from store.trace.bulk import lots_of
from store.trace.genealogy import stamp
from store.units import SCALE

CONTEXT: Final = ("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"floor": OWN})

Event = dict[str, Any]

_PART: Final = re.compile(r"(#\d+|:undo\d+|:approved)+$")


def document(session: Session, entries: Iterable[Entry], created: datetime) -> dict[str, Any]:
    """An EPCISDocument of these entries, in the order given; `created` carries the plant's time zone."""
    chosen = list(entries)
    writer = _Writer(session, chosen)
    events = [event for entry in chosen for event in writer.events(entry)]
    numbers = ",".join(str(entry.number) for entry in chosen)
    site = identifiers.plant(session.catalog)
    return {
        "@context": list(CONTEXT),
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{site}#{numbers}#{stamp(created)}')}",
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": stamp(created),
        "epcisBody": {"eventList": events},
    }


_FROM_SUPPLIERS: Final = frozenset({Kind.RECEIVE, Kind.SUPPLIER_RETURN})
"""Kinds whose documents the plant writes as the buyer."""


class _Writer:
    """Turns entries into events, with the master data and the lots that they name."""

    def __init__(self, session: Session, entries: Iterable[Entry]) -> None:
        self.session = session
        self.catalog = session.catalog
        self.known = {entry.number: entry for entry in entries}
        taken_back = {entry.reverses for entry in self.known.values() if entry.reverses} - self.known.keys()
        self.known |= {entry.number: entry for entry in session.ledger.entries(numbers=sorted(taken_back))}
        self.replacing = self._replacing()
        self.lots: dict[str, Lot] = lots_of(
            session.connection, {lot for e in self.known.values() for lot in e.transaction.lots}, withdrawn=True
        )
        self.identities = self._identities()
        self.plant = identifiers.plant(self.catalog)

    def _replacing(self) -> dict[int, Entry]:
        """For reversals that correct: what the same message posted in place of what it took back."""
        reversals = [entry for entry in self.known.values() if entry.reverses]
        posted = self.session.ledger.entries(keys=[f"{_message(entry)}#0" for entry in reversals])
        by_message = {_message(entry): entry for entry in posted if entry.reverses is None}
        self.known |= {entry.number: entry for entry in posted}
        found = {entry.number: by_message.get(_message(entry)) for entry in reversals}
        return {
            number: entry
            for number, entry in found.items()
            if entry and entry.transaction.kind == self.known[number].transaction.kind and entry.number > number
        }

    def _identities(self) -> dict[int, UUID]:
        if not self.known:
            return {}
        rows = self.session.connection.execute(
            "SELECT number, id FROM entry WHERE number BETWEEN ? AND ?", (min(self.known), max(self.known))
        )
        return {number: UUID(str(identity)) for number, identity in rows if number in self.known}

    def events(self, entry: Entry) -> list[Event]:
        """The events of an entry; of a reversal those of what it took back, declared to be in error."""
        if entry.reverses is None:
            return [self._dressed(entry, place, event) for place, event in enumerate(self._bare(entry))]
        original = self.known[entry.reverses]
        corrective = self.replacing.get(entry.number)
        declaration: Event = {"declarationTime": stamp(entry.recorded), "reason": "did_not_occur"}
        if corrective is not None:
            ids = [event["eventID"] for event in self.events(corrective)]
            declaration |= {"reason": "incorrect_data", "correctiveEventIDs": ids}
        return [{**event, "errorDeclaration": declaration} for event in self.events(original)]

    def _dressed(self, entry: Entry, place: int, event: Event) -> Event:
        told = entry.transaction
        happened = stamp(told.happened)
        own: Event = {"floor:entry": entry.number, "floor:person": told.by}
        if told.reason:
            own["floor:reason"] = told.reason
        return {
            "type": event.pop("type", "ObjectEvent"),
            "eventID": f"urn:uuid:{uuid5(self.identities[entry.number], str(place))}",
            "eventTime": happened,
            "recordTime": stamp(entry.recorded),
            "eventTimeZoneOffset": offset(told.happened),
            **event,
            **own,
        }

    def _bare(self, entry: Entry) -> list[Event]:
        """The events without when and who."""
        return _BY_KIND.get(entry.transaction.kind, _nothing)(self, entry)

    def received(self, entry: Entry) -> list[Event]:
        told = entry.transaction
        partner = self.catalog.partners.get(told.partner or "")
        step = "receiving" if partner or not any(p.place == OPENING for p in told.postings) else "stock_taking"
        event = self._observed(entry, step, "in_progress", self._into(entry))
        if partner:
            event["sourceList"] = [{"type": "location", "source": identifiers.partner(self.catalog, partner)}]
            event["destinationList"] = [{"type": "location", "destination": self.plant}]
        facts = [
            {"action": "ADD", "bizStep": "commissioning", "disposition": "active", "readPoint": {"id": self.plant},
             "quantityList": [self._quantity(lot.code)], "ilmd": _facts(lot)}
            for lot in told.new_lots
        ]  # fmt: skip
        return [*facts, event] if "quantityList" in event else facts

    def taken_back(self, entry: Entry) -> list[Event]:
        event = self._observed(entry, "receiving", "returned", self._into(entry))
        partner = self.catalog.partners.get(entry.transaction.partner or "")
        if partner:
            event["sourceList"] = [{"type": "location", "source": identifiers.partner(self.catalog, partner)}]
            event["destinationList"] = [{"type": "location", "destination": self.plant}]
        return [event]

    def moved(self, entry: Entry) -> list[Event]:
        event = self._observed(entry, "storing", "in_progress", self._into(entry))
        out = [p.place for p in entry.transaction.postings if p.quantity < 0]
        return [{**event, "readPoint": self._place(out[0])}]

    def consumed(self, entry: Entry) -> list[Event]:
        return [self._transformed(entry, inputQuantityList=self._list(self._out_of(entry)))]

    def made(self, entry: Entry) -> list[Event]:
        events = []
        for lot, quantity in self._into(entry).items():
            event = self._transformed(entry, outputQuantityList=[self._quantity(lot, quantity)])
            event |= {"bizStep": "commissioning", "disposition": "active", "ilmd": _facts(self.lots[lot])}
            events.append(event)
        return events

    def given_back(self, entry: Entry) -> list[Event]:
        return [self._observed(entry, "storing", "returned", self._into(entry))]

    def shipped(self, entry: Entry) -> list[Event]:
        told = entry.transaction
        disposition = "returned" if told.kind == Kind.SUPPLIER_RETURN else "in_transit"
        event = self._observed(entry, "shipping", disposition, self._out_of(entry))
        event.pop("bizLocation", None)
        event["readPoint"] = self._place(next(p.place for p in told.postings if p.quantity < 0))
        partner = self.catalog.partners.get(told.partner or "")
        if partner:
            event["sourceList"] = [{"type": "location", "source": self.plant}]
            there = identifiers.partner(self.catalog, partner)
            event["destinationList"] = [{"type": "location", "destination": there}]
        return [event]

    def counted(self, entry: Entry) -> list[Event]:
        found: dict[str, int] = {}
        for count in entry.transaction.counted:
            found[count.lot] = found.get(count.lot, 0) + count.found
        if not found:
            return []
        where = self._place(entry.transaction.counted[0].place)
        event = self._observed(entry, "cycle_counting", None, found)
        return [{**event, "readPoint": where, "bizLocation": where}]

    def adjusted(self, entry: Entry) -> list[Event]:
        changes = {lot: gained for lot, gained in self._into(entry).items() if gained}
        action = "ADD" if all(gained > 0 for gained in changes.values()) else "DELETE"
        amounts = {lot: abs(gained) for lot, gained in changes.items()}
        return [{**self._observed(entry, ADJUSTING, None, amounts), "action": action}] if amounts else []

    def scrapped(self, entry: Entry) -> list[Event]:
        event = self._observed(entry, "destroying", "destroyed", self._out_of(entry))
        event.pop("bizLocation", None)
        where = self._place(next(p.place for p in entry.transaction.postings if p.quantity < 0))
        return [{**event, "action": "DELETE", "readPoint": where}]

    def held(self, entry: Entry) -> list[Event]:
        return [self._status(entry, "non_sellable_other", "set")]

    def released(self, entry: Entry) -> list[Event]:
        return [self._status(entry, "in_progress", "unset")]

    def _status(self, entry: Entry, disposition: str, change: str) -> Event:
        return {
            "action": "OBSERVE",
            "bizStep": "holding",
            "disposition": disposition,
            "persistentDisposition": {change: ["unavailable"]},
            "readPoint": {"id": self.plant},
            "quantityList": [self._quantity(lot) for lot in entry.transaction.lots],
        }

    def _observed(self, entry: Entry, step: str, disposition: str | None, quantities: Mapping[str, int]) -> Event:
        """An ObjectEvent of lots at the place they came to, with the documents that the entry names."""
        event: Event = {"action": "OBSERVE", "bizStep": step}
        if disposition:
            event["disposition"] = disposition
        if quantities:
            event["quantityList"] = self._list(quantities)
        real = [p.place for p in entry.transaction.postings if p.quantity > 0 and p.place in self.catalog.places]
        if real:
            event |= {"readPoint": self._place(real[0]), "bizLocation": self._place(real[0])}
        else:
            event["readPoint"] = {"id": self.plant}
        documents = self._documents(entry)
        if documents:
            event["bizTransactionList"] = documents
        return event

    def _transformed(self, entry: Entry, **lists: list[Event]) -> Event:
        told = entry.transaction
        real = next((p.place for p in told.postings if p.place in self.catalog.places), None)
        return {
            "type": "TransformationEvent",
            "transformationID": identifiers.own(self.catalog, "run", told.work_order or ""),
            **lists,
            "readPoint": self._place(real) if real else {"id": self.plant},
            "bizTransactionList": self._documents(entry),
        }

    def _documents(self, entry: Entry) -> list[dict[str, str]]:
        """The work order, and the document that the report named; numbered by who usually writes such a document."""
        told, found = entry.transaction, []
        ours = self.catalog.site.values.get("gln")
        if told.work_order:
            number = identifiers.transaction(self.catalog, "prodorder", told.work_order, ours)
            found.append({"type": "prodorder", "bizTransaction": number})
        if told.reference:
            kind, number = reference_parts(told.reference)
            partner = self.catalog.partners.get(told.partner or "")
            theirs = partner.gln if partner else None
            buyer, seller = (ours, theirs) if told.kind in _FROM_SUPPLIERS else (theirs, ours)
            gln = None if kind is None else buyer if kind == "po" else seller
            named = {"bizTransaction": identifiers.transaction(self.catalog, kind, number, gln)}
            found.append({"type": kind, **named} if kind else named)
        return found

    def _place(self, code: str) -> dict[str, str]:
        return {"id": identifiers.place(self.catalog, code)}

    def _into(self, entry: Entry) -> dict[str, int]:
        """What real places gained of each lot; for a move what the one place gained."""
        moved = entry.transaction.kind == Kind.MOVE
        sums: dict[str, int] = {}
        for p in entry.transaction.postings:
            if p.place in self.catalog.places and (p.quantity > 0 or not moved):
                sums[p.lot] = sums.get(p.lot, 0) + p.quantity
        return sums

    def _out_of(self, entry: Entry) -> dict[str, int]:
        return {lot: -quantity for lot, quantity in self._into(entry).items()}

    def _list(self, quantities: Mapping[str, int]) -> list[Event]:
        return [self._quantity(lot, quantity) for lot, quantity in quantities.items()]

    def _quantity(self, lot: str, quantity: int | None = None) -> Event:
        product = self.catalog.products[self.lots[lot].product]
        element: Event = {"epcClass": identifiers.lot_class(self.catalog, product.sku, lot)}
        if quantity is not None:
            whole, rest = divmod(quantity, SCALE)
            element["quantity"] = quantity / SCALE if rest else whole
            element["uom"] = UNITS[product.base_unit]
        return element


def offset(moment: datetime) -> str:
    """The offset of an aware datetime as EPCIS writes it: `-08:00`."""
    return moment.isoformat()[-6:]


def _facts(lot: Lot) -> Event:
    facts = {"cbvmda:lotNumber": lot.code}
    if lot.expires:
        facts["cbvmda:itemExpirationDate"] = lot.expires.isoformat()
    return facts


def _message(entry: Entry) -> str:
    """The message that posted an entry: its key without what tells the message's entries apart."""
    return _PART.sub("", entry.transaction.key)


def _nothing(_writer: _Writer, _entry: Entry) -> list[Event]:
    return []


_BY_KIND: Final[Mapping[Kind, Callable[[_Writer, Entry], list[Event]]]] = {
    Kind.RECEIVE: _Writer.received,
    Kind.MOVE: _Writer.moved,
    Kind.CONSUME: _Writer.consumed,
    Kind.RETURN: _Writer.given_back,
    Kind.PRODUCE: _Writer.made,
    Kind.COUNT: _Writer.counted,
    Kind.ADJUST: _Writer.adjusted,
    Kind.SCRAP: _Writer.scrapped,
    Kind.SHIP: _Writer.shipped,
    Kind.CUSTOMER_RETURN: _Writer.taken_back,
    Kind.SUPPLIER_RETURN: _Writer.shipped,
    Kind.HOLD: _Writer.held,
    Kind.RELEASE: _Writer.released,
}
