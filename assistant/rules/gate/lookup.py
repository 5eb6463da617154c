"""Looks everything up that the gate may ask, so that judging needs no database: a transaction becomes flat lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.roles import may
from assistant.rules.facts import Line, of_lot
from assistant.rules.finding import Request
from assistant.rules.policy import Policy
from assistant.rules.sums.netting import (
    day_of,
    entered_kind,
    is_place,
    judged_places,
    moved,
    net_of,
    places_around,
    standing,
)
from assistant.rules.sums.yields import about_to_make, can_yield, made_by, used_by
from store.model import Counted, Kind, Lot, LotState, Situation, Transaction, customer


def lines(transaction: Transaction, situation: Situation, policy: Policy, request: Request) -> tuple[Line, ...]:
    """One line for each lot and real place that it leaves, or enters where it leaves none; one without a lot."""
    general = _of_report(transaction, situation, request) | _of_order(transaction, situation)
    found: list[Line] = []
    for lot in transaction.lots:
        net = net_of(transaction, lot)
        state = situation.lots.get(lot)
        new = next((n for n in transaction.new_lots if n.code == lot), None)
        about = _Lot(transaction, situation, lot, net, state, new)
        steady = general | _of_lot(about, request) | _of_production(about)
        found += (
            Line(**steady, **_of_place(about, place), **_of_checks(about, place, policy))
            for place in judged_places(transaction, situation.catalog, lot, net)
        )
    return tuple(found) or (Line(**general),)


@dataclass(frozen=True, slots=True)
class _Lot:
    """A lot in a transaction: what it changes of it by place, how the books have it, how the report brings it."""

    transaction: Transaction
    situation: Situation
    code: str
    net: Mapping[str, int]
    state: LotState | None
    new: Lot | None

    @property
    def known(self) -> Lot | None:
        return self.state.lot if self.state else self.new


def _of_report(transaction: Transaction, situation: Situation, request: Request) -> dict[str, Any]:
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
        "approver_may": None if approver is None else int(may(approver.role, "approve")),
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


def _of_order(transaction: Transaction, situation: Situation) -> dict[str, Any]:
    number = transaction.work_order
    state = situation.orders.get(number or "")
    facts: dict[str, Any] = {
        "has_order": int(bool(number)),
        "order_known": int(state is not None) if number else None,
    }
    if state is not None:
        facts |= {
            "order_status": str(state.order.status),
            "inputs_recorded": sum(1 for quantity in state.inputs.values() if quantity > 0),
            "recipe_lines": len(situation.catalog.recipes.get(state.order.product, ())),
        }
    return facts


def _of_lot(about: _Lot, request: Request) -> dict[str, Any]:
    known, new, state = about.known, about.new, about.state
    said = request.products.get(about.code)
    facts: dict[str, Any] = {
        "lot": about.code,
        "lot_known": int(known is not None),
        "lot_new": int(new is not None and state is None),
        "lot_clashes": int(new is not None and state is not None and state.lot.product != new.product),
        "contradicted": int(said is not None and known is not None and said != known.product),
    }
    if known is None:
        return facts
    expires = request.expires.get(about.code)
    facts |= {
        "held_sources": len(about.situation.held_sources.get(about.code, ())),
        "expiry_differs": int(expires is not None and state is not None and state.lot.expires != expires),
        "made_elsewhere": int(state is not None and state.lot.work_order != about.transaction.work_order),
    }
    if about.transaction.kind == Kind.CUSTOMER_RETURN:
        theirs = customer(about.transaction.partner)
        facts |= {
            "returned": max(0, -about.net.get(theirs, 0)),
            "with_customer": state.balances.get(theirs, 0) if state else 0,
        }
    return facts | of_lot(known, about.situation.catalog, day_of(about.transaction, about.situation))


def _of_production(about: _Lot) -> dict[str, Any]:
    transaction, situation = about.transaction, about.situation
    state = situation.orders.get(transaction.work_order or "")
    known = about.known
    if state is None or known is None:
        return {}
    order = state.order
    recipe = situation.catalog.recipes.get(order.product, ())
    facts: dict[str, Any] = {
        "in_recipe": int(any(line.input == known.product for line in recipe)) if recipe else None,
        "is_ordered": int(known.product == order.product),
        "in_order": state.inputs.get(about.code, 0),
    }
    if transaction.kind == Kind.RETURN:
        facts["returned"] = max(0, -about.net.get(order.number, 0))
    if transaction.kind == Kind.PRODUCE:
        facts["output_total"] = made_by(state) + about_to_make(transaction, situation, state)
        facts["output_limit"] = can_yield(recipe, used_by(state))
    return facts


def _of_place(about: _Lot, place: str | None) -> dict[str, Any]:
    catalog, state = about.situation.catalog, about.state
    known = catalog.places.get(place or "")
    return {
        "place": place,
        "place_kind": known.kind if known else None,
        "to_kind": entered_kind(catalog, about.net),
        "quantity": moved(about.net, place),
        "leaving": max(0, -about.net.get(place or "", 0)) if known else None,
        "available": state.balances.get(place or "", 0) if known and state else None,
    }


def _of_checks(about: _Lot, place: str | None, policy: Policy) -> dict[str, Any]:
    """What a count or an adjustment is checked against."""
    situation, state = about.situation, about.state
    product = state.lot.product if state else None
    around = places_around(situation.catalog, place)
    window = policy.span("count_window_hours", product, around)
    facts: dict[str, Any] = {"count_window": int(window.total_seconds())}
    count = next((c for c in about.transaction.counted if c.lot == about.code and c.place == place), None)
    if count is not None:
        facts |= {
            "variance": abs(count.found - count.expected),
            "variance_limit": policy.share("count_tolerance_percent", count.expected, product, around),
            "count_stale": int(is_stale(state, count)),
        }
    if state is None:
        return facts
    counted = state.counted.get(place or "")
    stands = sum(standing(situation.catalog, state).values())
    lost = sum(-w.quantity for w in state.write_offs if w.quantity < 0)
    limit = policy.share("split_percent", stands + lost, product, around)
    small = [w for w in state.write_offs if w.at >= situation.now - window and abs(w.quantity) <= limit]
    change = sum(change for p, change in about.net.items() if p in situation.catalog.places)
    return facts | {
        "counted_lately": int(counted is not None and counted >= situation.now - window),
        "write_offs": len(small),
        "written_off": abs(sum(w.quantity for w in small) + change),
        "split_limit": limit,
        "split_after": max(0, int(policy.number("split_scraps", product, around)) - 1),
    }


def is_stale(state: LotState | None, count: Counted) -> bool:
    """Whether the lot moved in that place after the ledger position at which the count was asked for."""
    return state is not None and state.positions.get(count.place, 0) > count.position
