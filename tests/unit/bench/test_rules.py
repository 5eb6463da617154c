"""The measurement of the rules measures what it says: reports that pass, reports that are refused, one base."""

import pytest

from assistant.bench import rules
from assistant.rules import RuleBook, objections, remarks


def test_every_part_is_measured_against_the_c_engine() -> None:
    base, *others = rules.measure(rounds=1, each=2)
    assert base[0] == rules.DIRECT
    assert base[2] == pytest.approx(1)
    assert len(others) == 4
    assert all(ratio == pytest.approx(spent / base[1]) for _, spent, ratio in others)


def test_the_reports_are_what_they_are_called() -> None:
    book = RuleBook.load()
    fine, refused = rules.cases()
    assert [objections(c.transaction, c.before, book, c.request) for c in fine] == [(), ()]
    found = [[f.rule for f in objections(c.transaction, c.before, book, c.request)] for c in refused]
    assert found == [["not-enough-stock"], ["lot-on-hold"]]
    assert [[f.rule for f in remarks(c.transaction, c.before, c.after, book)] for c in fine] == [[], []]


def test_engines_that_disagree_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules.Direct, "judge", lambda self, fact: ("work-order-finished",))
    with pytest.raises(ValueError, match="do not agree"):
        rules.measure(rounds=1, each=1)
