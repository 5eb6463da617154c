"""What a rule says when it fires, and what is known of the request that it judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.roles import may
from store.model import NOTHING, Person


class Severity(StrEnum):
    """What a firing rule does: refuse, wait for another person's approval, or say so."""

    BLOCK = "block"
    APPROVE = "approve"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired: `say` is its sentence filled in, `allowed` the one on what can still be done.

    `key` is what a warning of it is known by: one warning is open for a key at a time.
    """

    rule: str
    severity: Severity
    say: str
    lot: str | None = None
    place: str | None = None
    product: str | None = None
    work_order: str | None = None
    allowed: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for a posting and how it came about.

    `approver` and `approval_note` are there once somebody approved; `recount` when the count was asked for twice;
    `imported` for rows of a plant file; `products` and `expires` are the products and the days of expiry that were
    said, by lot code.
    """

    by: Person
    approver: Person | None = None
    approval_note: str | None = None
    recount: bool = False
    imported: bool = False
    products: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    expires: Mapping[str, date] = field(default_factory=dict)

    @property
    def approved(self) -> bool:
        """Whether another person with the role approved: a supervisor or QA, never the requester."""
        who = self.approver
        return who is not None and may(who.role, "approve") and who.code != self.by.code


class RuleBroken(Exception):
    """The rules could not be judged: the caller refuses the transaction, says so and records it."""


class RuleBookFault(Exception):
    """A rule book that cannot be used; `faults` are all of them as `file: rule: what is wrong`. The old book stays."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
