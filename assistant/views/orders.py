"""Work orders as others read them: what was planned, what was made, what is in it."""

from assistant.views.rows import OrderRow, Portion
from assistant.wording import names
from store.model import OrderState
from store.session import Session
from store.units import rounded_in, text


def orders(session: Session) -> list[OrderRow]:
    """Every work order with what was made and what is in it."""
    states = (session.orders.state(order.number) for order in session.orders.all())
    return [_row(session, state) for state in states if state is not None]


def _row(session: Session, state: OrderState) -> OrderRow:
    order, product = state.order, session.catalog.products[state.order.product]
    planned, unit = rounded_in(order.planned, order.unit, product.base_unit, product.packs)
    inputs: list[Portion] = []
    for code, quantity in state.inputs.items():
        lot = session.lots.get(code)
        if lot is not None:
            amount, counted_in = names.in_unit(session.catalog, lot, quantity)
            inputs.append({"lot": code, "product": lot.product, "quantity": text(amount), "unit": counted_in})
    out = sum(q for code, q in state.outputs.items() if state.products.get(code) == order.product)
    made, _ = rounded_in(out, unit, product.base_unit, product.packs)
    return {
        "number": order.number,
        "product": order.product,
        "name": product.name,
        "planned": text(planned),
        "unit": unit,
        "line": order.line,
        "status": str(order.status),
        "made": text(made),
        "inputs": inputs,
    }
