"""Does what a step says, in its order, and puts the answer together."""

from collections.abc import Mapping
from typing import Any

from assistant.conversation.acts import Act, Approval, Correction, Undo
from assistant.conversation.answers.answer import answer
from assistant.conversation.dialogue import unheard
from assistant.conversation.questions import offers
from assistant.conversation.state import State, Step
from assistant.conversation.turn import Turn
from assistant.conversation.work import drop, work
from assistant.intents import Frame, Reading
from assistant.messages import Reply
from assistant.reports.report import Report
from assistant.wording.sentences import SILENT, Said


def perform(turn: Turn, step: Step, expired: tuple[Act, ...]) -> State:
    """Do what the step says; the state that remains. `expired` are acts whose question nobody answered in time."""
    for act in expired:
        turn.say("expired-question", what=_called(turn, act))
    state = step.state
    for key, values in step.say if step.work or not expired else ():
        turn.say(key, **_shown(turn, values))
    drop(turn, step.dropped)
    if step.work:
        state = work(turn, state.attached(turn.said.attachments), step.confirmed)
    turn.counting = tuple(report for report in map(_report, state.queue) if report and report.kind.counted)
    for frame in step.lookups:
        _look_up(turn, frame, state)
    return state


def break_silence(turn: Turn, state: State, reading: Reading) -> None:
    """Where somebody speaks to the assistant, there is an answer: that nothing was recorded, and why."""
    if turn.said.expects_answer and not turn.says and state.question is None:
        key, values = unheard(reading)
        turn.say(key, **_shown(turn, values))


def _report(act: Act) -> Report | None:
    """The report that an act would post."""
    match act:
        case Report():
            return act
        case Correction():
            return act.report
        case Approval() | Undo():
            return None


def _called(turn: Turn, act: Act | None) -> str:
    """An open act in a few words."""
    match act:
        case Report():
            return turn.narrator.report(act)
        case Approval():
            return turn.wording.part("act-approval", request=act.request or "")
        case Undo():
            return turn.wording.part("act-undo")
        case Correction():
            return turn.wording.part("act-correction")
        case None:
            return ""


def _look_up(turn: Turn, frame: Frame, state: State) -> None:
    """A question; help in the middle of one of ours is about what is asked."""
    if frame.intent == "help" and state.question is not None:
        slot = turn.wording.call("slot", state.question.asking)
        turn.say("help-slot", slot=slot, what=_called(turn, state.asked))
        return
    answer(turn, frame)


def _shown(turn: Turn, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a sentence in words: what was not understood as a list, a slot by its name."""
    shown = dict(values)
    if isinstance(shown.get("what"), tuple):
        shown["what"] = turn.wording.listed([f"“{w}”" for w in shown["what"]])
    if "slot" in shown:
        shown["slot"] = turn.wording.call("slot", str(shown["slot"]))
    return shown


def reply_to(turn: Turn, state: State, step: Step) -> Reply:
    """The answer, with the question that is open now at its end."""
    if step.repeat:
        turn.says.append(Said(*step.state.prompt))
    question = state.question
    if question is None:
        return turn.reply()
    asked = SILENT if step.repeat else Said(question.say, question.spoken)
    if step.reask and turn.says and step.lookups:
        asked = turn.wording.say("back-to") + asked
    return turn.reply(asked, question.asking, offers(question.options))
