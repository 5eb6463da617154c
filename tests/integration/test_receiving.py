"""A shipping notice in the books: all of it or nothing, once, by one person, through the rules."""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from click.testing import CliRunner, Result

from assistant.cli.main import main
from assistant.supervision.shipping_notices import Received
from store.proof.verify import verify
from tests.support.floor_day import ZONE, Floor, demo_books, load_demo

HEAD = "lot,sku,quantity,unit,expires,supplier,reference\n"
TWO = HEAD + "RM1207,R-ROM,14,case,2026-12-02,GVF,ASN 5512\nTOM-1207,R-TOM,6,case,2026-12-03,RIO,ASN 5512\n"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_books(tmp_path_factory.mktemp("receiving") / "demo.db")


@pytest.fixture
def floor(books: Path, tmp_path: Path) -> Iterator[Floor]:
    floor = Floor.copied(books, tmp_path)
    yield floor
    assert verify(floor.assistant.store) is None
    floor.close()


def receive(floor: Floor, text: str, **more: object) -> Received:
    path = Path(floor.url.removeprefix("sqlite:///")).with_name("asn.csv")
    path.write_text(text, encoding="utf-8")
    options = {"by": "tom", "at": "DOCK1", **more}
    return floor.assistant.receive_notice(path, **options)  # type: ignore[arg-type]  # what a test tells otherwise


def test_every_lot_is_received_by_one_person_with_its_words(floor: Floor) -> None:
    found = receive(floor, TWO)
    assert found.faults == []
    assert found.say == "Received into dock 1: RM1207 and TOM-1207."
    told = floor.assistant.entries(lot="RM1207")
    assert [(e["kind"], e["by"], e["partner"], e["reference"], e["said"]) for e in told] == [
        ("receive", "tom", "GVF", "ASN 5512", "asn.csv:2")
    ]
    assert floor.stock("TOM-1207") == "TOM-1207 DOCK1 6 case"
    assert floor.hear("tom", "where is RM1207").say.startswith("Romaine RM1207")


def test_the_same_notice_twice_posts_nothing_twice(floor: Floor) -> None:
    receive(floor, TWO)
    before = len(floor.assistant.entries())
    again = receive(floor, TWO)
    assert (again.entries, again.already) == ([], ["RM1207", "TOM-1207"])
    assert again.say == "Nothing of it was left to receive. Received before: RM1207 and TOM-1207."
    reordered = receive(floor, TWO.replace("ASN 5512", "asn  5512") + "RM1208,R-ROM,2,case,2026-12-02,GVF,ASN 5512\n")
    assert [entry.transaction.lots for entry in reordered.entries] == [("RM1208",)]
    assert len(floor.assistant.entries()) == before + 1


def test_a_receipt_that_was_taken_back_can_be_received_again(floor: Floor) -> None:
    one = HEAD + "RM1207,R-ROM,14,case,2026-12-02,GVF,ASN 5512\n"
    for _ in range(2):
        (entry,) = receive(floor, one).entries
        assert floor.hear("tom", f"undo entry {entry.number}").entries
    assert receive(floor, one).entries
    assert floor.stock("RM1207") == "RM1207 DOCK1 14 case"
    assert receive(floor, one).entries == []


def test_more_of_a_lot_under_another_document_is_more(floor: Floor) -> None:
    receive(floor, TWO)
    found = receive(floor, HEAD + "RM1207,R-ROM,3,case,2026-12-02,GVF,ASN 5600\n")
    assert len(found.entries) == 1
    assert floor.stock("RM1207") == "RM1207 DOCK1 17 case"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("RM1207,R-ROM,15,case,2026-12-02,GVF,ASN 5512", "lot RM1207 is in the books already (entry "),
        ("RM1107,R-ROM,14,case,2026-11-28,GVF,PO 8801", "lot RM1107 is in the books already (entry "),
        ("RM1207,R-ROM,15,case,2026-12-04,GVF,ASN 7", "lot RM1207 expires 2026-12-02 in the books, 2026-12-04 here"),
        ("TOM1207,R-TOM,6,case,2026-12-03,RIO,ASN 7", "lot TOM1207 is in the books as TOM-1207; write it like that"),
        ("RM1207,R-TOM,6,case,2026-12-03,RIO,ASN 7", "RM1207 is romaine, not tomatoes."),
    ],
)
def test_what_the_books_contradict_keeps_everything_out(floor: Floor, row: str, fault: str) -> None:
    receive(floor, TWO)
    before = floor.assistant.entries()
    found = receive(floor, HEAD + "RM1301,R-ROM,1,case,2026-12-02,GVF,ASN 9\n" + row + "\n")
    (told,) = found.faults
    assert told.startswith(f"asn.csv:3: {fault}")
    assert found.entries == []
    assert floor.assistant.entries() == before
    assert floor.assistant.lot("RM1301") is None


