"""What one cell of a plant file may say: days, numbers, units, codes, check digits, GTIN and GLN.

`-4d` -> four days before the day of loading; `case=24;bag=5` -> {"case": 240000, "bag": 50000}
"""

import re
from collections.abc import Callable, Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from store.plant.files.limits import Unreadable
from store.plant.files.sheets import shown
from store.units import LARGEST, SCALE, UNITS

LONGEST_CODE: Final = 50
LONGEST_TEXT: Final = 200
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2199
"""A day outside these years is a slip of the keyboard."""

OFFSET: Final = re.compile(r"([+-]?\d{1,5})d", re.ASCII)
ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NUMBER: Final = re.compile(r"[+-]?(\d{1,16}(\.\d{0,12})?|\.\d{1,12})", re.ASCII)
CHECK_DIGITS: Final = re.compile(r"\d{2,5}", re.ASCII)
GTIN_LENGTHS: Final = frozenset({8, 12, 13, 14})
GLN_LENGTH: Final = 13
WHOLE: Final = re.compile(r"\d{1,6}", re.ASCII)
YES_NO: Final = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


def code(said: str) -> str:
    """A code: one line of printable characters, no longer than `LONGEST_CODE`."""
    if len(said) > LONGEST_CODE:
        raise Unreadable(f"{shown(said)} is longer than {LONGEST_CODE} characters")
    return _printable(said)


def label(said: str) -> str:
    """A name or a reference: one line of printable characters, no longer than `LONGEST_TEXT`."""
    if len(said) > LONGEST_TEXT:
        raise Unreadable(f"{shown(said)} is longer than {LONGEST_TEXT} characters")
    return _printable(said)


def _printable(said: str) -> str:
    if not said.isprintable():
        raise Unreadable(f"{shown(said)} holds a line break or another control character")
    return said


def aliases(said: str) -> tuple[str, ...]:
    """What people say instead of the name, separated by `;`, each once."""
    return tuple(dict.fromkeys(label(part.strip()) for part in said.split(";") if part.strip()))


def one_of(known: Collection[str]) -> Callable[[str], str]:
    """A word of a fixed list, in any case."""

    def reader(said: str) -> str:
        word = said.lower()
        if word not in known:
            raise Unreadable(f"{shown(said)} is none of {', '.join(known)}")
        return word

    return reader


def number(said: str) -> Decimal:
    """A decimal number that is not negative, with a point and without thousands separators."""
    if not NUMBER.fullmatch(said):
        raise Unreadable(f"{shown(said)} is not a number such as 12 or 12.5")
    found = Decimal(said)
    if found < 0:
        raise Unreadable(f"{said} is negative")
    return abs(found)


def positive(said: str) -> Decimal:
    """A decimal number above zero."""
    found = number(said)
    if not found:
        raise Unreadable(f"{said} must be more than 0")
    return found


def percent(said: str) -> int:
    """A percentage as 1/100 of a percent point: 96 -> 9600."""
    hundredths = number(said) * 100
    if hundredths != int(hundredths) or hundredths > 100_000:  # noqa: PLR2004 - 1,000 percent
        raise Unreadable(f"{shown(said)} is not a percentage with at most two decimals, up to 1000")
    return int(hundredths)


def whole_days(said: str) -> int:
    """A shelf life in whole days, at least 1."""
    if not WHOLE.fullmatch(said) or not int(said):
        raise Unreadable(f"{shown(said)} is not a whole number of days")
    return int(said)


def yes_no(said: str) -> bool:
    """Yes or no."""
    answer = YES_NO.get(said.lower())
    if answer is None:
        raise Unreadable(f"{shown(said)} is neither yes nor no")
    return answer


def day(today: date) -> Callable[[str], date]:
    """An ISO day, or an offset in days from the day of loading."""
    known: dict[str, date] = {}

    def reader(said: str) -> date:
        found = known.get(said)
        if found is None:
            found = known[said] = _day(said, today)
        return found

    return reader


def _day(said: str, today: date) -> date:
    offset = OFFSET.fullmatch(said)
    if not offset and not ISO_DAY.fullmatch(said):
        raise Unreadable(f"{shown(said)} is neither a day such as 2026-11-22 nor an offset such as -4d")
    try:
        found = today + timedelta(days=int(offset[1])) if offset else date.fromisoformat(said)
    except (ValueError, OverflowError):
        raise Unreadable(f"{shown(said)} is no day of the calendar") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unreadable(f"{shown(said)} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return found


def is_offset(said: str) -> bool:
    """Whether a day is told relative to the day of loading."""
    return OFFSET.fullmatch(said) is not None


def unit(said: str) -> str:
    """A unit that the assistant understands."""
    word = said.lower()
    if word not in UNITS:
        raise Unreadable(f"{shown(said)} is not a known unit; known are {', '.join(sorted(UNITS))}")
    return word


def packs(said: str) -> dict[str, int]:
    """How many base units a pack holds, in 1/10,000 of the base unit."""
    found: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in said.split(";"))):
        name, equals, size = (piece.strip() for piece in part.partition("="))
        if not equals:
            raise Unreadable(f"{shown(part)} is not of the form case=24")
        pack, held = unit(name), positive(size) * SCALE
        if pack in found:
            raise Unreadable(f"names {pack} twice")
        if held != int(held) or held >= LARGEST:
            raise Unreadable(f"{shown(part)} has more than four decimals or is too large")
        found[pack] = int(held)
    return found


def check_digits(said: str) -> str:
    """Two to five digits on a place's label, never all zeros: an empty label must not prove a place."""
    if not CHECK_DIGITS.fullmatch(said):
        raise Unreadable(f"{shown(said)} is not two to five digits")
    if not said.strip("0"):
        raise Unreadable(f"{said} is all zeros")
    return said


def gtin(said: str) -> str:
    """A GTIN-8, -12, -13 or -14 with a right check digit, as 14 digits (GS1 General Specifications 7.9)."""
    if not (said.isascii() and said.isdigit() and len(said) in GTIN_LENGTHS):
        raise Unreadable(f"{shown(said)} is not 8, 12, 13 or 14 digits")
    return _checked(said).zfill(14)


def gln(said: str) -> str:
    """A GLN of 13 digits with a right check digit."""
    if not (said.isascii() and said.isdigit() and len(said) == GLN_LENGTH):
        raise Unreadable(f"{shown(said)} is not {GLN_LENGTH} digits")
    return _checked(said)


def _checked(digits: str) -> str:
    weighed = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits[:-1])))
    right = -weighed % 10
    if int(digits[-1]) != right:
        raise Unreadable(f"{digits} ends in a wrong check digit; {digits[:-1]} has {right}")
    return digits
