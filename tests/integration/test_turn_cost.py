"""What a turn costs in statements: nothing is read twice, and nothing is written that stays as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Connection, Params
from tests.support.floor_day import Floor, demo_books

LOT_BY_CODE = "FROM lot WHERE code"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    (tmp_path / "books").mkdir()
    floor = Floor.copied(demo_books(tmp_path / "books" / "demo.db"), tmp_path)
    floor.hear("maria", "where is RM1107")
    yield floor
    floor.close()


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that were executed."""
    statements: list[str] = []
    execute = Connection.execute

    def counting(self: Connection, sql: str, params: Params = ()) -> list[object]:
        statements.append(sql)
        return execute(self, sql, params)

    monkeypatch.setattr(Connection, "execute", counting)
    return statements


def about(seen: list[str], part: str) -> int:
    return sum(part in sql for sql in seen)


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("moved 2 cs romaine RM1107 from cooler 1 bay 1 to line 2", 16),
        ("counted 14 cases RM1107 in cooler 1 bay 1", 17),
        ("used 2 cases of romaine RM1107 from cooler 1 bay 1 on 4475", 22),  # two of them look for held lots behind it
    ],
)
def test_a_report_reads_its_lot_once_before_and_once_after_it_posts(
    floor: Floor, seen: list[str], text: str, most: int
) -> None:
    reply = floor.hear("maria", text)
    assert len(reply.entries) == 1
    assert about(seen, LOT_BY_CODE) == 2
    assert about(seen, "INTO pending") == 1, "what was posted may be corrected"
    assert len(seen) <= most


def test_an_unknown_lot_is_looked_for_once_more_with_what_could_be_meant(floor: Floor, seen: list[str]) -> None:
    reply = floor.hear("maria", "moved 2 cs romaine RM9999 from cooler 1 bay 1 to line 2")
    assert "RM9999" in reply.say
    assert about(seen, LOT_BY_CODE) == 2


@pytest.mark.parametrize("text", ["thanks mate", "say again"])
def test_a_turn_that_leaves_the_dialogue_as_it_was_does_not_write_it(floor: Floor, seen: list[str], text: str) -> None:
    before = floor.hear("maria", "where is RM1107")
    seen.clear()
    floor.hear("maria", text)
    assert [sql.split()[0] for sql in seen if "pending" in sql] == ["SELECT"]
    assert floor.hear("maria", "say again").say == before.say, "small talk is nothing to be said again"


def test_a_question_that_expired_is_forgotten_for_good(floor: Floor, seen: list[str]) -> None:
    floor.hear("maria", "used 2 cases of RM1107")
    floor.clock.now = floor.clock.now.replace(hour=floor.clock.now.hour + 2)
    assert floor.hear("maria", "thanks mate").say
    assert about(seen, "INTO pending") == 2
    assert not floor.hear("maria", "thanks mate").say
