"""Looks everything up that the gate may ask, so that judging needs no database: a transaction becomes flat lines."""

from collections.abc import Mapping
from typing import Any

from assistant.rules.facts import Line
from assistant.rules.finding import APPROVERS, Request
from assistant.rules.netting import (
    day_of,
    entered_kind,
    is_place,
    judged_places,
    moved,
    net_of,
    places_around,
    standing,
)
from assistant.rules.policy import Policy
from assistant.rules.yields import about_to_make, can_yield, made_by, used_by
from store.model import Catalog, Counted, Kind, Lot, LotState, Product, Situation, Transaction


def lines(transaction: Transaction, situation: Situation, policy: Policy, request: Request) -> tuple[Line, ...]:
    """One line for each lot and real place that it leaves, or enters where it leaves none; one without a lot."""
    found = [
        _line(transaction, situation, policy, request, lot, place)
        for lot in transaction.lots
        for place in judged_places(transaction, situation.catalog, lot)
    ]
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
        **_of_place(transaction, catalog, state, lot, place),
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


def _of_place(
    transaction: Transaction, catalog: Catalog, state: LotState | None, lot: str, place: str | None
) -> dict[str, Any]:
    known = catalog.places.get(place or "")
    change = net_of(transaction, lot).get(place or "", 0)
    return {
        "place": place,
        "place_kind": known.kind if known else None,
        "to_kind": entered_kind(transaction, catalog, lot),
        "quantity": moved(transaction, lot, place),
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
    made = made_by(state) + about_to_make(transaction, situation, state)
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
    stands = sum(standing(situation.catalog, state).values())
    lost = sum(-w.quantity for w in state.write_offs if w.quantity < 0)
    percent = policy.number("split_percent", state.lot.product, around)
    return int((stands + lost) * percent / 100)


def is_stale(state: LotState | None, count: Counted) -> bool:
    """Whether the lot moved in that place after the ledger position at which the count was asked for."""
    return state is not None and state.positions.get(count.place, 0) > count.position
