"""The text as people meant it: without what copying and keyboards add; a long paste is cut into its reports."""

import re
from collections.abc import Iterator
from typing import Final

LONGEST: Final = 1000
"""Characters that are read at once; nobody reports more in one breath."""
MOST: Final = 24
"""So many portions of a long paste are read."""
_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("\u200b\u200c\u2060\ufeff\u00ad", None),
        **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\u3000", " "),
        "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u2032": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-",
        "\u2028": "\n", "\u2029": "\n", "\r": "\n", "\v": "\n", "\f": "\n",
    }
)  # fmt: skip
_SENTENCE: Final = re.compile(r"(?<=[^\W\d_])[.!?]+\s+|(?<=\d)[.!?]\s+(?=[A-Z])|(?<=\))[.!?]+\s+|[!?]+\s+|\n+|;\s+")
_CUTS: Final = (re.compile(r"\n+"), re.compile(r"(?<=[;])\s*"), re.compile(r"(?<=[.!?])\s+(?=\D)"))


def cleaned(text: str) -> str:
    """The text without invisible characters, with plain spaces, quotes, hyphens and line ends."""
    return text if text.isascii() and "\r" not in text else text.translate(_PLAIN).replace("\n\n", "\n")


def sentences(text: str) -> list[tuple[int, str]]:
    """The sentences and lines of a text, each with its place."""
    found, start = list[tuple[int, str]](), 0
    for cut in [*_SENTENCE.finditer(text), None]:
        stop = cut.start() if cut else len(text)
        if text[start:stop].strip():
            found.append((start, text[start:stop]))
        start = cut.end() if cut else stop
    return found


def portions(text: str, longest: int = LONGEST) -> Iterator[tuple[int, str]]:
    """A text that is too long to be read at once, by lines, else by semicolons, else by sentences; each with its place.

    A portion that is still too long comes as it is.
    """
    yield from _portions(text, 0, 0, longest)


def _portions(text: str, at: int, level: int, longest: int) -> Iterator[tuple[int, str]]:
    if len(text) <= longest or level == len(_CUTS):
        if text.strip():
            yield at, text
        return
    start = 0
    for cut in _CUTS[level].finditer(text):
        yield from _portions(text[start : cut.start()], at + start, level + 1, longest)
        start = cut.end()
    yield from _portions(text[start:], at + start, level + 1, longest)
