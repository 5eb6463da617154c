"""How wide a recall is: lots that are like the one in question, and the hold of everything that it reached."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from store.lots import LOT_SELECT, lot_of
from store.model import Kind, Lot, Transaction
from store.recall import Recall
from store.session import Session

SUPPLIER: Final = "supplier"
DAY: Final = "day"
LINE: Final = "line"


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
        f"SELECT {LOT_SELECT} FROM lot WHERE product = ? AND NOT withdrawn ORDER BY made DESC, code",  # noqa: S608  # ours
        (product,),
    )
    return [lot_of(session.connection.database, row) for row in rows]


def _line(session: Session, lot: Lot) -> str | None:
    order = session.orders.get(lot.work_order) if lot.work_order else None
    return order.line if order else None


def hold(report: Recall, *, by: str, channel: str, key: str, happened: datetime, said: str = "") -> Transaction | None:
    """One report that puts every reached lot with stock on hold; None when all of them are.

    A lot that is only in a running order has no stock to hold, and neither has one that is used up.
    """
    lots = tuple(found.lot.code for found in report.affected if found.places and not found.lot.on_hold)
    if not lots:
        return None
    note = f"recall of {report.lot.code}"
    return Transaction(Kind.HOLD, by, channel, key, happened, said=said, lots=lots, note=note)
