"""The digest of a shift, and the seal of the books told to a channel."""

from datetime import datetime, timedelta

from assistant.supervision.warnings import LONGEST, SINKS
from assistant.wording.sentences import Wording
from store.plant.opening import IMPORTER
from store.proof.seals import Seal
from store.session import Session


def digest(session: Session, wording: Wording, now: datetime, hours: int = 8) -> str:
    """The shift's digest, queued once for its hour: what people reported, open requests, and every open warning."""
    since = now - timedelta(hours=hours)
    entries = [e for e in session.ledger.entries(since=since) if e.transaction.by != IMPORTER]
    requests = session.approvals.pending(now)
    warnings = session.warnings.list(open_only=True)
    said = wording.say("digest", entries=len(entries), requests=len(requests), warnings=len(warnings))
    lines = [wording.plain(w.say).eye for w in warnings[:LONGEST]]
    body = {"say": "\n".join([said.eye, *(f"• {line}" for line in lines)])}
    session.outbox.queue(SINKS["supervisor"], digest_key(now), body, now)
    return body["say"]


def digest_key(hour: datetime) -> str:
    """What the digest of an hour is known by, so that it is told once."""
    return f"digest:{hour:%Y-%m-%dT%H}"


def tell_seal(session: Session, wording: Wording, last: Seal, now: datetime) -> None:
    """The supervisors get the digest of the newest seal, which a changed past would break."""
    said = wording.say("sealed", number=last.number, first=last.first, last=last.last, digest=last.short)
    session.outbox.queue(SINKS["supervisor"], f"seal:{last.number}", {"say": said.eye, "digest": last.digest}, now)
