"""Every card with the worst data stays within Slack's limits, and nothing in it pings or links."""

import json
from collections.abc import Mapping
from typing import Any, cast

import pytest

from assistant.channels.slack.cards import blocks, cards
from assistant.channels.slack.cards.blocks import Card
from assistant.channels.slack.receive import forms
from assistant.messages import Reply, Table
from assistant.supervision.figures import Column, Figures, chart
from assistant.views.rows import EntryRow
from tests.support.slack_server import check_message, check_view, texts

EVIL = "<!channel> <@U06PRIYA> <https://evil.example|your bank> <#C1|x> & 😀 *bold* `code` @here https://evil.example\n"
LONG = EVIL * 400
LOTS = [f"LOT-{n:03}-{'W' * 60}" for n in range(200)]
NAMES = {"maria": EVIL * 5}


def entry(number: int, **more: object) -> EntryRow:
    told = {"number": number, "reverses": None, "said": LONG, "kind": "move", "recorded": "2026-11-22T09:00:00"}
    return cast("EntryRow", {**told, **more})


EVIDENCE = {
    lot: {"stock": {EVIL: "9 cases"}, "counted": {EVIL: "2026-11-22"}, "last": [EVIL, LONG]} for lot in LOTS[:50]
}
REQUEST = {
    "number": 123456789,
    "asked_by": "maria",
    "say": LONG,
    "said": LONG,
    "evidence": EVIDENCE,
    "expires": "2026-11-23T09:00:00-08:00",
    "changes": [
        {"what": EVIL, "place": EVIL, "before": LONG, "after": LONG, "difference": "-1 case", "percent": "-10.0 %"}
    ]
    * 50,
    "reason": EVIL,
    "asked": "November 22, 09:00",
    "until": "November 23, 09:00",
    "counts": [EVIL] * 50,
}
BALANCE = dict.fromkeys(("in", "on_hand", "consumed", "scrapped", "shipped", "adjusted", "accounted_percent"), "1" * 30)
RECALL = {
    "lot": LOTS[0],
    "affected": [
        {"lot": lot, "product": EVIL, "on_hand": [{"location": EVIL, "quantity": "1", "unit": "case"}] * 20}
        for lot in LOTS
    ],
    "customers": [{"customer": f"C{n}"} for n in range(500)],
    "mass_balance": BALANCE,
}
KEPT = {"number": 123456789, "kind": "real", "reason": LONG}
COLUMNS = tuple(Column(name, EVIL) for name in ("work_order", "input", "yield_percent", "variance", "left out"))
FIGURES = Figures(
    "yields", EVIL, None, None, COLUMNS, [], [(lot, EVIL, LONG, EVIL, LONG) for lot in LOTS], LONG, chart(EVIL, [])
)
TABLE = Table(EVIL, ("Lot", EVIL, "Place"), tuple((lot, EVIL, LONG) for lot in LOTS))

WORST = {
    "posted": cards.of_reply(Reply(LONG, entries=tuple(entry(n) for n in range(40))), "k" * 300, LONG),
    "question": cards.of_reply(Reply(LONG, asking="lot", options=tuple(LOTS)), "T1:C1:1.2"),
    "long question": cards.of_reply(Reply(LONG, asking="lot", options=tuple(lot * 4 for lot in LOTS)), "T1:C1:1.2"),
    "evil list": cards.of_reply(Reply(LONG, asking="lot", options=tuple(f"{EVIL}{n}" for n in range(21))), "T1:C1:1.2"),
    "evil options": cards.of_reply(Reply(EVIL, asking="lot", options=(EVIL, LONG, "", " ")), "T1:C1:1.2"),
    "read-back": cards.of_reply(Reply(LONG, asking="confirm"), "T1:C1:1.2"),
    "table": cards.of_reply(Reply(LONG, table=TABLE), "T1:C1:1.2"),
    "nothing": cards.of_reply(Reply(""), "T1:C1:1.2"),
    "entities only": cards.note("&<>" * 5000),
    "no spaces": cards.note("x" * 40_000),
    "request": cards.request(REQUEST, NAMES, LONG),
    "warning": cards.warning(1, LONG, LOTS[0] * 10),
    "digest": cards.note(LONG, EVIL * 20),
    "recall": cards.recall(RECALL, KEPT, EVIL, with_files=True),
    "recall form": cards.recall_form(LONG),
    "report": cards.report(FIGURES, LONG),
}


