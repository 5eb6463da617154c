"""Fills the sentences of the gate: every value that one may name, as people say it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assistant.rules.facts import Line
from assistant.rules.finding import Finding, Request
from assistant.rules.phrases.telling import Filled, Telling, said_units
from assistant.rules.rule import Rule
from assistant.rules.sums.netting import is_place
from store.model import Lot, OrderState, Transaction
from store.units import COUNTED, SCALE


@dataclass(frozen=True, slots=True)
class Told:
    """A line that a rule fired on, with what its sentence is made from."""

    line: Line
    transaction: Transaction
    request: Request
    telling: Telling

    @property
    def lot(self) -> Lot | None:
        """The lot as the books have it, else as the report brings it."""
        state = self.telling.lot(self.line.lot)
        return state.lot if state else next((n for n in self.transaction.new_lots if n.code == self.line.lot), None)

    @property
    def order(self) -> OrderState | None:
        """The work order."""
        return self.telling.situation.orders.get(self.transaction.work_order or "")

    @property
    def units(self) -> tuple[str, ...]:
        """The unit that was said, then the lot's own."""
        return said_units(self.transaction, self.telling.lot(self.line.lot), self.line.lot)

    def amount(self, quantity: int | None) -> str:
        """A quantity of the lot, as it was said."""
        return self.telling.amount(quantity, self.line.product, *self.units)

    def output(self, quantity: int | None) -> str:
        """A quantity of what the order makes."""
        order = self.order.order if self.order else None
        said = self.units if order and order.product == self.line.product else ()
        return self.telling.amount(quantity, order.product, *said, order.unit) if order else ""


def _limit(told: Told) -> str:
    """What an order can yield, in whole packs or pieces of what was said; in hundredths of a weight or volume."""
    order = told.order.order if told.order else None
    product = told.telling.situation.catalog.products.get(order.product) if order else None
    if order is None or product is None:
        return ""
    unit = (*told.units, order.unit)[0]
    whole = SCALE if product.base_unit == COUNTED else SCALE // 100
    step = product.packs.get(unit, whole)
    return told.output((told.line.output_limit or 0) // step * step)


def _there(told: Told) -> str:
    products = told.telling.situation.catalog.products
    return told.telling.speech.there(told.line.available or 0, products.get(told.line.product or ""), *told.units)


def _elsewhere(told: Told) -> str:
    """Where else the lot stands: `; it is at line 2 (12 cases)`."""
    places = told.telling.stands(told.telling.lot(told.line.lot))
    return str(told.telling.speech.phrases["elsewhere"]).format(places=places) if places else ""


def _unknown_places(told: Told) -> str:
    situation = told.telling.situation
    own = {told.transaction.work_order, *situation.orders}
    named = dict.fromkeys(p.place for p in told.transaction.postings)
    return told.telling.listed(p for p in named if not is_place(situation.catalog, p, own))


def _expires(told: Told) -> str:
    return told.lot.expires.isoformat() if told.lot and told.lot.expires else ""


def _found(told: Told) -> str:
    count = next((c for c in told.transaction.counted if (c.lot, c.place) == (told.line.lot, told.line.place)), None)
    return told.amount(count.found if count else 0)


def _reason(told: Told) -> str:
    reason = told.telling.situation.catalog.reasons.get(told.transaction.reason or "")
    return reason.name if reason else told.transaction.reason or ""


VALUES: Final[Mapping[str, Callable[[Told], str]]] = {
    "lot": lambda t: t.line.lot or "",
    "product": lambda t: t.telling.product(t.line.product),
    "said_product": lambda t: t.telling.product(t.request.products.get(t.line.lot or "")),
    "place": lambda t: t.telling.place(t.line.place),
    "in_place": lambda t: t.telling.at(t.line.place),
    "unknown_places": _unknown_places,
    "asked": lambda t: t.amount(t.line.leaving or t.line.quantity),
    "there": _there,
    "elsewhere": _elsewhere,
    "expires": _expires,
    "said_expires": lambda t: day.isoformat() if (day := t.request.expires.get(t.line.lot or "")) else "",
    "held_sources": lambda t: t.telling.listed(t.telling.situation.held_sources.get(t.line.lot or "", ())),
    "ago": lambda t: t.telling.expiry(t.line.days_left),
    "order": lambda t: t.transaction.work_order or "",
    "order_product": lambda t: t.telling.product(t.order.order.product if t.order else None),
    "in_order": lambda t: t.amount(t.line.in_order),
    "returned": lambda t: t.amount(t.line.returned),
    "with_customer": lambda t: t.amount(t.line.with_customer),
    "output": lambda t: t.output(t.line.output_total),
    "limit": _limit,
    "found": _found,
    "tolerance": lambda t: t.telling.share("count_tolerance_percent", t.line.product, t.line.place),
    "written_off": lambda t: t.amount(t.line.written_off),
    "window": lambda t: t.telling.speech.span(Fraction(t.line.count_window or 0)),
    "reason": _reason,
    "by": lambda t: t.request.by.name,
    "approver": lambda t: t.request.approver.name if t.request.approver else "",
}
"""What a sentence of the gate may name in braces."""


def finding(rule: Rule, told: Told) -> Finding:
    """The rule's sentences filled in for the line that it fired on."""
    line = told.line
    nothing = line.in_order == 0 if line.returned else line.available == 0
    values = Filled(VALUES, told)
    return Finding(
        rule=rule.name,
        severity=rule.severity,
        say=(rule.none if rule.none is not None and nothing else rule.sentence).format_map(values),
        lot=line.lot,
        place=line.place,
        product=line.product,
        work_order=told.transaction.work_order,
        allowed=rule.allowed.format_map(values),
        key=rule.key(line.lot or told.transaction.work_order),
    )
