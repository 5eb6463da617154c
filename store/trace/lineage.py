"""Which lots went into which, both ways: what the balances of work orders imply.

A balance row of a work order tells how much of a lot went in and how much of it came out, net of returns and of what
was taken back, and is written with the entries; the table `lineage` keeps the steps that these rows imply. Every
input of an order reaches every output of it: a recall may be too wide, never too narrow. An order that is run in
stages is told in stages by giving each a number of its own.
"""
# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, Protocol

from store.books.statements import UNREVERSED
from store.database import Connection
from store.model import CUSTOMER, OPENING, SUPPLIER, Edge
from store.trace.bulk import codes

Direction = Literal["backward", "forward"]
"""Towards what went into a lot, or towards what it went into."""

RUN: Final = "\x1f"
"""Begins the name of a run that stands between lots in the table `lineage`; no lot's code has it."""

_REACHED: Final = (
    "WITH RECURSIVE reached (code) AS (SELECT CAST(? AS VARCHAR) UNION "
    "SELECT s.{far} FROM reached CROSS JOIN lineage s WHERE s.{near} = reached.code) "
)
"""A lot and all that it leads to, runs among them; both databases go by the distance of steps."""

_USED_LAST: Final = (
    "(SELECT max(p.happened) FROM posting p JOIN entry e ON e.number = p.entry "
    f"WHERE p.lot = i.lot AND p.place = i.place AND e.kind = 'consume' AND {UNREVERSED})"
)

_EDGES: Final = (
    f"SELECT i.lot, o.lot, i.place, i.quantity + i.made, {_USED_LAST} "
    "FROM reached CROSS JOIN balance {at} CROSS JOIN balance {beyond} "
    "WHERE {at}.lot = reached.code AND {beyond}.place = {at}.place "
    "AND i.kind = 'order' AND i.quantity + i.made > 0 AND o.made > 0"
)
"""Edges at the lots reached; SQLite keeps the order of a CROSS JOIN, and so starts from the lots."""


class Reader(Protocol):
    """Whatever reads within one SQL transaction: a Session."""

    @property
    def connection(self) -> Connection:
        """The transaction."""


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """What of a lot a supplier brought or a customer got under one reference, and when it last did.

    `quantity` is in 1/10,000 of the product's base unit, which is `unit`; `returned` is what of it went the other way.
    """

    partner: str | None
    lot: str
    quantity: int
    unit: str
    reference: str | None
    at: datetime
    returned: int = 0


def trace(session: Reader, lot: str, direction: Direction) -> list[Edge]:
    """Every edge that leads to the lot (backward) or away from it (forward), once, nearest first.

    The cost follows the edges reached, not the lots stored, and a cycle ends the walk.
    """
    at, beyond = ("o", "i") if direction == "backward" else ("i", "o")
    moment = session.connection.database.read_moment
    sql = _reached(direction) + _EDGES.format(at=at, beyond=beyond)
    edges: dict[str, list[Edge]] = {}
    for from_lot, to_lot, work_order, quantity, used in session.connection.execute(sql, (lot,)):
        edge = Edge(from_lot, to_lot, work_order, quantity, moment(used))
        edges.setdefault(to_lot if direction == "backward" else from_lot, []).append(edge)
    found: list[Edge] = []
    frontier = [lot]
    while frontier:
        step = sorted((edge for code in frontier for edge in edges.pop(code, ())), key=_by_order)
        found += step
        ends = dict.fromkeys(edge.from_lot if direction == "backward" else edge.to_lot for edge in step)
        frontier = [code for code in ends if code in edges]
    return found


def reach(session: Reader, lot: str, direction: Direction) -> list[str]:
    """Every lot that went into the lot (backward) or that it went into (forward), without itself.

    Near ones come before far ones, where a run of several outputs counts for two steps. The cost follows the lots
    reached, also where a run has many inputs and many outputs.
    """
    found = [code for (code,) in session.connection.execute(_reached(direction) + "SELECT code FROM reached", (lot,))]
    if min(found).startswith(RUN):
        found = [code for code in found if not code.startswith(RUN)]
    return found[1:]


