"""Conditions are data: which of them the engine reads correctly, checked before it sees any.

A condition is `{property: literal}`, `{operator: {property: literal or {"$m": property}}}`, or `$and`/`$or` of a list
of conditions. A null property meets no condition but `{property: null}`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

type_of_property = type[int] | type[str]

ORDERINGS: Final = frozenset({"$lt", "$lte", "$gt", "$gte"})
UNEQUAL: Final = "$neq"
JOINTS: Final = frozenset({"$and", "$or"})
MOST_JOINED: Final = 16
LONGEST_LITERAL: Final = 200
LARGEST_INTEGER: Final = 2**62
"""The engine saturates beyond 64 bits, so numbers stay well inside."""

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,40}")
"""Names that the engine's reader takes without escapes."""


def faults(condition: object, properties: Mapping[str, type_of_property]) -> Iterator[str]:
    """What keeps a condition from being judged, each in one clause; nothing when it is sound.

    Refused are what the engine gets wrong: division, patterns, existence, equality of two properties (two nulls are
    equal to it), a number compared with a text, a property that no fact has.
    """
    if not isinstance(condition, Mapping) or len(condition) != 1:
        yield "a condition has exactly one key"
        return
    ((key, value),) = condition.items()
    if key in JOINTS:
        if not isinstance(value, list) or not 0 < len(value) <= MOST_JOINED:
            yield f"{key} joins a list of 1 to {MOST_JOINED} conditions"
            return
        for part in value:
            yield from faults(part, properties)
        return
    if isinstance(key, str) and key.startswith("$"):
        if key not in ORDERINGS and key != UNEQUAL:
            yield f"{key} is no operator here"
        elif not isinstance(value, Mapping) or len(value) != 1:
            yield f"{key} compares exactly one property"
        else:
            ((name, right),) = value.items()
            yield from _comparison(key, name, right, properties)
        return
    yield from _comparison("==", key, value, properties)


def _comparison(
    operator: str, name: object, right: object, properties: Mapping[str, type_of_property]
) -> Iterator[str]:
    if not isinstance(name, str) or name not in properties:
        yield f"there is no property {name}"
        return
    wanted = properties[name]
    if isinstance(right, Mapping):
        other = right.get("$m")
        if len(right) != 1 or not isinstance(other, str) or other not in properties:
            yield f"{name} is compared with a property that does not exist"
        elif operator not in ORDERINGS or wanted is not int or properties[other] is not int:
            yield f"{name} and {other}: two properties are only ordered, and only as numbers"
    elif right is None:
        if operator in ORDERINGS:
            yield f"{name} is ordered against nothing"
    elif type(right) is not wanted:
        yield f"{name} is a {'number' if wanted is int else 'text'}, and so must be what it is compared with"
    elif isinstance(right, int) and abs(right) >= LARGEST_INTEGER:
        yield f"{name} is compared with a number beyond what the engine holds"
    elif isinstance(right, str) and (len(right) > LONGEST_LITERAL or not right.isprintable()):
        yield f"{name} is compared with a text that is too long or not printable"


def comparisons(condition: Mapping[str, Any]) -> int:
    """How many comparisons a sound condition holds; the engine takes only so many true at once."""
    ((key, value),) = condition.items()
    return sum(map(comparisons, value)) if key in JOINTS else 1


def named(condition: Mapping[str, Any]) -> frozenset[str]:
    """The properties that a sound condition names, on either side."""
    ((key, value),) = condition.items()
    if key in JOINTS:
        return frozenset().union(*map(named, value))
    if not key.startswith("$"):
        return frozenset({key})
    ((name, right),) = value.items()
    return frozenset({name, right["$m"]} if isinstance(right, Mapping) else {name})
