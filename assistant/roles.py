"""Who may decide what: the one table of it. Whatever does not stand here, everybody on the list may do."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

Decision = Literal["approve", "release", "undo-of-another", "recall", "set-threshold", "set-severity"]

MAY: Final[Mapping[Decision, frozenset[str]]] = MappingProxyType(
    {
        "approve": frozenset({"supervisor", "qa"}),
        "release": frozenset({"qa"}),
        "undo-of-another": frozenset({"supervisor"}),
        "recall": frozenset({"supervisor", "qa"}),
        "set-threshold": frozenset({"supervisor", "qa"}),
        "set-severity": frozenset({"qa"}),
    }
)
"""The roles that may, by what is decided. Approving is also rejecting, and never of one's own request."""


def may(role: str, decision: Decision) -> bool:
    """Whether somebody of this role may decide that."""
    return role in MAY[decision]


RANK: Final[Mapping[str, int]] = MappingProxyType({"worker": 0, "receiver": 0, "supervisor": 1, "qa": 2})


def outranks(role: str, other: str) -> bool:
    """Whether a role stands above another: nobody gives somebody else more than they may themselves."""
    return RANK[role] > RANK[other]
