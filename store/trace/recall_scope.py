"""How wide a recall is: lots that are like the one in question, and the hold of everything that it reached."""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from store.books.lots import LOT_SELECT, lot_of
from store.model import Kind, Lot, Transaction
from store.session import Session
from store.trace.bulk import codes
from store.trace.recall import Recall

SUPPLIER: Final = "supplier"
DAY: Final = "day"
LINE: Final = "line"

BATCH: Final = 50
"""So many lots a hold names at most; what a greater recall reached is held by several."""


def alike(session: Session, lot: Lot) -> Mapping[str, list[Lot]]:
    """Other lots of the product that may share the lot's fault: of its supplier, of its day, of its day and line."""
    others = [other for other in _of_product(session, lot.product) if other.code != lot.code]
    same_day = [other for other in others if other.made == lot.made]
    found = {DAY: same_day}
    if lot.supplier is not None:
        found[SUPPLIER] = [other for other in others if other.supplier == lot.supplier]
    line = _line(session, lot)
    if line is not None:
        found[LINE] = [other for other in same_day if _line(session, other) == line]
    return found


def _of_product(session: Session, product: str) -> list[Lot]:
    rows = session.connection.execute(
        f"SELECT {LOT_SELECT} FROM lot WHERE product = ? AND NOT withdrawn ORDER BY made DESC, code",
        (product,),
    )
    return [lot_of(session.connection.database, row) for row in rows]


def _line(session: Session, lot: Lot) -> str | None:
    order = session.orders.get(lot.work_order) if lot.work_order else None
    return order.line if order else None


def running(session: Session, lots: Iterable[str]) -> Mapping[str, list[str]]:
    """The work orders that hold something of these lots and are not finished, with those lots.

    What such an order makes from now on was not made when the recall looked, and what is in it may come back.
    """
    wanted, listed = codes(session.connection, lots)
    rows = session.connection.execute(
        f"SELECT b.place, b.lot FROM {wanted} CROSS JOIN balance b CROSS JOIN work_order o "
        "WHERE b.lot = wanted.code AND b.kind = 'order' AND b.quantity > 0 AND o.number = b.place "
        "AND o.status <> 'finished' ORDER BY b.place, b.lot",
        (listed,),
    )
    found: dict[str, list[str]] = {}
    for order, lot in rows:
        found.setdefault(order, []).append(lot)
    return found


def to_hold(report: Recall, in_orders: Mapping[str, Sequence[str]]) -> list[str]:
    """The reached lots that are free and still there: in a real place, or in an order from which they may come back."""
    open_lots = {lot for lots in in_orders.values() for lot in lots}
    return [
        found.lot.code
        for found in report.affected
        if not found.lot.on_hold and (found.places or found.lot.code in open_lots)
    ]


def holds(
    lots: Sequence[str], *, by: str, channel: str, key: str, happened: datetime, said: str = "", note: str
) -> Iterator[Transaction]:
    """Reports that put these lots on hold, as few as can be; their keys are `key` with a number."""
    for number, first in enumerate(range(0, len(lots), BATCH)):
        some = tuple(lots[first : first + BATCH])
        yield Transaction(Kind.HOLD, by, channel, f"{key}#{number}", happened, said=said, lots=some, note=note)
