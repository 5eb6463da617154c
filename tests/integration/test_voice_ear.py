"""What makes a dialogue bearable by ear alone, through the page: say again, slower, stop, choices, digits."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.bootstrap import bootstrap
from assistant.channels.web import create_app
from assistant.channels.web.headset import DEMO_PIN, register
from assistant.settings import load
from assistant.views.rows import EntryRow
from tests.support.floor_day import ZONE, Clock, demo_books
from tests.support.headset_page import Headset, log_in, served
from tests.support.speaking import Speaker, silence

REPORT = "moved six cases of romaine romeo mike eleven eleven from cooler one bay two to line two"
READ_BACK = "Moved 6 cases of romaine RM1111 from cooler 1 bay 2 to line 2. Right?"
WITHOUT_LOT = "used two cases of chicken on four four seven five"
MUMBLED = "what a beautiful morning it is outside"

Open = Callable[..., tuple[Headset, Assistant]]


@pytest.fixture(scope="module")
def speaker(tmp_path_factory: pytest.TempPathFactory) -> Speaker:
    """Whoever speaks."""
    return Speaker.of_run(tmp_path_factory)


@pytest.fixture
def wear(tmp_path: Path) -> Iterator[Open]:
    """Puts on a headset of the demo plant."""
    with ExitStack() as stack:

        def put_on(rules: Path | None = None) -> tuple[Headset, Assistant]:
            url = f"sqlite:///{demo_books(tmp_path / 'floor.db')}"
            pins = tmp_path / "pins.json"
            settings = load(database_url=url, timezone=ZONE.key, today=None, demo=True, headset_pins=pins, rules=rules)
            assistant = bootstrap(settings, now=Clock())
            app = create_app(assistant)
            register(app, assistant)
            port = stack.enter_context(served(app))
            headset = Headset(port, log_in(port, "maria", DEMO_PIN))
            headset.connect()
            stack.callback(headset.close)
            return headset, assistant

        yield put_on


def told(headset: Headset, audio: bytes) -> dict[str, Any]:
    """What it says to that; silence is a failure."""
    answer = headset.say(audio)
    assert answer is not None, headset.events
    return answer


def by_voice(assistant: Assistant) -> list[EntryRow]:
    return [entry for entry in assistant.entries() if entry["channel"] == "voice"]


@pytest.mark.parametrize("voice", ["en-us", "en-gb", "flite:rms"])
def test_say_again_slower_and_faster_repeat_the_question_at_another_pace(
    wear: Open, speaker: Speaker, voice: str
) -> None:
    headset, assistant = wear()
    assert told(headset, speaker.say(REPORT))["say"] == READ_BACK
    asked = told(headset, speaker.say("say again", voice))
    spoken = asked["spoken"]
    for words, slow in (("slower", 1), ("slower", 2), ("faster", 1)):
        repeated = told(headset, speaker.say(words, voice))
        assert (repeated["spoken"], repeated["slow"], repeated["asking"]) == (spoken, slow, "confirm")
    assert by_voice(assistant) == []
    assert told(headset, speaker.say("yes"))["earcon"] == "posted"
    assert len(by_voice(assistant)) == 1


def test_the_pace_is_kept_and_outlives_a_lost_connection(wear: Open, speaker: Speaker) -> None:
    headset, _ = wear()
    told(headset, speaker.say(REPORT))
    assert told(headset, speaker.say("slower"))["slow"] == 1
    assert told(headset, speaker.say("no"))["slow"] == 1
    headset.close()
    headset.slow = 2
    headset.connect()
    assert told(headset, speaker.say(REPORT))["slow"] == 2


def test_stop_drops_what_is_asked_and_otherwise_lets_it_sleep(wear: Open, speaker: Speaker) -> None:
    headset, assistant = wear()
    told(headset, speaker.say(REPORT))
    dropped = told(headset, speaker.say("stop"))
    assert "Nothing posted" in dropped["say"]
    assert dropped["asking"] is None
    assert headset.say(speaker.say("stop")) is None
    assert headset.mode == "asleep"
    assert headset.say(speaker.say(REPORT)) is None
    assert by_voice(assistant) == []


def test_two_misses_read_the_choices_out_and_one_is_chosen_by_its_place(wear: Open, speaker: Speaker) -> None:
    headset, _ = wear()
    asked = told(headset, speaker.say(WITHOUT_LOT))
    assert asked["asking"] == "lot"
    first, second = (told(headset, speaker.say(MUMBLED) + silence(2)) for _ in range(2))
    assert (first["earcon"], first["asking"]) == (second["earcon"], second["asking"]) == ("unclear", "lot")
    assert "first for" not in first["spoken"]
    assert "first for C B 1 1 1 4" in second["spoken"]
    assert second["options"][0] == "CB1114"
    assert "CB1114" in told(headset, speaker.say("the first one"))["say"]


def test_check_digits_are_asked_again_where_one_is_missing_and_that_is_no_strike(
    wear: Open, speaker: Speaker, tmp_path: Path
) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    rules.joinpath("plant.yaml").write_text("overrides:\n  - {place: C1, check_digits: voice}\n")
    headset, _ = wear(rules)
    assert told(headset, speaker.say(REPORT))["asking"] == "check"
    for _ in range(3):
        assert told(headset, speaker.say("two four"))["earcon"] == "unclear"
    assert told(headset, speaker.say("nine nine nine"))["asking"] == "check"
    assert told(headset, speaker.say("two four two"))["say"] == READ_BACK


def test_codes_are_read_back_sign_by_sign(wear: Open, speaker: Speaker) -> None:
    headset, _ = wear()
    assert "R M 1 1 1 1" in told(headset, speaker.say(REPORT) + silence(0.2))["spoken"]


def test_a_lot_that_nobody_knows_is_told_and_not_turned_into_one_that_sounds_like_it(
    wear: Open, speaker: Speaker
) -> None:
    headset, assistant = wear()
    unknown = "used two cases of cucumbers charlie uniform eleven ninety on forty four seventy three"
    answer = told(headset, speaker.say(unknown, "en-gb"))
    assert "CU1190" in answer["say"]
    assert answer["asking"] != "confirm"
    assert by_voice(assistant) == []
