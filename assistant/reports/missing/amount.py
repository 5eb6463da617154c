"""How much, in which unit, and what an adjustment changes."""

from decimal import Decimal

from assistant.reports.draft import Ask, Draft, Missing, Refuse
from assistant.reports.missing.two_amounts import all_but, second_amount
from assistant.reports.report import Option
from assistant.wording import names
from store.model import Product
from store.units import COUNTED, NotWhole, TooMuch, UnknownUnit, from_base, known_units, to_base

ROUNDED = 4
"""So many 1/10,000 of the base unit rounding may come to over a few reports."""
PART_OF_A_UNIT = 500
"""A third said as 0.333 three times leaves a thousandth of the unit."""


def how_much(draft: Draft) -> Missing:
    """How much: `all` of what stands there, or a number in a unit that the product has."""
    product = draft.product or draft.situation.catalog.products[str(draft.slots["product"])]
    if draft.slots.get("all"):
        source = str(draft.slots.get("from") or draft.slots.get("at") or "")
        there = draft.lot.balances.get(source, 0) if draft.lot else 0
        draft.quantity = there
        if draft.lot:
            draft.amount, draft.unit = names.in_unit(draft.situation.catalog, draft.lot.lot, there)
        return all_but(draft, product)
    slot = "new_quantity" if "new_quantity" in draft.slots else "quantity"
    said = draft.slots.get(slot)
    if said is None:
        return draft.ask("quantity", "how-many")
    missing = _unit(draft, product)
    if missing:
        return missing
    draft.amount, draft.unit = Decimal(str(said)), str(draft.slots["unit"])
    base = to_base(draft.amount, draft.unit, product.base_unit, product.packs)
    if isinstance(base, UnknownUnit):
        return draft.ask(slot, "unknown-unit", unit=draft.unit, known=base.known)
    if isinstance(base, NotWhole):
        return draft.ask(slot, "not-whole", amount=draft.amount, unit=draft.unit)
    if isinstance(base, TooMuch):
        return draft.ask(slot, "too-much")
    if base <= 0 and not draft.kind.signed:
        return draft.ask(slot, "nothing-of-it")
    draft.quantity = _or_the_rest(draft, product, base)
    return second_amount(draft, product)


def _or_the_rest(draft: Draft, product: Product, base: int) -> int:
    """What was said, or all that stands there where only rounding is between: the last 250 g of a kilogram.

    Weight and volume round to 1/10,000 of the base unit, and a third is said as 0.333: a report that would leave, or
    lack, less than that takes the rest.
    """
    place = str(draft.slots.get(draft.kind.out_of, ""))
    there = draft.lot.balances.get(place, 0) if draft.lot else 0
    one = to_base(Decimal(1), draft.unit, product.base_unit, product.packs)
    converted = draft.unit != product.base_unit and draft.unit not in product.packs
    broken = draft.amount != draft.amount.to_integral_value()
    least = ROUNDED if converted else 0
    least = max(least, one // PART_OF_A_UNIT) if broken and isinstance(one, int) else least
    return there if there > 0 and abs(there - base) <= least else base


def _unit(draft: Draft, product: Product) -> Ask | None:
    """The unit: taken for what is counted in each, else asked with the usual one of the lot first."""
    if "unit" in draft.slots:
        return None
    if product.base_unit == COUNTED:
        draft.take("unit", COUNTED)
        return None
    known = list(known_units(product.base_unit, product.packs))
    usual = draft.lot.lot.unit if draft.lot else known[0]
    known.sort(key=lambda u: u != usual)
    return draft.ask(
        "unit", "which-unit", tuple(Option(u, {"unit": u}) for u in known), amount=draft.slots.get("quantity", "")
    )


def difference(draft: Draft) -> Missing:
    """An adjustment to a new quantity becomes the difference to what stands there now."""
    if "new_quantity" in draft.slots and draft.lot and draft.product:
        difference = draft.quantity - draft.lot.balances.get(str(draft.slots["at"]), 0)
        shown = from_base(difference, draft.unit, draft.product.base_unit, draft.product.packs)
        draft.quantity = difference
        if shown is not None:
            draft.amount = shown
        else:
            draft.amount, draft.unit = names.in_unit(draft.situation.catalog, draft.lot.lot, difference)
    if draft.quantity == 0:
        return Refuse("no-change", "no-change", draft.names())
    return None
