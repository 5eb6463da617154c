"""Days and moments, counted from the day and the clock that are given."""

from datetime import UTC, date, datetime

import pytest

from assistant.intents import Vocabulary, parse
from assistant.intents.language.atoms import atoms
from assistant.intents.readers.dates import days_at, horizon_at

TODAY = date(2026, 11, 22)  # a Sunday
NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/31", "2026-12-31"),
        ("1/5", "2027-01-05"),
        ("12/31/27", "2027-12-31"),
        ("2026-12-05", "2026-12-05"),
        ("dec 6", "2026-12-06"),
        ("december first", "2026-12-01"),
        ("december twenty first", "2026-12-21"),
        ("june first twenty twenty eight", "2028-06-01"),
        ("june 1, 2028", "2028-06-01"),
        ("6 dec", "2026-12-06"),
        ("twelve five", "2026-12-05"),
        ("friday", "2026-11-27"),
        ("sunday", "2026-11-29"),
        ("tomorrow", "2026-11-23"),
        ("in ten days", "2026-12-02"),
        ("in 2 weeks", "2026-12-06"),
        ("2/29", "2028-02-29"),
    ],
)
def test_a_day_is_the_next_one_to_come(text: str, day: str) -> None:
    words = atoms(text)
    assert day in {found.day.isoformat() for found in days_at(words, 0, TODAY) if found.end == len(words)}


@pytest.mark.parametrize("text", ["13/45", "2/30", "99/99/9999", "may", "0/0"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert not days_at(atoms(text), 0, TODAY)


@pytest.mark.parametrize(
    ("text", "days"), [("within two weeks", 14), ("in the next 3 days", 3), ("this week", 7), ("before friday", 5)]
)
def test_how_far_ahead_is_asked(text: str, days: int) -> None:
    found = horizon_at(atoms(text), 0, TODAY)
    assert found
    assert found[1] == days


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("an hour ago moved 5 cs RM1107 to L2", "2026-11-22T09:30:00+00:00"),
        ("moved 5 cs RM1107 to L2 20 minutes ago", "2026-11-22T10:10:00+00:00"),
        ("yesterday at four tossed 2 cs RM1107", "2026-11-21T16:00:00+00:00"),
        ("this morning at 6 moved 5 cs RM1107 to L2", "2026-11-22T06:00:00+00:00"),
        ("moved 5 cs RM1107 to L2 at 6:15 am", "2026-11-22T06:15:00+00:00"),
    ],
)
def test_a_late_report_says_when(text: str, when: str, vocabulary: Vocabulary) -> None:
    assert parse(text, vocabulary, TODAY, now=NOW).frames[0].slots["when"] == when
    timeless = parse(text, vocabulary, TODAY).frames[0].slots.get("when")
    assert timeless == (None if "ago" in text else when.removesuffix("+00:00"))


def test_nothing_happened_in_the_future(vocabulary: Vocabulary) -> None:
    frames = parse("moved 5 cs RM1107 to L2 at 11:45 pm", vocabulary, TODAY, now=NOW).frames
    assert "when" not in frames[0].slots
