"""Where policy asks for it, a place is proved by its label; two strikes tell a supervisor."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.floor_day import Floor, demo_books

MOVE = "moved three cases of romaine romeo mike eleven eleven from cooler one bay two to line two"


@pytest.fixture
def floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Floor]:
    rules = tmp_path / "rules"
    rules.mkdir()
    rules.joinpath("plant.yaml").write_text("overrides:\n  - {place: C1, check_digits: voice}\n")
    monkeypatch.setenv("FLOOR_RULES", str(rules))
    with closing(Floor(f"sqlite:///{demo_books(tmp_path / 'floor.db')}")) as opened:
        yield opened


def test_the_digits_on_the_label_prove_the_place(floor: Floor) -> None:
    asked = floor.hear("maria", MOVE, "voice")
    assert (asked.asking, asked.say) == (
        "check",
        "Moved 3 cases of romaine RM1111 from cooler 1 bay 2 to line 2: check digits of cooler 1 bay 2?",
    )
    assert floor.hear("maria", "two four two", "voice").asking == "confirm"
    assert [e["kind"] for e in floor.hear("maria", "yes", "voice").entries] == ["move"]


def test_the_second_wrong_answer_tells_a_supervisor_and_posts_nothing(floor: Floor) -> None:
    floor.hear("maria", MOVE, "voice")
    assert floor.hear("maria", "nine nine nine", "voice").asking == "check"
    refused = floor.hear("maria", "nine nine eight", "voice")
    assert (refused.asking, [b.rule for b in refused.blocked], refused.entries) == (None, ["check-digits"], ())
    assert [sink for sink, _ in floor.queued()] == ["supervisors"]


def test_slack_is_not_asked_where_policy_says_voice(floor: Floor) -> None:
    assert floor.hear("maria", "moved 3 cs RM1111 from C1-02 to line 2").asking is None
