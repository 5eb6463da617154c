"""Questions that people ask get an answer from the books, and change nothing."""

import pytest

from tests.support.floor_day import Floor


def ask(floor: Floor, text: str, person: str = "priya") -> str:
    reply = floor.hear(person, text, "console")
    assert (reply.entries, reply.asking) == ((), None)
    return reply.say


# What a lot is


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("is CB1109 ok to use", ("expired on November 21", "on hold", "may not be used")),
        ("is RM1107 ok", ("RM1107 may be used", "expires on November 28")),
        ("who brought RM1107", ("Green Valley Farms brought it on November 18",)),
        ("when does CP26A expire", ("expires on",)),
        ("show me lot K1120", ("made on WO-4467",)),
        ("show me lot RM1107", ("14 cases in cooler 1 bay 1",)),
        ("is RM9999 ok to use", ("no lot RM9999",)),
    ],
)
def test_what_a_lot_is(floor: Floor, words: str, parts: tuple[str, ...]) -> None:
    said = ask(floor, words)
    assert all(part in said for part in parts), said


def test_a_lot_on_hold_may_not_be_used(floor: Floor) -> None:
    floor.hear("anna", "hold RM1107 listeria")
    assert "on hold and may not be used" in ask(floor, "can I use RM1107 on 4474")


def test_a_lot_that_is_being_counted_is_shown_without_its_stock(floor: Floor) -> None:
    assert floor.hear("priya", "count RM1107 in cooler 1 bay 1", "console").asking == "quantity"
    reply = floor.hear("priya", "show me lot RM1107", "console")
    assert "14" not in reply.say
    assert reply.asking == "quantity"


# What waits


def test_what_waits_for_somebody(floor: Floor) -> None:
    assert ask(floor, "what needs my approval") == "Nothing waits for anybody."
    floor.hear("deshawn", "adjust TH0822 to 4 buckets miscount")
    assert "Requests for approval: 1: " in ask(floor, "what needs my approval")
    assert "Requests for approval: 1: " in ask(floor, "what is open", "deshawn"), "who asked sees it"
    assert "Requests" not in ask(floor, "what is open", "maria"), "others do not"


def test_open_warnings_are_told_and_those_of_a_place(floor: Floor) -> None:
    floor.hear("maria", "used 1 case of chicken CB1120 on 4475")
    assert "Warnings: 1: CB1114 expires earlier" in ask(floor, "warnings")
    assert floor.assistant.acknowledge(1, "priya")
    assert ask(floor, "warnings") == "Nothing waits for anybody."


# What an order needs


def test_what_an_order_still_needs(floor: Floor) -> None:
    before = ask(floor, "how much more romaine does 4474 need")
    assert "WO-4474 (caesar salad kit) still needs" in before
    floor.hear("maria", "used 5 cs RM1107 on 4474")
    after = ask(floor, "how much more romaine does 4474 need")
    cases = [float(said.split("still needs ")[1].split(" cases")[0]) for said in (before, after)]
    assert cases[0] - cases[1] == 5
    assert "croutons" in ask(floor, "what does 4474 still need")


# Who did what


def test_who_made_an_entry(floor: Floor) -> None:
    floor.hear("maria", "moved 2 cs RM1107 from C1-01 to line 2")
    said = ask(floor, "who made entry 34")
    assert said.startswith("Entry 34 by Maria Lopez, November 22, 09:00: Moved 2 cases of romaine RM1107")
    assert ask(floor, "who made entry 99") == "There is no entry 99."


def test_what_was_done_with_a_lot_and_by_whom(floor: Floor) -> None:
    floor.hear("maria", "moved 2 cs RM1107 from C1-01 to line 2")
    floor.hear("deshawn", "used 1 cs CB1120 on 4475")
    assert "Maria Lopez" in ask(floor, "who moved RM1107")
    assert "DeShawn Price" not in ask(floor, "who moved RM1107")
    assert "Used 1 case of chicken" in ask(floor, "what did deshawn do today")
    assert ask(floor, "what did the last shift do").startswith("No entry fits that")


# A recall


def test_a_recall_names_the_lots_and_the_customers(floor: Floor) -> None:
    for words in ("used 4 cs RM1107 on 4474", "used 2 bags CR0930 on 4474", "made 20 cases K1124 on 4474"):
        floor.hear("maria", words)
    assert "reached K1124, and no customer" in ask(floor, "what would a recall of RM1107 reach")
    floor.hear("maria", "shipped 20 cases K1124 to fresh mart SO 7711")
    assert "reached K1124, and Fresh Mart DC" in ask(floor, "recall RM1107")
