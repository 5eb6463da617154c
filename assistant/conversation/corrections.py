"""Changes what was posted right before: takes it back and posts it as it should have been."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, assert_never

from assistant.conversation.acts import Correction
from assistant.conversation.judged import judge, tell_entered
from assistant.conversation.outcomes import Declined, Outcome, Pends, Recorded, Waits
from assistant.conversation.questions import ask, asked
from assistant.conversation.reversal_gate import judge_reversal
from assistant.conversation.state import Posted, Question, State
from assistant.conversation.turn import Turn
from assistant.conversation.undo import lots_in, may_take_back, reverse
from assistant.reports.report import Option, Report, Slots, fitting
from assistant.wording.sentences import Said
from store.model import Entry
from store.savepoint import savepoint


def correct(turn: Turn, state: State, correction: Correction, *, confirmed: bool) -> State:
    """A correction right after posting ("no, fourteen"): reversed and posted anew, or everything stays as it was."""
    meant = [p for p in state.last if correction.entry in {None, p.number}]
    meant = _fitting(meant, correction.changes) or meant
    if not meant:
        turn.say("nothing-to-correct")
        return state
    if len(meant) > 1:
        options = tuple(Option(turn.narrator.report(p.report), {"entry": p.number}) for p in meant)
        waiting = replace(state, queue=(correction,))
        return asked(turn, waiting, Question("choose", options), turn.wording.say("which-one"))
    old = meant[0]
    original = turn.session.ledger.entry(old.number)
    if original is None or not may_take_back(turn, original):
        return state
    stands = judge_reversal(turn, original).stands
    if stands is not None:
        _stays(turn, "reversal-needs-approval", stands)
        return state
    report = correction.report or _amended(turn, old, correction)
    trial = _tried(turn, original, report, reading_back=(turn.confirming or correction.unsure) and not confirmed)
    if trial is None:
        return state
    return _after(turn, state, replace(correction, entry=old.number, report=trial.outcome.report), trial)


def _tried(turn: Turn, original: Entry, report: Report, *, reading_back: bool) -> "_Trial | None":
    """The entry taken back and the report judged in its place; it stays so if it is recorded, changes something, and
    was agreed to. None where the entry could not be taken back, with the reason said.
    """
    with savepoint(turn.session) as trial:
        taken = reverse(turn, original, turn.wording.part("corrected"))
        outcome = judge(turn, report, f"{turn.key}#0") if taken else None
        same = isinstance(outcome, Recorded) and _same(original, outcome.entered.entry)
        trial.keep = isinstance(outcome, Recorded) and not same and not reading_back
    return _Trial(original, taken, outcome, same, reading_back) if taken and outcome else None


@dataclass(frozen=True, slots=True)
class _Trial:
    """A correction that was tried: what was taken back, by which entry, what came instead, whether it is the `same`."""

    original: Entry
    taken: Entry
    outcome: Outcome
    same: bool
    reading_back: bool


def _after(turn: Turn, state: State, correction: Correction, trial: _Trial) -> State:
    """What is said and left open after a correction was tried."""
    outcome, waiting = trial.outcome, replace(state, queue=(correction,))
    match outcome:
        case Recorded():
            before = turn.narrator.posted(trial.original.transaction, lots_in(turn, trial.original)).eye
            if trial.same:
                turn.say("already-so", what=before)
                return state
            if trial.reading_back:
                said = (
                    turn.wording.say("correct-readback", what=before)
                    + outcome.sentence
                    + turn.wording.say("right", what="")
                )
                return asked(turn, waiting, Question("confirm"), said)
            turn.entries.append(trial.taken)
            turn.say("corrected", what=before)
            tell_entered(turn, outcome.entered, outcome.sentence)
            new = Posted(outcome.entered.entry.number, outcome.report)
            return replace(state, last=tuple(new if p.number == trial.original.number else p for p in state.last))
        case Waits():
            return ask(turn, waiting, outcome.ask) if outcome.ask else state
        case Declined():
            _stays(turn, outcome.rule, outcome.sentence)
        case Pends():
            _stays(turn, outcome.findings[0].rule, _sentences(turn, [f.say for f in outcome.findings]))
        case _:
            assert_never(outcome)
    return state


def _same(one: Entry, other: Entry) -> bool:
    """Whether two entries say the same of goods, places, partner, order and paper."""
    return all(getattr(one.transaction, name) == getattr(other.transaction, name) for name in _SAID)


_SAID: Final = ("kind", "postings", "lots", "new_lots", "work_order", "partner", "reference", "reason", "note")


def _amended(turn: Turn, old: Posted, correction: Correction) -> Report:
    """The report as it should have been; a product that its lot has already changes nothing."""
    known = turn.session.lots.get(str(old.report.slots.get("lot", "")))
    named = replace(old.report, slots={**old.report.slots, **({"product": known.product} if known else {})})
    fitted = fitting(named, named.kind.bare_place, correction.changes)
    return replace(named.with_slots(fitted, correction.said), first=None, unsure=False)


def _sentences(turn: Turn, says: Sequence[str]) -> Said:
    first, *rest = map(turn.wording.plain, says)
    for said in rest:
        first += said
    return first


def _stays(turn: Turn, rule: str, sentence: Said) -> None:
    """Why the correction could not post; what was posted stays."""
    turn.refuse(rule, sentence + turn.wording.say("not-corrected"))


def _fitting(posted: list[Posted], slots: Slots) -> list[Posted]:
    """Of several, those that the correction speaks of by a lot or product that they have."""
    named = {k: slots[k] for k in ("lot", "product") if k in slots}
    return [p for p in posted if named and any(p.report.slots.get(k) == v for k, v in named.items())]
