"""The FSMA 204 sheet of a made-up month: field by field, sortable, and honest about what is missing."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from store.model import Kind, Partner
from store.records.fsma204 import Wanted, tabs_of, write_sheet
from store.records.fsma_elements import ELEMENTS
from store.session import Session, Store
from store.units import SCALE
from tests.support import month
from tests.support.books import plant, post, receive, ship
from tests.support.walk import Walk

NOW = datetime(2026, 11, 30, 9, tzinfo=month.ZONE)
PARTS = ("phone", "street", "city", "state", "zip", "country")
Row = dict[str, Any]


@pytest.fixture(scope="module")
def file(month_books: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fsma") / "fsma204.xlsx"
    with month_books.begin(write=False) as session:
        write_sheet(session, path, Wanted(), NOW)
    return path


@pytest.fixture(scope="module")
def tabs(file: Path) -> dict[str, list[Row]]:
    """Every tab as a reader of the file sees it."""
    book = openpyxl.load_workbook(file)
    found = {}
    for tab in book:
        header, *rows = tab.iter_rows(values_only=True)
        found[tab.title] = [dict(zip(map(str, header), row, strict=True)) for row in rows]
        assert not tab.merged_cells.ranges
        assert tab.freeze_panes == "A2"
    return found


def test_receiving_and_shipping_are_the_entries_field_by_field(
    session: Session, walk: Walk, tabs: dict[str, list[Row]]
) -> None:
    catalog = session.catalog
    for kind, tab, day, other, own in [
        (Kind.RECEIVE, "Receiving", "Date received", "Previous source", "Receiving location"),
        (Kind.SHIP, "Shipping", "Date shipped", "Recipient", "Shipped from"),
    ]:
        expected = {f"E{e.number}": e for e in walk.standing if e.transaction.kind == kind and e.transaction.postings}
        by_day = sorted(expected, key=lambda event: expected[event].transaction.happened.date())
        assert [row["Event id"] for row in tabs[tab]] == by_day
        for row in tabs[tab]:
            told = expected[row["Event id"]].transaction
            lot = session.lots.get(told.lots[0])
            assert lot is not None
            product, partner = catalog.products[lot.product], catalog.partners[told.partner or ""]
            assert row["Traceability lot code"] == lot.code
            assert row["Quantity"] == abs(told.postings[0].quantity) / SCALE
            assert (row["Unit"], row["Product description"], row["GTIN"]) == (
                product.base_unit, product.name, product.gtin,
            )  # fmt: skip
            assert row[day].date() == told.happened.date()
            assert row[f"{other} name"] == partner.name
            assert {part: row[f"{other} {part}"] for part in PARTS} == {part: partner.contact[part] for part in PARTS}
            assert (row[f"{own} name"], row[f"{own} city"]) == ("Harbor Deli Foods", "Richmond")
            source = ("Harbor Deli Foods", "0850012302001") if lot.work_order else (None, None)
            assert (row["TLC source name"], row["TLC source reference"]) == source
            assert row["Traceability list"] == ("yes" if product.traceability_list else "no")
            kinds = {"PO": "Purchase order", "BOL": "Bill of lading"}
            if told.reference:
                begin, number = told.reference.split()
                assert (row["Reference document type"], row["Reference document number"]) == (kinds[begin], number)


def test_transformation_tells_every_input_and_output_of_a_run(walk: Walk, tabs: dict[str, list[Row]]) -> None:
    runs: dict[str, dict[str, dict[str, Decimal]]] = defaultdict(lambda: {"input": {}, "output": {}})
    for row in tabs["Transformation"]:
        runs[row["Event id"]][row["Role"]][row["Traceability lot code"]] = Decimal(str(row["Quantity"])) * SCALE
        assert (row["Reference document type"], row["Reference document number"]) == ("Work order", row["Event id"])
        assert row["Transformed at name"] == "Harbor Deli Foods"
    made = {order: lots for order, lots in walk.outputs.items() if lots}
    assert made.keys() <= runs.keys()
    for order, lots in made.items():
        assert runs[order]["input"] == {lot: q for lot, q in walk.inputs[order].items() if q > 0}
        assert runs[order]["output"].keys() == lots
    before = {e.transaction.work_order for e in walk.standing if e.transaction.kind == Kind.PRODUCE} - made.keys()
    assert runs.keys() == made.keys() | before


def test_the_sheet_sorts_by_real_dates_in_one_unit_column(tabs: dict[str, list[Row]]) -> None:
    for tab, column in [
        ("Receiving", "Date received"), ("Shipping", "Date shipped"), ("Transformation", "Date completed"),
    ]:  # fmt: skip
        assert all(isinstance(row[column], datetime) for row in tabs[tab])
        assert [row[column] for row in tabs[tab]] == sorted(row[column] for row in tabs[tab])
        assert tabs[tab][0][column].date() <= month.FIRST
        assert all(isinstance(row["Quantity"], int | float) for row in tabs[tab])
        assert {row["Unit"] for row in tabs[tab]} <= {"lb", "gal", "ea"}
        assert sum("unit" in name.lower() for name in tabs[tab][0]) == 1


def test_every_key_data_element_is_filled_or_named_missing(tabs: dict[str, list[Row]]) -> None:
    table = tabs["Key data elements"]
    assert [(row["Tab"], row["Key data element"]) for row in table] == [
        (tab, element.name) for tab, elements in ELEMENTS.items() for element in elements
    ]
    missing = tabs["Missing"]
    for row, element in zip(table, [e for elements in ELEMENTS.values() for e in elements], strict=True):
        empty = [
            told for told in tabs[row["Tab"]]
            if element.concerns(told) and any(told[c] in {None, ""} for c in element.columns)
            and not (element.any_of and any(told[c] for c in element.columns))
        ]  # fmt: skip
        assert (row["Rows"] - row["Filled"], row["Missing"]) == (len(empty), len(empty))
        named = {
            (gap["Event id"], gap["Traceability lot code"])
            for gap in missing
            if (gap["Tab"], gap["Key data element"]) == (row["Tab"], element.name)
        }
        assert named == {(told["Event id"], told["Traceability lot code"]) for told in empty}
    assert {row["Key data element"] for row in table if row["Missing"]} == {"TLC source or reference"}


def test_what_master_data_lack_is_named_with_where_it_belongs(tmp_path: Path) -> None:
    store = plant(Store(f"sqlite:///{tmp_path / 'bare.db'}"))
    with store.begin() as session:
        session.master.put_partners([Partner("SUP", "Supplier", "supplier", contact={"phone": "1"})])
        session.commit()
    post(store, receive("A", 10, reference="7788"), ship("A", 4))
    with store.begin(write=False) as session:
        tabs = {tab.title: tab.rows for tab in tabs_of(session, Wanted(), NOW)}
    gaps = {(row["Tab"], row["Column"]): row["Belongs in"] for row in tabs["Missing"]}
    assert gaps["Receiving", "Previous source street"] == "partners.csv, the supplier's street (Supplier)"
    assert ("Receiving", "Previous source phone") not in gaps
    assert gaps["Receiving", "Receiving location street"] == "site.csv, street (Test plant)"
    assert "say the document's kind" in str(gaps["Receiving", "Reference document type"])
    assert "say the document" in str(gaps["Shipping", "Reference document number"])
    (received,) = tabs["Receiving"]
    assert received["Reference document number"] == "7788"
    assert received["Previous source street"] is None
    store.close()


def test_a_range_of_days_has_the_events_of_those_days(session: Session, walk: Walk) -> None:
    first, last = month.FIRST + timedelta(days=2), month.FIRST + timedelta(days=4)
    tabs = {tab.title: tab.rows for tab in tabs_of(session, Wanted(since=first, until=last), NOW)}
    for kind, tab in [(Kind.RECEIVE, "Receiving"), (Kind.SHIP, "Shipping")]:
        expected = [
            f"E{e.number}" for e in walk.standing
            if e.transaction.kind == kind and first <= e.transaction.happened.date() <= last
        ]  # fmt: skip
        assert expected
        assert [row["Event id"] for row in tabs[tab]] == expected
    days = {row["Date completed"] for row in tabs["Transformation"]}
    assert days == {first, date(2026, 11, 4), last}


def test_lots_have_their_own_events_and_only_listed_foods_can_be_asked_for(session: Session, walk: Walk) -> None:
    lot = next(lot for lots in walk.inputs.values() for lot in lots if lot.startswith("TOM-0"))
    chosen = sorted(walk.reached(lot))
    tabs = {tab.title: tab.rows for tab in tabs_of(session, Wanted(lots=chosen), NOW)}
    assert [row["Traceability lot code"] for row in tabs["Receiving"]] == [lot]
    outputs = {row["Traceability lot code"] for row in tabs["Transformation"] if row["Role"] == "output"}
    assert set(chosen) - {lot} <= outputs
    listed = {tab.title: tab.rows for tab in tabs_of(session, Wanted(listed_only=True), NOW)}
    for tab in ("Receiving", "Transformation", "Shipping"):
        skus = {session.catalog.products[str(row["SKU"])].traceability_list for row in listed[tab]}
        assert skus == {True}
