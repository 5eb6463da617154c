"""The kinds of report: what is asked for in which order, and the two sides of each posting."""

from collections.abc import Callable, Mapping
from typing import Final

from assistant.reports.draft import Draft, Missing
from assistant.reports.missing import amount, lot, new_lot, partner, place, reason
from assistant.reports.missing.order import known_product, work_order
from store import model

Step = Callable[[Draft], Missing]

STEPS: Final[Mapping[str, tuple[Step, ...]]] = {
    "receive": (
        known_product,
        new_lot.new_lot,
        amount.how_much,
        new_lot.expires_on,
        place.going_to,
        partner.sent_by,
    ),
    "move": (lot.known_lot, place.taken_from, amount.how_much, place.going_to),
    "consume": (work_order, lot.known_lot, place.taken_from, amount.how_much),
    "return": (work_order, lot.known_lot, amount.how_much, place.going_to),
    "produce": (
        work_order,
        known_product,
        new_lot.new_lot,
        amount.how_much,
        place.going_to,
        new_lot.expires_on,
    ),
    "count": (place.counted_at, lot.known_lot, place.counted_at, amount.how_much),
    "adjust": (lot.known_lot, place.standing_at, amount.how_much, amount.difference, reason.why),
    "scrap": (lot.known_lot, place.standing_at, amount.how_much, reason.why),
    "ship": (lot.known_lot, place.taken_from, amount.how_much, partner.for_whom, partner.under_reference),
    "hold": (lot.known_lot,),
    "release": (lot.known_lot,),
    "start": (work_order,),
    "finish": (work_order,),
}
"""What each report needs, in the order in which it is asked for."""


def sides(draft: Draft) -> tuple[str, str]:
    """The two places of a posting: out of the first, into the second."""
    said = {k: str(v) for k, v in draft.slots.items()}
    order = said.get("work_order", "")
    sides: dict[str, Callable[[], tuple[str, str]]] = {
        "receive": lambda: (model.supplier(said.get("supplier")), said["to"]),
        "move": lambda: (said["from"], said["to"]),
        "consume": lambda: (said["from"], order),
        "return": lambda: (order, said["to"]),
        "produce": lambda: (order, said["to"]),
        "count": lambda: (model.VARIANCE, said["at"]),
        "adjust": lambda: (model.ADJUSTMENT, said["at"]),
        "scrap": lambda: (said["at"], model.SCRAP),
        "ship": lambda: (said["from"], model.customer(said.get("customer"))),
    }
    return sides[draft.report.intent]()
