"""From sound to what was meant, with the real model: the second look, and where there is none."""

from dataclasses import dataclass, field

import pytest

from assistant.channels.voice.recognition.grammar import Grammars
from assistant.channels.voice.recognition.model import SpeechModel
from assistant.channels.voice.recognition.recogniser import alternatives, recognise
from assistant.channels.voice.recognition.second_look import Said
from assistant.channels.voice.recognition.words import VoiceWords
from assistant.channels.voice.session.ear import Ear
from assistant.channels.voice.session.manners import Manners, Mode, State
from tests.support.speaking import Speaker

WORDS = VoiceWords.load()
SENTENCE = "moved six cases of romaine to line two"
LISTENING = State(mode=Mode.LISTENING)


@dataclass
class Plant:
    """A plant at which one sentence makes sense; `asked` is what it was asked about."""

    sentence: str
    asked: list[str] = field(default_factory=list)

    def sense(self, text: str, _asking: str | None) -> Said | None:
        self.asked.append(text)
        return ((text, ()),) if text == self.sentence else None


@pytest.fixture(scope="module")
def grammars() -> Grammars:
    return Grammars(SpeechModel.load(), WORDS, lambda _asking: (SENTENCE, "moved six bags of tomatoes into line three"))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sentence in a noise that lets it be heard in several ways."""
    speaker = Speaker.of_run(tmp_path_factory)
    return speaker.noisy(speaker.say(SENTENCE, "en-gb-scotland"), "white", 5)


def other(grammars: Grammars, sound: bytes) -> str:
    """Another way to hear it than the first."""
    first = recognise(grammars.model, sound, grammars.general()).text
    guesses = [guess.heard.text for guess in alternatives(grammars.model, sound, grammars.general(), 8)]
    return next(text for text in guesses if text != first and "[unk]" not in text)


def meant(grammars: Grammars, plant: Plant, sound: bytes, state: State = LISTENING) -> str:
    ear = Ear(grammars, Manners(WORDS), plant.sense)
    grammar = grammars.general()
    return ear.meant(state, recognise(grammars.model, sound, grammar), sound, grammar).text


def test_of_several_ways_to_hear_it_the_one_that_makes_sense_is_taken(grammars: Grammars, sound: bytes) -> None:
    sensible = other(grammars, sound)
    assert meant(grammars, Plant(sensible), sound) == sensible


def test_what_makes_sense_at_once_is_not_listened_to_again(grammars: Grammars, sound: bytes) -> None:
    first = recognise(grammars.model, sound, grammars.general()).text
    plant = Plant(first)
    assert meant(grammars, plant, sound) == first
    assert plant.asked == [first]


@pytest.mark.parametrize(
    "state",
    [
        State(mode=Mode.LISTENING, asking="confirm"),
        State(mode=Mode.LISTENING, asking="quantity"),
        State(mode=Mode.LISTENING, asking="check"),
        State(mode=Mode.ASLEEP),
    ],
    ids=lambda state: state.asking or state.mode,
)
def test_a_yes_a_number_and_the_wake_word_are_what_was_heard_first(
    grammars: Grammars, sound: bytes, state: State
) -> None:
    plant = Plant(other(grammars, sound))
    assert meant(grammars, plant, sound, state) != plant.sentence
    assert plant.asked == []


def test_the_headsets_own_words_need_no_sense(grammars: Grammars, tmp_path_factory: pytest.TempPathFactory) -> None:
    plant = Plant(SENTENCE)
    assert meant(grammars, plant, Speaker.of_run(tmp_path_factory).say("say again")) == "say again"
    assert plant.asked == []
