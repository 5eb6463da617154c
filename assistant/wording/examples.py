"""What can be said, as sentences that fit the plant at this moment: lots where they stand, orders, partners.

Stock of 14 cases of romaine RM1107 in cooler 1 bay 1, and an order on line 2 whose recipe takes romaine
->  moved 2 cases of romaine RM1107 from cooler 1 bay 1 to line 2
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from assistant.wording import names
from store.model import Catalog, OrderStatus, Partner, Stock, WorkOrder
from store.units import COUNTED, VOLUME, WEIGHT, text

_COMFORTABLE: Final = timedelta(days=4)
"""A lot that lasts this long raises no warning where others would do as well."""


def examples(catalog: Catalog, stock: Sequence[Stock], orders: Sequence[WorkOrder], today: date) -> Mapping[str, str]:
    """One sentence for each intent that the plant has something to say about, by intent.

    `stock` are the rows of real places, `orders` all orders. Those that report say no more than is on hand.
    """
    usable = [row for row in stock if not row.lot.on_hold and not row.lot.expired(today)]
    said: dict[str, str] = {}
    order, used = _use(catalog, usable, orders, today)
    if order is not None and used is not None:
        number = order.number.removeprefix("WO-")
        what, some = _what(catalog, used), _some(catalog, used)
        if order.line and order.line != used.place:
            said["move"] = f"moved {some} of {what} from {names.place(catalog, used.place)} to {_line(catalog, order)}"
        said["consume"] = f"used {_some(catalog, used, at_most=1)} of {what} on {number}"
        made = names.product(catalog, order.product)
        said["produce"] = f"made {_much(Decimal(10), order.unit)} of {made} on {number}"
        said["return"] = f"returned {_some(catalog, used, at_most=1)} of {what} from {number}"
        said["start"], said["finish"] = f"started {number}", f"finished {number}"
        said["status"] = f"status of {number}"
    if usable:
        said |= _of_any(catalog, usable, used or usable[0])
    held = next((row for row in stock if row.lot.on_hold), None)
    if held is not None:
        said["release"] = f"release {held.lot.code}"
    return said | {"expiring": "what expires this week", "mine": "what did I report", "undo": "undo"}


def _of_any(catalog: Catalog, usable: Sequence[Stock], row: Stock) -> dict[str, str]:
    """What can be said of a lot in stock, and of a finished product's."""
    what, place, code = _what(catalog, row), names.place(catalog, row.place), row.lot.code
    said = {
        "count": f"counted {what} in {place}",
        "scrap": f"scrapped {_some(catalog, row, at_most=1)} of {what} from {place}, spill",
        "adjust": f"adjust {code} in {place} by -1 {row.lot.unit}, miscount",
        "hold": f"hold {code}",
        "where": f"where is {code}",
        "stock": f"how much {names.product(catalog, row.lot.product)} do we have",
        "trace": f"trace {code}",
        "recall": f"recall {code}",
    }
    supplier = _partner(catalog.partners.values(), "supplier", row.lot.supplier)
    dock = next((p for p in catalog.places.values() if p.kind == "receiving"), None)
    if supplier is not None and dock is not None:
        product = names.product(catalog, row.lot.product)
        some = _much(Decimal(10), row.lot.unit)
        lot, at = _unused(usable), names.lowered(dock.name)
        said["receive"] = f"received {some} of {product} lot {lot} from {supplier.name} at {at}"
    finished = next((r for r in usable if catalog.products[r.lot.product].kind == "finished"), None)
    customer = _partner(catalog.partners.values(), "customer", None)
    if finished is not None and customer is not None:
        said["ship"] = f"shipped {_some(catalog, finished)} of {_what(catalog, finished)} to {customer.name} SO 2218"
        said["customer_return"] = (
            f"{customer.name} sent back {_some(catalog, finished, at_most=1)} of {_what(catalog, finished)}"
        )
        said["trace"] = f"trace {finished.lot.code}"
    return said


def _use(
    catalog: Catalog, usable: Iterable[Stock], orders: Iterable[WorkOrder], today: date
) -> tuple[WorkOrder | None, Stock | None]:
    """An order and stock that its recipe takes: what lasts comfortably, of that the first to expire and the largest."""
    takes = [
        (order, row)
        for order in orders
        if order.status is not OrderStatus.FINISHED
        for row in usable
        if row.lot.product in {line.input for line in catalog.recipes.get(order.product, ())}
    ]
    soon = today + _COMFORTABLE

    def rank(pair: tuple[WorkOrder, Stock]) -> tuple[bool, date, int]:
        expires = pair[1].lot.expires or date.max
        return expires < soon, expires, -pair[1].quantity

    return min(takes, key=rank, default=(None, None))


def _some(catalog: Catalog, row: Stock, at_most: int = 2) -> str:
    """A small amount in the lot's own unit, no more than there is: `2 cases`."""
    held, unit = names.in_unit(catalog, row.lot, row.quantity)
    return _much(min(Decimal(at_most), held), unit)


def _much(amount: Decimal, unit: str) -> str:
    """`2 cases`, `1 case`, `2 lb`."""
    measured = unit == COUNTED or unit in WEIGHT or unit in VOLUME
    return f"{text(amount)} {unit}" if amount == 1 or measured else f"{text(amount)} {unit}s"


def _what(catalog: Catalog, row: Stock) -> str:
    return f"{names.product(catalog, row.lot.product)} {row.lot.code}"


def _line(catalog: Catalog, order: WorkOrder) -> str:
    return names.place(catalog, order.line or "")


def _partner(partners: Iterable[Partner], role: str, code: str | None) -> Partner | None:
    """The partner of that code, else any of that role."""
    return next((p for p in partners if p.role == role and code in {None, p.code}), None)


def _unused(rows: Iterable[Stock]) -> str:
    """A lot code that nobody in stock has."""
    taken = {row.lot.code for row in rows}
    return next(code for code in (f"A{n}" for n in range(5501, 10**6)) if code not in taken)
