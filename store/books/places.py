"""Which places hold stock: real ones never go below zero, a work order gives back no more than went in."""

from collections.abc import Container
from typing import Final

from store.errors import UnknownPlace
from store.model import ADJUSTMENT, CUSTOMER, OPENING, SCRAP, SUPPLIER, VARIANCE

REAL: Final = "real"
ORDER: Final = "order"
OUTSIDE: Final = "outside"

_OUTSIDE: Final = frozenset({SCRAP, VARIANCE, ADJUSTMENT, OPENING})


def place_kind(place: str, real: Container[str], work_order: str | None) -> str:
    """`real` for the plant's own places, `order` for the transaction's work order, `outside` for the other side.

    Raises:
        UnknownPlace: The place is none of these.
    """
    if place in real:
        return REAL
    if place == work_order:
        return ORDER
    if place in _OUTSIDE or place.startswith((SUPPLIER, CUSTOMER)):
        return OUTSIDE
    raise UnknownPlace(place)
