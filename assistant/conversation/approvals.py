"""Decisions about what was told before: approve and reject, take back, correct what has just been posted."""

from dataclasses import replace
from typing import Any

from assistant.conversation import state_json
from assistant.conversation.settle import Recorded, announce, asked, judge, record
from assistant.conversation.state import Posted, Question, State
from assistant.conversation.turn import Turn
from assistant.intents import Frame
from assistant.reports.report import PLACE_OF, Item, Option, Slots, fitting
from assistant.rules import Request, Severity, objections
from assistant.views import situations
from assistant.wording.sentences import SILENT, Said
from store.errors import AlreadyReversed, DependsOnLater, StoreError
from store.model import Entry
from store.savepoint import savepoint
from store.units import LARGEST

DECIDERS = frozenset({"supervisor", "qa"})
NOTE = "adjustment-note-missing"


def decide(turn: Turn, frame: Frame, state: State, *, confirmed: bool = False) -> State:
    """Approve or reject a request; the approver has the role and is not who asked."""
    if turn.person.role not in DECIDERS:
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


def _number(said: object) -> int:
    """A number that was said; 0, which nothing has, for one that no database could hold."""
    number = int(str(said))
    return number if number < LARGEST else 0


def _name(turn: Turn, code: str | None) -> str:
    known = turn.catalog.people.get(code or "")
    return known.name if known else code or ""


def _which(turn: Turn, frame: Frame) -> int | None:
    """The request that is meant: the number, or the only one open."""
    if "request" in frame.slots:
        return _number(frame.slots["request"])
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
        what = turn.teller.posted(told, turn.lots_of(before))
        said = turn.wording.say("approve-readback", request=number, what=what.eye) + turn.wording.say("right", what="")
        approval = Item("approve", {"request": str(number), "note": note or ""}, turn.said.text)
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


def take_back(turn: Turn, frame: Frame, state: State, *, confirmed: bool = False) -> State:
    """Reverse an entry: one's own last, or the one named; another's only by a supervisor."""
    entry = _meant(turn, frame)
    if entry is None:
        return state
    if turn.confirming and not confirmed:
        what = turn.teller.posted(entry.transaction, _lots(turn, entry))
        said = turn.wording.say("undo-readback", what=what.eye) + turn.wording.say("right", what="")
        undo = Item("undo", {"entry": str(entry.number)}, turn.said.text)
        return asked(turn, replace(state, queue=(undo,)), Question("confirm"), said)
    taken = reverse(turn, entry)
    if taken is None:
        return state
    turn.entries.append(taken)
    turn.say("undone", what=turn.teller.posted(entry.transaction, _lots(turn, entry)).eye)
    return replace(state, last=tuple(p for p in state.last if p.number != entry.number))


def _meant(turn: Turn, frame: Frame) -> Entry | None:
    """The entry to take back, if this person may."""
    if "entry" not in frame.slots:
        entry = turn.session.ledger.last_of(turn.person.code)
        if entry is None:
            turn.say("nothing-to-undo")
            return None
    else:
        number = _number(frame.slots["entry"])
        entry = turn.session.ledger.entry(number)
        if entry is None:
            turn.say("no-such-entry", number=number)
            return None
    if turn.person.role == "supervisor":
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


def amend(turn: Turn, slots: Slots, state: State, chosen: int | None = None) -> State:
    """A correction right after posting ("no, fourteen"): reversed and posted anew, or everything stays as it was."""
    meant = [p for p in state.last if chosen in {None, p.number}]
    meant = _fitting(meant, slots) or meant
    if len(meant) > 1:
        options = tuple(Option(turn.teller.item(p.item), {"entry": p.number}) for p in meant)
        said = turn.wording.say("which-one")
        return asked(turn, replace(state, amending=dict(slots)), Question("choose", options), said)
    old = meant[0]
    fitted = fitting(old.item, PLACE_OF.get(old.item.intent, ""), slots)
    item = replace(old.item.with_slots(fitted, turn.said.text), first=None, unsure=False)
    original = turn.session.ledger.entry(old.number)
    if original is None or _meant(turn, Frame("undo", {"entry": str(old.number)})) is None:
        return state
    if turn.confirming:
        return _amend_by_voice(turn, item, original, state)
    with savepoint(turn.session) as trial:
        taken = reverse(turn, original)
        outcome = judge(turn, item, f"{turn.key}#0") if taken else None
        trial.keep = isinstance(outcome, Recorded)
    if taken is None or outcome is None:
        return state
    if not isinstance(outcome, Recorded):
        _not_amended(turn, outcome)
        return state
    turn.entries.append(taken)
    turn.say("corrected")
    announce(turn, outcome.entry, outcome.findings, outcome.sentence)
    kept = tuple(Posted(outcome.entry.number, outcome.item) if p.number == old.number else p for p in state.last)
    return replace(state, last=kept, amending={})


def _amend_by_voice(turn: Turn, item: Item, original: Entry, state: State) -> State:
    """By voice the correction is read back like a report; `replaces` names the entry that it stands in for."""
    with savepoint(turn.session):
        taken = reverse(turn, original)
        outcome = judge(turn, item, f"{turn.key}#0") if taken else None
    if taken is None or outcome is None:
        return state
    if not isinstance(outcome, Recorded):
        _not_amended(turn, outcome)
        return state
    said = turn.wording.say("corrected") + outcome.sentence + turn.wording.say("right", what="")
    waiting = replace(item, slots={**item.slots, "replaces": str(original.number)})
    return asked(turn, replace(state, queue=(waiting,)), Question("confirm"), said)


def _not_amended(turn: Turn, outcome: Any) -> None:  # noqa: ANN401 - any outcome but Recorded
    """Why the correction could not post; what was posted stays."""
    sentence = getattr(outcome, "sentence", SILENT)
    rule = getattr(outcome, "rule", "correction")
    if not sentence.eye:
        for finding in getattr(outcome, "findings", ()):
            sentence += turn.wording.plain(finding.say)
    turn.refuse(rule, sentence + turn.wording.say("not-corrected"))


def _fitting(posted: list[Posted], slots: Slots) -> list[Posted]:
    """Of several, those that the correction speaks of by a lot or product that they have."""
    named = {k: slots[k] for k in ("lot", "product") if k in slots}
    return [p for p in posted if named and any(p.item.slots.get(k) == v for k, v in named.items())]
