"""Clicks and forms in Slack: every button does what it says, once, and every copy of a card shows it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.delivery.courier import tick
from assistant.messages import Utterance
from tests.support.floor_day import MORNING
from tests.support.slack_floor import ANNA, DESHAWN, MARIA, PRIYA, WALT, SlackFloor, plant_in_slack
from tests.support.slack_server import Message

MOVED = "moved 2 cases of romaine RM1111 from cooler 1 bay 2 to line 2"
ADJUSTED = "adjust RM1111 in cooler 1 bay 2 by -3 cases, miscount"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[SlackFloor]:
    with plant_in_slack(tmp_path) as floor:
        yield floor


def request_card(floor: SlackFloor) -> Message:
    """Maria asks for approval of an adjustment; the card that the supervisors get."""
    answer = floor.answers(MARIA, ADJUSTED)
    assert "Request 1 waits" in answer.shown, answer.shown
    floor.deliver()
    return next(m for m in floor.slack.channel("C0SUPER") if m.button("Approve"))


def test_undo_takes_the_entry_back_and_says_who_and_when(floor: SlackFloor) -> None:
    answer = floor.answers(MARIA, MOVED)
    floor.click(MARIA, answer, "Undo")
    posted, taken = floor.entries()
    assert taken["reverses"] == posted["number"]
    assert answer.button("Undo") is None
    assert "Taken back by Maria Lopez" in answer.shown


def test_undo_of_another_worker_is_refused_and_a_supervisor_may(floor: SlackFloor) -> None:
    answer = floor.answers(MARIA, MOVED)
    floor.click(DESHAWN, answer, "Undo")
    assert len(floor.entries()) == 1
    assert "not yours" in floor.slack.messages[-1].shown
    floor.click(WALT, answer, "Undo")
    assert "Why is it taken back?" in floor.slack.messages[-1].shown
    floor.say(WALT, "it went to line 3")
    assert floor.entries()[1]["by"] == "walt"
    assert "Taken back by Walt Hughes" in answer.shown


def test_an_undo_on_the_console_takes_the_button_off_too(floor: SlackFloor) -> None:
    answer = floor.answers(MARIA, MOVED)
    number = floor.entries()[0]["number"]
    floor.assistant.hear(Utterance("maria", "console", f"undo {number}"))
    floor.settle()
    assert answer.button("Undo") is None


def test_an_option_is_sent_word_for_word_and_the_question_closes(floor: SlackFloor) -> None:
    asked = floor.answers(MARIA, "used 2 cases of chicken on 4475")
    option = next(e for b in asked.body["blocks"] for e in b.get("elements", ()) if e.get("action_id") == "say.0")
    floor.click(MARIA, asked, "say.0")
    assert asked.button("say.0") is None
    assert "Answered by Maria Lopez" in asked.shown
    (entry,) = floor.entries()
    assert entry["kind"] == "consume"
    assert entry["lots"][0] in option["value"]


def test_one_of_many_options_is_picked_from_a_list(floor: SlackFloor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.reports.draft.OFFERS", 100)
    lots = [f"A55{n:02}" for n in range(24)]
    for lot in lots:
        said = f"received 2 cases of romaine lot {lot} from Green Valley Farms at dock 1 exp dec 5 PO 8846"
        floor.assistant.hear(Utterance("walt", "console", said))
    asked = floor.answers(MARIA, "moved 1 case of romaine from dock 1 to line 2")
    floor.pick(MARIA, asked, "A5519")
    entry = floor.entries()[-1]
    assert (entry["kind"], entry["by"], entry["lots"]) == ("move", "maria", ["A5519"])
    assert asked.button("pick") is None
    assert "Answered by Maria Lopez" in asked.shown


def test_a_button_of_an_older_question_changes_nothing(floor: SlackFloor) -> None:
    first = floor.answers(MARIA, "used 2 cases of chicken on 4475")
    button = first.button("say.0")
    assert button is not None
    floor.answers(MARIA, "moved 2 cases of tomatoes to line 2")
    kind = "application/x-www-form-urlencoded"
    assert floor.post(floor.clicked(MARIA, first, button), kind).status_code == 200
    floor.settle()
    assert floor.entries() == []
    assert "That question is closed" in floor.slack.messages[-1].shown


def test_nobody_answers_anothers_question(floor: SlackFloor) -> None:
    asked = floor.answers(MARIA, "used 2 cases of chicken on 4475")
    floor.click(DESHAWN, asked, "say.0")
    assert floor.entries() == []
    assert "That question is closed" in floor.slack.messages[-1].shown
    floor.click(MARIA, asked, "say.0")
    assert len(floor.entries()) == 1


def test_a_request_is_approved_by_another_person_with_a_note(floor: SlackFloor) -> None:
    card = request_card(floor)
    assert "RM1111" in card.shown
    assert "not counted" in card.shown
    floor.press(WALT, card, "Approve with a note")
    floor.submit(WALT, note="checked it myself")
    (entry,) = floor.entries()
    assert (entry["kind"], entry["by"], entry["approved_by"]) == ("adjust", "maria", "walt")
    assert entry["note"] == "checked it myself"
    assert card.button("Approve") is None
    assert "Approved by Walt Hughes" in card.shown
    floor.deliver()
    assert any(m.channel == "D01MARIA" and "approved by Walt" in m.shown for m in floor.slack.messages)


def test_a_rejection_posts_nothing_and_the_note_is_told(floor: SlackFloor) -> None:
    card = request_card(floor)
    floor.press(PRIYA, card, "Reject")
    floor.submit(PRIYA, note="count it first")
    assert floor.entries() == []
    assert "Rejected by Priya Nair" in card.shown
    assert "count it first" in card.shown
    assert card.button("Reject") is None


def test_the_requester_and_a_worker_cannot_decide(floor: SlackFloor) -> None:
    card = request_card(floor)
    for user in (MARIA, DESHAWN):
        floor.click(user, card, "Approve")
        assert "Only a supervisor or QA" in floor.slack.messages[-1].shown
    assert floor.entries() == []
    assert card.button("Approve") is not None


def test_two_supervisors_click_at_once_and_one_decides(floor: SlackFloor) -> None:
    floor.answers(DESHAWN, "count RM1111 in cooler 1 bay 2, 30 cases")
    floor.answers(MARIA, ADJUSTED)
    floor.deliver()
    card = next(m for m in floor.slack.channel("C0SUPER") if m.button("Approve"))
    for user in (PRIYA, WALT):
        floor.press(user, card, "Approve", ts="1600009999.000100")
    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(floor.channel.drain) for _ in range(2)]:
            done.result()
    floor.settle()
    adjusted = [e for e in floor.entries() if e["kind"] == "adjust"]
    assert len(adjusted) == 1
    told = [m.shown for m in floor.slack.thread(card.ts)]
    assert sum("was approved already" in t for t in told) == 1
    assert card.button("Approve") is None
    assert sum("Approved by" in text for text in card.shown.splitlines()) == 1


def test_every_copy_of_a_request_is_settled(floor: SlackFloor) -> None:
    card = request_card(floor)
    floor.command(ANNA, "/approve", "C0QUAL")
    copy = floor.slack.channel("C0QUAL")[-1]
    floor.command(WALT, "/approve 1 checked it")
    for one in (card, copy):
        assert one.button("Approve") is None
        assert "Approved by Walt Hughes" in one.shown


def test_a_decision_on_the_console_settles_the_card(floor: SlackFloor) -> None:
    card = request_card(floor)
    floor.assistant.hear(Utterance("priya", "console", "reject 1"))
    floor.settle()
    assert "Rejected by Priya Nair" in card.shown


def warning_card(floor: SlackFloor) -> Message:
    tick(floor.assistant)
    floor.deliver()
    return next(m for m in floor.slack.messages if m.button("Acknowledge"))


def test_a_warning_is_acknowledged_once(floor: SlackFloor) -> None:
    card = warning_card(floor)
    floor.press(PRIYA, card, "Acknowledge")
    floor.press(WALT, card, "Acknowledge")
    floor.settle()
    assert card.shown.count("Taken care of by") == 1
    assert card.button("Acknowledge") is None
    assert any("already" in m.shown for m in floor.slack.thread(card.ts))


def test_a_warning_seen_again_changes_its_card_and_posts_no_other(floor: SlackFloor) -> None:
    card = warning_card(floor)
    before, posts = list(card.history), floor.slack.calls.count("chat.postMessage")
    for hours in (1, 2):
        floor.clock.now = MORNING + timedelta(hours=hours)
        tick(floor.assistant)
        floor.settle()
    assert floor.slack.calls.count("chat.postMessage") == posts
    assert len(card.history) == len(before) + 2
    assert card.shown.count("Seen 3 times, last 22 Nov 11:00.") == 1
    assert "Seen 2 times" not in card.shown
    assert card.button("Acknowledge") is not None
    floor.settle()
    assert len(card.history) == len(before) + 2


def test_a_warning_that_got_worse_says_so_on_its_card(floor: SlackFloor) -> None:
    tick(floor.assistant)
    floor.deliver()
    floor.clock.now = MORNING + timedelta(days=1)
    tick(floor.assistant)
    floor.settle()
    changed = [m for m in floor.slack.messages if "Seen 2 times" in m.shown]
    assert changed
    assert any(" CB1114 (chicken) expires in 1 day" in m.shown.partition("Seen 2 times")[2] for m in changed)


def test_a_card_seen_often_while_slack_is_away_is_changed_once(floor: SlackFloor) -> None:
    card = warning_card(floor)
    before = len(card.history)
    floor.slack.down = True
    for hours in range(1, 5):
        floor.clock.now = MORNING + timedelta(hours=hours)
        tick(floor.assistant)
        floor.channel.settling.refresh()
        floor.channel.outgoing.round()
    floor.slack.down = False
    for _ in range(80):
        floor.time.now += 1.01
        floor.settle()
    assert "Seen 5 times, last 22 Nov 13:00." in card.shown
    assert len(card.history) <= before + 2


def test_a_warning_acknowledged_or_over_elsewhere_changes_every_copy(floor: SlackFloor) -> None:
    card = warning_card(floor)
    number = int(str(card.button("Acknowledge")["value"]))  # type: ignore[index]
    floor.assistant.acknowledge(number, "walt")
    floor.clock.now += timedelta(hours=3)
    floor.settle()
    assert "Taken care of by Walt Hughes, 22 Nov 09:" in card.shown
    other = next(m for m in floor.slack.messages if m.button("Acknowledge"))
    over = int(str(other.button("Acknowledge")["value"]))  # type: ignore[index]
    floor.assistant.store.run(lambda s: s.warnings.close(over, floor.clock()))
    floor.settle()
    assert "Over since 22 Nov 12:" in other.shown
    assert other.button("Acknowledge") is None


def test_a_lot_is_held_from_its_warning(floor: SlackFloor) -> None:
    tick(floor.assistant)
    floor.deliver()
    card, button = next(
        (m, b["elements"][1])
        for m in floor.slack.messages
        for b in m.body["blocks"]
        if str(b.get("block_id")).startswith("warning:") and b["elements"][1]["action_id"] == "hold"
    )
    lot = button["value"].split()[1]
    floor.click(PRIYA, card, "hold")
    state = floor.assistant.lot(lot)
    assert state is not None
    assert state.lot.on_hold
    assert "Taken care of by Priya Nair" in card.shown


def later(floor: SlackFloor) -> list[Message]:
    """What Slack got since, after a snooze is over and the plant has been looked at again."""
    before = len(floor.slack.messages)
    floor.clock.now += timedelta(hours=4, minutes=1)
    tick(floor.assistant)
    floor.deliver()
    return floor.slack.messages[before:]


def test_a_snoozed_warning_comes_back_where_it_stood(floor: SlackFloor) -> None:
    card = warning_card(floor)
    number = str(card.button("snooze")["value"])  # type: ignore[index]
    before = len(floor.slack.messages)
    floor.click(PRIYA, card, "snooze")
    assert "Snoozed by Priya Nair until 22 Nov 13:" in card.shown
    assert card.button("Acknowledge") is None
    assert len(floor.slack.messages) == before
    back = next(m for m in later(floor) if m.button("snooze") and m.button("snooze")["value"] == number)  # type: ignore[index]
    assert back.channel == card.channel
    floor.click(WALT, back, "Acknowledge")
    assert "Taken care of by Walt Hughes" in back.shown


def test_a_snoozed_warning_that_was_cared_for_meanwhile_stays_away(floor: SlackFloor) -> None:
    card = warning_card(floor)
    number = str(card.button("snooze")["value"])  # type: ignore[index]
    floor.click(PRIYA, card, "snooze")
    floor.assistant.acknowledge(int(number), "walt")
    assert [m for m in later(floor) if m.button("snooze") and m.button("snooze")["value"] == number] == []  # type: ignore[index]


def test_a_warning_put_aside_on_the_console_says_so_on_its_card(floor: SlackFloor) -> None:
    card = warning_card(floor)
    floor.assistant.put_aside(int(str(card.button("snooze")["value"])), "walt")  # type: ignore[index]
    floor.settle()
    assert "Snoozed by Walt Hughes until 22 Nov 13:" in card.shown
    assert card.button("snooze") is None
