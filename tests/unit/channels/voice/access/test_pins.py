"""Log-in by badge code and PIN: who gets in, who has to wait, and what a token is worth."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.channels.voice.access import pins as module
from assistant.channels.voice.access.pins import SHIFT_SECONDS, Pins, check_pin, new_pin
from assistant.channels.voice.access.tries import LOCKED_SECONDS, MOST_NAMES, TRIES
from assistant.channels.voice.errors import VoiceUnavailable


class Clock:
    """A time that the test moves."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pins(tmp_path: Path, clock: Clock) -> Pins:
    pins = Pins(tmp_path / "kept" / "pins.json", clock)
    pins.set("maria", "271828")
    return pins


def test_the_right_pin_gives_a_token_of_that_person(pins: Pins) -> None:
    token = pins.log_in("maria", "271828")
    assert token is not None
    assert pins.person_of(token) == "maria"
    assert Pins(pins.path, pins.clock).person_of(token) == "maria"


@pytest.mark.parametrize(("person", "pin"), [("maria", "271829"), ("maria", ""), ("tom", "271828"), ("", "")])
def test_anything_else_gives_none(pins: Pins, person: str, pin: str) -> None:
    assert pins.log_in(person, pin) is None


def test_five_wrong_ones_lock_the_right_one_out_for_a_while_and_nobody_else(pins: Pins, clock: Clock) -> None:
    pins.set("linh", "314159")
    for _ in range(TRIES):
        assert pins.log_in("maria", "000001") is None
    assert pins.locked("maria")
    assert pins.log_in("maria", "271828") is None
    assert pins.log_in("linh", "314159") is not None
    clock.now += LOCKED_SECONDS
    assert not pins.locked("maria")
    assert pins.log_in("maria", "271828") is not None


def test_wrong_ones_are_counted_over_all_processes_and_restarts(pins: Pins, clock: Clock) -> None:
    for _ in range(TRIES):
        assert Pins(pins.path, clock).log_in("maria", "000001") is None
    assert Pins(pins.path, clock).log_in("maria", "271828") is None
    assert pins.locked("maria")


def test_of_many_at_the_same_moment_no_more_than_five_are_looked_at(
    pins: Pins, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    stretched = module._stretched

    def counted(pin: str, salt: str) -> str:
        looked.append(pin)
        return stretched(pin, salt)

    monkeypatch.setattr(module, "_stretched", counted)
    with ThreadPoolExecutor(8) as guessers:
        tokens = list(guessers.map(lambda n: Pins(pins.path, clock).log_in("maria", f"{n:06d}"), range(24)))
    assert tokens == [None] * 24
    assert len(looked) == TRIES


def test_the_right_one_and_a_new_one_wipe_the_count(pins: Pins) -> None:
    for _ in range(3):
        for _ in range(TRIES - 1):
            pins.log_in("maria", "000001")
        assert pins.log_in("maria", "271828") is not None
    for _ in range(TRIES):
        pins.log_in("maria", "000001")
    Pins(pins.path, pins.clock).set("maria", "161803")
    assert pins.log_in("maria", "161803") is not None


def test_made_up_names_push_nobodys_count_out(pins: Pins, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_stretched", lambda _pin, _salt: "x")
    for _ in range(TRIES):
        pins.log_in("maria", "000001")
    tries = pins.path.with_name("pins.json.tries")
    many = {f"nobody{n}": (1, clock.now + 1) for n in range(MOST_NAMES)}
    tries.write_text(json.dumps({**json.loads(tries.read_text()), **many}))
    clock.now += 2
    pins.log_in("nobody", "1")
    assert pins.locked("maria")
    assert len(json.loads(tries.read_text())) == MOST_NAMES


def test_who_cannot_count_lets_nobody_in(pins: Pins) -> None:
    pins.path.with_name("pins.json.tries").write_text("[")
    with pytest.raises(VoiceUnavailable, match="cannot be read"):
        pins.log_in("maria", "271828")


def test_a_token_ends_with_the_shift_and_with_a_new_pin(pins: Pins, clock: Clock) -> None:
    token = pins.log_in("maria", "271828") or ""
    pins.set("maria", "161803")
    assert pins.person_of(token) is None
    token = pins.log_in("maria", "161803") or ""
    clock.now += SHIFT_SECONDS + 1
    assert pins.person_of(token) is None


def test_a_token_cannot_be_made_up(pins: Pins) -> None:
    token = pins.log_in("maria", "271828") or ""
    person, until, signature = token.split(".")
    pins.set("linh", "314159")
    forged = [
        f"linh.{until}.{signature}",
        f"{person}.{int(until) + 1}.{signature}",
        f"{person}.{until}.{'0' * 64}",
        f"{person}.{until}",
        f"{person}.x.{signature}",
        "é.1.é",
        "",
        "..",
    ]
    assert [pins.person_of(made_up) for made_up in forged] == [None] * len(forged)


def test_the_file_has_no_pin_in_it_and_is_for_nobody_else(pins: Pins) -> None:
    assert "271828" not in pins.path.read_text()
    assert stat.S_IMODE(pins.path.stat().st_mode) == 0o600


def test_a_broken_file_is_told(pins: Pins) -> None:
    pins.path.write_text("{")
    with pytest.raises(VoiceUnavailable, match="cannot be read"):
        pins.log_in("maria", "271828")


def test_pins_that_are_too_easy_are_told() -> None:
    assert check_pin("123") == check_pin("12a4") == "A PIN has 4 to 12 digits."
    assert check_pin("٤٤٤٤") is not None
    assert check_pin("7777") is not None
    assert check_pin("2718") is None
    assert check_pin(new_pin()) is None or len(set(new_pin())) == 1
