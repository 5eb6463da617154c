"""Takes back what was posted: the speaker's last report, or the one that is named or described."""

from dataclasses import replace
from datetime import timedelta

from assistant.conversation.acts import Undo
from assistant.conversation.approval_requests import open_reversal
from assistant.conversation.described import fits
from assistant.conversation.questions import asked
from assistant.conversation.reversal_gate import SLIP, judge_reversal
from assistant.conversation.state import Question, State
from assistant.conversation.threads import elsewhere
from assistant.conversation.turn import Turn
from assistant.reports.draft import OFFERS
from assistant.reports.report import Option, Slots
from assistant.roles import may
from assistant.wording.sentences import Said
from store.errors import AlreadyReversed, DependsOnLater, StoreError
from store.model import Entry, Lot, standing
from store.savepoint import savepoint
from store.units import LARGEST

LOOKED_BACK = timedelta(days=7)
"""Reports that are described and not named by their number are looked for so far back."""


def entry_number(said: object) -> int:
    """A number that was said; 0, which nothing has, for one that no database could hold."""
    number = int(str(said))
    return number if number < LARGEST else 0


def take_back(turn: Turn, state: State, undo: Undo, *, confirmed: bool) -> State:
    """Reverse an entry: one's own last, or the one named; another's only by a supervisor."""
    found = _meant(turn, undo, state)
    if len(found) > 1:
        return _ask_which(turn, state, undo, found)
    if not found or not may_take_back(turn, found[0]):
        return state
    entry = found[0]
    verdict = judge_reversal(turn, entry)
    if verdict.refused and entry.reverses is None:
        turn.refuse("release-not-qa", verdict.refused)
        return state
    what = turn.narrator.posted(entry.transaction, lots_in(turn, entry))
    named = replace(undo, described={"entry": str(entry.number)})
    if verdict.reason and not undo.note:
        said = turn.wording.say("undo-why", what=what.eye)
        return asked(turn, State((named,), last=state.last, prompt=state.prompt), Question("note"), said)
    if turn.confirming and not confirmed:
        said = turn.wording.say("undo-readback", what=what.eye) + turn.wording.say("right", what="")
        return asked(turn, State((named,), last=state.last, prompt=state.prompt), Question("confirm"), said)
    if verdict.approval is not None:
        ask_approval(turn, entry, verdict.approval, undo.note or "")
        return state
    taken = reverse(turn, entry, undo.note)
    if taken is None:
        return state
    turn.entries.append(taken)
    turn.say("undone", what=what.eye)
    if verdict.effect is not None:
        turn.says.append(verdict.effect)
    return State(last=tuple(p for p in state.last if p.number != entry.number), prompt=state.prompt)


def ask_approval(turn: Turn, entry: Entry, why: Said, note: str) -> None:
    """Another person has to agree: the entry stays until then."""
    trial: Entry | None = None
    with savepoint(turn.session):
        trial = reverse(turn, entry, note)
    if trial is not None:
        open_reversal(turn, entry, why, note)


def _last(turn: Turn, state: State) -> list[Entry]:
    """The speaker's last entry, or in a thread the last that was posted there; none with the reason said."""
    if elsewhere(turn):
        last = turn.session.ledger.entry(state.last[-1].number) if state.last else None
    else:
        last = turn.session.ledger.last_of(turn.person.code)
    if last is None:
        turn.say("nothing-to-undo-here" if elsewhere(turn) else "nothing-to-undo")
    return [last] if last else []


def _meant(turn: Turn, undo: Undo, state: State) -> list[Entry]:
    """The entries that can be meant, the newest first; none with the reason said."""
    if not undo.described:
        return _last(turn, state)
    if "entry" in undo.described:
        number = entry_number(undo.described["entry"])
        named = turn.session.ledger.entry(number)
        if named is None:
            turn.say("no-such-entry", number=number)
        return [named] if named else []
    found = _fitting(turn, undo.described, turn.person.code)
    if not found and may(turn.person.role, "undo-of-another"):
        found = _fitting(turn, undo.described, None)
    if not found:
        turn.say("undo-none")
    return found


def _fitting(turn: Turn, described: Slots, by: str | None) -> list[Entry]:
    """The entries of a person, or of anybody, that fit what was said and still stand, the newest first."""
    since = turn.now - LOOKED_BACK
    entries = turn.session.ledger.entries(lot=described.get("lot"), by=by, since=since, newest_first=True)
    still = standing(entries, turn.session.ledger.entries(since=since))
    lots = turn.session.lots.among(code for e in still for code in e.transaction.lots)
    return [e for e in still if fits(e, described, turn.catalog, lots)]


def _ask_which(turn: Turn, state: State, undo: Undo, found: list[Entry]) -> State:
    """Which of several entries is meant."""

    def label(entry: Entry) -> str:
        told = turn.narrator.posted(entry.transaction, lots_in(turn, entry)).eye
        return turn.wording.part("mine-entry", number=entry.number, what=told)

    options = tuple(Option(label(entry), {"entry": str(entry.number)}) for entry in found[:OFFERS])
    return asked(turn, replace(state, queue=(undo,)), Question("choose", options), turn.wording.say("which-one"))


def may_take_back(turn: Turn, entry: Entry) -> bool:
    """Whether this person may take this entry back now; the reason is said where not."""
    if may(turn.person.role, "undo-of-another"):
        return True
    if entry.transaction.by != turn.person.code:
        turn.refuse("undo-not-yours", turn.wording.say("undo-not-yours", number=entry.number))
        return False
    if turn.now - entry.recorded > turn.book.policy.span("undo_hours"):
        hours = turn.book.policy.text("undo_hours")
        turn.refuse("undo-too-late", turn.wording.say("undo-too-late", number=entry.number, hours=hours))
        return False
    return True


def reverse(turn: Turn, entry: Entry, note: str | None = None, asked_by: str | None = None) -> Entry | None:
    """The reversal, with why in the books, or None with the reason said; `asked_by` whoever asks, who approves now."""
    if entry.reverses is not None:
        turn.refuse("undo-reversal", turn.wording.say("undo-reversal", number=entry.number))
        return None
    try:
        return turn.session.ledger.reverse(
            entry.number,
            by=asked_by or turn.person.code,
            approved_by=turn.person.code if asked_by else None,
            channel=turn.said.channel,
            key=f"{turn.key}:undo{entry.number}",
            happened=turn.now,
            recorded=turn.now,
            said=turn.said.text,
            reason=None if note else SLIP,
            note=note,
        )
    except DependsOnLater as later:
        named = turn.wording.listed([f"entry {n}" for n in later.entries])
        turn.refuse("undo-depends", turn.wording.say("undo-depends", number=entry.number, entries=named))
    except AlreadyReversed as done:
        turn.refuse("undo-already", turn.wording.say("undo-already", number=entry.number, by=done.by))
    except StoreError as error:
        turn.refuse("undo-refused", turn.wording.plain(str(error)))
    return None


def lots_in(turn: Turn, entry: Entry) -> dict[str, Lot]:
    """The lots that an entry names."""
    return turn.session.lots.among(entry.transaction.lots)
