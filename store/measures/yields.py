"""Yield of every order's inputs, by the plant's own recipes: expected use against actual use.

Yield of an input = expected yield percent x expected use / actual use, where expected use = recipe quantity x output /
the recipe's output quantity. It is a variance when it is off by more than the recipe's tolerance, in percent points.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from store.books.orders import order_states
from store.books.statements import UNREVERSED
from store.model import OrderState, RecipeLine
from store.session import Session
from store.trace.recall import shown
from store.units import SCALE

Row = dict[str, Any]


def yields(session: Session, since: date | None = None, until: date | None = None) -> list[Row]:
    """One row for each input of each order that made something and was last reported on in these days (inclusive).

    Quantities are decimal strings in the input's base unit; `yield_percent` is None where none of the input was
    recorded, and then `variance` is true: the output needed it.
    """
    last = _last_reported(session)
    rows: list[Row] = []
    for state in _states(session):
        day = last.get(state.order.number)
        if day is None or day < (since or day) or day > (until or day):
            continue
        rows += [{**row, "day": day.isoformat()} for row in _of_order(session, state)]
    return sorted(rows, key=lambda row: (row["day"], row["work_order"], row["input"]))


def _states(session: Session) -> Iterator[OrderState]:
    """Every order that made something of its product."""
    orders = session.orders.all()
    rows = session.connection.execute(
        "SELECT b.lot, b.place, b.quantity, b.made, b.position, b.counted_at, l.product "
        "FROM balance b JOIN lot l ON l.code = b.lot WHERE b.kind = 'order'"
    )
    for state in order_states(orders, rows).values():
        if _output(state) > 0:
            yield state


def _output(state: OrderState) -> int:
    """What the order made of its own product."""
    return sum(made for lot, made in state.outputs.items() if state.products[lot] == state.order.product)


def _last_reported(session: Session) -> dict[str, date]:
    """The day of the last output or finish of each order, in the plant's time zone."""
    moment = session.connection.database.read_moment
    rows = session.connection.execute(
        "SELECT e.work_order, max(e.happened) FROM entry e WHERE e.work_order IS NOT NULL "  # noqa: S608  # ours
        f"AND e.kind IN ('produce', 'finish') AND {UNREVERSED} GROUP BY e.work_order"
    )
    return {number: moment(at).date() for number, at in rows}


def _of_order(session: Session, state: OrderState) -> Iterator[Row]:
    order, output = state.order, _output(state)
    made = session.catalog.products[order.product]
    for line in session.catalog.recipes.get(order.product, ()):
        used = sum(quantity for lot, quantity in state.inputs.items() if state.products[lot] == line.input)
        product = session.catalog.products[line.input]
        expected = expected_use(line, output)
        found = yield_of(line, output, used)
        off = None if found is None else found - Fraction(line.expected_yield, 100)
        yield {
            "work_order": order.number,
            "status": str(order.status),
            "line": order.line,
            "product": order.product,
            "output": shown(output),
            "output_unit": made.base_unit,
            "input": line.input,
            "expected_use": _shown(expected),
            "actual_use": _shown(Fraction(used)),
            "unit": product.base_unit,
            "expected_yield_percent": line.expected_yield / 100,
            "tolerance_points": line.tolerance / 100,
            "yield_percent": None if found is None else round(float(found), 2),
            "off_by_points": None if off is None else round(float(off), 2),
            "variance": off is None or abs(off) > Fraction(line.tolerance, 100),
        }


def expected_use(line: RecipeLine, output: int) -> Fraction:
    """What `output` should take of the input, losses included, in 1/10,000 of the input's base unit."""
    return Fraction(line.quantity * output, line.output_quantity)


def yield_of(line: RecipeLine, output: int, used: int) -> Fraction | None:
    """The yield of an input in percent; None where none of it was recorded."""
    return Fraction(line.expected_yield, 100) * expected_use(line, output) / used if used > 0 else None


def _shown(quantity: Fraction) -> str:
    """A quantity to two decimals, without trailing zeros."""
    hundredths = round(quantity * 100 / SCALE)
    whole, rest = divmod(abs(hundredths), 100)
    told = f"{whole}.{rest:02}".rstrip("0").rstrip(".")
    return f"-{told}" if hundredths < 0 else told
