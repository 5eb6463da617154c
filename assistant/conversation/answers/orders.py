"""How work orders are doing, and their variances."""

from datetime import datetime, timedelta
from typing import Final

from assistant.conversation.answers.rows import about, few, show_table
from assistant.conversation.turn import Turn
from assistant.reports.report import Slots
from assistant.rules.sums.yields import expected_use, used_by
from assistant.views import json_shapes
from assistant.wording import names
from store.model import Kind, OrderState, OrderStatus, WorkOrder
from store.trace.bulk import lots_of
from store.units import known_units, rounded_in, shown_in

VARIANCE_DAYS: Final = 30


def tell_status(turn: Turn, slots: Slots) -> None:
    """How an order is doing: made against planned, what is in it; without a number, all that are not finished."""
    number = slots.get("work_order")
    if number is None:
        _orders(turn)
        return
    state = turn.session.orders.state(str(number))
    if state is None:
        turn.say("orders-none", order=number)
        return
    order = state.order
    turn.say(
        "status",
        order=order.number,
        product=names.product(turn.catalog, order.product),
        status=turn.wording.call("status", str(order.status)),
        made=_in_order_unit(turn, order, _made(state)),
        planned=_in_order_unit(turn, order, order.planned),
        inputs=_inputs(turn, state),
    )
    turn.lots |= dict.fromkeys([*state.inputs, *state.outputs])


def _orders(turn: Turn) -> None:
    orders = [o for o in turn.session.orders.all() if o.status is not OrderStatus.FINISHED]
    lines = [
        turn.wording.part(
            "order-line",
            order=o.number,
            product=names.product(turn.catalog, o.product),
            status=turn.wording.call("status", str(o.status)),
        )
        for o in orders
    ]
    turn.say("orders", orders=turn.wording.listed(lines) or "-")


def _made(state: OrderState) -> int:
    return sum(q for lot, q in state.outputs.items() if state.products.get(lot) == state.order.product)


def _in_order_unit(turn: Turn, order: WorkOrder, quantity: int) -> str:
    product = turn.catalog.products[order.product]
    return turn.narrator.quantity(*shown_in(quantity, order.unit, product.base_unit, product.packs))


def _inputs(turn: Turn, state: OrderState) -> str:
    parts = []
    for code, lot in lots_of(turn.session.connection, state.inputs).items():
        product = names.product(turn.catalog, lot.product)
        shown = turn.narrator.of_lot(lot, state.inputs[code])
        parts.append(turn.wording.part("of-product", quantity=shown, product=product, lot=code))
    if not parts:
        return turn.wording.say("status-none").eye
    return turn.wording.say("status-inputs", inputs=turn.wording.listed(parts)).eye


def tell_variance(turn: Turn, slots: Slots) -> None:
    """Counts and adjustments that changed the books lately."""
    since = turn.now - timedelta(days=VARIANCE_DAYS)
    entries = turn.session.ledger.entries(
        lot=slots.get("lot"), work_order=slots.get("work_order"), kinds=(Kind.COUNT, Kind.ADJUST), since=since
    )
    lots = lots_of(turn.session.connection, {code for entry in entries for code in entry.transaction.lots})
    rows = []
    for entry in entries:
        for posting in entry.transaction.postings:
            lot = lots.get(posting.lot)
            if posting.place not in turn.catalog.places or lot is None:
                continue
            if slots.get("product") in {None, lot.product}:
                shown = turn.narrator.signed(posting.amount, posting.unit)
                where = turn.wording.words.standing(turn.catalog, posting.place)
                rows.append((posting.lot, shown, where, entry.transaction.happened))
    if not rows:
        turn.say("variance-none", what=about(turn, slots), days=VARIANCE_DAYS)
        return

    def variance_row(row: tuple[str, str, str, datetime]) -> str:
        lot, shown, place, at = row
        return turn.wording.part("variance-row", lot=lot, difference=shown, place=place, day=at.date())

    latest = few(turn, rows[::-1], variance_row)
    turn.say("variance", what=about(turn, slots), count=len(rows), days=VARIANCE_DAYS, rows=latest)
    table = ((lot, shown, place, json_shapes.stamp(at, turn.zone)) for lot, shown, place, at in rows)
    show_table(turn, about(turn, slots), ("lot", "difference", "place", "at"), table)


def tell_need(turn: Turn, slots: Slots) -> None:
    """What an order still needs of its recipe's inputs, for what is planned; of one product where one is named."""
    number = slots.get("work_order")
    if number is None:
        turn.say("ask-with-order")
        return
    state = turn.session.orders.state(str(number))
    if state is None:
        turn.say("orders-none", order=number)
        return
    order, used = state.order, used_by(state)
    lines = [x for x in turn.catalog.recipes.get(order.product, ()) if slots.get("product") in {None, x.input}]
    if not lines:
        product = slots.get("product") or order.product
        turn.say("need-no-recipe", order=order.number, product=names.product(turn.catalog, product))
        return
    missing = {line.input: round(expected_use(line, order.planned)) - used.get(line.input, 0) for line in lines}
    parts = [_of_input(turn, sku, quantity) for sku, quantity in missing.items() if quantity > 0]
    product = names.product(turn.catalog, order.product)
    if parts:
        turn.say("need", order=order.number, product=product, inputs=turn.wording.listed(parts))
    else:
        turn.say("need-nothing", order=order.number, product=product)


def _of_input(turn: Turn, sku: str, quantity: int) -> str:
    """How much of an input, in the largest pack that people count it by."""
    product = turn.catalog.products[sku]
    unit = next(iter(known_units(product.base_unit, product.packs)))
    shown = turn.narrator.quantity(*rounded_in(quantity, unit, product.base_unit, product.packs))
    return turn.wording.part("of-input", quantity=shown, product=names.product(turn.catalog, sku))