def _reached(direction: Direction) -> str:
    far, near = ("source", "target") if direction == "backward" else ("target", "source")
    return _REACHED.format(far=far, near=near)


def received_from(session: Reader, lot: str, ancestors: Iterable[str] | None = None) -> list[PartnerRow]:
    """What suppliers brought of the lot and of all that went into it, net of what was taken back, oldest first.

    Opening stock counts for the supplier that its file names. `ancestors` are what went into the lot, where the
    caller knows them.
    """
    before = reach(session, lot, "backward") if ancestors is None else ancestors
    came = f"({_begins(session.connection, SUPPLIER)} OR (p.place = '{OPENING}' AND e.partner IS NOT NULL))"
    return _partner_rows(session.connection, [lot, *before], came, -1)


def shipped_to(session: Reader, lot: str, descendants: Iterable[str] | None = None) -> list[PartnerRow]:
    """What customers got of the lot and of all that it went into, net of what was taken back, oldest first.

    `descendants` are what the lot went into, where the caller knows them.
    """
    after = reach(session, lot, "forward") if descendants is None else descendants
    return shipped(session, [lot, *after])


def shipped(session: Reader, lots: Iterable[str]) -> list[PartnerRow]:
    """What customers got of these lots, by customer, lot and reference, net of what was taken back, oldest first."""
    went = _begins(session.connection, CUSTOMER)
    return _partner_rows(session.connection, lots, went, 1)


def _by_order(edge: Edge) -> tuple[str, str, str]:
    return edge.work_order, edge.from_lot, edge.to_lot


def _begins(connection: Connection, prefix: str) -> str:
    """That a line is in a virtual place of that kind; SQLite, which orders by bytes, finds it by its index."""
    exactly = f"substr(p.place, 1, {len(prefix)}) = '{prefix}'"
    if not connection.database.is_sqlite:
        return exactly
    return f"(p.place >= '{prefix}' AND p.place < '{prefix[:-1]}{chr(ord(prefix[-1]) + 1)}' AND {exactly})"


def _with_returns(rows: Sequence[PartnerRow]) -> list[PartnerRow]:
    """Returns under a document of their own, told with the latest of what they are returns of, where there is any."""
    usual = [row for row in rows if row.quantity]
    for back in (row for row in rows if not row.quantity):
        of = [row for row in usual if (row.partner, row.lot) == (back.partner, back.lot)]
        latest = max(of, key=lambda row: row.at, default=None)
        if latest is None:
            usual.append(back)
        else:
            usual[usual.index(latest)] = replace(latest, returned=latest.returned + back.returned)
    return usual


def _sum(direction: str, sign: int) -> str:
    """The sum of the lines that go one way, without sign; `sign` says which way is the usual one."""
    return f"CAST(coalesce(sum(CASE WHEN {sign} * p.quantity {direction} 0 THEN abs(p.quantity) END), 0) AS BIGINT)"


def _partner_rows(connection: Connection, lots: Iterable[str], where: str, sign: int) -> list[PartnerRow]:
    """Lines on the partner's side of receipts or shipments that stand, by partner, lot and reference."""
    wanted, listed = codes(connection, sorted(set(lots)))
    moment = connection.database.read_moment
    found = connection.execute(
        f"SELECT e.partner, p.lot, {_sum('>', sign)}, x.base_unit, e.reference, max(e.happened), {_sum('<', sign)} "
        f"FROM {wanted} CROSS JOIN posting p CROSS JOIN entry e CROSS JOIN lot l CROSS JOIN product x "
        f"WHERE p.lot = wanted.code AND {where} AND e.number = p.entry AND l.code = p.lot AND x.sku = l.product "
        f"AND {UNREVERSED} GROUP BY e.partner, p.lot, x.base_unit, e.reference",
        (listed,),
    )
    rows = [
        PartnerRow(partner, lot, quantity, unit, reference, moment(at), returned)
        for partner, lot, quantity, unit, reference, at, returned in found
    ]
    return sorted(_with_returns(rows), key=lambda row: (row.at, row.lot, row.partner or "", row.reference or ""))
