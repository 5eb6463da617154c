"""What a supplier says is coming, lot by lot, as receipts that can be posted; all faults are told at once.

A notice with a fault is not to be posted in part. How a file becomes a notice is in `store.records.notices`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, TypeVar

from store.model import Catalog, Kind, Lot, Partner, Posting, Product, Transaction, supplier
from store.plant.files import cells
from store.plant.files.limits import Unreadable
from store.plant.files.sheets import shown
from store.units import NotWhole, TooMuch, UnknownUnit, to_base

T = TypeVar("T")

STANDARD: Final = "standard"
"""Said instead of an expiry: the day of receipt and the product's shelf life."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A lot that is coming: `quantity` in 1/10,000 of the base unit, beside what was told, and `where` it was told."""

    lot: str
    product: Product
    quantity: int
    amount: Decimal
    unit: str
    expires: date | None
    partner: str | None
    reference: str | None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What was read; `faults` are sentences with file and line, and then nothing should be posted.

    `passed_over` is how much of it is for other places than this plant.
    """

    arrivals: Sequence[Arrival] = ()
    faults: Sequence[str] = ()
    passed_over: int = 0


def receipt(
    arrival: Arrival, place: str, *, by: str, channel: str, key: str, happened: datetime, said: str = ""
) -> Transaction:
    """The entry that receives an arrival at a real place; it has to pass the same rules as a report."""
    lot, unit, amount = arrival.lot, arrival.unit, arrival.amount
    new = Lot(lot, arrival.product.sku, unit, happened.date(), arrival.expires, arrival.partner)
    return Transaction(
        Kind.RECEIVE, by, channel, key, happened, said=said,
        postings=(
            Posting(lot, supplier(arrival.partner), -arrival.quantity, -amount, unit),
            Posting(lot, place, arrival.quantity, amount, unit),
        ),
        new_lots=(new,), partner=arrival.partner, reference=arrival.reference,
    )  # fmt: skip


class Reader:
    """Turns what was told of each lot into arrivals, or into faults; `today` is the day of receipt.

    `standard` takes the product's shelf life where no expiry is told.
    """

    def __init__(self, catalog: Catalog, today: date, *, standard: bool = False) -> None:
        self._today = today
        self._standard = standard
        self._products = catalog.products
        self._by_gtin = {p.gtin.zfill(14): p for p in catalog.products.values() if p.gtin}
        self._suppliers = {p.code.lower(): p for p in catalog.partners.values() if p.role == "supplier"}
        self._suppliers |= {p.gln: p for p in catalog.partners.values() if p.role == "supplier" and p.gln}
        self._arrivals: list[Arrival] = []
        self._lots: set[str] = set()
        self.faults: list[str] = []

    def notice(self, passed_over: int = 0) -> Notice:
        """What was read, or the faults alone."""
        return Notice(faults=self.faults) if self.faults else Notice(self._arrivals, (), passed_over)

    def take(self, where: str, told: Mapping[str, str]) -> None:
        """Read one lot; `told` is by the columns of a shipping notice, `where` completes a fault."""
        before = len(self.faults)
        product = self._product(where, told)
        partner = self._partner(where, told.get("supplier", ""))
        reference = self._read(where, told.get("reference", ""), cells.label)
        lot = self._lot(where, told.get("lot", ""))
        if product is None:
            return
        expires = self._expires(where, told.get("expires", ""), product)
        amount = self._amount(where, told.get("quantity", ""))
        unit = told.get("unit", "").lower()
        quantity = None if amount is None else self._quantity(where, amount, unit, product)
        if lot is None or amount is None or quantity is None or len(self.faults) > before:
            return
        code = partner.code if partner else None
        self._arrivals.append(Arrival(lot, product, quantity, amount, unit, expires, code, reference, where))

    def _fault(self, where: str, text: str) -> None:
        self.faults.append(f"{where}: {text}")

    def _read(self, where: str, told: str, reader: Callable[[str], T]) -> T | None:
        try:
            return reader(told) if told else None
        except Unreadable as fault:
            self._fault(where, str(fault))
            return None

    def _lot(self, where: str, told: str) -> str | None:
        """A lot's code as the books have it: upper case, without spaces."""
        said = self._read(where, told, cells.code)
        if not told:
            self._fault(where, "there is no lot")
        if said is None:
            return None
        lot = "".join(said.split()).upper()
        if lot in self._lots:
            self._fault(where, f"lot {lot} is told twice")
        self._lots.add(lot)
        return lot

    def _product(self, where: str, told: Mapping[str, str]) -> Product | None:
        gtin, sku = told.get("gtin", ""), told.get("sku", "")
        found = self._by_gtin.get(gtin.zfill(14)) if gtin else self._products.get(sku)
        if found is None:
            self._fault(where, f"there is no product {shown(gtin or sku) or 'named'}")
        elif gtin and sku and found.sku != sku:
            self._fault(where, f"GTIN {shown(gtin)} is {found.sku}, not {shown(sku)}")
        return found

    def _partner(self, where: str, told: str) -> Partner | None:
        found = self._suppliers.get(told.lower())
        if told and found is None:
            self._fault(where, f"there is no supplier {shown(told)}")
        return found

    def _expires(self, where: str, told: str, product: Product) -> date | None:
        """The expiry: a product with a shelf life needs one, or the word `standard`."""
        if told and told.lower() != STANDARD:
            return self._read(where, told, cells.day(self._today))
        if product.shelf_life_days is None:
            if told:
                self._fault(where, f"{product.sku} has no shelf life, so that {STANDARD} says no expiry")
            return None
        if told or self._standard:
            return self._today + timedelta(days=product.shelf_life_days)
        self._fault(where, f"there is no expiry, and {product.sku} has a shelf life; write a day, or {STANDARD}")
        return None

    def _amount(self, where: str, told: str) -> Decimal | None:
        if not told:
            self._fault(where, "there is no quantity")
        return self._read(where, told, cells.positive)

    def _quantity(self, where: str, amount: Decimal, unit: str, product: Product) -> int | None:
        base = to_base(amount, unit, product.base_unit, product.packs)
        if isinstance(base, int):
            if base:
                return base
            self._fault(where, f"{amount} {unit} is less than the books can hold")
        elif isinstance(base, UnknownUnit):
            known = ", ".join(base.known)
            self._fault(where, f"{product.sku} is not kept in {shown(unit) or 'no unit'} (known: {known})")
        elif isinstance(base, NotWhole):
            self._fault(where, f"{amount} {unit} of {product.sku} do not come out whole")
        elif isinstance(base, TooMuch):
            self._fault(where, f"{amount} {unit} is more than the books can hold")
        return None
