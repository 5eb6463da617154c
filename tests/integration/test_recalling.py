"""Recalls as people run them: who may, how they are kept, and the hold of everything that was reached."""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import TypeVar

import pytest
from click.testing import CliRunner, Result

from assistant.cli.main import main
from assistant.messages import Blocked
from assistant.views.rows import HeldRow
from store.proof.verify import verify
from tests.support.floor_day import ZONE, Floor, demo_books, load_demo


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_books(tmp_path_factory.mktemp("recalling") / "demo.db")


@pytest.fixture
def floor(books: Path, tmp_path: Path) -> Iterator[Floor]:
    floor = Floor.copied(books, tmp_path)
    yield floor
    floor.close()


@pytest.fixture
def run(floor: Floor) -> Floor:
    """Some of RM1107 is in a running order."""
    for person, text in (
        ("deshawn", "moved 8 cases romaine RM1107 from cooler 1 bay 1 to line 2"),
        ("deshawn", "used 2 cases RM1107 on 4474"),
    ):
        assert floor.hear(person, text).entries
    return floor


Row = TypeVar("Row")


def done(found: Row | Blocked) -> Row:
    assert not isinstance(found, Blocked), found
    return found


def refused(found: object) -> str:
    assert isinstance(found, Blocked), found
    return found.say


def test_all_that_a_recall_reached_is_held_in_one_go_and_only_once(run: Floor) -> None:
    found = done(run.assistant.hold_reached("RM1107", by="anna", channel="slack", reason="glass", said="hold it"))
    assert found["held"] == ["RM1107"]
    assert [dict(order) for order in found["running"]] == [{"work_order": "WO-4474", "lots": ["RM1107"]}]
    (entry,) = found["entries"]
    assert (entry["kind"], entry["by"], entry["channel"], entry["said"]) == ("hold", "anna", "slack", "hold it")
    assert (entry["lots"], entry["note"]) == (["RM1107"], "recall of RM1107: glass")
    assert "Now on hold for the recall of romaine RM1107: RM1107. WO-4474 took some of it" in found["say"]
    assert {row["status"] for row in run.assistant.stock(lots=["RM1107"])} == {"hold"}
    assert run.hear("deshawn", "used 1 case RM1107 on 4474").blocked[0].rule == "lot-on-hold"
    assert {sink for sink, say in run.queued() if "Now on hold" in say} == {"quality", "supervisors"}

    again = done(run.assistant.hold_reached("RM1107", by="priya", channel="console"))
    assert (again["held"], again["already"], again["entries"]) == ([], ["RM1107"], [])
    assert again["say"].startswith("Everything that romaine RM1107 reached and that is still here is on hold already.")
    assert verify(run.assistant.store) is None


