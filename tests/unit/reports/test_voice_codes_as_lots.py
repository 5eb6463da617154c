"""The voice code printed on a case stands for its lot."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.reports.voice_code import voice_code
from tests.support.floor_day import Floor, demo_books

ROMAINE = "00850012300014"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    with closing(Floor(f"sqlite:///{demo_books(tmp_path / 'floor.db')}")) as opened:
        yield opened


@pytest.mark.parametrize("day", [None, date(2026, 11, 18)])
def test_four_digits_from_the_label_are_the_lot(floor: Floor, day: date | None) -> None:
    asked = floor.hear("maria", "moved 2 cases of romaine from C1-01 to line 2")
    assert asked.asking == "lot"
    reply = floor.hear("maria", voice_code(ROMAINE, "RM1107", day))
    assert [(p["lot"], p["location"]) for p in reply.entries[0]["lines"]] == [("RM1107", "C1-01"), ("RM1107", "L2")]


def test_digits_of_no_label_are_asked_again(floor: Floor) -> None:
    floor.hear("maria", "moved 2 cases of romaine from C1-01 to line 2")
    codes = {voice_code(ROMAINE, lot, day) for lot in ("RM1107", "RM1111") for day in (None, date(2026, 11, 18))}
    wrong = next(f"{n:04d}" for n in range(7000, 9999) if f"{n:04d}" not in codes)
    reply = floor.hear("maria", wrong)
    assert (reply.asking, reply.entries) == ("lot", ())
