"""Says numbers, codes, days and names in words, as they are spoken on the floor: the reverse of reading them."""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from assistant.intents.language.atoms import atoms
from assistant.intents.language.lexicon import LEXICON

_ONES: Final[dict[int, str]] = {
    value: word for word, value in reversed(LEXICON.ones.items()) if word not in {"oh", "aught"}
} | {0: "zero"}
_TEENS: Final[dict[int, str]] = {value: word for word, value in LEXICON.teens.items()}
_TENS: Final[dict[int, str]] = {value: word for word, value in reversed(LEXICON.tens.items())}
_MARKS: Final = {mark: word for word, mark in reversed(LEXICON.code_marks.items())}
_LETTERS: Final = {mark: word for word, mark in reversed(LEXICON.nato.items())}
_MONTHS: Final = {int(value): word for word, value in reversed(LEXICON.dates["months"].items())}
_ORDINALS: Final = {value: word for word, value in LEXICON.ordinals.items()}


def number_said(value: Decimal | int) -> str:
    """A number in words: 140 → `one hundred and forty`, 2.5 → `two and a half`."""
    whole = int(value)
    part = Decimal(value) - whole
    if part == Decimal("0.5"):
        return f"{number_said(whole)} and a half" if whole else "half a"
    if part == Decimal("0.25"):
        return f"{number_said(whole)} and a quarter" if whole else "quarter"
    if part:
        digits = " ".join(_ONES[int(mark)] for mark in f"{part.normalize():f}".split(".")[1])
        return f"{number_said(whole)} point {digits}"
    if whole >= 1000:  # noqa: PLR2004
        rest = whole % 1000
        return f"{number_said(whole // 1000)} thousand" + (f" {number_said(rest)}" if rest else "")
    if whole >= 100:  # noqa: PLR2004
        rest = whole % 100
        return f"{_ONES[whole // 100]} hundred" + (f" and {number_said(rest)}" if rest else "")
    return pair_said(whole)


def pair_said(value: int) -> str:
    """A number below a hundred: 44 → `forty four`."""
    if value < 10:  # noqa: PLR2004
        return _ONES[value]
    if value < 20:  # noqa: PLR2004
        return _TEENS[value]
    return _TENS[value - value % 10] + (f" {_ONES[value % 10]}" if value % 10 else "")


def digits_said(digits: str, *, pairs: bool = False) -> str:
    """Digits one by one, or in pairs: 1107 → `one one zero seven`, `eleven oh seven`."""
    if pairs and len(digits) == 4 and digits[0] != "0":  # noqa: PLR2004
        tail = digits[2:]
        if tail == "00":
            return " ".join(_ONES[int(mark)] for mark in digits)
        low = f"oh {_ONES[int(tail[1])]}" if tail[0] == "0" else pair_said(int(tail))
        return f"{pair_said(int(digits[:2]))} {low}"
    return " ".join(_ONES[int(mark)] for mark in digits)


def code_said(code: str, *, pairs: bool = False) -> str:
    """A code in words: TOM-1118 → `tango oscar mike dash one one one eight`."""
    words = []
    for run in re.findall(r"[A-Za-z]|[0-9]+|[-/._]", code):
        if run in _MARKS:
            words.append(_MARKS[run])
        elif run.isdigit():
            words.append(digits_said(run, pairs=pairs))
        else:
            words.append(_LETTERS[run.lower()])
    return " ".join(words)


def day_said(day: date) -> str:
    """A day in words: `december first`."""
    number = day.day
    said = _ORDINALS.get(number) or f"{_TENS[number - number % 10]} {_ORDINALS[number % 10]}"
    return f"{_MONTHS[day.month]} {said}"


def name_said(name: str) -> str:
    """A name in words: `Aisle 4 slot B` → `aisle four slot bravo`."""
    words = []
    for atom in atoms(name):
        if atom.kind == "n":
            small = len(atom.text) <= 2 and atom.text[0] != "0"  # noqa: PLR2004
            words.append(pair_said(int(atom.text)) if small else digits_said(atom.text))
        elif atom.kind == "w":
            words.append(_LETTERS.get(atom.text, atom.text) if len(atom.text) == 1 else atom.text)
        elif atom.text == "&":
            words.append("and")
    return " ".join(words)
