"""The pages of a recall: what it reached, the hold of everything, the record, the files; and the picture of a lot."""

import io
import json
import zipfile

import pytest

from assistant.assistant import Assistant
from store.records.folder import FILES
from tests.support.webpage import Browser, Element


@pytest.fixture
def shipped(browser: Browser, assistant: Assistant) -> Browser:
    """RM1107 is in caesar kits, of which a customer got ten cases."""
    browser.get("/")
    for text in (
        "used 5 cs RM1107 from C1-01 on 4474",
        "made 30 cs caesar kits K1122 on 4474 into cooler 2 bay 1",
        "shipped 10 cs K1122 to fresh mart SO 2218",
    ):
        browser.say(text)
    assert len(assistant.entries(by="deshawn")) == 3
    return browser


def form(page: Element, what: str) -> Element:
    """The form with a button of that value."""
    return next(f for f in page.all("form") if any(b.attributes.get("value") == what for b in f.all("button")))


def section(page: Element, heading: str) -> Element:
    return next(s for s in page.all("section") if s.one("h2").text.endswith(heading))


def test_the_page_says_what_was_reached_and_whom_to_call(shipped: Browser) -> None:
    page = shipped.get("/recall/rm1107")
    assert page.one("h1").text == "Recall of RM1107"
    facts = {fact.one("dt").text: fact.one("dd").text for fact in page.one("dl", of="facts").all("div")}
    assert facts["In question"] == "336 lb"
    assert facts["Accounted for"] == "100.0 %"
    (call,) = section(page, "Call the customers").all("li")
    assert "Fresh Mart" in call.text
    assert "60 ea Caesar salad kit" in call.text
    assert call.one("a")["href"] == "tel:+19165550176"
    balance = [[cell.text for cell in row.all("td")] for row in section(page, "Does it add up?").all("tr")[1:]]
    assert balance[0][:3] == ["In", "336", "336"]
    assert balance[-1][:3] == ["Unexplained", "0", "0"]
    reached = [cell.one("a").text for cell in page.all("td", of="lead") if cell.all("a")]
    assert reached == ["RM1107", "K1122"]
    assert "Work order 4474" in section(page, "Hold what is here").text


def test_all_of_it_is_held_with_one_button_by_who_may(shipped: Browser, assistant: Assistant) -> None:
    page = shipped.get("/recall/RM1107")
    asked = form(page, "hold")
    people = [option.text for option in asked.one("select").all("option")]
    assert people == ["choose", "Anna Kowalski, QA", "Priya Nair, Supervisor", "Walt Hughes, Supervisor"]
    sent = {"token": asked.fields()["token"], "person": "anna", "reason": "glass", "what": "hold"}
    unsure = shipped.post("/recall/RM1107", sent)
    assert "Nothing was put on hold" in unsure.one("p", of="problem").text
    assert [row["status"] for row in assistant.stock(lots=["RM1107", "K1122"])] == ["ok", "ok"]

    done = shipped.post("/recall/RM1107", sent | {"sure": "yes"})
    assert done.one("p", of="notice").text.startswith("Now on hold for the recall of romaine RM1107: RM1107 and K1122.")
    assert {row["status"] for row in assistant.stock(lots=["RM1107", "K1122"])} == {"hold"}
    (entry,) = [e for e in assistant.entries(lot="K1122") if e["kind"] == "hold"]
    assert (entry["by"], entry["channel"], entry["note"]) == ("anna", "console", "recall of RM1107: glass")
    assert not [b for b in done.all("button") if b.attributes.get("value") == "hold"]

    again = shipped.post("/recall/RM1107", sent | {"sure": "yes"})
    assert "on hold already" in again.one("p", of="notice").text
    assert len([e for e in assistant.entries(lot="K1122") if e["kind"] == "hold"]) == 1


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"person": "maria"}, 200, "Only a supervisor or QA can run a recall"),
        ({"person": "nobody"}, 200, "is not on this plant’s list"),
        ({"token": "0" * 64}, 403, "too old"),
        ({"what": "burn"}, 400, "was not sent whole"),
    ],
)
def test_nobody_else_holds_anything(
    shipped: Browser, assistant: Assistant, change: dict[str, str], status: int, says: str
) -> None:
    token = form(shipped.get("/recall/RM1107"), "hold").fields()["token"]
    sent = {"token": token, "person": "anna", "what": "hold", "sure": "yes"} | change
    page = shipped.post("/recall/RM1107", sent)
    assert shipped.response.status_code == status
    assert says.replace("’", "'") in page.text.replace("’", "'")
    assert not [e for e in assistant.entries(lot="RM1107") if e["kind"] == "hold"]


