"""What strangers said and what would be right: every case of `corpus/said.jsonl` that says what to expect.

`expect` of a case: `posts` (the kinds of each turn's entries, a reversal as `-kind`), and after the last turn `asks`,
`says` (in any case of letters), `happened` of its entry, `stock` of lots, `status` of lots.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.messages import Reply
from tests.support.floor_day import Floor, demo_books

CASES: Sequence[Mapping[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "corpus/said.jsonl").read_text(encoding="utf-8").splitlines()
]
TOLD = [case for case in CASES if "expect" in case]


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo plant's books in the morning, made once."""
    return demo_books(tmp_path_factory.mktemp("said") / "morning.db")


def kinds(reply: Reply) -> list[str]:
    """The kinds of what a turn posted; a reversal begins with a minus."""
    return [f"-{entry['kind']}" if entry["reverses"] else entry["kind"] for entry in reply.entries]


@pytest.mark.parametrize("case", TOLD, ids=lambda case: f"{case['kind']}: {case['turns'][-1][1][:60]}")
def test_what_was_said_does_what_is_right(case: Mapping[str, Any], morning: Path, tmp_path: Path) -> None:
    expect = case["expect"]
    with closing(Floor.copied(morning, tmp_path)) as floor:
        replies = [floor.hear(who, words, case["channel"]) for who, words in case["turns"]]
        last = replies[-1]
        if "posts" in expect:
            assert [kinds(reply) for reply in replies] == expect["posts"], last.say
        if "asks" in expect:
            assert last.asking == expect["asks"], last.say
        for words in expect.get("says", ()):
            assert words.casefold() in last.say.casefold()
        if "happened" in expect:
            assert str(last.entries[-1]["happened"]).startswith(expect["happened"])
        for lot, stock in expect.get("stock", {}).items():
            assert floor.stock(lot) == stock
        for lot, status in expect.get("status", {}).items():
            assert {row["status"] for row in floor.assistant.stock(lots=[lot])} == {status}


def test_enough_of_the_cases_say_what_to_expect() -> None:
    assert len(TOLD) >= 90
