"""Spoken dialogues with the real recogniser and model, from recordings through the websocket to the ledger.

A worker knows what is meant: says the report, answers what is asked, says yes to the right read-back only, no to any
other, and gives up after a while. So whatever is posted and is not what the same words come to when they are typed is
a wrong posting, and there may be none.
"""

import json
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from assistant.assistant import Assistant
from assistant.bootstrap import bootstrap
from assistant.channels.web import create_app
from assistant.channels.web.headset import DEMO_PIN, register
from assistant.messages import Utterance
from assistant.settings import load
from tests.support.floor_day import ZONE, Clock, demo_books
from tests.support.headset_page import Headset, log_in, served
from tests.support.speaking import HELD_OUT, VOICES, Speaker

DIALOGUES: Final = yaml.safe_load(Path(__file__).with_name("voice_dialogues.yaml").read_text(encoding="utf-8"))
SPEEDS: Final = (150, 135, 170)
NOISES: Final = (None, ("pink", 15), ("chatter", 15), ("hum", 10), ("white", 12))
AMOUNT: Final = re.compile(r"\w+ ((?!all\b)[\w ]+?) of ")
ROUNDS: Final = int(os.environ.get("FLOOR_TEST_VOICE_ROUNDS", "1"))
"""So many times over all dialogues, each time with other voices, speeds and noises."""
TURNS: Final = 8


@dataclass
class Outcome:
    """What became of one dialogue."""

    said: str
    voice: str
    noise: str
    first: bool = False
    right: bool = False
    wrong: bool = False
    log: list[str] = field(default_factory=list)


@dataclass
class Worker:
    """Somebody who means one thing and says it in a voice, on a floor with a noise."""

    dialogue: dict[str, Any]
    speaker: Speaker
    voice: str
    speed: int
    noise: tuple[str, int] | None

    def sounds(self, text: str, attempt: int, turn: int) -> bytes:
        """The words as they reach the microphone; a little slower each time they are said again."""
        speech = self.speaker.say(text, self.voice, max(self.speed - 15 * attempt, 110))
        return self.speaker.noisy(speech, *self.noise, turn) if self.noise else speech


@pytest.fixture(scope="module")
def speaker(tmp_path_factory: pytest.TempPathFactory) -> Speaker:
    """Whoever speaks; what was synthesised stays for the module."""
    return Speaker.of_run(tmp_path_factory)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo plant in the morning."""
    return demo_books(tmp_path_factory.mktemp("books") / "floor.db")


def fresh(books: Path, path: Path) -> Assistant:
    """An assistant on books of its own."""
    path.mkdir()
    url = f"sqlite:///{shutil.copy(books, path / 'floor.db')}"
    settings = load(database_url=url, timezone=ZONE.key, today=None, demo=True, headset_pins=path / "pins.json")
    return bootstrap(settings, now=Clock())


@dataclass(frozen=True)
class Meant:
    """What a dialogue comes to when it is typed: every reply on the way, and what is in the books afterwards."""

    replies: tuple[str, ...]
    posted: list[dict[str, Any]]


def posted(assistant: Assistant, person: str) -> list[dict[str, Any]]:
    """What the person's reports did to the books, without what belongs to the moment."""
    kept = ("kind", "by", "lots", "lines", "work_order", "partner", "reason", "note")
    return [{k: v for k, v in e.items() if k in kept} for e in assistant.entries(by=person) if e["channel"] == "voice"]


def words_for(dialogue: dict[str, Any], asking: str | None, *, corrected: bool) -> str | None:
    """What the worker says to a question."""
    if asking == "confirm":
        return str(
            dialogue["corrected"] if "corrected" in dialogue and not corrected else dialogue.get("confirm", "yes")
        )
    return dialogue.get("answers", {}).get(asking) if asking else None


def amount(dialogue: dict[str, Any]) -> str | None:
    """What the worker says when asked for the quantity that the report had: `used nine bags of …` -> `nine bags`."""
    found = AMOUNT.match(dialogue["say"])
    return found[1] if found else None


