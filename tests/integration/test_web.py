"""The console and its pages, with the real assistant on the demo plant, as a browser without scripts sees them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Blueprint, Flask

from assistant.bootstrap import Assistant, bootstrap
from assistant.channels.web import create_app
from assistant.settings import load
from tests.floor_day import ZONE, Clock, demo_books
from tests.webpage import Browser, Element, read

MOVE = "moved 12 cs romaine RM1107 from C1-01 to line 2"
PAGES = ["/", "/stock", "/lots/RM1107", "/lots/K1122", "/orders", "/entries", "/open", "/help", "/no-such-page"]
HOSTILE = "<script>alert('x')</script><img src=x onerror=\"alert(1)\">&amp; {{ 7*7 }}"


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo plant's books in the morning, to be copied."""
    return demo_books(tmp_path_factory.mktemp("web") / "floor.db")


@pytest.fixture
def plant(books: Path, tmp_path: Path) -> Callable[..., Assistant]:
    """Makes an assistant on a copy of the books, with settings as given."""

    def make(**settings: object) -> Assistant:
        url = f"sqlite:///{shutil.copy(books, tmp_path / 'floor.db')}"
        return bootstrap(load(database_url=url, timezone=ZONE.key, today=None, **settings), now=Clock())

    return make


@pytest.fixture
def assistant(plant: Callable[..., Assistant]) -> Assistant:
    """The demo plant's assistant."""
    return plant(demo=True)


