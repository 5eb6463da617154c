"""Works what is open, act by act in its order, until one has a question."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import assert_never

from assistant.conversation import approvals, corrections, undo
from assistant.conversation.acts import Act, Approval, Correction, Undo
from assistant.conversation.settle import settle
from assistant.conversation.state import State
from assistant.conversation.turn import Turn
from assistant.reports.report import Report


def work(turn: Turn, state: State, confirmed: int) -> State:
    """Work the queue, its first `confirmed` acts with a yes; what stays open, with one question at most.

    A decision that is read back stands alone: the yes is to it, so the rest is dropped in words.
    """
    sure, rest = state.queue[:confirmed], state.queue[confirmed:]
    left = replace(state, queue=(), question=None)
    groups = [*((acts, True) for acts in _messages(sure)), *((acts, False) for acts in _messages(rest))]
    for at, (acts, yes) in enumerate(groups):
        if left.question is None:
            left = _worked(turn, left, acts, confirmed=yes)
            if left.question and left.question.asking == "confirm" and not isinstance(acts[0], Report):
                drop(turn, [act for others, _ in groups[at + 1 :] for act in others])
                return left
        else:
            left = replace(left, queue=(*left.queue, *acts))
    return replace(left, last=tuple(turn.posted)) if turn.posted else left


def _messages(acts: Sequence[Act]) -> Iterator[tuple[Act, ...]]:
    """The reports of one message together, any other act by itself."""
    for _, group in groupby(enumerate(acts), lambda pair: pair[1].said if isinstance(pair[1], Report) else pair[0]):
        yield tuple(act for _, act in group)


def _worked(turn: Turn, state: State, acts: Sequence[Act], *, confirmed: bool) -> State:
    """Work one message's reports, or one decision."""
    first = acts[0]
    match first:
        case Report():
            return settle(turn, state, [act for act in acts if isinstance(act, Report)], confirmed=confirmed)
        case Approval():
            return approvals.decide(turn, state, first, confirmed=confirmed)
        case Undo():
            return undo.take_back(turn, state, first, confirmed=confirmed)
        case Correction():
            return corrections.correct(turn, state, first, confirmed=confirmed)
        case _:
            assert_never(first)


def drop(turn: Turn, acts: Sequence[Act]) -> None:
    """Say what is not done any more."""
    for act in acts:
        match act:
            case Report():
                turn.say("dropped", what=turn.narrator.report(act))
            case Approval():
                turn.say("not-decided", request=act.request or "")
            case Undo() | Correction():
                turn.say("stays-posted")
            case _:
                assert_never(act)
