"""What the voice channel needs of the assistant, named in one place, and everything that one process shares for it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, Self

from assistant.channels.voice.access.limits import Limits
from assistant.channels.voice.recognition.grammar import Grammars
from assistant.channels.voice.recognition.model import SpeechModel
from assistant.channels.voice.recognition.recogniser import Recogniser
from assistant.channels.voice.recognition.second_look import Said
from assistant.channels.voice.recognition.words import CHECK_LENGTHS, VoiceWords
from assistant.channels.voice.recordings import Recordings
from assistant.channels.voice.session.ear import Ear
from assistant.channels.voice.session.manners import Manners, Mode, State
from assistant.channels.voice.session.session import Session
from assistant.messages import Channel, Reply, Utterance
from assistant.settings import Settings


class Labelled(Protocol):
    """A place, as far as its label goes."""

    @property
    def check_digits(self) -> str | None:
        """What proves that one stands before it."""


class Places(Protocol):
    """The plant's master data, as far as its places go."""

    @property
    def places(self) -> Mapping[str, Labelled]:
        """By code."""


class Floor(Protocol):
    """The assistant as the voice channel sees it."""

    @property
    def settings(self) -> Settings:
        """How this assistant runs."""

    def hear(self, said: Utterance) -> Reply:
        """The answer to one utterance."""

    def phrases(self, limit: int | None = 20, *, spoken: bool = False, expecting: str | None = None) -> Sequence[str]:
        """What can be said, or what answers a question, with the plant's names."""

    def catalog(self) -> Places:
        """The plant's master data."""

    def sense(self, said: str, expecting: str | None = None) -> Said | None:
        """What words say, comparable, if they make sense as a whole; else None."""

    def waiting(self, person: str, channel: Channel) -> tuple[str, tuple[str, ...]] | None:
        """What the person is being asked, and the options."""

    def today(self) -> date:
        """The plant's day."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The model, what it listens for, and the bounds: one a process."""

    floor: Floor
    grammars: Grammars
    manners: Manners
    limits: Limits
    recordings: Recordings

    @classmethod
    def of(cls, floor: Floor, limits: Limits | None = None) -> Self:
        """Loads the model. Raises ModelRefused where it cannot listen as it must."""
        settings = floor.settings
        words = VoiceWords.load(wake=settings.wake_word, sleep=settings.sleep_word)
        grammars = Grammars(
            SpeechModel.load(settings.model),
            words,
            lambda asking: floor.phrases(None, spoken=True, expecting=asking),
        )
        return cls(
            floor,
            grammars,
            Manners(words, lambda: _check_lengths(floor)),
            limits or Limits(streams=settings.headset_streams),
            Recordings(settings.audio_folder, settings.audio_days),
        )

    @property
    def ear(self) -> Ear:
        """From sound to what was meant."""
        return Ear(self.grammars, self.manners, self.floor.sense)

    def session(self, person: str, *, mode: Mode = Mode.LISTENING, hands_free: bool = False) -> Session:
        """A person's headset, which goes on where the person's dialogue stands."""
        waiting = self.floor.waiting(person, "voice")
        state = State(mode=mode, hands_free=hands_free)
        if waiting is not None:
            state = replace(state, asking=waiting[0], options=waiting[1])
        keeping = self.recordings.days > 0
        return Session(
            person=person,
            recogniser=Recogniser(self.grammars.model, self.grammars.asleep()),
            ear=self.ear,
            conversation=self.floor.hear,
            limits=self.limits,
            state=state,
            keep=self._keep if keeping else None,
        )

    def _keep(self, turn: str, pcm: bytes) -> str | None:
        return self.recordings.keep(turn, pcm, self.floor.today())


def _check_lengths(floor: Floor) -> Collection[int]:
    """How many digits the labels of the plant's places have; three on every label in most plants."""
    return {len(p.check_digits) for p in floor.catalog().places.values() if p.check_digits} or CHECK_LENGTHS
