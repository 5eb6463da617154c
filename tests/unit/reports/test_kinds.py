"""Each kind of report is whole: the books know it, its steps exist, it is called something everywhere."""

import re
from pathlib import Path

import pytest

from assistant.intents import POSTING, SLOTS
from assistant.intents.reading import UNRECORDED
from assistant.report_kinds import REPORT_KINDS, judged_with
from assistant.reports.kinds import STEPS, steps
from assistant.roles import MAY, may
from assistant.wording.sentences import load
from store import model
from store.model import Kind

ROOT = Path(__file__).parents[3]
VIRTUAL = {model.VARIANCE, model.ADJUSTMENT, model.SCRAP}


def test_the_books_and_the_language_know_the_same_kinds() -> None:
    assert [*REPORT_KINDS] == [str(kind) for kind in Kind]
    assert {*REPORT_KINDS, *UNRECORDED, "undo"} == POSTING
    assert not UNRECORDED.keys() & REPORT_KINDS.keys()
    assert all(SLOTS[name] == kind.slots for name, kind in REPORT_KINDS.items())


@pytest.mark.parametrize("name", REPORT_KINDS)
def test_a_kind_is_whole(name: str) -> None:
    kind, wording = REPORT_KINDS[name], load()
    assert [step.__name__ for step in steps(name)] == [*kind.steps]
    assert bool(kind.out_of) == bool(kind.into) == kind.moves
    for side in filter(None, (kind.out_of, kind.into)):
        assert side in kind.slots | VIRTUAL
    assert not kind.bare_place or kind.bare_place in kind.slots
    assert "going_to" not in kind.steps or kind.goes_to
    assert ("new_lot" in kind.steps) == bool(kind.new_lot)
    assert wording.call("done", name) != name or name in wording.calls["done"]
    assert name in wording.calls["intent"]


def test_no_step_is_asked_for_by_nobody() -> None:
    assert {step for kind in REPORT_KINDS.values() for step in kind.steps} == STEPS.keys()


def test_what_a_kind_is_judged_with() -> None:
    assert judged_with("rivals") == {"consume", "ship"}
    assert judged_with("order") == {"return", "produce", "finish"}
    assert judged_with("write_offs") == {"count", "adjust", "scrap"}


def test_who_may_decide_stands_once() -> None:
    """No other file makes a set of those roles, or compares a person's role with one."""
    listed = re.compile(r'frozenset\(\{"(?:supervisor|qa)"|role (?:==|!=) "(?:supervisor|qa)"')
    found = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("assistant/**/*.py")
        if path.name != "roles.py" and listed.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert may("qa", "release")
    assert not may("supervisor", "release")
    assert MAY["undo-of-another"] == {"supervisor"}
