"""Who must agree to taking something back: judged by what it does to the stock, not by the word for it.

Taking back a hold is a release. Taking back an approved adjustment, or a count, a scrap or a receipt that is not the
speaker's own of this shift, changes stock as an adjustment does: another person approves. So does taking back what
went into goods that a customer has, for a recall would lose that customer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from assistant.conversation.turn import Turn
from assistant.roles import may
from assistant.views.situations import reached_from
from assistant.wording.sentences import Said
from store.model import CUSTOMER, Entry, Kind

SLIP: Final = "slip"
"""The reason of taking back one's own report within minutes."""
_LIKE_ADJUSTING: Final = frozenset(
    {Kind.ADJUST, Kind.SCRAP, Kind.COUNT, Kind.RECEIVE, Kind.CUSTOMER_RETURN, Kind.SUPPLIER_RETURN}
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What taking an entry back takes: nobody may (`refused`), another person's approval (`approval`), a reason.

    `effect` is said with it: what it does to the lineage of what was made.
    """

    refused: Said | None = None
    approval: Said | None = None
    reason: bool = False
    effect: Said | None = None

    @property
    def stands(self) -> Said | None:
        """Why the entry stays for now, whoever tells it otherwise alone."""
        return self.refused or self.approval


def judge_reversal(turn: Turn, entry: Entry) -> Verdict:
    """What taking this entry back takes, for this person at this moment."""
    told = entry.transaction
    if told.kind is Kind.HOLD and not may(turn.person.role, "release"):
        return Verdict(refused=turn.wording.say("undo-hold", lot=told.lots[0]))
    own = told.by == turn.person.code
    fresh = own and turn.now - entry.recorded <= turn.book.policy.span("slip_minutes")
    this_shift = own and turn.now - entry.recorded <= turn.book.policy.span("shift_hours")
    made = _made_of(turn, entry)
    effect = turn.wording.say("undo-lineage", lots=turn.wording.listed(made)) if made else None
    approval: Said | None = None
    if told.approved_by is not None:
        approval = turn.wording.say("undo-approved", number=entry.number)
    elif told.postings and told.kind in _LIKE_ADJUSTING and not this_shift:
        approval = turn.wording.say("undo-adjusts", number=entry.number)
    elif made and _shipped(turn, made):
        approval = turn.wording.say("undo-shipped", number=entry.number, lots=turn.wording.listed(made))
    return Verdict(approval=approval, reason=approval is not None or not fresh, effect=effect)


def _made_of(turn: Turn, entry: Entry) -> list[str]:
    """The lots that a work order made of what the entry put into it."""
    told = entry.transaction
    if told.kind is not Kind.CONSUME or told.work_order is None:
        return []
    order = turn.session.orders.state(told.work_order)
    return [lot for lot, quantity in order.outputs.items() if quantity > 0] if order else []


def _shipped(turn: Turn, lots: Iterable[str]) -> bool:
    """Whether a customer has any of these lots, or of what was made of them."""
    reached = {code for lot in lots for code in (lot, *reached_from(turn.session, lot))}
    states = (turn.session.lots.state(code) for code in reached)
    return any(
        quantity and place.startswith(CUSTOMER)
        for state in states
        if state
        for place, quantity in state.balances.items()
    )
