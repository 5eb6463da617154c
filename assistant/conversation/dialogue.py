"""The conversation as a pure state machine: what an utterance does to what is still open.

State + "fourteen" (asked: how many cases?)  ->  the open report with quantity 14, to be worked
State + "no, never mind"                     ->  the open report is dropped
State + a whole new report                   ->  the new one first, the old one kept behind it
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, assert_never

from assistant.conversation.acts import Act, Approval, Correction, Undo
from assistant.conversation.notes import acts_itself, is_note
from assistant.conversation.state import Question, Sentence, State, Step
from assistant.intents import ASKING, Frame, Reading
from assistant.intents.reading import UNRECORDED
from assistant.report_kinds import REPORT_KINDS
from assistant.reports.report import Option, Report, Slots, fitting

TURNS: Final = frozenset({"confirm", "cancel", "repeat", "correct", "again"})
"""Intents that are about what is open, or was just posted."""

MISSES: Final = 3
"""So many answers in a row that say nothing: the assistant gives up politely."""


def advance(state: State, reading: Reading, text: str, confidence: float | None = None) -> Step:
    """What one utterance does. Pure: the same state and words give the same step."""
    question = state.question
    if question:
        option = _option(question, text)
        if option is not None:
            return _answered(state, question, option.slots, text)
        if question.asking == "note" and not acts_itself(reading):
            if not is_note(reading, text):
                return _missed_question(state, question)
            return _answered(state, question, {"note": text.strip()}, text)
    if not reading.frames:
        return _missed(state, reading)
    first = reading.frames[0]
    if len(reading.frames) == 1 and first.intent in TURNS:
        return _turn(state, first, reading, text)
    return _told(state, reading, text, confidence)


def _told(state: State, reading: Reading, text: str, confidence: float | None) -> Step:
    """What reports, decisions and questions do."""
    told = (f for f in reading.frames if f.intent in REPORT_KINDS)
    reports = tuple(Report(f.intent, f.slots, text, confidence, candidates=f.candidates) for f in told)
    says = _strange(reading, reports)
    stray = _stray_lots(reading, reports)
    unsure = (_unsure(reading) and not _asked_anyway(says)) or bool(stray)
    says = (*says, *((("not-understood", {"what": stray}),) if stray else ()))
    reports = tuple(replace(report, unsure=unsure) for report in reports)
    decisions = _decisions(reading.frames, text)
    step = Step(state, lookups=tuple(f for f in reading.frames if f.intent in ASKING))
    strangers = tuple(("unrecorded", {"kind": f.intent}) for f in reading.frames if f.intent in UNRECORDED)
    if strangers:
        step = replace(step, say=strangers)
    if not reports and not decisions:
        return replace(step, reask=state.question is not None)
    kept, dropped, first = _keep_old(state, decisions, reports)
    says = (*strangers, *first, *says)
    if not reports and (doubtful := _left_over(reading)):
        return replace(step, say=(("not-decided-on", {"what": doubtful}),), reask=state.question is not None)
    queued = replace(state, queue=(*decisions, *reports, *kept), question=None)
    return replace(step, state=queued, work=True, say=says, dropped=dropped)


def _decisions(frames: Sequence[Frame], text: str) -> tuple[Approval | Undo, ...]:
    """The decisions about what was told before: those on requests first, then what is taken back."""
    decided = tuple(
        Approval(
            text,
            request=int(str(f.slots["request"])) if "request" in f.slots else None,
            granted=f.intent == "approve",
            note=str(f.slots.get("note") or "").strip() or None,
        )
        for f in frames
        if f.intent in {"approve", "reject"}
    )
    return (*decided, *(Undo(text, f.slots) for f in frames if f.intent == "undo"))


def _unsure(reading: Reading) -> bool:
    """Whether a reading is read back before it posts.

    What fits several things, and what the plant does not know (a lot), is asked anyway: it is no doubt beyond that.
    """
    if _left_over(reading):
        return True
    if reading.confidence >= Reading.SURE or any(f.candidates for f in reading.frames):
        return False
    return not reading.unknown or bool(_unexplained(reading))


def _unexplained(reading: Reading) -> tuple[str, ...]:
    """What was not understood and is not the value of a slot, which will be asked about."""
    values = {str(value) for f in reading.frames for value in f.slots.values()}
    return tuple(what for what in reading.left_over if not any(part in values for part in what.split()))


def _left_over(reading: Reading) -> tuple[str, ...]:
    """Amounts, codes, days and names that nothing accounts for."""
    return tuple(use.text for use in reading.account if use.left_over)


def _stray_lots(reading: Reading, reports: Sequence[Report]) -> tuple[str, ...]:
    """Codes that nobody knows and that became reports without an amount beside another: `2 cs RM1107 from C9-01`.

    They may be anything of the other one, a place that there is not, and so nothing posts before it is clear.
    """
    bare = [
        r for r in reports if "quantity" in r.kind.says and not r.slots.keys() & {"quantity", "all", "new_quantity"}
    ]
    lots = [str(report.slots["lot"]) for report in bare if "lot" in report.slots]
    if len(reports) == 1:
        return ()
    return tuple(lot for lot in lots if any(lot in what for what in reading.unknown))


def _asked_anyway(says: tuple[Sentence, ...]) -> bool:
    """Whether all that was not understood is a work order that there is not, which is asked for."""
    return bool(says) and all(key == "orders-none" for key, _ in says)


def _strange(reading: Reading, reports: Sequence[Report]) -> tuple[Sentence, ...]:
    """What was not understood, said; a number where a report has no work order is an order that there is not."""
    if not reports or not _unsure(reading):
        return ()
    unordered = any("for_order" in report.kind.steps and "work_order" not in report.slots for report in reports)
    whole = not any("quantity" in report.kind.says for report in reports)
    amounts = {use.text for use in reading.account if use.left_over and use.kind == "qty" and whole}
    says: list[Sentence] = []
    words: list[str] = []
    for what in _unexplained(reading):
        number = _ORDER_NUMBER.search(what) if unordered else None
        if number:
            says.append(("orders-none", {"order": number[0]}))
        elif what in amounts:
            says.append(("whole-lot", {"amount": what}))
        else:
            words.append(what)
    return (*says, *((("not-understood", {"what": tuple(words)}),) if words else ()))


_ORDER_NUMBER: Final = re.compile(r"\b\d{3,}\b")
"""Digits that name a work order where one belongs."""

Kept = tuple[tuple[Act, ...], tuple[Act, ...], tuple[Sentence, ...]]


def _keep_old(state: State, decisions: tuple[Approval | Undo, ...], reports: tuple[Report, ...]) -> Kept:
    """What stays of the open acts when something new comes, what does not, and what is said of it.

    A report that is said again is replaced by the new one, and so is a decision on the same request. What waits for a
    yes to change the past is dropped by a new report: it was said of the last report, which now is another one.
    """
    current = state.asked
    if state.question is None or current is None:
        return (), (), ()
    if state.question.asking == "note":
        anew = any(_same_matter(decision, current) for decision in decisions)
        kept = tuple(act for act in state.queue if not (anew and act is current))
        return kept, (), (("new-first", {}),) if reports else ()
    if not reports:
        return state.queue, (), ()
    if not all(isinstance(act, Report) for act in state.queue):
        return (), state.queue, ()
    said_again = isinstance(current, Report) and any(
        new.intent == current.intent and _agrees(new.slots, current.slots) for new in reports
    )
    kept = tuple(act for act in state.queue if not (said_again and act is current))
    return kept, (), (("new-first", {}),) if kept and not said_again else ()


def _same_matter(new: Approval | Undo, old: Act) -> bool:
    """Whether a decision takes the place of one that waits for its note."""
    if isinstance(new, Approval):
        return isinstance(old, Approval) and new.request in {None, old.request}
    return isinstance(old, Undo)


def _agrees(new: Slots, old: Slots) -> bool:
    """Whether nothing that both say differs, and at least one thing is said by both."""
    both = new.keys() & old.keys()
    return bool(both) and all(new[slot] == old[slot] for slot in both)


def _turn(state: State, frame: Frame, reading: Reading, text: str) -> Step:
    """Yes, no, say again, and corrections."""
    match frame.intent:
        case "repeat":
            return Step(state, repeat=True) if any(state.prompt) else Step(state, say=(("nothing-to-say-again", {}),))
        case "again":
            return _again(state, frame, text)
        case "correct":
            return _corrected(state, frame, reading, text)
        case "cancel":
            return _cancelled(state)
        case _:
            return _agreed(state, text)


def _agreed(state: State, text: str) -> Step:
    """A yes: it agrees to what was read back or proposed, and answers nothing else."""
    question = state.question
    if question is None:
        return Step(state, say=(("nothing-to-confirm", {}),))
    if question.asking == "confirm":
        return Step(replace(state, question=None), work=True, confirmed=question.covers)
    if question.proposes:
        return _answered(state, question, question.options[0].slots, text)
    return _missed_question(state, question, ("yes-says-nothing", {"slot": question.asking}))


def _cancelled(state: State) -> Step:
    """A no: what is open is dropped; of a read-back what was read back, and what is behind it is asked again."""
    question = state.question
    if question is None:
        return Step(state, say=(("nothing-to-cancel", {}),))
    if question.asking == "confirm" and question.covers < len(state.queue):
        covered, behind = state.queue[: question.covers], state.queue[question.covers :]
        return Step(replace(state, queue=behind, question=None), dropped=covered, work=True)
    return Step(state.settled(), dropped=state.queue, say=() if state.queue else (("cancelled", {}),))


def _again(state: State, frame: Frame, text: str) -> Step:
    """The last report once more ("same again for CB1120"), with what is different this time."""
    if not state.last:
        return Step(state, say=(("nothing-to-repeat", {}),))
    last = replace(state.last[-1].report, said=text, corrections=(), first=None, accepted=(), unsure=False)
    kept = tuple(act for act in state.queue if isinstance(act, Report))
    dropped = tuple(act for act in state.queue if not isinstance(act, Report))
    queue = (last.with_slots(frame.slots), *kept)
    return Step(replace(state, queue=queue, question=None), work=True, dropped=dropped)


def _corrected(state: State, frame: Frame, reading: Reading, text: str) -> Step:
    """A changed or a bare value: an answer where one is asked for, else a correction of what was said or posted.

    With something left over it is read back before it posts.
    """
    question, slots, strange = state.question, frame.slots, _left_over(reading)
    says: tuple[Sentence, ...] = (("not-understood", {"what": strange}),) if strange else ()
    if question is None:
        if state.last:
            correction = Correction(text, slots, unsure=_unsure(reading))
            unknown = _unexplained(reading) if correction.unsure else ()
            says = (("not-understood", {"what": unknown}),) if unknown else ()
            return Step(replace(state, queue=(correction,)), work=True, say=says)
        return Step(state, say=(unheard(reading) if _unsure(reading) else ("nothing-to-correct", {}),))
    if "choose" in slots:
        at = int(str(slots["choose"])) - 1
        if 0 <= at < len(question.options):
            return _answered(state, question, question.options[at].slots, text)
        return _missed_question(state, question)
    if frame.candidates and not slots:
        return _narrowed(state, question, frame.candidates)
    answered = _answered(state, question, slots, text)
    if not strange or not answered.work:
        return answered
    queue = tuple(replace(act, unsure=True) if isinstance(act, Report) else act for act in answered.state.queue)
    return replace(answered, state=replace(answered.state, queue=queue), say=(*answered.say, *says))


def _narrowed(state: State, question: Question, candidates: Mapping[str, tuple[str, ...]]) -> Step:
    """An answer that fits several things: those are offered."""
    match state.asked:
        case Report() as report:
            return _changed(state, question.about, replace(report, candidates=candidates))
        case Correction(report=Report() as report) as correction:
            narrowed = replace(correction, report=replace(report, candidates=candidates))
            return _changed(state, question.about, narrowed)
        case _:
            return _missed_question(state, question)


def _answered(state: State, question: Question, slots: Slots, text: str) -> Step:
    """The open question has an answer, or something of the open act was changed instead."""
    act = state.asked
    about = question.covers - 1 if question.asking == "confirm" else question.about
    changed: Act | None
    match act:
        case None:
            return Step(state.settled())
        case Report():
            changed = _report_answered(state.queue[about], question, slots, text)
        case Approval():
            changed = _approval_answered(act, slots)
        case Undo():
            changed = replace(act, note=str(slots["note"])) if slots.get("note") else None
            if changed is None and slots:
                changed = replace(act, described={**act.described, **slots})
        case Correction():
            changed = _correction_answered(act, question, slots, text)
        case _:
            assert_never(act)
    return _missed_question(state, question) if changed is None else _changed(state, about, changed)


def _changed(state: State, about: int, act: Act) -> Step:
    """The state with one act of the queue changed, to be worked."""
    queue = (*state.queue[:about], act, *state.queue[about + 1 :])
    return Step(replace(state, queue=queue, question=None), work=True)


def _report_answered(act: Act, question: Question, slots: Slots, text: str) -> Report | None:
    """The report with what was answered; None where nothing was."""
    if not isinstance(act, Report):
        return None
    fitted = fitting(act, question.asking, slots)
    return act.with_slots(fitted, text if question.asking == "confirm" else None) if fitted else None


def _correction_answered(act: Correction, question: Question, slots: Slots, text: str) -> Correction | None:
    """The correction with the entry that it means, or with what its report still lacked."""
    if act.report is not None:
        report = _report_answered(act.report, question, slots, text)
        return replace(act, report=report) if report else None
    return replace(act, entry=int(slots["entry"])) if "entry" in slots else None


def _approval_answered(act: Approval, slots: Slots) -> Approval | None:
    """The decision with the request that it means, or with its note."""
    if slots.get("request"):
        return replace(act, request=int(str(slots["request"])))
    return replace(act, note=str(slots["note"])) if slots.get("note") else None


def _option(question: Question, text: str) -> Option | None:
    """The option that these words choose: its label, whatever the case and the punctuation at the end."""

    def bare(words: str) -> str:
        return words.strip().rstrip(".!").casefold()

    return next((o for o in question.options if bare(o.label) == bare(text)), None)


def is_answer(state: State, reading: Reading, text: str) -> bool:
    """Whether words belong to what is open or was posted last, and begin nothing of their own."""
    question = state.question
    if question and (_option(question, text) is not None or (question.asking == "note" and is_note(reading, text))):
        return True
    return len(reading.frames) == 1 and reading.frames[0].intent in TURNS and state != State()


def _missed(state: State, reading: Reading) -> Step:
    """Nothing was understood."""
    if state.question is None:
        return Step(state, say=(unheard(reading),) if _tried(reading) else ())
    if reading.unknown:
        return _missed_question(state, state.question, ("not-understood", {"what": reading.unknown}))
    return _missed_question(state, state.question)


def _tried(reading: Reading) -> bool:
    """Whether words that mean nothing stand beside some that do: an attempt to report or ask, and no chatter."""
    roles = {s.role for s in reading.spans}
    if _unknown_number(reading) or ("gate" not in roles and "verb" in roles and roles & {"lot", "work_order"}):
        return True
    return bool(reading.unknown) and "gate" not in roles and bool(roles - {"unknown", "filler", "cue", "joint"})


def unheard(reading: Reading) -> Sentence:
    """That nothing was recorded of words without a report or a question, and why."""
    roles = {span.role for span in reading.spans}
    if stranger := _unknown_number(reading):
        return ("unknown-number", {"number": stranger})
    if "gate" in roles:
        return ("no-report", {})
    if not reading.spans and reading.unknown:
        return ("not-read", {})
    if reading.unknown:
        return ("not-recorded", {"what": reading.unknown})
    return ("nothing-reported", {})


def _unknown_number(reading: Reading) -> str | None:
    """A number without a unit that should name something, and names nothing: `started 4499`."""
    told = any(span.role == "verb" or (span.role, span.value) == ("gate", "questions") for span in reading.spans)
    numbers = (span.text for span in reading.spans if span.role == "quantity")
    return next((number for number in numbers if told and _ORDER_NUMBER.fullmatch(number)), None)


def _missed_question(state: State, question: Question, why: Sentence = ("not-an-answer", {})) -> Step:
    """An answer that is none: asked again twice, then given up."""
    misses = question.misses + 1
    if misses >= MISSES:
        return Step(state.settled(), dropped=state.queue, say=(("given-up", {}),))
    return Step(replace(state, question=replace(question, misses=misses)), say=(why,), reask=True)
