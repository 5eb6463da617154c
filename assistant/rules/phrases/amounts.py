"""Quantities, spans and places as the rules say them: `14 cases (336 lb)`, `24 hours`, `in cooler 1 bay 1`."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

from assistant.wording import names
from store.model import Catalog, Product
from store.units import SCALE, from_base, text


@dataclass(frozen=True, slots=True)
class Speech:
    """The rule book's own words, with which numbers and places become part of a sentence."""

    plurals: Mapping[str, str]
    phrases: Mapping[str, Any]

    @classmethod
    def of(cls, book: Mapping[str, Any]) -> Self:
        """The words of a rule book file."""
        return cls(book["units"], book["words"])

    def amount(self, quantity: int, product: Product | None, *units: str) -> str:
        """`quantity` (1/10,000 of the base unit) in the first of `units` that shows it exactly, else in base units."""
        return self._shown(quantity, product, units)[0]

    def _shown(self, quantity: int, product: Product | None, units: tuple[str, ...]) -> list[str]:
        if product is None:
            return [str(Fraction(quantity, SCALE))]
        found = []
        for unit in dict.fromkeys((*units, product.base_unit)):
            exact = from_base(quantity, unit, product.base_unit, product.packs)
            if exact is not None and (unit == product.base_unit or exact == round(exact, 2)):
                found.append(f"{text(exact)} {unit if exact == 1 else self.plurals.get(unit, unit)}")
        return found

    def there(self, quantity: int, product: Product | None, *units: str) -> str:
        """`There are 336 lb (14 cases)`, `There is 1 case`: as `amount`, and as the next unit shows it."""
        first, *others = self._shown(quantity, product, units)
        text: str = self.phrases["there_one" if first.split(maxsplit=1)[0] == "1" else "there_many"]
        return text.format(amount=f"{first} ({others[0]})" if others else first)

    def span(self, seconds: Fraction) -> str:
        """`24 hours`, `1 hour`, `3 days`: days where they are whole and more than one."""
        hours = seconds / 3600
        if hours % 24 == 0 and hours > 24:  # noqa: PLR2004 - hours of a day
            return self.days(int(hours / 24))
        whole = int(hours) if hours.denominator == 1 else float(hours)
        text: str = self.phrases["hour" if whole == 1 else "hours"]
        return text.format(n=whole)

    def days(self, number: int) -> str:
        """`1 day`, `6 days`."""
        text: str = self.phrases["day" if number == 1 else "days"]
        return text.format(n=number)

    def at(self, catalog: Catalog, place: str | None) -> str:
        """`in cooler 1 bay 1`, `at line 2`; `on site` without a place."""
        if place is None:
            return str(self.phrases["no_place"])
        known = catalog.places.get(place)
        before = self.phrases["kinds"].get(known.kind if known else "", "in")
        return f"{before} {names.place(catalog, place)}"