def test_the_same_notice_received_by_two_at_once_is_received_once(database_url: str, tmp_path: Path) -> None:
    load_demo(database_url)
    path = tmp_path / "asn.csv"
    path.write_text(TWO, encoding="utf-8")
    floors, start, found = [Floor(database_url), Floor(database_url)], Barrier(2), list[Received]()

    def take(floor: Floor) -> None:
        start.wait(10)
        found.append(floor.assistant.receive_notice(path, by="tom", at="DOCK1"))

    threads = [Thread(target=take, args=(floor,)) for floor in floors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted((len(told.entries), len(told.already), len(told.faults)) for told in found) == [(0, 2, 0), (2, 0, 0)]
    assert floors[0].stock("RM1207") == "RM1207 DOCK1 14 case"
    for floor in floors:
        floor.close()


def test_a_dry_run_says_what_would_be_and_posts_nothing(floor: Floor) -> None:
    before, queued = floor.assistant.entries(), floor.queued()
    found = receive(floor, TWO, dry=True)
    assert found.say == "Would be received into dock 1: RM1207 and TOM-1207. Nothing posted."
    assert len(found.entries) == 2
    assert (floor.assistant.entries(), floor.queued()) == (before, queued)
    assert receive(floor, TWO).entries


def test_a_place_and_a_person_have_to_be_known(floor: Floor) -> None:
    assert receive(floor, TWO, at="X9").faults == ["The plant has no place X9."]
    assert receive(floor, TWO, at=None).faults == ["Say where it is received: DOCK1 or DOCK2."]
    assert "not on this plant's list" in receive(floor, TWO, by="nobody").faults[0]
    assert floor.assistant.lot("RM1207") is None


def test_a_warning_posts_and_is_said(floor: Floor) -> None:
    """Received with two days left: near expiry."""
    found = receive(floor, HEAD + "RM1207,R-ROM,14,case,2026-11-23,GVF,ASN 5512\n")
    assert len(found.entries) == 1
    assert found.warnings
    assert {w["lot"] for w in floor.assistant.warnings()} == {"RM1207"}


def command(floor: Floor, *words: str) -> Result:
    environment = {"FLOOR_DATABASE_URL": floor.url, "FLOOR_TIMEZONE": ZONE.key, "FLOOR_TODAY": "2026-11-22"}
    return CliRunner().invoke(main, ["receive", *words], env=environment, catch_exceptions=False)


def test_the_command_line_receives_a_file(floor: Floor, tmp_path: Path) -> None:
    path = tmp_path / "notice.csv"
    path.write_text(TWO, encoding="utf-8")
    dry = command(floor, str(path), "--as", "tom", "--at", "DOCK1", "--dry-run")
    assert (dry.exit_code, dry.stdout.splitlines()[0][:25]) == (0, "Would be received into do")
    done = json.loads(command(floor, str(path), "--as", "tom", "--at", "DOCK1", "--json").stdout)
    assert [entry["lots"] for entry in done["entries"]] == [["RM1207"], ["TOM-1207"]]
    assert (done["dry_run"], done["faults"], done["already"]) == (False, [], [])

    path.write_text(HEAD + "A1,R-XXX,1,case,,,\nA2,R-ROM,0,case,standard,,\n", encoding="utf-8")
    wrong = command(floor, str(path), "--as", "tom", "--at", "DOCK1")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert wrong.stderr.splitlines() == [
        "notice.csv:2: there is no product R-XXX",
        "notice.csv:3: 0 must be more than 0",
        "Nothing of notice.csv was received.",
    ]
    assert command(floor, str(tmp_path / "none.csv"), "--as", "tom").exit_code == 2
