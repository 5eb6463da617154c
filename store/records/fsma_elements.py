"""The key data elements that 21 CFR part 1 subpart S asks for, and the columns of the sheet that carry each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from store.model import Partner, Site

LOCATION: Final = ("name", "phone", "street", "city", "state", "zip", "country")
"""What a location description consists of (21 CFR 1.1310)."""

RECEIVING: Final = "Receiving"
TRANSFORMATION: Final = "Transformation"
SHIPPING: Final = "Shipping"

LOT: Final = "Traceability lot code"
EVENT: Final = "Event id"
SOURCE: Final = "TLC source"
REFERENCE: Final = "TLC source reference"


@dataclass(frozen=True, slots=True)
class Element:
    """A key data element: its rule, its name, its columns; `any_of` where one filled column is enough.

    `role` narrows it to the input or output rows of a transformation.
    """

    rule: str
    name: str
    columns: Sequence[str]
    any_of: bool = False
    role: str | None = None

    def missing(self, row: Mapping[str, object]) -> list[str]:
        """The columns that should be filled in this row and are not."""
        if self.role is not None and row.get("Role") != self.role:
            return []
        empty = [column for column in self.columns if row.get(column) in {None, ""}]
        if self.any_of and len(empty) < len(self.columns):
            return []
        return empty

    def concerns(self, row: Mapping[str, object]) -> bool:
        """Whether the row is one that must carry the element."""
        return self.role is None or row.get("Role") == self.role


def located(prefix: str) -> tuple[str, ...]:
    """The columns of a location description."""
    return tuple(f"{prefix} {part}" for part in LOCATION)


def location(prefix: str, values: Mapping[str, str | None]) -> dict[str, str | None]:
    """A location description as cells."""
    cells = {f"{prefix} {part}": values.get(part) or None for part in LOCATION}
    return {**cells, f"{prefix} GLN": values.get("gln") or None}


def of_partner(prefix: str, known: Partner | None) -> dict[str, str | None]:
    """A supplier's or customer's location as cells; empty for one that the report did not name."""
    return location(prefix, {} if known is None else {**known.contact, "name": known.name, "gln": known.gln})


def of_site(prefix: str, site: Site) -> dict[str, str | None]:
    """The plant's location as cells."""
    return location(prefix, site.values)


def _common(section: str, suffix: str = "") -> list[Element]:
    return [
        Element(section, f"Traceability lot code{suffix}", (LOT,)),
        Element(section, f"Quantity and unit of measure{suffix}", ("Quantity", "Unit")),
        Element(section, f"Product description{suffix}", ("Product description",)),
    ]


_DOCUMENT: Final = ("Reference document type", "Reference document number")

ELEMENTS: Final[Mapping[str, Sequence[Element]]] = {
    RECEIVING: (
        *_common("1.1345(a)"),
        Element("1.1345(a)(4)", "Immediate previous source", located("Previous source")),
        Element("1.1345(a)(5)", "Receiving location", located("Receiving location")),
        Element("1.1345(a)(6)", "Date received", ("Date received",)),
        Element("1.1345(a)(7)", "TLC source or reference", (f"{SOURCE} name", REFERENCE), any_of=True),
        Element("1.1345(a)(8)", "Reference document", _DOCUMENT),
    ),
    TRANSFORMATION: (
        Element("1.1350(a)(1)", "Traceability lot code of the food used", (LOT,), role="input"),
        Element("1.1350(a)(1)", "Product description of the food used", ("Product description",), role="input"),
        Element("1.1350(a)(1)", "Quantity and unit used of each lot", ("Quantity", "Unit"), role="input"),
        Element("1.1350(a)(2)", "New traceability lot code", (LOT,), role="output"),
        Element("1.1350(a)(2)", "Transformation location (TLC source)", located("Transformed at"), role="output"),
        Element("1.1350(a)(2)", "Date completed", ("Date completed",), role="output"),
        Element("1.1350(a)(2)", "Product description", ("Product description",), role="output"),
        Element("1.1350(a)(2)", "Quantity and unit of measure", ("Quantity", "Unit"), role="output"),
        Element("1.1350(a)(2)", "Reference document", _DOCUMENT, role="output"),
    ),
    SHIPPING: (
        *_common("1.1340(a)"),
        Element("1.1340(a)(4)", "Location of the immediate subsequent recipient", located("Recipient")),
        Element("1.1340(a)(5)", "Ship-from location", located("Shipped from")),
        Element("1.1340(a)(6)", "Date shipped", ("Date shipped",)),
        Element("1.1340(a)(7)", "TLC source or reference", (f"{SOURCE} name", REFERENCE), any_of=True),
        Element("1.1340(a)(8)", "Reference document", _DOCUMENT),
    ),
}
"""What each critical tracking event must carry, in the order of the rule."""


def _columns(*middle: str) -> tuple[str, ...]:
    return (
        EVENT, *middle, "Reference document type", "Reference document number", "Traceability list", "SKU", "GTIN",
        "Entry", "Reported by",
    )  # fmt: skip


def _with_gln(prefix: str) -> tuple[str, ...]:
    return (*located(prefix), f"{prefix} GLN")


_WHAT: Final = (LOT, "Product description", "Quantity", "Unit")
_SOURCE: Final = (*located(SOURCE), REFERENCE)

COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    RECEIVING: _columns(
        "Date received", *_WHAT, *_with_gln("Previous source"), *_with_gln("Receiving location"), *_SOURCE
    ),
    TRANSFORMATION: _columns("Date completed", "Role", *_WHAT, *_with_gln("Transformed at"), *_SOURCE),
    SHIPPING: _columns("Date shipped", *_WHAT, *_with_gln("Recipient"), *_with_gln("Shipped from"), *_SOURCE),
}
"""The columns of each tab."""
