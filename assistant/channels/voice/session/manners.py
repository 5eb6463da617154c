"""The headset's manners as a pure state machine: when it listens, what it passes on, when it speaks, what it repeats.

    asleep --wake word, button--> listening --utterance--> thinking --reply--> speaking --spoken--> listening
                                      ^ not understood: says so ------------------^

No audio, no clock and no conversation in here: an utterance, a reply, the end of speech and a button go in, a new
state and the acts to be done come out.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal

from assistant.channels.voice.recognition.model import UNKNOWN
from assistant.channels.voice.recognition.recogniser import Heard
from assistant.channels.voice.recognition.second_look import without_edges
from assistant.channels.voice.recognition.words import CHECK_LENGTHS, VoiceWords
from assistant.messages import Reply

SURE: Final = 0.75
"""A word below this in the answer to a narrow question has it asked again: noise fits narrow grammars, unsurely."""
SURE_YES: Final = 0.8
"""So sure at least is what is answered to a read-back, since a yes posts."""
MISSES: Final = 2
"""After so many the choices are offered."""
FEWEST_WORDS: Final = 3
"""Fewer known words than this, unasked, are the floor's noise and not worth a remark."""
WHOLE_REPORT: Final = 5
"""After a miss everything is listened for again, and so many words are a report of its own and no short answer."""
OFFERED: Final = 3
"""So many options are read out."""
SLOWEST: Final = 2

Earcon = Literal["listening", "posted", "question", "blocked", "unclear", "info", "asleep"]
_CODE: Final = re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{3,}\b|\b\d{4,}\b")
NARROW: Final = frozenset({"confirm", "check", "quantity", "new_quantity", "choose"})


class Mode(StrEnum):
    """What the headset is doing. It hears only while asleep (its wake word) and listening."""

    ASLEEP = "asleep"
    LISTENING = "listening"
    THINKING = "thinking"
    SPEAKING = "speaking"


@dataclass(frozen=True, slots=True)
class State:
    """Everything that one headset remembers between utterances.

    `hands_free`: it goes on listening after a reply, until the sleep word; otherwise it listens for one report and the
    answers to what is asked about it. `slow` is how far speech was slowed down, 0 to 2.
    """

    mode: Mode = Mode.ASLEEP
    hands_free: bool = False
    asking: str | None = None
    options: tuple[str, ...] = ()
    spoken: str = ""
    slow: int = 0
    misses: int = 0


