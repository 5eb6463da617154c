"""A plant's own thresholds, sentences and rules: laid over the book, or refused by name while the old book stays."""

from pathlib import Path
from typing import Any

import pytest

from assistant.rules import Override, RuleBook, RuleBookFault, Severity, objections
from tests.support.rule_cases import example

COUNT = {"kind": "count", "lot": "TH0822", "at": "D2", "found": "770 lb"}
MOVE = {"kind": "move", "lot": "RM1107", "quantity": "1 case", "from": "C1-01", "to": "L2"}
BOTH = """
overrides:
  - {place: D2, product: R-TAH, count_tolerance_percent: 5}
  - {product: R-TAH, count_tolerance_percent: 1}
"""
HOUSE = """
rules:
  no-raw-to-line-two:
    at: gate
    kinds: [move]
    when: {$and: [{product_kind: raw}, {to_kind: production}]}
    severity: approve
    sentence: "{lot} goes to a line {in_place}."
    allowed: Ask a supervisor.
    why: House rule 12.
"""


def names(case: dict[str, Any], book: RuleBook) -> list[str]:
    made = example({"report": case})
    return [f.rule for f in objections(made.transaction, made.before, book, made.request)]


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    assert [r.name for r in RuleBook.load(tmp_path).rules] == [r.name for r in RuleBook.load().rules]


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("", True),
        ("policy: {count_tolerance_percent: 3.75}", False),
        ("policy: {count_tolerance_percent: 3.7}", True),
        ("overrides: [{product: R-TAH, count_tolerance_percent: 5}]", False),
        ("overrides: [{product: R-ROM, count_tolerance_percent: 5}]", True),
        ("overrides: [{place: D2, count_tolerance_percent: 5}]", False),
        ("overrides: [{place: D2, count_tolerance_percent: 5}, {product: R-TAH, count_tolerance_percent: 1}]", True),
        (BOTH, False),
    ],
)
def test_a_threshold_is_the_plants_the_places_or_the_products(tmp_path: Path, text: str, again: bool) -> None:  # noqa: FBT001
    book = RuleBook.load(folder(tmp_path, plant=text))
    assert ("count-again" in names(COUNT, book)) is again


def test_a_threshold_of_a_cooler_is_one_of_its_bays(tmp_path: Path) -> None:
    book = RuleBook.load(folder(tmp_path, plant="overrides: [{place: C1, count_tolerance_percent: 50}]"))
    assert names({"kind": "count", "lot": "RM1107", "at": "C1-01", "found": "7 case"}, book) == []
    assert names({"kind": "count", "lot": "RM1107", "at": "C1-01", "found": "6 case"}, book) == ["count-again"]


def test_a_threshold_set_meanwhile_wins_and_says_by_whom() -> None:
    book = RuleBook.load()
    changed = book.overridden([Override("count_tolerance_percent", "10", product="R-TAH", by="anna")])
    assert "count-again" in names(COUNT, book)
    assert names(COUNT, changed) == []
    assert changed.policy.overrides[-1].by == "anna"


@pytest.mark.parametrize("value", ["-1", "many", "nan", "1e9", ""])
def test_a_threshold_that_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(RuleBookFault, match="count_tolerance_percent"):
        RuleBook.load().overridden([Override("count_tolerance_percent", value)])


def test_a_rule_of_the_plants_own_is_judged(tmp_path: Path) -> None:
    book = RuleBook.load(folder(tmp_path, house=HOUSE))
    made = example({"report": MOVE})
    found = objections(made.transaction, made.before, book, made.request)
    assert [(f.rule, f.severity, f.say) for f in found] == [
        ("no-raw-to-line-two", Severity.APPROVE, "RM1107 goes to a line in cooler 1 bay 1.")
    ]
    assert book.by_name["no-raw-to-line-two"].source == "house.yaml"
    assert names(MOVE | {"approver": "priya"}, book) == []
    assert names(MOVE | {"to": "C1"}, book) == []


def test_our_sentence_and_severity_can_be_changed(tmp_path: Path) -> None:
    text = 'change: {not-in-recipe: {severity: block, sentence: "No {product} in {order}!"}}'
    book = RuleBook.load(folder(tmp_path, plant=text))
    report = {"kind": "consume", "lot": "TH0822", "quantity": "1 bucket", "from": "D2", "order": "WO-4474"}
    made = example({"report": report | {"approver": "priya"}})
    found = objections(made.transaction, made.before, book, made.request)
    assert [(f.severity, f.say) for f in found] == [(Severity.BLOCK, "No tahini in WO-4474!")]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("overrides: [{product: R-TAH, not-in-recipe: block}]", Severity.BLOCK),
        ("overrides: [{product: R-ROM, not-in-recipe: block}]", Severity.APPROVE),
        ("overrides: [{place: D2, not-in-recipe: warn}]", Severity.WARN),
        ("overrides: [{place: D2, product: R-TAH, not-in-recipe: warn}, {place: D2, not-in-recipe: block}]",
         Severity.WARN),
        ("policy: {not-in-recipe: block}", Severity.BLOCK),
    ],
)  # fmt: skip
def test_a_severity_is_the_plants_the_places_or_the_products(tmp_path: Path, text: str, severity: Severity) -> None:
    book = RuleBook.load(folder(tmp_path, plant=text))
    made = example(
        {"report": {"kind": "consume", "lot": "TH0822", "quantity": "1 bucket", "from": "D2", "order": "WO-4474"}}
    )
    assert [f.severity for f in objections(made.transaction, made.before, book, made.request)] == [severity]


