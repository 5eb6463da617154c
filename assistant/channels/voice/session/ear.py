"""From what the recogniser heard to the words that the wearer meant, for a stream as for a recording."""

from dataclasses import dataclass, replace
from typing import Final

from assistant.channels.voice.recognition.grammar import Grammars
from assistant.channels.voice.recognition.recogniser import Heard, alternatives
from assistant.channels.voice.recognition.second_look import MOST, Sense, foreground, sensible, without_edges
from assistant.channels.voice.session.manners import NARROW, Manners, Mode, State

LONG_ENOUGH: Final = 2
"""Words that a report or an answer has at least before others are tried for it."""


@dataclass(frozen=True, slots=True)
class Ear:
    """What is listened for, what is done with it, and what makes sense at the plant."""

    grammars: Grammars
    manners: Manners
    sense: Sense

    def meant(self, state: State, heard: Heard, pcm: bytes, grammar: str | None) -> Heard:
        """The wearer's words, in the plant's spelling.

        Where they make no sense, the recording is listened to once more for other ways to hear it, of which the
        likeliest that does is taken; never for a yes, a number or check digits, of which each makes as much sense as
        the next one.
        """
        first = self._own(heard)
        text = without_edges(first.text)
        if (
            state.mode is not Mode.LISTENING
            or state.asking in NARROW
            or len(first.words) - first.unknown < LONG_ENOUGH
            or self.manners.knows(state, text)
            or self.sense(text, state.asking) is not None
        ):
            return first
        guesses = alternatives(self.grammars.model, pcm, grammar, MOST)
        own = (replace(guess, heard=self._own(guess.heard)) for guess in guesses)
        return sensible(first, own, state.asking, self.sense)

    def _own(self, heard: Heard) -> Heard:
        return foreground(self.grammars.spelling.written_back(heard), self.manners.words.no)
