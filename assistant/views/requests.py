"""Requests for approval as others read them, with the evidence that the approver needs."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from assistant.reports.readback import Narrator
from assistant.views import json_shapes
from assistant.views.rows import Change, DecidedRequest, RequestRow
from assistant.wording import names
from assistant.wording.sentences import Wording
from store.desk.approvals import Approval
from store.model import LotState
from store.session import Session


def waiting(session: Session, now: datetime, zone: ZoneInfo, wording: Wording) -> list[RequestRow]:
    """The requests that wait for a decision."""
    return [_row(session, found, zone, wording) for found in session.approvals.pending(now)]


def request(session: Session, number: int, zone: ZoneInfo, wording: Wording) -> DecidedRequest | None:
    """One request, open or not, with what was decided on it; None for one that there is not."""
    found = session.approvals.get(number)
    if found is None:
        return None
    return {
        **_row(session, found, zone, wording),
        "status": found.status,
        "decided_by": found.decided_by,
        "note": found.note,
        "decided_at": json_shapes.stamp(found.decided_at, zone) if found.decided_at else None,
    }


def _row(session: Session, found: Approval, zone: ZoneInfo, wording: Wording) -> RequestRow:
    told = found.body["transaction"]
    reason = session.catalog.reasons.get(told["reason"] or "")
    today = found.at.astimezone(zone).date()
    return {
        "number": found.number,
        "rule": found.rule,
        "asked_by": found.asked_by,
        "at": json_shapes.stamp(found.at, zone),
        "expires": json_shapes.stamp(found.expires, zone),
        "say": found.body["say"],
        "said": told["said"],
        "evidence": found.evidence,
        "changes": list(_changes(session, told, Narrator(wording, session.catalog))),
        "reason": names.lowered(reason.name) if reason else told["reason"] or "",
        "asked": wording.words.moment(found.at.astimezone(zone), today),
        "until": wording.words.moment(found.expires.astimezone(zone), today),
        "counts": [
            f"{lot}, {names.place(session.catalog, place)}: "
            f"{wording.words.moment(datetime.fromisoformat(at).astimezone(zone), today)}"
            for lot, known in found.evidence.items()
            for place, at in known.get("counted", {}).items()
        ],
    }


def _changes(session: Session, told: dict[str, Any], narrator: Narrator) -> Iterator[Change]:
    """Each lot in each real place that the request changes, from what is there now; a count says what will be."""
    found = {(c["lot"], c["place"]): int(c["found"]) for c in told["counted"]}
    moved = {(p["lot"], p["place"]): int(p["quantity"]) for p in told["postings"]}
    for lot, place in dict.fromkeys((*moved, *found)):
        state = session.lots.state(lot)
        if place not in session.catalog.places or state is None:
            continue
        before = state.balances.get(place, 0)
        after = found.get((lot, place), before + moved.get((lot, place), 0))
        yield _change(narrator, state, place, before, after)


def _change(narrator: Narrator, state: LotState, place: str, before: int, after: int) -> Change:
    off = after - before
    return {
        "what": narrator.what(state.lot.product, state.lot.code),
        "place": names.place(narrator.catalog, place),
        "before": narrator.of_lot(state.lot, before),
        "after": narrator.of_lot(state.lot, after),
        "difference": narrator.signed(*names.in_unit(narrator.catalog, state.lot, off)),
        "percent": f"{100 * off / before:+.1f} %" if before else "",
    }