def test_two_who_hold_at_once_hold_nothing_twice(database_url: str) -> None:
    load_demo(database_url)
    floors = [Floor(database_url), Floor(database_url)]
    start, found = Barrier(2), list[HeldRow]()

    def hold(floor: Floor) -> None:
        start.wait(10)
        found.append(done(floor.assistant.hold_reached("RM1107", by="anna", channel="slack")))

    threads = [Thread(target=hold, args=(floor,)) for floor in floors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    entries = [e for e in floors[0].assistant.entries(lot="RM1107") if e["kind"] == "hold"]
    assert len(entries) == 1
    assert sorted(len(told["held"]) for told in found) == [0, 1]
    for floor in floors:
        floor.close()


@pytest.mark.parametrize("person", ["maria", "tom"])
def test_only_a_supervisor_or_qa_runs_a_recall(floor: Floor, person: str) -> None:
    role = "Only a supervisor or QA can run a recall or put all of it on hold."
    before = len(floor.assistant.entries())
    assert refused(floor.assistant.hold_reached("RM1107", by=person, channel="slack")) == role
    assert refused(floor.assistant.start_recall("RM1107", by=person, real=False)) == role
    assert floor.assistant.recalls() == []
    assert len(floor.assistant.entries()) == before


def test_what_cannot_be_recalled_is_said(floor: Floor) -> None:
    start = floor.assistant.start_recall
    assert refused(start("RM9", by="anna", real=False)) == "This plant has no lot RM9."
    assert refused(start("RM1107", by="anna", real=True, reason=" ")) == "A real recall needs a reason."
    assert "not on this plant's list" in refused(start("RM1107", by="nobody", real=False))
    assert refused(start("RM1107", by="anna", real=False, also=["TOM-1118"])).startswith("TOM-1118 is another product")
    assert refused(floor.assistant.finish_recall(7, by="anna")) == "There is no recall 7."
    assert "no lot RM9" in refused(floor.assistant.hold_reached("RM9", by="anna", channel="slack"))
    assert floor.assistant.alike("RM9") is None
    assert floor.assistant.recalls() == []


def test_a_recall_is_kept_from_start_to_finish(run: Floor) -> None:
    begun = done(run.assistant.start_recall("RM1107", by="anna", real=True, reason="glass", also=["RM1111"]))
    assert (begun["kind"], begun["reason"], begun["by"], begun["also"]) == ("real", "glass", "anna", ["RM1111"])
    assert (begun["finished"], begun["minutes"], begun["percent_found"]) == (None, None, 100.0)
    assert {sink for sink, say in run.queued() if "began recall 1 of romaine RM1107: glass" in say} == {
        "quality",
        "supervisors",
    }
    running = refused(run.assistant.start_recall("RM1107", by="priya", real=True, reason="glass"))
    assert running.startswith("Recall 1 of RM1107 is running since November 22, 09:0")
    mock = done(run.assistant.start_recall("RM1107", by="priya", real=False))
    run.clock.now = run.clock.now.replace(hour=10)
    ended = done(run.assistant.finish_recall(begun["number"], by="priya"))
    assert ended["finished_by"] == "priya"
    assert ended["minutes"] == pytest.approx(60, abs=1)
    assert refused(run.assistant.finish_recall(begun["number"], by="anna")) == "Recall 1 is finished already."
    assert [kept["number"] for kept in run.assistant.recalls()] == [mock["number"], begun["number"]]
    assert float(ended["amount_found"]) == float(ended["amount_in_question"]) > 0


def test_words_that_no_database_takes_are_kept_readable(run: Floor) -> None:
    begun = done(run.assistant.start_recall("RM1107", by="anna", real=True, reason="gla\x00ss \ud800"))
    assert begun["reason"] == "gla\ufffdss \ufffd"
    assert "no lot RM\ufffd" in refused(run.assistant.start_recall("RM\x00", by="anna", real=False))
    held = done(run.assistant.hold_reached("RM1107", by="anna", channel="slack", reason="a\x00b", said="\x00"))
    assert held["entries"][0]["note"] == "recall of RM1107: a\ufffdb"


def test_lots_that_may_share_the_fault_are_named(floor: Floor) -> None:
    found = floor.assistant.alike("RM1107")
    assert found is not None
    assert [lot["lot"] for lot in found["supplier"]] == ["RM1111"]
    wider = floor.assistant.recall("RM1107", also=["RM1111"])
    assert wider is not None
    assert {lot["lot"] for lot in wider["affected"]} == {"RM1107", "RM1111"}


def command(floor: Floor, *words: str) -> Result:
    """The command line on the floor's books."""
    environment = {"FLOOR_DATABASE_URL": floor.url, "FLOOR_TIMEZONE": ZONE.key, "FLOOR_TODAY": "2026-11-22"}
    return CliRunner().invoke(main, words, env=environment, catch_exceptions=False)


def test_the_command_line_begins_holds_and_finishes(run: Floor, tmp_path: Path) -> None:
    words = ("--real", "--reason", "glass", "--hold", "--alike", "supplier", "--as", "anna", "--json")
    begun = command(run, "recall", "RM1107", *words, "--out", str(tmp_path / "folder"))
    assert begun.exit_code == 0, begun.stderr
    told = json.loads(begun.stdout)
    assert told["recalled_with"] == ["RM1111"]
    assert (told["kept"]["kind"], told["kept"]["reason"]) == ("real", "glass")
    assert told["hold"]["held"] == ["RM1107", "RM1111"]
    assert {lot["lot"] for lot in told["affected"]} == {"RM1107", "RM1111"}
    assert "floor recalls --finish 1 --as anna" in begun.stderr
    assert (tmp_path / "folder" / "summary.html").exists()
    assert json.loads((tmp_path / "folder" / "recall.json").read_text())["affected"][1]["lot"] == "RM1111"

    ended = command(run, "recalls", "--finish", "1", "--as", "priya", "--json")
    assert [kept["finished_by"] for kept in json.loads(ended.stdout)] == ["priya"]
    page = command(run, "recalls")
    assert all(part in page.stdout for part in ("RM1107, RM1111", "glass", "100 %"))


def test_the_command_line_says_no_in_a_sentence(run: Floor) -> None:
    before = len(run.assistant.entries())
    for words, sentence in (
        (("recall", "RM1107", "--hold", "--as", "maria"), "Only a supervisor or QA can run a recall"),
        (("recall", "RM1107", "--real", "--as", "anna"), "A real recall needs a reason."),
        (("recall", "RM9", "--mock", "--as", "anna"), "This plant has no lot RM9."),
        (("recall", "RM9", "--alike", "day"), "There is no lot RM9."),
        (("recalls", "--finish", "3", "--as", "anna"), "There is no recall 3."),
    ):
        found = command(run, *words)
        assert (found.exit_code, found.stdout) == (1, "")
        assert found.stderr.startswith(sentence)
    for usage in (("recall", "RM1107", "--hold"), ("recall", "RM1107", "--mock"), ("recalls", "--finish", "1")):
        assert command(run, *usage).exit_code == 2
    assert len(run.assistant.entries()) == before
    assert run.assistant.recalls() == []


def test_a_recall_that_only_asks_has_the_shape_that_it_always_had(run: Floor) -> None:
    told = json.loads(command(run, "recall", "RM1107", "--json").stdout)
    assert [*told] == ["lot", "product", "opened_at", "affected", "customers", "mass_balance"]
