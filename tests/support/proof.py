"""Works everything out again from the entries alone, in plain Python, and compares it with what the store keeps.

It shares no code with the store but the reading of entries, so that a fault in one shows against the other.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from store.model import Entry, Kind, OrderStatus
from store.session import Session, Store
from store.trace import lineage
from tests.support.books import PLACES

Pair = tuple[str, str]
Used = tuple[str, str, str, int]
"""What of a lot went into which lot, by which order."""


def _used(edge: Used) -> str:
    return edge[0]


def _made(edge: Used) -> str:
    return edge[1]


WAYS: tuple[tuple[lineage.Direction, Callable[[Used], str], Callable[[Used], str]], ...] = (
    ("backward", _made, _used),
    ("forward", _used, _made),
)


def prove(store: Store) -> int:
    """Assert that balances, past moments, lineage, holds, counts and orders are what entries imply; their number."""
    with store.begin(write=False) as session:
        entries = session.ledger.entries()
        standing = _standing(entries)
        _numbers_and_keys(entries)
        _every_lot_sums_to_zero(entries)
        _nothing_negative_at_any_moment(entries)
        _balances_are_sums(session, entries)
        _lineage_is_implied(session, entries)
        _lots_and_orders_stand_as_told(session, standing)
    return len(entries)


def _standing(entries: list[Entry]) -> list[Entry]:
    taken_back = {entry.reverses for entry in entries}
    return [entry for entry in entries if entry.reverses is None and entry.number not in taken_back]


def _numbers_and_keys(entries: list[Entry]) -> None:
    numbers = [entry.number for entry in entries]
    assert numbers == sorted(set(numbers))
    keys = [entry.transaction.key for entry in entries]
    assert len(keys) == len(set(keys)), "a key posted twice"
    reversed_ = [entry.reverses for entry in entries if entry.reverses is not None]
    assert len(reversed_) == len(set(reversed_)), "an entry taken back twice"


def _changes(entry: Entry) -> dict[Pair, int]:
    changes: dict[Pair, int] = defaultdict(int)
    for posting in entry.transaction.postings:
        changes[posting.lot, posting.place] += posting.quantity
    return changes


def _sums(entries: list[Entry]) -> dict[Pair, int]:
    sums: dict[Pair, int] = defaultdict(int)
    for entry in entries:
        for pair, change in _changes(entry).items():
            sums[pair] += change
    return sums


def _every_lot_sums_to_zero(entries: list[Entry]) -> None:
    totals: dict[str, int] = defaultdict(int)
    for (lot, _), quantity in _sums(entries).items():
        totals[lot] += quantity
    assert not {lot: total for lot, total in totals.items() if total}


def _nothing_negative_at_any_moment(entries: list[Entry]) -> None:
    for order in (lambda e: (e.transaction.happened, e.number), lambda e: e.number):
        running: dict[Pair, int] = defaultdict(int)
        for entry in sorted(entries, key=order):
            for pair, change in _changes(entry).items():
                running[pair] += change
                assert pair[1] not in PLACES or running[pair] >= 0, f"{pair} below zero at entry {entry.number}"


def _balances_are_sums(session: Session, entries: list[Entry]) -> None:
    rows = session.connection.execute("SELECT lot, place, quantity FROM balance")
    kept = {(lot, place): quantity for lot, place, quantity in rows}
    sums = _sums(entries)
    assert {pair: q for pair, q in kept.items() if q} == {pair: q for pair, q in sums.items() if q}
    shown = {(s.lot.code, s.place): s.quantity for s in session.ledger.stock()}
    assert shown == {pair: q for pair, q in sums.items() if q and pair[1] in PLACES}
    moments: list[datetime] = sorted({entry.transaction.happened for entry in entries})
    for at in moments[:: max(1, len(moments) // 3)]:
        then = _sums([entry for entry in entries if entry.transaction.happened <= at])
        shown = {(s.lot.code, s.place): s.quantity for s in session.ledger.stock(at=at)}
        assert shown == {pair: q for pair, q in then.items() if q and pair[1] in PLACES}


def _lineage_is_implied(session: Session, entries: list[Entry]) -> None:
    used: dict[Pair, int] = defaultdict(int)
    made: dict[Pair, int] = defaultdict(int)
    for entry in entries:
        order = entry.transaction.work_order
        for (lot, place), change in _changes(entry).items():
            if place == order and entry.transaction.kind == Kind.PRODUCE:
                made[lot, place] -= change
            elif place == order:
                used[lot, place] += change
    assert all(quantity >= 0 for quantity in (*used.values(), *made.values()))
    edges = {
        (from_lot, to_lot, order, quantity)
        for (from_lot, order), quantity in used.items()
        for (to_lot, place), produced in made.items()
        if place == order and quantity and produced
    }
    lots = {lot for lot, _ in (*used, *made)}
    for lot in lots:
        for way, near, far in WAYS:
            reached: set[str] = {lot}
            wanted: set[Used] = set()
            while fresh := {edge for edge in edges - wanted if near(edge) in reached}:
                wanted |= fresh
                reached |= {far(edge) for edge in fresh}
            told = lineage.trace(session, lot, way)
            assert len(told) == len(set(told))
            assert {(e.from_lot, e.to_lot, e.work_order, e.quantity) for e in told} == wanted
            assert set(lineage.reach(session, lot, way)) == reached - {lot}


def _lots_and_orders_stand_as_told(session: Session, standing: list[Entry]) -> None:
    held: dict[str, bool] = {}
    status: dict[str, OrderStatus] = {}
    counted: dict[Pair, datetime] = {}
    known: set[str] = set()
    for entry in standing:
        t = entry.transaction
        known.update(posting.lot for posting in t.postings)
        if t.kind in {Kind.HOLD, Kind.RELEASE}:
            held.update(dict.fromkeys(t.lots, t.kind == Kind.HOLD))
        if t.work_order and t.kind in {Kind.START, Kind.CONSUME}:
            status.setdefault(t.work_order, OrderStatus.RUNNING)
        if t.work_order and t.kind == Kind.FINISH:
            status[t.work_order] = OrderStatus.FINISHED
        for c in t.counted:
            counted[c.lot, c.place] = max(t.happened, counted.get((c.lot, c.place), t.happened))
    for lot in known:
        state = session.lots.state(lot)
        assert state is not None
        assert state.lot.on_hold == held.get(lot, False)
        assert dict(state.counted) == {place: at for (code, place), at in counted.items() if code == lot}
    assert {order.number: order.status for order in session.orders.all() if order.status != OrderStatus.OPEN} == status
