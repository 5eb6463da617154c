"""The conversation as a pure state machine: what an utterance does to what is still open.

State + "fourteen" (asked: how many cases?)  ->  the open report with quantity 14, to be settled
State + "no, never mind"                     ->  the open report is dropped
State + a whole new report                   ->  the new one first, the old one kept behind it
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from assistant.conversation.state import Question, State, Step
from assistant.intents import Frame, Reading
from assistant.report_kinds import REPORT_KINDS
from assistant.reports.report import Option, Report, Slots, fitting

LOOKUPS: Final = frozenset("where stock expiring trace recall status variance mine help".split())

MISSES: Final = 3
"""So many answers in a row that say nothing: the assistant gives up politely."""


def advance(state: State, reading: Reading, text: str, confidence: float | None = None) -> Step:
    """What one utterance does. Pure: the same state and words give the same step."""
    question = state.question
    if question:
        option = _option(question, text)
        if option is not None:
            return _answered(state, question, option.slots, text)
        if question.asking == "note" and not _control(reading):
            return _answered(state, question, {"note": text.strip()}, text)
    if not reading.frames:
        return _missed(state, reading)
    return _read(state, reading, text, confidence)


def _read(state: State, reading: Reading, text: str, confidence: float | None) -> Step:
    """What the frames of an understood utterance do."""
    first = reading.frames[0]
    alone = len(reading.frames) == 1
    if alone and first.intent in {"confirm", "cancel", "repeat", "correct", "again"}:
        return _turn(state, first, text)
    new = tuple(
        Report(f.intent, f.slots, text, confidence, unsure=_unsure(reading), candidates=f.candidates)
        for f in reading.frames
        if f.intent in REPORT_KINDS
    )
    step = Step(
        state,
        decisions=tuple(f for f in reading.frames if f.intent in {"approve", "reject"}),
        undos=tuple(f for f in reading.frames if f.intent == "undo"),
        lookups=tuple(f for f in reading.frames if f.intent in LOOKUPS),
    )
    if not new:
        return replace(step, reask=state.question is not None)
    kept, dropped, says = _keep_old(state, new)
    if new[0].unsure and (strange := _unexplained(reading)):
        says = (*says, ("not-understood", {"what": strange}))
    queued = replace(state, queue=(*new, *kept), question=None)
    return replace(step, state=queued, work=True, say=says, dropped=dropped)


def _unsure(reading: Reading) -> bool:
    """Whether a reading is read back before it posts.

    What fits several things, and what the plant does not know (a lot), is asked anyway: it is no doubt beyond that.
    """
    if reading.confidence >= Reading.SURE or any(f.candidates for f in reading.frames):
        return False
    return not reading.unknown or bool(_unexplained(reading))


def _unexplained(reading: Reading) -> tuple[str, ...]:
    """What was not understood and is not the value of a slot, which will be asked about."""
    values = {str(value) for f in reading.frames for value in f.slots.values()}
    return tuple(what for what in reading.unknown if not any(part in values for part in what.split()))


def _keep_old(
    state: State, new: tuple[Report, ...]
) -> tuple[tuple[Report, ...], tuple[Report, ...], tuple[tuple[str, Mapping[str, Any]], ...]]:
    """What stays of the open reports when a new one comes, what does not, and what is said of it.

    One that the new one says again is replaced by it. What would change the past is dropped: it was said of the last
    report, which now is another one.
    """
    if not state.question or not state.queue:
        return (), (), ()
    if state.question.asking == "note":
        return state.queue, (), (("new-first", {}),)
    if any(report.changes_the_past for report in state.queue):
        return (), state.queue, ()
    at = min(state.question.about, len(state.queue) - 1)
    current, waiting = state.queue[at], (*state.queue[:at], *state.queue[at + 1 :])
    said_again = any(n.intent == current.intent and _agrees(n.slots, current.slots) for n in new)
    kept = waiting if said_again else state.queue
    return kept, (), (("new-first", {}),) if kept and not said_again else ()


def _agrees(new: Slots, old: Slots) -> bool:
    """Whether nothing that both say differs, and at least one thing is said by both."""
    both = new.keys() & old.keys()
    return bool(both) and all(new[slot] == old[slot] for slot in both)


def _turn(state: State, frame: Frame, text: str) -> Step:
    """Yes, no, say again, and corrections."""
    if frame.intent == "repeat":
        return Step(state, repeat=True)
    if frame.intent == "again":
        return _again(state, frame, text)
    if frame.intent == "correct":
        return _corrected(state, frame, text)
    question = state.question
    if question is None:
        key = "nothing-to-confirm" if frame.intent == "confirm" else "nothing-to-cancel"
        return Step(state, say=((key, {}),))
    if frame.intent == "cancel":
        return Step(state.settled(), dropped=state.queue, say=() if state.queue else (("cancelled", {}),))
    if question.asking == "confirm":
        return Step(replace(state, question=None), work=True, confirmed=True)
    if question.options:
        return _answered(state, question, question.options[0].slots, text)
    return Step(state, reask=True)


def _again(state: State, frame: Frame, text: str) -> Step:
    """The last report once more ("same again for CB1120"), with what is different this time."""
    if not state.last:
        return Step(state, say=(("nothing-to-repeat", {}),))
    report = replace(
        state.last[-1].report, said=text, corrections=(), first=None, accepted=(), unsure=False
    ).with_slots(frame.slots)
    dropped = tuple(waiting for waiting in state.queue if waiting.changes_the_past)
    kept = tuple(waiting for waiting in state.queue if not waiting.changes_the_past)
    return Step(replace(state, queue=(report, *kept), question=None), work=True, dropped=dropped)


def _corrected(state: State, frame: Frame, text: str) -> Step:
    """A changed or a bare value: an answer where one is asked for, else a correction of what was said or posted."""
    question, slots = state.question, frame.slots
    if question is None:
        if state.last:
            return Step(state, amend=slots)
        return Step(state, say=(("nothing-to-correct", {}),))
    if "choose" in slots:
        at = int(slots["choose"]) - 1
        if 0 <= at < len(question.options):
            return _answered(state, question, question.options[at].slots, text)
        return _missed_question(state, question)
    if frame.candidates and not slots and state.queue:
        return _narrowed(state, question, frame)
    if question.asking == "choose":
        return Step(state, reask=True)
    return _answered(state, question, slots, text)


def _narrowed(state: State, question: Question, frame: Frame) -> Step:
    """An answer that fits several things: those are offered."""
    at = min(question.about, len(state.queue) - 1)
    narrowed = replace(state.queue[at], candidates=frame.candidates)
    queue = (*state.queue[:at], narrowed, *state.queue[at + 1 :])
    return Step(replace(state, queue=queue, question=None), work=True)


def _answered(state: State, question: Question, slots: Slots, text: str) -> Step:
    """The open question has an answer, or something of the open report was changed instead."""
    if "entry" in slots and question.asking == "choose":
        amending = replace(state.settled(), last=state.last)
        return Step(amending, amend=state.amending, chosen=int(slots["entry"]))
    if question.asking == "note" and state.request is not None:
        decision = Frame("approve", {"request": str(state.request), "note": slots.get("note", "")})
        waiting = replace(state, question=None, request=None)
        return Step(waiting, decisions=(decision,), work=bool(state.queue))
    if not state.queue:
        return Step(state.settled())
    confirming = question.asking == "confirm"
    at = len(state.queue) - 1 if confirming else min(question.about, len(state.queue) - 1)
    report = state.queue[at]
    fitted = fitting(report, question.asking, slots)
    if not fitted:
        return _missed_question(state, question)
    changed = report.with_slots(fitted, text if confirming else None)
    queue = (*state.queue[:at], changed, *state.queue[at + 1 :])
    return Step(replace(state, queue=queue, question=None), work=True)


def _option(question: Question, text: str) -> Option | None:
    """The option that these words choose: its label, whatever the case and the punctuation at the end."""
    said = text.strip().rstrip(".!").casefold()
    return next((o for o in question.options if o.label.casefold() == said), None)


def _control(reading: Reading) -> bool:
    """Whether the words are a turn of the conversation or a report, and no free text."""
    return any(f.intent != "correct" for f in reading.frames)


def _missed(state: State, reading: Reading) -> Step:
    """Nothing was understood."""
    if state.question is None:
        return Step(state, say=(("not-understood", {"what": reading.unknown}),) if _tried(reading) else ())
    return _missed_question(state, state.question, reading.unknown)


def _tried(reading: Reading) -> bool:
    """Whether words that mean nothing stand beside some that do: an attempt to report or ask, and no chatter."""
    roles = {s.role for s in reading.spans}
    return bool(reading.unknown) and "gate" not in roles and bool(roles - {"unknown", "filler", "cue", "joint"})


def _missed_question(state: State, question: Question, unknown: tuple[str, ...] = ()) -> Step:
    """An answer that is none: asked again twice, then given up."""
    misses = question.misses + 1
    if misses >= MISSES:
        return Step(state.settled(), dropped=state.queue, say=(("given-up", {}),))
    says: tuple[tuple[str, Mapping[str, Any]], ...] = (
        (("not-understood", {"what": unknown}),) if unknown else (("not-an-answer", {}),)
    )
    return Step(replace(state, question=replace(question, misses=misses)), say=says, reask=True)
