"""What can become of a report: entered, recorded, refused, waiting for approval or for an answer."""

from dataclasses import dataclass
from typing import NamedTuple

from assistant.reports.draft import Ask
from assistant.reports.report import Report
from assistant.rules import Finding
from assistant.wording.sentences import Said
from store.model import Entry, Lot, Situation, Transaction


class Entered(NamedTuple):
    """What was put into the books, with what deserves a look about it and the sentence that tells it."""

    entry: Entry
    findings: tuple[Finding, ...]
    sentence: Said


@dataclass(frozen=True, slots=True)
class Recorded:
    """It is in the books (or would be, on trial)."""

    report: Report
    entry: Entry
    findings: tuple[Finding, ...]
    sentence: Said


@dataclass(frozen=True, slots=True)
class Refused:
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


Outcome = Recorded | Refused | Pends | Waits


def lots_of(*situations: Situation) -> dict[str, Lot]:
    """Every lot of the situations, by its code."""
    return {code: state.lot for s in situations for code, state in s.lots.items()}
