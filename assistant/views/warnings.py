"""Warnings as others read them: what is open, and how a warning stands."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from assistant.views import json_shapes
from assistant.views.rows import WarningRow, WarningState
from assistant.wording.sentences import Wording
from store.session import Session


def warnings(session: Session, zone: ZoneInfo, *, open_only: bool) -> list[WarningRow]:
    """The warnings; open ones are neither acknowledged nor over."""
    return [
        {
            "id": w.id,
            "rule": w.rule,
            "lot": w.lot,
            "product": w.product,
            "location": w.place,
            "say": w.say,
            "raised": json_shapes.stamp(w.raised, zone),
            "acknowledged_by": w.acknowledged_by,
        }
        for w in session.warnings.list(open_only=open_only)
        if not (open_only and w.acknowledged_by)
    ]


def states(session: Session, numbers: Iterable[int], wording: Wording) -> dict[int, WarningState]:
    """Those of the numbered warnings that there are, as they stand now."""
    return {
        w.id: {
            "say": wording.plain(w.say).eye,
            "seen": w.seen,
            "times": w.times,
            "acknowledged_by": w.acknowledged_by,
            "acknowledged_at": w.acknowledged_at,
            "closed": w.closed,
            "rests_until": w.rests_until,
            "rested_by": w.rested_by,
        }
        for w in map(session.warnings.get, numbers)
        if w is not None
    }
