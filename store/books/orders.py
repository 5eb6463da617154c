"""Reads work orders: what was planned, what went in and what came out."""

# the names in these statements are ours; what people say is always a parameter

from collections.abc import Iterable, Sequence
from typing import Any, Final

from store.books.lots import balance_rows
from store.database import Connection, marks
from store.model import OrderState, OrderStatus, WorkOrder

_SELECT: Final = "SELECT number, product, planned, unit, line, status, planned_day FROM work_order"


def orders_of(
    connection: Connection, where: str = "", params: Sequence[Any] = (), *, lock: bool = False
) -> list[WorkOrder]:
    """Work orders by number; `lock` keeps others from reporting on them until the transaction ends."""
    locking = " FOR NO KEY UPDATE" if lock and connection.locks else ""
    rows = connection.execute(f"{_SELECT}{where} ORDER BY number{locking}", params)
    day = connection.database.read_day
    return [
        WorkOrder(number, product, planned, unit, line, OrderStatus(status), day(planned_day))
        for number, product, planned, unit, line, status, planned_day in rows
    ]


def order_states(orders: Iterable[WorkOrder], rows: Iterable[tuple[Any, ...]]) -> dict[str, OrderState]:
    """The states of `orders` from rows of `balance_rows`."""
    states = {order.number: OrderState(order, {}, {}, {}) for order in orders}
    inputs: dict[str, dict[str, int]] = {number: {} for number in states}
    outputs: dict[str, dict[str, int]] = {number: {} for number in states}
    products: dict[str, dict[str, str]] = {number: {} for number in states}
    for lot, place, quantity, made, _position, _counted, product in rows:
        if place not in states:
            continue
        if quantity + made:
            inputs[place][lot] = quantity + made
        if made:
            outputs[place][lot] = made
        if quantity or made:
            products[place][lot] = product
    return {
        number: OrderState(state.order, inputs[number], outputs[number], products[number])
        for number, state in states.items()
    }


class Orders:
    """The plant's work orders."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, number: str) -> WorkOrder | None:
        """The order of that number."""
        return next(iter(orders_of(self._connection, " WHERE number = ?", (number,))), None)

    def all(self, status: OrderStatus | None = None) -> list[WorkOrder]:
        """All orders, or those of one status, by number."""
        if status is None:
            return orders_of(self._connection)
        return orders_of(self._connection, " WHERE status = ?", (status.value,))

    def state(self, number: str) -> OrderState | None:
        """The order with what went in and what came out, net of returns and of what was taken back."""
        order = self.get(number)
        if order is None:
            return None
        return order_states((order,), balance_rows(self._connection, (), (number,), lock=False))[number]

    def among(self, numbers: Iterable[str], *, lock: bool) -> list[WorkOrder]:
        """Those of the orders that the plant knows; `lock` keeps others from reporting on them."""
        wanted = sorted(set(numbers))
        if not wanted:
            return []
        return orders_of(self._connection, f" WHERE number IN ({marks(len(wanted))})", wanted, lock=lock)