def test_a_form_of_another_site_does_nothing(shipped: Browser, assistant: Assistant) -> None:
    token = form(shipped.get("/recall/RM1107"), "hold").fields()["token"]
    sent = {"token": token, "person": "anna", "what": "hold", "sure": "yes"}
    shipped.post("/recall/RM1107", sent, {"Origin": "https://example.com"})
    assert shipped.response.status_code == 403
    assert not [e for e in assistant.entries(lot="RM1107") if e["kind"] == "hold"]


def test_a_recall_is_begun_and_finished_on_the_page(shipped: Browser, assistant: Assistant) -> None:
    page = shipped.get("/recall/RM1107")
    token = form(page, "mock").fields()["token"]
    refused = shipped.post("/recall/RM1107", {"token": token, "person": "anna", "what": "real", "reason": ""})
    assert refused.one("p", of="problem").text == "A real recall needs a reason."
    page = shipped.post("/recall/RM1107", {"token": token, "person": "anna", "what": "mock", "reason": "yearly"})
    assert page.one("p", of="notice").text == "Recall 1 has begun."
    assert "Mock recall 1 is running" in section(page, "Begin the record").text
    finish = form(page, "1")
    listed = shipped.post(finish["action"], finish.fields() | {"number": "1", "person": "priya"})
    assert listed.one("p", of="notice").text.startswith("Recall 1 took ")
    (row,) = listed.one("table").all("tr")[1:]
    told = row.text
    for part in ("mock", "Romaine lettuce", "RM1107", "336 lb", "100.0", "Anna Kowalski, Priya Nair", "yearly"):
        assert part in told
    assert assistant.recalls()[0]["finished_by"] == "priya"
    assert "no recall 99" in shipped.post("/recalls", {"token": token, "person": "priya", "number": "99"}).text
    assert "no recall 0" in shipped.post("/recalls", {"token": token, "person": "priya", "number": "x" * 99}).text


def test_a_recall_is_widened_to_lots_alike(shipped: Browser, assistant: Assistant) -> None:
    page = shipped.get("/recall/RM1107?alike=supplier&alike=nonsense")
    assert page.one("h1").text == "Recall of RM1107 , RM1111"
    asked = form(page, "hold")
    assert asked.fields()["alike"] == "supplier"
    shipped.post(asked["action"], asked.fields() | {"person": "anna", "what": "hold", "sure": "yes"})
    assert {row["status"] for row in assistant.stock(lots=["RM1111"])} == {"hold"}


def test_the_files_can_be_taken_at_once_or_one_by_one(shipped: Browser) -> None:
    taken = shipped.client.get("/recall-files/RM1107/all.zip?alike=supplier")
    assert taken.headers["Content-Disposition"] == "attachment; filename=recall-RM1107-all.zip"
    packed = zipfile.ZipFile(io.BytesIO(taken.data))
    names = {name.partition("/")[2] for name in packed.namelist()}
    assert names == {"summary.html", *(name for name, _ in FILES)}
    recalled = json.loads(packed.read("recall-RM1107/recall.json"))
    assert [lot["lot"] for lot in recalled["affected"]] == ["RM1107", "RM1111", "K1122"]
    links = [link["href"] for link in shipped.get("/recall/RM1107").one("ul", of="files").all("a")]
    assert len(links) == len(FILES) + 1
    assert shipped.client.get(next(link for link in links if link.endswith(".pdf"))).data.startswith(b"%PDF")
    assert shipped.client.get("/recall-files/RM1107/passwd").status_code == 404
    assert shipped.client.get("/recall-files/NOPE/all.zip").status_code == 404


def test_what_is_no_lot_is_told(browser: Browser) -> None:
    assert "This plant has no lot NOPE." in browser.get("/recall/NOPE").text
    assert browser.response.status_code == 404
    assert "Type which lot it is." in browser.get("/recall?lot=").text
    assert browser.get("/recall?lot=+rm1107").one("h1").text == "Recall of RM1107"
    assert "No recall was run yet." in browser.get("/recalls").text


def test_the_picture_of_a_lot_leads_to_the_others(shipped: Browser) -> None:
    page = shipped.get("/lots/K1122")
    picture = page.one("svg", of="genealogy")
    assert {link["href"] for link in picture.all("a")} == {"/lots/K1122", "/lots/RM1107"}
    assert picture.one("a", id="this-lot")["href"] == "/lots/K1122"
    assert not any("style" in one.attributes or "fill" in one.attributes for one in picture.everything())
    assert {"Fresh Mart DC", "Green Valley Farms"} <= {one.text for one in picture.all("text")}
    alone = shipped.get("/genealogy/K1122")
    assert alone.one("svg", of="genealogy").text == picture.text
    assert {link["href"] for link in page.one("p", of="acts").all("a")} == {"/?say=hold+K1122", "/recall/K1122"}
