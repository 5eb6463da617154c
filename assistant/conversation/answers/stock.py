"""Where a lot or product is, how much there is, what expires soon."""

from datetime import date, timedelta
from typing import Final

from assistant.conversation.answers.rows import about, few, show_table, status_mark, stock_rows
from assistant.conversation.turn import Turn
from assistant.reports.report import Slots
from assistant.views import json_shapes
from assistant.wording import names
from store.model import Lot, Stock
from store.units import shown_in

EXPIRING_DAYS: Final = 7


def _stock_table(turn: Turn, title: str, rows: list[Stock]) -> None:
    show_table(
        turn,
        title,
        ("lot", "product", "place", "quantity", "expires", "status"),
        (
            (
                r.lot.code,
                names.product(turn.catalog, r.lot.product),
                names.place(turn.catalog, r.place),
                turn.narrator.of_lot(r.lot, r.quantity),
                r.lot.expires.isoformat() if r.lot.expires else "",
                turn.wording.call("status", json_shapes.status(r.lot, turn.today)),
            )
            for r in rows
        ),
    )


def tell_where(turn: Turn, slots: Slots) -> None:
    """Where a lot or product is, and how much of it in each place."""
    rows = stock_rows(turn, slots)
    if not rows:
        turn.say("where-none", what=about(turn, slots))
        return
    if "lot" in slots:

        def at_place(row: Stock) -> str:
            place = turn.wording.words.standing(turn.catalog, row.place)
            return turn.wording.part("at-place", quantity=turn.narrator.of_lot(row.lot, row.quantity), place=place)

        what = turn.narrator.what(rows[0].lot.product, rows[0].lot.code) + status_mark(turn, rows[0].lot)
        turn.say("where-lot", what=what, places=few(turn, rows, at_place))
    else:
        turn.say("where-product", product=about(turn, slots), places=_lots_at(turn, rows))
    _stock_table(turn, about(turn, slots), rows)


def _lots_at(turn: Turn, rows: list[Stock]) -> str:
    """`14 cases of RM1107 in cooler 1 bay 1 and 30 cases of RM1111 in cooler 1 bay 2`."""

    def lot_at_place(row: Stock) -> str:
        return turn.wording.part(
            "lot-at-place",
            quantity=turn.narrator.of_lot(row.lot, row.quantity),
            lot=row.lot.code,
            place=turn.wording.words.standing(turn.catalog, row.place) + status_mark(turn, row.lot),
        )

    return few(turn, _first_expiring(rows), lot_at_place)


def _first_expiring(rows: list[Stock]) -> list[Stock]:
    return sorted(rows, key=lambda r: (r.lot.expires or date.max, r.lot.code, r.place))


def tell_stock(turn: Turn, slots: Slots) -> None:
    """How much there is, in all and by place."""
    rows = stock_rows(turn, slots)
    if not {"lot", "product"} & slots.keys():
        _stock_at(turn, slots, rows)
        return
    if not rows:
        turn.say("stock-none", what=about(turn, slots))
        return
    total = _total(turn, rows)
    turn.say("stock-total", what=about(turn, slots), total=total, places=_lots_at(turn, rows))
    _stock_table(turn, about(turn, slots), rows)


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
                quantity=turn.narrator.of_lot(row.lot, row.quantity),
                product=names.product(turn.catalog, row.lot.product),
                lot=row.lot.code,
            )

        turn.say("stock-at", place=place, what=few(turn, rows, of_product))
    _stock_table(turn, place, rows)


def _total(turn: Turn, rows: list[Stock]) -> str:
    """The sum over lots of one product, in their common unit where they have one, else in the base unit."""
    quantity, units = sum(r.quantity for r in rows), {r.lot.unit for r in rows}
    known = turn.catalog.products[rows[0].lot.product]
    if len(units) == 1:
        return turn.narrator.of_lot(rows[0].lot, quantity)
    return turn.narrator.quantity(*shown_in(quantity, known.base_unit, known.base_unit, known.packs))


def tell_expiring(turn: Turn, slots: Slots) -> None:
    """What expires within so many days, what has expired first."""
    days = int(str(slots.get("days", EXPIRING_DAYS)))
    last = turn.today + timedelta(days=min(days, 36500))
    rows = [r for r in _first_expiring(stock_rows(turn, slots)) if r.lot.expires and r.lot.expires <= last]
    lots = {r.lot.code: r.lot for r in rows}
    if not lots:
        turn.say("expiring-none", days=days)
        return

    def expiring_lot(lot: Lot) -> str:
        key = "expired-lot" if lot.expires and lot.expires < turn.today else "expiring-lot"
        return turn.wording.part(
            key, lot=lot.code, product=names.product(turn.catalog, lot.product), expires=lot.expires
        )

    turn.say("expiring", days=days, count=len(lots), lots=few(turn, [*lots.values()], expiring_lot))
    _stock_table(turn, turn.wording.part("expiring-title", days=days), rows)
