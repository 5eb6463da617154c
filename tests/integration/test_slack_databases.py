"""What matters most in Slack on SQLite and on PostgreSQL: reports, corrections, several people deciding at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.delivery.courier import tick
from store.proof.verify import verify
from tests.support.floor_day import load_demo
from tests.support.postgres import PostgresServer
from tests.support.slack_floor import ANNA, DESHAWN, MARIA, PRIYA, WALT, SlackFloor, plant_in_slack
from tests.support.slack_server import Message, event

MOVED = "moved 2 cases of romaine RM1111 from cooler 1 bay 2 to line 2"
COUNTED = "count RM1111 in cooler 1 bay 2, 30 cases"
ADJUSTED = "adjust RM1111 in cooler 1 bay 2 by -3 cases, miscount"


@pytest.fixture(scope="module")
def demo_in_postgres(postgres_server: PostgresServer) -> Iterator[str]:
    """The name of a PostgreSQL database with the demo plant, to be copied."""
    with postgres_server.database() as url:
        load_demo(url)
        yield url.partition("@/")[2].partition("?")[0]


@pytest.fixture(params=["sqlite", "postgresql"])
def floor(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SlackFloor]:
    """The demo plant in Slack; every test runs on both databases."""
    if request.param == "sqlite":
        with plant_in_slack(tmp_path) as floor:
            yield floor
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with (
        server.database(request.getfixturevalue("demo_in_postgres")) as url,
        plant_in_slack(tmp_path, database_url=url) as floor,
    ):
        yield floor


def sound(floor: SlackFloor) -> None:
    """The books hold."""
    assert verify(floor.assistant.store) is None


def card_of_request(floor: SlackFloor) -> Message:
    floor.answers(DESHAWN, COUNTED)
    floor.answers(MARIA, ADJUSTED)
    floor.deliver()
    return next(m for m in floor.slack.channel("C0SUPER") if m.button("Approve"))


def test_a_report_a_correction_and_an_undo(floor: SlackFloor) -> None:
    ts = floor.say(MARIA, MOVED)
    floor.say(MARIA, "no, 3", thread_ts=ts)
    first, second = floor.slack.thread(ts)
    assert "Taken back by Maria Lopez" in first.shown
    assert floor.assistant.stock(lots=["RM1111"], at="L2")[0]["quantity"] == "3"
    floor.click(MARIA, second, "Undo")
    assert floor.assistant.stock(lots=["RM1111"], at="L2") == []
    sound(floor)


def test_a_retry_changes_nothing_before_and_after(floor: SlackFloor) -> None:
    ts = floor.ts()
    for _ in range(3):
        floor.event(event(MARIA, MOVED, ts))
    floor.settle()
    floor.event(event(MARIA, MOVED, ts))
    floor.settle()
    assert len(floor.entries()) == 1
    assert len(floor.slack.thread(ts)) == 1


def test_one_asks_and_another_approves(floor: SlackFloor) -> None:
    card = card_of_request(floor)
    floor.click(MARIA, card, "Approve")
    assert [e["kind"] for e in floor.entries()] == ["count"]
    floor.press(WALT, card, "Approve with a note")
    floor.submit(WALT, note="saw it myself")
    entry = floor.entries()[-1]
    assert (entry["kind"], entry["by"], entry["approved_by"]) == ("adjust", "maria", "walt")
    assert entry["note"] == "saw it myself"
    assert "Approved by Walt Hughes" in card.shown
    floor.deliver()
    assert any(m.channel == "D01MARIA" and "approved by Walt" in m.shown for m in floor.slack.messages)
    sound(floor)


def test_a_supervisor_does_not_approve_an_own_request(floor: SlackFloor) -> None:
    floor.answers(DESHAWN, COUNTED)
    floor.answers(WALT, ADJUSTED)
    floor.deliver()
    card = next(m for m in floor.slack.channel("C0SUPER") if m.button("Approve"))
    floor.click(WALT, card, "Approve")
    assert [e["kind"] for e in floor.entries()] == ["count"]
    assert card.button("Approve") is not None
    floor.click(PRIYA, card, "Approve")
    assert floor.entries()[-1]["approved_by"] == "priya"


def test_two_who_decide_at_once_decide_once(floor: SlackFloor) -> None:
    card = card_of_request(floor)
    for user in (PRIYA, WALT, ANNA):
        floor.press(user, card, "Approve")
    with ThreadPoolExecutor(3) as together:
        for done in [together.submit(floor.channel.drain) for _ in range(3)]:
            done.result()
    floor.settle()
    assert [e["kind"] for e in floor.entries()] == ["count", "adjust"]
    assert sum("was approved already" in m.shown for m in floor.slack.thread(card.ts)) == 2
    assert card.shown.count("Approved by") == 1
    sound(floor)


def test_a_rejection_and_a_refresh(floor: SlackFloor) -> None:
    card = card_of_request(floor)
    floor.press(PRIYA, card, "Reject")
    floor.submit(PRIYA, note="count it first")
    assert [e["kind"] for e in floor.entries()] == ["count"]
    assert "Rejected by Priya Nair" in card.shown


def test_a_warning_is_acknowledged_and_a_lot_held(floor: SlackFloor) -> None:
    tick(floor.assistant)
    floor.deliver()
    card = next(m for m in floor.slack.messages if m.button("hold"))
    lot = str(card.button("hold")["value"]).split()[1]  # type: ignore[index]
    floor.click(PRIYA, card, "hold")
    assert "Taken care of by Priya Nair" in card.shown
    state = floor.assistant.lot(lot)
    assert state is not None
    assert state.lot.on_hold


def test_home_recall_and_report(floor: SlackFloor) -> None:
    floor.answers(MARIA, MOVED)
    floor.home(MARIA)
    floor.click_at_home(MARIA, f"entry:{floor.entries()[0]['number']}", "undo")
    assert len(floor.entries()) == 2
    floor.command(ANNA, "/recall HB1121")
    floor.submit(ANNA, lot="HB1121", kind="Mock recall", reason="exercise")
    floor.command(ANNA, "/floor exposure")
    assert [f["name"][:6] for f in floor.slack.files] == ["recall", "recall", "exposu"]
    assert [row["lot"] for row in floor.assistant.recalls()] == ["HB1121"]


def test_a_process_that_dies_loses_nothing(floor: SlackFloor) -> None:
    ts = floor.ts()
    floor.event(event(MARIA, MOVED, ts))
    floor.close()
    floor.restart()
    floor.settle()
    assert len(floor.entries()) == 1
    assert len(floor.slack.thread(ts)) == 1
