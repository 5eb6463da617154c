"""What surrounds the books: dialogues, messages in and out, approvals, firings, warnings, master data."""

from dataclasses import replace
from datetime import timedelta

import pytest

from store.errors import DuplicateKey, IdTaken
from store.model import Kind, OrderStatus, Place, Product, WorkOrder
from store.session import Store
from tests.support.books import NOON, TODAY, consume, later, post, receive, transaction


def test_a_dialogue_is_one_per_person_and_channel_and_expires(store: Store) -> None:
    with store.begin() as session:
        pending = session.pending
        assert pending.get("maria", "slack") is None
        pending.keep("maria", "slack", {"asking": "lot", "slots": {"quantity": "12"}}, later(10), NOON)
        pending.keep("maria", "voice", {"asking": "to"}, later(10), NOON)
        pending.keep("maria", "slack", {"asking": "ünit"}, later(20), NOON)
        session.commit()
    with store.begin() as session:
        pending = session.pending
        assert pending.get("maria", "slack", later(19)) == {"asking": "ünit"}
        assert pending.get("maria", "slack", later(20)) is None
        pending.keep("maria", "slack", None, later(20), NOON)
        pending.keep("maria", "voice", {"asking": "to"}, NOON, NOON)
        assert pending.get("maria", "slack") is None
        assert pending.get("maria", "voice") is None


def test_a_dialogue_belongs_to_its_thread(store: Store) -> None:
    with store.begin() as session:
        pending = session.pending
        pending.keep("maria", "slack", {"asking": "lot"}, later(10), NOON, thread="one")
        pending.keep("maria", "slack", {"asking": "to"}, later(30), later(1), thread="two")
        assert pending.get("maria", "slack") is None
        assert pending.get("maria", "slack", thread="one") == {"asking": "lot"}
        assert pending.latest("maria", "slack", later(2)) == "two"
        assert pending.latest("maria", "voice", later(2)) is None
        pending.keep("maria", "slack", {"asking": "at"}, later(40), later(20), thread="three")
        assert pending.get("maria", "slack", thread="one") is None
        assert pending.latest("maria", "slack", later(50)) is None


def test_a_message_is_answered_once_in_its_channel(store: Store) -> None:
    with store.begin() as session:
        assert session.inbox.seen("slack", "m1", "maria", "moved it") is None
        session.inbox.keep("slack", "m1", "maria", "moved it", {"say": "Moved."}, NOON)
        session.inbox.keep("voice", "m1", "maria", "counted it", {"say": "Counted."}, NOON)
        with pytest.raises(DuplicateKey):
            session.inbox.keep("slack", "m1", "maria", "moved it", {"say": "Again."}, NOON)
        session.commit()
    with store.begin(write=False) as session:
        assert session.inbox.seen("slack", "m1", "maria", "moved it") == {"say": "Moved."}
        for person, said in (("deshawn", "moved it"), ("maria", "counted it")):
            with pytest.raises(IdTaken):
                session.inbox.seen("slack", "m1", person, said)


def test_a_message_is_delivered_at_least_once_and_its_key_is_one_message(store: Store) -> None:
    with store.begin() as session:
        outbox = session.outbox
        assert outbox.queue("#quality", "k1", {"text": "one"}, NOON)
        assert not outbox.queue("#quality", "k1", {"text": "another"}, NOON)
        assert outbox.queue("#quality", "k2", {"text": "two"}, NOON)
        assert outbox.queue("@quinn", "k3", {"text": "three"}, later(60))
        taken = outbox.due(NOON, limit=1)
        assert [(m.key, m.body, m.attempts) for m in taken] == [("k1", {"text": "one"}, 0)]
        assert outbox.due(NOON) == [], "a sink's next message waits for the one before"
        outbox.done(taken[0].id, later(1), receipt="1700.1")
        assert [m.key for m in outbox.due(NOON)] == ["k2"]
        assert outbox.due(NOON) == []
        session.commit()
    with store.begin() as session:
        outbox = session.outbox
        leased = outbox.due(NOON + timedelta(minutes=1))
        assert [m.key for m in leased] == ["k2"], "whoever took it did not finish"
        outbox.failed(leased[0].id, "no such channel", later(5))
        assert outbox.due(later(4)) == []
        again = outbox.due(later(5))
        assert [(m.key, m.attempts, m.error) for m in again] == [("k2", 1, "no such channel")]
        outbox.failed(again[0].id, "gone", None)
        assert outbox.waiting() == 1
        delivered = outbox.get("k1")
        assert delivered is not None
        assert (delivered.sent, delivered.receipt, delivered.attempts) == (later(1), "1700.1", 1)
        assert outbox.get("k9") is None
        assert [m.key for m in outbox.due(later(60))] == ["k3"]


def test_a_request_is_decided_once(store: Store) -> None:
    with store.begin() as session:
        approvals = session.approvals
        first = approvals.open("adjustment", "maria", {"lot": "A"}, {"expected": "12"}, NOON, later(60))
        second = approvals.open("over-yield", "maria", {}, {}, NOON, later(30))
        assert (first, second) == (1, 2)
        assert [a.number for a in approvals.pending(later(29))] == [1, 2]
        assert [a.number for a in approvals.pending(later(30))] == [1]
        assert [a.number for a in approvals.expired(later(30))] == [2]
        assert approvals.decide(first, "approved", "quinn", "checked it myself", later(5))
        assert not approvals.decide(first, "rejected", "omar", None, later(6))
        session.commit()
    with store.begin(write=False) as session:
        decided = session.approvals.get(1)
        assert session.approvals.get(9) is None
        assert [a.number for a in session.approvals.pending(NOON)] == [2]
    assert decided is not None
    assert (decided.status, decided.decided_by, decided.note, decided.decided_at) == (
        "approved", "quinn", "checked it myself", later(5),
    )  # fmt: skip
    assert (decided.body, decided.evidence, decided.at, decided.expires) == (
        {"lot": "A"}, {"expected": "12"}, NOON, later(60),
    )  # fmt: skip


