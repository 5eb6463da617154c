"""Looks everything up that the watch may ask about a posted transaction: it becomes flat outcomes, lots and inputs."""

from typing import Any

from assistant.rules.facts import Outcome, of_lot
from assistant.rules.policy import Policy
from assistant.rules.sums.netting import entered_kind, judged_places, moved, net_of, places_around, standing
from assistant.rules.sums.yields import least_use, made_by, most_planned, most_use, used_by
from store.model import Kind, Lot, LotState, OrderState, RecipeLine, Situation, Transaction


def outcomes(transaction: Transaction, before: Situation, after: Situation, policy: Policy) -> tuple[Outcome, ...]:
    """One outcome for each lot and real place, one for the work order without a lot, one for each recorded input.

    Inputs are looked at when an order makes or finishes.
    """
    person = after.catalog.people.get(transaction.by)
    general: dict[str, Any] = {
        "kind": str(transaction.kind),
        "channel": transaction.channel,
        "by_role": person.role if person else None,
        "has_partner": int(bool(transaction.partner)),
        "has_reference": int(bool((transaction.reference or "").strip())),
    }
    order = after.orders.get(transaction.work_order or "")
    about = general | (_of_order(after, order) if order else {})
    found = [
        Outcome(**about, **_of_lot(transaction, before, after, policy, lot, place), is_input=0)
        for lot in transaction.lots
        for place in judged_places(transaction, after.catalog, lot, net_of(transaction, lot))
    ]
    if not found:
        found.append(Outcome(**about, is_input=0))
    if order and transaction.kind in (Kind.PRODUCE, Kind.FINISH):
        used, made = used_by(order), made_by(order)
        recipe = after.catalog.recipes.get(order.order.product, ())
        found += (Outcome(**about, **_of_input(line, used.get(line.input, 0), made)) for line in recipe)
    return tuple(found)


def _of_order(after: Situation, state: OrderState) -> dict[str, Any]:
    recipe = after.catalog.recipes.get(state.order.product, ())
    used = used_by(state)
    return {
        "order_status": str(state.order.status),
        "planned": state.order.planned,
        "made": made_by(state),
        "inputs_recorded": sum(1 for quantity in state.inputs.values() if quantity > 0),
        "inputs_missing": sum(1 for line in recipe if not used.get(line.input)),
    }


def _of_input(line: RecipeLine, used: int, made: int) -> dict[str, Any]:
    return {
        "is_input": 1,
        "product": line.input,
        "used": used,
        "used_least": least_use(line, made),
        "used_most": most_use(line, made),
    }


def _of_lot(
    transaction: Transaction, before: Situation, after: Situation, policy: Policy, lot: str, place: str | None
) -> dict[str, Any]:
    catalog = after.catalog
    known = catalog.places.get(place or "")
    net = net_of(transaction, lot)
    count = next((c for c in transaction.counted if c.lot == lot and c.place == place), None)
    facts: dict[str, Any] = {
        "lot": lot,
        "place": place,
        "place_kind": known.kind if known else None,
        "to_kind": entered_kind(catalog, net),
        "quantity": moved(net, place),
        "variance": abs(count.found - count.expected) if count else None,
    }
    state = after.lots.get(lot)
    if state is None:
        return facts
    product = catalog.products.get(state.lot.product)
    around = places_around(catalog, place)
    return facts | {
        **of_lot(state.lot, catalog, after.today),
        "near_days": near_days(policy, state.lot.product, product.shelf_life_days if product else None, around),
        "remaining": sum(standing(catalog, state).values()),
        "earlier_lots": len(earlier(state.lot, before, after)),
        **_of_use(transaction, after, state.lot),
    }


def _of_use(transaction: Transaction, after: Situation, lot: Lot) -> dict[str, Any]:
    """What the order used of a lot's product so far, and the most that its plan should take."""
    order = after.orders.get(transaction.work_order or "")
    if order is None:
        return {}
    recipe = after.catalog.recipes.get(order.order.product, ())
    line = next((line for line in recipe if line.input == lot.product), None)
    return {
        "used": used_by(order).get(lot.product, 0),
        "planned_most": most_planned(line, order.order.planned) if line else None,
    }


def near_days(policy: Policy, product: str, shelf_life: int | None, around: tuple[str, ...]) -> int:
    """From how many days left on an expiry is near: the larger of a number of days and a share of the shelf life."""
    share = policy.number("near_expiry_percent", product, around) * (shelf_life or 0) / 100
    return int(max(policy.number("near_expiry_days", product, around), share))


def earlier(lot: Lot, before: Situation, after: Situation) -> list[LotState]:
    """The product's other lots that could be used instead and expire earlier, the earliest first.

    In stock, not on hold, not expired, not in a hold place; as they stand afterwards.
    """
    known = {state.lot.code: state for s in (before, after) for state in s.rivals.get(lot.product, ())}
    known |= {code: s for code, s in {**before.lots, **after.lots}.items() if s.lot.product == lot.product}
    return sorted(
        (s for s in known.values() if s.lot.code != lot.code and _usable(s, after) and _sooner(s.lot, lot)),
        key=lambda s: (s.lot.expires, s.lot.code),
    )


def _usable(state: LotState, now: Situation) -> bool:
    places = now.catalog.places
    stands = any(places[place].kind != "hold" for place in standing(now.catalog, state))
    return stands and not state.lot.on_hold and not state.lot.expired(now.today)


def _sooner(one: Lot, other: Lot) -> bool:
    return one.expires is not None and (other.expires is None or one.expires < other.expires)