@pytest.fixture
def app(assistant: Assistant) -> Flask:
    """The demo plant's web server."""
    return create_app(assistant)


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser in which DeShawn speaks."""
    browser = Browser(app)
    browser.speak_as("deshawn")
    return browser


def cards(page: Element, kind: str) -> list[str]:
    """The texts of the cards of that kind."""
    return [card.text for card in page.all("li", of=kind) if "card" in card["class"].split()]


def posted(assistant: Assistant) -> list[dict[str, object]]:
    """What was posted through the console."""
    return [entry for entry in assistant.entries() if entry["channel"] == "console"]


def test_what_is_said_is_in_the_books_and_beside_the_conversation(browser: Browser, assistant: Assistant) -> None:
    page = browser.say(MOVE)
    (entry,) = posted(assistant)
    assert (entry["kind"], entry["by"], entry["said"]) == ("move", "deshawn", MOVE)
    assert [line.text for line in page.all("p", of="said")] == [f"You said: {MOVE}"]
    assert page.one("p", of="words").text == "Moved 12 cases of romaine RM1107 from cooler 1 bay 1 to line 2."
    (card,) = cards(page, "posted")
    assert f"no. {entry['number']}" in card
    assert "12 cases RM1107 Cooler 1 bay 1 → Line 2" in card
    assert "DeShawn Price" in card
    rows = [[cell.text for cell in row.all("td")] for row in page.one("table", of="stock").all("tr")[1:]]
    assert rows == [
        ["RM1107 Romaine lettuce", "Cooler 1 bay 1", "2 cases", "Nov 28 6 days left", "OK"],
        ["RM1107", "Line 2", "12 cases", "Nov 28 6 days left", "OK"],
    ]


def test_what_is_blocked_is_told_with_its_rule_and_nothing_is_posted(browser: Browser, assistant: Assistant) -> None:
    page = browser.say("used 1 case CB1109 on 4475")
    assert any("lot-on-hold" in card for card in cards(page, "blocked"))
    assert "on hold" in page.one("p", of="words").text
    assert page.one("li", of="turn")["class"] == "turn blocked"
    assert "On hold" in page.one("table", of="stock").text
    assert not posted(assistant)


def test_a_question_is_answered_by_a_choice_sent_word_for_word(browser: Browser, assistant: Assistant) -> None:
    page = browser.say("scrapped 2 cases of romaine, spill")
    choices = page.one("form", of="choices")
    names = [button["value"] for button in choices.all("button")]
    assert len(names) > 1
    (question,) = cards(page, "question")
    assert "until you give" in question
    page = browser.post("/say", choices.fields() | {"text": names[0]})
    (entry,) = posted(assistant)
    assert (entry["kind"], entry["lots"]) == ("scrap", [names[0].split()[0]])
    assert not page.all("form", of="choices")


def test_an_approval_is_asked_for_shown_with_its_evidence_and_decided_by_another(browser: Browser, app: Flask) -> None:
    browser.say("adjust TH0822 to 19 buckets")
    page = browser.say("spill")
    (card,) = cards(page, "asked")
    assert "Approval 1" in card
    assert "Waits for a supervisor or QA until Nov 23" in card
    waiting = browser.get("/open")
    (request,) = cards(waiting, "asked")
    assert "21 buckets in dry store rack 2" in request
    assert "Last counted never" in request
    supervisor = Browser(app)
    supervisor.speak_as("priya")
    approve = next(link["href"] for link in waiting.all("a", of="button") if "approve" in link["href"])
    draft = supervisor.get(approve).one("form", id="say").fields()["text"]
    assert draft == "approve 1"
    page = supervisor.say(f"{draft} counted them myself")
    assert "approved by Priya Nair" in cards(page, "posted")[0]
    assert "Decided" in cards(browser.get("/"), "asked")[0]
    assert "Nothing waits for approval." in browser.get("/open").text


def test_a_form_sent_twice_posts_once(browser: Browser, assistant: Assistant) -> None:
    form = browser.get("/").one("form", id="say").fields()
    browser.post("/say", form | {"text": MOVE})
    page = browser.post("/say", form | {"text": MOVE})
    assert len(posted(assistant)) == 1
    assert len(page.all("li", of="turn")) == 1


def test_other_words_in_an_old_form_are_another_message(browser: Browser, assistant: Assistant) -> None:
    form = browser.get("/").one("form", id="say").fields()
    browser.post("/say", form | {"text": "moved 2 cs RM1107 from C1-01 to line 2"})
    page = browser.post("/say", form | {"text": "moved 3 cs RM1107 from C1-01 to line 2"})
    assert len(posted(assistant)) == 2
    assert len(page.all("li", of="turn")) == 2


def test_one_browser_cannot_read_anothers_answer_by_its_message_id(browser: Browser, app: Flask) -> None:
    form = browser.get("/").one("form", id="say").fields()
    browser.post("/say", form | {"text": "where is RM1107"})
    other = Browser(app)
    other.speak_as("maria")
    mine = other.page.one("form", id="say").fields()
    page = other.post("/say", mine | {"id": form["id"], "text": "where is RM1111"})
    assert "RM1111" in page.one("p", of="words").text


def test_each_person_has_a_conversation_of_their_own(browser: Browser, app: Flask) -> None:
    browser.say(MOVE)
    assert not browser.speak_as("maria").all("li", of="turn")
    assert len(browser.speak_as("deshawn").all("li", of="turn")) == 1
    stranger = Browser(app)
    assert not stranger.speak_as("deshawn").all("li", of="turn")


def test_who_speaks_is_remembered_and_shown_with_the_role(browser: Browser) -> None:
    browser.speak_as("anna")
    page = browser.get("/")
    assert page.one("form", action="/as").fields()["person"] == "anna"
    assert page.one("span", of="role").text == "QA"
    assert page.one("form", id="say").fields()["person"] == "anna"


def test_who_a_form_says_speaks_speaks_whatever_another_tab_chose(browser: Browser, assistant: Assistant) -> None:
    form = browser.get("/").one("form", id="say").fields()
    browser.speak_as("maria")
    browser.post("/say", form | {"text": MOVE})
    assert [entry["by"] for entry in posted(assistant)] == ["deshawn"]


def test_nobody_speaks_in_a_plant_until_they_say_who_they_are(plant: Callable[..., Assistant]) -> None:
    browser = Browser(create_app(plant()))
    page = browser.get("/")
    assert "Who are you?" in page.one("div", id="empty").text
    assert "disabled" in page.one("input", id="text").attributes
    assert not page.all("p", of="demo")
    refused = browser.say(MOVE)
    assert browser.response.status_code == 400
    assert refused.one("h1").text == "That person is not on the plant's list; choose who you are first."
    assert refused.one("input", id="say")["value"] == MOVE


def test_an_empty_conversation_shows_what_to_say(browser: Browser) -> None:
    examples = browser.get("/").one("ul", of="examples").all("a")
    assert len(examples) == 6
    for example in examples:
        browser.speak_as("deshawn")
        draft = browser.get(example["href"]).one("form", id="say").fields()["text"]
        assert draft == example.text
        turn = browser.say(draft).all("li", of="turn")[-1]
        assert turn["class"].split()[1] in {"posted", "answered", "asked"}
    assert not browser.page.all("div", id="empty")


def test_the_help_page_names_what_the_plant_has(browser: Browser) -> None:
    page = browser.get("/help")
    said = [link.text for link in page.all("a") if link.attributes.get("href", "").startswith("/?say=")]
    assert {text.split()[0] for text in said} >= {"received", "moved", "used", "made", "shipped", "counted", "scrapped"}
    assert "RM1107" in page.text


def test_the_demo_says_that_it_is_one(browser: Browser) -> None:
    assert "made up" in browser.get("/").one("p", of="demo").text


def test_with_a_script_only_what_changed_is_sent(browser: Browser) -> None:
    form = browser.get("/").one("form", id="say").fields()
    part = browser.post("/say", form | {"text": MOVE}, {"X-Requested-With": "fetch"})
    assert not part.all("html")
    assert len(part.one("ol", id="log").all("li", of="turn")) == 1
    assert cards(part.one("aside", id="beside"), "posted")
    assert part.one("input", id="next")["value"] not in {"", form["id"]}


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


def test_health_and_metrics_tell_how_it_goes(browser: Browser) -> None:
    before = browser.client.get("/health").get_json()["entries"]
    browser.get("/")
    browser.say(MOVE)
    browser.say("used 1 case CB1109 on 4475")
    browser.say("where is RM1107")
    health = browser.client.get("/health").get_json()
    assert (health["status"], health["entries"]) == ("ok", before + 1)
    figures = browser.client.get("/metrics").text
    assert 'floor_turns_total{channel="console",outcome="posted"} 1.0' in figures
    assert 'floor_turns_total{channel="console",outcome="blocked"} 1.0' in figures
    assert 'floor_turns_total{channel="console",outcome="answered"} 1.0' in figures
    assert 'floor_turn_seconds_count{channel="console"} 3.0' in figures
    assert f"floor_entries {before + 1}.0" in figures
    assert "floor_up 1.0" in figures


def test_where_the_console_is_closed_only_health_and_metrics_answer(plant: Callable[..., Assistant]) -> None:
    client = create_app(plant(console=False)).test_client()
    assert read(client.get("/").text).one("h1").text == "The console is switched off on this server."
    assert [client.get(path).status_code for path in ("/", "/stock", "/lots/RM1107", "/entries")] == [404] * 4
    assert client.post("/say", data={"text": MOVE}).status_code == 404
    assert [client.get(path).status_code for path in ("/health", "/metrics")] == [200, 200]


def test_the_console_is_closed_where_others_can_reach_it(plant: Callable[..., Assistant]) -> None:
    assert create_app(plant(host="0.0.0.0")).test_client().get("/stock").status_code == 404  # noqa: S104
    assert create_app(plant(host="127.0.0.1")).test_client().get("/stock").status_code == 200


def test_the_stock_page_shows_a_product_or_a_place(browser: Browser) -> None:
    everything = browser.get("/stock")
    assert len(everything.one("table").all("td", of="lead")) == 32
    romaine = browser.get("/stock?product=R-ROM").one("table")
    assert [cell.text for cell in romaine.all("td", of="lead")] == ["RM1107", "RM1111"]
    cooler = browser.get("/stock?at=C1").one("table")
    assert {cell.text for cell in cooler.all("td", of="where")} == {f"Cooler 1 bay {bay}" for bay in (1, 2, 3)}
    assert "Nothing of that stands there now." in browser.get("/stock?product=R-ROM&at=F1").text
    browser.get("/")
    browser.say("used 5 cs RM1107 from C1-01 on 4474")
    assert "Work order 4474" not in browser.get("/stock?product=R-ROM").one("table").text
    assert "Work order 4474" in browser.get("/stock?product=R-ROM&wip=1").one("table").text


def test_a_lots_page_tells_what_it_is_where_it_is_and_its_whole_history(browser: Browser) -> None:
    browser.get("/")
    browser.say("used 5 cs RM1107 from C1-01 on 4474")
    browser.say("received 5 bags of croutons lot A5501 from sunrise at dock 1 exp 5/1 PO 8846")
    browser.say("used 2 bags of croutons A5501 on 4474")
    browser.say("made 30 cs caesar kits K1122 on 4474 into cooler 2 bay 1")
    browser.say("shipped 10 cs K1122 to fresh mart SO 2218")
    raw = browser.get("/lots/rm1107")
    facts = [(fact.one("dt").text, fact.one("dd").text) for fact in raw.one("dl", of="facts").all("div")]
    assert facts == [
        ("Product", "Romaine lettuce"),
        ("Received", "Nov 18"),
        ("Expires", "Nov 28 6 days left"),
        ("Supplier", "Green Valley Farms"),
    ]
    history = [item.one("b").text for item in raw.one("ul", of="history").all("li") if item.all("b")]
    assert history == ["Used", "Received"]
    assert "Fresh Mart" in raw.text
    made = browser.get("/lots/K1122")
    sections = {section.one("h2").text: section for section in made.all("section")}
    inputs = [row.all("td")[0].text for row in sections["Where it came from"].all("table")[0].all("tr")[1:]]
    assert sorted(inputs) == ["A5501", "RM1107"]
    came = [[cell.text for cell in row.all("td")] for row in sections["Where it came from"].all("table")[1].all("tr")]
    assert ["Sunrise Dairy", "5 bags", "A5501", "PO 8846", "09:00"] in came
    assert "SO 2218" in sections["Where it went"].text


def test_the_entries_page_narrows_by_lot_and_person(browser: Browser) -> None:
    browser.get("/")
    browser.say(MOVE)
    newest = browser.get("/entries").one("ul", of="history").all("p", of="head")[0].text
    assert newest.startswith("Moved")
    assert len(browser.get("/entries?lot=rm1107").one("ul", of="history").all("p", of="head")) == 2
    mine = browser.get("/entries?by=deshawn").one("ul", of="history")
    assert len(mine.all("p", of="head")) == 1
    assert mine.one("p", of="quote").text == MOVE
    assert "No entry fits that." in browser.get("/entries?by=walt").text


def test_the_orders_page_shows_what_was_made_and_went_in(browser: Browser) -> None:
    browser.get("/")
    browser.say("used 5 cs RM1107 from C1-01 on 4474")
    browser.say("made 30 cs caesar kits K1122 on 4474 into cooler 2 bay 1")
    order = next(o for o in browser.get("/orders").all("section", of="order") if "WO-4474" in o.text)
    assert "Running" in order.one("h2").text
    assert order.one("p", of="made").text == "30 cases made of 150 cases planned"
    assert (order.one("progress")["value"], order.one("progress")["max"]) == ("30", "150")
    assert order.one("ul").text == "5 cases RM1107 Romaine lettuce"


def test_what_a_person_typed_before_a_restart_is_not_posted_again(browser: Browser, assistant: Assistant) -> None:
    form = browser.get("/").one("form", id="say").fields() | {"text": MOVE}
    browser.post("/say", form)
    again = Browser(create_app(assistant))
    for cookie in ("floor_session", "floor_person"):
        value = browser.client.get_cookie(cookie)
        assert value is not None
        again.client.set_cookie(cookie, value.value)
    page = again.post("/say", form)
    assert again.response.status_code == 200
    assert page.one("p", of="words").text.startswith("Moved 12 cases")
    assert len(posted(assistant)) == 1
