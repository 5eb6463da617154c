"""Looks everything up that the gate may ask, so that judging needs no database: a transaction becomes flat lines."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from assistant.rules.facts import Line
from assistant.rules.finding import APPROVERS, Request
from assistant.rules.policy import Policy
from store.model import (
    ADJUSTMENT,
    CUSTOMER,
    OPENING,
    SCRAP,
    SUPPLIER,
    VARIANCE,
    Catalog,
    Counted,
    Kind,
    Lot,
    LotState,
    OrderState,
    Product,
    RecipeLine,
    Situation,
    Transaction,
)

VIRTUAL = frozenset({SCRAP, VARIANCE, ADJUSTMENT, OPENING})


def lines(transaction: Transaction, situation: Situation, policy: Policy, request: Request) -> tuple[Line, ...]:
    """One line for each lot and real place that it leaves, or enters where it leaves none; one without a lot."""
    found: list[Line] = []
    for lot in transaction.lots:
        net = net_of(transaction, lot)
        real = {place: change for place, change in net.items() if place in situation.catalog.places and change}
        leaving = [place for place, change in real.items() if change < 0]
        counted = [c.place for c in transaction.counted if c.lot == lot]
        places: list[str | None] = [*(leaving or list(real) or counted)]
        found += (_line(transaction, situation, policy, request, lot, place) for place in places or [None])
    return tuple(found) or (_line(transaction, situation, policy, request, None, None),)


def _line(
    transaction: Transaction,
    situation: Situation,
    policy: Policy,
    request: Request,
    lot: str | None,
    place: str | None,
) -> Line:
    catalog = situation.catalog
    now = _general(transaction, situation, request)
    if lot is None:
        return Line(**now, **_of_order(transaction, situation, None, None, {}))
    state = situation.lots.get(lot)
    new = next((n for n in transaction.new_lots if n.code == lot), None)
    known = state.lot if state else new
    product = catalog.products.get(known.product) if known else None
    net = net_of(transaction, lot)
    return Line(
        **now,
        **_of_lot(transaction, situation, request, lot, known, new, product),
        **_of_place(catalog, state, net, place),
        **_of_order(transaction, situation, lot, known, net),
        **_of_checks(transaction, situation, policy, state, lot, place),
    )


def _general(transaction: Transaction, situation: Situation, request: Request) -> dict[str, Any]:
    catalog = situation.catalog
    reason = catalog.reasons.get(transaction.reason or "")
    approver = request.approver
    own = {transaction.work_order, *situation.orders}
    return {
        "kind": str(transaction.kind),
        "channel": transaction.channel,
        "imported": int(request.imported),
        "by_role": request.by.role,
        "has_approver": int(approver is not None),
        "approver_may": None if approver is None else int(approver.role in APPROVERS),
        "approver_is_requester": None if approver is None else int(approver.code == request.by.code),
        "approval_noted": int(bool((request.approval_note or "").strip())),
        "recounted": int(request.recount),
        "has_reason": int(bool((transaction.reason or "").strip())),
        "reason_kind": reason.kind if reason else None,
        "has_partner": int(bool(transaction.partner)),
        "has_reference": int(bool((transaction.reference or "").strip())),
        "seconds_late": int((situation.now - transaction.happened).total_seconds()),
        "places_known": int(all(is_place(catalog, p.place, own) for p in transaction.postings)),
    }


def _of_lot(
    transaction: Transaction,
    situation: Situation,
    request: Request,
    lot: str,
    known: Lot | None,
    new: Lot | None,
    product: Product | None,
) -> dict[str, Any]:
    before = situation.lots.get(lot)
    said = request.products.get(lot)
    expires = known.expires if known else None
    return {
        "lot": lot,
        "lot_known": int(known is not None),
        "lot_new": int(new is not None and before is None),
        "lot_clashes": int(new is not None and before is not None and before.lot.product != new.product),
        "on_hold": int(known.on_hold) if known else None,
        "days_left": (expires - day_of(transaction, situation)).days if expires else None,
        "product": known.product if known else None,
        "product_kind": product.kind if product else None,
        "traced": int(product.traceability_list) if product else None,
        "contradicted": int(said is not None and known is not None and said != known.product),
    }


def _of_place(catalog: Catalog, state: LotState | None, net: Mapping[str, int], place: str | None) -> dict[str, Any]:
    known = catalog.places.get(place or "")
    entered = [catalog.places[p].kind for p, change in net.items() if change > 0 and p in catalog.places]
    change = net.get(place or "", 0)
    return {
        "place": place,
        "place_kind": known.kind if known else None,
        "to_kind": next((kind for kind in entered if kind != "hold"), entered[0] if entered else None),
        "quantity": abs(change) or max((abs(change) for change in net.values()), default=0),
        "leaving": max(0, -change) if known else None,
        "available": state.balances.get(place or "", 0) if known and state else None,
    }


def _of_order(
    transaction: Transaction, situation: Situation, lot: str | None, known: Lot | None, net: Mapping[str, int]
) -> dict[str, Any]:
    number = transaction.work_order
    state = situation.orders.get(number or "")
    facts: dict[str, Any] = {
        "has_order": int(bool(number)),
        "order_known": int(state is not None) if number else None,
    }
    if state is None or number is None:
        return facts
    order = state.order
    recipe = situation.catalog.recipes.get(order.product, ())
    facts |= {
        "order_status": str(order.status),
        "inputs_recorded": sum(1 for quantity in state.inputs.values() if quantity > 0),
        "recipe_lines": len(recipe),
    }
    if lot is None or known is None:
        return facts
    made = made_by(transaction, situation, state)
    return facts | {
        "in_recipe": int(any(line.input == known.product for line in recipe)) if recipe else None,
        "is_ordered": int(known.product == order.product),
        "in_order": state.inputs.get(lot, 0),
        "returned": max(0, -net.get(number, 0)) if transaction.kind == Kind.RETURN else None,
        "output_total": made if transaction.kind == Kind.PRODUCE else None,
        "output_limit": can_yield(recipe, used_by(state)) if transaction.kind == Kind.PRODUCE else None,
    }


def _of_checks(
    transaction: Transaction,
    situation: Situation,
    policy: Policy,
    state: LotState | None,
    lot: str,
    place: str | None,
) -> dict[str, Any]:
    product = state.lot.product if state else None
    around = places_around(situation.catalog, place)
    window = policy.span("count_window_hours", product, around)
    facts: dict[str, Any] = {"count_window": int(window.total_seconds())}
    count = next((c for c in transaction.counted if c.lot == lot and c.place == place), None)
    if count is not None:
        percent = policy.number("count_tolerance_percent", product, around)
        facts |= {
            "variance": abs(count.found - count.expected),
            "variance_limit": int(count.expected * percent / 100),
            "count_stale": int(is_stale(state, count)),
        }
    if state is None:
        return facts
    counted = state.counted.get(place or "")
    limit = _split_limit(state, situation, policy, around)
    small = [w for w in state.write_offs if w.at >= situation.now - window and abs(w.quantity) <= limit]
    change = sum(net_of(transaction, lot).get(p, 0) for p in situation.catalog.places)
    return facts | {
        "counted_lately": int(counted is not None and counted >= situation.now - window),
        "write_offs": len(small),
        "written_off": abs(sum(w.quantity for w in small) + change),
        "split_limit": limit,
        "split_after": max(0, int(policy.number("split_scraps", product, around)) - 1),
    }


def _split_limit(state: LotState, situation: Situation, policy: Policy, around: tuple[str, ...]) -> int:
    stands = sum(quantity for place, quantity in state.balances.items() if place in situation.catalog.places)
    lost = sum(-w.quantity for w in state.write_offs if w.quantity < 0)
    percent = policy.number("split_percent", state.lot.product, around)
    return int((stands + lost) * percent / 100)


def net_of(transaction: Transaction, lot: str) -> dict[str, int]:
    """What the transaction changes of a lot by place, its lines netted."""
    net: dict[str, int] = {}
    for posting in transaction.postings:
        if posting.lot == lot:
            net[posting.place] = net.get(posting.place, 0) + posting.quantity
    return net


def is_place(catalog: Catalog, place: str, orders: set[str | None]) -> bool:
    """Whether the books have such a place: a real one, a work order, or one of the virtual ones."""
    return place in catalog.places or place in VIRTUAL or place in orders or place.startswith((SUPPLIER, CUSTOMER))


def is_stale(state: LotState | None, count: Counted) -> bool:
    """Whether the lot moved in that place after the ledger position at which the count was asked for."""
    return state is not None and state.positions.get(count.place, 0) > count.position


def day_of(transaction: Transaction, situation: Situation) -> date:
    """The plant's day on which it happened; today, however the day was pinned, for what happened now."""
    happened = transaction.happened.astimezone(situation.now.tzinfo)
    return situation.today - timedelta(days=(situation.now.date() - happened.date()).days)


