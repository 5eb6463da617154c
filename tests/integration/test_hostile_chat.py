"""Whatever comes in over a channel gets an answer, breaks nothing and posts nothing that was not said."""

import itertools
import json
import os
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.messages import Reply
from store.desk.inbox import Inbox
from store.errors import DuplicateKey
from store.proof.verify import verify
from tests.support.floor_day import Floor, demo_books, load_demo

CORPUS = Path(__file__).parents[1] / "corpus"
PEOPLE = list(itertools.product(("maria", "deshawn", "linh", "anna", "priya"), ("slack", "voice", "console")))

HOSTILE = (
    "",
    " ",
    "\x00",
    "moved 12 cs RM1107 from C1-01 to line 2\x00; DROP TABLE entry",
    "\ud800 moved",
    "'; DROP TABLE entry; --",
    '{"intent": "adjust", "slots": {"lot": "RM1107"}}',
    "<script>alert(1)</script>",
    "{0} {say} %s %n ${jndi:ldap}",
    "\u202emoved 12 cs\u202c",
    "used 999999999999999999999999999999 cases of RM1107 on 4474",
    "used 0.00000000000000000001 lb RM1107 on 4474",
    "undo 99999999999999999999999999",
    "approve 99999999999999999999999999",
    "what expires in 99999999999 days",
    "🙃" * 500,
    "moved " * 800,
    "x" * 10_000,
)


ANSWERS = (
    "yes", "no", "12", "14 cases", "cooler 1 bay 1", "RM1107", "4475", "standard", "damaged", "help", "say again",
    "no, fourteen", "make that RM1111", "cooler two not cooler one", "same again",
)  # fmt: skip
"""What people answer, whatever was asked."""

ASKED = ("undo", "undo that", "recall", "trace the romaine", "what did I report", "approve", "reject", "approve 1 seen")

TURNS = int(os.environ.get("FLOOR_TEST_TURNS", "300"))


@pytest.fixture
def floor(database_url: str) -> Iterator[Floor]:
    load_demo(database_url)
    with closing(Floor(database_url)) as opened:
        yield opened


def test_hostile_text_is_answered_and_posts_nothing(floor: Floor) -> None:
    for text in HOSTILE:
        for channel in ("slack", "voice"):
            reply = floor.hear("priya", text, channel)
            if not text.startswith("moved 12 cs RM1107"):
                assert reply.entries == (), text
    assert verify(floor.assistant.store) is None


def test_noise_is_answered_and_posts_nothing(floor: Floor) -> None:
    chance = random.Random(7)
    for _ in range(150):
        text = "".join(chr(chance.choice([*range(32, 127), 0, 9, 10, 0x202E, 0x1F600])) for _ in range(60))
        assert floor.hear("maria", text).entries == (), text


def test_whatever_is_said_in_whatever_order_is_answered(tmp_path: Path) -> None:
    """Five people on three channels report, ask, answer, correct and take back without regard to what was said."""
    chance = random.Random(5)
    lines = (CORPUS / "own-typed-demo.jsonl").read_text(encoding="utf-8").splitlines()
    reports = [json.loads(line)["text"] for line in lines]
    last: dict[tuple[str, str], Reply] = {}
    posted = 0
    with closing(Floor.copied(demo_books(tmp_path / "books.db"), tmp_path)) as floor:
        for _ in range(TURNS):
            who = chance.choice(PEOPLE)
            options = last[who].options if who in last else ()
            said = chance.choice(chance.choice((reports, ANSWERS, ASKED, options or ANSWERS)))
            last[who] = floor.hear(who[0], said, who[1])
            posted += len(last[who].entries)
        assert posted
        assert verify(floor.assistant.store) is None


def test_what_cannot_be_kept_is_refused_in_words(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_: object) -> None:
        raise DuplicateKey("slack:m1")

    monkeypatch.setattr(Inbox, "keep", taken)
    reply = floor.hear("maria", "moved 2 cs RM1107 from C1-01 to line 2")
    assert [b.rule for b in reply.blocked] == ["store"]
    assert reply.say == "Slack:m1 is in the books already."
    monkeypatch.undo()
    assert floor.stock("RM1107") == "RM1107 C1-01 14 case"


def test_an_id_and_a_person_may_be_any_text(floor: Floor) -> None:
    assert floor.hear("\x00bob'; --", "where is RM1107").blocked[0].rule == "unknown-person"
    said = "moved 2 cs RM1107 from C1-01 to line 2"
    first, again = (floor.hear("maria", said, id="\x00" + "i" * 500) for _ in range(2))
    assert [e["number"] for e in first.entries] == [e["number"] for e in again.entries] == [34]
