"""What a thread is about: what stands in it and not what the speaker did elsewhere."""

from dataclasses import replace
from typing import Final

from assistant.conversation import state_json
from assistant.conversation.state import State
from assistant.conversation.turn import Turn
from assistant.intents import Frame, Reading

_DECIDED_BY: Final = {"confirm": "approve", "cancel": "reject", "approve": "approve", "reject": "reject"}


def elsewhere(turn: Turn) -> bool:
    """Whether the speaker's last report of all is not what is meant: the thread says what is."""
    return turn.said.thread is not None and not turn.said.follows


def of_others(turn: Turn, kept: State) -> State:
    """The state with what others posted in this thread as the last that was, where the speaker posted nothing in it."""
    thread = turn.said.thread
    if thread is None or kept.last:
        return kept
    for whole in turn.session.pending.in_thread(turn.said.channel, thread, turn.now):
        there = state_json.from_json(whole)
        if there.last:
            return replace(kept, last=there.last)
    return kept


def about_request(turn: Turn, state: State, reading: Reading) -> Reading:
    """The reading with the request that the thread shows where a yes, a no or a decision names none."""
    frame = reading.frames[0] if len(reading.frames) == 1 else None
    if frame is None or frame.intent not in _DECIDED_BY or "request" in frame.slots:
        return reading
    shown = [*turn.said.requests, *(() if state.question else opened_in(turn))]
    if len(shown) != 1 or (state.question is not None and frame.intent in {"confirm", "cancel"}):
        return reading
    if frame.intent in {"confirm", "cancel"} and not turn.said.requests:
        return reading
    slots = {**_note(reading, turn.said.text), **frame.slots, "request": str(shown[0])}
    return replace(reading, frames=(Frame(_DECIDED_BY[frame.intent], slots),))


def _note(reading: Reading, text: str) -> dict[str, str]:
    """What stands behind the word of a decision: `reject wrong label`."""
    first = reading.spans[0] if reading.spans else None
    note = text[first.end :].strip(" ,:;.-–—") if first is not None and first.start == 0 else ""
    return {"note": note} if note else {}


def opened_in(turn: Turn) -> list[int]:
    """The open requests that were opened in this thread."""
    thread = turn.said.thread
    if thread is None:
        return []
    return [r.number for r in turn.session.approvals.pending(turn.now) if r.body.get("thread") == thread]
