"""The work order of a report, and the product that it makes or names."""

from collections.abc import Callable

from assistant.reports.draft import Draft, Missing
from assistant.reports.report import Option
from store.model import OrderStatus, WorkOrder


def known_product(draft: Draft) -> Missing:
    """The product: said, the lot's, or what the order makes."""
    catalog = draft.situation.catalog
    lot = draft.situation.lots.get(str(draft.slots.get("lot", "")))
    sku = draft.slots.get("product") or (lot.lot.product if lot else None)
    if sku is None and (made := _order(draft)) and draft.kind.makes:
        sku = made.product
        draft.take("product", sku)
    draft.product = catalog.products.get(str(sku))
    if draft.product is None:
        return draft.ask("product", "which-product")
    return None


def _order(draft: Draft) -> WorkOrder | None:
    state = draft.situation.orders.get(str(draft.slots.get("work_order", "")))
    return state.order if state else None


def for_order(draft: Draft) -> Missing:
    """A work order that there is; asked with the open orders that could be meant, the only one first."""
    said = str(draft.slots.get("work_order", ""))
    if said:
        draft.order = _order(draft)
    if draft.order is not None:
        return None
    lot = draft.situation.lots.get(str(draft.slots.get("lot", "")))
    sku = draft.slots.get("product") or (lot.lot.product if lot else None)
    fits: Callable[[WorkOrder], bool]
    recipes = draft.situation.catalog.recipes
    if draft.kind.into == "work_order" and sku:
        fits = lambda o: any(line.input == sku for line in recipes.get(o.product, ()))  # noqa: E731
    elif draft.kind.makes and sku:
        fits = lambda o: o.product == sku  # noqa: E731
    elif draft.report.intent == "start":
        fits = lambda o: o.status is OrderStatus.OPEN  # noqa: E731
    elif draft.report.intent == "finish":
        fits = lambda o: o.status is OrderStatus.RUNNING  # noqa: E731
    else:
        fits = lambda _: True  # noqa: E731
    likely = [o for o in draft.surroundings.orders if fits(o)] or list(draft.surroundings.orders)
    likely.sort(key=lambda o: (o.status is not OrderStatus.RUNNING, o.number))
    options = tuple(Option(o.number, {"work_order": o.number}) for o in likely)
    if said:
        return draft.ask("work_order", "unknown-order", options, number=said.rpartition("-")[2])
    return draft.ask("work_order", "which-order", options)
