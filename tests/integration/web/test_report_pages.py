"""The pages of the reports: a sentence, a chart whose bars are as long as their figures, a table, and files."""

import io

import openpyxl
import pytest

from assistant.channels.web.pages.genealogy import bars
from assistant.supervision.figures import Bar, Chart, Group
from assistant.supervision.performance import REPORTS
from tests.support.webpage import Browser, read


@pytest.fixture
def day(browser: Browser) -> Browser:
    browser.get("/")
    browser.say("scrapped 3 cases romaine RM1107 from cooler 1 bay 1, damaged")
    browser.say("counted 30 cases RM1111 in cooler 1 bay 2")
    browser.say("used 5 cs RM1107 from C1-01 on 4474")
    browser.say("made 30 cs caesar kits K1122 on 4474 into cooler 2 bay 1")
    return browser


@pytest.mark.parametrize("name", [*REPORTS])
def test_a_report_is_a_sentence_a_chart_a_table_and_files(day: Browser, name: str) -> None:
    page = day.get(f"/reports/{name}")
    told = day.client.get(f"/reports/{name}.json").get_json()
    assert page.one("p", of="lede").text == told["sentence"]
    assert len(page.one("table").all("tr")) == len(told["rows"]) + 1
    drawn = page.one("figure").all("svg", of="bar")
    assert drawn
    assert len(drawn) == len(page.one("figure").all("span", of="value"))
    assert not any("style" in one.attributes for one in page.everything())
    book = openpyxl.load_workbook(io.BytesIO(day.client.get(f"/reports/{name}.xlsx").data))
    assert len([*book.worksheets[0].rows]) == len(told["rows"]) + 1
    listed = day.get("/reports")
    assert told["sentence"] in listed.text
    assert f"/reports/{name}" in {link["href"] for link in listed.all("a")}


def test_a_report_is_of_the_days_and_groups_that_were_chosen(day: Browser) -> None:
    page = day.get("/reports/shrink?since=2026-11-20&until=2026-11-22&by=lot")
    rows = day.client.get("/reports/shrink.json?since=2026-11-20&until=2026-11-22&by=lot").get_json()["rows"]
    assert {row["lot"] for row in rows} >= {"RM1111", "K1122"}
    assert "RM1107" not in {row["lot"] for row in rows}
    assert page.one("select", id="by").one("option", selected="").text == "lot"
    assert (page.one("input", id="since")["value"], page.one("input", id="until")["value"]) == (
        "2026-11-20",
        "2026-11-22",
    )
    (link,) = {a["href"] for a in page.all("a") if a.text == "XLSX"}
    assert link == "/reports/shrink.xlsx?since=2026-11-20&until=2026-11-22&by=lot"
    everything = day.client.get("/reports/shrink.json?since=&until=&by=lot").get_json()
    assert everything["since"] is None
    assert "CP26A" in {row["lot"] for row in everything["rows"]}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/reports/profits", 404),
        ("/reports/shrink?by=weather", 404),
        ("/reports/shrink?since=yesterday", 400),
        ("/reports/shrink.xlsx?until=2026-13-01", 400),
    ],
)
def test_what_there_is_no_report_of_is_told(browser: Browser, path: str, status: int) -> None:
    browser.get(path)
    assert browser.response.status_code == status


def test_bars_share_one_axis_with_one_zero() -> None:
    chart = Chart(
        "x", (Group("a", (Bar(30.0, "30", "past"),)), Group("b", (Bar(-10.0, "-10"),)), Group("c", (Bar(None, "-"),)))
    )
    drawn = [[read(str(bar)).all("rect") for bar in group] for group in bars(chart)]
    (long, zero), (short, _), (only,) = (group[0] for group in drawn)
    assert (float(long["x"]), float(long["width"]), long["class"]) == (25.0, 75.0, "past")
    assert (float(short["x"]), float(short["width"]), short["class"]) == (0.0, 25.0, "ok")
    assert zero["class"] == only["class"] == "zero"


def test_an_axis_reaches_as_far_as_it_should() -> None:
    chart = Chart("x", (Group("a", (Bar(50.0, "50 %"),)),), most=100.0)
    assert float(read(str(bars(chart)[0][0])).all("rect")[0]["width"]) == 50.0
    nothing = Chart("x", (Group("a", (Bar(0.0, "0"),)),))
    assert float(read(str(bars(nothing)[0][0])).all("rect")[0]["width"]) == 0.0