def places_around(catalog: Catalog, place: str | None) -> tuple[str, ...]:
    """The place and the places around it, innermost first; overrides of a cooler are overrides of its bays."""
    found: list[str] = []
    while place is not None and place not in found:
        found.append(place)
        known = catalog.places.get(place)
        place = known.parent if known else None
    return tuple(found)


def used_by(state: OrderState) -> dict[str, int]:
    """What went into an order by product, returns taken off."""
    used: dict[str, int] = {}
    for lot, quantity in state.inputs.items():
        if quantity > 0 and (product := state.products.get(lot)):
            used[product] = used.get(product, 0) + quantity
    return used


def made_by(transaction: Transaction, situation: Situation, state: OrderState) -> int:
    """What an order has made of its product, with this transaction."""
    wanted = state.order.product
    made = sum(q for lot, q in state.outputs.items() if state.products.get(lot, wanted) == wanted)
    new = {n.code: n.product for n in transaction.new_lots}
    for lot in transaction.lots:
        before = situation.lots.get(lot)
        if (before.lot.product if before else new.get(lot)) == wanted:
            made += max(0, -net_of(transaction, lot).get(state.order.number, 0))
    return made


def can_yield(recipe: tuple[RecipeLine, ...], used: Mapping[str, int]) -> int | None:
    """The most that the recorded inputs can yield: none's yield is above what is expected of it plus its tolerance.

    Yield of an input = expected yield x expected use / actual use (docs/rules.md). Inputs of the recipe that are not
    recorded at all do not limit; None where the recipe limits nothing.
    """
    limits = [
        Fraction(used[line.input] * line.output_quantity, line.quantity)
        * Fraction(line.expected_yield + line.tolerance, line.expected_yield)
        for line in recipe
        if used.get(line.input, 0) > 0 and line.quantity > 0 and line.expected_yield > 0
    ]
    return int(min(limits)) if limits else None
