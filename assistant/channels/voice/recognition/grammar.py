"""What the recogniser is told to expect: sample phrases with the plant's names, narrower ones for an open question.

Vosk makes a two-word model of the phrases, so that they recombine; a word that the speech model lacks would vanish
from them unseen. Here it is replaced by words that sound like it, which are written back after recognition, and a
phrase for which there are none is left out whole and told by `floor voice-check`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from time import monotonic
from typing import Final

from assistant.channels.voice.recognition.model import SpeechModel
from assistant.channels.voice.recognition.recogniser import Heard, Word, as_json
from assistant.channels.voice.recognition.words import VoiceWords

FRESH_SECONDS: Final = 60.0
"""How long the plant's phrases stay before they are asked for again: new lots become easy to hear by then."""
_SHORTEST_PART: Final = 3
_TOKEN: Final = re.compile(r"[a-z']+")


class Spelling:
    """The plant's words in the model's: `packright` is listened for as `pack right`, and written `packright` again."""

    def __init__(self, model: SpeechModel, sounds_like: Mapping[str, Sequence[str]]) -> None:
        self._model = model
        self._sounds_like = sounds_like
        self._found: dict[str, tuple[str, ...]] = {}
        self._back: dict[tuple[str, ...], str] = {}

    def listened_for(self, word: str) -> tuple[str, ...]:
        """The model's spellings of a word; none where it can be heard in no way."""
        if word not in self._found:
            self._found[word] = self._spellings(word)
            for spelling in self._found[word]:
                if spelling != word:
                    self._back[tuple(spelling.split())] = word
        return self._found[word]

    def _spellings(self, word: str) -> tuple[str, ...]:
        if self._model.knows(word):
            return (word,)
        known = tuple(s for s in self._sounds_like.get(word, ()) if all(map(self._model.knows, s.split())))
        return known or self._split(word)

    def _split(self, word: str) -> tuple[str, ...]:
        """A compound in its two parts, where both are words."""
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            if self._model.knows(word[:at]) and self._model.knows(word[at:]):
                return (f"{word[:at]} {word[at:]}",)
        return ()

    def phrases(self, phrase: str) -> list[str]:
        """A phrase in the model's words, in as many ways as its words have spellings; none if one has none."""
        made = [""]
        for word in _TOKEN.findall(phrase.lower().replace("-", " ")):
            made = [f"{start} {spelling}".strip() for start in made for spelling in self.listened_for(word)]
        return [whole for whole in made if whole]

    def written_back(self, heard: Heard) -> Heard:
        """What was heard, in the plant's words."""
        words, at = [], 0
        longest = max((len(parts) for parts in self._back), default=0)
        while at < len(heard.words):
            for length in range(min(longest, len(heard.words) - at), 0, -1):
                run = heard.words[at : at + length]
                meant = self._back.get(tuple(word.text for word in run))
                if meant is not None:
                    words.append(Word(meant, min(w.confidence for w in run), run[0].start, run[-1].end))
                    at += length
                    break
            else:
                words.append(heard.words[at])
                at += 1
        return replace(heard, words=tuple(words))


@dataclass(frozen=True, slots=True)
class Missing:
    """Words that cannot be heard, with an example of a phrase that was left out for each."""

    words: Mapping[str, str]
    phrases: int


Plant = Callable[[str | None], Iterable[str]]
"""Sample phrases with the plant's names: what answers a question, or any sentence for None."""


