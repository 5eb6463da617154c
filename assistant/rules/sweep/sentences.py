"""Fills the sentences of the timed watch: what is so, how much of it, and what could still be done with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from assistant.rules.finding import Finding
from assistant.rules.phrases.telling import Filled, Telling
from assistant.rules.rule import Rule, Stage
from assistant.rules.sweep.lookup import first_to_expire
from assistant.rules.sweep.plant_view import Habit, PlantView
from assistant.wording import names
from store.model import LotState, OrderState, OrderStatus, Situation


@dataclass(frozen=True, slots=True)
class Noticed:
    """A fact that a timed rule fired on, with what its sentence is made from."""

    fact: Any
    view: PlantView
    telling: Telling

    @property
    def lot(self) -> LotState | None:
        """The lot of a lot's fact, the input that expires first of an order's."""
        code = getattr(self.fact, "lot", None)
        if code is None and self.order is not None:
            code = first_to_expire(self.view, self.order)
        return self.view.lots.get(code or "")

    @property
    def order(self) -> OrderState | None:
        """The work order of an order's fact."""
        return self.view.orders.get(getattr(self.fact, "order", None) or "")

    def amount(self, quantity: int | None) -> str:
        """A quantity of the lot."""
        return self.telling.amount(quantity, self.lot.lot.product, self.lot.lot.unit) if self.lot else ""

    def output(self, quantity: int | None) -> str:
        """A quantity of what the order makes."""
        order = self.order.order if self.order else None
        return self.telling.amount(quantity, order.product, order.unit) if order else ""


def viewed(view: PlantView) -> Situation:
    """The plant's view as a situation, for what sentences have in common."""
    return Situation(view.catalog, view.now, view.today, view.lots, view.orders)


def _could(noticed: Noticed) -> str:
    """What the stock could still make: ` It makes 93 cases of caesar kits on WO-4474.`; nothing for other stock."""
    state, phrases = noticed.lot, noticed.telling.speech.phrases
    if state is None or state.lot.expired(noticed.view.today) or state.lot.on_hold:
        return ""
    product = noticed.view.catalog.products.get(state.lot.product)
    if product is not None and product.kind == "finished":
        return str(phrases["could_ship"])
    made = []
    for number, order in sorted(noticed.view.orders.items()):
        recipe = noticed.view.catalog.recipes.get(order.order.product, ())
        line = next((line for line in recipe if line.input == state.lot.product and line.quantity > 0), None)
        if line is None or order.order.status is OrderStatus.FINISHED:
            continue
        wanted = noticed.view.catalog.products.get(order.order.product)
        pack = wanted.packs.get(order.order.unit, 10_000) if wanted else 10_000
        whole = int(Fraction(noticed.fact.stock * line.output_quantity, line.quantity) / pack) * pack
        amount = noticed.telling.amount(whole, order.order.product, order.order.unit)
        made.append(
            str(phrases["could_make_one"]).format(
                amount=amount, product=noticed.telling.product(order.order.product), order=number
            )
        )
    return str(phrases["could_make"]).format(made=noticed.telling.listed(made)) if made else ""


def _habit(noticed: Noticed) -> Habit | None:
    return next((h for h in noticed.view.habits if h.person == getattr(noticed.fact, "person", None)), None)


def _person(noticed: Noticed) -> str:
    code = getattr(noticed.fact, "person", "")
    known = noticed.view.catalog.people.get(code)
    return known.name if known else code


_LOT: Final[Mapping[str, Callable[[Noticed], str]]] = {
    "lot": lambda n: n.lot.lot.code if n.lot else "",
    "product": lambda n: n.telling.product(n.lot.lot.product if n.lot else None),
    "when": lambda n: n.telling.expiry(n.fact.days_left),
    "expires": lambda n: n.lot.lot.expires.isoformat() if n.lot and n.lot.lot.expires else "",
    "stock": lambda n: n.amount(n.fact.stock),
    "stands": lambda n: n.telling.stands(n.lot),
    "could": _could,
    "held": lambda n: n.telling.speech.span(Fraction((n.fact.held_hours or 0) * 3600)),
    "corrections": lambda n: str(n.fact.corrections),
    "lost": lambda n: n.amount(n.fact.lost),
    "supplier": lambda n: names.partner(n.view.catalog, n.fact.supplier),
}

_ORDER: Final[Mapping[str, Callable[[Noticed], str]]] = {
    "order": lambda n: n.fact.order,
    "order_product": lambda n: n.telling.product(n.fact.product),
    "made": lambda n: n.output(n.fact.made),
    "planned": lambda n: n.output(n.fact.planned),
    "lot": _LOT["lot"],
    "when": lambda n: n.telling.expiry(n.fact.inputs_days_left),
    "quiet": lambda n: n.telling.speech.span(Fraction((n.fact.quiet_hours or 0) * 3600)),
    "open": lambda n: n.telling.speech.days(n.fact.open_days or 0),
    "shelf_life": lambda n: n.telling.speech.days(n.fact.shelf_life or 0),
}

VALUES: Final[Mapping[Stage, Mapping[str, Callable[[Noticed], str]]]] = {
    Stage.LOT: _LOT,
    Stage.ORDER: _ORDER,
    Stage.PLACE: {
        "place": lambda n: n.telling.place(n.fact.place),
        "in_place": lambda n: n.telling.at(n.fact.place),
        "lots": lambda n: str(n.fact.lots),
        "uncounted": lambda n: str(n.fact.uncounted),
        "due": lambda n: n.telling.speech.span(
            Fraction(n.telling.policy.span("count_due_days", None, (n.fact.place,)).total_seconds())
        ),
    },
    Stage.SUPPLIER: {
        "supplier": lambda n: names.partner(n.view.catalog, n.fact.supplier),
        "lots": lambda n: str(n.fact.lots),
        "shrunk": lambda n: str(n.fact.shrunk),
    },
    Stage.PERSON: {
        "person": _person,
        "usual": lambda n: str(n.fact.usual),
        "shift": lambda n: h.shift if (h := _habit(n)) else "",
    },
}
"""What a sentence of the timed watch may name in braces, by what it is about."""


def notice(rule: Rule, noticed: Noticed) -> Finding:
    """The rule's sentences filled in for the fact that it fired on."""
    values = Filled(VALUES[rule.stage], noticed)
    fact = noticed.fact
    named = {"lot": None, "place": None, "product": None, "order": None, "supplier": None, "person": None}
    named |= {key: getattr(fact, key, None) for key in named}
    subject = {Stage.LOT: "lot", Stage.PLACE: "place", Stage.ORDER: "order", Stage.SUPPLIER: "supplier"}
    return Finding(
        rule=rule.name,
        severity=rule.severity,
        say=rule.sentence.format_map(values),
        lot=named["lot"],
        place=named["place"],
        product=named["product"],
        work_order=named["order"],
        allowed=rule.allowed.format_map(values),
        key=rule.key(named[subject.get(rule.stage, "person")]),
    )
