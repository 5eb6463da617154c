"""What is open where somebody speaks, and what an utterance means beside it."""

from dataclasses import dataclass
from typing import Final

from assistant.conversation import state_json
from assistant.conversation.dialogue import is_answer
from assistant.conversation.lines import understood
from assistant.conversation.notes import put_off
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
    """The reading of what was said; a bare value is read as what was asked for, an option's place as the option."""
    form = turn.said.form
    if form is not None:
        return Reading((Frame(form.intent, form.slots),), 1.0)
    question = state.question
    asking = question.asking if question else None
    if asking in FREE and turn.wording.puts_off(turn.said.text):
        return put_off(turn.said.text)
    reading = _read(turn, None if asking in FREE else asking)
    if question is None or len(question.options) <= 1 or _answers(reading, question.asking):
        return reading
    chosen = _read(turn, "choose")
    return chosen if ["choose"] in [[*frame.slots] for frame in chosen.frames] else reading


def _answers(reading: Reading, asking: str) -> bool:
    """Whether a reading fills what was asked for, or corrects an amount ("no, 2") instead of choosing by its place."""
    if any(asking in _said(frame) for frame in reading.frames):
        return True
    amount = [_said(frame) for frame in reading.frames] == [{"quantity"}]
    return amount and [span.role for span in reading.spans[:1]] != ["quantity"]


def _said(frame: Frame) -> set[str]:
    """The slots that a frame fills, or would if it were clearer."""
    return {*frame.slots, *frame.candidates}


def _read(turn: Turn, expecting: str | None) -> Reading:
    said = turn.said
    return understood(said.text, turn.vocabulary, turn.today, now=turn.now, channel=said.channel, expecting=expecting)
