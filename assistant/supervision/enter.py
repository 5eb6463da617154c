"""The one way into the ledger: judged, recorded, looked at afterwards; every firing is noted, every warning told.

Reports, approvals, shipping notices and recall holds all come in here. Reversals judge nothing anew and do not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assistant.rules import Finding, Request, RuleBook, Severity, objections, remarks
from assistant.supervision import warnings
from assistant.wording.sentences import Wording
from store.errors import Shortage
from store.model import Entry, Situation, Transaction
from store.session import Session


@dataclass(frozen=True, slots=True)
class Entered:
    """It is in the books: the entry, what deserves a look about it, and the situation that it left."""

    entry: Entry
    warned: tuple[Finding, ...]
    after: Situation


@dataclass(frozen=True, slots=True)
class Refused:
    """It is not in the books: what the rules say against it, or the moment at which there was too little for it."""

    findings: tuple[Finding, ...] = ()
    short: Shortage | None = None

    @property
    def blocks(self) -> tuple[Finding, ...]:
        """What no approval could lift."""
        return tuple(f for f in self.findings if f.severity is Severity.BLOCK)


@dataclass(frozen=True, slots=True)
class Entrance:
    """Enters transactions inside one session, with one rule book, at one moment."""

    session: Session
    book: RuleBook
    wording: Wording
    now: datetime

    def enter(self, transaction: Transaction, before: Situation, request: Request) -> Entered | Refused:
        """Record a transaction unless a rule objects; `before` is read under the lock that it is recorded in.

        Raises RuleBroken when it cannot be judged, and what the ledger raises for a duplicate key.
        """
        findings = objections(transaction, before, self.book, request)
        stops = tuple(f for f in findings if f.severity is not Severity.WARN)
        if stops:
            self.note(stops, request)
            return Refused(stops)
        try:
            entry = self.session.ledger.record(transaction, recorded=self.now)
        except Shortage as short:
            return Refused(short=short)
        orders = [transaction.work_order] if transaction.work_order else []
        after = self.session.situation({*transaction.lots, *before.lots}, orders, self.now, self.now.date())
        warned = (*findings, *remarks(transaction, before, after, self.book))
        self.note(warned, request, entry.number)
        for finding in warned:
            warnings.raise_warning(self.session, finding, self.book, self.wording, self.now)
        return Entered(entry, warned, after)

    def note(self, findings: Iterable[Finding], request: Request, entry: int | None = None) -> None:
        """Keep that these rules fired, on whose doing, and on which entry if it posted."""
        who = request.approver or request.by
        for finding in findings:
            self.session.firings.note(
                rule=finding.rule,
                severity=str(finding.severity),
                person=who.code,
                lot=finding.lot,
                place=finding.place,
                entry=entry,
                at=self.now,
            )
