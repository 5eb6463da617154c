"""Rows and tables that the answers share."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from assistant.conversation.turn import Turn
from assistant.messages import Table
from assistant.reports.report import Slots
from assistant.views import json_shapes
from assistant.wording import names
from store.model import Lot, Stock

T = TypeVar("T")

LONGEST: Final = 5
"""So many places or lots in a sentence; the table has all of them."""


def being_counted(turn: Turn, row: Stock) -> bool:
    """Whether an open count will find what this row tells: of its lot, else of its product, where it counts."""
    return any(
        count.slots.get("lot", row.lot.code) == row.lot.code
        and count.slots.get("product", row.lot.product) == row.lot.product
        and ("at" not in count.slots or row.place in turn.catalog.within(str(count.slots["at"])))
        for count in turn.counting
    )


def stock_rows(turn: Turn, slots: Slots) -> list[Stock]:
    """What a question may be told: the stock it is about, without what an open count will find."""
    return [r for r in stock_of(turn, slots) if not being_counted(turn, r)]


def stock_of(turn: Turn, slots: Slots) -> list[Stock]:
    """The stock of the lot, product or place that a question names."""
    at = slots.get("at")
    places = turn.catalog.within(str(at)) if at else None
    return turn.session.ledger.stock(lot=slots.get("lot"), product=slots.get("product"), places=places)


def show_table(turn: Turn, title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Put a table beside the answer, when it has more than one row."""
    called = tuple(turn.wording.call("column", c) for c in columns)
    shown = tuple(tuple(row) for row in rows)
    if len(shown) > 1:
        turn.table = Table(title, called, shown)


def status_mark(turn: Turn, lot: Lot) -> str:
    """` (on hold)` or ` (expired)` behind a lot that is not free to use, else nothing."""
    state = json_shapes.status(lot, turn.today)
    return "" if state == "ok" else f" ({turn.wording.call('status', state)})"


def few(turn: Turn, things: Sequence[T], show: Callable[[T], str]) -> str:
    """As many as a person can keep in mind, and how many more; the table has all."""
    return turn.wording.listed(turn.wording.few(things, LONGEST, show))


def about(turn: Turn, slots: Slots) -> str:
    """What the question is about, in words."""
    what = turn.narrator.what(slots.get("product"), slots.get("lot"))
    return what or (names.place(turn.catalog, str(slots["at"])) if "at" in slots else turn.wording.part("everything"))
