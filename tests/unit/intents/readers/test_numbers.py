"""Numbers, typed and spoken, are read as they are meant; a code's digits are never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.intents.language.atoms import atoms
from assistant.intents.readers.numbers import numbers_at
from assistant.intents.say.spoken_forms import digits_said, number_said


def whole(text: str) -> set[Decimal]:
    """What a text may be as a number, all of it."""
    words = atoms(text)
    return {number.value for number in numbers_at(words, 0) if number.end == len(words)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", "1200"),
        ("12.5", "12.5"),
        (".5", "0.5"),
        ("6 1/2", "6.5"),
        ("1/2", "0.5"),
        ("6½", "6.5"),
        ("2 dozen", "24"),
        ("a dozen", "12"),
        ("half a dozen", "6"),
        ("half a", "0.5"),
        ("a quarter of a", "0.25"),
        ("three quarters of a", "0.75"),
        ("forty and a half", "40.5"),
        ("two and three quarters", "2.75"),
        ("point five", "0.5"),
        ("two point five", "2.5"),
        ("one forty one", "141"),
        ("one forty", "140"),
        ("a hundred and forty", "140"),
        ("one hundred and eighteen", "118"),
        ("twelve hundred", "1200"),
        ("two thousand and five", "2005"),
        ("one thousand two hundred and six", "1206"),
        ("twenty-two", "22"),
        ("tree", "3"),
        ("niner", "9"),
        ("two oh six", "206"),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, value: str) -> None:
    assert Decimal(value) in whole(text)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("eleven oh seven", "1107"),
        ("triple one four", "1114"),
        ("double oh seven", "007"),
        ("forty four seventy four", "4474"),
    ],
)
def test_a_run_of_digits_keeps_its_zeros(text: str, digits: str) -> None:
    words = atoms(text)
    assert digits in {number.digits for number in numbers_at(words, 0) if number.end == len(words)}


@given(st.integers(min_value=0, max_value=999_999))
def test_what_is_said_reads_back(value: int) -> None:
    assert Decimal(value) in whole(number_said(value))


@given(st.text(alphabet="0123456789", min_size=1, max_size=8), st.booleans())
def test_digits_said_read_back(digits: str, pairs: bool) -> None:  # noqa: FBT001
    words = atoms(digits_said(digits, pairs=pairs))
    assert digits in {number.digits for number in numbers_at(words, 0) if number.end == len(words)}


@pytest.mark.parametrize("text", ["3 eighths and 5", "1/0", "9/0", "1" * 40, "½½½"])
def test_what_is_no_number_harms_nothing(text: str) -> None:
    assert all(number.value >= 0 for number in numbers_at(atoms(text), 0))
