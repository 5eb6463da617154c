"""The conditions of the timed watch: what is so in the plant, whoever reported last. All else is in rulebook.yaml."""

from collections.abc import Mapping
from typing import Any, Final

from assistant.rules.rule import TIMED, Check, Stage

_STAGES: Final[Mapping[Stage, Mapping[str, Mapping[str, Any]]]] = {
    Stage.LOT: {
        "stock-expiring": {
            "$and": [
                {"$gt": {"stock": 0}},
                {"on_hold": 0},
                {"$gte": {"days_left": 0}},
                {"$lte": {"days_left": {"$m": "near_days"}}},
            ]
        },
        "stock-expired": {"$and": [{"$gt": {"stock": 0}}, {"on_hold": 0}, {"$lt": {"days_left": 0}}]},
        "hold-forgotten": {
            "$and": [{"on_hold": 1}, {"$gt": {"stock": 0}}, {"$gte": {"held_hours": {"$m": "hold_hours"}}}]
        },
        "corrected-again": {"$gt": {"corrections": {"$m": "corrections_limit"}}},
        "lot-shrinks": {"$gt": {"lost": {"$m": "lost_limit"}}},
    },
    Stage.PLACE: {"counts-overdue": {"$gt": {"uncounted": 0}}},
    Stage.ORDER: {
        "order-without-input": {"$and": [{"$gt": {"made": 0}}, {"inputs_recorded": 0}]},
        "order-without-output": {
            "$and": [{"$gt": {"inputs_recorded": 0}}, {"made": 0}, {"$gte": {"quiet_hours": {"$m": "idle_hours"}}}]
        },
        "wip-expired": {"$lt": {"inputs_days_left": 0}},
        "wip-too-old": {"$and": [{"$gt": {"inputs_recorded": 0}}, {"$gt": {"open_days": {"$m": "shelf_life"}}}]},
    },
    Stage.SUPPLIER: {"supplier-shrinks": {"$gt": {"shrunk": {"$m": "shrunk_limit"}}}},
    Stage.PERSON: {"reporter-quiet": {"$and": [{"reports": 0}, {"$gte": {"usual": {"$m": "usual_least"}}}]}},
}

SWEEP: Final[Mapping[Stage, Mapping[str, Check]]] = {
    stage: {name: Check(frozenset({TIMED}), when) for name, when in rules.items()} for stage, rules in _STAGES.items()
}
