"""Which words the wearer meant: not those far behind the microphone, and rather those that make sense at this plant.

line two [a colleague: nine]           ->  line two
used two jugs of garlic golf alpha ... ->  used two jars of garlic golf alpha ...     (garlic is kept in jars)
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from assistant.channels.voice.recognition.model import UNKNOWN
from assistant.channels.voice.recognition.recogniser import Guess, Heard, Word

BEHIND: Final = 12.0
"""Decibels below the loudest word at which a word before or after the others is somebody else's: with chatter 15 dB
below the speech, 87 of 139 words too many at the edges were, and none of 1,176 right ones."""
FAINT: Final = 8.0
"""The same for a word that the recogniser is not sure of: 9 more of the 139, and 4 of the 1,176."""
DOUBTED: Final = 0.75
"""Below this it is not sure."""
NEAR: Final = 2.0
"""Guesses of which one is less than e² times as likely as the other cannot be told apart by sound."""
FAR: Final = 3.0
"""One that is less than e^-3 times as likely as the likeliest is not what was said, whatever sense it makes."""
MOST: Final = 8
"""Guesses that are looked at."""

Said = Sequence[tuple[str, Sequence[tuple[str, object]]]]
"""What a sentence says: its intents, each with its slots and their values."""
Sense = Callable[[str, str | None], Said | None]
"""What a sentence says, in answer to a question or None, if it makes sense as a whole; else None."""


def foreground(heard: Heard, kept: Collection[str] = ()) -> Heard:
    """The words without quiet ones before and after them: the microphone is at the wearer's mouth.

    A quiet word that is in `kept` (a "no") stays, and so does all that is between words of the wearer's.
    """
    loudest = max((word.loudness for word in heard.words), default=0.0)
    own = [at for at, word in enumerate(heard.words) if word.text in kept or not _behind(word, loudest)]
    return Heard(heard.words[own[0] : own[-1] + 1]) if own else heard


def _behind(word: Word, loudest: float) -> bool:
    return loudest - word.loudness >= (FAINT if word.confidence < DOUBTED else BEHIND)


def without_edges(text: str) -> str:
    """The words without the unknown ones before and after them: a breath, a bang, a word to a colleague."""
    words = text.split()
    while words and words[0] == UNKNOWN:
        words.pop(0)
    while words and words[-1] == UNKNOWN:
        words.pop()
    return " ".join(words)


def sensible(first: Heard, guesses: Iterable[Guess], asking: str | None, sense: Sense) -> Heard:
    """The likeliest guess that makes sense, else the first one.

    Where another that is as near says something else, nobody can tell which: then only the words that both have, if
    they say nothing that the two do not both say, so that the rest is asked for.
    """

    def meaning(words: Heard) -> Said | None:
        text = without_edges(words.text)
        return sense(text, asking) if text and UNKNOWN not in text.split() else None

    top: float | None = None
    best: tuple[Guess, Said] | None = None
    for guess in guesses:
        top = guess.score if top is None else top
        if top - guess.score >= FAR or (best is not None and best[0].score - guess.score >= NEAR):
            break
        said = meaning(guess.heard)
        if best is None:
            best = (guess, said) if said is not None else None
        elif said is not None and said != best[1]:
            common = _common(best[0].heard, guess.heard)
            agreed = meaning(common)
            both = agreed is not None and _within(agreed, best[1]) and _within(agreed, said)
            return _as_sure(first, common) if both else first
    return _as_sure(first, best[0].heard) if best is not None else first


def _within(less: Said, more: Said) -> bool:
    """Whether all that the one says is said by the other: a code that lost a digit is another code."""
    return len(less) == len(more) and all(
        one[0] == other[0] and {*one[1]} <= {*other[1]} for one, other in zip(less, more, strict=True)
    )


def _common(one: Heard, other: Heard) -> Heard:
    """The words that two guesses share."""
    blocks = SequenceMatcher(None, _texts(one), _texts(other), autojunk=False).get_matching_blocks()
    return Heard(tuple(word for block in blocks for word in one.words[block.a : block.a + block.size]))


def _as_sure(first: Heard, chosen: Heard) -> Heard:
    """The chosen words, as sure as the first guess is of them: one that it has in another's place is what it leaves."""
    sure = [0.0] * len(chosen.words)
    matcher = SequenceMatcher(None, _texts(first), _texts(chosen), autojunk=False)
    for kind, start, end, low, high in matcher.get_opcodes():
        before: Sequence[Word] = first.words[start:end]
        left = min((min(w.confidence, 1 - w.confidence) for w in before), default=0.0)
        for at in range(low, high):
            sure[at] = before[at - low].confidence if kind == "equal" else left
    return Heard(tuple(replace(w, confidence=c) for w, c in zip(chosen.words, sure, strict=True)))


def _texts(heard: Heard) -> list[str]:
    return [word.text for word in heard.words]
