"""How codes, quantities and days read on a page, and what the screen remembers."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest

from assistant.channels.web.pages.labels import Flow, Labels, amount
from assistant.channels.web.transcripts import Transcripts, Turn, outcome
from assistant.messages import Blocked, Reply
from assistant.views.rows import EntryRow
from store.model import Catalog, Partner, Place, Product

TODAY = date(2026, 11, 22)
LABELS = Labels(
    Catalog(
        {"R-ROM": Product("R-ROM", "Romaine lettuce", "raw", "lb", shelf_life_days=40)},
        {code: Place(code, f"Place {code}", "storage") for code in "ABC"},
        {"GVF": Partner("GVF", "Green Valley Farms", "supplier")},
    ),
    TODAY,
)


def entry(*lines: tuple[str, str, str]) -> dict[str, Any]:
    """An entry with these lines of (lot, place, cases)."""
    return {"lines": [{"lot": lot, "location": at, "quantity": q, "unit": "case"} for lot, at, q in lines]}


@pytest.mark.parametrize(
    ("quantity", "unit", "shown"),
    [
        ("12", "case", "12 cases"),
        ("1", "case", "1 case"),
        ("0.5", "case", "0.5 cases"),
        ("2880", "lb", "2,880 lb"),
        ("-1234.5678", "gal", "−1,234.5678 gal"),
        ("40.50", "lb", "40.5 lb"),
        ("0", "tote", "0 totes"),
    ],
)
def test_amounts_read_as_people_write_them(quantity: str, unit: str, shown: str) -> None:
    assert amount(quantity, unit) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("A", "Place A"),
        ("SUPPLIER:GVF", "Green Valley Farms"),
        ("SUPPLIER:", "Supplier"),
        ("CUSTOMER:XYZ", "XYZ"),
        ("WO-4471", "Work order 4471"),
        ("VARIANCE", "Count difference"),
        ("Z9", "Z9"),
    ],
)
def test_places_have_names(code: str, shown: str) -> None:
    assert LABELS.place(code) == shown


@pytest.mark.parametrize(
    ("days", "left", "level"),
    [(-2, "2 days ago", "past"), (-1, "1 day ago", "past"), (0, "today", "near"), (1, "1 day left", "near"),
     (6, "6 days left", "near"), (7, "7 days left", "ok")],
)  # fmt: skip
def test_an_expiry_is_near_in_the_last_15_percent_of_a_shelf_life(days: int, left: str, level: str) -> None:
    shown = LABELS.expiry(TODAY + timedelta(days), "R-ROM")
    assert shown is not None
    assert (shown.left, shown.level) == (left, level)


def test_a_day_of_another_year_says_which() -> None:
    assert (LABELS.day("2026-12-01"), LABELS.day("2027-01-02")) == ("Dec 1", "Jan 2, 2027")
    assert LABELS.moment("2026-11-22T10:14:03-08:00") == "10:14"
    assert LABELS.moment("2025-11-21T10:14:03-08:00") == "Nov 21, 2025, 10:14"


def test_lines_are_told_from_where_to_where() -> None:
    assert LABELS.flows(entry(("X", "A", "-12"), ("X", "B", "12"))) == [Flow("X", "12 cases", "Place A", "Place B")]
    assert LABELS.flows(entry(("X", "A", "-2"), ("X", "B", "-1"), ("X", "WO-1", "3"))) == [
        Flow("X", "2 cases", "Place A", "Work order 1"),
        Flow("X", "1 case", "Place B", "Work order 1"),
    ]
    assert LABELS.flows(entry(("X", "A", "-3"), ("X", "B", "-1"), ("X", "C", "2"), ("X", "SCRAP", "2"))) == [
        Flow("X", "3 cases", "Place A", None),
        Flow("X", "1 case", "Place B", None),
        Flow("X", "2 cases", None, "Place C"),
        Flow("X", "2 cases", None, "Scrap"),
    ]
    assert [
        flow.lot for flow in LABELS.flows(entry(("X", "A", "-1"), ("X", "B", "1"), ("Y", "B", "-1"), ("Y", "A", "1")))
    ] == [
        "X",
        "Y",
    ]


ENTRY = cast("EntryRow", {})


@pytest.mark.parametrize(
    ("reply", "word"),
    [
        (Reply("Moved.", entries=(ENTRY,)), "posted"),
        (Reply("Moved; not used.", entries=(ENTRY,), blocked=(Blocked("r", "no"),)), "partly"),
        (Reply("Waits.", requests=(1,)), "approval"),
        (Reply("No.", blocked=(Blocked("r", "no"),)), "blocked"),
        (Reply("Which lot?", asking="lot"), "asked"),
        (Reply("In cooler 1."), "answered"),
        (Reply(""), "silent"),
    ],
)
def test_a_reply_has_one_outcome(reply: Reply, word: str) -> None:
    assert outcome(reply) == word


def test_the_screen_forgets_the_oldest_turns_and_conversations() -> None:
    kept = Transcripts(conversations=2, turns=3)
    at = datetime(2026, 11, 22, tzinfo=UTC)
    for n in range(5):
        kept.add("one", "maria", Turn(f"k{n}", "hello", Reply(""), at))
    assert [turn.key for turn in kept.of("one", "maria")] == ["k2", "k3", "k4"]
    kept.add("two", "maria", Turn("k", "hello", Reply(""), at))
    kept.add("one", "maria", Turn("k5", "hello", Reply(""), at))
    kept.add("three", "maria", Turn("k", "hello", Reply(""), at))
    assert kept.of("two", "maria") == ()
    assert len(kept.of("one", "maria")) == 3
    assert len(kept.of("three", "maria")) == 1
