"""Slips of the finger: which words of the language a misspelt one may stand for."""

from functools import cache
from importlib.resources import files

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.intents.language.lexicon import LEXICON
from assistant.intents.language.sounds import skeleton

SHORTEST = 4
"""Shorter words have too many neighbours to be corrected."""


@cache
def ordinary_words() -> frozenset[str]:
    """The words of the language's dictionary, and others that everybody uses: never a slip of another word's."""
    folder = files("assistant.intents").joinpath("lexicon")
    own = yaml.load(folder.joinpath("en-words.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    dictionary = folder.joinpath("en-dictionary.txt").read_text(encoding="utf-8")
    return frozenset(own["words"].split()) | frozenset(dictionary.split())


@cache
def unit_named(word: str, *, odd: bool) -> str | None:
    """The unit that a word is, one slip forgiven in a long one that is nothing else (`odd`)."""
    unit: str | None = LEXICON.unit_of.get(word)
    if unit or not odd or len(word) < SHORTEST or word in ordinary_words():
        return unit
    long = [name for name in LEXICON.unit_of if len(name) >= SHORTEST and name[0] == word[0]]
    near = process.extract(word, long, scorer=OSA.distance, score_cutoff=1, limit=4)
    for name, _, _ in near:
        other = len(word) == SHORTEST == len(name) and sorted(word) != sorted(name)  # `bugs` are no bags
        if not other:
            found: str = LEXICON.unit_of[name]
            return found
    return None


@cache
def _first_words() -> tuple[str, ...]:
    return tuple(sorted(word for word in LEXICON.trie if word and len(word) >= SHORTEST and word.isalpha()))


def meant(word: str) -> list[tuple[str, int]]:
    """The words that phrases begin with and this one may stand for, with the number of slips."""
    most = 1 if len(word) <= 6 else 2  # noqa: PLR2004
    near = process.extract(word, _first_words(), scorer=OSA.distance, score_cutoff=most, limit=8)
    return [
        (match, int(distance)) for match, distance, _ in near if match[0] == word[0] and _slipped(word, match, distance)
    ]


def _slipped(word: str, match: str, distance: float) -> bool:
    """Whether so many slips are likely: two of them need a long word, and leave its consonants nearly as they are."""
    return distance < 2 or (len(match) > 6 and match[:2] == word[:2] and skeleton(word) == skeleton(match))  # noqa: PLR2004
