"""Decisions about what was told before: approve and reject, take back, correct what has just been posted."""

from dataclasses import replace

from assistant.conversation import state_json
from assistant.conversation.questions import asked
from assistant.conversation.settle import announce, record
from assistant.conversation.state import Question, State
from assistant.conversation.turn import Turn
from assistant.conversation.undo import entry_number
from assistant.intents import Frame
from assistant.reports.report import Report
from assistant.roles import may
from assistant.rules import Request, Severity, objections
from assistant.views import situations
from assistant.wording.sentences import Said

NOTE = "adjustment-note-missing"


def decide(turn: Turn, frame: Frame, state: State, *, confirmed: bool = False) -> State:
    """Approve or reject a request; the approver has the role and is not who asked."""
    if not may(turn.person.role, "approve"):
        turn.refuse("approval-role", turn.wording.say("approve-role"))
        return state
    number = _which(turn, frame)
    if number is None:
        return state
    found = turn.session.approvals.get(number)
    if found is None:
        turn.say("no-such-request", request=number)
        return state
    if found.status != "open":
        status = (
            turn.wording.part(f"status-{found.status}") if found.status in {"approved", "rejected"} else found.status
        )
        turn.say("request-closed", request=number, status=status, by=_name(turn, found.decided_by))
        return state
    if found.expires <= turn.now:
        turn.say("request-expired", request=number)
        return state
    if found.asked_by == turn.person.code:
        turn.refuse("approver-is-requester", turn.wording.say("approve-own", request=number))
        return state
    note = str(frame.slots.get("note") or "").strip() or None
    if frame.intent == "reject":
        turn.session.approvals.decide(number, "rejected", turn.person.code, note, turn.now)
        turn.say("rejected", request=number)
        _tell(turn, found.asked_by, number, "rejected", note)
        return state
    return _approve(turn, number, note, state, confirmed=confirmed)


def _name(turn: Turn, code: str | None) -> str:
    known = turn.catalog.people.get(code or "")
    return known.name if known else code or ""


def _which(turn: Turn, frame: Frame) -> int | None:
    """The request that is meant: the number, or the only one open."""
    if "request" in frame.slots:
        return entry_number(frame.slots["request"])
    waiting = [r.number for r in turn.session.approvals.pending(turn.now) if r.asked_by != turn.person.code]
    if len(waiting) == 1:
        return waiting[0]
    if waiting:
        turn.say("which-request", requests=turn.wording.listed([str(n) for n in waiting]))
    else:
        turn.say("no-requests")
    return None


def _approve(turn: Turn, number: int, note: str | None, state: State, *, confirmed: bool) -> State:
    """Judged again against the stock of this moment; then it posts with both names, by voice after it was read back."""
    found = turn.session.approvals.get(number)
    if found is None:
        return state
    told = state_json.transaction_from_json(found.body["transaction"])
    told = replace(told, approved_by=turn.person.code, note=note or told.note, key=f"{told.key}:approved")
    before = situations.of_transaction(turn.session, told, turn.now, turn.book)
    requester = turn.catalog.people[found.asked_by]
    request = Request(by=requester, approver=turn.person, approval_note=note, recount=True)
    findings = objections(told, before, turn.book, request)
    blocks = [f for f in findings if f.severity is Severity.BLOCK]
    turn.note(blocks)
    if note is None and any(f.rule == NOTE for f in findings):
        lot = told.lots[0]
        said = turn.wording.say(
            "which-note", lot=lot, hours=turn.book.policy.text("count_window_hours"), request=number
        )
        return asked(turn, replace(state, request=number), Question("note"), said)
    if blocks:
        turn.refuse(blocks[0].rule, turn.wording.blocked(blocks[0].say, blocks[0].allowed))
        return state
    if turn.confirming and not confirmed:
        what = turn.narrator.posted(told, turn.lots_of(before))
        said = turn.wording.say("approve-readback", request=number, what=what.eye) + turn.wording.say("right", what="")
        approval = Report("approve", {"request": str(number), "note": note or ""}, turn.said.text)
        return asked(turn, replace(state, queue=(approval,)), Question("confirm"), said)
    entered = record(turn, told, before, findings)
    if isinstance(entered, Said):
        turn.refuse("not-enough-stock", entered)
        return state
    turn.session.approvals.decide(number, "approved", turn.person.code, note, turn.now)
    posted = entered.sentence.eye
    said = turn.wording.say("approved-posted", request=number, by=turn.person.name, posted=posted)
    announce(turn, entered.entry, entered.findings, said)
    _tell(turn, found.asked_by, number, "approved", note)
    return state


def _tell(turn: Turn, person: str, number: int, status: str, note: str | None) -> None:
    word = turn.wording.part(f"status-{status}")
    said = turn.wording.say("tell-decided", request=number, status=word, by=turn.person.name, note=note or "")
    turn.tell(f"person:{person}", f"decided{number}", said)
