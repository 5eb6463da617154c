"""Codes as they are typed and spoken: letters and digits run together into a lot's, an order's or a paper's number.

`tango oscar mike dash one one one eight` → TOM-1118 · `el jay oh nine oh four` → LJ0904 · `ws-3312` → WS-3312
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Final

from assistant.intents.language.atoms import Atom
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.readers.numbers import piece

LONGEST: Final = 16
GUESSED: Final = 0.6
_PAIR: Final = 2
_CUES: Final = frozenset({"to", "too", "for", "fore"})
_MARKS: Final = frozenset("-/._@")


@dataclass(frozen=True, slots=True)
class Code:
    """A code that ends before atom `end`: `key` without marks, `shown` with the hyphens that were typed or said."""

    end: int
    key: str
    shown: str
    cost: float
    spoken: bool
    glued: bool
    guess: bool = False  # a word that sounds like a digit ends it: only a known code makes it one

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


def codes_at(
    words: tuple[Atom, ...], at: int, prefixes: Container[str] = (), *, numbered: bool = False
) -> Iterator[Code]:
    """Every code that begins at this atom, the shorter first.

    `prefixes` are letters that may stand apart from their digits (`RM 1107`); `numbered` says that digits are due,
    so that a homophone may begin them (`work order for for seven won`).
    """
    key, shown, cost, end, spoken, glued, guess = "", "", 0.0, at, False, True, False
    while end < len(words) and len(key) < LONGEST:
        step = _step(words, end, shown, prefixes, numbered=numbered)
        if step is None:
            return
        stop, text, price, said = step
        if end > at and not words[end].glued:
            glued = False
        mark = text in _MARKS
        if mark and (not key or stop >= len(words)):
            return
        end_before = end
        spoken, cost, end, guess = spoken or said, cost + price, stop, guess or price == GUESSED
        if mark:
            shown += text
            continue
        if key and stop - end_before == _PAIR and words[stop - 2].text in LEXICON.tens and text.isdigit():
            tens = str(LEXICON.tens[words[stop - 2].text])
            # `charlie romeo oh nine thirty` `six bags`
            yield Code(stop - 1, key + tens, shown + tens, cost + GUESSED, spoken, glued, guess=True)
        if price == GUESSED and words[stop - 2].text in LEXICON.tens and len(key) > 1:
            yield Code(end, key[:-1] + text, shown[:-1] + text, cost, spoken, glued, guess)  # `forty four seventy for`
        key, shown = key + text.upper(), shown + text.upper()
        yield Code(end, key, shown, cost, spoken, glued, guess)


def _step(
    words: tuple[Atom, ...], at: int, shown: str, prefixes: Container[str], *, numbered: bool
) -> tuple[int, str, float, bool] | None:
    """The next piece of a code: where it ends, what it adds, how doubtful that is, whether it was spoken."""
    atom = words[at]
    typed_before = at > 0 and bool(shown) and words[at - 1].kind == "n"
    if atom.kind == "p":
        joined = atom.glued and at + 1 < len(words) and words[at + 1].glued
        return (at + 1, atom.text, 0.0, False) if atom.text in _MARKS and joined and shown else None
    if typed_before and not atom.glued:
        return None
    if atom.kind == "n":
        apart = (
            bool(shown)
            and not atom.glued
            and not (shown[-1].isalpha() and at and shown.upper().endswith(words[at - 1].text.upper()))
        )
        return None if apart else (at + 1, atom.text, 0.0, False)
    if atom.text in LEXICON.code_marks:
        return (at + 1, LEXICON.code_marks[atom.text], 0.0, True) if shown else None
    return _said(words, at, shown, prefixes, numbered=numbered) or _letters(words, at, shown, prefixes)


def _said(
    words: tuple[Atom, ...], at: int, shown: str, prefixes: Container[str], *, numbered: bool
) -> tuple[int, str, float, bool] | None:
    text = words[at].text
    certain = _certain(words, at, shown)
    if certain:
        return certain
    if text in LEXICON.homophones and text != "o" and (shown or numbered):
        spoken = not shown or words[at - 1].kind == "w"
        more = at + 1 < len(words) and words[at + 1].kind == "w" and piece(words, at + 1) is not None
        sure = more and (numbered or text not in _CUES or shown[-1].isalpha())
        sure = sure or (text not in _CUES and bool(shown) and shown[-1].isdigit())
        return (at + 1, str(LEXICON.homophones[text]), 0.3 if sure else GUESSED, True) if spoken else None
    if text in LEXICON.homophones and text != "o":
        return None
    named = letter(words, at)
    if named and text not in LEXICON.ones:
        beside = words[at].glued or (at + 1 < len(words) and words[at + 1].glued)
        if len(text) == 1 and not beside and shown and shown[-1].isdigit() and text in {"a", "i"}:
            return None
        typed_digits = at + 1 < len(words) and words[at + 1].kind == "n"
        if len(text) == 1 and not beside and not shown and typed_digits and text.upper() not in prefixes:
            return None
        return at + 1, named[0], named[1], len(text) > 1 or not beside
    heard = LEXICON.homophones.get(words[at + 1].text) if at + 2 < len(words) else None
    begins = numbered or (bool(shown) and not shown[-1].isdigit())
    if begins and heard and text in LEXICON.tens and piece(words, at + 2):  # `forty for seventy two`
        return at + 2, str(LEXICON.tens[text] + heard), 0.3 if numbered else GUESSED, True
    digits_said = piece(words, at)
    return (*digits_said, True) if digits_said else None


def _certain(words: tuple[Atom, ...], at: int, shown: str) -> tuple[int, str, float, bool] | None:
    """An "oh", which is a zero after digits and a letter among letters, and an x ray."""
    text = words[at].text
    if text in {"oh", "o"} and shown and shown[-1].isdigit():
        return at + 1, "0", 0.0, True
    if text == "oh" and (shown[-1:].isalpha() or _oh_next(words, at)) and _letter_next(words, at + 1):
        return at + 1, "o", 0.1, True
    if text == "x" and at + 1 < len(words) and words[at + 1].text == "ray":
        return at + 2, "x", 0.0, True
    return None


def _oh_next(words: tuple[Atom, ...], at: int) -> bool:
    """Whether a code begins with two of them: `oh oh dash three one seven`; one alone is rather a sigh."""
    return at + 1 < len(words) and words[at + 1].text == "oh" and (at == 0 or words[at - 1].kind == "w")


def _letter_next(words: tuple[Atom, ...], at: int) -> bool:
    """Whether a letter is spelt next: the "oh" in `tee oh em` is one too."""
    if at >= len(words):
        return False
    spelt = letter(words, at) is not None and words[at].text not in LEXICON.ones
    return spelt or words[at].text in LEXICON.code_marks or (words[at].text == "oh" and _letter_next(words, at + 1))


def _letters(
    words: tuple[Atom, ...], at: int, shown: str, prefixes: Container[str]
) -> tuple[int, str, float, bool] | None:
    """Typed letters of a code, written together with its digits or known to stand before some."""
    atom = words[at]
    follower = words[at + 1] if at + 1 < len(words) else None
    if len(atom.text) > 5 or (follower is None and not atom.glued):  # noqa: PLR2004
        return None
    if atom.glued or (follower and follower.glued and (follower.kind == "n" or follower.text in _MARKS)):
        return at + 1, atom.text, 0.0, False
    if not shown and atom.text.upper() in prefixes and follower and follower.kind == "n":
        return at + 1, atom.text, 0.2, False
    return None
