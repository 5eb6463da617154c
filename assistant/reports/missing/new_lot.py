"""The code and expiry of a lot that begins with this report."""

from collections.abc import Collection
from datetime import date, timedelta
from itertools import count
from string import ascii_uppercase

from assistant.reports.draft import STANDARD, Draft, Missing
from assistant.reports.lot_names import of_supplier
from assistant.reports.report import Option
from store.model import Lot, Product


def new_lot(draft: Draft) -> Missing:
    """The lot that a receipt or an output brings: the supplier's code is asked for, a new one of ours is offered."""
    product = draft.product
    if product is None:
        return draft.ask("product", "which-product")
    code = draft.slots.get("lot")
    if code is None:
        if draft.kind.new_lot == "ours":
            offer = new_code(product, draft.happened.date(), draft.surroundings.codes)
            return draft.ask("lot", "new-lot", (Option(offer, {"lot": offer}),), offer=offer)
        return draft.ask("lot", "supplier-lot")
    draft.lot = draft.situation.lots.get(str(code))
    supplier = draft.slots.get("supplier")
    if draft.kind.new_lot == "theirs" and supplier and draft.lot and draft.lot.lot.supplier not in {None, supplier}:
        draft.slots["lot"] = of_supplier(str(code), str(supplier))
        draft.lot = draft.situation.lots.get(str(draft.slots["lot"]))
    return None


def new_code(product: Product, day: date, taken: Collection[str]) -> str:
    """A new lot code of ours: prefix, month and day, then B, C… for the day's next (`K1122`, `K1122B`)."""
    stem = f"{product.lot_prefix or product.sku + '-'}{day:%m%d}"
    return next(code for n in count(1) if (code := stem + (_letters(n) if n > 1 else "")) not in taken)


def _letters(number: int) -> str:
    """1 -> A, 2 -> B, 26 -> Z, 27 -> AA."""
    signs = ""
    while number:
        number, sign = divmod(number - 1, len(ascii_uppercase))
        signs = ascii_uppercase[sign] + signs
    return signs


def expires_on(draft: Draft) -> Missing:
    """When a new lot expires: said, by shelf life for what is made here, asked for what comes in."""
    product, said = draft.product, draft.slots.get("expires")
    if draft.lot is not None or product is None:
        return None
    made = draft.happened.date()
    standard = made + timedelta(days=product.shelf_life_days) if product.shelf_life_days else None
    if said is None and standard and draft.kind.new_lot == "theirs":
        return draft.ask("expires", "which-expiry", (Option(STANDARD, {"expires": STANDARD}),), standard=standard)
    expires = standard if said in {None, STANDARD} else date.fromisoformat(str(said))
    if expires:
        draft.slots["expires"] = expires.isoformat()
    if said is None and expires:
        draft.taken.append("expires")
    draft.new_lot = Lot(
        code=str(draft.slots["lot"]),
        product=product.sku,
        unit=draft.unit,
        made=made,
        expires=expires,
        supplier=draft.slots.get("supplier"),
        work_order=draft.slots.get("work_order"),
    )
    return None
