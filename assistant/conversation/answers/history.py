"""Who did what when: entries by their number, lot, product, place, person, day or shift."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from assistant.conversation.answers.rows import LONGEST, about, show_table
from assistant.conversation.described import fits
from assistant.conversation.turn import Turn
from assistant.conversation.undo import entry_number
from assistant.reports.report import Slots
from assistant.views import json_shapes
from assistant.views.situations import SHIFT_HOURS
from store.model import Entry, Lot
from store.trace.bulk import lots_of

LOOKED_AT: Final = 500
"""So many of the newest entries are looked through."""

SHIFTS: Final = {"night": 0, "day": 8, "morning": 8, "evening": 16, "afternoon": 16}
"""The hour at which a named shift begins."""


def tell_history(turn: Turn, slots: Slots) -> None:
    """The newest entries that fit, each with who told it and when."""
    if "entry" in slots:
        found = turn.session.ledger.entry(entry_number(slots["entry"]))
        if found is None:
            turn.say("no-such-entry", number=slots["entry"])
            return
        entries = [found]
    else:
        entries = _fitting(turn, slots)
    if not entries:
        turn.say("history-none", what=about(turn, slots))
        return
    lots = lots_of(turn.session.connection, {code for e in entries for code in e.transaction.lots})
    turn.lots |= dict.fromkeys(code for e in entries for code in e.transaction.lots)

    def line(entry: Entry) -> str:
        return _line(turn, entry, lots)

    turn.say("history", entries="; ".join(turn.wording.few(entries, LONGEST, line)))
    _table(turn, entries, lots)


def _line(turn: Turn, entry: Entry, lots: dict[str, Lot]) -> str:
    what = turn.narrator.entry(entry, lots).eye.rstrip(".")
    by = _name(turn, entry)
    return turn.wording.part("history-entry", number=entry.number, by=by, at=entry.recorded, what=what)


def _name(turn: Turn, entry: Entry) -> str:
    known = turn.catalog.people.get(entry.transaction.by)
    return known.name if known else entry.transaction.by


def _table(turn: Turn, entries: Sequence[Entry], lots: dict[str, Lot]) -> None:
    columns = ("number", "at", "by", "what")
    rows = (
        (
            str(e.number),
            json_shapes.stamp(e.recorded, turn.zone),
            _name(turn, e),
            turn.narrator.entry(e, lots).eye,
        )
        for e in entries
    )
    show_table(turn, turn.wording.call("column", "what"), columns, rows)


def _fitting(turn: Turn, slots: Slots) -> list[Entry]:
    """The entries that fit what was asked, newest first; what was loaded only where nothing else fits."""
    since, until = _span(turn, slots)
    entries = turn.session.ledger.entries(
        lot=slots.get("lot"), by=slots.get("person"), since=since, newest_first=True, limit=LOOKED_AT
    )
    lots = lots_of(turn.session.connection, {code for e in entries for code in e.transaction.lots})
    said = {slot: slots[slot] for slot in ("at", "when") if slot in slots}
    if "lot" not in slots and "product" in slots:
        said["product"] = slots["product"]
    found = [e for e in entries if (until is None or e.recorded < until) and fits(e, said, turn.catalog, lots)]
    return [e for e in found if e.transaction.by in turn.catalog.people] or found


def _span(turn: Turn, slots: Slots) -> tuple[datetime | None, datetime | None]:
    """The shift that is meant: this one, the last one, or the latest of that name."""
    shift = slots.get("shift")
    if shift is None:
        return None, None
    hours = timedelta(hours=SHIFT_HOURS)
    start = turn.now.replace(hour=turn.now.hour - turn.now.hour % SHIFT_HOURS, minute=0, second=0, microsecond=0)
    if shift in SHIFTS:
        while start.hour != SHIFTS[shift]:
            start -= hours
    elif shift != "this":
        start -= hours
    return start, start + hours
