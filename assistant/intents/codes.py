"""Codes as they are typed and spoken: letters and digits run together into a lot's, an order's or a paper's number.

`tango oscar mike dash one one one eight` → TOM-1118 · `el jay oh nine oh four` → LJ0904 · `ws-3312` → WS-3312
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assistant.intents.atoms import Atom
from assistant.intents.language import LEXICON
from assistant.intents.numbers import piece

LONGEST: Final = 16
_MARKS: Final = frozenset("-/._")


@dataclass(frozen=True, slots=True)
class Code:
    """A code that ends before atom `end`: `key` without marks, `shown` with the hyphens that were typed or said."""

    end: int
    key: str
    shown: str
    cost: float
    spoken: bool
    glued: bool

    @property
    def mixed(self) -> bool:
        """Whether it has letters as well as digits."""
        return not self.key.isdigit() and not self.key.isalpha()


def letter(words: tuple[Atom, ...], at: int) -> tuple[str, float] | None:
    """The letter that a word names, and how doubtful that is: `romeo` → r, `cee` → c."""
    word = words[at].text
    if word in LEXICON.nato:
        return LEXICON.nato[word], 0.0
    if len(word) == 1 and words[at].kind == "w":
        return word, 0.1 if word in {"a", "i", "u"} else 0.0
    if word in LEXICON.letter_names:
        return LEXICON.letter_names[word], 0.3
    return None


def codes_at(words: tuple[Atom, ...], at: int) -> Iterator[Code]:
    """Every code that begins at this atom, the shorter first."""
    key, shown, cost, end, spoken, glued = "", "", 0.0, at, False, True
    while end < len(words) and len(key) < LONGEST:
        step = _step(words, end, fresh=end == at)
        if step is None:
            return
        stop, text, price, said = step
        if end > at and not words[end].glued:
            glued = False
        dash = text == "-"
        if dash and (not key or stop >= len(words)):
            return
        spoken, cost, end = spoken or said, cost + price, stop
        if dash or text in _MARKS:
            shown += text
            continue
        key, shown = key + text.upper(), shown + text.upper()
        yield Code(end, key, shown, cost, spoken, glued)


def _step(words: tuple[Atom, ...], at: int, *, fresh: bool) -> tuple[int, str, float, bool] | None:
    atom = words[at]
    if atom.kind == "p":
        joined = atom.glued and at + 1 < len(words) and words[at + 1].glued
        return (at + 1, atom.text, 0.0, False) if atom.text in _MARKS and joined and not fresh else None
    if atom.text in LEXICON.dashes:
        return None if fresh else (at + 1, "-", 0.0, True)
    if atom.kind == "n":
        return at + 1, atom.text, 0.0, False
    if atom.text in {"oh", "o"} and not fresh and words[at - 1].text not in {"w"}:
        return at + 1, "0", 0.0, True
    named = letter(words, at)
    if named and atom.text not in LEXICON.ones and atom.text not in LEXICON.homophones:
        beside = atom.glued or (at + 1 < len(words) and words[at + 1].glued)
        return at + 1, named[0] if len(atom.text) > 1 or not beside else atom.text, named[1], len(atom.text) > 1
    digits = piece(words, at)
    if digits:
        return (*digits, True)
    if len(atom.text) <= 5 and (fresh or atom.glued):  # noqa: PLR2004 - typed letters of a code
        return at + 1, atom.text, 0.0, False
    return None
