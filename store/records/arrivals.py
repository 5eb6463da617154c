"""What a supplier says is coming: a CSV shipping notice or an EPCIS document, as receipts that can be posted.

lot,gtin,quantity,unit,expires,supplier,reference
RM1207,00850012300014,14,case,2026-12-02,GVF,ASN 5512

All faults are told at once; a notice with a fault is not to be posted in part.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import unquote

from store.model import Catalog, Kind, Lot, Partner, Posting, Product, Transaction, supplier
from store.records.identifiers import LINK
from store.records.vocabulary import NAMES, UNITS
from store.units import NotWhole, TooMuch, UnknownUnit, to_base

COLUMNS: Final = ("lot", "gtin", "sku", "quantity", "unit", "expires", "supplier", "reference")
REQUIRED: Final = ("lot", "quantity", "unit")

_SHIPPED: Final = frozenset({"shipping", "receiving"})
_UNITS: Final = {code: unit for unit, code in UNITS.items()}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A lot that is coming: `quantity` in 1/10,000 of the base unit, beside what was told."""

    lot: str
    product: Product
    quantity: int
    amount: Decimal
    unit: str
    expires: date | None
    partner: str | None
    reference: str | None


@dataclass(frozen=True, slots=True)
class Notice:
    """What was read; `faults` are sentences with their line or event, and then nothing should be posted."""

    arrivals: Sequence[Arrival] = ()
    faults: Sequence[str] = ()


def receipt(arrival: Arrival, place: str, *, by: str, channel: str, key: str, happened: datetime) -> Transaction:
    """The entry that receives an arrival at a real place; it has to pass the same rules as a report."""
    lot, unit, amount = arrival.lot, arrival.unit, arrival.amount
    new = Lot(lot, arrival.product.sku, unit, happened.date(), arrival.expires, arrival.partner)
    return Transaction(
        Kind.RECEIVE, by, channel, key, happened,
        postings=(
            Posting(lot, supplier(arrival.partner), -arrival.quantity, -amount, unit),
            Posting(lot, place, arrival.quantity, amount, unit),
        ),
        new_lots=(new,), partner=arrival.partner, reference=arrival.reference,
    )  # fmt: skip


def from_csv(text: str, catalog: Catalog) -> Notice:
    """Read a CSV shipping notice: a header row with the columns above in any order, `gtin` or `sku` for the product."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    names = [name.strip().lower() for name in rows.fieldnames or ()]
    faults = [f"line 1: there is no column {name}" for name in REQUIRED if name not in names]
    faults += [f"line 1: {name} is no column of a shipping notice" for name in names if name not in COLUMNS]
    if not faults and not {"gtin", "sku"} & set(names):
        faults.append("line 1: a column gtin or sku has to name the product")
    if faults:
        return Notice(faults=faults)
    rows.fieldnames = names
    reader = _Reader(catalog)
    for row in rows:
        told = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
        reader.take(f"line {rows.line_num}", told)
    return reader.notice()


def from_epcis(document: Mapping[str, Any], catalog: Catalog) -> Notice:
    """Read what the shipping events of an EPCIS document bring; lots by GS1 Digital Link, expiry from ilmd.

    Events that were declared to be in error, and all that ship nothing, are passed over.
    """
    events = document.get("epcisBody", {}).get("eventList", [])
    wrong = {event.get("eventID") for event in events if "errorDeclaration" in event}
    expires = dict(_expiries(events))
    reader = _Reader(catalog)
    for place, event in enumerate(events):
        if event.get("bizStep") in _SHIPPED and event.get("eventID") not in wrong:
            for element in event.get("quantityList", ()):
                reader.take(f"event {place}", _told(event, element, expires))
    return reader.notice()


def _expiries(events: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Expiry by EPC class, from the facts told when a lot was made."""
    for event in events:
        facts = event.get("ilmd", {})
        day = facts.get("cbvmda:itemExpirationDate") or facts.get("cbvmda:bestBeforeDate")
        if day:
            for name in ("quantityList", "outputQuantityList"):
                yield from ((element["epcClass"], day) for element in event.get(name, ()))


