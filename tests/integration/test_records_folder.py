"""The recall folder: every file of it opens, says the same, and fits its page."""

import json
import re
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from assistant.views import json_shapes
from assistant.views.rows import EntryRow
from store.errors import UnknownLot
from store.model import Entry
from store.records.folder import FILES, Written, write_folder
from store.records.layout import MOST_LOTS, genealogy
from store.records.svg import svg
from store.session import Session, Store
from store.trace import recall_log
from store.trace.recall import examine, recall
from tests.support import month
from tests.support.books import NOON, consume, plant, post, produce, receive, ship
from tests.support.walk import Walk

OPENED = datetime(2026, 11, 30, 9, tzinfo=month.ZONE)


def as_json(entry: Entry) -> EntryRow:
    return json_shapes.entry(entry, month.ZONE)


@pytest.fixture(scope="module")
def lot(walk: Walk) -> str:
    """The received lot that reached the most."""
    return max((code for code in walk.sums if re.match(r"[A-Z]{3}-0", code)), key=lambda code: len(walk.reached(code)))


@pytest.fixture(scope="module")
def written(month_books: Store, lot: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    folder = tmp_path_factory.mktemp("recalls") / "recall"
    ticks = iter(range(1, 100))
    clock = lambda: OPENED + timedelta(seconds=next(ticks))  # noqa: E731  # a clock that goes
    return folder, write_folder(month_books, lot, folder, OPENED, as_json=as_json, clock=clock)


def test_the_folder_holds_what_it_names(written: tuple[Path, Written]) -> None:
    folder, told = written
    assert sorted(path.name for path in folder.iterdir()) == sorted(["summary.html", *(name for name, _ in FILES)])
    assert set(told.files) == set(folder.iterdir())
    assert told.difference is None
    assert told.epcis_faults == []
    assert "The ledger holds" in (folder / "verification.txt").read_text()


def test_the_workbook_agrees_with_the_walk(written: tuple[Path, Written], walk: Walk, lot: str) -> None:
    book = openpyxl.load_workbook(written[0] / "affected-lots.xlsx")
    tabs: dict[str, list[dict[Any, Any]]] = {}
    for tab in book:
        header, *rows = tab.iter_rows(values_only=True)
        tabs[tab.title] = [dict(zip(header, row, strict=True)) for row in rows]
    reached = walk.reached(lot)
    assert {row["Lot"] for row in tabs["Affected lots"]} == reached
    assert {row["Unexplained"] for row in tabs["Affected lots"]} == {0}
    shipped = walk.shipped(reached)
    assert {(row["Customer"], row["Lot"], row["Reference"]) for row in tabs["Shipments"]} == shipped.keys()
    customers = tabs["Customers to call"]
    assert {row["Customer"] for row in customers} == {partner for partner, _, _ in shipped}
    assert all(row["Phone"].startswith("+1") and row["City"] for row in customers)
    assert sum(row["Quantity"] for row in customers) == sum(shipped.values()) / 10_000
    whole = {row["Line"]: row["Whole trace"] for row in tabs["Mass balance"]}
    assert whole["In"] == walk.sums[lot]["in"] / 10_000
    assert whole["Unexplained"] == 0
    assert sum(value or 0 for name, value in whole.items() if name != "In") == pytest.approx(whole["In"])


def test_the_pages_say_the_same(written: tuple[Path, Written], lot: str) -> None:
    html = (written[0] / "summary.html").read_text()
    assert f"Recall of lot {lot}" in html
    assert "100.0 %" in html
    assert "script" not in html
    for name, _ in FILES:
        assert f'href="{name}"' in html
    for customer in ("Fresh Mart DC", "+1 916 555 0176"):
        assert customer in html
    pdf = (written[0] / "summary.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", pdf)) in {1, 2}


def test_the_json_files_are_the_records(
    month_books: Store, written: tuple[Path, Written], walk: Walk, lot: str
) -> None:
    folder, _ = written
    with month_books.begin(write=False) as session:
        assert json.loads((folder / "recall.json").read_text()) == recall(session, lot, OPENED)
    entries = json.loads((folder / "entries.json").read_text())
    concerned = walk.reached(lot) | walk.origins(lot)
    assert [e["number"] for e in entries] == [e.number for e in walk.entries if concerned & set(e.transaction.lots)]
    epcis = json.loads((folder / "epcis.json").read_text())
    assert len(epcis["epcisBody"]["eventList"]) > len(concerned)


def test_the_picture_shows_every_lot_once_and_no_boxes_overlap(session: Session, walk: Walk, lot: str) -> None:
    picture = genealogy(session, lot)
    root = ET.fromstring(svg(picture))  # noqa: S314  # we wrote it
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    for code in walk.reached(lot):
        assert texts.count(code) == 1
    assert picture.left_out == 0
    for place, one in enumerate(picture.nodes):
        assert one.width / 2 <= one.x <= picture.width - one.width / 2
        for other in picture.nodes[place + 1 :]:
            apart = abs(one.x - other.x) >= (one.width + other.width) / 2
            assert apart or abs(one.y - other.y) >= (one.height + other.height) / 2 - 0.01


