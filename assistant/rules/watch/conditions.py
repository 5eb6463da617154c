"""The conditions of the watch: what has posted and deserves a look. All else about a rule is in rulebook.yaml.

Each says after which kinds of report it is judged and when it holds for what came of it (`facts.Outcome`).
"""

from collections.abc import Mapping
from typing import Final

from assistant.rules.rule import Check
from store.model import Kind

STAYS: Final[frozenset[str]] = frozenset(
    {Kind.RECEIVE, Kind.MOVE, Kind.CONSUME, Kind.RETURN, Kind.PRODUCE, Kind.COUNT, Kind.ADJUST, Kind.SHIP}
)
"""Reports after which somebody may still use what is left of the lot."""

MADE: Final[frozenset[str]] = frozenset({Kind.PRODUCE, Kind.FINISH})

WATCH: Final[Mapping[str, Check]] = {
    "near-expiry": Check(
        STAYS,
        {
            "$and": [
                {"$gte": {"days_left": 0}},
                {"$lte": {"days_left": {"$m": "near_days"}}},
                {"$or": [{"kind": "ship"}, {"$gt": {"remaining": 0}}]},
            ]
        },
    ),
    "expired-in-stock": Check(STAYS, {"$and": [{"$lt": {"days_left": 0}}, {"$gt": {"remaining": 0}}]}),
    "fefo-skipped": Check(
        frozenset({Kind.CONSUME, Kind.SHIP, Kind.MOVE}),
        {
            "$and": [
                {"$gt": {"earlier_lots": 0}},
                {"$or": [{"kind": "consume"}, {"kind": "ship"}, {"to_kind": "production"}, {"to_kind": "shipping"}]},
            ]
        },
    ),
    "count-variance": Check(frozenset({Kind.COUNT}), {"$gt": {"variance": 0}}),
    "over-consumption": Check(frozenset({Kind.CONSUME}), {"$gt": {"used": {"$m": "planned_most"}}}),
    "under-consumption": Check(
        frozenset({Kind.PRODUCE}),
        {"$and": [{"is_input": 1}, {"$gt": {"used": 0}}, {"$lt": {"used": {"$m": "used_least"}}}]},
    ),
    "inputs-missing": Check(MADE, {"$and": [{"is_input": 0}, {"$gt": {"inputs_missing": 0}}, {"$gt": {"made": 0}}]}),
    "yield-variance": Check(
        frozenset({Kind.FINISH}),
        {
            "$and": [
                {"is_input": 1},
                {"$gt": {"used": 0}},
                {"$or": [{"$lt": {"used": {"$m": "used_least"}}}, {"$gt": {"used": {"$m": "used_most"}}}]},
            ]
        },
    ),
    "output-no-consumption": Check(MADE, {"$and": [{"is_input": 0}, {"$gt": {"made": 0}}, {"inputs_recorded": 0}]}),
    "finish-short-of-plan": Check(
        frozenset({Kind.FINISH}), {"$and": [{"is_input": 0}, {"$lt": {"made": {"$m": "planned"}}}]}
    ),
    "receipt-incomplete": Check(
        frozenset({Kind.RECEIVE}), {"$and": [{"traced": 1}, {"$or": [{"has_partner": 0}, {"has_reference": 0}]}]}
    ),
}
