"""Settling the reports of a message: judged in the order said, posted, declined, asked about, or sent for approval.

Everything happens inside the turn's one database transaction. Where the person is to say yes first, the postings are
made on trial and taken back: so each report is judged against the stock that the earlier ones would leave.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from assistant.conversation.approval_requests import open_request
from assistant.conversation.judged import announce, decline, judge
from assistant.conversation.outcomes import Declined, Outcome, Pends, Recorded, Waits, lots_of
from assistant.conversation.questions import ask, asked
from assistant.conversation.state import Question, State
from assistant.conversation.turn import Turn
from assistant.reports.report import Report
from assistant.wording.sentences import SILENT, Said
from store.savepoint import savepoint


def settle(turn: Turn, state: State, reports: Sequence[Report], *, confirmed: bool) -> State:
    """Settle the reports of one message; the state that is left holds those that still wait, and the question."""
    with savepoint(turn.session) as trial:
        outcomes = judge_all(turn, reports)
        ready = any(isinstance(o, Recorded | Pends) for o in outcomes)
        unsure = any(o.report.unsure for o in outcomes if isinstance(o, Recorded | Pends))
        reading_back = ready and not confirmed and (turn.confirming or unsure)
        trial.keep = not reading_back
    if reading_back:
        return _read_back(turn, state, outcomes)
    waiting: list[Waits] = []
    for outcome in sorted(outcomes, key=lambda o: not isinstance(o, Declined)):
        match outcome:
            case Declined():
                decline(turn, outcome)
            case Recorded():
                announce(turn, outcome)
            case Pends():
                open_request(turn, outcome)
            case Waits():
                waiting.append(outcome)
            case _:
                assert_never(outcome)
    return _ask_first(turn, state, waiting)


def judge_all(turn: Turn, reports: Sequence[Report]) -> list[Outcome]:
    """Each report's outcome, in the order said; nothing posts that depends on what did not."""
    outcomes: list[Outcome] = []
    for number, report in enumerate(reports):
        unposted = (o for o in outcomes if not isinstance(o, Recorded))
        stuck = next((o for o in unposted if report.depends_on(o.report)), None)
        match stuck:
            case None:
                outcomes.append(judge(turn, report, f"{turn.key}#{turn.settled + number}"))
            case Waits():
                outcomes.append(Waits(report, None))
            case Declined() | Pends():
                said = turn.wording.say("depends", what=turn.narrator.report(report))
                outcomes.append(Declined(report, "depends", said))
            case _:
                assert_never(stuck)
        turn.lots |= dict.fromkeys([str(report.slots["lot"])] if "lot" in report.slots else [])
    turn.settled += len(reports)
    return outcomes


def _ask_first(turn: Turn, state: State, waiting: Sequence[Waits]) -> State:
    """The state with what waits, and the first of its questions asked."""
    left = replace(state, queue=tuple(w.report for w in waiting))
    for about, waits in enumerate(waiting):
        if waits.ask is not None:
            return ask(turn, left, waits.ask, about)
    return left


def _read_back(turn: Turn, state: State, outcomes: Sequence[Outcome]) -> State:
    """Nothing is posted yet: first the open questions, then everything is read back once."""
    for outcome in outcomes:
        if isinstance(outcome, Declined):
            decline(turn, outcome, anew=True)
    alive = [o for o in outcomes if not isinstance(o, Declined)]
    waiting = [o if isinstance(o, Waits) else Waits(o.report, None) for o in alive]
    left = _ask_first(turn, state, waiting)
    if left.question is not None:
        return left
    what = SILENT
    unsure = any(o.report.unsure and not (isinstance(o, Recorded) and o.doubts) for o in alive)
    if unsure and not turn.confirming:
        what += turn.wording.say("unsure")
    for outcome in alive:
        what += _told(turn, outcome)
    said = what + turn.wording.say("right", what="")
    return asked(turn, left, Question("confirm", covers=len(alive)), said)


def _told(turn: Turn, outcome: Outcome) -> Said:
    """What a report would do, with what deserves a look about it."""
    match outcome:
        case Recorded():
            told = outcome.sentence
            for doubt in outcome.doubts:
                told += doubt
            for finding in outcome.entered.warned:
                told += turn.wording.plain(finding.say)
            return told
        case Pends():
            told = turn.narrator.posted(outcome.transaction, lots_of(outcome.situation))
            return told + turn.wording.plain(outcome.findings[0].say)
        case Declined() | Waits():
            return SILENT
        case _:
            assert_never(outcome)