def test_a_picture_of_more_than_it_can_hold_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = plant(Store(f"sqlite:///{tmp_path / 'wide.db'}"))
    post(store, receive("A", 100), consume("A", 40), *(produce(f"H{number}", 10) for number in range(12)))
    assert MOST_LOTS > 500
    monkeypatch.setattr("store.records.layout.MOST_LOTS", 10)
    with store.begin(write=False) as session:
        picture = genealogy(session, "A")
    assert (picture.lots, picture.left_out) == (10, 3)
    assert "3 more lots are not drawn" in svg(picture)
    store.close()


def test_names_that_look_like_markup_or_formulas_stay_text(tmp_path: Path) -> None:
    store = plant(Store(f"sqlite:///{tmp_path / 'odd.db'}"))
    odd = '=1+1 <b>&"'
    post(store, receive(odd, 100, reference="PO <7>"), consume(odd, 40), produce("H1", 10), ship("H1", 3, "LINE"))
    write_folder(store, odd, tmp_path / "odd", NOON, as_json=as_json, clock=lambda: NOON)
    assert "<b>" not in (tmp_path / "odd" / "summary.html").read_text()
    ET.parse(tmp_path / "odd" / "genealogy.svg")  # noqa: S314  # we wrote it
    cell = openpyxl.load_workbook(tmp_path / "odd" / "affected-lots.xlsx")["Affected lots"]["A2"]
    assert (cell.value, cell.data_type) == (odd, "s")
    store.close()


def test_the_records_are_of_what_went_into_every_recalled_lot(tmp_path: Path) -> None:
    store = plant(Store(f"sqlite:///{tmp_path / 'both.db'}"))
    post(store, receive("A", 100), receive("B", 50), consume("A", 40), produce("H1", 10))
    post(store, consume("B", 40, order="WO-2"), produce("H2", 10, order="WO-2"))
    write_folder(store, "H1", tmp_path / "out", NOON, as_json=as_json, clock=lambda: NOON, also=["H2"])
    entries = json.loads((tmp_path / "out" / "entries.json").read_text())
    assert {lot for entry in entries for lot in entry["lots"]} == {"A", "B", "H1", "H2"}
    store.close()


def test_the_page_tells_what_is_recalled_with_it_and_how_it_was_run(tmp_path: Path) -> None:
    store = plant(Store(f"sqlite:///{tmp_path / 'kept.db'}"))
    post(store, receive("A", 100), receive("B", 50), consume("A", 40), produce("H1", 10))
    with store.begin() as session:
        report = examine(session, "A", NOON, also=["B"])
        number = recall_log.start(session, report, "quinn", real=True, reason="glass", also=["B"])
        session.commit()
    write_folder(store, "A", tmp_path / "out", NOON, as_json=as_json, clock=lambda: NOON, also=["B"])
    html = (tmp_path / "out" / "summary.html").read_text()
    assert f"recall {number}, begun 2026-11-22 12:00 by Quinn, running: glass" in html
    assert "Recalled with it" in html
    store.run(lambda session: recall_log.finish(session, number, "quinn", NOON + timedelta(minutes=9)))
    write_folder(store, "A", tmp_path / "out", NOON, as_json=as_json, clock=lambda: NOON)
    html = (tmp_path / "out" / "summary.html").read_text()
    assert "finished 2026-11-22 12:09, 100 % found: glass" in html
    assert "Recalled with it" not in html
    store.close()


def test_the_head_of_a_sheet_is_as_high_as_its_longest_name_needs(written: tuple[Path, Written]) -> None:
    tab = openpyxl.load_workbook(written[0] / "affected-lots.xlsx")["Affected lots"]
    letters = {cell.value: get_column_letter(number) for number, cell in enumerate(tab[1], start=1)}
    assert tab.column_dimensions[letters["Made or received"]].width < len("Made or received")
    assert tab.row_dimensions[1].height == 30.0


def test_books_that_do_not_hold_are_told_in_the_folder(tmp_path: Path) -> None:
    file = tmp_path / "spoilt.db"
    store = plant(Store(f"sqlite:///{file}"))
    post(store, receive("A", 100))
    with sqlite3.connect(file) as raw:
        raw.execute("UPDATE balance SET quantity = 40000 WHERE lot = 'A' AND place = 'DOCK'")
    raw.close()
    told = write_folder(store, "A", tmp_path / "out", NOON, as_json=as_json, clock=lambda: NOON)
    assert told.difference is not None
    assert "does not hold" in (tmp_path / "out" / "verification.txt").read_text()
    assert "does not hold" in (tmp_path / "out" / "summary.html").read_text()
    assert told.report.itself.account.percent == 4.0
    store.close()


def test_an_unknown_lot_writes_nothing(month_books: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownLot):
        write_folder(month_books, "NOPE", tmp_path / "none", OPENED, as_json=as_json, clock=lambda: OPENED)
    assert not (tmp_path / "none").exists()