def test_every_firing_counts(store: Store) -> None:
    with store.begin() as session:
        assert session.firings.counts() == {}
        session.firings.note("expired", "block", "maria", "A", "DOCK", None, NOON)
        session.firings.note("expired", "block", "maria", None, None, None, NOON)
        session.firings.note("fefo", "warn", "maria", "A", "DOCK", 1, NOON)
        assert session.firings.counts() == {"expired": 2, "fefo": 1}


def test_an_open_warning_is_one_however_often_it_is_seen(store: Store) -> None:
    with store.begin() as session:
        warnings = session.warnings
        first = warnings.raise_("expiry", "expiry:A", "A", "RAW", "DOCK", "A expires tomorrow.", "#floor", NOON)
        assert (
            warnings.raise_("expiry", "expiry:A", "A", "RAW", "DOCK", "A expires today.", "#floor", later(9)) == first
        )
        second = warnings.raise_("expiry", "expiry:B", "B", "RAW", None, "B expires.", None, NOON)
        session.commit()
    with store.begin() as session:
        warnings = session.warnings
        seen = warnings.get(first)
        assert seen is not None
        assert (seen.say, seen.raised, seen.seen, seen.times) == ("A expires today.", NOON, later(9), 2)
        assert warnings.acknowledge(first, "quinn", later(10))
        assert not warnings.acknowledge(first, "omar", later(11))
        assert warnings.close(second, later(12))
        assert [w.id for w in warnings.list(open_only=True)] == [first]
        assert [(w.id, w.closed) for w in warnings.list()] == [(first, None), (second, later(12))]
        assert warnings.close(first, later(13))
        assert not warnings.close(first, later(14))
        anew = warnings.raise_("expiry", "expiry:A", "A", "RAW", "DOCK", "A expired.", "#floor", later(15))
        assert anew not in {first, second}
        assert [w.id for w in warnings.list(open_only=True)] == [anew]


def test_master_data_is_read_again_only_when_it_changed(store: Store) -> None:
    other = Store(store.database.url.render_as_string(hide_password=False))
    with other.begin(write=False) as session:
        before = session.catalog
    with other.begin(write=False) as session:
        assert session.catalog is before
        statements = session.connection.statements
    assert statements == 1
    product = before.products["RAW"]
    changed = replace(product, name="Dry chickpeas", packs={"bag": 400_000}, aliases=("garbanzos",))
    with store.begin() as session:
        assert session.master.put_products([product]) == 0
        assert session.master.put_products([changed, Product("NEW", "New", "raw", "kg")]) == 2
        assert session.catalog.products["RAW"] == changed
        session.master.put_places([Place("NOWHERE", "Nowhere", "storage")])
        assert "NOWHERE" in session.catalog.places
    with store.begin() as session:
        assert session.catalog == before, "what was rolled back is not kept for others"
        session.master.put_products([changed])
        session.commit()
    with other.begin(write=False) as session:
        assert session.catalog.products["RAW"] == changed
        assert session.catalog.version > before.version
    other.close()


def test_an_order_loaded_again_keeps_the_status_that_entries_gave_it(store: Store) -> None:
    post(store, receive("A", 10), consume("A", 1), transaction(Kind.FINISH, work_order="WO-2"))
    with store.begin() as session:
        order = session.orders.get("WO-1")
        assert order is not None
        assert session.master.put_work_orders([replace(order, status=OrderStatus.OPEN)]) == 0
        changed = replace(order, planned=7, planned_day=None)
        assert session.master.put_work_orders([replace(changed, status=OrderStatus.OPEN)]) == 1
        assert session.master.put_work_orders([WorkOrder("WO-3", "FIN", 1, "ea", planned_day=TODAY)]) == 1
        assert session.orders.get("WO-1") == changed
        assert [o.number for o in session.orders.all(OrderStatus.OPEN)] == ["WO-3"]
        assert [o.number for o in session.orders.all()] == ["WO-1", "WO-2", "WO-3"]


def test_lots_added_since_are_told_once_where_none_can_be_missing(sqlite_store: Store) -> None:
    post(sqlite_store, receive("A", 1), receive("B", 1))
    with sqlite_store.begin(write=False) as session:
        lots, serial = session.lots.after(0)
        assert lots == [("A", "RAW"), ("B", "RAW")]
        assert session.lots.after(serial) == ([], serial)
    post(sqlite_store, receive("C", 1))
    with sqlite_store.begin(write=False) as session:
        assert session.lots.after(serial) == ([("C", "RAW")], serial + 1)


def test_a_lot_and_an_entry_committed_late_are_not_missed(postgres_store: Store) -> None:
    slow, fast = receive("SLOW", 1), receive("FAST", 1)
    with postgres_store.begin() as session:
        session.ledger.record(slow, recorded=NOON)
        post(postgres_store, fast)
        with postgres_store.begin(write=False) as reader:
            lots, serial = reader.lots.after(0)
            settled = reader.ledger.settled()
        assert lots == [("FAST", "RAW")]
        assert settled == 0
        session.commit()
    with postgres_store.begin(write=False) as session:
        assert ("SLOW", "RAW") in session.lots.after(serial)[0]
        assert session.ledger.settled() == 2
