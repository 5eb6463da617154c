"""Warnings reach the people who can act, once: raised under a key, told through the outbox, escalated when ignored."""

from datetime import datetime, timedelta
from typing import Final

from assistant import plantview
from assistant.rules import Finding, RuleBook
from assistant.rules import sweep as judged
from assistant.wording import Wording
from store.seals import Seal
from store.session import Session

SINKS: Final = {"supervisor": "supervisors", "qa": "quality", "receiver": "receivers", "worker": "floor"}
"""Where a role's messages go."""

ESCALATE: Final = timedelta(hours=4)
"""A warning that nobody acknowledged for so long is told to the supervisors once more."""

LONGEST: Final = 20
"""So many lines in a digest; the console has all of them."""


def raise_warning(session: Session, finding: Finding, book: RuleBook, wording: Wording, now: datetime) -> None:
    """An open warning of the finding's key; told to its owner when it is new, unless it waits for the digest."""
    rule = book.by_name[finding.rule]
    number = session.warnings.raise_(
        finding.rule, finding.key, finding.lot, finding.product, finding.place, finding.say, rule.owner, now
    )
    if not rule.digest:
        said = wording.plain(finding.say) + wording.say("warning-next", number=number, next=rule.next)
        body = {"say": said.eye, "warning": number, "rule": finding.rule, "lot": finding.lot}
        session.outbox.queue(SINKS[rule.owner], f"warning:{number}", body, now)


def sweep(session: Session, book: RuleBook, wording: Wording, now: datetime) -> int:
    """Judge the whole plant: raise what is new, note what is seen again, close what is over. How many are open."""
    seen: set[str] = set()
    for finding in judged(plantview.plant_view(session, now, book), book):
        raise_warning(session, finding, book, wording, now)
        seen.add(finding.key)
        session.firings.note(
            rule=finding.rule,
            severity=str(finding.severity),
            person=None,
            lot=finding.lot,
            place=finding.place,
            entry=None,
            at=now,
        )
    for warning in session.warnings.list(open_only=True):
        if warning.key not in seen and warning.key.partition(":")[0] in book.swept:
            session.warnings.close(warning.id, now)
    _expire_requests(session, wording, now)
    _escalate(session, book, wording, now)
    return len(session.warnings.list(open_only=True))


def _expire_requests(session: Session, wording: Wording, now: datetime) -> None:
    """Requests that nobody decided in time are closed, and who asked is told."""
    for request in session.approvals.expired(now):
        if session.approvals.decide(request.number, "expired", "", None, now):
            said = wording.say("request-expired", request=request.number)
            session.outbox.queue(f"person:{request.asked_by}", f"expired:{request.number}", {"say": said.eye}, now)


def _escalate(session: Session, book: RuleBook, wording: Wording, now: datetime) -> None:
    """What was told to its owner and ignored is told to the supervisors; what waits for the digest stays there."""
    for warning in session.warnings.list(open_only=True):
        rule = book.by_name.get(warning.rule)
        waits = rule is not None and rule.digest
        if warning.acknowledged_by is None and not waits and now - warning.raised >= ESCALATE:
            say = wording.plain(warning.say).eye
            said = wording.say("warning-ignored", number=warning.id, say=say)
            key = f"warning:{warning.id}:escalated"
            session.outbox.queue(SINKS["supervisor"], key, {"say": said.eye, "warning": warning.id}, now)


def digest(session: Session, wording: Wording, now: datetime, hours: int = 8) -> str:
    """The shift's digest, queued once for its hour: entries, open requests, and every open warning."""
    entries = session.ledger.entries(since=now - timedelta(hours=hours))
    requests = session.approvals.pending(now)
    warnings = session.warnings.list(open_only=True)
    said = wording.say("digest", entries=len(entries), requests=len(requests), warnings=len(warnings))
    lines = [wording.plain(w.say).eye for w in warnings[:LONGEST]]
    body = {"say": "\n".join([said.eye, *(f"• {line}" for line in lines)])}
    session.outbox.queue(SINKS["supervisor"], f"digest:{now:%Y-%m-%dT%H}", body, now)
    return body["say"]


def tell_seal(session: Session, wording: Wording, last: Seal, now: datetime) -> None:
    """The supervisors get the digest of the newest seal, which a changed past would break."""
    said = wording.say("sealed", number=last.number, first=last.first, last=last.last, digest=last.short)
    session.outbox.queue(SINKS["supervisor"], f"seal:{last.number}", {"say": said.eye, "digest": last.digest}, now)
