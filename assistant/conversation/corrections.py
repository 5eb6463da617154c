"""Changes what was posted right before: takes it back and posts it as it should have been."""

from dataclasses import replace
from typing import Any

from assistant.conversation.outcomes import Recorded
from assistant.conversation.questions import asked
from assistant.conversation.settle import announce, judge
from assistant.conversation.state import Posted, Question, State
from assistant.conversation.turn import Turn
from assistant.conversation.undo import entry_meant, reverse
from assistant.intents import Frame
from assistant.reports.report import Option, Report, Slots, fitting
from assistant.wording.sentences import SILENT
from store.model import Entry
from store.savepoint import savepoint


def amend(turn: Turn, slots: Slots, state: State, chosen: int | None = None) -> State:
    """A correction right after posting ("no, fourteen"): reversed and posted anew, or everything stays as it was."""
    meant = [p for p in state.last if chosen in {None, p.number}]
    meant = _fitting(meant, slots) or meant
    if len(meant) > 1:
        options = tuple(Option(turn.narrator.report(p.report), {"entry": p.number}) for p in meant)
        said = turn.wording.say("which-one")
        return asked(turn, replace(state, amending=dict(slots)), Question("choose", options), said)
    old = meant[0]
    fitted = fitting(old.report, old.report.kind.bare_place, slots)
    report = replace(old.report.with_slots(fitted, turn.said.text), first=None, unsure=False)
    original = turn.session.ledger.entry(old.number)
    if original is None or entry_meant(turn, Frame("undo", {"entry": str(old.number)})) is None:
        return state
    if turn.confirming:
        return _amend_by_voice(turn, report, original, state)
    with savepoint(turn.session) as trial:
        taken = reverse(turn, original)
        outcome = judge(turn, report, f"{turn.key}#0") if taken else None
        trial.keep = isinstance(outcome, Recorded)
    if taken is None or outcome is None:
        return state
    if not isinstance(outcome, Recorded):
        _not_amended(turn, outcome)
        return state
    turn.entries.append(taken)
    turn.say("corrected")
    announce(turn, outcome.entry, outcome.findings, outcome.sentence)
    kept = tuple(Posted(outcome.entry.number, outcome.report) if p.number == old.number else p for p in state.last)
    return replace(state, last=kept, amending={})


def _amend_by_voice(turn: Turn, report: Report, original: Entry, state: State) -> State:
    """By voice the correction is read back like a report; `replaces` names the entry that it stands in for."""
    with savepoint(turn.session):
        taken = reverse(turn, original)
        outcome = judge(turn, report, f"{turn.key}#0") if taken else None
    if taken is None or outcome is None:
        return state
    if not isinstance(outcome, Recorded):
        _not_amended(turn, outcome)
        return state
    said = turn.wording.say("corrected") + outcome.sentence + turn.wording.say("right", what="")
    waiting = replace(report, slots={**report.slots, "replaces": str(original.number)})
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
    return [p for p in posted if named and any(p.report.slots.get(k) == v for k, v in named.items())]
