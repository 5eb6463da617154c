"""What can become of a report: recorded, declined, waiting for approval or for an answer."""

from dataclasses import dataclass

from assistant.reports.draft import Ask
from assistant.reports.report import Report
from assistant.rules import Finding
from assistant.supervision.enter import Entered
from assistant.wording.sentences import Said
from store.model import Lot, Situation, Transaction


@dataclass(frozen=True, slots=True)
class Recorded:
    """It is in the books (or would be, on trial); `sentence` tells it, `doubts` are what it is said back for first."""

    report: Report
    entered: Entered
    sentence: Said
    doubts: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Declined:
    """It cannot be in the books."""

    report: Report
    rule: str
    sentence: Said
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Pends:
    """Another person has to approve it first."""

    report: Report
    transaction: Transaction
    findings: tuple[Finding, ...]
    situation: Situation


@dataclass(frozen=True, slots=True)
class Waits:
    """It waits for an answer: its own question, or the one of a report that it depends on."""

    report: Report
    ask: Ask | None


Outcome = Recorded | Declined | Pends | Waits


def lots_of(*situations: Situation) -> dict[str, Lot]:
    """Every lot of the situations, by its code."""
    return {code: state.lot for s in situations for code, state in s.lots.items()}