@dataclass(frozen=True, slots=True)
class Send:
    """The conversation is to hear this; what comes back goes to `answered`."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Speak:
    """These words are to be spoken, the fuller ones shown; `spoken` is called when they have been."""

    text: str
    slow: int
    show: str
    earcon: Earcon = "info"
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sound:
    """A short sound of its own."""

    earcon: Earcon


Act = Send | Speak | Sound
Step = tuple[State, tuple[Act, ...]]


@dataclass(frozen=True, slots=True)
class Manners:
    """The transitions, in one language; `check_lengths` tells how many digits the labels of the plant's places have."""

    words: VoiceWords
    check_lengths: Callable[[], Collection[int]] = lambda: CHECK_LENGTHS

    def woken(self, state: State) -> Step:
        """The button, a tap or the wake word: whatever is being said stops, and it listens."""
        return replace(state, mode=Mode.LISTENING, misses=0), (Sound("listening"),)

    def asleep(self, state: State) -> Step:
        """The sleep word, the button again, or a long silence."""
        return replace(state, mode=Mode.ASLEEP, misses=0), (Sound("asleep"),)

    def spoken(self, state: State) -> Step:
        """A reply has been spoken: the answer is listened for, or, hands-free, the next report."""
        if state.mode is not Mode.SPEAKING:
            return state, ()
        if state.asking is None and not state.misses and not state.hands_free:
            return replace(state, mode=Mode.ASLEEP), ()
        return replace(state, mode=Mode.LISTENING), (Sound("listening"),)

    def again(self, state: State, pace: int = 0) -> Step:
        """What was said last once more, slower by `pace` steps."""
        slow = min(max(state.slow + pace, 0), SLOWEST)
        said = state.spoken or self.words.says["nothing"]
        return replace(state, mode=Mode.SPEAKING, slow=slow), (Speak(said, slow, said),)

    def tapped(self, state: State, answer: str) -> Step:
        """An answer was picked on the screen: one of the options, or yes or no where that is asked."""
        offered = (*self.words.yes, *self.words.no) if state.asking == "confirm" else state.options
        if state.mode is Mode.THINKING or answer not in offered:
            return state, ()
        return replace(state, mode=Mode.THINKING), (Send(answer, 1.0),)

    def heard(self, state: State, heard: Heard) -> Step:
        """An utterance has ended."""
        text = heard.text
        if state.mode is Mode.ASLEEP:
            woken = text in self.words.wake and heard.confidence >= SURE
            return self.woken(state) if woken else (state, ())
        if state.mode is not Mode.LISTENING or not heard:
            return state, ()
        control = self._control(state, text)
        if control is not None:
            return control
        if not self._clear(state, heard):
            return self._missed(state, heard)
        chosen = self._chosen(state, text)
        return replace(state, mode=Mode.THINKING), (Send(chosen or without_edges(text), heard.confidence),)

    def answered(self, state: State, reply: Reply) -> Step:
        """The conversation has replied; silence is an answer, too."""
        settled = replace(state, asking=reply.asking, options=reply.options, misses=0)
        if not reply.say and not reply.spoken:
            if not reply.asking and not state.hands_free:
                return replace(settled, mode=Mode.ASLEEP), ()
            return replace(settled, mode=Mode.LISTENING), ()
        said = reply.spoken or reply.say
        earcon: Earcon = (
            "blocked" if reply.blocked else "posted" if reply.entries else "question" if reply.asking else "info"
        )
        told = replace(settled, mode=Mode.SPEAKING, spoken=said)
        entries = tuple(entry["number"] for entry in reply.entries)
        return told, (Speak(said, state.slow, reply.say or said, earcon, entries),)

    def _control(self, state: State, text: str) -> Step | None:
        """What the headset does by itself: say again, slower, faster, stop, sleep."""
        words = self.words
        if text in words.sleep or (text in words.stop and state.asking is None):
            return self.asleep(state)
        pace = (text in words.slower) - (text in words.faster)
        if not pace and (text not in words.again or not state.spoken):
            return None
        return self.again(state, pace)

    def knows(self, state: State, text: str) -> bool:
        """Whether the words are the headset's own, or pick an option, so that they need no further sense."""
        return text in self.words.controls or self._chosen(state, text) is not None

    def _clear(self, state: State, heard: Heard) -> bool:
        """Whether the words can be passed on: none in the middle is unknown, and a narrow answer is sure.

        An answer of which half or more is unknown was no answer, wherever in it the unknown words are.
        """
        text = without_edges(heard.text)
        if not text or UNKNOWN in text.split():
            return False
        if state.asking is not None and heard.unknown * 2 >= len(heard.words):
            return False
        if state.asking not in NARROW or (state.misses and len(text.split()) >= WHOLE_REPORT):
            return True
        if heard.unknown or not self._answers(state, text):
            return False
        if text in self.words.no:
            return True
        return heard.confidence >= (SURE_YES if state.asking == "confirm" else SURE)

    def _answers(self, state: State, text: str) -> bool:
        """Whether the whole text is an answer to what is asked."""
        if state.asking == "choose":
            return text in self.words.no or text in self.words.help or self._chosen(state, text) is not None
        lengths = self.check_lengths() if state.asking == "check" else CHECK_LENGTHS
        return self.words.is_answer(state.asking or "", text, anything=state.misses > 0, lengths=lengths)

    def _missed(self, state: State, heard: Heard) -> Step:
        """It was not understood; after two of these the choices are offered. Unasked noise is passed over."""
        if state.asking is None and len(heard.words) - heard.unknown < FEWEST_WORDS:
            return state, ()
        misses = state.misses + 1
        says = self.words.says
        hint = self._choices(state) if misses >= MISSES else says["again"]
        whole = f"{says['unclear']} {hint}"
        return replace(state, mode=Mode.SPEAKING, misses=misses), (Speak(whole, state.slow, whole, "unclear"),)

    def _choices(self, state: State) -> str:
        """What can be said now."""
        says = self.words.says
        offered = zip(self.words.ordinals, state.options[:OFFERED], strict=False)
        if state.options:
            told = [says["choice"].format(ordinal=ordinal, option=aloud(option)) for ordinal, option in offered]
            return str(says["choices"].format(choices=", ".join(told)))
        if state.asking is not None:
            return str(says["hint"].format(asking=says["asking"].get(state.asking, state.asking)))
        return str(says["free-hint"])

    def _chosen(self, state: State, text: str) -> str | None:
        """The option that was picked by its place in the row, or by its own words, as the conversation wants it."""
        if not state.options:
            return None
        index = self.words.choices(len(state.options)).get(text)
        if index is not None:
            return state.options[index]
        meant = [option for option in state.options if text in (option.lower(), self.words.spell(option))]
        return meant[0] if len(meant) == 1 else None


def aloud(label: str) -> str:
    """A label for the ear, its codes sign by sign: `lot RM1107` -> `lot R M 1 1 0 7`."""
    return _CODE.sub(lambda found: " ".join(found[0].replace("-", "")), label)
