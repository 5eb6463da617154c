"""What a lot is: whether it may be used, until when, from whom, where."""

from assistant.conversation.answers.rows import few, stock_rows
from assistant.conversation.turn import Turn
from assistant.reports.report import Slots
from assistant.wording import names
from store.model import Lot, Stock
from store.trace.bulk import lots_of


def tell_lot(turn: Turn, slots: Slots) -> None:
    """A lot in a few sentences, the first of them whether it may be used."""
    code = str(slots["lot"])
    lot = lots_of(turn.session.connection, [code])[code]
    turn.say(_usable(turn, lot), what=turn.narrator.what(lot.product, code), expires=lot.expires or "")
    turn.say(_origin(lot), made=lot.made, order=lot.work_order or "", supplier=_supplier(turn, lot))
    places = stock_rows(turn, {"lot": code})
    if places:

        def at_place(row: Stock) -> str:
            place = turn.wording.words.standing(turn.catalog, row.place)
            return turn.wording.part("at-place", quantity=turn.narrator.of_lot(row.lot, row.quantity), place=place)

        turn.say("lot-stands", places=few(turn, places, at_place))


def _usable(turn: Turn, lot: Lot) -> str:
    """The sentence on its state."""
    expired = lot.expired(turn.today)
    if lot.on_hold:
        return "lot-expired-held" if expired else "lot-held" if lot.expires is None else "lot-held-until"
    if expired:
        return "lot-expired"
    return "lot-ok" if lot.expires is None else "lot-ok-until"


def _origin(lot: Lot) -> str:
    """The sentence on where it came from."""
    if lot.work_order:
        return "lot-made-on"
    return "lot-received-from" if lot.supplier else "lot-since"


def _supplier(turn: Turn, lot: Lot) -> str:
    return names.partner(turn.catalog, lot.supplier) if lot.supplier else ""
