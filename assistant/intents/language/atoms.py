"""Cuts an utterance into atoms: runs of letters, runs of digits and single marks, each with its place in the text.

`moved 4cs RM-1107` → `moved` `4` `cs` `RM` `-` `1107`; whether atoms were written together is kept.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_ATOM: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[0-9]+|[-=]+>|[→➡⇒]|>+|\n|\S")
_IGNORABLE: Final = dict.fromkeys(map(ord, "\u200d\ufe0f\ufe0e\u00ad"))


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece of the text: `text` folded for matching, `raw` as written, `glued` when nothing stands before it."""

    text: str
    raw: str
    start: int
    end: int
    kind: str  # "w" letters, "n" digits, "p" a mark
    glued: bool


def folded(text: str) -> str:
    """Lower case, accents gone, curly apostrophes straight: `Jalapeños` → `jalapenos`."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).lower()


def atoms(text: str) -> tuple[Atom, ...]:
    """The atoms of a text, in order."""
    found = []
    end = -1
    for match in _ATOM.finditer(text):
        raw = match.group()
        if not raw.isascii() and not raw.translate(_IGNORABLE):
            continue
        first = raw[0]
        kind = "n" if "0" <= first <= "9" else "w" if first.isalpha() else "p"
        found.append(Atom(folded(raw), raw, match.start(), match.end(), kind, match.start() == end))
        end = match.end()
    return tuple(found)


def gathered(words: tuple[Atom, ...], ranges: Iterable[tuple[int, int]]) -> tuple[Atom, ...]:
    """The atoms with one for each range of characters, whatever stood there: what a scanner typed is one mark."""
    found = list(words)
    for start, end in ranges:
        inside = [atom for atom in found if start <= atom.start < end]
        if inside:
            at, raw = found.index(inside[0]), "".join(atom.raw for atom in inside)
            found[at : at + len(inside)] = [Atom(folded(raw), raw, start, end, "p", glued=False)]
    return tuple(found)


def singular(word: str) -> str:
    """A word without its plural ending, the same for both numbers: `tomatoes`, `tomato` → `tomato`."""
    if len(word) > 3 and word.endswith("'s"):  # noqa: PLR2004
        return singular(word[:-2])
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):  # noqa: PLR2004
        return word
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004
        return word[:-3] + "y"
    if word.endswith(("oaves", "eaves", "alves", "elves")):
        return word[:-3] + "f"
    if word.endswith(("oes", "ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]


def plural(word: str) -> str:
    """A word for several: `sack` → `sacks`, `box` → `boxes`, `tray` → `trays`."""
    if word.endswith(("s", "x", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and not word.endswith(("ay", "ey", "oy")):
        return f"{word[:-1]}ies"
    return f"{word}s"
