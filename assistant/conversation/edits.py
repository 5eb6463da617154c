"""A message that was edited after it posted: what it says otherwise is taken back and posted anew, or all stays."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.dialogue import advance
from assistant.conversation.lines import understood
from assistant.conversation.perform import perform
from assistant.conversation.reversal_gate import judge_reversal
from assistant.conversation.state import State
from assistant.conversation.turn import Turn
from assistant.conversation.undo import lots_in, may_take_back, reverse
from assistant.intents import Frame, Reading
from assistant.messages import Edit
from assistant.report_kinds import REPORT_KINDS
from assistant.slack_text import typed
from store.savepoint import savepoint


def edited(turn: Turn, state: State, reading: Reading, edit: Edit) -> State:
    """The state after an edit; nothing is said where the edit reports nothing else than the message did."""
    old, new = _reports(_before(turn, edit)), _reports(reading)
    if not new:
        return perform(turn, advance(state, reading, turn.said.text), ())
    numbers, frames = _changed(edit.entries, old, new)
    if not frames and not numbers:
        return state
    says, entries, warnings = [*turn.says], [*turn.entries], [*turn.warnings]
    with savepoint(turn.session) as trial:
        after = _anew(turn, replace(reading, frames=tuple(frames)), numbers)
        trial.keep = len(turn.posted) == len(frames)
    if len(turn.posted) == len(frames) and after is not None:
        turn.says[len(says) : len(says)] = [turn.wording.say("corrected", what=_told(turn, numbers))]
        return replace(after, last=tuple(turn.posted), prompt=state.prompt)
    turn.entries, turn.warnings, turn.posted, turn.requests = entries, warnings, [], []
    turn.say("not-corrected")
    return state


def amends(reading: Reading) -> bool:
    """Whether an edited message still reports, or corrects."""
    return bool(_reports(reading)) or [frame.intent for frame in reading.frames] == ["correct"]


def _before(turn: Turn, edit: Edit) -> Reading:
    """What the message meant as it was first sent."""
    names = {person.slack_id: person.name for person in turn.catalog.people.values() if person.slack_id}
    words = typed(edit.was, names.get).words if turn.said.channel == "slack" else edit.was
    return understood(words, turn.vocabulary, turn.today, now=turn.now, channel=turn.said.channel, expecting=None)


def _reports(reading: Reading) -> list[Frame]:
    return [frame for frame in reading.frames if frame.intent in REPORT_KINDS]


def _changed(entries: Sequence[int], old: list[Frame], new: list[Frame]) -> tuple[list[int], list[Frame]]:
    """The entries to take back and the reports to post instead: of as many, only those that differ."""
    if not len(entries) == len(old) == len(new):
        return [*entries], new
    differ = [at for at, (was, now) in enumerate(zip(old, new, strict=True)) if was != now]
    return [entries[at] for at in differ], [new[at] for at in differ]


def _told(turn: Turn, numbers: Sequence[int]) -> str:
    """What the entries posted, in words."""
    entries = filter(None, map(turn.session.ledger.entry, numbers))
    return " ".join(turn.narrator.posted(e.transaction, lots_in(turn, e)).eye for e in entries)


def _anew(turn: Turn, reading: Reading, numbers: Sequence[int]) -> State | None:
    """Take back and post; None where something may not or cannot be taken back, with the reason said."""
    for number in sorted(numbers, reverse=True):
        entry = turn.session.ledger.entry(number)
        if entry is None or not may_take_back(turn, entry):
            return None
        if stands := judge_reversal(turn, entry).stands:
            turn.refuse("reversal-needs-approval", stands)
            return None
        taken = reverse(turn, entry, turn.wording.part("corrected"))
        if taken is None:
            return None
        turn.entries.append(taken)
    return perform(turn, advance(State(), reading, turn.said.text), ())
