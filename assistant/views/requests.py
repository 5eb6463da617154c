"""Requests for approval as others read them, with the evidence that the approver needs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.views import json_shapes
from assistant.views.rows import DecidedRequest, RequestRow
from store.desk.approvals import Approval
from store.session import Session


def waiting(session: Session, now: datetime, zone: ZoneInfo) -> list[RequestRow]:
    """The requests that wait for a decision."""
    return [_row(found, zone) for found in session.approvals.pending(now)]


def request(session: Session, number: int, zone: ZoneInfo) -> DecidedRequest | None:
    """One request, open or not, with what was decided on it; None for one that there is not."""
    found = session.approvals.get(number)
    if found is None:
        return None
    return {
        **_row(found, zone),
        "status": found.status,
        "decided_by": found.decided_by,
        "note": found.note,
        "decided_at": json_shapes.stamp(found.decided_at, zone) if found.decided_at else None,
    }


def _row(found: Approval, zone: ZoneInfo) -> RequestRow:
    return {
        "number": found.number,
        "rule": found.rule,
        "asked_by": found.asked_by,
        "at": json_shapes.stamp(found.at, zone),
        "expires": json_shapes.stamp(found.expires, zone),
        "say": found.body["say"],
        "said": found.body["transaction"]["said"],
        "evidence": found.evidence,
    }
