"""A hold follows the goods: what a hold reached is said with it, and what stays under suspicion with a release."""

from assistant.conversation.turn import Turn
from assistant.views.situations import held_sources, reached_from
from assistant.wording.sentences import SILENT, Said
from store.model import Kind, Transaction

NAMED = 5
"""So many lots in a sentence."""


def after_hold(turn: Turn, told: Transaction) -> Said:
    """What was made of a lot that is put on hold and is still here; why a lot that is released stays blocked."""
    if told.kind is Kind.HOLD:
        return _reached(turn, told.lots[0])
    if told.kind is Kind.RELEASE:
        sources = held_sources(turn.session, told.lots).get(told.lots[0], ())
        return (
            turn.wording.say("release-stays", lot=told.lots[0], sources=turn.wording.listed(sources))
            if sources
            else SILENT
        )
    return SILENT


def _reached(turn: Turn, lot: str) -> Said:
    here = []
    for code in reached_from(turn.session, lot):
        state = turn.session.lots.state(code)
        if state and any(quantity > 0 for place, quantity in state.balances.items() if place in turn.catalog.places):
            here.append(code)
    if not here:
        return SILENT
    return turn.wording.say("hold-reached", lot=lot, lots=turn.wording.listed(turn.wording.few(here, NAMED, str)))
