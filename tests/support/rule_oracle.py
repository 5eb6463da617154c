"""A plain reading of conditions, to hold the engine to: what they say, in forty lines of Python."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

ORDERINGS: Mapping[str, Callable[[Any, Any], bool]] = {
    "$lt": operator.lt,
    "$lte": operator.le,
    "$gt": operator.gt,
    "$gte": operator.ge,
}


def holds(condition: Mapping[str, Any], fact: Mapping[str, Any]) -> bool:
    """Whether a condition holds for a fact; a null meets nothing but a comparison with null."""
    ((key, value),) = condition.items()
    if key == "$and":
        return all(holds(part, fact) for part in value)
    if key == "$or":
        return any(holds(part, fact) for part in value)
    if not key.startswith("$"):
        return bool(fact[key] == value)
    ((name, right),) = value.items()
    left = fact[name]
    other = fact[right["$m"]] if isinstance(right, Mapping) else right
    if key == "$neq":
        return left is not None if other is None else left is not None and left != other
    return left is not None and other is not None and ORDERINGS[key](left, other)


def fired(rules: Mapping[str, Mapping[str, Any]], fact: Mapping[str, Any]) -> tuple[str, ...]:
    """The rules that hold, in their order."""
    return tuple(name for name, condition in rules.items() if holds(condition, fact))