def _told(event: Mapping[str, Any], element: Mapping[str, Any], expires: Mapping[str, str]) -> dict[str, str]:
    keys = _keys(element.get("epcClass", ""))
    source = next((_keys(end.get("source", "")).get("414", "") for end in event.get("sourceList", ())), "")
    document: Mapping[str, str] = next(iter(event.get("bizTransactionList", ())), {})
    number = unquote(document.get("bizTransaction", "").rpartition(":")[2])
    kind = NAMES.get(document.get("type", ""), "")
    unit = element.get("uom", "EA")
    return {
        "lot": keys.get("10", ""),
        "gtin": keys.get("01", ""),
        "quantity": str(element.get("quantity", "")),
        "unit": _UNITS.get(unit, unit),
        "expires": expires.get(element.get("epcClass", ""), ""),
        "supplier": source,
        "reference": f"{kind} {number}".strip(),
    }


def _keys(link: str) -> dict[str, str]:
    """The GS1 keys of a Digital Link by application identifier."""
    if not link.startswith(f"{LINK}/"):
        return {}
    parts = [unquote(part) for part in link.removeprefix(f"{LINK}/").split("/")]
    return dict(zip(parts[::2], parts[1::2], strict=False))


class _Reader:
    """Turns what was told into arrivals, or into faults."""

    def __init__(self, catalog: Catalog) -> None:
        self._products = catalog.products
        self._by_gtin = {p.gtin.zfill(14): p for p in catalog.products.values() if p.gtin}
        self._suppliers = {p.code.lower(): p for p in catalog.partners.values() if p.role == "supplier"}
        self._suppliers |= {p.gln: p for p in catalog.partners.values() if p.role == "supplier" and p.gln}
        self._arrivals: list[Arrival] = []
        self._faults: list[str] = []
        self._lots: set[str] = set()

    def notice(self) -> Notice:
        """What was read, or the faults alone."""
        return Notice(faults=self._faults) if self._faults else Notice(self._arrivals)

    def take(self, where: str, told: Mapping[str, str]) -> None:
        """Read one lot."""
        before = len(self._faults)
        product = self._product(where, told)
        partner = self._partner(where, told.get("supplier", ""))
        expires = self._day(where, told.get("expires", ""))
        lot = told.get("lot", "")
        if not lot:
            self._faults.append(f"{where}: there is no lot")
        elif lot in self._lots:
            self._faults.append(f"{where}: lot {lot} is told twice")
        self._lots.add(lot)
        if product is None:
            return
        amount = self._amount(where, told.get("quantity", ""))
        unit = told.get("unit", "").lower()
        quantity = None if amount is None else self._quantity(where, amount, unit, product)
        if amount is None or quantity is None or len(self._faults) > before:
            return
        code, reference = partner.code if partner else None, told.get("reference") or None
        self._arrivals.append(Arrival(lot, product, quantity, amount, unit, expires, code, reference))

    def _product(self, where: str, told: Mapping[str, str]) -> Product | None:
        gtin, sku = told.get("gtin", ""), told.get("sku", "")
        found = self._by_gtin.get(gtin.zfill(14)) if gtin else self._products.get(sku)
        if found is None:
            self._faults.append(f"{where}: there is no product {gtin or sku or 'named'}")
        return found

    def _partner(self, where: str, told: str) -> Partner | None:
        found = self._suppliers.get(told.lower())
        if told and found is None:
            self._faults.append(f"{where}: there is no supplier {told}")
        return found

    def _day(self, where: str, told: str) -> date | None:
        try:
            return date.fromisoformat(told[:10]) if told else None
        except ValueError:
            self._faults.append(f"{where}: {told} is no day (2026-12-02)")
            return None

    def _amount(self, where: str, told: str) -> Decimal | None:
        try:
            amount = Decimal(told)
        except InvalidOperation:
            amount = Decimal(0)
        if not amount.is_finite() or amount <= 0:
            self._faults.append(f"{where}: {told or 'nothing'} is no quantity above zero")
            return None
        return amount

    def _quantity(self, where: str, amount: Decimal, unit: str, product: Product) -> int | None:
        base = to_base(amount, unit, product.base_unit, product.packs)
        if isinstance(base, int):
            return base
        if isinstance(base, UnknownUnit):
            known = ", ".join(base.known)
            self._faults.append(f"{where}: {product.sku} is not kept in {unit or 'no unit'} (known: {known})")
        elif isinstance(base, NotWhole):
            self._faults.append(f"{where}: {amount} {unit} of {product.sku} do not come out whole")
        elif isinstance(base, TooMuch):
            self._faults.append(f"{where}: {amount} {unit} is more than the books can hold")
        return None
