"""Warnings are raised once, closed when over, told again when ignored; shifts get their digest, days their seal."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from assistant.cli.main import main
from assistant.delivery.courier import close_day, close_shift, tick
from store.session import Session
from tests.support.floor_day import MORNING, ZONE, Floor, load_demo


@pytest.fixture
def floor(database_url: str) -> Iterator[Floor]:
    load_demo(database_url)
    with closing(Floor(database_url)) as opened:
        yield opened


def test_a_sweep_raises_each_warning_once_and_closes_what_is_over(floor: Floor) -> None:
    opened = tick(floor.assistant)
    first = floor.assistant.warnings()
    assert opened == len(first) > 0
    assert len({(w["rule"], w["lot"], w["location"]) for w in first}) == len(first)
    told = len(floor.queued())
    floor.clock.now += timedelta(minutes=15)
    assert tick(floor.assistant) == opened
    assert len(floor.queued()) == told
    expiring = next(w for w in first if w["rule"] == "stock-expiring" and w["lot"] == "CB1114")
    floor.hear("maria", "scrap all of CB1114 past date")
    tick(floor.assistant)
    assert expiring["id"] not in {w["id"] for w in floor.assistant.warnings()}


def test_an_ignored_warning_is_told_once_more(floor: Floor) -> None:
    tick(floor.assistant)
    told = len(floor.queued())
    for _ in range(3):
        floor.clock.now += timedelta(hours=5)
        tick(floor.assistant)
    again = [say for _, say in floor.queued()[told:] if say.startswith("Nobody has taken care of warning")]
    assert again
    assert len(again) == len(set(again))


def test_the_shift_digest_is_queued_once_for_its_hour(floor: Floor) -> None:
    tick(floor.assistant)
    said = close_shift(floor.assistant)
    close_shift(floor.assistant)
    assert [say for _, say in floor.queued() if say.startswith("This shift:")] == [said]


def test_a_request_that_nobody_decides_is_closed_and_its_requester_told(floor: Floor) -> None:
    floor.hear("linh", "adjust ON1029 to 6 bags, miscount")
    floor.clock.now += timedelta(hours=25)
    tick(floor.assistant)
    assert floor.assistant.requests() == []
    assert ("person:linh", "Request 1 has expired; please have it reported again.") in floor.queued()


def test_the_day_is_sealed_and_its_digest_told(floor: Floor) -> None:
    floor.clock.now += timedelta(days=2)
    close_day(floor.assistant)
    close_day(floor.assistant)
    assert len([say for _, say in floor.queued() if say.startswith("Seal 1 over entries 1 to 33")]) == 1


def test_an_acknowledged_warning_is_no_longer_open(floor: Floor) -> None:
    tick(floor.assistant)
    first = floor.assistant.warnings()[0]["id"]
    assert not floor.assistant.acknowledge(first, "nobody")
    assert floor.assistant.acknowledge(first, "priya")
    assert not floor.assistant.acknowledge(first, "walt")
    assert first not in {w["id"] for w in floor.assistant.warnings()}
    assert first in {w["id"] for w in floor.assistant.warnings(open_only=False)}


def test_the_command_line_shows_what_could_not_be_delivered_and_sends_it_once_more(sqlite_url: str) -> None:
    load_demo(sqlite_url)
    environment = {"FLOOR_DATABASE_URL": sqlite_url, "FLOOR_TIMEZONE": ZONE.key}

    def messages(*words: str) -> Result:
        return CliRunner().invoke(main, ["messages", *words], env=environment, catch_exceptions=False)

    def refuse(session: Session) -> None:
        for number in (1, 2):
            session.outbox.queue("quality", f"k{number}", {"say": f"message {number}"}, MORNING)
        session.outbox.failed(1, "answered 400", None)

    with closing(Floor(sqlite_url)) as floor:
        floor.assistant.store.run(refuse)
    (shown,) = json.loads(messages("--json").stdout)
    assert (shown["number"], shown["to"], shown["state"], shown["error"]) == (1, "quality", "set aside", "answered 400")
    assert messages("--again", "2").exit_code == 1
    assert "Message 2 was not set aside." in messages("--again", "2").stderr
    (again,) = json.loads(messages("--json", "--again", "1").stdout)
    assert (again["number"], again["state"], again["tries"]) == (1, "waits", 0)
    assert "waits" in messages().stdout
