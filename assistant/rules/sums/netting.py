"""What a transaction changes where: its lines netted by lot and place, and which places are in the books."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from store.model import (
    ADJUSTMENT,
    CUSTOMER,
    OPENING,
    SCRAP,
    SUPPLIER,
    VARIANCE,
    Catalog,
    LotState,
    Situation,
    Transaction,
)

VIRTUAL: Final = frozenset({SCRAP, VARIANCE, ADJUSTMENT, OPENING})


def net_of(transaction: Transaction, lot: str) -> dict[str, int]:
    """What the transaction changes of a lot by place."""
    net: dict[str, int] = {}
    for posting in transaction.postings:
        if posting.lot == lot:
            net[posting.place] = net.get(posting.place, 0) + posting.quantity
    return net


def judged_places(
    transaction: Transaction, catalog: Catalog, lot: str, net: Mapping[str, int]
) -> tuple[str | None, ...]:
    """The real places where a lot is judged: those it leaves, else enters, and all it was counted in; else none."""
    real = {p: change for p, change in net.items() if p in catalog.places and change}
    leaving = [place for place, change in real.items() if change < 0]
    counted = [c.place for c in transaction.counted if c.lot == lot]
    return tuple(dict.fromkeys((*(leaving or real), *counted))) or (None,)


def entered_kind(catalog: Catalog, net: Mapping[str, int]) -> str | None:
    """The kind of the real place that a lot enters; where it enters several, one that is no hold place."""
    kinds = [catalog.places[place].kind for place, change in net.items() if change > 0 and place in catalog.places]
    return next((kind for kind in kinds if kind != "hold"), kinds[0] if kinds else None)


def moved(net: Mapping[str, int], place: str | None) -> int:
    """How much of a lot the transaction moves, through the place where it is judged."""
    return abs(net.get(place or "", 0)) or max((abs(change) for change in net.values()), default=0)


def is_place(catalog: Catalog, place: str, orders: set[str | None]) -> bool:
    """Whether the books have such a place: a real one, a work order, or one of the virtual ones."""
    return place in catalog.places or place in VIRTUAL or place in orders or place.startswith((SUPPLIER, CUSTOMER))


def standing(catalog: Catalog, state: LotState | None) -> dict[str, int]:
    """Where a lot stands in real places."""
    balances = state.balances if state else {}
    return {place: quantity for place, quantity in balances.items() if quantity > 0 and place in catalog.places}


def day_of(transaction: Transaction, situation: Situation) -> date:
    """The plant's day on which it happened; today, however the day was pinned, for what happened now."""
    happened = transaction.happened.astimezone(situation.now.tzinfo)
    return situation.today - timedelta(days=(situation.now.date() - happened.date()).days)


def places_around(catalog: Catalog, place: str | None) -> tuple[str, ...]:
    """The place and the places around it, innermost first; overrides of a cooler are overrides of its bays."""
    found: list[str] = []
    while place is not None and place not in found:
        found.append(place)
        known = catalog.places.get(place)
        place = known.parent if known else None
    return tuple(found)
