"""What an utterance means, beside what is being asked."""

from assistant.conversation.state import State
from assistant.conversation.turn import Turn
from assistant.intents import Reading, parse

FREE = frozenset({"note"})
"""What is answered in free words: they are read like anything else, since a command may stand in their place."""


def understood(turn: Turn, state: State) -> Reading:
    """The reading of what was said; a bare value is read as what was asked for."""
    asking = state.question.asking if state.question else None
    return parse(
        turn.said.text,
        turn.vocabulary,
        turn.today,
        now=turn.now,
        channel=turn.said.channel,
        expecting=None if asking in FREE else asking,
    )
