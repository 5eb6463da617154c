"""A random report, said in a random way, reads back as itself; with a slip in it, it is never read as another one.

`FLOOR_ROUNDTRIP=20000` says how many utterances in all; the default is sized for every run.
"""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.demo import PLANT
from assistant.intents import POSTING, Reading, parse
from tests.corpus.generated import TODAY, Speaker, misheard, mistyped
from tests.corpus.plants import vocabulary_of
from tests.corpus.scoring import VITAL, Frames, slots

UTTERANCES = int(os.environ.get("FLOOR_ROUNDTRIP", "1600"))
PLANTS = {"demo": vocabulary_of(PLANT), "bakery": vocabulary_of(Path(__file__).parent / "corpus" / "bakery")}
SETTINGS = settings(
    max_examples=UTTERANCES // 8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
MOST_FALSE_SURE = 0.002
"""Slips that make other words of the language, and stay plausible, cannot all be caught by reading alone."""


def frames(reading: Reading) -> Frames:
    return [{"intent": frame.intent, "slots": dict(frame.slots)} for frame in reading.frames]


def same(got: Frames, want: Frames) -> bool:
    return [f["intent"] for f in got] == [f["intent"] for f in want] and all(
        slots(a) == slots(b) for a, b in zip(got, want, strict=True)
    )


def false(got: Frames, want: Frames) -> bool:
    """Whether a frame says something that was not said."""
    for at, frame in enumerate(got):
        if frame["intent"] not in POSTING:
            continue
        if at >= len(want) or frame["intent"] != want[at]["intent"]:
            return True
        if any(slots(frame)[slot] != slots(want[at]).get(slot) for slot in VITAL & slots(frame).keys()):
            return True
    return False


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("spoken", [False, True], ids=["typed", "spoken"])
def test_a_clean_report_reads_back_as_itself(plant: str, spoken: bool) -> None:  # noqa: FBT001
    @SETTINGS
    @given(st.randoms(use_true_random=False))
    def check(random: Random) -> None:
        saying = Speaker(PLANTS[plant], random.choice, spoken=spoken).report()
        got = frames(parse(saying.text, PLANTS[plant], TODAY))
        assert same(got, saying.frames), (saying.text, got, saying.frames)

    check()


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("spoken", [False, True], ids=["typed", "spoken"])
def test_a_slip_asks_rather_than_posting_something_else(
    plant: str,
    spoken: bool,  # noqa: FBT001
    record_property: Callable[[str, object], None],
) -> None:
    counts = {"said": 0, "exact": 0, "asks": 0, "false": 0, "false and sure": 0}

    @SETTINGS
    @given(st.randoms(use_true_random=False))
    def check(random: Random) -> None:
        saying = Speaker(PLANTS[plant], random.choice, spoken=spoken).report()
        text = (misheard if spoken else mistyped)(saying.text, random.choice)
        reading = parse(text, PLANTS[plant], TODAY)
        got = frames(reading)
        exact = same(got, saying.frames)
        untrue = false(got, saying.frames)
        counts["said"] += 1
        counts["exact"] += exact
        counts["asks"] += not exact and (reading.confidence < Reading.SURE or not got)
        counts["false"] += untrue
        counts["false and sure"] += untrue and reading.confidence >= Reading.SURE

    check()
    record_property("counts", counts)
    assert counts["said"] >= UTTERANCES // 8
    assert counts["exact"] / counts["said"] >= 0.85, counts
    assert counts["false and sure"] <= MOST_FALSE_SURE * counts["said"], counts