@pytest.mark.parametrize("name", WORST)
def test_the_worst_data_makes_a_message_that_slack_takes(name: str) -> None:
    card = WORST[name]
    check_message(card.body(channel="C1"))
    assert card.text.strip() or name == "nothing"


@pytest.mark.parametrize("name", WORST)
def test_a_settled_card_is_a_message_that_slack_takes(name: str) -> None:
    body = WORST[name].body(channel="C1")
    for about in WORST[name].about:
        body = blocks.settled(body, about, LONG)
    check_message(body)
    assert not any(block.get("block_id") in WORST[name].about for block in body["blocks"])


def home_views() -> list[Mapping[str, Any]]:
    orders = [
        {"number": n, "name": EVIL, "status": "open", "made": "1", "planned": "2", "unit": "case", "yield": "99 %"}
        for n in LOTS
    ]
    requests = [{**REQUEST, "number": n} for n in range(200)]
    warnings = [{"id": n, "say": LONG, "lot": LOTS[n]} for n in range(200)]
    return [
        cards.home(EVIL, requests, warnings, orders, LONG, NAMES),
        cards.worker_home(EVIL, [entry(n) for n in range(200)], frozenset(range(100))),
        cards.stranger_home(LONG),
    ]


def test_a_home_full_of_everything_still_shows_every_part() -> None:
    shown = list(texts(home_views()[0]))
    heads = [text for text in shown if text in {"Open approvals: 200", "Open warnings: 200", "Work orders"}]
    assert heads == ["Open approvals: 200", "Open warnings: 200", "Work orders"]
    assert any("of 200 orders" in text for text in shown)
    assert sum("and 188 more" in text for text in shown) == 2


@pytest.mark.parametrize("view", home_views())
def test_a_home_full_of_everything_is_one_that_slack_takes(view: Mapping[str, Any]) -> None:
    check_view(view, 100)


def test_forms_take_any_lot() -> None:
    for view in (
        forms.recall(LONG, {}),
        forms.note({"decision": "approve", "number": "1" * 30}, LONG),
        forms.correction({}),
    ):
        check_view(view, 100)


def test_the_words_of_a_worker_stand_there_letter_by_letter() -> None:
    shown = "\n".join(texts(list(cards.note(EVIL).blocks)))
    assert "&lt;!channel&gt;" in shown
    assert "&lt;https://evil.example|your bank&gt;" in shown


def test_an_option_is_sent_word_for_word() -> None:
    option = "2 cases of romaine RM1107 in cooler 1 bay 1, " * 3
    card = cards.of_reply(Reply("Which?", asking="lot", options=(option,)), "k")
    button = _buttons(card)[0]
    assert button["value"] == option
    assert len(button["text"]["text"]) <= 75


def test_many_options_are_picked_from_a_list_word_for_word() -> None:
    options = tuple(f"{n} cases of romaine {lot}" for n, lot in enumerate(LOTS[:100]))
    card = cards.of_reply(Reply("Which?", asking="lot", options=(*options, options[0], " ")), "k")
    (menu,) = [e for block in card.blocks for e in block.get("elements", ()) if e["type"] == "static_select"]
    assert [option["value"] for option in menu["options"]] == list(options)
    assert "You can type" not in json.dumps(card.blocks)


def test_what_is_left_out_is_said() -> None:
    shown = json.dumps(WORST["question"].blocks)
    assert f"{len(LOTS) - 100} more. You can type" in shown
    assert "more characters" in shown
    assert "200 rows; all of them are in the file" in json.dumps(WORST["table"].blocks)


def test_a_reversal_has_no_undo() -> None:
    card = cards.of_reply(Reply("Taken back.", entries=(entry(7, reverses=6),)), "k")
    assert card.about == ()
    assert _buttons(card) == []


def test_a_note_above_the_buttons_is_replaced_and_stays_when_they_go() -> None:
    body = WORST["warning"].body(channel="C1")
    for told in (LONG, LONG, "Seen 3 times."):
        body = blocks.noted(body, "warning:1", told)
        check_message(body)
    assert sum("Seen 3 times." in text for text in texts(body["blocks"])) == 1
    body = blocks.settled(body, "warning:1", LONG)
    check_message(body)
    assert "Seen 3 times." in list(texts(body["blocks"]))


def _buttons(card: Card) -> list[Mapping[str, Any]]:
    return [e for block in card.blocks for e in block.get("elements", ()) if e["type"] == "button"]
