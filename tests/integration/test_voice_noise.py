"""What is no report posts nothing: fifty clips of noise, music, chatter and half sentences, a yes waiting or not."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.bootstrap import bootstrap
from assistant.channels.voice.port import Voice
from assistant.channels.voice.session.manners import Mode
from assistant.channels.voice.session.session import Session, Told, Understood
from assistant.messages import Utterance
from assistant.settings import load
from tests.support.floor_day import ZONE, Clock, demo_books
from tests.support.speaking import VOICES, Speaker, pcm, samples, silence

FRAME = 3200
SOUNDS = ("white", "pink", "brown", "hum", "music", "chatter")
STEADY = {"white", "pink", "brown", "hum"}
CHATTER = (
    "did you see the game last night",
    "hey deshawn where did you leave the pallet jack",
    "i am going to lunch do you want something",
    "yes i know he told me the same thing yesterday",
    "no the other one over there by the door",
    "right so then she said it was fine",
    "okay see you tomorrow",
    "that is right on top of the freezer next to the clock",
    "can somebody turn the radio down please",
    "the truck is late again",
    "we will need six more cases of romaine tomorrow",
    "tell josue to move the tomatoes to line two",
    "who used all the tape",
    "correct me if i am wrong but this is the last pallet",
    "yeah yeah yeah i heard you the first time",
    "happy birthday maria",
)
HALVES = (
    "moved six cases of",
    "used four buckets of tahini on",
    "scrapped",
    "twelve cases",
    "romeo mike eleven",
    "from cooler one bay two to",
    "received twenty cases of tomatoes lot tango oscar",
    "counted",
    "line two",
    "forty four seventy one",
)
REPORT = "moved six cases of romaine romeo mike eleven eleven from cooler one bay two to line two"


def clips(speaker: Speaker) -> Iterator[tuple[str, bytes]]:
    """Fifty things that a microphone hears and nobody means."""
    for number, kind in enumerate(SOUNDS * 4):
        loud = (1.0, 0.5, 0.2, 0.05)[number // len(SOUNDS)]
        yield f"{kind} at {loud}", pcm([round(s * loud) for s in samples(speaker.noise(kind, 4, number))])
    for number, text in enumerate((*CHATTER, *HALVES)):
        yield text, speaker.say(text, VOICES[number % len(VOICES)])


@pytest.fixture(scope="module")
def speaker(tmp_path_factory: pytest.TempPathFactory) -> Speaker:
    """Whoever makes the clips."""
    return Speaker.of_run(tmp_path_factory)


@pytest.fixture
def assistant(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The demo plant in the morning."""
    books = demo_books(tmp_path_factory.mktemp("books") / "floor.db")
    url = f"sqlite:///{shutil.copy(books, tmp_path / 'floor.db')}"
    return bootstrap(load(database_url=url, timezone=ZONE.key, today=None), now=Clock())


def play(session: Session, number: int, audio: bytes) -> tuple[list[str], bool]:
    """One clip: what was passed on, and whether the headset said something about it."""
    session.begin(f"clip{number:06d}")
    events = []
    for at in range(0, len(audio), FRAME):
        events += list(session.hear(audio[at : at + FRAME]))
    events += list(session.end())
    list(session.spoken())
    passed_on = [event.text for event in events if isinstance(event, Understood) and event.passed_on]
    return passed_on, any(isinstance(event, Told) for event in events)


def test_fifty_clips_post_nothing_while_reports_are_listened_for(assistant: Assistant, speaker: Speaker) -> None:
    voice = Voice.of(assistant)
    before = len(assistant.entries())
    count, talked_at = 0, []
    for number, (name, audio) in enumerate(clips(speaker)):
        _, talked = play(voice.session("maria", hands_free=True), number, audio + silence(1.5))
        count += 1
        if talked and name.split(" at ")[0] in STEADY:
            talked_at.append(name)
    assert count == 50
    assert len(assistant.entries()) == before
    assert not talked_at


def test_fifty_clips_post_nothing_while_a_yes_would_post(assistant: Assistant, speaker: Speaker) -> None:
    voice = Voice.of(assistant)
    before = len(assistant.entries())
    posted = []
    for number, (name, audio) in enumerate(clips(speaker)):
        reply = assistant.hear(Utterance("maria", "voice", REPORT))
        assert reply.asking == "confirm"
        passed_on, _ = play(voice.session("maria", hands_free=True), number, audio + silence(1.5))
        if len(assistant.entries()) != before:
            posted.append((name, passed_on))
            break
        assistant.hear(Utterance("maria", "voice", "cancel"))
    assert not posted


def test_asleep_only_the_wake_word_wakes_it(assistant: Assistant, speaker: Speaker) -> None:
    voice = Voice.of(assistant)
    session = voice.session("maria", mode=Mode.ASLEEP, hands_free=True)
    woken = []
    for number, (name, audio) in enumerate(clips(speaker)):
        play(session, number, audio + silence(1.5))
        if session.state.mode is not Mode.ASLEEP:
            woken.append(name)
            list(session.sleep())
    assert not woken
    heard = 0
    for number, which in enumerate(VOICES):
        play(session, 100 + number, speaker.say(voice.manners.words.wake[0], which) + silence(1.5))
        heard += session.state.mode is Mode.LISTENING
        list(session.sleep())
    assert heard >= len(VOICES) - 1
