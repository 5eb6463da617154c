"""Which known lot is meant: by its code, its ending, its voice code, or the one that expires first."""

from datetime import date
from decimal import Decimal

from assistant.reports.draft import Draft, Missing
from assistant.reports.report import Option
from assistant.reports.voice_code import lots_with, voice_code
from store.model import Lot, LotState
from store.units import to_base


def known_lot(draft: Draft) -> Missing:
    """A lot that the plant knows; offered first-expiring first where it was not said.

    The only one that can be meant is taken where everything is read back: the question and the read-back are one.
    """
    code = draft.slots.get("lot")
    if code is not None and code in draft.situation.lots:
        draft.lot = draft.situation.lots[str(code)]
        draft.product = draft.situation.catalog.products[draft.lot.lot.product]
        return None
    draft.product = draft.situation.catalog.products.get(str(draft.slots.get("product")))
    options = tuple(Option(state.lot.code, {"lot": state.lot.code}) for state in _likely_lots(draft))
    if code is not None:
        meant = _by_voice_code(draft, str(code))
        if len(meant) == 1:
            draft.slots["lot"] = meant[0]
            return known_lot(draft)
        if meant:
            return draft.ask("lot", "which-of-these", tuple(Option(lot, {"lot": lot}) for lot in meant))
        return draft.ask("lot", "unknown-lot", options, lot=code)
    if draft.product is None:
        return draft.ask("lot", "which-lot", options)
    if not options:
        return draft.ask("lot", "no-lot-of", options)
    if len(options) == 1 and draft.speaker.hears_back:
        draft.take("lot", options[0].label)
        return known_lot(draft)
    known = draft.situation.lots
    sooner = any(_expiry(known[o.label].lot) < _expiry(known[options[0].label].lot) for o in options)
    key = "this-lot" if len(options) == 1 else "which-lot-enough" if sooner else "which-lot-of"
    return draft.ask("lot", key, options, first=options[0].label, expires=known[options[0].label].lot.expires or "")


def _by_voice_code(draft: Draft, spoken: str) -> tuple[str, ...]:
    """The product's lots in stock whose printed voice code (PTI) ends in these two or four digits."""
    product = draft.product
    if product is None or not product.gtin:
        return ()
    standing = [
        s.lot for s in draft.situation.lots.values() if s.lot.product == product.sku and _stands(draft, s, None)
    ]
    undated = {lot.code: voice_code(product.gtin, lot.code) for lot in standing}
    dated = {lot.code: voice_code(product.gtin, lot.code, lot.made) for lot in standing}
    return tuple(dict.fromkeys((*lots_with(spoken, undated), *lots_with(spoken, dated))))


def _expiry(lot: Lot) -> date:
    return lot.expires or date.max


def _likely_lots(draft: Draft) -> list[LotState]:
    """Lots that could be meant, first to expire first; for use and shipping none that is held or expired."""
    product, kind, today = draft.slots.get("product"), draft.kind, draft.situation.today
    order = draft.situation.orders.get(str(draft.slots.get("work_order", "")))
    if kind.out_of == "work_order" and order:
        return [
            s
            for s in draft.situation.lots.values()
            if order.inputs.get(s.lot.code, 0) > 0 and product in {None, s.lot.product}
        ]
    if product is None:
        return []
    spoken = draft.slots.get("from") or draft.slots.get("at")
    within = draft.situation.catalog.within(str(spoken)) if spoken else None
    found = [s for s in draft.situation.lots.values() if s.lot.product == product and _stands(draft, s, within)]
    if kind.judged_with == "rivals":
        found = [s for s in found if not s.lot.on_hold and not s.lot.expired(today)]
    if kind.of_held:
        found = [s for s in draft.situation.lots.values() if s.lot.product == product and s.lot.on_hold]
    enough = _wanted(draft)
    found.sort(key=lambda s: (_real(draft, s, within) < enough, _expiry(s.lot), s.lot.code))
    return found


def _wanted(draft: Draft) -> int:
    """How much is meant, as far as it is known already: an offer that cannot cover it comes later. A count is blind."""
    product, quantity = draft.product, draft.slots.get("quantity")
    if product is None or quantity is None or draft.kind.counted:
        return 0
    unit = str(draft.slots.get("unit", product.base_unit))
    base = to_base(Decimal(str(quantity)), unit, product.base_unit, product.packs)
    return base if isinstance(base, int) else 0


def _real(draft: Draft, state: LotState, within: tuple[str, ...] | None) -> int:
    places = draft.situation.catalog.places
    return sum(q for p, q in state.balances.items() if p in places and (within is None or p in within))


def _stands(draft: Draft, state: LotState, within: tuple[str, ...] | None) -> bool:
    return _real(draft, state, within) > 0
