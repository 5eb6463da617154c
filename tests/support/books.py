# ruff: noqa: ANN401  # what a test tells otherwise may be any field
"""A small plant for tests of the books: three products, five places, two work orders, and short ways to report."""

import itertools
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from store.model import (
    Counted,
    Entry,
    Kind,
    Lot,
    Partner,
    Person,
    Place,
    Posting,
    Product,
    Reason,
    RecipeLine,
    Transaction,
    WorkOrder,
    customer,
    supplier,
)
from store.session import Session, Store
from store.units import SCALE

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOON.date()

PLACES = ("DOCK", "COOLER", "RACK", "LINE", "HOLD")
ORDERS = ("WO-1", "WO-2")

_keys = itertools.count()


def plant(store: Store) -> Store:
    """Migrate, and put the small plant's master data into the books."""
    store.migrate()
    store.run(put_plant)
    return store


def put_plant(session: Session) -> None:
    master = session.master
    master.put_products(
        [
            Product("RAW", "Chickpeas", "raw", "lb", {"bag": 50 * SCALE}, 90),
            Product("SALT", "Salt", "raw", "lb"),
            Product("FIN", "Hummus", "finished", "ea", {"case": 12 * SCALE}, 30, lot_prefix="H"),
        ]
    )
    kinds = ("receiving", "storage", "storage", "production", "hold")
    master.put_places(Place(code, code.title(), kind) for code, kind in zip(PLACES, kinds, strict=True))
    master.put_partners([Partner("SUP", "Supplier", "supplier"), Partner("CUS", "Customer", "customer")])
    master.put_people([Person("maria", "Maria", "worker"), Person("quinn", "Quinn", "qa")])
    master.put_reasons([Reason("DAMAGED", "Damaged", "scrap")])
    master.put_recipes([RecipeLine("FIN", 100 * SCALE, "RAW", 50 * SCALE, 9600, 300)])
    master.put_site({"name": "Test plant"})
    master.put_work_orders(WorkOrder(number, "FIN", 100 * SCALE, "ea", "LINE", planned_day=TODAY) for number in ORDERS)


def lot(code: str, product: str = "RAW", **values: Any) -> Lot:
    return Lot(code, product, "lb", values.pop("made", TODAY), values.pop("expires", date(2027, 1, 1)), **values)


def transaction(kind: Kind, lines: Iterable[tuple[str, str, int]] = (), **values: Any) -> Transaction:
    """A transaction of `(lot, place, whole base units)` lines by Maria at noon, unless told otherwise."""
    defaults: dict[str, Any] = {
        "by": "maria",
        "channel": "console",
        "key": f"test:{next(_keys)}",
        "happened": NOON,
        "postings": tuple(
            Posting(code, place, quantity * SCALE, Decimal(quantity), "lb") for code, place, quantity in lines
        ),
    }
    return Transaction(kind, **{**defaults, **values})


def moved(code: str, quantity: int, out_of: str, into: str, kind: Kind = Kind.MOVE, **values: Any) -> Transaction:
    """What goes out of one place into another."""
    return transaction(kind, [(code, out_of, -quantity), (code, into, quantity)], **values)


def receive(code: str, quantity: int, into: str = "DOCK", *, new: bool = True, **values: Any) -> Transaction:
    new_lots = (lot(code, supplier="SUP"),) if new else ()
    return moved(code, quantity, supplier("SUP"), into, Kind.RECEIVE, new_lots=new_lots, partner="SUP", **values)


def consume(code: str, quantity: int, out_of: str = "DOCK", order: str = "WO-1", **values: Any) -> Transaction:
    return moved(code, quantity, out_of, order, Kind.CONSUME, work_order=order, **values)


def give_back(code: str, quantity: int, into: str = "DOCK", order: str = "WO-1", **values: Any) -> Transaction:
    return moved(code, quantity, order, into, Kind.RETURN, work_order=order, **values)


def produce(
    code: str, quantity: int, into: str = "LINE", order: str = "WO-1", *, new: bool = True, **values: Any
) -> Transaction:
    new_lots = (lot(code, "FIN", work_order=order),) if new else ()
    return moved(code, quantity, order, into, Kind.PRODUCE, work_order=order, new_lots=new_lots, **values)


def ship(code: str, quantity: int, out_of: str = "DOCK", **values: Any) -> Transaction:
    return moved(code, quantity, out_of, customer("CUS"), Kind.SHIP, partner="CUS", **values)


def count(code: str, place: str, found: int, expected: int, position: int = 0, **values: Any) -> Transaction:
    difference = found - expected
    lines = [(code, place, difference), (code, "VARIANCE", -difference)] if difference else []
    counted = (Counted(code, place, found * SCALE, expected * SCALE, position),)
    return transaction(Kind.COUNT, lines, counted=counted, lots=(code,), **values)


def post(store: Store, *transactions: Transaction, recorded: datetime = NOON) -> list[Entry]:
    """Record each in a SQL transaction of its own."""

    def record(told: Transaction) -> Entry:
        return store.run(lambda session: session.ledger.record(told, recorded=recorded))

    return [record(told) for told in transactions]


def take_back(store: Store, number: int, **values: Any) -> Entry:
    defaults: dict[str, Any] = {
        "by": "maria",
        "channel": "console",
        "key": f"test:{next(_keys)}",
        "happened": NOON,
        "recorded": NOON,
    }
    return store.run(lambda session: session.ledger.reverse(number, **{**defaults, **values}))


def stock(store: Store, **values: Any) -> dict[tuple[str, str], int]:
    """(lot, place) -> whole base units."""
    with store.begin(write=False) as session:
        return {(s.lot.code, s.place): s.quantity // SCALE for s in session.ledger.stock(**values)}


def later(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)
