"""One headset: audio in, events out; joins the recogniser, the manners and the conversation, and keeps the bounds."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final
from uuid import uuid4

from assistant.channels.voice.access.limits import Limits
from assistant.channels.voice.recognition.audio import BYTES_A_SECOND
from assistant.channels.voice.recognition.recogniser import Heard, Recogniser
from assistant.channels.voice.session.ear import Ear
from assistant.channels.voice.session.manners import Act, Earcon, Mode, Send, Sound, Speak, State, Step
from assistant.messages import Reply, Utterance

Hear = Callable[[Utterance], Reply]
Keep = Callable[[str, bytes], str | None]

UNHURRIED: Final = frozenset({None, "lot", "from", "to", "at", "product", "reference", "note", "expires"})
"""What is asked when a pause inside the answer is likely; a short answer ends at the recogniser's own pause."""

STRICT: Final = frozenset({"check", "choose"})
"""What stays narrow after a miss: digits and options prove something, a guess would not."""


@dataclass(frozen=True, slots=True)
class ModeChanged:
    """The headset is now asleep, listening, thinking or speaking."""

    mode: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """The words so far."""

    text: str


@dataclass(frozen=True, slots=True)
class Understood:
    """The words of an utterance that ended; `passed_on` tells whether the conversation gets them."""

    text: str
    confidence: float
    turn: str
    passed_on: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Something to show and to speak. After it `Session.spoken` is awaited; until then nothing is heard."""

    say: str
    spoken: str
    earcon: Earcon
    slow: int
    asking: str | None
    options: tuple[str, ...]
    entries: tuple[int, ...]
    turn: str


@dataclass(frozen=True, slots=True)
class Earconed:
    """A sound of its own."""

    earcon: Earcon


@dataclass(frozen=True, slots=True)
class Quiet:
    """The audio of this turn so far held no words, so that nobody needs to keep it."""

    turn: str


Event = ModeChanged | Hearing | Understood | Told | Earconed | Quiet
_NAMES: Final[dict[type, str]] = {
    ModeChanged: "mode",
    Hearing: "hearing",
    Understood: "understood",
    Told: "told",
    Earconed: "earcon",
    Quiet: "quiet",
}


def as_message(event: Event) -> dict[str, Any]:
    """An event as plain JSON values, its kind in `event`."""
    return {"event": _NAMES[type(event)], **asdict(event)}


@dataclass(slots=True)
class Session:
    """A person's headset. One thread at a time.

    Every utterance belongs to a turn. The turn's id goes with the utterance, so that the same audio sent again after
    a lost connection is answered again and posts nothing; after its utterance a turn is over, and audio is ignored
    until the next one begins.
    """

    person: str
    recogniser: Recogniser
    ear: Ear
    conversation: Hear
    limits: Limits = field(default_factory=Limits)
    state: State = field(default_factory=State)
    keep: Keep | None = None
    turn: str = field(default_factory=lambda: uuid4().hex)
    _over: bool = False
    _said: Heard = field(default_factory=Heard)
    _audio: bytearray = field(default_factory=bytearray)
    _utterance_bytes: int = 0
    _patience_bytes: int = 0
    _quiet_bytes: int = 0
    _shown: str = ""

    def __post_init__(self) -> None:
        self._listen()

    @property
    def over(self) -> bool:
        """Whether the turn's utterance has been, so that a new turn has to begin."""
        return self._over

    def begin(self, turn: str) -> None:
        """A new turn: its audio comes next. What was heard of one that was not finished is dropped."""
        self.recogniser.finish()
        self.turn = turn
        self._over = False
        self._forget()
        self._listen()

    def wake(self, *, hands_free: bool | None = None) -> Iterator[Event]:
        """The button: listen now, whatever was being said."""
        if hands_free is not None:
            self.state = replace(self.state, hands_free=hands_free)
        yield from self._do(self.ear.manners.woken(self.state))

    def sleep(self, *, hands_free: bool | None = None) -> Iterator[Event]:
        """The button again: hear nothing but the wake word."""
        if hands_free is not None:
            self.state = replace(self.state, hands_free=hands_free)
        yield from self._do(self.ear.manners.asleep(self.state))

    def spoken(self) -> Iterator[Event]:
        """The reply has been spoken; the next turn may begin."""
        yield from self._do(self.ear.manners.spoken(self.state))

    def again(self) -> Iterator[Event]:
        """The button for it: say the last reply once more."""
        if self.state.mode is not Mode.THINKING:
            yield from self._do(self.ear.manners.again(self.state))

    def tap(self, answer: str) -> Iterator[Event]:
        """An answer picked on the screen. It belongs to the turn like a spoken one."""
        yield from self._do(self.ear.manners.tapped(self.state, answer))

    def hear(self, pcm: bytes) -> Iterator[Event]:
        """Takes 16 kHz PCM; what comes of it, as it comes. Audio is ignored while thinking and speaking."""
        if self._over or self.state.mode not in {Mode.ASLEEP, Mode.LISTENING}:
            return
        self._audio += pcm
        heard = self.recogniser.accept(pcm)
        self._utterance_bytes += len(pcm)
        if heard is None:
            yield from self._still(len(pcm))
            return
        self._said += heard
        if not self._said:
            yield from self._silence()
        elif not heard or not self._patient():
            yield from self._ended()

    def end(self) -> Iterator[Event]:
        """The talk button was let go: the utterance ends here."""
        if self._over or self.state.mode is not Mode.LISTENING:
            return
        self._said += self.recogniser.finish()
        if self._said:
            yield from self._ended()
        else:
            yield from self._silence()

    def _still(self, size: int) -> Iterator[Event]:
        """The utterance runs on: the words so far, and its bounds."""
        partial = self.recogniser.partial()
        if partial:
            self._patience_bytes = self._quiet_bytes = 0
        elif self._said:
            self._patience_bytes += size
        if self._said and not partial and self._patience_bytes >= self.limits.patience_seconds * BYTES_A_SECOND:
            yield from self._ended()
            return
        if self._utterance_bytes >= self.limits.turn_seconds * BYTES_A_SECOND:
            yield from self.end() if self.state.mode is Mode.LISTENING else self._silence()
            return
        shown = f"{self._said.text} {partial}".strip()
        if self.state.mode is Mode.LISTENING and shown != self._shown:
            self._shown = shown
            yield Hearing(shown)

    def _patient(self) -> bool:
        """Whether to wait for more after the recogniser's own end of an utterance."""
        if self.state.mode is not Mode.LISTENING or self.state.asking not in UNHURRIED:
            return False
        words = self.ear.manners.words
        text = self._said.text
        complete = (*words.controls, *words.yes, *words.sleep)
        return self.limits.patience_seconds > 0 and text not in complete

    def _silence(self) -> Iterator[Event]:
        """Audio without words: nobody needs it, and after a while the headset falls asleep."""
        self._quiet_bytes += self._utterance_bytes
        self.recogniser.finish()
        self._forget()
        yield Quiet(self.turn)
        if self.state.mode is Mode.LISTENING and self._quiet_bytes >= self.limits.quiet_seconds * BYTES_A_SECOND:
            self._quiet_bytes = 0
            yield from self.sleep()

    def _ended(self) -> Iterator[Event]:
        """The utterance is whole: what the manners make of it."""
        said, audio = self._said + self.recogniser.finish(), bytes(self._audio)
        heard = self.ear.meant(self.state, said, audio, self.recogniser.grammar)
        awake = self.state.mode is Mode.LISTENING
        step = self.ear.manners.heard(self.state, heard)
        sending = any(isinstance(act, Send) for act in step[1])
        self._forget()
        if awake:
            self._quiet_bytes = 0
            yield Understood(heard.text, round(heard.confidence, 3), self.turn, sending)
        self._over = bool(step[1])
        if not self._over:
            yield Quiet(self.turn)
        yield from self._do(step, audio)

    def _do(self, step: Step, audio: bytes = b"") -> Iterator[Event]:
        """Takes on the state and does the acts; a reply of the conversation leads to further ones."""
        before, (self.state, acts) = self.state, step
        if self.state.mode is not before.mode:
            yield ModeChanged(self.state.mode)
        for act in acts:
            yield from self._act(act, audio)
        self._listen()

    def _act(self, act: Act, audio: bytes) -> Iterator[Event]:
        match act:
            case Send(text, confidence):
                reply = self.conversation(self._utterance(text, confidence, audio))
                yield from self._do(self.ear.manners.answered(self.state, reply))
            case Speak(text, slow, show, earcon, entries):
                state = self.state
                yield Told(show, text, earcon, slow, state.asking, state.options, entries, self.turn)
            case Sound(earcon):
                yield Earconed(earcon)

    def _utterance(self, text: str, confidence: float, audio: bytes) -> Utterance:
        kept = self.keep(self.turn, audio) if self.keep is not None else None
        return Utterance(
            person=self.person,
            channel="voice",
            text=text,
            id=f"{self.person}:{self.turn}",
            confidence=round(confidence, 3),
            attachments=(kept,) if kept else (),
        )

    def _listen(self) -> None:
        """What the next utterance is likely to be: after a miss anything, but for check digits and an option."""
        state = self.state
        if state.mode is Mode.ASLEEP:
            self.recogniser.listen_for(self.ear.grammars.asleep())
        elif state.misses and state.asking not in STRICT:
            self.recogniser.listen_for(self.ear.grammars.general())
        else:
            self.recogniser.listen_for(self.ear.grammars.asked(state.asking, state.options))

    def _forget(self) -> None:
        self._said = Heard()
        self._audio.clear()
        self._utterance_bytes = self._patience_bytes = 0
        self._shown = ""
