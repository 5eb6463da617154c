"""Noise of every kind: no crash, no report out of it, and no line that takes long.

`FLOOR_FUZZ=1000000` says how many characters in all; the default is sized for every run.
"""

import os
import random
import time
from collections.abc import Callable

import pytest

from assistant.intents import POSTING, Vocabulary, parse
from tests.corpus.generated import TODAY

CHARACTERS = int(os.environ.get("FLOOR_FUZZ", "120000"))
SLOWEST = 0.5
"""Seconds of CPU for the worst line, on a busy machine."""
ALPHABETS = {
    "controls": "".join(map(chr, range(32))) + "\x7f\x80\x9f",
    "turned": "\u202a\u202b\u202d\u202e\u2066\u2067\u2069\u200e\u200f\u05d0\u05d1\u0627\u0628 ",
    "marks": "!@#$%^&*()_+-=[]{}|\\;:'\",.<>/?`~ ",
    "digits": "0123456789 .,-/#",
    "anything": "".join(map(chr, range(32, 0x2FF))) + "→½✅😂中文日本 ",
}
WORDS = """one two to for four lot to from the and no not half a dozen case oh double eleven twenty
    - / . , # x""".split()
CODE = (
    "'; DROP TABLE lots; --", '{"intent": "move", "lot": "RM1107"}', "SELECT code FROM lots WHERE quantity > 12",
    "<b>move</b> 12 cs `RM1107`", "[[ship]] {10} K1120", "../../etc/passwd", "%s%s%n 12 cs", "\\x00\\x01",
    "UNION SELECT 1,2 --",
)  # fmt: skip


def noise() -> list[str]:
    """Lines of noise, some of them long."""
    rng = random.Random(1)
    lines: list[str] = []
    written = 0
    while written < CHARACTERS:
        size = rng.choice((3, 20, 60, 200, 999, 10_000))
        if rng.random() < 0.5:
            line = "".join(rng.choices(ALPHABETS[rng.choice(sorted(ALPHABETS))], k=size))
        else:
            line = "".join(rng.choice(CODE) + " " for _ in range(max(1, size // 20)))
        lines.append(line)
        written += len(line)
    return lines


def test_noise_is_no_report_and_never_slow(
    vocabulary: Vocabulary, record_property: Callable[[str, object], None]
) -> None:
    worst, at = 0.0, ""
    for line in noise():
        start = time.thread_time()
        reading = parse(line, vocabulary, TODAY)
        spent = time.thread_time() - start
        if spent > worst:
            worst, at = spent, line[:60]
        assert not [frame for frame in reading.frames if frame.intent in POSTING], (line[:200], reading.frames)
    record_property("worst", (worst, at))
    assert worst < SLOWEST, at


def test_words_that_could_be_anything_are_never_slow(vocabulary: Vocabulary) -> None:
    rng = random.Random(2)
    for _ in range(60):
        line = " ".join(rng.choices(WORDS, k=rng.choice((5, 40, 230))))
        start = time.thread_time()
        parse(line, vocabulary, TODAY)
        assert time.thread_time() - start < SLOWEST, line


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\t\t", "?", "-", "'", "…", "a" * 10_000, "1" * 10_000, "one " * 3_000]
)
def test_odd_lengths_are_read_at_once(text: str, vocabulary: Vocabulary) -> None:
    start = time.thread_time()
    reading = parse(text, vocabulary, TODAY)
    assert time.thread_time() - start < SLOWEST
    assert not [frame for frame in reading.frames if frame.intent in POSTING]
