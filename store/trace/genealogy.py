"""The genealogy of a lot as people and programs are shown it: edges both ways, suppliers and customers at the ends."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from store.errors import UnknownLot
from store.model import Edge, Lot
from store.session import Session
from store.trace import lineage
from store.trace.bulk import lots_of
from store.trace.lineage import Direction, PartnerRow
from store.units import shown_in, text


def trace(session: Session, lot: str, direction: Direction | None = None) -> dict[str, Any]:
    """What `floor trace --json` prints: `lot`, `product`, `backward`, `forward`, `received_from`, `shipped_to`.

    Every edge stands once, nearest first; a direction that was not asked for is empty. Quantities are decimal strings
    in the unit in which the lot is counted, or in the base unit where that needs more than two decimals.

    Raises:
        UnknownLot: The plant does not know the lot.
    """
    backward = [] if direction == "forward" else lineage.trace(session, lot, "backward")
    forward = [] if direction == "backward" else lineage.trace(session, lot, "forward")
    came = [] if direction == "forward" else lineage.received_from(session, lot, _others(lot, backward))
    went = [] if direction == "backward" else lineage.shipped_to(session, lot, _others(lot, forward))
    named = {edge.from_lot for edge in (*backward, *forward)} | {row.lot for row in (*came, *went)}
    shown = _Shown(session, {lot, *named})
    return {
        "lot": lot,
        "product": shown.product(lot),
        "backward": [shown.edge(edge) for edge in backward],
        "forward": [shown.edge(edge) for edge in forward],
        "received_from": [shown.passage(row) for row in came],
        "shipped_to": [shown.passage(row) for row in went],
    }


def _others(lot: str, edges: Iterable[Edge]) -> set[str]:
    """The lots at the edges, but for the lot itself."""
    return {code for edge in edges for code in (edge.from_lot, edge.to_lot)} - {lot}


def stamp(moment: datetime) -> str:
    """A moment in ISO 8601 to the second, in the time zone that it carries: the books give the plant's."""
    return moment.isoformat(timespec="seconds")


class _Shown:
    """Edges and passages with their quantities as the lots are counted."""

    def __init__(self, session: Session, lots: Iterable[str]) -> None:
        self._products = session.catalog.products
        self._lots: dict[str, Lot] = lots_of(session.connection, lots)

    def product(self, code: str) -> str:
        if code not in self._lots:
            raise UnknownLot(code)
        return self._lots[code].product

    def edge(self, edge: Edge) -> dict[str, Any]:
        return {
            "from_lot": edge.from_lot,
            "to_lot": edge.to_lot,
            "work_order": edge.work_order,
            **self._quantity(edge.from_lot, edge.quantity),
            "at": stamp(edge.at),
        }

    def passage(self, row: PartnerRow) -> dict[str, Any]:
        return {
            "partner": row.partner,
            "lot": row.lot,
            **self._quantity(row.lot, row.quantity),
            "reference": row.reference,
            "at": stamp(row.at),
        }

    def _quantity(self, code: str, quantity: int) -> dict[str, str]:
        lot = self._lots[code]
        product = self._products[lot.product]
        amount, unit = shown_in(quantity, lot.unit, product.base_unit, product.packs)
        return {"quantity": text(amount), "unit": unit}
