"""From an understood report to a transaction that could post, or the one thing that is still missing.

used 5 cases RM1107 on WO-4474   ->  Proposal: RM1107 -5 case at line 2, +5 case at WO-4474
used 5 cases romaine on WO-4474  ->  Ask: which lot? RM1107 (first to expire), RM1111
"""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from assistant.reports.draft import Ask, Draft, Refuse, Speaker, Surroundings
from assistant.reports.kinds import sides, steps
from assistant.reports.missing import choice
from assistant.reports.report import Report
from assistant.wording import names
from store.model import Counted, Kind, Posting, Transaction
from store.units import from_base

END_OF_DAY: Final = time(23, 59)
"""The time of what is told of a day without one: after everything else of that day."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A transaction that could post; `taken` are the slots nobody said, `report` has them filled in."""

    report: Report
    transaction: Transaction
    taken: tuple[str, ...] = ()


def propose(report: Report, surroundings: Surroundings, speaker: Speaker) -> Proposal | Ask | Refuse:
    """The transaction that a report means, the question still open, or why it cannot be. Pure."""
    happened = surroundings.situation.now
    if when := report.slots.get("when"):
        happened = _moment(str(when), happened)
        if happened > surroundings.situation.now + timedelta(minutes=1):
            return Refuse("in-the-future", "in-the-future", {"when": happened})
    draft = Draft(report, surroundings, speaker, dict(report.slots), happened)
    for step in (choice.which, *steps(report.intent)):
        missing = step(draft)
        if missing is not None:
            return missing
    return Proposal(replace(report, slots=draft.slots), _transaction(draft), tuple(draft.taken))


def _moment(when: str, now: datetime) -> datetime:
    """When it happened: the moment that was said, or the end of a day that was said alone, never later than now."""
    said = datetime.fromisoformat(when)
    if "T" not in when and " " not in when:
        day = datetime.combine(said.date(), END_OF_DAY, now.tzinfo)
        return now if day.date() == now.date() else day
    return said if said.tzinfo else said.replace(tzinfo=now.tzinfo)


def _lines(draft: Draft) -> tuple[Posting, ...]:
    quantity, amount, unit = draft.quantity, draft.amount, draft.unit
    if draft.kind.counted and draft.lot and draft.product:
        quantity -= draft.lot.balances.get(str(draft.slots["at"]), 0)
        shown = from_base(quantity, unit, draft.product.base_unit, draft.product.packs)
        amount, unit = (
            (shown, unit) if shown is not None else names.in_unit(draft.situation.catalog, draft.lot.lot, quantity)
        )
    if quantity == 0:
        return ()
    lot = str(draft.slots["lot"])
    source, target = sides(draft)
    return (Posting(lot, source, -quantity, -amount, unit), Posting(lot, target, quantity, amount, unit))


def _transaction(draft: Draft) -> Transaction:
    report, said = draft.report, draft.slots
    if draft.new_lot and draft.new_lot.unit != draft.unit:
        draft.new_lot = replace(draft.new_lot, unit=draft.unit)
    if draft.new_lot and said.get("supplier"):
        draft.new_lot = replace(draft.new_lot, supplier=str(said["supplier"]))
    counted: tuple[Counted, ...] = ()
    if draft.kind.counted and draft.lot:
        at = str(said["at"])
        counted = (
            Counted(
                draft.lot.lot.code, at, draft.quantity, draft.lot.balances.get(at, 0), draft.lot.positions.get(at, 0)
            ),
        )
    return Transaction(
        kind=Kind(report.intent),
        by=draft.speaker.by,
        channel=draft.speaker.channel,
        key=draft.speaker.key,
        happened=draft.happened,
        said=report.said,
        postings=_lines(draft) if draft.kind.moves else (),
        lots=(str(said["lot"]),) if "lot" in said else (),
        new_lots=(draft.new_lot,) if draft.new_lot else (),
        confidence=report.confidence,
        corrections=report.corrections,
        work_order=said.get("work_order"),
        partner=said.get("supplier") or said.get("customer"),
        reference=said.get("reference"),
        reason=said.get("reason"),
        note=said.get("note"),
        counted=counted,
        attachments=report.attachments,
    )