class Grammars:
    """What to listen for, by what is asked; shared by all streams of a process."""

    def __init__(self, model: SpeechModel, words: VoiceWords, plant: Plant) -> None:
        self.model = model
        self.words = words
        self.spelling = Spelling(model, words.sounds_like)
        self._plant = plant
        self._lock = Lock()
        self._kept: dict[str | None, tuple[float, tuple[str, ...]]] = {}

    def general(self) -> str:
        """The plant's sentences, and every short answer."""
        return as_json(self._of_plant(None))

    def asleep(self) -> str:
        """The wake word."""
        return as_json(self._known(self.words.wake))

    def asked(self, asking: str | None, options: Sequence[str] = ()) -> str:
        """What answers a question, with what can be said at any time; the plant's sentences where nothing is asked."""
        if asking is None or asking == "note":
            return self.general()
        words, choices = self.words, self._choices(options)
        match asking:
            case "confirm":
                narrow = [*words.yes, *(f"{start} {n}" for start in words.change for n in self._amounts())]
            case "check":
                narrow = self._digits()
            case "quantity" | "new_quantity":
                narrow = self._amounts()
            case "choose":
                narrow = []
            case _:
                return as_json((*self._of_plant(asking), *self._known([*words.controls, *choices])))
        return as_json(self._known([*narrow, *choices, *words.controls]))

    def missing(self) -> Missing:
        """What of the plant's phrases cannot be heard with this model."""
        words: dict[str, str] = {}
        left_out = 0
        for phrase in (*self._plant(None), *self._short(), *self.words.wake):
            lacking = [w for w in _TOKEN.findall(phrase.lower()) if not self.spelling.listened_for(w)]
            left_out += bool(lacking)
            for word in lacking:
                words.setdefault(word, phrase)
        return Missing(words, left_out)

    def _of_plant(self, asking: str | None) -> tuple[str, ...]:
        """The plant's phrases in the model's words, read anew once they are old."""
        with self._lock:
            kept = self._kept.get(asking)
            if kept is None or monotonic() >= kept[0]:
                own = self._short() if asking is None else self._codes() if asking == "lot" else []
                kept = monotonic() + FRESH_SECONDS, self._known((*self._plant(asking), *own))
                self._kept[asking] = kept
            return kept[1]

    def _known(self, phrases: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(made for phrase in phrases for made in self.spelling.phrases(phrase)))

    def _short(self) -> list[str]:
        words = self.words
        answers = [*words.controls, *words.yes, *words.choices(len(words.ordinals)), *self._digits(), *self._amounts()]
        return [*answers, *self._codes()[:: len(words.letters)]]

    def _codes(self) -> list[str]:
        """Codes that the plant does not know yet: every letter after every other, with digits."""
        letters, digits = tuple(self.words.letters.values()), self.words.digits
        return [
            f"{first} {second} {digits[at % len(digits)]}"
            for first in letters
            for at, second in enumerate((*letters[letters.index(first) :], *letters[: letters.index(first)]))
        ]

    def _choices(self, options: Sequence[str]) -> list[str]:
        """How options are picked: by their place in the row, or by their own words and codes."""
        return [*self.words.choices(len(options)), *(form for option in options for form in self.spoken(option))]

    def spoken(self, option: str) -> list[str]:
        """The ways in which an option's label may be said."""
        plain = " ".join(_TOKEN.findall(option.lower()))
        spelled = self.words.spell(option)
        return [form for form in (plain if not any(sign.isdigit() for sign in option) else "", spelled) if form]

    def _digits(self) -> list[str]:
        digits = self.words.digits
        return [f"{first} {second}" for first in digits for second in digits]

    def _amounts(self) -> list[str]:
        """Numbers with units: the units in turn, since the phrases recombine."""
        words, units = self.words, self.words.units
        numbers = [*words.numbers, *(f"{n} {words.hundred}" for n in ("a", *words.digits[2:]))]
        numbers += [f"{one} {words.hundred} {ten}" for one, ten in zip(words.digits[2:], words.tens, strict=False)]
        with_units = [f"{n} {units[i % len(units)]}" for i, n in enumerate(numbers)]
        halves = [f"{n} {words.half} {unit}" for n, unit in zip(words.digits[2:], units, strict=False)]
        points = [f"{n} {words.point} {m} {u}" for n, m, u in zip(words.teens, words.digits[2:], units, strict=False)]
        return [*numbers, *with_units, *halves, *points, *(f"{n} {unit}" for n in ("two", "ten") for unit in units)]
