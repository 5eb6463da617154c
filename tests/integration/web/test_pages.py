"""The pages that read the books, and what monitoring reads."""

from tests.support.webpage import MOVE, Browser


def test_the_help_page_names_what_the_plant_has(browser: Browser) -> None:
    page = browser.get("/help")
    said = [link.text for link in page.all("a") if link.attributes.get("href", "").startswith("/?say=")]
    assert {text.split()[0] for text in said} >= {"received", "moved", "used", "made", "shipped", "counted", "scrapped"}
    assert "RM1107" in page.text


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
    assert mine.one("p", of="quote").text == f"“{MOVE}”"
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


def test_what_was_made_is_shown_in_the_unit_that_was_planned(browser: Browser) -> None:
    browser.get("/")
    browser.say("used 5 cs RM1107 from C1-01 on 4474")
    browser.say("made 7 ea caesar kits K1122 on 4474 into cooler 2 bay 1")
    order = next(o for o in browser.get("/orders").all("section", of="order") if "WO-4474" in o.text)
    assert order.one("p", of="made").text == "1.17 cases made of 150 cases planned"
    assert order.one("progress")["value"] == "1.17"
