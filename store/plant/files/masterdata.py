"""The rows of the master data files as products, places, partners, people, reasons and the site."""

import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from store.model import (
    ADJUSTMENT,
    CUSTOMER,
    OPENING,
    SCRAP,
    SUPPLIER,
    VARIANCE,
    Partner,
    Person,
    Place,
    Product,
    Reason,
    Site,
)
from store.plant.files import cells
from store.plant.files.limits import Unreadable
from store.plant.files.sheets import Columns, Faults, Row, Sheet, rows, shown
from store.units import COUNTED

PRODUCTS: Final = Columns(
    "products",
    ("sku", "name", "kind"),
    ("base_unit", "units", "shelf_life_days", "traceability_list", "gtin", "lot_prefix", "aliases"),
)
LOCATIONS: Final = Columns("locations", ("code", "name", "kind"), ("parent", "check_digits", "aliases"))
PARTNERS: Final = Columns(
    "partners",
    ("code", "name", "role"),
    ("gln", "aliases", "phone", "street", "city", "state", "zip", "country"),
)
PEOPLE: Final = Columns("people", ("code", "name", "role"), ("slack_id", "language"))
REASONS: Final = Columns("reasons", ("code", "name", "kind"), ("aliases",))
SITE: Final = Columns("site", ("key", "value"))

PRODUCT_KINDS: Final = ("raw", "packaging", "wip", "finished")
PLACE_KINDS: Final = ("receiving", "storage", "production", "hold", "shipping")
PARTNER_ROLES: Final = ("supplier", "customer", "both")
PERSON_ROLES: Final = ("worker", "receiver", "supervisor", "qa")
REASON_KINDS: Final = ("scrap", "adjust")
VIRTUAL_PLACES: Final = frozenset({SCRAP, VARIANCE, ADJUSTMENT, OPENING})
CONTACT: Final = ("phone", "street", "city", "state", "zip", "country")


@dataclass
class Named:
    """The codes of one file: the line of each, and each folded to one case, to find slips and suggest the right one."""

    file: str
    lines: dict[str, int] = field(default_factory=dict)
    _folded: dict[str, str] = field(default_factory=dict)

    def take(self, row: Row, column: str) -> str | None:
        """The row's own code; a fault where it is empty, malformed or taken (also in other capitals)."""
        code = row.need(column, cells.code)
        if code is None:
            return None
        first = self._folded.setdefault(code.casefold(), code)
        if first in self.lines:
            same = "" if first == code else f" (as {first})"
            row.wrong(column, f"{column} {shown(code)} is already in line {self.lines[first]}{same}")
            return None
        self.lines[code] = row.line
        return code

    def find(self, row: Row, column: str) -> str | None:
        """A code of this file that another row names; a fault where it is not there."""
        code = row.text(column)
        if code in self.lines or not code:
            return code or None
        near = self._folded.get(code.casefold())
        hint = f" (is it {near}?)" if near else ""
        row.wrong(column, f"{column} {shown(code)} is not in {self.file}{hint}")
        return None

    def need(self, row: Row, column: str) -> str | None:
        """The same for a cell that must not be empty."""
        if not row.text(column):
            row.wrong(column, f"{column} is empty")
        return self.find(row, column)


def read_products(sheet: Sheet, named: Named, faults: Faults) -> dict[str, Product]:
    """products.csv by sku; a product without a base unit is counted in `ea`. Rows with faults are left out."""
    found = {}
    for row in rows(sheet, faults):
        before = len(faults)
        sku, name = named.take(row, "sku"), row.need("name", cells.label)
        kind = row.need("kind", cells.one_of(PRODUCT_KINDS))
        base_unit = row.read("base_unit", cells.unit) or COUNTED
        packs = row.read("units", cells.packs) or {}
        if base_unit in packs:
            row.wrong("units", f"units names {base_unit}, which is the base unit itself")
        product = Product(
            sku or "",
            name or "",
            kind or "",
            base_unit,
            packs,
            row.read("shelf_life_days", cells.whole_days),
            row.read("traceability_list", cells.yes_no) or False,
            row.read("gtin", cells.gtin),
            row.read("lot_prefix", cells.code),
            row.read("aliases", cells.aliases) or (),
        )
        if sku and len(faults) == before:
            found[sku] = product
    _unique(sheet, faults, "gtin", {sku: product.gtin for sku, product in found.items()}, named)
    return found


