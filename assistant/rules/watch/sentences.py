"""Fills the sentences of the watch: what came of a report, in the words of those who should look at it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from assistant.rules.facts import Outcome
from assistant.rules.finding import Finding
from assistant.rules.phrases.telling import Filled, Telling, said_units
from assistant.rules.rule import Rule
from assistant.rules.sums.yields import expected_use, made_by, used_by, yield_of
from assistant.rules.watch.lookup import earlier
from store.model import Counted, Lot, LotState, OrderState, RecipeLine, Situation, Transaction


@dataclass(frozen=True, slots=True)
class Seen:
    """An outcome that a rule fired on, with what its sentence is made from; `telling` speaks of afterwards."""

    outcome: Outcome
    transaction: Transaction
    before: Situation
    telling: Telling

    @property
    def lot(self) -> Lot | None:
        """The lot afterwards."""
        state = self.telling.lot(self.outcome.lot)
        return state.lot if state else None

    @property
    def order(self) -> OrderState | None:
        """The work order afterwards."""
        return self.telling.situation.orders.get(self.transaction.work_order or "")

    @property
    def line(self) -> RecipeLine | None:
        """The recipe's line of this outcome's product."""
        recipe = self.telling.situation.catalog.recipes.get(self.order.order.product if self.order else "", ())
        return next((line for line in recipe if line.input == self.outcome.product), None)

    @property
    def count(self) -> Counted | None:
        """The count of this lot in this place."""
        where = (self.outcome.lot, self.outcome.place)
        return next((c for c in self.transaction.counted if (c.lot, c.place) == where), None)

    def amount(self, quantity: int | None) -> str:
        """A quantity of the lot or the input."""
        units = said_units(self.transaction, self.telling.lot(self.outcome.lot), self.outcome.lot)
        return self.telling.amount(quantity, self.outcome.product, *units)

    def output(self, quantity: int | None) -> str:
        """A quantity of what the order makes."""
        order = self.order.order if self.order else None
        return self.telling.amount(quantity, order.product, order.unit) if order else ""


def _difference(seen: Seen) -> str:
    """`2 cases less`, `1 lb more`."""
    count = seen.count
    difference = count.found - count.expected if count else 0
    text = seen.telling.speech.phrases["less" if difference < 0 else "more"]
    return str(text).format(amount=seen.amount(abs(difference)))


def _rival(seen: Seen) -> LotState | None:
    """The lot to take first."""
    return next(iter(earlier(seen.lot, seen.before, seen.telling.situation)), None) if seen.lot else None


def _rival_expires(seen: Seen) -> str:
    rival = _rival(seen)
    return rival.lot.expires.isoformat() if rival and rival.lot.expires else ""


def _missing(seen: Seen) -> str:
    if seen.order is None:
        return ""
    used = used_by(seen.order)
    recipe = seen.telling.situation.catalog.recipes.get(seen.order.order.product, ())
    return seen.telling.listed(seen.telling.product(line.input) for line in recipe if not used.get(line.input))


def _yield(seen: Seen) -> str:
    found = yield_of(seen.line, seen.outcome.made or 0, seen.outcome.used or 0) if seen.line else None
    return f"{round(float(found), 1):g} %" if found is not None else ""


def _percent(hundredths: int) -> str:
    return f"{hundredths / 100:g} %"


def _expected(seen: Seen) -> str:
    made = made_by(seen.order) if seen.order else 0
    return seen.amount(round(expected_use(seen.line, made))) if seen.line else ""


def _planned_use(seen: Seen) -> str:
    return seen.amount(round(expected_use(seen.line, seen.outcome.planned or 0))) if seen.line else ""


VALUES: Final[Mapping[str, Callable[[Seen], str]]] = {
    "lot": lambda s: s.outcome.lot or "",
    "product": lambda s: s.telling.product(s.outcome.product),
    "place": lambda s: s.telling.place(s.outcome.place),
    "in_place": lambda s: s.telling.at(s.outcome.place),
    "expires": lambda s: s.lot.expires.isoformat() if s.lot and s.lot.expires else "",
    "when": lambda s: s.telling.expiry(s.outcome.days_left),
    "quantity": lambda s: s.amount(s.outcome.quantity),
    "remaining": lambda s: s.amount(s.outcome.remaining),
    "rival": lambda s: r.lot.code if (r := _rival(s)) else "",
    "rival_places": lambda s: s.telling.stands(_rival(s)),
    "rival_expires": _rival_expires,
    "difference": _difference,
    "found": lambda s: s.amount(s.count.found if s.count else 0),
    "order": lambda s: s.transaction.work_order or "",
    "order_product": lambda s: s.telling.product(s.order.order.product if s.order else None),
    "made": lambda s: s.output(s.outcome.made),
    "planned": lambda s: s.output(s.outcome.planned),
    "missing": _missing,
    "used": lambda s: s.amount(s.outcome.used),
    "expected_use": _expected,
    "planned_use": _planned_use,
    "yield": _yield,
    "expected_yield": lambda s: _percent(s.line.expected_yield) if s.line else "",
    "by": lambda s: p.name if (p := s.before.catalog.people.get(s.transaction.by)) else s.transaction.by,
}
"""What a sentence of the watch may name in braces."""


OF_ORDERS: Final = frozenset({"inputs-missing", "output-no-consumption"})
"""Rules that tell of an order as it stands, whichever lot was just reported on."""


def about_order(seen: Seen) -> str | None:
    """The work order, and the input of it where one is meant: what a warning without a lot is about."""
    order = seen.transaction.work_order
    return f"{order}:{seen.outcome.product}" if order and seen.outcome.is_input else order


def _subject(rule: Rule, seen: Seen) -> str | None:
    """What the warning is about: the lot, or the order where the rule is about one or there is no lot."""
    return seen.transaction.work_order if rule.name in OF_ORDERS else seen.outcome.lot or about_order(seen)


def warning(rule: Rule, seen: Seen) -> Finding:
    """The rule's sentences filled in for the outcome that it fired on."""
    values = Filled(VALUES, seen)
    return Finding(
        rule=rule.name,
        severity=rule.severity,
        say=rule.sentence.format_map(values),
        lot=seen.outcome.lot,
        place=seen.outcome.place,
        product=seen.outcome.product,
        work_order=seen.transaction.work_order,
        allowed=rule.allowed.format_map(values),
        key=rule.key(_subject(rule, seen)),
    )