def meant(dialogue: dict[str, Any], assistant: Assistant) -> Meant:
    """The dialogue, typed."""
    text: str | None = dialogue["say"]
    replies, corrected = [], False
    for _ in range(TURNS):
        if text is None:
            break
        reply = assistant.hear(Utterance(dialogue["who"], "voice", text))
        replies.append(reply.say)
        text = words_for(dialogue, reply.asking, corrected=corrected)
        corrected = corrected or reply.asking == "confirm"
    return Meant(tuple(replies), posted(assistant, dialogue["who"]))


def spoken(worker: Worker, truth: Meant, assistant: Assistant, page: Headset) -> Outcome:
    """The dialogue, spoken."""
    dialogue = worker.dialogue
    noise = f"{worker.noise[0]} {worker.noise[1]} dB" if worker.noise else "clean"
    outcome = Outcome(dialogue["say"], worker.voice, noise)
    say, corrected, attempt = dialogue["say"], False, 0
    heard_at_once = True
    for turn in range(TURNS):
        told = page.say(worker.sounds(say, attempt, turn))
        understood = [e["text"] for e in page.events if e["event"] == "understood"]
        outcome.log.append(f"{say!r} -> {understood[-1:]} -> {told['say'] if told else None!r}")
        page.events.clear()
        if told is None or told["earcon"] == "unclear":
            heard_at_once, attempt = False, attempt + 1
            continue
        attempt = 0
        if told["say"] == truth.replies[-1] and told["asking"] is None:
            break
        if told["asking"] == "confirm" and told["say"] not in truth.replies:
            heard_at_once, corrected, say = False, False, "no"
            continue
        following = words_for(dialogue, told["asking"], corrected=corrected)
        corrected = corrected or told["asking"] == "confirm"
        if following is None and told["asking"] == "quantity" and amount(dialogue):
            heard_at_once, say = False, str(amount(dialogue))
        elif following is None:
            heard_at_once, corrected = False, False
            say = dialogue["say"] if told["asking"] is None else "cancel"
        else:
            say = following
    outcome.first = heard_at_once
    came = posted(assistant, dialogue["who"])
    outcome.right = came == truth.posted
    outcome.wrong = any(entry not in truth.posted for entry in came) or len(came) > len(truth.posted)
    return outcome


@pytest.fixture(scope="module")
def outcomes(speaker: Speaker, books: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    """All dialogues, each on fresh books, in voices, speeds and noises that take turns."""
    folder = tmp_path_factory.mktemp("dialogues")
    found = []
    for number, dialogue in enumerate(DIALOGUES * ROUNDS):
        turn = number // len(DIALOGUES)
        worker = Worker(
            dialogue,
            speaker,
            VOICES[(number + turn) % len(VOICES)],
            SPEEDS[(number + turn) % len(SPEEDS)],
            NOISES[(number + turn) % len(NOISES)],
        )
        truth = meant(dialogue, fresh(books, folder / f"typed{number}"))
        assistant = fresh(books, folder / f"spoken{number}")
        app = create_app(assistant)
        register(app, assistant)
        with served(app) as port:
            page = Headset(port, log_in(port, dialogue["who"], DEMO_PIN))
            page.connect()
            found.append(spoken(worker, truth, assistant, page))
            page.close()
    report = os.environ.get("FLOOR_TEST_VOICE_REPORT")
    if report:
        Path(report).write_text(json.dumps([vars(o) for o in found], indent=1), encoding="utf-8")
    return found


def share(outcomes: list[Outcome], what: str) -> float:
    """The share of the dialogues for which something holds."""
    return sum(bool(getattr(outcome, what)) for outcome in outcomes) / len(outcomes)


def test_no_wrong_posting(outcomes: list[Outcome]) -> None:
    assert len(outcomes) >= 40
    assert not [(o.said, o.voice, o.noise, o.log) for o in outcomes if o.wrong]


def test_most_are_understood_at_once_and_nearly_all_after_the_dialogues_questions(outcomes: list[Outcome]) -> None:
    held_out = [o for o in outcomes if o.voice in HELD_OUT]
    assert len(held_out) >= 20
    assert share(outcomes, "right") >= 0.9, [(o.said, o.voice, o.noise, o.log) for o in outcomes if not o.right]
    assert share(outcomes, "first") >= 0.8, [(o.said, o.voice, o.noise, o.log) for o in outcomes if not o.first]
