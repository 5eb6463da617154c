"""An approval is judged by the same facts as the report was, as they stand when it is approved."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.supervision.rule_settings import Ruling, Wish
from assistant.wording.sentences import Said
from store.session import Session
from tests.support.floor_day import Floor, demo_books


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_books(tmp_path_factory.mktemp("approving") / "demo.db")


@pytest.fixture
def floor(books: Path, tmp_path: Path) -> Iterator[Floor]:
    floor = Floor.copied(books, tmp_path)
    yield floor
    floor.close()


def set_severity(floor: Floor, rule: str, severity: str) -> None:
    def work(session: Session) -> None:
        now = floor.assistant.now()
        wording = floor.assistant.conversation.wording.on(now.date())
        ruling = Ruling(session, floor.assistant.book(session), wording, now)
        assert not isinstance(ruling.set(Wish(rule, "anna", "it became too much", severity=severity)), Said)

    floor.assistant.store.run(work)


def test_an_earlier_lot_that_is_skipped_is_told_when_the_use_is_approved(floor: Floor) -> None:
    asked = floor.hear("deshawn", "used 1 case of CB1120 on 4474")
    assert asked.requests == (1,)
    approved = floor.hear("anna", "approve 1")
    assert [e["approved_by"] for e in approved.entries] == ["anna"]
    assert ("fefo-skipped", "CB1120") in [(w.rule, w.lot) for w in approved.warnings]


def test_what_was_written_off_lately_counts_when_a_scrap_is_approved(floor: Floor) -> None:
    scraps = [floor.hear("deshawn", f"scrapped {n} lb of RM1111, damaged") for n in (6, 7, 8)]
    assert [len(s.requests) for s in scraps] == [0, 0, 1]
    set_severity(floor, "split-scraps", "block")
    refused = floor.hear("priya", "approve 1")
    assert [b.rule for b in refused.blocked] == ["split-scraps"]
    assert refused.entries == ()


def test_a_rule_that_only_warns_by_then_is_said_with_the_approval(floor: Floor) -> None:
    assert floor.hear("deshawn", "used 1 case of CB1120 on 4474").requests == (1,)
    set_severity(floor, "not-in-recipe", "warn")
    approved = floor.hear("priya", "approve 1")
    assert len(approved.entries) == 1
    assert "not-in-recipe" in [w.rule for w in approved.warnings]


def test_a_shortage_of_then_is_said_as_for_any_report(floor: Floor) -> None:
    asked = floor.hear("deshawn", "used 1 case of CB1120 on 4474")
    assert asked.requests == (1,)
    assert floor.hear("deshawn", "scrapped 16 cases of CB1120, damaged").entries
    refused = floor.hear("priya", "approve 1")
    assert [b.rule for b in refused.blocked] == ["not-enough-stock"]
    assert refused.entries == ()
    assert floor.assistant.requests() != []
