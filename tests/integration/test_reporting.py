"""Reports as people read them: columns with names, a sentence, and a chart that says the same as the rows."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from assistant.exports.files import workbook
from assistant.supervision.figures import MOST_GROUPS, Bar, Figures, Group, chart
from assistant.supervision.performance import REPORTS
from tests.support.floor_day import Floor, demo_books

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    """A day at the demo plant: a run short of input, a scrap, two counts, a hold."""
    folder = tmp_path_factory.mktemp("reporting")
    floor = Floor.copied(demo_books(folder / "demo.db"), folder)
    for person, text in (
        ("deshawn", "scrapped 3 cases romaine RM1107 from cooler 1 bay 1, damaged"),
        ("linh", "counted 30 cases RM1111 in cooler 1 bay 2"),
        ("linh", "counted 11 cases RM1107 in cooler 1 bay 1"),
        ("anna", "hold RM1111"),
        ("maria", "used 200 lb of chickpeas CP26A on 4471"),
        ("maria", "made 300 lb of hummus base lot HB1122 on 4471 into T1 expires 2026-11-25"),
    ):
        reply = floor.hear(person, text)
        if reply.asking == "confirm":
            reply = floor.hear(person, "yes")
        assert reply.entries or reply.requests, (text, reply.say)
    yield floor
    floor.close()


def report(floor: Floor, name: str, **options: str) -> Figures:
    found = floor.assistant.figures(name, None, None, **options)
    assert found is not None
    return found


@pytest.mark.parametrize("name", [*REPORTS])
def test_every_report_has_names_for_what_it_shows(floor: Floor, name: str) -> None:
    found = report(floor, name)
    assert found.rows
    assert found.sentence.endswith(".")
    assert all(column.label != column.name for column in found.columns)
    assert [len(row) for row in found.cells] == [len(found.columns)] * len(found.rows)
    assert {column.name for column in found.columns} == found.rows[0].keys() - {"name"}
    table = found.table()
    assert (table.title, table.rows) == (found.title, tuple(found.cells))
    assert found.as_document()["rows"] == found.rows
    assert all(len(group.bars) == max(1, len(found.chart.series)) for group in found.chart.groups)


@pytest.mark.parametrize("name", ["yields", "shrink", "suppliers", "accuracy"])
def test_a_report_of_days_when_nothing_happened_says_so(floor: Floor, name: str) -> None:
    found = floor.assistant.figures(name, TODAY + timedelta(days=300), None)
    assert found is not None
    assert (found.rows, found.chart.groups) == ([], ())
    assert found.sentence.endswith("in these days.")


@pytest.mark.parametrize("name", [*REPORTS])
def test_days_without_an_end_are_no_days_of_trouble(floor: Floor, name: str) -> None:
    found = floor.assistant.figures(name, date.min, date.max)
    assert found is not None
    assert found.rows == report(floor, name).rows


def test_what_there_is_no_report_of(floor: Floor) -> None:
    assert floor.assistant.figures("profits") is None
    assert floor.assistant.figures("shrink", by="weather") is None
    assert floor.assistant.figures("accuracy", period="century") is None


def test_numbers_stand_as_numbers_and_codes_as_names(floor: Floor) -> None:
    found = report(floor, "shrink", by="lot")
    (row,) = [row for row in found.rows if row["lot"] == "RM1107"]
    shown = dict(zip([c.name for c in found.columns], found.cells[[*found.rows].index(row)], strict=True))
    assert (row["product"], shown["product"], shown["supplier"]) == ("R-ROM", "romaine", "Green Valley Farms")
    assert {c.name for c in found.columns if c.numeric} >= {"in", "scrapped", "shrink_percent"}
    assert not {"lot", "unit", "supplier"} & {c.name for c in found.columns if c.numeric}
    assert found.sentence == f"The most was lost of romaine RM1107 21.43 % (lots: {len(found.rows)})."
    assert [group.label for group in found.chart.groups] == ["romaine RM1107"]


def test_the_chart_of_yields_is_of_all_orders_together(floor: Floor) -> None:
    found = report(floor, "yields")
    rows = [row for row in found.rows if row["input"] == "R-CHP" and row["yield_percent"] is not None]
    expected = sum(Decimal(row["expected_use"]) for row in rows) / sum(Decimal(row["actual_use"]) for row in rows)
    off = float(expected) * rows[0]["expected_yield_percent"] - rows[0]["expected_yield_percent"]
    (group,) = [group for group in found.chart.groups if group.label.endswith("chickpeas")]
    assert group.bars[0].value == pytest.approx(off, abs=0.01)


def test_counts_are_accurate_within_the_plants_own_tolerance(floor: Floor) -> None:
    found = report(floor, "accuracy", period="day")
    assert {row["location"]: row["accuracy_percent"] for row in found.rows} == {"C1-01": 100.0, "C1-02": 100.0}
    (group,) = found.chart.groups
    assert (group.label, group.bars) == ("November 22", (Bar(100.0, "100 % (2/2)", "ok"),))


def test_suppliers_have_a_bar_for_each_measure(floor: Floor) -> None:
    found = report(floor, "suppliers")
    (farms,) = [group for group in found.chart.groups if group.label == "Green Valley Farms"]
    (row,) = [row for row in found.rows if row["supplier"] == "GVF"]
    assert len(found.chart.series) == len(farms.bars) == 3
    assert farms.bars[1].value == pytest.approx(row["held_lots"] * 100 / row["lots"], abs=0.01)
    assert row["held_lots"] >= 1


def test_exposure_counts_each_lot_in_its_step(floor: Floor) -> None:
    found = report(floor, "exposure")
    bars = {group.label: group.bars[0].value for group in found.chart.groups}
    assert sum(value or 0 for value in bars.values()) == len({(row["risk"], row["lot"]) for row in found.rows})
    assert found.chart.groups[0].label == "expired"


def test_a_workbook_has_real_days_and_numbers(floor: Floor) -> None:
    found, target = report(floor, "exposure"), BytesIO()
    workbook(found, target)
    tab = openpyxl.load_workbook(target).active
    assert tab is not None
    head, *rows = tab.iter_rows(values_only=True)
    assert head == tuple(column.label for column in found.columns)
    assert len(rows) == len(found.rows)
    first = dict(zip(head, rows[0], strict=True))
    assert first["Expires"] == datetime(2026, 11, 21)  # noqa: DTZ001 - a cell knows no zone
    assert first["Quantity"] == float(found.rows[0]["quantity"])


def test_a_chart_says_how_much_it_leaves_out() -> None:
    many = [Group(str(number), (Bar(1.0, "1"),)) for number in range(MOST_GROUPS + 3)]
    drawn = chart("many", many)
    assert (len(drawn.groups), drawn.left_out) == (MOST_GROUPS, 3)
