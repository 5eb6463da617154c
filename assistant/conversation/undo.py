"""Takes back what was posted: the speaker's last report, or the one that is named."""

from dataclasses import replace
from typing import Any

from assistant.conversation.questions import asked
from assistant.conversation.state import Question, State
from assistant.conversation.turn import Turn
from assistant.intents import Frame
from assistant.reports.report import Report
from assistant.roles import may
from store.errors import AlreadyReversed, DependsOnLater, StoreError
from store.model import Entry
from store.units import LARGEST


def entry_number(said: object) -> int:
    """A number that was said; 0, which nothing has, for one that no database could hold."""
    number = int(str(said))
    return number if number < LARGEST else 0


def take_back(turn: Turn, frame: Frame, state: State, *, confirmed: bool = False) -> State:
    """Reverse an entry: one's own last, or the one named; another's only by a supervisor."""
    entry = entry_meant(turn, frame)
    if entry is None:
        return state
    if turn.confirming and not confirmed:
        what = turn.narrator.posted(entry.transaction, _lots(turn, entry))
        said = turn.wording.say("undo-readback", what=what.eye) + turn.wording.say("right", what="")
        undo = Report("undo", {"entry": str(entry.number)}, turn.said.text)
        return asked(turn, replace(state, queue=(undo,)), Question("confirm"), said)
    taken = reverse(turn, entry)
    if taken is None:
        return state
    turn.entries.append(taken)
    turn.say("undone", what=turn.narrator.posted(entry.transaction, _lots(turn, entry)).eye)
    return replace(state, last=tuple(p for p in state.last if p.number != entry.number))


def entry_meant(turn: Turn, frame: Frame) -> Entry | None:
    """The entry to take back, if this person may."""
    if "entry" not in frame.slots:
        entry = turn.session.ledger.last_of(turn.person.code)
        if entry is None:
            turn.say("nothing-to-undo")
            return None
    else:
        number = entry_number(frame.slots["entry"])
        entry = turn.session.ledger.entry(number)
        if entry is None:
            turn.say("no-such-entry", number=number)
            return None
    if may(turn.person.role, "undo-of-another"):
        return entry
    if entry.transaction.by != turn.person.code:
        turn.refuse("undo-not-yours", turn.wording.say("undo-not-yours", number=entry.number))
        return None
    if turn.now - entry.recorded > turn.book.policy.span("undo_hours"):
        hours = turn.book.policy.text("undo_hours")
        turn.refuse("undo-too-late", turn.wording.say("undo-too-late", number=entry.number, hours=hours))
        return None
    return entry


def reverse(turn: Turn, entry: Entry) -> Entry | None:
    """The reversal, or None with the reason said."""
    if entry.reverses is not None:
        turn.refuse("undo-reversal", turn.wording.say("undo-reversal", number=entry.number))
        return None
    try:
        return turn.session.ledger.reverse(
            entry.number,
            by=turn.person.code,
            channel=turn.said.channel,
            key=f"{turn.key}:undo{entry.number}",
            happened=turn.now,
            recorded=turn.now,
            said=turn.said.text,
        )
    except DependsOnLater as later:
        named = turn.wording.listed([f"entry {n}" for n in later.entries])
        turn.refuse("undo-depends", turn.wording.say("undo-depends", number=entry.number, entries=named))
    except AlreadyReversed as done:
        turn.refuse("undo-already", turn.wording.say("undo-already", number=entry.number, by=done.by))
    except StoreError as error:
        turn.refuse("undo-refused", turn.wording.plain(str(error)))
    return None


def _lots(turn: Turn, entry: Entry) -> dict[str, Any]:
    found = {code: turn.session.lots.get(code) for code in entry.transaction.lots}
    return {code: lot for code, lot in found.items() if lot}
