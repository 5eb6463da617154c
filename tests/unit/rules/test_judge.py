"""How findings are put together: every line of a report is judged, blocks come first, equal ones are told once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.rules import Finding, Request, RuleBook, RuleBroken, Severity, alarms, objections, remarks
from store.model import Counted, Kind, Posting, Transaction
from tests.support.rule_cases import NOW, PEOPLE, base, example, situation, view

BOOK = RuleBook.load()
WORKER = Request(PEOPLE["deshawn"])


def move(lot: str, source: str, goal: str, said: str, sku: str) -> tuple[Posting, Posting]:
    amount, unit = said.split()
    quantity = base(said, sku)
    return (
        Posting(lot, source, -quantity, -Decimal(amount), unit),
        Posting(lot, goal, quantity, Decimal(amount), unit),
    )


def report(kind: Kind, *postings: tuple[Posting, ...], counted: tuple[Counted, ...] = ()) -> Transaction:
    flat = tuple(one for pair in postings for one in pair)
    return Transaction(kind, "deshawn", "console", "key", NOW, postings=flat, counted=counted, work_order="WO-4474")


def rules(found: tuple[Finding, ...]) -> list[str]:
    return [f.rule for f in found]


def test_every_lot_of_a_report_is_judged() -> None:
    told = report(
        Kind.CONSUME,
        move("RM1107", "C1-01", "WO-4474", "99 case", "R-ROM"),
        move("CB1109", "HOLD", "WO-4474", "1 case", "R-CHK"),
    )
    found = objections(told, situation({}), BOOK, WORKER)
    assert [(f.rule, f.lot) for f in found] == [
        ("not-enough-stock", "RM1107"),
        ("lot-on-hold", "CB1109"),
        ("not-in-recipe", "CB1109"),
    ]
    assert [f.severity for f in found] == [Severity.BLOCK, Severity.BLOCK, Severity.APPROVE]


def test_lines_are_netted_before_they_are_judged() -> None:
    there_and_back = (
        move("RM1107", "C1-01", "L2", "14 case", "R-ROM"),
        move("RM1107", "L2", "C1-01", "10 case", "R-ROM"),
        move("RM1107", "C1-01", "L2", "10 case", "R-ROM"),
    )
    assert objections(report(Kind.MOVE, *there_and_back), situation({}), BOOK, WORKER) == ()


def test_every_place_that_was_counted_is_judged() -> None:
    plant = {"lots": {"RM1107": {"at": {"C1-01": "14 case", "L2": "3 case"}, "positions": {"L2": 9}}}}
    counted = (
        Counted("RM1107", "C1-01", base("13.9 case", "R-ROM"), base("14 case", "R-ROM"), 9),
        Counted("RM1107", "L2", base("3 case", "R-ROM"), base("3 case", "R-ROM"), 8),
    )
    told = report(Kind.COUNT, move("RM1107", "C1-01", "VARIANCE", "0.1 case", "R-ROM"), counted=counted)
    assert [(f.rule, f.place) for f in objections(told, situation(plant), BOOK, WORKER)] == [("stale-count", "L2")]


def test_the_same_sentence_about_a_lot_is_told_once() -> None:
    plant = {"lots": {"RM1107": {"at": {"C1-01": "14 case", "L2": "3 case"}}}}
    told = report(
        Kind.CONSUME,
        move("RM1107", "C1-01", "WO-9", "1 case", "R-ROM"),
        move("RM1107", "L2", "WO-9", "1 case", "R-ROM"),
    )
    found = objections(replace(told, work_order="WO-9"), situation(plant), BOOK, WORKER)
    assert rules(found) == ["work-order-unknown"]


@pytest.mark.parametrize("role", ["supervisor", "qa"])
def test_an_approval_satisfies_what_waits_for_one_and_nothing_else(role: str) -> None:
    approver = next(p for p in PEOPLE.values() if p.role == role)
    told = report(
        Kind.CONSUME,
        move("TH0822", "D2", "WO-4474", "1 bucket", "R-TAH"),
        move("CB1109", "HOLD", "WO-4474", "1 case", "R-CHK"),
    )
    assert rules(objections(told, situation({}), BOOK, WORKER)) == ["lot-on-hold", "not-in-recipe", "not-in-recipe"]
    approved = replace(WORKER, approver=approver)
    assert rules(objections(told, situation({}), BOOK, approved)) == ["lot-on-hold"]


def test_a_warning_of_the_watch_and_of_the_sweep_about_one_lot_is_one_warning() -> None:
    plant = {"lots": {"RM1107": {"expires": 1}}}
    told = {"kind": "move", "lot": "RM1107", "quantity": "1 case", "from": "C1-01", "to": "L2"}
    case = example({"plant": plant, "report": told})
    (seen,) = remarks(case.transaction, case.before, case.after, BOOK)
    (swept,) = alarms(view(plant), BOOK)
    assert seen.key == swept.key == "expiry:RM1107"
    assert "expiry" in BOOK.swept


def test_what_cannot_be_judged_exactly_is_not_judged() -> None:
    floor = situation({})
    floor = replace(floor, lots={"RM1107": replace(floor.lots["RM1107"], balances={"C1-01": 2**62})})
    told = report(Kind.MOVE, move("RM1107", "C1-01", "L2", "1 case", "R-ROM"))
    with pytest.raises(RuleBroken, match="too large"):
        objections(told, floor, BOOK, WORKER)
