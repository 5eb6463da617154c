"""Answers to questions: where, stock, expiring, trace, recall, status, variance, mine, help; a line, and a table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeVar

from assistant.conversation.turn import Turn
from assistant.intents import Frame
from assistant.messages import Table
from assistant.reports.report import Slots
from assistant.views import json_shapes
from assistant.wording import names
from store.model import Edge, Kind, Lot, OrderState, OrderStatus, Stock, WorkOrder
from store.trace import lineage
from store.trace.bulk import lots_of
from store.trace.recall import recall
from store.units import shown_in

T = TypeVar("T")

LONGEST: Final = 5
"""So many places or lots in a sentence; the table has all of them."""

EXPIRING_DAYS: Final = 7
VARIANCE_DAYS: Final = 30


OF_ONE_LOT: Final = frozenset({"trace", "recall"})
"""Questions that are about one lot and no more."""

TELLING_STOCK: Final = frozenset({"where", "stock", "expiring", "recall"})
"""Questions whose answers say how much is where."""


def answer(turn: Turn, frame: Frame) -> None:
    """Add the answer to one question to the turn."""
    slots = dict(frame.slots)
    if frame.intent in OF_ONE_LOT and "lot" not in slots:
        turn.say("ask-with-lot")
        return
    if "lot" in slots:
        turn.lots[str(slots["lot"])] = None
        known = turn.session.lots.get(str(slots["lot"]))
        if known is None:
            turn.say("unknown-code", what=f"lot {slots['lot']}")
            return
        slots.setdefault("product", known.product)
    if frame.intent in TELLING_STOCK and _held_back(turn, slots, whole=frame.intent in OF_ONE_LOT):
        return
    ANSWERS[frame.intent](turn, slots)


def _held_back(turn: Turn, slots: Slots, *, whole: bool) -> bool:
    """Say what is not told before its count is in; whether nothing else is left. `whole`: a part would tell it, too."""
    stock = _stock_of(turn, slots) if turn.counting else []
    counted = sorted({r.lot.code for r in stock if _being_counted(turn, r)})
    if counted:
        turn.say("being-counted", lots=turn.wording.listed(counted))
    return bool(counted) and (whole or all(_being_counted(turn, r) for r in stock))


def _being_counted(turn: Turn, row: Stock) -> bool:
    """Whether an open count will find what this row tells: of its lot, else of its product, where it counts."""
    return any(
        count.slots.get("lot", row.lot.code) == row.lot.code
        and count.slots.get("product", row.lot.product) == row.lot.product
        and ("at" not in count.slots or row.place in turn.catalog.within(str(count.slots["at"])))
        for count in turn.counting
    )


def _rows(turn: Turn, slots: Slots) -> list[Stock]:
    return [r for r in _stock_of(turn, slots) if not _being_counted(turn, r)]


def _stock_of(turn: Turn, slots: Slots) -> list[Stock]:
    at = slots.get("at")
    places = turn.catalog.within(str(at)) if at else None
    return turn.session.ledger.stock(lot=slots.get("lot"), product=slots.get("product"), places=places)


def _table(turn: Turn, title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    called = tuple(turn.wording.call("column", c) for c in columns)
    shown = tuple(tuple(row) for row in rows)
    if len(shown) > 1:
        turn.table = Table(title, called, shown)


def _mark(turn: Turn, lot: Lot) -> str:
    state = json_shapes.status(lot, turn.today)
    return "" if state == "ok" else f" ({turn.wording.call('status', state)})"


def _stock_table(turn: Turn, title: str, rows: list[Stock]) -> None:
    _table(
        turn,
        title,
        ("lot", "product", "place", "quantity", "expires", "status"),
        (
            (
                r.lot.code,
                names.product(turn.catalog, r.lot.product),
                names.place(turn.catalog, r.place),
                turn.teller.of_lot(r.lot, r.quantity),
                r.lot.expires.isoformat() if r.lot.expires else "",
                turn.wording.call("status", json_shapes.status(r.lot, turn.today)),
            )
            for r in rows
        ),
    )


def _where(turn: Turn, slots: Slots) -> None:
    """Where a lot or product is, and how much of it in each place."""
    rows = _rows(turn, slots)
    if not rows:
        turn.say("where-none", what=_about(turn, slots))
        return
    if "lot" in slots:

        def at_place(row: Stock) -> str:
            place = turn.wording.words.standing(turn.catalog, row.place)
            return turn.wording.part("at-place", quantity=turn.teller.of_lot(row.lot, row.quantity), place=place)

        what = turn.teller.what(rows[0].lot.product, rows[0].lot.code) + _mark(turn, rows[0].lot)
        turn.say("where-lot", what=what, places=_few(turn, rows, at_place))
    else:
        turn.say("where-product", product=_about(turn, slots), places=_lots_at(turn, rows))
    _stock_table(turn, _about(turn, slots), rows)


def _lots_at(turn: Turn, rows: list[Stock]) -> str:
    """`14 cases of RM1107 in cooler 1 bay 1 and 30 cases of RM1111 in cooler 1 bay 2`."""

    def lot_at_place(row: Stock) -> str:
        return turn.wording.part(
            "lot-at-place",
            quantity=turn.teller.of_lot(row.lot, row.quantity),
            lot=row.lot.code,
            place=turn.wording.words.standing(turn.catalog, row.place) + _mark(turn, row.lot),
        )

    return _few(turn, _first_expiring(rows), lot_at_place)


def _few(turn: Turn, things: Sequence[T], show: Callable[[T], str]) -> str:
    """As many as a person can keep in mind, and how many more; the table has all."""
    return turn.wording.listed(turn.wording.few(things, LONGEST, show))


def _first_expiring(rows: list[Stock]) -> list[Stock]:
    return sorted(rows, key=lambda r: (r.lot.expires or date.max, r.lot.code, r.place))


def _about(turn: Turn, slots: Slots) -> str:
    """What the question is about, in words."""
    what = turn.teller.what(slots.get("product"), slots.get("lot"))
    return what or (names.place(turn.catalog, str(slots["at"])) if "at" in slots else turn.wording.part("everything"))


def _stock(turn: Turn, slots: Slots) -> None:
    """How much there is, in all and by place."""
    rows = _rows(turn, slots)
    if not {"lot", "product"} & slots.keys():
        _stock_at(turn, slots, rows)
        return
    if not rows:
        turn.say("stock-none", what=_about(turn, slots))
        return
    total = _total(turn, rows)
    turn.say("stock-total", what=_about(turn, slots), total=total, places=_lots_at(turn, rows))
    _stock_table(turn, _about(turn, slots), rows)


def _stock_at(turn: Turn, slots: Slots, rows: list[Stock]) -> None:
    place = names.place(turn.catalog, str(slots.get("at", "")))
    if "at" not in slots:
        turn.say("stock-all", lots=len({r.lot.code for r in rows}), products=len({r.lot.product for r in rows}))
    elif not rows:
        turn.say("stock-at-none", place=place)
    else:

        def of_product(row: Stock) -> str:
            return turn.wording.part(
                "of-product",
                quantity=turn.teller.of_lot(row.lot, row.quantity),
                product=names.product(turn.catalog, row.lot.product),
                lot=row.lot.code,
            )

        turn.say("stock-at", place=place, what=_few(turn, rows, of_product))
    _stock_table(turn, place, rows)


def _total(turn: Turn, rows: list[Stock]) -> str:
    """The sum over lots of one product, in their common unit where they have one, else in the base unit."""
    quantity, units = sum(r.quantity for r in rows), {r.lot.unit for r in rows}
    known = turn.catalog.products[rows[0].lot.product]
    if len(units) == 1:
        return turn.teller.of_lot(rows[0].lot, quantity)
    return turn.teller.quantity(*shown_in(quantity, known.base_unit, known.base_unit, known.packs))


def _expiring(turn: Turn, slots: Slots) -> None:
    """What expires within so many days, what has expired first."""
    days = int(str(slots.get("days", EXPIRING_DAYS)))
    last = turn.today + timedelta(days=min(days, 36500))
    rows = [r for r in _first_expiring(_rows(turn, slots)) if r.lot.expires and r.lot.expires <= last]
    lots = {r.lot.code: r.lot for r in rows}
    if not lots:
        turn.say("expiring-none", days=days)
        return

    def expiring_lot(lot: Lot) -> str:
        key = "expired-lot" if lot.expires and lot.expires < turn.today else "expiring-lot"
        return turn.wording.part(
            key, lot=lot.code, product=names.product(turn.catalog, lot.product), expires=lot.expires
        )

    turn.say("expiring", days=days, count=len(lots), lots=_few(turn, [*lots.values()], expiring_lot))
    _stock_table(turn, turn.wording.part("expiring-title", days=days), rows)


def _trace(turn: Turn, slots: Slots) -> None:
    """Where a lot came from and where it went, to the ends."""
    code, direction = str(slots["lot"]), slots.get("direction")
    lot = lots_of(turn.session.connection, [code])[code]
    back = lineage.trace(turn.session, code, "backward") if direction != "forward" else []
    forth = lineage.trace(turn.session, code, "forward") if direction != "backward" else []
    ancestors = list(dict.fromkeys(e.from_lot for e in back))
    descendants = list(dict.fromkeys(e.to_lot for e in forth))
    came = lineage.received_from(turn.session, code) if direction != "forward" else []
    went = lineage.shipped_to(turn.session, code) if direction != "backward" else []
    nothing = turn.wording.part("trace-nothing")
    suppliers = list(dict.fromkeys(names.partner(turn.catalog, r.partner) for r in came if r.partner))
    turn.say(
        "trace",
        what=turn.teller.what(lot.product, code),
        made=" " + turn.wording.part("trace-made", order=lot.work_order) if lot.work_order else "",
        backward=turn.wording.listed([*turn.wording.few(ancestors, LONGEST), *suppliers]) or nothing,
        forward=_few(turn, descendants, str) or nothing,
        back=len(ancestors),
        fore=len(descendants),
    )
    customers = list(dict.fromkeys(names.partner(turn.catalog, r.partner) for r in went))
    if customers:
        turn.say("trace-customers", customers=turn.wording.listed(customers))
    _edges(turn, [*back, *forth])


def _edges(turn: Turn, edges: list[Edge]) -> None:
    lots = lots_of(turn.session.connection, {e.from_lot for e in edges})
    rows = [
        (e.from_lot, turn.teller.of_lot(lots[e.from_lot], e.quantity), e.work_order, e.to_lot)
        for e in dict.fromkeys(edges)
        if e.from_lot in lots
    ]
    _table(turn, turn.wording.call("column", "order"), ("from", "quantity", "order", "to"), rows)


def _recall(turn: Turn, slots: Slots) -> None:
    """Every lot reached, who got it, and how much of the lot itself is accounted for."""
    code, product = str(slots["lot"]), str(slots["product"])
    report = recall(turn.session, code, turn.now)
    turn.say(
        "recall",
        what=turn.teller.what(product, code),
        affected=len(report["affected"]) - 1,
        customers=len({row["customer"] for row in report["customers"]}),
        on_hand=f"{report['mass_balance']['on_hand']} {report['mass_balance']['unit']}",
        percent=report["mass_balance"]["accounted_percent"],
    )
    turn.lots |= dict.fromkeys(row["lot"] for row in report["affected"])
    _table(
        turn,
        turn.teller.what(product, code),
        ("partner", "lot", "quantity", "reference", "at"),
        (
            (
                names.partner(turn.catalog, row["customer"]),
                row["lot"],
                f"{row['quantity']} {row['unit']}",
                row["reference"] or "",
                row["at"],
            )
            for row in report["customers"]
        ),
    )


def _status(turn: Turn, slots: Slots) -> None:
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
    return turn.teller.quantity(*shown_in(quantity, order.unit, product.base_unit, product.packs))


def _inputs(turn: Turn, state: OrderState) -> str:
    parts = []
    for code, lot in lots_of(turn.session.connection, state.inputs).items():
        product = names.product(turn.catalog, lot.product)
        shown = turn.teller.of_lot(lot, state.inputs[code])
        parts.append(turn.wording.part("of-product", quantity=shown, product=product, lot=code))
    if not parts:
        return turn.wording.say("status-none").eye
    return turn.wording.say("status-inputs", inputs=turn.wording.listed(parts)).eye


def _variance(turn: Turn, slots: Slots) -> None:
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
                shown = turn.teller.signed(posting.amount, posting.unit)
                where = turn.wording.words.standing(turn.catalog, posting.place)
                rows.append((posting.lot, shown, where, entry.transaction.happened))
    if not rows:
        turn.say("variance-none", what=_about(turn, slots), days=VARIANCE_DAYS)
        return

    def variance_row(row: tuple[str, str, str, datetime]) -> str:
        lot, shown, place, at = row
        return turn.wording.part("variance-row", lot=lot, difference=shown, place=place, day=at.date())

    latest = _few(turn, rows[::-1], variance_row)
    turn.say("variance", what=_about(turn, slots), count=len(rows), days=VARIANCE_DAYS, rows=latest)
    table = ((lot, shown, place, json_shapes.stamp(at, turn.zone)) for lot, shown, place, at in rows)
    _table(turn, _about(turn, slots), ("lot", "difference", "place", "at"), table)


def _mine(turn: Turn, slots: Slots) -> None:
    """What the speaker reported last."""
    del slots
    entries = turn.session.ledger.entries(by=turn.person.code, newest_first=True, limit=LONGEST)
    if not entries:
        turn.say("mine-none")
        return
    lots = lots_of(turn.session.connection, {code for e in entries for code in e.transaction.lots})
    told = [turn.wording.part("mine-entry", number=e.number, what=turn.teller.entry(e, lots).eye) for e in entries]
    turn.say("mine", entries=" ".join(told))


def _help(turn: Turn, slots: Slots) -> None:
    """What can be said: examples with this plant's names."""
    del slots
    examples = turn.examples()
    turn.say("help", examples=" · ".join(f"“{e}”" for e in examples), first=examples[0])


ANSWERS: Final[Mapping[str, Callable[[Turn, Mapping[str, Any]], None]]] = {
    "where": _where,
    "stock": _stock,
    "expiring": _expiring,
    "trace": _trace,
    "recall": _recall,
    "status": _status,
    "variance": _variance,
    "mine": _mine,
    "help": _help,
}
