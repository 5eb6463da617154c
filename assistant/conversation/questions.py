"""Asks for what a report lacks, with what can be answered."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.state import Question, State
from assistant.conversation.turn import Turn
from assistant.reports.draft import Ask
from assistant.reports.report import Option
from assistant.wording.sentences import Said


def ask(turn: Turn, state: State, lack: Ask, about: int = 0) -> State:
    """Ask for what an act of the queue lacks."""
    values = dict(lack.values)
    if isinstance(values.get("known"), tuple):
        values["known"] = turn.wording.listed(values["known"], "or")
    understood = turn.narrator.understood(lack.heard or lack.report, _called(turn, lack))
    said = turn.wording.asking(understood, turn.wording.phrase(lack.key, **values))
    question = Question(lack.slot, lack.options, about=about, proposes=lack.proposes)
    return asked(turn, state, question, said)


def _called(turn: Turn, lack: Ask) -> str:
    """What the goods of a report are called, as far as they are known."""
    slots = (lack.heard or lack.report).slots
    lot = str(slots.get("lot", ""))
    known = turn.session.lots.get(lot) if lot and "product" not in slots else None
    sku = slots.get("product") or (known.product if known else None)
    return turn.narrator.what(sku, lot)


def asked(turn: Turn, state: State, question: Question, said: Said) -> State:
    """The state with a question open, in these words, for as long as the rule book lets a question live."""
    expires = turn.now + turn.book.policy.span("question_minutes")
    return replace(state, question=replace(question, say=said.eye, spoken=said.ear, expires=expires))


def offers(options: Sequence[Option]) -> tuple[str, ...]:
    """The labels of the options."""
    return tuple(o.label for o in options)
