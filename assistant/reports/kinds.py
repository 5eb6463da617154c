"""How the kinds of report are completed and posted: the steps behind their names, and the two sides of a posting."""

from collections.abc import Callable, Mapping
from typing import Final

from assistant.report_kinds import REPORT_KINDS
from assistant.reports.draft import Draft, Missing
from assistant.reports.missing import amount, lot, new_lot, order, partner, place, reason
from store import model

Step = Callable[[Draft], Missing]

STEPS: Final[Mapping[str, Step]] = {
    step.__name__: step
    for step in (
        order.for_order,
        order.known_product,
        lot.known_lot,
        new_lot.new_lot,
        new_lot.expires_on,
        amount.how_much,
        amount.difference,
        place.taken_from,
        place.standing_at,
        place.counted_at,
        place.going_to,
        partner.sent_by,
        partner.for_whom,
        partner.under_reference,
        reason.why,
    )
}
"""Each step by the name that a kind asks for it by."""

_STEPS_OF: Final = {name: tuple(STEPS[step] for step in kind.steps) for name, kind in REPORT_KINDS.items()}


def steps(kind: str) -> tuple[Step, ...]:
    """What a report of the kind needs, in the order in which it is asked for."""
    return _STEPS_OF[kind]


def sides(draft: Draft) -> tuple[str, str]:
    """The two places of a posting: out of the first, into the second."""
    return _side(draft, draft.kind.out_of), _side(draft, draft.kind.into)


def _side(draft: Draft, side: str) -> str:
    """The place of a side: what the slot says, a partner's virtual place, or a virtual place as it is named."""
    said = draft.slots.get(side)
    match side:
        case "supplier":
            return model.supplier(said)
        case "customer":
            return model.customer(said)
        case virtual if virtual.isupper():
            return virtual
        case _:
            return str(said or "")