def rule(**changes: str | None) -> str:
    """A sound rule of a plant's own with some of its lines replaced or left out."""
    lines: dict[str, str | None] = {}
    lines |= {
        "at": "gate",
        "kinds": "[move]",
        "when": "{on_hold: 1}",
        "severity": "warn",
        "sentence": '"{lot}"',
        "why": "x",
    }
    lines |= changes
    return "rules: {own: {" + ", ".join(f"{k}: {v}" for k, v in lines.items() if v is not None) + "}}"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("rules: [", r"plant.yaml \(line 1\): this is no readable YAML"),
        ("- 1", "plant.yaml: the file has sections"),
        ("ruels: {}", "there is no section ruels"),
        ("rules: []", "rules is a dict"),
        ("policy: {count_tolerance: 3}", "plant.yaml: there is no policy count_tolerance"),
        ("policy: {check_digits: sometimes}", "check_digits is one of voice, always, never"),
        ("overrides: [{product: R-ROM, lot-on-hold: warn}]", "plant.yaml: lot-on-hold: its severity stays block"),
        ("overrides: [{product: R-ROM, not-in-recipe: off}]", "plant.yaml: not-in-recipe: severity is one of"),
        ("overrides: [{product: R-ROM, fefo-skipped: block}]", "plant.yaml: fefo-skipped: its severity stays warn"),
        ("overrides: [{count_tolerance_percent: 3}]", "override 1: it names a product or a place"),
        ("change: {lot-on-holt: {severity: warn}}", "lot-on-holt: there is no such rule"),
        ("change: {not-enough-stock: {severity: warn}}", "not-enough-stock: its severity stays block"),
        ("change: {near-expiry: {severity: block}}", "near-expiry: its severity stays warn"),
        ("change: {lot-on-hold: {when: {on_hold: 0}}}", "lot-on-hold: when cannot be changed"),
        ("change: {lot-on-hold: {severity: maybe}}", "severity is one of block, approve, warn"),
        ('change: {lot-on-hold: {sentence: "{lod} is on hold"}}', "sentence names {lod}"),
        ('change: {lot-on-hold: {sentence: "{lot"}}', "sentence names"),
        ('change: {lot-on-hold: {sentence: "{lot.__class__}"}}', "sentence names {lot.__class__}"),
        ('change: {lot-on-hold: {sentence: "{lot!r:>99}"}}', "sentence names {lot!}"),
        ("change: {lot-on-hold: {sentence: 7}}", "sentence is a text"),
        ("change: {near-expiry: {owner: boss}}", "owner is one of"),
        (rule(when=None), "own: when missing"),
        (rule(when="{held: 1}"), "own: there is no property held"),
        (rule(when="{on_hold: yes}"), "own: on_hold is a number"),
        (rule(when="{$div: {quantity: 0}}"), "own: .div is no operator here"),
        (rule(kinds="[moves]"), "own: kinds is a list of"),
        (rule(kinds="[[move]]"), "own: kinds is a list of"),
        (rule(at="dawn"), "own: at is one of"),
        (rule(at="[gate]"), "own: at is one of"),
        (rule(severity="{}"), "own: severity is one of"),
        (rule(at="watch", severity="block", when="{on_hold: 1}"), "own: what is judged after posting can only warn"),
        (rule(why="''"), "own: why is a text"),
        (rule() .replace("own", "Own Rule"), "a rule's name is words"),
        (rule().replace("own", "lot-on-hold"), "there is a rule of that name already"),
        (rule(color="red"), "own: there is no key color"),
        ("rules: {own: 7}", "own: a rule has keys and values"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_by_name(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(RuleBookFault, match=fault):
        RuleBook.load(folder(tmp_path, plant=text))


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    where = folder(tmp_path, a=rule(when="{held: 1}"), b="policy: {x: 1}\nruels: {}")
    with pytest.raises(RuleBookFault) as caught:
        RuleBook.load(where)
    assert len(caught.value.faults) == 3


def test_the_old_book_stays_when_the_new_one_is_broken(tmp_path: Path) -> None:
    book = RuleBook.load(folder(tmp_path, house=HOUSE))
    assert not book.changed()
    folder(tmp_path, house=HOUSE.replace("to_kind", "to_where"))
    assert book.changed()
    with pytest.raises(RuleBookFault, match="to_where"):
        RuleBook.load(tmp_path)
    assert names(MOVE, book) == ["no-raw-to-line-two"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleBookFault, match="there is no folder rulez"):
        RuleBook.load(tmp_path / "rulez")


def test_every_threshold_of_the_book_is_named_and_every_rule_is_explained() -> None:
    book = RuleBook.load()
    for found in book.rules:
        assert found.why
        assert found.sentence
        assert set(found.policy) <= set(book.policy.defaults)
        assert found.allowed or found.severity is Severity.WARN
    book.warm()
