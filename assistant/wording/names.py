"""How things are called when people are told of them: products, places, quantities, codes, days, by eye and by ear.

RM1107 is shown as RM1107 and spoken "R M 1 1 0 7"; 12 case is "12 cases" to both.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from store.model import Catalog, Lot
from store.units import shown_in, text

HALF_A_YEAR = 183
"""Days within which a month and a day say which day it is."""

CODE = re.compile(r"\b(?=[\w/-]*\d)(?=[\w/-]*[A-Za-z/-])[\w/-]{3,}\b|\b\d{5,}\b")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Words:
    """The language's words for units, months and number endings; built from the wording file."""

    plurals: Mapping[str, str]
    months: tuple[str, ...]
    prepositions: Mapping[str, str]

    def standing(self, catalog: Catalog, code: str) -> str:
        """Where something stands: `in cooler 1 bay 1`, `at line 2`."""
        known = catalog.places.get(code)
        return f"{self.prepositions[known.kind]} {lowered(known.name)}" if known else code

    def unit(self, unit: str, amount: Decimal) -> str:
        """`case` or `cases`, by the amount."""
        return unit if abs(amount) == 1 else self.plurals.get(unit, unit)

    def quantity(self, amount: Decimal, unit: str) -> str:
        """`12 cases`, `0.5 case`, `40.5 lb`."""
        return f"{text(amount)} {self.unit(unit, amount)}"

    def day(self, day: date, today: date | None = None) -> str:
        """`December 2`; with the year where it is more than half a year from today, or nobody says what today is."""
        said = f"{self.months[day.month - 1]} {day.day}"
        return said if today and abs((day - today).days) <= HALF_A_YEAR else f"{said}, {day.year}"

    def moment(self, moment: datetime, today: date | None = None) -> str:
        """`November 22, 10:14`."""
        return f"{self.day(moment.date(), today)}, {moment:%H:%M}"


def lowered(name: str) -> str:
    """A name inside a sentence: `Cooler 1 bay 1` -> `cooler 1 bay 1`, while `QA hold cage` keeps its QA."""
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in name.split())


def product(catalog: Catalog, sku: str | None) -> str:
    """What people call a product: the first alias that is part of its name (`romaine`), else its name in lower case."""
    known = catalog.products.get(sku or "")
    if known is None:
        return sku or ""
    whole = known.name.lower()
    return next((a for a in known.aliases if a.lower() in whole.split() or a.lower() in whole), lowered(known.name))


def place(catalog: Catalog, code: str) -> str:
    """What people call a place: `cooler 1 bay 1`; a virtual place is called by its code."""
    known = catalog.places.get(code)
    return lowered(known.name) if known else code


def partner(catalog: Catalog, code: str | None) -> str:
    """The name of a supplier or customer, its code where it is not known."""
    known = catalog.partners.get(code or "")
    return known.name if known else code or ""


def in_unit(catalog: Catalog, lot: Lot, quantity: int) -> tuple[Decimal, str]:
    """A quantity (1/10,000 of the base unit) as people count the lot, with at most two decimals; else in base."""
    known = catalog.products[lot.product]
    return shown_in(quantity, lot.unit, known.base_unit, known.packs)


def spelled(code: str) -> str:
    """A code for the ear, sign by sign: `TOM-1118` -> `T O M 1 1 1 8`."""
    return " ".join(sign for sign in code if sign.isalnum())


def capital(sentence: str) -> str:
    """A sentence that begins with a capital letter, whatever word was filled in first."""
    return sentence[:1].upper() + sentence[1:]


def for_ear(sentence: str) -> str:
    """A sentence with its codes spelt out, for a voice to read; days and plain numbers stay as they are."""
    return CODE.sub(lambda m: m[0] if ISO_DAY.fullmatch(m[0]) else spelled(m[0]), sentence)
