"""The entrance to the ledger: every firing is noted, of what posted and of what was refused, whoever brought it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from assistant.rules import Request
from assistant.supervision.enter import Entered, Entrance, Refused
from store.model import Entry, Transaction
from store.session import Session
from tests.support.floor_day import Floor, demo_books

T = TypeVar("T")


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    with closing(Floor(f"sqlite:///{demo_books(tmp_path / 'floor.db')}")) as opened:
        yield opened


def fired(floor: Floor) -> dict[str, int]:
    return floor.assistant.store.run(lambda session: dict(session.firings.counts()), write=False)


def within(floor: Floor, work: Callable[[Session, Entrance], T]) -> T:
    """Something done with the entrance, committed."""

    def run(session: Session) -> T:
        wording = floor.assistant.conversation.wording
        return work(session, Entrance(session, floor.assistant.book(session), wording, floor.clock()))

    return floor.assistant.store.run(run)


def told(floor: Floor, text: str) -> Transaction:
    """The transaction of the entry that this posts, to be tried once more under another key."""
    (entry,) = floor.hear("maria", text).entries
    found: Entry | None = floor.assistant.store.run(lambda s: s.ledger.entry(int(entry["number"])), write=False)
    assert found is not None
    return found.transaction


@pytest.mark.parametrize("channel", ["slack", "voice"])
def test_a_refusal_is_noted_and_said_also_where_the_rest_waits_for_a_yes(floor: Floor, channel: str) -> None:
    floor.hear("anna", "hold CB1120", "console")
    reply = floor.hear("maria", "used 2 cases CB1120 on 4475. moved 1 cs RM1107 from C1-01 to line 2", channel)
    assert [b.rule for b in reply.blocked] == ["lot-on-hold"]
    assert fired(floor)["lot-on-hold"] == 1


def test_a_notice_that_a_rule_refuses_leaves_a_trace_but_for_a_dry_run(floor: Floor, tmp_path: Path) -> None:
    notice = tmp_path / "asn.csv"
    head = "lot,sku,quantity,unit,expires,supplier,reference\n"
    notice.write_text(head + "RM1107,R-TOM,2,case,2026-12-03,RIO,ASN 1\n", encoding="utf-8")
    found = floor.assistant.receive_notice(notice, by="tom", at="DOCK1", dry=True)
    assert found.faults
    assert not fired(floor).keys() & {"lot-exists", "product-contradicts-lot"}
    found = floor.assistant.receive_notice(notice, by="tom", at="DOCK1")
    assert found.faults
    assert fired(floor).keys() & {"lot-exists", "product-contradicts-lot"}
    assert floor.assistant.warnings() == []


def test_what_deserves_a_look_is_noted_on_its_entry_and_open_once(floor: Floor) -> None:
    first = told(floor, "used 1 case of chicken CB1120 on 4475")
    assert fired(floor)["fefo-skipped"] == 1

    def again(session: Session, entrance: Entrance) -> Entered | Refused:
        before = session.situation(first.lots, [first.work_order or ""], entrance.now, entrance.now.date())
        anew = Transaction(**{f: getattr(first, f) for f in first.__slots__} | {"key": "console:again"})
        return entrance.enter(anew, before, Request(by=session.catalog.people["maria"]))

    entered = within(floor, again)
    assert isinstance(entered, Entered)
    assert entered.entry.transaction.key == "console:again"
    assert entered.after.lots["CB1120"].balances["WO-4475"] == 2 * -first.postings[0].quantity
    assert len(floor.assistant.warnings()) == 1


def test_too_little_in_the_past_is_refused_without_a_trace_in_the_books(floor: Floor) -> None:
    floor.hear("maria", "moved 14 cs RM1107 from C1-01 to line 2")
    late = told(floor, "moved 14 cs RM1107 from line 2 to line 1")
    before_it_came = late.happened - timedelta(hours=1)

    def again(session: Session, entrance: Entrance) -> Entered | Refused:
        before = session.situation(late.lots, [], entrance.now, entrance.now.date())
        sides = tuple(
            type(p)(p.lot, "L1" if p.place == "L2" else "L2", p.quantity, p.amount, p.unit) for p in late.postings
        )
        fields = {f: getattr(late, f) for f in late.__slots__}
        anew = Transaction(**fields | {"key": "console:late", "postings": sides, "happened": before_it_came})
        return entrance.enter(anew, before, Request(by=session.catalog.people["maria"]))

    entered = within(floor, again)
    assert isinstance(entered, Refused)
    assert entered.short is not None
    assert entered.short.lot == "RM1107"
