"""Quantities are exact: packs and definitions in, integers of 1/10,000 of the base unit out, and back again."""

from decimal import Decimal
from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import given

from store.units import (
    LARGEST,
    SCALE,
    UNITS,
    WEIGHT,
    NotWhole,
    TooMuch,
    UnknownUnit,
    factor,
    from_base,
    known_units,
    rounded_in,
    shown_in,
    text,
    to_base,
)

PACKS = {"case": 24 * SCALE, "bag": 5 * SCALE}


@pytest.mark.parametrize(
    ("amount", "unit", "base_unit", "base"),
    [
        ("12", "case", "lb", 2_880_000),
        ("40.5", "lb", "lb", 405_000),
        ("0.5", "bag", "lb", 25_000),
        ("-3", "case", "lb", -720_000),
        ("1", "kg", "lb", 22_046),  # 1 / 0.45359237 = 2.20462…
        ("16", "oz", "lb", 10_000),
        ("1", "lb", "kg", 4_536),
        ("1", "lb", "g", 4_535_924),  # half to even at 1/10,000 g: 453.59237
        ("1", "gal", "l", 37_854),
        ("3.785411784", "l", "gal", 10_000),
        ("0.00005", "lb", "lb", 0),  # half to even
        ("0.00015", "lb", "lb", 2),
        ("7", "ea", "ea", 70_000),
        ("0.5", "case", "ea", 120_000),
    ],
)
def test_an_amount_in_base_units(amount: str, unit: str, base_unit: str, base: int) -> None:
    assert to_base(Decimal(amount), unit, base_unit, PACKS) == base


def test_what_is_counted_comes_out_whole() -> None:
    assert to_base(Decimal("0.3"), "case", "ea", {"case": 7 * SCALE}) == NotWhole(
        Decimal("0.3"), "case", Fraction(21, 10)
    )


def test_a_unit_that_the_product_has_not_is_answered_with_those_it_has() -> None:
    known = ("case", "bag", "lb", "g", "kg", "oz")
    assert to_base(Decimal(1), "gal", "lb", PACKS) == UnknownUnit("gal", known)
    assert set(known_units("lb", PACKS)) == set(known)
    assert known_units("ea", {}) == ("ea",)


def test_a_pack_keeps_the_size_that_the_plant_gave_it() -> None:
    assert factor("kg", "lb", {"kg": 2 * SCALE}) == 2
    assert known_units("lb", {"kg": 2 * SCALE}) == ("kg", "lb", "g", "oz")


@pytest.mark.parametrize("sign", [1, -1])
def test_what_the_books_cannot_hold_exactly_is_too_much(sign: int) -> None:
    limit = Decimal(LARGEST) / SCALE
    assert to_base(sign * limit, "lb", "lb", {}) == TooMuch(sign * limit, "lb")
    assert to_base(sign * (limit - Decimal("0.0001")), "lb", "lb", {}) == sign * (LARGEST - 1)


@given(st.integers(-LARGEST + 1, LARGEST - 1), st.sampled_from(["lb", "case", "bag"]))
def test_what_is_shown_is_what_is_there_or_is_not_shown(quantity: int, unit: str) -> None:
    shown = from_base(quantity, unit, "lb", PACKS)
    assert shown is None or to_base(shown, unit, "lb", PACKS) == quantity
    assert from_base(quantity, "lb", "lb", PACKS) == Decimal(quantity) / SCALE
    amount, in_unit = shown_in(quantity, unit, "lb", PACKS)
    assert to_base(amount, in_unit, "lb", PACKS) == quantity
    assert in_unit == unit or shown is None or shown != round(shown, 2)


@given(st.integers(-(10**12), 10**12), st.sampled_from(["lb", "case", "bag", "kg", "oz"]))
def test_a_rounded_figure_is_off_by_less_than_a_hundredth(quantity: int, unit: str) -> None:
    amount, in_unit = rounded_in(quantity, unit, "lb", PACKS)
    each = factor(unit, "lb", PACKS)
    assert each is not None
    assert in_unit == unit
    assert amount == round(amount, 2)
    assert abs(Fraction(amount) - Fraction(quantity, SCALE) / each) <= Fraction(1, 200)


def test_a_figure_in_a_unit_that_is_none_is_rounded_in_the_base_unit() -> None:
    assert rounded_in(123_456, "drum", "lb", PACKS) == (Decimal("12.35"), "lb")
    assert rounded_in(8_000_000, "case", "lb", PACKS) == (Decimal("33.33"), "case")


@pytest.mark.parametrize(
    ("number", "shown"),
    [("12.5000", "12.5"), ("1E+2", "100"), ("-0.0", "0"), ("0.50", "0.5"), ("-3", "-3"), ("1E-4", "0.0001")],
)
def test_numbers_are_written_as_people_read_them(number: str, shown: str) -> None:
    assert text(Decimal(number)) == shown


def test_every_weight_is_one_of_the_units_that_may_be_said() -> None:
    assert set(WEIGHT) <= UNITS
