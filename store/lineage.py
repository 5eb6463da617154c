"""Which lots went into which, both ways: what the balances of work orders imply.

A balance row of a work order tells how much of a lot went in and how much of it came out, net of returns and of what
was taken back, and is written with the entries. Every input of an order reaches every output of it: a recall may be
too wide, never too narrow. An order that is run in stages is told in stages by giving each a number of its own.
"""
# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, Protocol

from store.database import Connection, marks
from store.model import CUSTOMER, OPENING, SUPPLIER, Edge
from store.statements import UNREVERSED

Direction = Literal["backward", "forward"]
"""Towards what went into a lot, or towards what it went into."""

CHUNK: Final = 500
"""How many lots or orders one statement asks for."""

WENT_IN: Final = "kind = 'order' AND quantity + made > 0"
CAME_OUT: Final = "made > 0"
"""What a work order's balance row says of its lot; one lot may be both, when an order takes its own output back.

Only a work order makes anything (a CHECK of the table), so that the index on place and made answers the second alone.
"""

_USED_LAST: Final = (
    "(SELECT max(p.happened) FROM posting p JOIN entry e ON e.number = p.entry "
    f"WHERE p.lot = i.lot AND p.place = i.place AND e.kind = 'consume' AND {UNREVERSED})"
)

_EDGES: Final = (
    f"SELECT i.lot, o.lot, i.place, i.quantity + i.made, {_USED_LAST} "
    "FROM balance {near} CROSS JOIN balance {far} WHERE {near}.lot IN ({among}) AND {far}.place = {near}.place "
    "AND i.kind = 'order' AND i.quantity + i.made > 0 AND o.made > 0"
)
"""Edges at the lots of one step; SQLite keeps the order of a CROSS JOIN, and so starts from the lots."""


class Reader(Protocol):
    """Whatever reads within one SQL transaction: a Session."""

    @property
    def connection(self) -> Connection:
        """The transaction."""


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """What of a lot a supplier brought or a customer got under one reference, and when it last did.

    `quantity` is in 1/10,000 of the product's base unit, which is `unit`.
    """

    partner: str | None
    lot: str
    quantity: int
    unit: str
    reference: str | None
    at: datetime


def trace(session: Reader, lot: str, direction: Direction) -> list[Edge]:
    """Every edge that leads to the lot (backward) or away from it (forward), once, nearest first.

    The cost follows the edges reached, not the lots stored, and a cycle ends the walk.
    """
    connection = session.connection
    edges: list[Edge] = []
    seen = {lot}
    frontier = [lot]
    while frontier:
        found = sorted(_edges(connection, frontier, direction), key=_by_order)
        edges += found
        ends = (edge.from_lot if direction == "backward" else edge.to_lot for edge in found)
        frontier = [end for end in dict.fromkeys(ends) if end not in seen]
        seen.update(frontier)
    return edges


def reach(session: Reader, lot: str, direction: Direction) -> list[str]:
    """Every lot that went into the lot (backward) or that it went into (forward), nearest first, without itself.

    Each work order is passed once, so that the cost follows the lots reached also where an order has many of both.
    """
    near, far = (CAME_OUT, WENT_IN) if direction == "backward" else (WENT_IN, CAME_OUT)
    passing = f"SELECT DISTINCT place FROM balance WHERE {near} AND lot IN ({{among}})"
    beyond = f"SELECT DISTINCT lot FROM balance WHERE {far} AND place IN ({{among}})"
    reached = dict.fromkeys([lot])
    passed: set[str] = set()
    frontier = [lot]
    while frontier:
        orders = {order for (order,) in _in_chunks(session.connection, passing, frontier)} - passed
        passed |= orders
        found = {code for (code,) in _in_chunks(session.connection, beyond, sorted(orders))}
        frontier = sorted(found - reached.keys())
        reached.update(dict.fromkeys(frontier))
    return list(reached)[1:]


def received_from(session: Reader, lot: str, ancestors: Iterable[str] | None = None) -> list[PartnerRow]:
    """What suppliers brought of the lot and of all that went into it, net of what was taken back, oldest first.

    Opening stock counts for the supplier that its file names. `ancestors` are what went into the lot, where the
    caller knows them.
    """
    before = reach(session, lot, "backward") if ancestors is None else ancestors
    came = f"(substr(p.place, 1, {len(SUPPLIER)}) = '{SUPPLIER}' OR (p.place = '{OPENING}' AND e.partner IS NOT NULL))"
    return _partner_rows(session.connection, [lot, *before], came, -1)


def shipped_to(session: Reader, lot: str, descendants: Iterable[str] | None = None) -> list[PartnerRow]:
    """What customers got of the lot and of all that it went into, net of what was taken back, oldest first.

    `descendants` are what the lot went into, where the caller knows them.
    """
    after = reach(session, lot, "forward") if descendants is None else descendants
    went = f"substr(p.place, 1, {len(CUSTOMER)}) = '{CUSTOMER}'"
    return _partner_rows(session.connection, [lot, *after], went, 1)


def _by_order(edge: Edge) -> tuple[str, str, str]:
    return edge.work_order, edge.from_lot, edge.to_lot


def _edges(connection: Connection, frontier: Sequence[str], direction: Direction) -> Iterator[Edge]:
    """The edges that end (backward) or begin (forward) at these lots."""
    near, far = ("o", "i") if direction == "backward" else ("i", "o")
    moment = connection.database.read_moment
    sql = _EDGES.format(near=near, far=far, among="{among}")
    for from_lot, to_lot, work_order, quantity, at in _in_chunks(connection, sql, frontier):
        yield Edge(from_lot, to_lot, work_order, quantity, moment(at))


def _partner_rows(connection: Connection, lots: Iterable[str], where: str, sign: int) -> list[PartnerRow]:
    """Lines on the partner's side of receipts or shipments that stand, by partner, lot and reference."""
    moment = connection.database.read_moment
    found = _in_chunks(
        connection,
        "SELECT e.partner, p.lot, CAST(sum(p.quantity) AS BIGINT), x.base_unit, e.reference, max(e.happened) "
        "FROM posting p JOIN entry e ON e.number = p.entry JOIN lot l ON l.code = p.lot "
        "JOIN product x ON x.sku = l.product "
        f"WHERE p.lot IN ({{among}}) AND {where} AND {UNREVERSED} "
        "GROUP BY e.partner, p.lot, x.base_unit, e.reference",
        sorted(set(lots)),
    )
    rows = [
        PartnerRow(partner, lot, sign * quantity, unit, reference, moment(at))
        for partner, lot, quantity, unit, reference, at in found
    ]
    return sorted(rows, key=lambda row: (row.at, row.lot, row.partner or "", row.reference or ""))


def _in_chunks(connection: Connection, sql: str, values: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of a statement asked for many values; `{among}` in it becomes their placeholders."""
    for start in range(0, len(values), CHUNK):
        part = values[start : start + CHUNK]
        yield from connection.execute(sql.format(among=marks(len(part))), part)
