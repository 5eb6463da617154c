"""The console under the fingers: keyboard first, on a phone, without scripts, and while the server is away."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Plant, served, watched

MOVE = "moved 12 cs romaine RM1107 from C1-01 to line 2"


def say(page: Page, text: str) -> None:
    """Types a message, sends it with Enter and waits for its turn."""
    turns = page.locator(".turn").count()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(turns + 1)


def test_a_report_is_typed_and_sent_without_touching_the_mouse(page: Page, plant: Plant) -> None:
    expect(page.locator("#text")).to_be_focused()
    page.evaluate("window.stayed = true")
    say(page, MOVE)
    assert page.evaluate("window.stayed") is True
    expect(page.locator(".turn .words")).to_contain_text("Moved 12 cases of romaine RM1107")
    expect(page.locator(".beside .card.posted")).to_contain_text("Cooler 1 bay 1 → Line 2")
    expect(page.locator(".beside .stock")).to_contain_text("12 cases")
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator("#empty")).to_have_count(0)
    assert plant.posted() == [MOVE]
    say(page, "where is RM1107")
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)


def test_a_double_click_posts_once(page: Page, plant: Plant) -> None:
    page.fill("#text", MOVE)
    page.locator("#say button").dblclick()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator("#say")).not_to_have_attribute("aria-busy", "true")
    assert plant.posted() == [MOVE]


def test_choices_are_chosen_by_their_digit(page: Page, plant: Plant) -> None:
    say(page, "scrapped 2 cases of romaine, spill")
    first, second = page.locator(".choices button").all()[:2]
    page.keyboard.type("2")
    expect(second).to_have_class(re.compile("picked"))
    expect(first).not_to_have_class(re.compile("picked"))
    page.keyboard.type("4")
    expect(page.locator(".choices .picked")).to_have_count(0)
    page.keyboard.press("Backspace")
    lot = (second.get_attribute("value") or "").split()[0]
    page.keyboard.press("Enter")
    expect(page.locator(".choices")).to_have_count(0)
    expect(page.locator(".card.posted")).to_contain_text(lot)
    assert len(plant.posted()) == 1


def test_choices_are_chosen_at_once_with_alt(page: Page, plant: Plant) -> None:
    say(page, "scrapped 2 cases of romaine, spill")
    lot = (page.locator(".choices button").first.get_attribute("value") or "").split()[0]
    page.keyboard.press("Alt+1")
    expect(page.locator(".card.posted")).to_contain_text(lot)
    assert len(plant.posted()) == 1


def test_a_digit_is_no_choice_where_a_number_is_an_answer(chromium: Browser, web_books: Path, tmp_path: Path) -> None:
    with served(web_books, tmp_path, confirm="always") as plant, watched(chromium) as page:
        page.goto(plant.address)
        say(page, MOVE)
        expect(page.locator(".choices button").first).to_have_text(re.compile("yes"))
        page.keyboard.type("1")
        expect(page.locator(".choices .picked")).to_have_count(0)
        page.keyboard.press("Enter")
        expect(page.locator(".turn .words").last).to_contain_text("1 case of romaine")
        assert plant.posted() == []


def test_escape_clears_and_up_recalls(page: Page) -> None:
    say(page, "where is RM1107")
    say(page, "where is RM1111")
    field = page.locator("#text")
    page.keyboard.press("ArrowUp")
    expect(field).to_have_value("where is RM1111")
    page.keyboard.press("ArrowUp")
    expect(field).to_have_value("where is RM1107")
    page.keyboard.press("ArrowUp")
    expect(field).to_have_value("where is RM1107")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_value("where is RM1111")
    page.keyboard.press("Escape")
    expect(field).to_have_value("")


def test_typing_anywhere_goes_into_the_field(page: Page) -> None:
    page.locator("#text").blur()
    page.keyboard.type("undo")
    expect(page.locator("#text")).to_have_value("undo")


def test_choosing_who_speaks_opens_their_conversation(page: Page) -> None:
    say(page, "where is RM1107")
    page.select_option("#person", "priya")
    expect(page.locator(".role")).to_have_text("Supervisor")
    expect(page.locator(".turn")).to_have_count(0)


def test_an_example_goes_into_the_field_and_is_not_sent(page: Page, plant: Plant) -> None:
    example = page.locator(".examples a").first
    words = example.inner_text()
    example.click()
    expect(page.locator("#text")).to_have_value(words)
    expect(page.locator("#text")).to_be_focused()
    assert plant.posted() == []


def test_what_was_typed_survives_a_server_that_is_away(page: Page, plant: Plant) -> None:
    plant.stop()
    page.keyboard.type(MOVE)
    page.keyboard.press("Enter")
    expect(page.locator("#problem")).to_contain_text("cannot be reached")
    expect(page.locator("#text")).to_have_value(MOVE)
    plant.serve()
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator("#problem")).to_be_hidden()
    assert plant.posted() == [MOVE]


def test_a_refusal_is_told_in_place(page: Page, plant: Plant) -> None:
    page.context.clear_cookies()
    page.keyboard.type(MOVE)
    page.keyboard.press("Enter")
    expect(page.locator("#problem")).to_contain_text("too old")
    expect(page.locator("#text")).to_have_value(MOVE)
    assert plant.posted() == []


def test_hostile_words_stay_words(page: Page) -> None:
    page.evaluate("void (window.alert = () => { window.hacked = true })")
    say(page, "<img src=x onerror=alert(1)><script>alert(1)</script>")
    expect(page.locator(".said")).to_contain_text("<script>alert(1)</script>")
    expect(page.locator(".turn img, .turn script, .beside img")).to_have_count(0)
    assert page.evaluate("window.hacked") is None


def test_the_newest_turn_is_in_sight(page: Page) -> None:
    for _ in range(6):
        say(page, "what expires this week")
        say(page, "where is RM1107")
    expect(page.locator(".turn").last.locator(".words")).to_be_in_viewport(ratio=1)
    page.reload()
    expect(page.locator(".turn").last.locator(".words")).to_be_in_viewport(ratio=1)


def test_without_scripts_the_forms_do_it(chromium: Browser, plant: Plant) -> None:
    with watched(chromium, javascript=False) as page:
        page.goto(plant.address)
        page.select_option("#person", "maria")
        page.click("text=Change")
        page.fill("#text", "scrapped 2 cases of romaine, spill")
        page.press("#text", "Enter")
        expect(page.locator(".turn")).to_have_class(re.compile("asked"))
        page.locator(".choices button").first.click()
        expect(page.locator(".turn")).to_have_count(2)
        expect(page.locator(".card.posted")).to_contain_text("Maria Lopez")
        page.reload()
        expect(page.locator(".turn")).to_have_count(2)
    assert len(plant.posted()) == 1


PATHS = ["/", "/stock", "/lots/RM1107", "/orders", "/entries", "/open", "/help", "/nowhere"]
TARGETS = "button, .button, select, input:not([type=hidden]), nav a, summary, .examples a"
SMALL = """targets => [...document.querySelectorAll(targets)]
    .filter(e => e.getClientRects().length)
    .map(e => e.type === 'checkbox' ? e.closest('label') : e)
    .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height])
    .filter(([, height]) => height < 44)"""


def test_a_phone_shows_every_page_whole_and_with_large_targets(chromium: Browser, plant: Plant) -> None:
    with watched(chromium, phone=True) as page:
        page.goto(plant.address)
        for text in (MOVE, "used 1 case CB1109 on 4475", "adjust TH0822 to 19 buckets", "spill"):
            say(page, text)
        for path in PATHS:
            page.goto(plant.address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
            assert page.evaluate(SMALL, TARGETS) == [], path
            expect(page.locator("main")).to_be_visible()
