"""Warnings reach the people who can act, once: raised under a key, told through the outbox, escalated when ignored."""

from datetime import datetime, timedelta
from typing import Final

from assistant.rules import Finding, RuleBook
from assistant.rules import alarms as judged
from assistant.views import situations
from assistant.wording.sentences import Wording
from store.desk.warnings import Warning as Raised
from store.session import Session

SINKS: Final = {"supervisor": "supervisors", "qa": "quality", "receiver": "receivers", "worker": "floor"}
"""Where a role's messages go."""

ESCALATE: Final = timedelta(hours=4)
"""A warning that nobody acknowledged for so long is told to the supervisors once more."""

RESTS: Final = timedelta(hours=4)
"""So long a warning is put aside."""

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
    for finding in judged(situations.plant_view(session, now, book), book):
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
    _remind(session, book, wording, now)
    _escalate(session, book, wording, now)
    return len(session.warnings.list(open_only=True))


def _expire_requests(session: Session, wording: Wording, now: datetime) -> None:
    """Requests that nobody decided in time are closed, and who asked is told."""
    for request in session.approvals.expired(now):
        if session.approvals.decide(request.number, "expired", "", None, now):
            said = wording.say("request-expired", request=request.number)
            session.outbox.queue(f"person:{request.asked_by}", f"expired:{request.number}", {"say": said.eye}, now)


def _remind(session: Session, book: RuleBook, wording: Wording, now: datetime) -> None:
    """What was put aside for a while and is still open is told to its owner again."""
    for warning in session.warnings.list(open_only=True):
        until = warning.rests_until
        if until is not None and until <= now and warning.acknowledged_by is None:
            say = wording.plain(warning.say).eye
            said = wording.say("warning-again", number=warning.id, say=say)
            body = {"say": said.eye, "warning": warning.id, "rule": warning.rule, "lot": warning.lot}
            key = f"warning:{warning.id}:again:{until:%Y-%m-%dT%H:%M:%S}"
            session.outbox.queue(_sink(warning, book), key, body, now)


def _sink(warning: Raised, book: RuleBook) -> str:
    """Where a warning's owner is told, also of one whose rule is gone."""
    rule = book.by_name.get(warning.rule)
    return SINKS.get(warning.owner or "", SINKS[rule.owner] if rule else SINKS["supervisor"])


def _escalate(session: Session, book: RuleBook, wording: Wording, now: datetime) -> None:
    """What was told to its owner and ignored is told to the supervisors; what waits for the digest stays there."""
    for warning in session.warnings.list(open_only=True):
        rule = book.by_name.get(warning.rule)
        waits = rule is not None and rule.digest
        ignored = warning.acknowledged_by is None and not warning.resting(now)
        if ignored and not waits and now - warning.raised >= ESCALATE:
            say = wording.plain(warning.say).eye
            said = wording.say("warning-ignored", number=warning.id, say=say)
            key = f"warning:{warning.id}:escalated"
            session.outbox.queue(SINKS["supervisor"], key, {"say": said.eye, "warning": warning.id}, now)


def put_aside(session: Session, number: int, person: str, now: datetime) -> bool:
    """Nobody is reminded of a warning for a while; False when somebody takes care of it, or it is over."""
    return session.warnings.rest(number, person, now + RESTS)
