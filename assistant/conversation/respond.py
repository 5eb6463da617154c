"""What one utterance does and is answered, once it is read beside what is open."""

from dataclasses import replace

from assistant.conversation.dialogue import advance
from assistant.conversation.edits import amends, edited
from assistant.conversation.perform import break_silence, perform, reply_to
from assistant.conversation.state import State, Step
from assistant.conversation.turn import Turn
from assistant.conversation.understand import Opened
from assistant.intents import Reading
from assistant.messages import Reply
from assistant.slack_text import Typed


def respond(turn: Turn, typed: Typed, dialogue: Opened) -> tuple[Reply, State]:
    """The answer, and the state that the dialogue is left in."""
    state, expired = dialogue.kept.forgetting(turn.now)
    reading, edit = dialogue.reading, turn.said.edit
    if _says_nothing(typed, state, reading) or (edit and not amends(reading)):
        return turn.reply(), dialogue.kept
    if edit:
        step = Step(state)
        after = edited(turn, state, reading, edit)
    else:
        step = advance(state, reading, turn.said.text, turn.said.confidence)
        after = perform(turn, step, expired)
    if typed.quoted and "?" in typed.words and not turn.says and after.question is None:
        turn.say("quoted-not-said")
    if not step.repeat and not edit:
        break_silence(turn, after, reading)
    reply = reply_to(turn, after, step)
    return reply, replace(after, prompt=(reply.say, reply.spoken) if reply.say else state.prompt)


def _says_nothing(typed: Typed, state: State, reading: Reading) -> bool:
    """Whether words are for somebody else, or a thumb up that answers no question."""
    return (typed.yes and not state.yes_or_no) or (typed.to_others and not reading.frames)
