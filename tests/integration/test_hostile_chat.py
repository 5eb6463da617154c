"""Whatever comes in over a channel gets an answer, breaks nothing and posts nothing that was not said."""

import random
from collections.abc import Iterator
from contextlib import closing

import pytest

from store.checks import verify
from tests.floor_day import Floor, load_demo

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


def test_an_id_and_a_person_may_be_any_text(floor: Floor) -> None:
    assert floor.hear("\x00bob'; --", "where is RM1107").blocked[0].rule == "unknown-person"
    said = "moved 2 cs RM1107 from C1-01 to line 2"
    first, again = (floor.hear("maria", said, id="\x00" + "i" * 500) for _ in range(2))
    assert [e["number"] for e in first.entries] == [e["number"] for e in again.entries] == [34]
