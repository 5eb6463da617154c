"""Fills the rule book's sentences: every value that a sentence may name, as people say it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from assistant import words
from assistant.rules.amounts import Speech
from assistant.rules.facts import Line
from assistant.rules.finding import Finding, Request
from assistant.rules.lines import is_place, places_around
from assistant.rules.policy import Policy
from assistant.rules.rule import Rule, Stage
from store.model import Lot, Product, Situation, Transaction


@dataclass(frozen=True, slots=True)
class Told:
    """A line that a rule fired on, with what its sentence is made from."""

    line: Line
    transaction: Transaction
    situation: Situation
    request: Request
    policy: Policy
    speech: Speech

    @property
    def lot(self) -> Lot | None:
        """The lot as the books have it, else as the report brings it."""
        state = self.situation.lots.get(self.line.lot or "")
        return state.lot if state else next((n for n in self.transaction.new_lots if n.code == self.line.lot), None)

    @property
    def product(self) -> Product | None:
        """The lot's product."""
        return self.situation.catalog.products.get(self.line.product or "")

    def amount(self, quantity: int | None) -> str:
        """A quantity of the lot, as it was said and as the lot is counted."""
        said = [p.unit for p in self.transaction.postings if p.lot == self.line.lot]
        usual = [self.lot.unit] if self.lot else []
        return self.speech.amount(quantity or 0, self.product, *said[:1], *usual)

    def sku(self, sku: str | None) -> str:
        """What people call a product."""
        return words.product(self.situation.catalog, sku)

    def order_product(self) -> str | None:
        """The SKU that the work order makes."""
        state = self.situation.orders.get(self.transaction.work_order or "")
        return state.order.product if state else None

    def share(self, policy: str) -> str:
        """A threshold in percent, in force for this lot in this place."""
        around = places_around(self.situation.catalog, self.line.place)
        return f"{float(self.policy.number(policy, self.line.product, around)):g} %"


def _there(told: Told) -> str:
    said = [p.unit for p in told.transaction.postings if p.lot == told.line.lot]
    usual = [told.lot.unit] if told.lot else []
    return told.speech.there(told.line.available or 0, told.product, *said[:1], *usual)


def _elsewhere(told: Told) -> str:
    """Where else the lot stands: `; it is at line 2 (12 cases)`."""
    state = told.situation.lots.get(told.line.lot or "")
    places = told.situation.catalog.places
    stands = {p: q for p, q in state.balances.items() if p in places and q > 0} if state else {}
    if not stands:
        return ""
    joined = told.speech.phrases["in_and"].join(
        f"{told.speech.at(told.situation.catalog, p)} ({told.amount(q)})" for p, q in sorted(stands.items())
    )
    return str(told.speech.phrases["elsewhere"]).format(places=joined)


def _unknown_places(told: Told) -> str:
    own = {told.transaction.work_order, *told.situation.orders}
    named = dict.fromkeys(p.place for p in told.transaction.postings)
    return ", ".join(p for p in named if not is_place(told.situation.catalog, p, own))


def _expires(told: Told) -> str:
    return told.lot.expires.isoformat() if told.lot and told.lot.expires else ""


def _ago(told: Told) -> str:
    return str(told.speech.phrases["ago"]).format(days=told.speech.days(abs(told.line.days_left or 0)))


def _found(told: Told) -> str:
    count = next((c for c in told.transaction.counted if (c.lot, c.place) == (told.line.lot, told.line.place)), None)
    usual = [told.lot.unit] if told.lot else []
    return told.speech.amount(count.found if count else 0, told.product, *usual)


def _reason(told: Told) -> str:
    reason = told.situation.catalog.reasons.get(told.transaction.reason or "")
    return reason.name if reason else told.transaction.reason or ""


def _books_product(told: Told) -> str:
    return told.sku(told.lot.product if told.lot else None)


def _output(quantity: Callable[[Line], int | None]) -> Callable[[Told], str]:
    def output(told: Told) -> str:
        made = told.situation.catalog.products.get(told.order_product() or "")
        state = told.situation.orders.get(told.transaction.work_order or "")
        return told.speech.amount(quantity(told.line) or 0, made, *([state.order.unit] if state else []))

    return output


LINE_VALUES: Final[Mapping[str, Callable[[Told], str]]] = {
    "lot": lambda t: t.line.lot or "",
    "product": lambda t: t.sku(t.line.product),
    "books_product": _books_product,
    "said_product": lambda t: t.sku(t.request.products.get(t.line.lot or "")),
    "place": lambda t: words.place(t.situation.catalog, t.line.place or ""),
    "in_place": lambda t: t.speech.at(t.situation.catalog, t.line.place),
    "unknown_places": _unknown_places,
    "asked": lambda t: t.amount(t.line.leaving or t.line.quantity),
    "there": _there,
    "elsewhere": _elsewhere,
    "expires": _expires,
    "ago": _ago,
    "order": lambda t: t.transaction.work_order or "",
    "order_product": lambda t: t.sku(t.order_product()),
    "in_order": lambda t: t.amount(t.line.in_order),
    "returned": lambda t: t.amount(t.line.returned),
    "output": _output(lambda line: line.output_total),
    "limit": _output(lambda line: line.output_limit),
    "found": _found,
    "tolerance": lambda t: t.share("count_tolerance_percent"),
    "written_off": lambda t: t.amount(t.line.written_off),
    "window": lambda t: t.speech.span(Fraction(t.line.count_window or 0)),
    "reason": _reason,
    "by": lambda t: t.request.by.name,
    "approver": lambda t: t.request.approver.name if t.request.approver else "",
}
"""What a sentence of the gate may name in braces."""

VALUES: Final[Mapping[Stage, Mapping[str, Any]]] = {Stage.GATE: LINE_VALUES}


def finding(rule: Rule, told: Told) -> Finding:
    """The rule's sentences filled in for the line that it fired on."""
    nothing = told.line.in_order == 0 if told.line.returned else told.line.available == 0
    text = rule.none if rule.none is not None and nothing else rule.sentence
    return Finding(
        rule=rule.name,
        severity=rule.severity,
        say=text.format_map(_Lazy(LINE_VALUES, told)),
        lot=told.line.lot,
        place=told.line.place,
        product=told.line.product,
        work_order=told.transaction.work_order,
        allowed=rule.allowed.format_map(_Lazy(LINE_VALUES, told)),
    )


class _Lazy(dict[str, str]):
    """Values that are made when a sentence asks for them."""

    def __init__(self, values: Mapping[str, Callable[[Any], str]], told: object) -> None:
        super().__init__()
        self._values = values
        self._told = told

    def __missing__(self, name: str) -> str:
        """The value of that name."""
        return self._values[name](self._told)
