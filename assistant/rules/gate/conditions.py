"""The conditions of the gate: what must not post as told. All else about a rule is in rulebook.yaml.

Each says on which kinds of report it is judged and when it holds for a line (`facts.Line`). A rule that holds refuses
or asks for approval; none ever allows, so that a rule that is not reached can only be missed, never misread.
"""

from collections.abc import Mapping
from typing import Final

from assistant.roles import MAY
from assistant.rules.rule import Check
from store.model import Kind

EVERY: Final[frozenset[str]] = frozenset(Kind)
FOR_ORDERS: Final[frozenset[str]] = frozenset({Kind.CONSUME, Kind.RETURN, Kind.PRODUCE, Kind.START, Kind.FINISH})
LEAVING: Final[frozenset[str]] = frozenset(
    {Kind.MOVE, Kind.CONSUME, Kind.ADJUST, Kind.SCRAP, Kind.SHIP, Kind.COUNT, Kind.RECEIVE, Kind.SUPPLIER_RETURN}
)


def on(*kinds: Kind) -> frozenset[str]:
    """The kinds of report that a condition is judged on."""
    return frozenset(kinds)


GATE: Final[Mapping[str, Check]] = {
    "approver-is-requester": Check(EVERY, {"approver_is_requester": 1}),
    "approver-without-role": Check(EVERY, {"$and": [{"has_approver": 1}, {"approver_may": 0}]}),
    "place-unknown": Check(EVERY, {"places_known": 0}),
    "unknown-lot": Check(EVERY, {"lot_known": 0}),
    "lot-exists": Check(on(Kind.RECEIVE, Kind.PRODUCE), {"lot_clashes": 1}),
    "product-contradicts-lot": Check(EVERY, {"contradicted": 1}),
    "import-changes-balance": Check(
        EVERY - {Kind.COUNT}, {"$and": [{"imported": 1}, {"lot_new": 0}, {"$gt": {"quantity": 0}}]}
    ),
    "work-order-missing": Check(FOR_ORDERS, {"has_order": 0}),
    "work-order-unknown": Check(EVERY, {"order_known": 0}),
    "order-already-running": Check(on(Kind.START), {"order_status": "running"}),
    "order-already-finished": Check(on(Kind.FINISH), {"order_status": "finished"}),
    "release-not-qa": Check(
        on(Kind.RELEASE), {"$and": [{"$neq": {"by_role": role}} for role in sorted(MAY["release"])]}
    ),
    "lot-not-on-hold": Check(on(Kind.RELEASE), {"on_hold": 0}),
    "lot-on-hold": Check(
        on(Kind.CONSUME, Kind.SHIP, Kind.MOVE),
        {
            "$and": [
                {"on_hold": 1},
                {"$or": [{"kind": "consume"}, {"kind": "ship"}, {"to_kind": None}, {"$neq": {"to_kind": "hold"}}]},
            ]
        },
    ),
    "held-source": Check(on(Kind.CONSUME, Kind.SHIP), {"$gt": {"held_sources": 0}}),
    "lot-expired": Check(on(Kind.CONSUME, Kind.SHIP), {"$lt": {"days_left": 0}}),
    "not-enough-stock": Check(LEAVING, {"$gt": {"leaving": {"$m": "available"}}}),
    "return-exceeds-input": Check(on(Kind.RETURN), {"$gt": {"returned": {"$m": "in_order"}}}),
    "output-without-input": Check(on(Kind.PRODUCE), {"inputs_recorded": 0}),
    "ship-without-customer-or-reference": Check(
        on(Kind.SHIP), {"$and": [{"traced": 1}, {"$or": [{"has_partner": 0}, {"has_reference": 0}]}]}
    ),
    "scrap-without-reason": Check(on(Kind.SCRAP), {"has_reason": 0}),
    "return-without-reason": Check(on(Kind.SUPPLIER_RETURN), {"has_reason": 0}),
    "adjustment-without-reason": Check(on(Kind.ADJUST), {"has_reason": 0}),
    "back-dated-adjustment": Check(on(Kind.ADJUST), {"$gt": {"seconds_late": {"$m": "count_window"}}}),
    "adjustment-note-missing": Check(
        on(Kind.ADJUST),
        {"$and": [{"counted_lately": 0}, {"approver_may": 1}, {"approver_is_requester": 0}, {"approval_noted": 0}]},
    ),
    "expiry-contradicts": Check(on(Kind.RECEIVE, Kind.PRODUCE), {"expiry_differs": 1}),
    "output-of-other-lot": Check(on(Kind.PRODUCE), {"$and": [{"lot_new": 0}, {"made_elsewhere": 1}]}),
    "stale-count": Check(on(Kind.COUNT), {"count_stale": 1}),
    "count-again": Check(on(Kind.COUNT), {"$and": [{"recounted": 0}, {"$gt": {"variance": {"$m": "variance_limit"}}}]}),
    "work-order-finished": Check(FOR_ORDERS - {Kind.FINISH}, {"order_status": "finished"}),
    "not-in-recipe": Check(on(Kind.CONSUME), {"in_recipe": 0}),
    "output-not-ordered": Check(on(Kind.PRODUCE), {"is_ordered": 0}),
    "output-beyond-yield": Check(on(Kind.PRODUCE), {"$gt": {"output_total": {"$m": "output_limit"}}}),
    "receipt-without-paper": Check(
        on(Kind.RECEIVE), {"$and": [{"lot_known": 1}, {"lot_new": 0}, {"has_reference": 0}, {"imported": 0}]}
    ),
    "return-not-into-hold": Check(on(Kind.CUSTOMER_RETURN), {"$neq": {"to_kind": "hold"}}),
    "return-exceeds-shipment": Check(on(Kind.CUSTOMER_RETURN), {"$gt": {"returned": {"$m": "with_customer"}}}),
    "return-of-held": Check(on(Kind.SUPPLIER_RETURN), {"on_hold": 1}),
    "adjustment-needs-approval": Check(on(Kind.ADJUST), {"kind": "adjust"}),
    "adjustment-not-counted": Check(on(Kind.ADJUST), {"counted_lately": 0}),
    "scrap-for-adjustment": Check(on(Kind.SCRAP), {"reason_kind": "adjust"}),
    "split-counts": Check(
        on(Kind.COUNT),
        {
            "$and": [
                {"$gt": {"variance": 0}},
                {"$lte": {"variance": {"$m": "variance_limit"}}},
                {"$gte": {"write_offs": 1}},
                {"$gt": {"written_off": {"$m": "split_limit"}}},
            ]
        },
    ),
    "split-scraps": Check(
        on(Kind.SCRAP),
        {
            "$and": [
                {"$lte": {"leaving": {"$m": "split_limit"}}},
                {"$gte": {"write_offs": {"$m": "split_after"}}},
                {"$gt": {"written_off": {"$m": "split_limit"}}},
            ]
        },
    ),
    "label-contradicts": Check(EVERY - {Kind.RECEIVE, Kind.PRODUCE}, {"expiry_differs": 1}),
    "count-beyond-tolerance": Check(
        on(Kind.COUNT), {"$and": [{"recounted": 1}, {"$gt": {"variance": {"$m": "variance_limit"}}}]}
    ),
}
