"""Exact quantities: what a worker says in packs or pounds as integers of 1/10,000 of the product's base unit.

12 case of a product with base unit lb and case=24  ->  2,880,000  (288 lb)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

SCALE: Final = 10_000
"""Ledger quantities are integers of 1/SCALE of the base unit."""

POUND_IN_GRAMS: Final = Fraction("453.59237")
"""International yard and pound agreement of 1959, exact by definition."""

GALLON_IN_LITRES: Final = Fraction("3.785411784")
"""US liquid gallon: 231 cubic inches, exact by definition."""

WEIGHT: Final[Mapping[str, Fraction]] = {
    "g": Fraction(1),
    "kg": Fraction(1000),
    "lb": POUND_IN_GRAMS,
    "oz": POUND_IN_GRAMS / 16,
}
VOLUME: Final[Mapping[str, Fraction]] = {"l": Fraction(1), "gal": GALLON_IN_LITRES}
COUNTED: Final = "ea"
UNITS: Final = frozenset("lb kg oz g gal l ea case bag tub bucket drum jug jar roll pack sleeve tote pallet".split())
"""Every unit that an utterance or a plant file may name (contract of the frame)."""

LARGEST: Final = 2**53
"""Quantities stay below this, so that every reader of the books, JavaScript included, sees them exactly."""


@dataclass(frozen=True, slots=True)
class UnknownUnit:
    """The product is not kept in that unit; `known` are those it has."""

    unit: str
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotWhole:
    """A counted product that does not come out whole: 0.3 of a case of 7; `base` is what it would be."""

    amount: Decimal
    unit: str
    base: Fraction


@dataclass(frozen=True, slots=True)
class TooMuch:
    """A quantity beyond what the books can hold exactly."""

    amount: Decimal
    unit: str


def factor(unit: str, base_unit: str, packs: Mapping[str, int]) -> Fraction | None:
    """How many base units one `unit` is, or None where the product has no such unit.

    `packs` are pack sizes in 1/10,000 of the base unit. Weight converts to weight and volume to volume by
    definition, also through the base unit only: a pack keeps the size that the plant gave it.
    """
    if unit == base_unit:
        return Fraction(1)
    if unit in packs:
        return Fraction(packs[unit], SCALE)
    for family in (WEIGHT, VOLUME):
        if unit in family and base_unit in family:
            return family[unit] / family[base_unit]
    return None


def known_units(base_unit: str, packs: Mapping[str, int]) -> tuple[str, ...]:
    """The units a product can be told in, packs first, then its base unit and what converts to it."""
    family = next((f for f in (WEIGHT, VOLUME) if base_unit in f), {})
    return (*packs, base_unit, *(u for u in family if u != base_unit and u not in packs))


def to_base(
    amount: Decimal, unit: str, base_unit: str, packs: Mapping[str, int]
) -> int | UnknownUnit | NotWhole | TooMuch:
    """`amount` of `unit` in 1/10,000 of the base unit.

    Weight and volume round half to even there; a product counted in `ea` must come out whole.
    """
    each = factor(unit, base_unit, packs)
    if each is None:
        return UnknownUnit(unit, known_units(base_unit, packs))
    base = Fraction(amount) * each
    if abs(base) * SCALE >= LARGEST:
        return TooMuch(amount, unit)
    if base_unit == COUNTED and base.denominator != 1:
        return NotWhole(amount, unit, base)
    return round(base * SCALE)


def from_base(quantity: int, unit: str, base_unit: str, packs: Mapping[str, int]) -> Decimal | None:
    """`quantity` (1/10,000 of the base unit) in `unit`, if it is exact with at most four decimals, else None."""
    each = factor(unit, base_unit, packs)
    if each is None:
        return None
    shown = Fraction(quantity, SCALE) / each * SCALE
    if shown.denominator != 1:
        return None
    return plain(Decimal(shown.numerator) / SCALE)


def shown_in(quantity: int, unit: str, base_unit: str, packs: Mapping[str, int]) -> tuple[Decimal, str]:
    """`quantity` (1/10,000 of the base unit) in `unit` where that needs at most two decimals, else in the base unit."""
    shown = from_base(quantity, unit, base_unit, packs) if unit != base_unit else None
    if shown is not None and shown == round(shown, 2):
        return shown, unit
    return plain(Decimal(quantity) / SCALE), base_unit


def rounded_in(quantity: int, unit: str, base_unit: str, packs: Mapping[str, int]) -> tuple[Decimal, str]:
    """`quantity` (1/10,000 of the base unit) in `unit` at two decimals, half to even; in base where there is no such.

    For figures that are compared with each other, and so must be in one unit; `shown_in` is for those that stand alone.
    """
    each = factor(unit, base_unit, packs)
    if each is None:
        return plain(round(Decimal(quantity) / SCALE, 2)), base_unit
    return plain(Decimal(round(Fraction(quantity, SCALE) / each * 100)) / 100), unit


def text(number: Decimal) -> str:
    """The number as people and JSON read it, without exponent or trailing zeros: `12`, `40.5`, `-3`."""
    shown = format(number, "f")
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return "0" if shown in {"-0", ""} else shown


def plain(number: Decimal) -> Decimal:
    """The same number without an exponent or trailing zeros: 12.5000 -> 12.5, 1E+2 -> 100."""
    return Decimal(text(number))
