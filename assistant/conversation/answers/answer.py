"""Answers to questions about lots, stock, orders, entries and what waits: a few sentences, and a table."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from assistant.conversation.answers.history import tell_history
from assistant.conversation.answers.lots import tell_lot
from assistant.conversation.answers.orders import tell_need, tell_status, tell_variance
from assistant.conversation.answers.rows import LONGEST, being_counted, stock_of
from assistant.conversation.answers.stock import tell_expiring, tell_stock, tell_where
from assistant.conversation.answers.trace import tell_recall, tell_trace
from assistant.conversation.answers.waiting import tell_open
from assistant.conversation.turn import Turn
from assistant.intents import Frame
from assistant.reports.report import Slots
from store.trace.bulk import lots_of

OF_ONE_LOT: Final = frozenset({"trace", "recall", "lot"})
"""Questions that are about one lot and no more."""

TELLING_STOCK: Final = frozenset({"where", "stock", "expiring", "recall"})
"""Questions whose answers say how much is where."""


def answer(turn: Turn, frame: Frame) -> None:
    """Add the answer to one question to the turn."""
    slots = dict(frame.slots)
    if frame.intent in OF_ONE_LOT and "lot" not in slots:
        turn.say("ask-with-lot")
        return
    if "lot" in slots:
        turn.lots[str(slots["lot"])] = None
        known = turn.session.lots.get(str(slots["lot"]))
        if known is None:
            turn.say("unknown-code", what=f"lot {slots['lot']}")
            return
        slots.setdefault("product", known.product)
    if frame.intent in TELLING_STOCK and _held_back(turn, slots, whole=frame.intent in OF_ONE_LOT):
        return
    ANSWERS[frame.intent](turn, slots)


def _held_back(turn: Turn, slots: Slots, *, whole: bool) -> bool:
    """Say what is not told before its count is in; whether nothing else is left. `whole`: a part would tell it, too."""
    stock = stock_of(turn, slots) if turn.counting else []
    counted = sorted({r.lot.code for r in stock if being_counted(turn, r)})
    if counted:
        turn.say("being-counted", lots=turn.wording.listed(counted))
    return bool(counted) and (whole or all(being_counted(turn, r) for r in stock))


def _mine(turn: Turn, slots: Slots) -> None:
    """What the speaker reported last."""
    del slots
    entries = turn.session.ledger.entries(by=turn.person.code, newest_first=True, limit=LONGEST)
    if not entries:
        turn.say("mine-none")
        return
    lots = lots_of(turn.session.connection, {code for e in entries for code in e.transaction.lots})
    told = [turn.wording.part("mine-entry", number=e.number, what=turn.narrator.entry(e, lots).eye) for e in entries]
    turn.say("mine", entries=" ".join(told))


def _help(turn: Turn, slots: Slots) -> None:
    """What can be said: examples with this plant's names."""
    del slots
    examples = turn.examples()
    turn.say("help", examples=" · ".join(f"“{e}”" for e in examples), first=examples[0])


ANSWERS: Final[Mapping[str, Callable[[Turn, Mapping[str, Any]], None]]] = {
    "where": tell_where,
    "stock": tell_stock,
    "expiring": tell_expiring,
    "trace": tell_trace,
    "recall": tell_recall,
    "status": tell_status,
    "variance": tell_variance,
    "lot": tell_lot,
    "open": tell_open,
    "need": tell_need,
    "history": tell_history,
    "mine": _mine,
    "help": _help,
}
