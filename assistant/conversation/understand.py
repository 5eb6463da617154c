"""What is open where somebody speaks, and what an utterance means beside it."""

from dataclasses import dataclass
from typing import Final

from assistant.conversation import state_json
from assistant.conversation.dialogue import is_answer
from assistant.conversation.lines import understood
from assistant.conversation.state import State
from assistant.conversation.threads import about_request, elsewhere, of_others
from assistant.conversation.turn import Turn
from assistant.intents import Frame, Reading

FREE: Final = frozenset({"note"})
"""What is answered in free words: they are read like anything else, since a command may stand in their place."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The dialogue that an utterance belongs to: its thread, what was kept of it, and the reading beside it."""

    thread: str | None
    kept: State
    reading: Reading


def opened(turn: Turn) -> Opened:
    """The dialogue of the utterance's thread; for an answer without one, the person's latest."""
    said, pending = turn.said, turn.session.pending

    def within(thread: str | None) -> Opened:
        kept = state_json.from_json(pending.get(said.person, said.channel, turn.now, thread=thread))
        kept = of_others(turn, kept) if elsewhere(turn) else kept
        state = kept.forgetting(turn.now)[0]
        return Opened(thread, kept, about_request(turn, state, _understood(turn, state)))

    here = within(said.thread)
    if not said.follows or here.kept != State():
        return here
    latest = pending.latest(said.person, said.channel, turn.now)
    there = within(latest) if latest is not None and latest != (said.thread or "") else here
    return there if is_answer(there.kept.forgetting(turn.now)[0], there.reading, said.text) else here


def _understood(turn: Turn, state: State) -> Reading:
    """The reading of what was said; a bare value is read as what was asked for, and a form is what it is."""
    form = turn.said.form
    if form is not None:
        return Reading((Frame(form.intent, form.slots),), 1.0)
    asking = state.question.asking if state.question else None
    expecting = None if asking in FREE else asking
    return understood(
        turn.said.text, turn.vocabulary, turn.today, now=turn.now, channel=turn.said.channel, expecting=expecting
    )
