"""What the rules look at, read from the books: what a report is judged in, and the whole plant for the timed watch."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from assistant.report_kinds import judged_with
from assistant.rules import Habit, PlantView, RuleBook
from store.model import OPENING, SUPPLIER, Kind, LotState, OrderStatus, Situation, Transaction, WriteOff, standing
from store.session import Session
from store.trace import lineage

WRITE_OFFS: Final = tuple(Kind(name) for name in judged_with("write_offs"))
"""What changes a lot's quantity without another place to show for it."""

OF_PRODUCT: Final = 60
"""So many lots of a product are looked at beside the one that is used: those with stock, the first to expire first."""

SHIFT_HOURS: Final = 8
HABIT_DAYS: Final = 7


def write_offs(session: Session, lot: str, since: datetime) -> tuple[WriteOff, ...]:
    """What counts, adjustments and scraps did to a lot since then, less what was taken back."""
    entries = session.ledger.entries(lot=lot, kinds=WRITE_OFFS, since=since)
    places = session.catalog.places
    return tuple(
        WriteOff(e.transaction.kind, p.place, p.quantity, e.recorded, e.transaction.by)
        for e in standing(entries)
        for p in e.transaction.postings
        if p.lot == lot and p.place in places
    )


def with_write_offs(session: Session, situation: Situation, lots: Iterable[str], book: RuleBook) -> Situation:
    """The situation with the recent write-offs of these lots."""
    since = situation.now - book.policy.span("history_days")
    found = dict(situation.lots)
    for code in lots:
        if code in found:
            found[code] = replace(found[code], write_offs=write_offs(session, code, since))
    return replace(situation, lots=found)


def judged_in(  # what a report says of itself
    session: Session,
    kind: str,
    lots: Iterable[str],
    order: str | None,
    products: Collection[str],
    now: datetime,
    book: RuleBook,
) -> Situation:
    """The situation that a report is judged in, under lock: its lots and order, and of `products` the lots in stock.

    A report of some kinds is judged by all that its order holds, others by what was written off of its lots lately.
    """
    numbers = [order] if order else []
    rivals = {
        sku: list(dict.fromkeys(row.lot.code for row in session.ledger.stock(product=sku)))[:OF_PRODUCT]
        for sku in products
    }
    own = list(lots)
    codes = [*own, *(code for found in rivals.values() for code in found)]
    situation = session.situation(codes, numbers, now, now.date())
    if order and order in situation.orders and kind in judged_with("order"):
        state = situation.orders[order]
        situation = session.situation([*codes, *state.inputs, *state.outputs], numbers, now, now.date())
    if kind in WRITE_OFFS:
        situation = with_write_offs(session, situation, own, book)
    states = {
        sku: tuple(situation.lots[code] for code in found if code in situation.lots) for sku, found in rivals.items()
    }
    sources = held_sources(session, own or codes) if products else {}
    return replace(situation, rivals=states, held_sources=sources)


def reached_from(session: Session, lot: str) -> list[str]:
    """Every lot that a lot went into."""
    return lineage.reach(session, lot, "forward")


def held_sources(session: Session, lots: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Of each lot the lots on hold that went into it; nothing is looked up while no lot is on hold."""
    held = session.lots.held()
    if not held:
        return {}
    found = {code: tuple(sorted(held.intersection(lineage.reach(session, code, "backward")))) for code in lots}
    return {code: sources for code, sources in found.items() if sources}


def of_transaction(session: Session, told: Transaction, now: datetime, book: RuleBook) -> Situation:
    """The situation that a transaction told before is judged in now."""
    known = [session.lots.get(code) for code in told.lots]
    products = {lot.product for lot in known if lot} if told.kind in judged_with("rivals") else frozenset[str]()
    return judged_in(session, told.kind, told.lots, told.work_order, products, now, book)


def plant_view(session: Session, now: datetime, book: RuleBook) -> PlantView:
    """The whole plant at this moment: what stands, what runs, who usually reports."""
    orders = [o.number for o in session.orders.all() if o.status is not OrderStatus.FINISHED]
    states = session.situation((), orders, now, now.date(), lock=False).orders
    inside = {code for state in states.values() for code in (*state.inputs, *state.outputs)}
    codes = {row.lot.code for row in session.ledger.stock()} | inside
    situation = session.situation(codes, orders, now, now.date(), lock=False)
    situation = with_write_offs(session, situation, _written_off(session, now, book), book)
    return PlantView(
        catalog=session.catalog,
        now=now,
        today=now.date(),
        lots=situation.lots,
        orders=situation.orders,
        received={code: _came_in(state, orders) for code, state in situation.lots.items()},
        held_since=_held_since(session, situation.lots),
        order_seen=_order_seen(session, orders),
        habits=_habits(session, now),
    )


def _written_off(session: Session, now: datetime, book: RuleBook) -> set[str]:
    """The lots that anything was written off of lately."""
    since = now - book.policy.span("history_days")
    return {code for e in session.ledger.entries(kinds=WRITE_OFFS, since=since) for code in e.transaction.lots}


def _came_in(state: LotState, orders: Iterable[str]) -> int:
    """What of a lot was received, opened with or made: the other side of its balances."""
    made = {*orders, state.lot.work_order}
    return -sum(
        q for place, q in state.balances.items() if q < 0 and (place.startswith((SUPPLIER, OPENING)) or place in made)
    )


def _held_since(session: Session, lots: Mapping[str, LotState]) -> dict[str, datetime]:
    found = {}
    for code, state in lots.items():
        if state.lot.on_hold:
            last = session.ledger.entries(lot=code, kinds=(Kind.HOLD,), newest_first=True, limit=1)
            if last:
                found[code] = last[0].recorded
    return found


def _order_seen(session: Session, orders: Iterable[str]) -> dict[str, datetime]:
    found = {}
    for number in orders:
        last = session.ledger.entries(work_order=number, newest_first=True, limit=1)
        if last:
            found[number] = last[0].recorded
    return found


def _habits(session: Session, now: datetime) -> tuple[Habit, ...]:
    """Who reports how often in this shift of the day, usually and today."""
    start = now.replace(hour=now.hour - now.hour % SHIFT_HOURS, minute=0, second=0, microsecond=0)
    usual: Counter[str] = Counter()
    today: Counter[str] = Counter()
    for person, recorded in session.ledger.reports_since(start - timedelta(days=HABIT_DAYS)):
        if recorded >= start:
            today[person] += 1
        elif recorded.hour // SHIFT_HOURS == start.hour // SHIFT_HOURS:
            usual[person] += 1
    shift = f"{start:%H:%M}–{start + timedelta(hours=SHIFT_HOURS):%H:%M}"
    people = session.catalog.people
    return tuple(
        Habit(person, shift, count // HABIT_DAYS, today[person]) for person, count in usual.items() if person in people
    )
