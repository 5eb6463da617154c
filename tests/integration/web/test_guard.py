"""What the web server refuses, survives and never says: foreign sites, hostile words, its own faults, lost books."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Blueprint, Flask

from assistant.assistant import Assistant
from assistant.channels.web import create_app
from tests.support.webpage import MOVE, Browser, cards, posted, read

PAGES = ["/", "/stock", "/lots/RM1107", "/lots/K1122", "/orders", "/entries", "/open", "/help", "/no-such-page"]
HOSTILE = "<script>alert('x')</script><img src=x onerror=\"alert(1)\">&amp; {{ 7*7 }}"


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({"token": ""}, {}),
        ({"token": "0" * 64}, {}),
        ({"token": "ü"}, {}),
        ({}, {"Sec-Fetch-Site": "cross-site"}),
        ({}, {"Sec-Fetch-Site": "same-site"}),
        ({}, {"Origin": "https://elsewhere.example"}),
        ({}, {"Origin": "null"}),
    ],
)
def test_no_other_site_can_speak_through_the_browser(
    browser: Browser, assistant: Assistant, fields: dict[str, str], headers: dict[str, str]
) -> None:
    form = browser.get("/").one("form", id="say").fields() | {"text": MOVE} | fields
    page = browser.post("/say", form, headers)
    assert browser.response.status_code == 403
    assert "nothing was done" in page.one("h1").text
    assert page.one("input", id="say")["value"] == MOVE
    assert not posted(assistant)


def test_our_own_pages_may_speak(browser: Browser, assistant: Assistant) -> None:
    form = browser.get("/").one("form", id="say").fields() | {"text": MOVE}
    browser.post("/say", form, {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"})
    assert len(posted(assistant)) == 1


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8600", 200),
        ("[::1]:8600", 200),
        ("192.168.1.20", 200),
        ("packing-pc:8600", 200),
        ("packing-pc.local", 200),
        ("floor.plant.example", 200),
        ("rebound.example", 403),
        ("127.0.0.1.rebound.example", 403),
    ],
)
@pytest.mark.parametrize("path", ["/", "/stock"])
def test_a_foreign_name_for_this_machine_is_refused(assistant: Assistant, host: str, status: int, path: str) -> None:
    client = create_app(assistant, hosts=["floor.plant.example"]).test_client()
    assert client.get(path, headers={"Host": host}).status_code == status


@pytest.mark.parametrize("path", PAGES)
def test_every_page_forbids_what_it_does_not_need(browser: Browser, path: str) -> None:
    browser.get("/")
    browser.say("made 30 cs caesar kits K1122 on 4474 into cooler 2 bay 1")
    page = browser.get(path)
    headers = browser.response.headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    for element in page.everything():
        assert not [name for name in element.attributes if name == "style" or name.startswith("on")]
        assert element.tag != "style"
        assert element.tag != "script" or "src" in element.attributes
    assert len(page.all("h1")) == 1


def test_cookies_cannot_be_read_by_scripts_or_sent_by_other_sites(app: Flask) -> None:
    cookies = app.test_client().get("/").headers.getlist("Set-Cookie")
    assert cookies
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


@pytest.mark.parametrize(
    "text", [HOSTILE, "\x00\x07 moved \x1b[31m", "\u202egnihton", "']\"}); DROP TABLE entry; --", "🦃" * 50]
)
def test_hostile_words_are_shown_as_words(browser: Browser, text: str) -> None:
    page = browser.say(text)
    assert browser.response.status_code == 200
    assert not page.one("ol", id="log").all("script")
    assert not page.one("ol", id="log").all("img")
    shown = page.one("p", of="said").text.removeprefix("You said: ")
    assert shown == " ".join(text.replace("\x00", " ").replace("\x07", " ").replace("\x1b", " ").split())
    draft = browser.get("/", query_string={"say": text}).one("input", id="text")["value"]
    assert draft == text
    assert len(browser.page.all("script")) == 1
    assert browser.get(
        f"/lots/{text[:30].replace('/', '')}",
    ).all("h1")
    assert not browser.page.all("script")


def test_ten_thousand_characters_get_one_sentence(browser: Browser, assistant: Assistant) -> None:
    page = browser.say("moved 12 cs RM1107 " * 527)
    assert browser.response.status_code == 200
    assert "too long" in page.one("p", of="words").text
    assert len(page.one("p", of="said").text) < 700
    assert not posted(assistant)


def test_a_million_characters_get_one_sentence(browser: Browser) -> None:
    page = browser.say("x" * 1_000_000)
    assert browser.response.status_code == 413
    assert page.one("h1").text == "That is far too long for one message; send it in parts."


@pytest.mark.parametrize("text", ["", "   ", "\x00"])
def test_nothing_to_send_is_said_so(browser: Browser, text: str) -> None:
    browser.get("/")
    assert browser.say(text).one("h1").text == "There was nothing to send; type what happened first."
    assert browser.response.status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status", "sentence"),
    [
        ("GET", "/no-such-page", 404, "There is no such page."),
        ("GET", "/lots/NOSUCH1", 404, "This plant has no lot NOSUCH1."),
        ("GET", "/stock?product=NOSUCH", 404, "The plant has no such product or place."),
        ("GET", "/stock?at=NOSUCH", 404, "The plant has no such product or place."),
        ("GET", "/say", 405, "That page cannot be used this way."),
        ("POST", "/stock", 405, "That page cannot be used this way."),
        ("GET", "/static/../app.py", 404, "There is no such page."),
    ],
)
def test_errors_are_one_sentence(app: Flask, method: str, path: str, status: int, sentence: str) -> None:
    response = app.test_client().open(path, method=method)
    assert response.status_code == status
    assert read(response.text).one("h1").text == sentence
    assert ("Allow" in response.headers) == (status == 405)


def test_our_own_faults_are_one_sentence_and_logged(assistant: Assistant, caplog: pytest.LogCaptureFixture) -> None:
    broken = Blueprint("broken", __name__)
    broken.add_url_rule("/broken", view_func=lambda: str(1 // 0))
    response = create_app(assistant, blueprints=[broken]).test_client().get("/broken")
    assert response.status_code == 500
    assert "Something went wrong on our side" in read(response.text).one("h1").text
    assert "ZeroDivisionError" not in response.text
    assert "ZeroDivisionError" in caplog.text


def test_without_books_every_page_says_so_and_what_was_typed_is_kept(
    browser: Browser, assistant: Assistant, tmp_path: Path
) -> None:
    form = browser.get("/").one("form", id="say").fields() | {"text": MOVE}
    assistant.store.close()
    kept = (tmp_path / "floor.db").rename(tmp_path / "away.db")
    (tmp_path / "floor.db").write_bytes(b"this is no database, it only stands where one should be\n" * 40)
    for path in ("/", "/stock", "/entries", "/open", "/orders", "/lots/RM1107", "/help"):
        assert browser.get(path).all("h1")[0].text.endswith(".")
        assert browser.response.status_code == 503
        assert "Traceback" not in browser.response.text
    health = browser.client.get("/health")
    assert (health.status_code, health.get_json()["status"]) == (503, "down")
    assert "floor_up 0.0" in browser.client.get("/metrics").text
    browser.post("/say", form)
    assert browser.response.status_code == 503
    assistant.store.close()
    kept.replace(tmp_path / "floor.db")
    page = browser.post("/say", form)
    assert cards(page, "posted")
    assert browser.client.get("/health").status_code == 200


def test_where_the_console_is_closed_only_health_and_metrics_answer(plant: Callable[..., Assistant]) -> None:
    client = create_app(plant(console=False)).test_client()
    assert read(client.get("/").text).one("h1").text == "The console is switched off on this server."
    assert [client.get(path).status_code for path in ("/", "/stock", "/lots/RM1107", "/entries")] == [404] * 4
    assert client.post("/say", data={"text": MOVE}).status_code == 404
    assert [client.get(path).status_code for path in ("/health", "/metrics")] == [200, 200]


def test_the_console_is_closed_where_others_can_reach_it(plant: Callable[..., Assistant]) -> None:
    assert create_app(plant(host="0.0.0.0")).test_client().get("/stock").status_code == 404  # noqa: S104
    assert create_app(plant(host="127.0.0.1")).test_client().get("/stock").status_code == 200
