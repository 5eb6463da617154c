"""Which lots went into which, both ways: what the balances of work orders imply.

A balance row of a work order tells how much of a lot went in and how much of it came out, net of returns and of what
was taken back, and is written with the entries. Every input of an order reaches every output of it: a recall may be
too wide, never too narrow. An order that is run in stages is told in stages by giving each a number of its own.
"""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from store.database import Connection, marks
from store.model import CUSTOMER, SUPPLIER, Edge
from store.statements import UNREVERSED

Direction = Literal["backward", "forward"]

CHUNK: Final = 500
"""How many lots or orders one statement asks for."""

_USED_LAST: Final = (
    "(SELECT max(p.happened) FROM posting p JOIN entry e ON e.number = p.entry "
    f"WHERE p.lot = i.lot AND p.place = i.place AND e.kind = 'consume' AND {UNREVERSED})"
)

_EDGES: Final = (
    f"SELECT i.lot, o.lot, i.place, i.quantity + i.made, {_USED_LAST} "
    "FROM balance {near} CROSS JOIN balance {far} WHERE {near}.lot IN ({among}) AND {far}.place = {near}.place "
    "AND i.kind = 'order' AND i.quantity + i.made > 0 AND o.kind = 'order' AND o.made > 0"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """What of a lot came from a supplier or went to a customer under one reference (base units), and when."""

    partner: str | None
    lot: str
    quantity: int
    reference: str | None
    at: datetime


class Lineage:
    """Genealogy of lots; the cost follows the lots reached, not the lots stored, and a cycle ends the walk."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def trace(self, lot: str, direction: Direction) -> list[Edge]:
        """Every edge that leads to the lot (backward) or away from it (forward), once, nearest first."""
        edges: list[Edge] = []
        seen = {lot}
        frontier = [lot]
        while frontier:
            found = sorted(
                self._edges(frontier, direction), key=lambda edge: (edge.work_order, edge.from_lot, edge.to_lot)
            )
            edges += found
            ends = (edge.from_lot if direction == "backward" else edge.to_lot for edge in found)
            frontier = [end for end in dict.fromkeys(ends) if end not in seen]
            seen.update(frontier)
        return edges

    def reach(self, lot: str, direction: Direction) -> list[str]:
        """Every lot that went into the lot (backward) or that it went into (forward), nearest first, without itself."""
        near, far = (
            ("made > 0", "quantity + made > 0") if direction == "backward" else ("quantity + made > 0", "made > 0")
        )
        reached = {lot: None}
        orders: set[str] = set()
        frontier = [lot]
        while frontier:
            steps = {
                place
                for (place,) in self._in_chunks(
                    f"SELECT DISTINCT place FROM balance WHERE kind = 'order' AND {near} AND lot IN ({{among}})",
                    frontier,
                )
            } - orders
            orders |= steps
            found = self._in_chunks(
                f"SELECT DISTINCT lot FROM balance WHERE kind = 'order' AND {far} AND place IN ({{among}})",
                sorted(steps),
            )
            frontier = sorted({code for (code,) in found if code not in reached})
            reached.update(dict.fromkeys(frontier))
        return list(reached)[1:]

    def received_from(self, lots: Iterable[str]) -> list[Passage]:
        """What suppliers brought of these lots, net of what was taken back, oldest first."""
        return self._passages(lots, SUPPLIER, -1)

    def shipped_to(self, lots: Iterable[str]) -> list[Passage]:
        """What customers got of these lots, net of what was taken back, oldest first."""
        return self._passages(lots, CUSTOMER, 1)

    def _edges(self, frontier: Sequence[str], direction: Direction) -> Iterator[Edge]:
        near, far = ("o", "i") if direction == "backward" else ("i", "o")
        moment = self._connection.database.read_moment
        sql = _EDGES.format(near=near, far=far, among="{among}")
        for from_lot, to_lot, work_order, quantity, at in self._in_chunks(sql, frontier):
            yield Edge(from_lot, to_lot, work_order, quantity, moment(at))

    def _in_chunks(self, sql: str, values: Sequence[str]) -> Iterator[Any]:
        """Rows of a statement for many values; `{among}` in it becomes their placeholders."""
        for start in range(0, len(values), CHUNK):
            part = values[start : start + CHUNK]
            yield from self._connection.execute(sql.format(among=marks(len(part))), part)

    def _passages(self, lots: Iterable[str], prefix: str, sign: int) -> list[Passage]:
        """Lines on the other side of receipts or shipments that stand, by partner, lot and reference."""
        moment = self._connection.database.read_moment
        rows = self._in_chunks(
            "SELECT e.partner, p.lot, e.reference, CAST(sum(p.quantity) AS BIGINT), max(e.happened) "
            "FROM posting p JOIN entry e ON e.number = p.entry WHERE p.lot IN ({among}) "
            f"AND substr(p.place, 1, {len(prefix)}) = '{prefix}' AND {UNREVERSED} "
            "GROUP BY e.partner, p.lot, e.reference",
            sorted(set(lots)),
        )
        passages = [
            Passage(partner, lot, sign * quantity, reference, moment(at))
            for partner, lot, reference, quantity, at in rows
        ]
        return sorted(passages, key=lambda p: (p.at, p.lot, p.partner or "", p.reference or ""))