def _unique(sheet: Sheet, faults: Faults, column: str, values: Mapping[str, str | None], named: Named) -> None:
    """A value that identifies may stand in one row only."""
    owners: dict[str, str] = {}
    for code, value in values.items():
        if value and owners.setdefault(value, code) != code:
            line, number = named.lines[code], sheet.columns.get(column)
            faults.add(sheet.file, f"{column} {value} is already that of {owners[value]}", line, number)


def read_places(sheet: Sheet, named: Named, faults: Faults) -> dict[str, Place]:
    """locations.csv by code; parents exist and none is inside itself."""
    read = list(rows(sheet, faults))
    found = {}
    for row in read:
        code = named.take(row, "code")
        if code and (is_reserved(code) or code.startswith("WO-")):
            row.wrong("code", f"code {shown(code)} is reserved for the other side of an entry")
        place = Place(
            code or "",
            row.need("name", cells.label) or "",
            row.need("kind", cells.one_of(PLACE_KINDS)) or "",
            row.text("parent") or None,
            row.read("check_digits", cells.check_digits),
            row.read("aliases", cells.aliases) or (),
        )
        if code:
            found[code] = place
    for row in read:
        if named.find(row, "parent") and (around := _circle(row.text("code"), found)):
            row.wrong("parent", f"parent {shown(row.text('parent'))} makes a circle: {' in '.join(around)}")
    return found


def is_reserved(code: str) -> bool:
    """Whether a code is that of a virtual place, the other side of an entry."""
    return code in VIRTUAL_PLACES or code.startswith((SUPPLIER, CUSTOMER))


def _circle(code: str, places: Mapping[str, Place]) -> list[str] | None:
    """The way from a place through its parents back to itself, if there is one."""
    way = [code]
    place = places.get(code)
    while place and place.parent and place.parent in places:
        way.append(place.parent)
        if place.parent == code:
            return way
        if len(set(way)) < len(way):
            return None
        place = places[place.parent]
    return None


def read_partners(sheet: Sheet, named: Named, faults: Faults) -> dict[str, Partner]:
    """partners.csv by code."""
    found = {}
    for row in rows(sheet, faults):
        code = named.take(row, "code")
        contact = {name: value for name in CONTACT if (value := row.read(name, cells.label))}
        partner = Partner(
            code or "",
            row.need("name", cells.label) or "",
            row.need("role", cells.one_of(PARTNER_ROLES)) or "",
            row.read("gln", cells.gln),
            row.read("aliases", cells.aliases) or (),
            contact,
        )
        if code:
            found[code] = partner
    return found


def read_people(sheet: Sheet, named: Named, faults: Faults) -> dict[str, Person]:
    """people.csv by code; a Slack id belongs to one person."""
    found = {}
    for row in rows(sheet, faults):
        code = named.take(row, "code")
        person = Person(
            code or "",
            row.need("name", cells.label) or "",
            row.need("role", cells.one_of(PERSON_ROLES)) or "",
            row.read("slack_id", cells.code),
            row.read("language", cells.code) or "en",
        )
        if code:
            found[code] = person
    _unique(sheet, faults, "slack_id", {code: person.slack_id for code, person in found.items()}, named)
    return found


def read_reasons(sheet: Sheet, named: Named, faults: Faults) -> dict[str, Reason]:
    """reasons.csv by code."""
    found = {}
    for row in rows(sheet, faults):
        code = named.take(row, "code")
        reason = Reason(
            code or "",
            row.need("name", cells.label) or "",
            row.need("kind", cells.one_of(REASON_KINDS)) or "",
            row.read("aliases", cells.aliases) or (),
        )
        if code:
            found[code] = reason
    return found


def read_site(sheet: Sheet, named: Named, faults: Faults) -> Site:
    """site.csv as it stands; the time zone must exist and the plant's GLN be right."""
    values = {}
    readers: dict[str, Callable[[str], str]] = {"gln": cells.gln, "timezone": _timezone}
    for row in rows(sheet, faults):
        key = named.take(row, "key")
        value = row.read("value", readers.get(key or "", cells.label), key or "")
        if key and value:
            values[key] = value
    return Site(values)


def _timezone(said: str) -> str:
    try:
        return zoneinfo.ZoneInfo(said).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise Unreadable(f"{shown(said)} is no time zone such as America/Los_Angeles") from None
