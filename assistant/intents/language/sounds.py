"""How words sound, roughly: so that `hallow peno` is heard as jalapeno and `crew tons` as croutons."""

from typing import Final

from rapidfuzz.distance import OSA

_CLASSES: Final = str.maketrans(
    {
        "b": "P",
        "p": "P",
        "f": "F",
        "v": "F",
        "d": "T",
        "t": "T",
        "m": "M",
        "n": "N",
        "l": "L",
        "r": "R",
        "j": "S",
        "s": "S",
        "z": "S",
        "x": "S",
        "k": "K",
        "q": "K",
        "g": "K",
        "c": "K",
        "h": None,
        "a": None,
        "e": None,
        "i": None,
        "o": None,
        "u": None,
        "y": None,
        "w": None,
        "'": None,
    }
)
_SOFT: Final = (
    ("tch", "j"),
    ("sch", "sk"),
    ("ch", "j"),
    ("sh", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("gh", "g"),
    ("ck", "k"),
    ("qu", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "sy"),
    ("ge", "je"),
    ("gi", "ji"),
    ("wr", "r"),
    ("kn", "n"),
    ("x", "ks"),
)


def skeleton(word: str) -> str:
    """The consonants of a word by class, doubles once: `cilantro`, `sill antro` → `SLNTR`."""
    for spelling, sound in _SOFT:
        if spelling in word:
            word = word.replace(spelling, sound)
    bare = word.translate(_CLASSES)
    return "".join(mark for at, mark in enumerate(bare) if mark.isalpha() and (at == 0 or bare[at - 1] != mark))


_SPELLINGS: Final = (
    ("ck", "k"),
    ("ph", "f"),
    ("wh", "w"),
    ("wr", "r"),
    ("kn", "n"),
    ("qu", "k"),
    ("ee", "i"),
    ("ea", "i"),
    ("ie", "i"),
    ("ey", "i"),
    ("oo", "u"),
    ("ou", "u"),
    ("c", "k"),
    ("y", "i"),
    ("z", "s"),
)


def respelt(word: str) -> str:
    """A word with one letter for each sound: `peeko`, `pico` → `piko`."""
    for soft, sound in (("ce", "se"), ("ci", "si"), ("cy", "si")):
        word = word.replace(soft, sound)
    for spelling, sound in _SPELLINGS:
        word = word.replace(spelling, sound)
    return "".join(mark for at, mark in enumerate(word) if at == 0 or word[at - 1] != mark)


def sounds_alike(one: str, other: str) -> float:
    """How alike two names are, by letters and by sound, 0 to 1."""
    if respelt(one) == respelt(other):
        return 0.95
    letters = float(OSA.normalized_similarity(one, other))
    first, second = skeleton(one), skeleton(other)
    if len(first) < 2 or len(second) < 2:  # noqa: PLR2004 - too little to hear
        return letters * 0.8
    return 0.4 * letters + 0.6 * float(OSA.normalized_similarity(first, second))
