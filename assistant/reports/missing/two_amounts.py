"""Two amounts of the same goods: the same told in two units, packs with loose pieces, everything but some.

25 cases (1000 lb)      ->  25 cases, where a case holds 40 lb
74 cases and 5 pieces   ->  449 pieces, where a case holds 6
25 cases (1612 lb)      ->  asked which of the two it is
"""

from decimal import Decimal

from assistant.reports.draft import Draft, Missing
from assistant.reports.report import Option
from assistant.wording import names
from store.model import Product
from store.units import from_base, to_base

NONE_OF_IT = {"second_quantity": "", "second_unit": ""}
"""What an answer that takes one of the two amounts leaves of the other."""


def second_amount(draft: Draft, product: Product) -> Missing:
    """Joins the second amount to the first: on top of it, the same once more, or asked which one is meant."""
    said, unit = draft.slots.get("second_quantity"), str(draft.slots.get("second_unit", ""))
    if not said:
        return None
    amount = Decimal(str(said))
    second = to_base(amount, unit, product.base_unit, product.packs)
    one, loose = to_base(Decimal(1), draft.unit, product.base_unit, product.packs), unit == product.base_unit
    if isinstance(second, int) and isinstance(one, int):
        if second == draft.quantity:
            return None
        if loose and 0 < second < one and draft.unit in product.packs:
            _on_top(draft, product, second)
            return None
    first = (str(draft.slots.get("quantity")), draft.unit)
    options = tuple(
        Option(f"{number} {unit_}", {"quantity": number, "unit": unit_, **NONE_OF_IT})
        for number, unit_ in (first, (str(said), unit))
        if isinstance(to_base(Decimal(number), unit_, product.base_unit, product.packs), int)
    )
    return draft.ask("quantity", "which-amount", options, first=" ".join(first), second=f"{said} {unit}")


def _on_top(draft: Draft, product: Product, loose: int) -> None:
    """Packs and loose pieces are one amount, told in pieces."""
    draft.quantity += loose
    shown = from_base(draft.quantity, product.base_unit, product.base_unit, product.packs)
    if shown is not None:
        draft.amount, draft.unit = shown, product.base_unit


def all_but(draft: Draft, product: Product) -> Missing:
    """Takes what is left out from all that stands there: `all but two cases`."""
    said = draft.slots.get("but_quantity")
    if not said or draft.lot is None:
        return None
    unit = str(draft.slots.get("but_unit") or draft.lot.lot.unit)
    left = to_base(Decimal(str(said)), unit, product.base_unit, product.packs)
    if not isinstance(left, int):
        known = left.known if hasattr(left, "known") else ()
        return draft.ask("but_quantity", "unknown-unit", unit=unit, known=known)
    if left >= draft.quantity:
        return draft.ask("quantity", "nothing-of-it")
    draft.quantity -= left
    draft.amount, draft.unit = names.in_unit(draft.situation.catalog, draft.lot.lot, draft.quantity)
    return None
