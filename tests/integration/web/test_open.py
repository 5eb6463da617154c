"""The page of what waits for somebody: warnings by how they stand, taken care of or put aside by a button."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from assistant.assistant import Assistant
from assistant.channels.web import create_app
from assistant.delivery import courier
from assistant.supervision import warnings
from store.desk.warnings import Warning as Raised
from tests.support.floor_day import Clock
from tests.support.webpage import Browser, Element

FIRST = "CB1114"
"""The lot that the first sweep warns of: it expires in two days."""


@pytest.fixture
def swept(assistant: Assistant) -> Assistant:
    """The demo plant after the timed rules looked at it."""
    courier.tick(assistant)
    return assistant


def raised(assistant: Assistant, number: int = 1) -> Raised:
    found = assistant.store.run(lambda s: s.warnings.get(number), write=False)
    assert found is not None
    return found


def card(page: Element, number: int = 1) -> Element:
    return page.one("li", id=f"warning-{number}")


def press(browser: Browser, button: str, number: object = 1, person: str = "priya", **fields: str) -> Element:
    """What a click on a warning's button sends, and the page that follows."""
    form = {"token": browser.get("/open").one("input", name="token")["value"], "person": person, button: str(number)}
    return browser.post("/open/warning", form | fields)


def section(page: Element, title: str) -> list[str]:
    """The ids of the cards under a heading."""
    found = [s for s in page.all("section") if s.one("h2").text.startswith(title)]
    return [li["id"] for s in found for li in s.all("li", of="card") if "id" in li.attributes]


def test_a_warning_shows_its_owner_its_next_step_and_when_it_was_seen(browser: Browser, swept: Assistant) -> None:
    clock = swept.now
    assert isinstance(clock, Clock)
    clock.now += timedelta(minutes=30)
    courier.tick(swept)
    text = card(browser.get("/open")).text
    assert FIRST in text
    assert "Owner: Supervisor" in text
    assert "Next: Use or ship it first." in text
    assert "Seen first 09:00, last 09:30, twice" in text


def test_who_takes_care_of_a_warning_is_kept_and_shown(browser: Browser, swept: Assistant) -> None:
    page = press(browser, "take")
    assert raised(swept).acknowledged_by == "priya"
    assert page.one("p", of="notice").text == "Warning 1 is in your care since 09:00."
    assert "warning-1" in section(page, "In somebody’s care")
    assert "warning-1" not in section(page, "Warnings")
    assert "Priya Nair takes care of it" in card(page).text


def test_a_second_click_is_answered_kindly_and_changes_nothing(browser: Browser, swept: Assistant) -> None:
    press(browser, "take")
    before = raised(swept)
    page = press(browser, "take", person="walt")
    assert browser.response.status_code == 200
    assert page.one("p", of="notice").text == "Warning 1 is in Priya Nair’s care since 09:00."
    assert press(browser, "rest", person="walt").one("p", of="notice").text.startswith("Warning 1 is in Priya Nair’s")
    assert raised(swept) == before


def test_a_warning_that_was_over_meanwhile_says_so(browser: Browser, swept: Assistant) -> None:
    swept.store.run(lambda s: s.warnings.close(1, swept.now()))
    page = press(browser, "take")
    assert "Warning 1 is over since 09:00" in page.one("p", of="notice").text
    assert section(page, "Over today") == ["warning-1"]
    assert raised(swept).acknowledged_by is None


def test_a_warning_put_aside_comes_back_and_is_told_once_more(browser: Browser, swept: Assistant) -> None:
    clock = swept.now
    assert isinstance(clock, Clock)
    page = press(browser, "rest")
    assert page.one("p", of="notice").text == "Warning 1 is put aside by you until 13:00."
    assert section(page, "Put aside") == ["warning-1"]

    def told() -> list[str]:
        queued = swept.store.run(lambda s: s.outbox.all(), write=False)
        return [m.key for m in queued if m.key.startswith("warning:1:")]

    clock.now += warnings.RESTS - timedelta(minutes=5)
    courier.tick(swept)
    assert told() == []
    clock.now += timedelta(minutes=10)
    for _ in range(2):
        courier.tick(swept)
    assert [key.split(":")[2] for key in told()] == ["again", "escalated"]
    assert "warning-1" in section(browser.get("/open"), "Warnings")


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"token": "forged"}, 403, "too old"),
        ({"token": ""}, 403, "too old"),
        ({"person": "nobody"}, 400, "not on the plant's list"),
        ({"person": ""}, 400, "not on the plant's list"),
        ({"take": "99"}, 404, "There is no warning 99."),
        ({"take": "1; drop table warning"}, 404, "There is no warning 1; drop table warnin."),
        ({"take": "9" * 40}, 404, "There is no warning"),
        ({"take": ""}, 404, "Say which warning."),
    ],
)
def test_what_no_page_of_ours_sends_changes_nothing(
    browser: Browser, swept: Assistant, fields: dict[str, str], status: int, said: str
) -> None:
    before = raised(swept)
    page = press(browser, "take", **fields)
    assert browser.response.status_code == status
    assert said in page.text
    assert raised(swept) == before


def test_another_site_cannot_press_the_button(browser: Browser, swept: Assistant, app: Flask) -> None:
    form = {"token": browser.get("/open").one("input", name="token")["value"], "person": "priya", "take": "1"}
    foreign = browser.client.post("/open/warning", data=form, headers={"Origin": "http://evil.example"})
    assert foreign.status_code == 403
    assert app.test_client().post("/open/warning", data=form).status_code == 403
    assert raised(swept).acknowledged_by is None


def test_the_digests_of_todays_shifts_stand_on_the_page(browser: Browser, swept: Assistant) -> None:
    assert "No shift has ended today." in browser.get("/open").text
    courier.close_shift(swept)
    (digest,) = browser.get("/open").all("details", of="digest")
    assert digest.one("summary").text.startswith("09:00 · This shift: 0 entries, 0 open requests,")
    assert FIRST in digest.text


def test_the_page_is_not_there_where_the_console_is_closed(plant: Callable[..., Assistant]) -> None:
    client = create_app(plant(console=False)).test_client()
    assert [client.get("/open").status_code, client.post("/open/warning").status_code] == [404, 404]
