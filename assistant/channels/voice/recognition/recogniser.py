"""One stream of audio to words; what is listened for changes between utterances only.

In the middle of an utterance Vosk 0.3.45 aborts the whole process when its grammar is set, and a recogniser that
lives for hours grows: both are kept in here.
"""

import json
import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import vosk

from assistant.channels.voice.recognition.audio import BYTES_A_SECOND, RATE
from assistant.channels.voice.recognition.model import UNKNOWN, SpeechModel

GUESS: Final = 0.5
"""A word below this is a guess and counts as unknown: of the small model's words on noisy speech these were 14 of 90
wrong ones and 1 of 1,948 right ones."""
STEADY: Final = 2.0
"""Decibels between the loud and the quiet moments of a sound below which it is a machine: speech has 15 and more, at a
signal 5 dB above the noise still 5, a hum or a hiss less than 1."""
FEW: Final = 3
"""So many words a machine may sound like; what has more of them is speech."""
MOMENT: Final = 0.05
"""Seconds over which a level is taken to tell whether a sound is steady."""
UTTERANCES: Final = 500
"""So many from one Vosk recogniser; then a fresh one, because its memory grows with what it heard."""


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word, how sure the recogniser is of it (0 to 1), and when in its utterance it was said.

    Times are seconds; `loudness` is its mean level in decibels above the least that a sample can show.
    """

    text: str
    confidence: float
    start: float
    end: float
    loudness: float = 0.0


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance as it was recognised; `[unk]` stands for each word that the recogniser could not tell."""

    words: tuple[Word, ...] = ()

    @property
    def text(self) -> str:
        """The words in a row."""
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """That of the known word it is least sure of, since one wrong word makes a wrong report; 0 without any."""
        return min((word.confidence for word in self.words if word.text != UNKNOWN), default=0.0)

    @property
    def unknown(self) -> int:
        """How many words could not be told."""
        return sum(word.text == UNKNOWN for word in self.words)

    def __add__(self, later: "Heard") -> "Heard":
        return Heard(self.words + later.words)

    def __bool__(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Guess:
    """One way to hear an utterance; `score` is the logarithm of how likely, up to a constant of the utterance."""

    heard: Heard
    score: float


class Recogniser:
    """A stream's recogniser. Not for two threads at a time; several of them share one model."""

    def __init__(self, model: SpeechModel, grammar: str | None = None) -> None:
        """`grammar` is JSON (a list of phrases); None is the model's own idea of the language."""
        self._model = model
        self._grammar = grammar
        self._wanted = grammar
        self._running = False
        self._utterances = 0
        self._before = 0.0
        self._pcm = bytearray()
        self._vosk = _fresh(model, grammar)

    @property
    def grammar(self) -> str | None:
        """What is listened for in this utterance, or was in the last one."""
        return self._grammar

    def listen_for(self, grammar: str | None) -> None:
        """What the next utterance is likely to be; one that is running is heard to its end with the old grammar."""
        self._wanted = grammar

    def accept(self, pcm: bytes) -> Heard | None:
        """Takes audio; the utterance when it just ended (an empty one after silence), else None."""
        if not self._running:
            self._change()
        self._running = True
        self._pcm += pcm
        if not self._vosk.AcceptWaveform(pcm):
            return None
        return self._ended(self._vosk.Result())

    def partial(self) -> str:
        """The words so far, of which the last ones may still change."""
        return str(json.loads(self._vosk.PartialResult()).get("partial", "")) if self._running else ""

    def finish(self) -> Heard:
        """Ends the utterance here and gives it."""
        if not self._running:
            return Heard()
        return self._ended(self._vosk.FinalResult())

    def _ended(self, result: str) -> Heard:
        self._running = False
        self._utterances += 1
        pcm, before = bytes(self._pcm), self._before
        self._before += len(pcm) / BYTES_A_SECOND
        self._pcm.clear()
        words = tuple(_word(w, pcm, before) for w in json.loads(result).get("result", ()))
        return Heard() if 0 < len(words) <= FEW and is_steady(pcm, words[0].start, words[-1].end) else Heard(words)

    def _change(self) -> None:
        """Between utterances: the wanted grammar, and a fresh recogniser once in a while."""
        if self._utterances >= UTTERANCES:
            self._utterances, self._before, self._grammar = 0, 0.0, self._wanted
            self._vosk = _fresh(self._model, self._grammar)
        elif self._wanted != self._grammar:
            self._grammar = self._wanted
            self._vosk.SetGrammar(self._grammar if self._grammar is not None else "[]")


def _fresh(model: SpeechModel, grammar: str | None) -> Any:  # noqa: ANN401 - vosk carries no types
    given = (model.vosk, RATE) if grammar is None else (model.vosk, RATE, grammar)
    made = vosk.KaldiRecognizer(*given)
    made.SetWords(True)
    return made


def _word(raw: dict[str, Any], pcm: bytes, before: float) -> Word:
    """A word of Vosk's, whose times count from the first sound that it was ever given."""
    confidence = min(float(raw["conf"]), 1.0)
    start, end = raw["start"] - before, raw["end"] - before
    return Word(raw["word"] if confidence >= GUESS else UNKNOWN, confidence, start, end, loudness(pcm, start, end))


def loudness(pcm: bytes, start: float, end: float) -> float:
    """The mean level between two moments, in decibels above the least that a sample can show."""
    samples = memoryview(pcm).cast("h")[max(round(start * RATE), 0) : round(end * RATE)].tolist()
    power = sum(map(operator.mul, samples, samples)) / max(len(samples), 1)
    return 10 * math.log10(max(power, 1.0))


def is_steady(pcm: bytes, start: float, end: float) -> bool:
    """Whether the sound between two moments keeps one level, as a motor does and nobody who speaks."""
    moments = max(int((end - start) / MOMENT), 1)
    levels = sorted(loudness(pcm, start + n * MOMENT, start + (n + 1) * MOMENT) for n in range(moments))
    return levels[-1 - moments // 10] - levels[moments // 10] < STEADY


def alternatives(model: SpeechModel, pcm: bytes, grammar: str | None, most: int) -> list[Guess]:
    """The ways in which an utterance may be heard, likeliest first.

    Vosk gives either these or each word's confidence, never both, so they are heard for themselves where they are
    needed; the confidence of their words is unknown and stands as 1.
    """
    recogniser = _fresh(model, grammar)
    recogniser.SetMaxAlternatives(most)
    recogniser.AcceptWaveform(pcm)
    found = json.loads(recogniser.FinalResult()).get("alternatives", ())
    return [
        Guess(Heard(tuple(_word({"conf": 1.0, **w}, pcm, 0.0) for w in one["result"])), float(one["confidence"]))
        for one in found
        if one.get("result")
    ]


def recognise(model: SpeechModel, pcm: bytes, grammar: str | None = None) -> Heard:
    """Everything that was said in a recording, whatever the pauses."""
    recogniser, heard = Recogniser(model, grammar), Heard()
    step = BYTES_A_SECOND // 4
    for at in range(0, len(pcm), step):
        heard += recogniser.accept(pcm[at : at + step]) or Heard()
    return heard + recogniser.finish()


def as_json(phrases: Sequence[str]) -> str:
    """Phrases as Vosk takes them; a word that none of them has comes out as `[unk]`."""
    return json.dumps([*dict.fromkeys(phrases), UNKNOWN])
