"""The rows of work_orders.csv and lots.csv as planned runs and opening stock."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from store.model import OrderStatus, Place, Product, WorkOrder
from store.plant.files import cells
from store.plant.files.masterdata import Named, is_reserved
from store.plant.files.plant import OpeningLot
from store.plant.files.recipes import base_quantity
from store.plant.files.sheets import Columns, Faults, Row, Sheet, rows, shown
from store.units import COUNTED, plain

WORK_ORDERS: Final = Columns(
    "work_orders", ("number", "product", "planned_quantity"), ("unit", "line", "status", "planned_day")
)
LOTS: Final = Columns(
    "lots",
    ("lot", "sku", "supplier"),
    ("received", "expires", "location", "quantity", "unit", "status", "reference"),
)
ORDER_REFERENCE: Final = re.compile(r"WO-?\d+", re.IGNORECASE)
"""A reference of this form is a work order, also one that is finished and no longer listed."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows of orders and lots may name; `partners` is None where there is no partners file."""

    products: Mapping[str, Product]
    places: Mapping[str, Place]
    skus: Named
    locations: Named
    suppliers: Mapping[str, str] | None
    partners: Named
    today: date


def read_orders(sheet: Sheet, known: Known, named: Named, faults: Faults) -> tuple[list[WorkOrder], frozenset[str]]:
    """work_orders.csv in the file's order, and the numbers whose planned day is an offset.

    Without a unit the plan is in the product's base unit.
    """
    day = cells.day(known.today)
    found: list[WorkOrder] = []
    relative = set()
    for row in rows(sheet, faults):
        number = named.take(row, "number")
        if number and number in known.locations.lines:
            row.wrong("number", f"number {shown(number)} is also the code of a place in {known.locations.file}")
        elif number and is_reserved(number):
            row.wrong("number", f"number {shown(number)} is reserved for the other side of an entry")
        product = known.products.get(known.skus.need(row, "product") or "")
        planned = row.need("planned_quantity", cells.positive)
        unit = row.read("unit", cells.unit)
        line = known.locations.find(row, "line")
        status = row.read("status", cells.one_of([status.value for status in OrderStatus])) or OrderStatus.OPEN
        planned_day = row.read("planned_day", day)
        if product is None or planned is None:
            continue
        unit = unit or product.base_unit
        quantity = base_quantity(row, "planned_quantity", planned, unit, product)
        if number and quantity is not None:
            found.append(WorkOrder(number, product.sku, quantity, unit, line, OrderStatus(status), planned_day))
            if cells.is_offset(row.text("planned_day")):
                relative.add(number)
    return found, frozenset(relative)


class OpeningStock:
    """Reads lots.csv, row by row, and holds what the rows of one lot must agree on."""

    def __init__(self, sheet: Sheet, known: Known, orders: Named, faults: Faults) -> None:
        self.known = known
        self.sheet = sheet
        self.faults = faults
        self.orders = orders
        self.day = cells.day(known.today)
        self.status = cells.one_of(("ok", "hold"))
        self.first: dict[str, OpeningLot] = {}
        self.folded: dict[str, str] = {}
        self.stands: dict[tuple[str, str], int] = {}
        self.notes: list[str] = []
        self.default_place = _receiving(known.places)

    def read(self) -> list[OpeningLot]:
        """Every row that is right, in the file's order; the others are faults."""
        lacking = [name for name in ("received", "location", "quantity", "unit") if name not in self.sheet.columns]
        taken = {
            "received": "the day of loading is taken",
            "location": f"all of it stands at {self.default_place}",
            "quantity": "the lots are known, with no stock",
            "unit": "quantities are in the products' base units",
        }
        if self.sheet.rows:
            self.notes = [f"{self.sheet.file} has no column {name}: {taken[name]}." for name in lacking]
        return [lot for row in rows(self.sheet, self.faults) if (lot := self._row(row)) is not None]

    def _row(self, row: Row) -> OpeningLot | None:
        lot = row.need("lot", cells.code)
        product = self.known.products.get(self.known.skus.need(row, "sku") or "")
        supplier = self._supplier(row)
        received = row.need("received", self.day) if row.has("received") else self.known.today
        expires = row.read("expires", self.day)
        location = self.known.locations.need(row, "location") if row.has("location") else self.default_place
        quantity = row.need("quantity", cells.number) if row.has("quantity") else Decimal(0)
        unit = self._unit(row, product)
        on_hold = row.read("status", self.status) == "hold"
        reference = row.read("reference", cells.label)
        if received and received > self.known.today:
            row.wrong("received", f"received {received} is after the day of loading, {self.known.today}")
        if received and expires and expires < received:
            row.wrong("expires", f"expires {expires} is before the lot was received, {received}")
        if lot is None or product is None or received is None or location is None or quantity is None or unit is None:
            return None
        base = base_quantity(row, "quantity", quantity, unit, product)
        if base is None:
            return None
        opening = OpeningLot(
            lot, product.sku, supplier, received, expires, location, plain(quantity), unit, base, on_hold,
            reference, self._work_order(reference), _relative(row), row.line,
        )  # fmt: skip
        return opening if self._agrees(row, opening) else None

    def _supplier(self, row: Row) -> str | None:
        if self.known.suppliers is None:
            return row.read("supplier", cells.code)
        code = self.known.partners.find(row, "supplier")
        if code and self.known.suppliers.get(code) == "customer":
            row.wrong("supplier", f"supplier {code} is a customer in {self.known.partners.file}")
        return code

    def _unit(self, row: Row, product: Product | None) -> str | None:
        """Without a unit a quantity is in `ea` for a product counted so, and a fault where the column is there."""
        unit = row.read("unit", cells.unit)
        if unit is None and product is not None and not row.text("unit"):
            if product.base_unit == COUNTED or not row.has("unit"):
                return product.base_unit
            row.wrong("unit", "unit is empty")
        return unit

    def _work_order(self, reference: str | None) -> str | None:
        if reference and (reference in self.orders.lines or ORDER_REFERENCE.fullmatch(reference)):
            return reference
        return None

    def _agrees(self, row: Row, opening: OpeningLot) -> bool:
        """Several rows of a lot are the same lot in several places, and agree on all but place and quantity."""
        spelled = self.folded.setdefault(opening.lot.casefold(), opening.lot)
        if spelled != opening.lot:
            row.wrong(
                "lot", f"lot {opening.lot} is {spelled} in line {self.first[spelled].line}; one of them is misspelt"
            )
            return False
        first = self.first.setdefault(opening.lot, opening)
        pairs = (
            ("sku", first.product, opening.product),
            ("supplier", first.supplier, opening.supplier),
            ("expires", first.expires, opening.expires),
            ("status", first.status, opening.status),
        )
        differing = [(column, one, other) for column, one, other in pairs if one != other]
        for column, one, other in differing:
            there = f"{one or 'nothing'} in line {first.line}"
            row.wrong(column, f"{column} of lot {opening.lot} is {other or 'nothing'} here and {there}")
        stood = self.stands.setdefault((opening.lot, opening.location), opening.line)
        if stood != opening.line:
            row.wrong("location", f"lot {opening.lot} in {opening.location} is already in line {stood}")
        return not differing and stood == opening.line


def _receiving(places: Mapping[str, Place]) -> str | None:
    """Where stock stands whose file does not say: the first receiving place, else the first place."""
    return next((place.code for place in places.values() if place.kind == "receiving"), next(iter(places), None))


def _relative(row: Row) -> bool:
    return not row.has("received") or any(cells.is_offset(row.text(column)) for column in ("received", "expires"))
