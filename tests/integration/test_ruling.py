"""The rule book as people set it: who may, what is refused, in force at once in running processes, kept for good."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli.main import main
from assistant.supervision.rule_settings import Ruling, Wish
from assistant.wording.sentences import Said
from store.desk.rule_settings import RuleSetting
from store.proof.verify import verify
from store.session import Session
from tests.support.floor_day import ZONE, Floor, demo_books, load_demo

TAHINI = "used 1 bucket of TH0822 on 4474"
"""Tahini is not in the recipe of order 4474: that needs approval, as the book has it."""

COUNTED = "counted 25 bags of CR0930 in D3"
"""One bag of 26 less than the books have: beyond the tolerance of 2 percent."""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_books(tmp_path_factory.mktemp("ruling") / "demo.db")


@pytest.fixture
def floor(books: Path, tmp_path: Path) -> Iterator[Floor]:
    """A process that runs all the while."""
    floor = Floor.copied(books, tmp_path)
    yield floor
    floor.close()


def environment(floor: Floor) -> dict[str, str]:
    return {"FLOOR_DATABASE_URL": floor.url, "FLOOR_TIMEZONE": ZONE.key, "FLOOR_TODAY": "2026-11-22"}


def run(floor: Floor, *words: str) -> Result:
    """The command line, with a store of its own."""
    return CliRunner().invoke(main, ["rules", *words], env=environment(floor), catch_exceptions=False)


def aside(floor: Floor, *words: str) -> None:
    """The command line in a process of its own."""
    command = [sys.executable, "-m", "assistant.cli", "rules", *words]
    subprocess.run(command, env=os.environ | environment(floor), check=True, timeout=60)


def put(floor: Floor, *words: str, by: str = "anna", why: str = "a trial") -> Result:
    return run(floor, "set", *words, "--as", by, "--why", why)


def kept(floor: Floor) -> list[RuleSetting]:
    return floor.assistant.store.run(lambda s: s.rule_settings.all(), write=False)


def stopped(floor: Floor, said: str) -> tuple[list[str], int]:
    """The rules that a report is refused by, and how many requests it opened."""
    reply = floor.hear("deshawn", said)
    return [b.rule for b in reply.blocked], len(reply.requests)


def test_a_severity_of_a_product_is_in_force_at_once_and_until_it_is_taken_back(floor: Floor) -> None:
    assert stopped(floor, TAHINI) == ([], 1)
    assert put(floor, "not-in-recipe", "--severity", "block", "--product", "R-ROM").exit_code == 0
    assert stopped(floor, TAHINI) == ([], 1)
    assert put(floor, "not-in-recipe", "--severity", "block", "--product", "R-TAH").exit_code == 0
    assert stopped(floor, TAHINI) == (["not-in-recipe"], 0)
    assert run(floor, "undo", "2", "--as", "anna", "--why", "the trial is over").exit_code == 0
    assert stopped(floor, TAHINI) == ([], 1)


def test_a_threshold_of_a_place_is_in_force_there_only(floor: Floor) -> None:
    assert floor.hear("deshawn", COUNTED).asking == "quantity"
    floor.hear("deshawn", "cancel")
    assert put(floor, "count-again", "--threshold", "10", "--at", "D1", by="priya").exit_code == 0
    assert floor.hear("deshawn", COUNTED).asking == "quantity"
    floor.hear("deshawn", "cancel")
    assert put(floor, "count-again", "--threshold", "10", "--at", "D3", by="priya").exit_code == 0
    assert [e["kind"] for e in floor.hear("deshawn", COUNTED).entries] == ["count"]


def test_a_gate_rule_that_only_warns_lets_it_post_and_says_so(floor: Floor) -> None:
    assert put(floor, "not-in-recipe", "--severity", "warn").exit_code == 0
    reply = floor.hear("deshawn", TAHINI)
    assert [e["kind"] for e in reply.entries] == ["consume"]
    assert "not-in-recipe" in [w.rule for w in reply.warnings]


@pytest.mark.parametrize(
    ("words", "by", "why", "told"),
    [
        (["lot-on-hold", "--severity", "warn"], "anna", "x", "lot-on-hold: its severity stays block"),
        (["ship-without-customer-or-reference", "--severity", "approve"], "anna", "x", "its severity stays block"),
        (["output-without-input", "--severity", "warn"], "anna", "x", "its severity stays block"),
        (["near-expiry", "--severity", "block"], "anna", "x", "its severity stays warn"),
        (["not-in-recipe", "--severity", "off"], "anna", "x", "severity is one of block, approve, warn"),
        (["not-in-recipe", "--severity", "block"], "priya", "x", "is set by QA"),
        (["not-in-recipe", "--severity", "block"], "deshawn", "x", "is set by QA"),
        (["count-again", "--threshold", "5"], "deshawn", "x", "by QA or a supervisor"),
        (["count-again", "--threshold", "5"], "nobody", "x", "nobody"),
        (["count-again", "--threshold", "5"], "anna", " ", "Say why"),
        (["count-again", "--threshold", "many"], "anna", "x", "count_tolerance_percent is a number, not many"),
        (["count-again", "--threshold", "-1"], "anna", "x", "count_tolerance_percent is a number"),
        (["count-again", "--threshold", "split_percent=5"], "anna", "x", "are: count_tolerance_percent."),
        (["split-scraps", "--threshold", "5"], "anna", "x", "Say which, as NAME=VALUE"),
        (["count-again"], "anna", "x", "Say what to set"),
        (["count-agian", "--threshold", "5"], "anna", "x", "There is no rule or threshold count-agian"),
        (["check_digits", "--threshold", "sometimes"], "anna", "x", "one of voice, always, never"),
        (["check_digits", "--severity", "block"], "anna", "x", "check_digits is a threshold"),
        (["count-again", "--threshold", "5", "--product", "R-XXX"], "anna", "x", "no product R-XXX"),
        (["count-again", "--threshold", "5", "--at", "ATTIC"], "anna", "x", "no place ATTIC"),
        (["split-scraps", "--threshold", "split_scraps=9", "--threshold", "split_percent=no"], "anna", "x", "not no"),
    ],
)
def test_what_cannot_be_set_is_refused_in_one_sentence_and_nothing_is_kept(
    floor: Floor, words: list[str], by: str, why: str, told: str
) -> None:
    refused = put(floor, *words, by=by, why=why)
    assert refused.exit_code == 1
    assert told in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert kept(floor) == []
    assert floor.queued() == []


def test_who_set_what_and_why_is_shown_told_to_qa_and_kept(floor: Floor) -> None:
    assert put(floor, "check_digits", "--threshold", "voice", "--at", "C1", by="walt", why="new labels").exit_code == 0
    assert put(floor, "lot-expired", "--severity", "approve", "--product", "R-ROM", why="letter 7").exit_code == 0
    assert run(floor, "undo", "1", "--as", "priya", "--why", "labels fell off").exit_code == 0
    shown = {rule["id"]: rule for rule in json.loads(run(floor, "--json").stdout)}
    (found,) = shown["lot-expired"]["set"]
    assert (found["setting"], found["value"], found["product"]) == ("severity", "approve", "R-ROM")
    assert (found["by"], found["why"], found["at"][:10]) == ("anna", "letter 7", "2026-11-22")
    assert shown["lot-expired"]["kind"] == "block"
    assert shown["count-again"]["thresholds"] == {"count_tolerance_percent": "2"}
    history = json.loads(run(floor, "history", "--json").stdout)
    assert [(h["setting"], h["by"], h["undoes"]) for h in history] == [
        ("check_digits", "walt", None),
        ("severity", "anna", None),
        ("check_digits", "priya", 1),
    ]
    assert floor.queued() == [
        ("quality", "Walt Hughes set check_digits voice at C1: new labels"),
        ("quality", "Anna Kowalski set lot-expired approve for R-ROM: letter 7"),
        ("quality", "Priya Nair took back check_digits voice at C1: labels fell off"),
    ]
    assert "takes back 1" in " ".join(run(floor, "history").stdout.split())


def test_a_setting_is_taken_back_once_and_by_who_may_set_it(floor: Floor) -> None:
    assert put(floor, "lot-expired", "--severity", "approve").exit_code == 0
    assert "is set by QA" in run(floor, "undo", "1", "--as", "priya", "--why", "x").stderr
    assert "There is no setting 7" in run(floor, "undo", "7", "--as", "anna", "--why", "x").stderr
    assert run(floor, "undo", "1", "--as", "anna", "--why", "x").exit_code == 0
    again = run(floor, "undo", "1", "--as", "anna", "--why", "x")
    assert again.exit_code == 1
    assert "Setting 1 was taken back by Anna Kowalski" in again.stderr
    assert "There is no setting 2" in run(floor, "undo", "2", "--as", "anna", "--why", "x").stderr
    assert len(kept(floor)) == 2


def test_what_is_set_by_sql_against_the_book_is_left_out_and_logged(
    floor: Floor, caplog: pytest.LogCaptureFixture
) -> None:
    now = floor.assistant.now()
    for rule, value in (("lot-on-hold", "warn"), ("gone-rule", "block"), ("not-in-recipe", "block")):
        setting = RuleSetting(rule, "severity", value, None, None, "x", "nobody", now)
        floor.assistant.store.run(lambda s, setting=setting: s.rule_settings.add(setting))  # type: ignore[misc]
    with caplog.at_level(logging.ERROR):
        floor.hear("anna", "hold TH0822")
        assert stopped(floor, TAHINI)[0][0] == "lot-on-hold"
    left_out = {record.getMessage().split(" is left out")[0] for record in caplog.records}
    assert left_out == {"Setting 1 of the rules", "Setting 2 of the rules"}
    shown = {rule["id"]: rule["kind"] for rule in json.loads(run(floor, "--json").stdout)}
    assert (shown["lot-on-hold"], shown["not-in-recipe"]) == ("block", "block")


def test_a_setting_outlives_a_change_of_the_plants_own_files(
    books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    monkeypatch.setenv("FLOOR_RULES", str(folder))
    floor = Floor.copied(books, tmp_path)
    try:
        assert put(floor, "not-in-recipe", "--severity", "block").exit_code == 0
        assert stopped(floor, TAHINI) == (["not-in-recipe"], 0)
        (folder / "plant.yaml").write_text("change: {not-in-recipe: {severity: warn, sentence: 'No {lot} there.'}}")
        reply = floor.hear("deshawn", TAHINI)
        assert "No TH0822 there." in reply.say
        assert [b.rule for b in reply.blocked] == ["not-in-recipe"]
    finally:
        floor.close()


def test_a_setting_that_was_rolled_back_is_not_in_force(floor: Floor) -> None:
    def work(session: Session) -> None:
        now = floor.assistant.now()
        wording = floor.assistant.conversation.wording.on(now.date())
        ruling = Ruling(session, floor.assistant.book(session), wording, now)
        assert not isinstance(ruling.set(Wish("not-in-recipe", "anna", "x", severity="block")), Said)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        floor.assistant.store.run(work)
    assert kept(floor) == []
    assert stopped(floor, TAHINI) == ([], 1)


def test_settings_are_numbered_kept_and_read_alike_on_postgresql(postgres_url: str) -> None:
    load_demo(postgres_url)
    floor = Floor(postgres_url)
    try:
        assert stopped(floor, TAHINI) == ([], 1)
        aside(floor, "set", "not-in-recipe", "--severity", "block", "--as", "anna", "--why", "x")
        assert stopped(floor, TAHINI) == (["not-in-recipe"], 0)
        aside(floor, "undo", "1", "--as", "anna", "--why", "x")
        assert stopped(floor, TAHINI) == ([], 1)
        assert [(s.number, s.undoes) for s in kept(floor)] == [(1, None), (2, 1)]
        assert verify(floor.assistant.store) is None
    finally:
        floor.close()
