"""Decides on requests: approve and reject, by somebody else than who asked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from assistant.conversation import state_json
from assistant.conversation.acts import Approval
from assistant.conversation.approval_requests import REVERSES
from assistant.conversation.judged import tell_entered, too_little
from assistant.conversation.outcomes import lots_of
from assistant.conversation.questions import asked
from assistant.conversation.state import Question, State
from assistant.conversation.turn import Turn
from assistant.conversation.undo import entry_number, lots_in, reverse
from assistant.reports.draft import OFFERS
from assistant.reports.report import Option
from assistant.roles import may
from assistant.rules import Request
from assistant.supervision.enter import Entered, Refused
from assistant.views import situations
from store.desk.approvals import Approval as Kept
from store.model import Situation, Transaction
from store.savepoint import savepoint

NOTE = "adjustment-note-missing"
"""The rule that asks the approver what was checked."""


def decide(turn: Turn, state: State, approval: Approval, *, confirmed: bool) -> State:
    """Approve or reject a request; the approver has the role and is not who asked."""
    if not may(turn.person.role, "approve"):
        turn.refuse("approval-role", turn.wording.say("approve-role"))
        return state
    number = entry_number(approval.request) if approval.request is not None else _only(turn)
    if isinstance(number, tuple):
        return _ask_which(turn, state, approval, number)
    kept = _open_one(turn, number) if number is not None else None
    if kept is None:
        return state
    if not approval.granted:
        turn.say("rejected", request=kept.number)
        _close(turn, kept, "rejected", approval.note)
        return state
    return _approve(turn, state, replace(approval, request=kept.number), kept, confirmed=confirmed)


def _open_one(turn: Turn, number: int) -> Kept | None:
    """The request, if it may be decided by this person now, or None with the reason said."""
    kept = turn.session.approvals.get(number)
    if kept is None:
        turn.say("no-such-request", request=number)
    elif kept.status != "open":
        told = kept.status in {"approved", "rejected"}
        status = turn.wording.part(f"status-{kept.status}") if told else kept.status
        turn.say("request-closed", request=number, status=status, by=_name(turn, kept.decided_by))
    elif kept.expires <= turn.now:
        turn.say("request-expired", request=number)
    elif kept.asked_by == turn.person.code:
        turn.refuse("approver-is-requester", turn.wording.say("approve-own", request=number))
    else:
        return kept
    return None


def _name(turn: Turn, code: str | None) -> str:
    known = turn.catalog.people.get(code or "")
    return known.name if known else code or ""


def _only(turn: Turn) -> int | tuple[int, ...] | None:
    """The only request that this person could decide, or all of them; None with the reason said."""
    waiting = tuple(r.number for r in turn.session.approvals.pending(turn.now) if r.asked_by != turn.person.code)
    if not waiting:
        turn.say("no-requests")
        return None
    return waiting[0] if len(waiting) == 1 else waiting


def _ask_which(turn: Turn, state: State, approval: Approval, numbers: Sequence[int]) -> State:
    """Which of several requests is decided."""
    said = turn.wording.say("which-request", requests=turn.wording.listed([str(n) for n in numbers]))
    options = tuple(Option(str(number), {"request": str(number)}) for number in numbers[:OFFERS])
    return asked(turn, replace(state, queue=(approval,)), Question("request", options), said)


def _approve(turn: Turn, state: State, approval: Approval, kept: Kept, *, confirmed: bool) -> State:
    """Judged again against the stock of this moment; then it posts with both names, by voice after it was read back."""
    if REVERSES in kept.body:
        return _take_back(turn, state, approval, kept, confirmed=confirmed)
    told = state_json.transaction_from_json(kept.body["transaction"])
    note = approval.note or told.note
    told = replace(told, approved_by=turn.person.code, note=note, key=f"{told.key}:approved")
    before = situations.of_transaction(turn.session, told, turn.now, turn.book)
    requester = turn.catalog.people[kept.asked_by]
    request = Request(by=requester, approver=turn.person, approval_note=approval.note, recount=True)
    reading_back = turn.confirming and not confirmed
    with savepoint(turn.session) as trial:
        entered = turn.entrance.enter(told, before, request)
        trial.keep = isinstance(entered, Refused) or not reading_back
    waiting = State((approval,), last=state.last, prompt=state.prompt)
    if isinstance(entered, Refused):
        if approval.note is None and any(f.rule == NOTE for f in entered.findings):
            return _ask_note(turn, waiting, kept.number, told.lots)
        _refuse(turn, entered)
        return state
    if reading_back:
        said = turn.wording.say("approve-readback", request=kept.number, what=_posted(turn, told, before))
        return asked(turn, waiting, Question("confirm"), said + turn.wording.say("right", what=""))
    _granted(turn, approval, kept, entered, _posted(turn, told, before, entered.after))
    return state


def _take_back(turn: Turn, state: State, approval: Approval, kept: Kept, *, confirmed: bool) -> State:
    """A reversal that was asked for, with both names and the reason in the books."""
    entry = turn.session.ledger.entry(int(kept.body[REVERSES]))
    if entry is None:
        return state
    if turn.confirming and not confirmed:
        said = turn.wording.say("approve-readback", request=kept.number, what=kept.body["say"])
        waiting = State((approval,), last=state.last, prompt=state.prompt)
        return asked(turn, waiting, Question("confirm"), said + turn.wording.say("right", what=""))
    note = "; ".join(filter(None, (kept.body["note"], approval.note)))
    taken = reverse(turn, entry, note, asked_by=kept.asked_by)
    if taken is None:
        return state
    turn.entries.append(taken)
    posted = turn.wording.say("undone", what=turn.narrator.posted(entry.transaction, lots_in(turn, entry)).eye).eye
    turn.say("approved-posted", request=kept.number, by=turn.person.name, posted=posted)
    _close(turn, kept, "approved", approval.note)
    return state


def _posted(turn: Turn, told: Transaction, *situations: Situation) -> str:
    """What the request is for, as the sentence that tells it once it is posted."""
    return turn.narrator.posted(told, lots_of(*situations)).eye


def _ask_note(turn: Turn, waiting: State, number: int, lots: Sequence[str]) -> State:
    """What the approver checked, where the lot was not counted lately."""
    hours = turn.book.policy.text("count_window_hours")
    said = turn.wording.say("which-note", lot=lots[0], hours=hours, request=number)
    return asked(turn, waiting, Question("note"), said)


def _refuse(turn: Turn, refused: Refused) -> None:
    """Why what was asked for cannot post any more."""
    if refused.short is not None:
        turn.refuse("not-enough-stock", too_little(turn, refused.short))
        return
    first = refused.findings[0]
    turn.refuse(first.rule, turn.wording.blocked(first.say, first.allowed))


def _granted(turn: Turn, approval: Approval, kept: Kept, entered: Entered, posted: str) -> None:
    """The request is closed, its entry stands in the answer, and who asked is told."""
    said = turn.wording.say("approved-posted", request=kept.number, by=turn.person.name, posted=posted)
    tell_entered(turn, entered, said)
    _close(turn, kept, "approved", approval.note)


def _close(turn: Turn, kept: Kept, status: Literal["approved", "rejected"], note: str | None) -> None:
    """The request is decided, and who asked is told."""
    turn.session.approvals.decide(kept.number, status, turn.person.code, note, turn.now)
    word = turn.wording.part(f"status-{status}")
    said = turn.wording.say("tell-decided", request=kept.number, status=word, by=turn.person.name, note=note or "")
    turn.tell(f"person:{kept.asked_by}", f"decided{kept.number}", said)
