"""The conversation, with the real assistant on the demo plant, as a browser without scripts sees it."""

from collections.abc import Callable

from flask import Flask

from assistant.assistant import Assistant
from assistant.channels.web import create_app
from tests.support.webpage import MOVE, Browser, cards, posted


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


def test_nobody_gets_anothers_answer_by_its_message_id(browser: Browser, app: Flask) -> None:
    browser.say(MOVE)
    form = browser.get("/").one("form", id="say").fields()
    browser.post("/say", form | {"text": "what did I report"})
    assert "Moved 12 cases" in browser.page.all("p", of="words")[-1].text
    other = Browser(app)
    mine = other.speak_as("maria").one("form", id="say").fields()
    page = other.post("/say", mine | {"id": form["id"], "text": "what did I report"})
    assert "Moved 12 cases" not in page.one("p", of="words").text


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


def test_the_demo_says_that_it_is_one(browser: Browser) -> None:
    assert "made up" in browser.get("/").one("p", of="demo").text


def test_with_a_script_only_what_changed_is_sent(browser: Browser) -> None:
    form = browser.get("/").one("form", id="say").fields()
    part = browser.post("/say", form | {"text": MOVE}, {"X-Requested-With": "fetch"})
    assert not part.all("html")
    assert len(part.one("ol", id="log").all("li", of="turn")) == 1
    assert cards(part.one("aside", id="beside"), "posted")
    assert part.one("input", id="next")["value"] not in {"", form["id"]}


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
