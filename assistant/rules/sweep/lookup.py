"""Looks everything up that the timed rules may ask: the plant becomes flat facts of lots, places, orders and people."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from assistant.rules.facts import LotFact, OrderFact, PersonFact, PlaceFact, SupplierFact, of_lot
from assistant.rules.policy import Policy
from assistant.rules.sums.netting import places_around, standing
from assistant.rules.sums.yields import made_by
from assistant.rules.sweep.plant_view import PlantView
from assistant.rules.watch.lookup import near_days
from store.model import Kind, LotState, OrderState


def lot_facts(view: PlantView, policy: Policy) -> Iterator[LotFact]:
    """A fact for each lot that stands in a real place."""
    for code, state in view.lots.items():
        stands = standing(view.catalog, state)
        if stands:
            yield _lot_fact(view, policy, code, state, stands)


def _lot_fact(view: PlantView, policy: Policy, code: str, state: LotState, stands: dict[str, int]) -> LotFact:
    lot = state.lot
    product = view.catalog.products.get(lot.product)
    around = places_around(view.catalog, next(iter(stands), None))
    since = view.now - policy.span("corrections_days", lot.product, around)
    held = view.held_since.get(code)
    return LotFact(
        **of_lot(lot, view.catalog, view.today),
        lot=code,
        supplier=lot.supplier,
        near_days=near_days(policy, lot.product, product.shelf_life_days if product else None, around),
        stock=sum(stands.values()),
        held_hours=_hours(view.now, held) if held else None,
        hold_hours=int(policy.number("hold_hours", lot.product, around)),
        corrections=sum(1 for w in state.write_offs if w.kind in (Kind.ADJUST, Kind.COUNT) and w.at >= since),
        corrections_limit=int(policy.number("corrections", lot.product, around)),
        lost=lost_of(state),
        lost_limit=lost_limit(view, policy, code, state),
    )


def lost_of(state: LotState) -> int:
    """What counts, adjustments and scraps took away of a lot."""
    return max(0, -sum(w.quantity for w in state.write_offs))


def lost_limit(view: PlantView, policy: Policy, code: str, state: LotState) -> int | None:
    """How much loss of a lot is ordinary; None where it is not known how much came in."""
    came = view.received.get(code)
    if came is None:
        return None
    return policy.share("shrink_percent", came, state.lot.product)


def place_facts(view: PlantView, policy: Policy) -> Iterator[PlaceFact]:
    """A fact for each real place with stock."""
    stands: dict[str, list[LotState]] = {}
    for state in view.lots.values():
        for place in standing(view.catalog, state):
            stands.setdefault(place, []).append(state)
    for place, states in stands.items():
        yield PlaceFact(
            place=place,
            place_kind=view.catalog.places[place].kind,
            lots=len(states),
            uncounted=sum(1 for state in states if is_uncounted(view, policy, state, place)),
        )


def is_uncounted(view: PlantView, policy: Policy, state: LotState, place: str) -> bool:
    """Whether a lot stands somewhere and is older than its count there may be."""
    due = policy.span("count_due_days", state.lot.product, places_around(view.catalog, place))
    counted = state.counted.get(place)
    if counted is not None:
        return counted < view.now - due
    return view.today - state.lot.made > due


def order_facts(view: PlantView, policy: Policy) -> Iterator[OrderFact]:
    """A fact for each work order that is not finished."""
    for number, state in view.orders.items():
        order = state.order
        product = view.catalog.products.get(order.product)
        seen = view.order_seen.get(number)
        yield OrderFact(
            order=number,
            product=order.product,
            order_status=str(order.status),
            planned=order.planned,
            made=made_by(state),
            inputs_recorded=sum(1 for quantity in state.inputs.values() if quantity > 0),
            inputs_days_left=min(_inputs_left(view, state).values(), default=None),
            quiet_hours=_hours(view.now, seen) if seen else None,
            idle_hours=int(policy.number("order_idle_hours", order.product)),
            open_days=(view.today - order.planned_day).days if order.planned_day else None,
            shelf_life=product.shelf_life_days if product else None,
        )


def _inputs_left(view: PlantView, state: OrderState) -> dict[str, int]:
    known = {lot: view.lots[lot].lot.expires for lot, q in state.inputs.items() if q > 0 and lot in view.lots}
    return {lot: (expires - view.today).days for lot, expires in known.items() if expires}


def first_to_expire(view: PlantView, state: OrderState) -> str | None:
    """The input of an order that expires first."""
    left = _inputs_left(view, state)
    return min(left, key=lambda lot: (left[lot], lot)) if left else None


def supplier_facts(view: PlantView, policy: Policy) -> Iterator[SupplierFact]:
    """A fact for each supplier with lots in stock."""
    lots: dict[str, list[str]] = {}
    for code, state in view.lots.items():
        if state.lot.supplier:
            lots.setdefault(state.lot.supplier, []).append(code)
    for supplier, codes in lots.items():
        yield SupplierFact(
            supplier=supplier,
            lots=len(codes),
            shrunk=sum(1 for code in codes if _shrank(view, policy, code)),
            shrunk_limit=int(policy.number("shrunk_lots")),
        )


def _shrank(view: PlantView, policy: Policy, code: str) -> bool:
    state = view.lots[code]
    limit = lost_limit(view, policy, code, state)
    return limit is not None and lost_of(state) > limit


def person_facts(view: PlantView, policy: Policy) -> Iterator[PersonFact]:
    """A fact for each habit of reporting."""
    for habit in view.habits:
        person = view.catalog.people.get(habit.person)
        yield PersonFact(
            person=habit.person,
            role=person.role if person else None,
            usual=habit.usual,
            usual_least=int(policy.number("usual_reports")),
            reports=habit.reports,
        )


def _hours(now: datetime, then: datetime) -> int:
    return int((now - then) / timedelta(hours=1))
