"""The slots of a report: each taken where it is not in doubt, else asked for with the likeliest answer first."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from string import ascii_uppercase

from assistant.reports.draft import STANDARD, Ask, Draft, Missing, Refuse
from assistant.reports.report import Option
from assistant.reports.voice_code import lots_with, voice_code
from assistant.wording import names
from store.model import Lot, LotState, OrderStatus, Product, WorkOrder
from store.units import COUNTED, NotWhole, TooMuch, UnknownUnit, from_base, known_units, to_base


def which(draft: Draft) -> Missing:
    """What was said fits several things: they are offered."""
    for slot, values in draft.item.candidates.items():
        if slot not in draft.slots:
            options = tuple(Option(_called(draft, slot, value), {slot: value}) for value in values)
            return draft.ask(slot, "which-of-these", options)
    return None


def _called(draft: Draft, slot: str, value: str) -> str:
    """What people call a candidate."""
    catalog = draft.situation.catalog
    if slot in {"from", "to", "at"}:
        return names.place(catalog, value)
    if slot in {"supplier", "customer"}:
        return names.partner(catalog, value)
    return catalog.products[value].name if value in catalog.products else value


def known_product(draft: Draft) -> Missing:
    """The product: said, the lot's, or what the order makes."""
    catalog = draft.situation.catalog
    lot = draft.situation.lots.get(str(draft.slots.get("lot", "")))
    sku = draft.slots.get("product") or (lot.lot.product if lot else None)
    if sku is None and (made := _order(draft)) and draft.item.intent == "produce":
        sku = made.product
        draft.take("product", sku)
    draft.product = catalog.products.get(str(sku))
    if draft.product is None:
        return draft.ask("product", "which-product")
    return None


def _order(draft: Draft) -> WorkOrder | None:
    state = draft.situation.orders.get(str(draft.slots.get("work_order", "")))
    return state.order if state else None


def work_order(draft: Draft) -> Missing:
    """The work order; asked with the open orders that could be meant, the only one first."""
    if "work_order" in draft.slots:
        draft.order = _order(draft)
        return None
    lot = draft.situation.lots.get(str(draft.slots.get("lot", "")))
    sku = draft.slots.get("product") or (lot.lot.product if lot else None)
    fits: Callable[[WorkOrder], bool]
    recipes = draft.situation.catalog.recipes
    if draft.item.intent == "consume" and sku:
        fits = lambda o: any(line.input == sku for line in recipes.get(o.product, ()))  # noqa: E731
    elif draft.item.intent == "produce" and sku:
        fits = lambda o: o.product == sku  # noqa: E731
    elif draft.item.intent == "start":
        fits = lambda o: o.status is OrderStatus.OPEN  # noqa: E731
    elif draft.item.intent == "finish":
        fits = lambda o: o.status is OrderStatus.RUNNING  # noqa: E731
    else:
        fits = lambda _: True  # noqa: E731
    likely = [o for o in draft.floor.orders if fits(o)] or list(draft.floor.orders)
    likely.sort(key=lambda o: (o.status is not OrderStatus.RUNNING, o.number))
    return draft.ask("work_order", "which-order", tuple(Option(o.number, {"work_order": o.number}) for o in likely))


def known_lot(draft: Draft) -> Missing:
    """A lot that the plant knows; offered first-expiring first where it was not said."""
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
    product, intent, today = draft.slots.get("product"), draft.item.intent, draft.situation.today
    order = draft.situation.orders.get(str(draft.slots.get("work_order", "")))
    if intent == "return" and order:
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
    if intent in {"consume", "ship"}:
        found = [s for s in found if not s.lot.on_hold and not s.lot.expired(today)]
    if intent == "release":
        found = [s for s in draft.situation.lots.values() if s.lot.product == product and s.lot.on_hold]
    enough = _wanted(draft)
    found.sort(key=lambda s: (_real(draft, s, within) < enough, _expiry(s.lot), s.lot.code))
    return found


def _wanted(draft: Draft) -> int:
    """How much is meant, as far as it is known already: an offer that cannot cover it comes later. A count is blind."""
    product, quantity = draft.product, draft.slots.get("quantity")
    if product is None or quantity is None or draft.item.intent == "count":
        return 0
    unit = str(draft.slots.get("unit", product.base_unit))
    base = to_base(Decimal(str(quantity)), unit, product.base_unit, product.packs)
    return base if isinstance(base, int) else 0


def _real(draft: Draft, state: LotState, within: tuple[str, ...] | None) -> int:
    places = draft.situation.catalog.places
    return sum(q for p, q in state.balances.items() if p in places and (within is None or p in within))


def _stands(draft: Draft, state: LotState, within: tuple[str, ...] | None) -> bool:
    return _real(draft, state, within) > 0


def new_lot(draft: Draft) -> Missing:
    """The lot that a receipt or an output brings: the supplier's code is asked for, a new one of ours is offered."""
    product = draft.product
    if product is None:
        return draft.ask("product", "which-product")
    code = draft.slots.get("lot")
    if code is None:
        if draft.item.intent == "produce":
            offer = new_code(product, draft.happened.date(), draft.floor.codes)
            return draft.ask("lot", "new-lot", (Option(offer, {"lot": offer}),), offer=offer)
        return draft.ask("lot", "supplier-lot")
    draft.lot = draft.situation.lots.get(str(code))
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
    if said is None and standard and draft.item.intent == "receive":
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


def sent_by(draft: Draft) -> Missing:
    """Who it came from: said, known from the lot, or the only one who ever sent the product; else asked."""
    if "supplier" in draft.slots:
        return None
    if draft.lot is not None and draft.lot.lot.supplier:
        draft.take("supplier", draft.lot.lot.supplier)
        return None
    catalog = draft.situation.catalog
    senders = draft.floor.suppliers.get(draft.product.sku if draft.product else "", ())
    if len(senders) == 1:
        draft.take("supplier", senders[0])
        return None
    known = [*senders, *(p.code for p in catalog.partners.values() if p.role == "supplier" and p.code not in senders)]
    if not known:
        return None
    return draft.ask(
        "supplier", "which-supplier", tuple(Option(catalog.partners[c].name, {"supplier": c}) for c in known)
    )


def how_much(draft: Draft) -> Missing:
    """How much: `all` of what stands there, or a number in a unit that the product has."""
    product = draft.product or draft.situation.catalog.products[str(draft.slots["product"])]
    if draft.slots.get("all"):
        source = str(draft.slots.get("from") or draft.slots.get("at") or "")
        there = draft.lot.balances.get(source, 0) if draft.lot else 0
        draft.quantity = there
        if draft.lot:
            draft.amount, draft.unit = names.in_unit(draft.situation.catalog, draft.lot.lot, there)
        return None
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
        options = tuple(Option(u, {"unit": u}) for u in base.known)
        return draft.ask("unit", "unknown-unit", options, unit=draft.unit, known=base.known)
    if isinstance(base, NotWhole):
        return draft.ask(slot, "not-whole", amount=draft.amount, unit=draft.unit)
    if isinstance(base, TooMuch):
        return draft.ask(slot, "too-much")
    if base <= 0 and draft.item.intent not in {"count", "adjust"}:
        return draft.ask(slot, "nothing-of-it")
    draft.quantity = base
    return None


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


def taken_from(draft: Draft) -> Missing:
    """Where it is taken from."""
    return _source(draft, "from")


def standing_at(draft: Draft) -> Missing:
    """Where it stands."""
    return _source(draft, "at")


def _source(draft: Draft, slot: str) -> Missing:
    """Where it comes from: as said, else the order's line or the only place that holds the lot; several are asked."""
    lot, catalog = draft.lot, draft.situation.catalog
    if lot is None:
        return None
    said = draft.slots.get(slot)
    within = catalog.within(str(said)) if said else tuple(catalog.places)
    holding = [p for p in within if lot.balances.get(p, 0) > 0 and p != draft.slots.get("to")]
    if said and (lot.balances.get(str(said), 0) > 0 or not holding or len(within) == 1):
        return None
    line = draft.order.line if draft.order and draft.item.intent == "consume" else None
    if line in holding and line is not None:
        draft.take(slot, line)
        return None
    if len(holding) == 1:
        draft.take(slot, holding[0])
        return None
    if not holding:
        return (
            draft.ask(slot, "nowhere")
            if draft.item.intent == "adjust"
            else Refuse("not-enough-stock", "none-left", draft.names())
        )
    holding.sort(key=lambda p: -lot.balances[p])
    return draft.ask(slot, "from-where", _places(draft, slot, holding))


def counted_at(draft: Draft) -> Missing:
    """Where it was counted; the bays of a cooler are told apart by where the lot stands."""
    if "at" in draft.slots:
        return (
            _source(draft, "at")
            if draft.lot and len(draft.situation.catalog.within(str(draft.slots["at"]))) > 1
            else None
        )
    known = draft.situation.lots.get(str(draft.slots.get("lot", "")))
    places = [p for p in draft.situation.catalog.places if known and known.balances.get(p, 0) > 0]
    return draft.ask("at", "counted-where", _places(draft, "at", places))


def going_to(draft: Draft) -> Missing:
    """Where it goes: as said, an output to the order's line; else asked with the likely places first."""
    if "to" in draft.slots:
        if draft.slots["to"] == draft.slots.get("from"):
            return draft.ask("to", "same-place")
        return None
    if draft.item.intent == "produce" and draft.order and draft.order.line:
        draft.take("to", draft.order.line)
        return None
    kinds = {"receive": ("receiving",), "return": ("storage",), "move": ("production", "storage")}
    wanted = kinds.get(draft.item.intent, ("storage",))
    places = draft.situation.catalog.places.values()
    likely = [p.code for kind in wanted for p in places if p.kind == kind and p.code != draft.slots.get("from")]
    if draft.lot and draft.item.intent == "return":
        there = draft.lot.balances
        likely.sort(key=lambda code: there.get(code, 0) <= 0)
    return draft.ask("to", "to-where", _places(draft, "to", likely))


def _places(draft: Draft, slot: str, codes: list[str]) -> tuple[Option, ...]:
    return tuple(Option(names.place(draft.situation.catalog, code), {slot: code}) for code in codes)


def why(draft: Draft) -> Missing:
    """Why: always needed for scrap and adjustments, asked with the plant's own reasons."""
    reasons = draft.situation.catalog.reasons
    if "reason" in draft.slots or not reasons:
        return None
    kind = draft.item.intent
    likely = [r for r in reasons.values() if r.kind == kind] or list(reasons.values())
    return draft.ask("reason", f"why-{kind}", tuple(Option(names.lowered(r.name), {"reason": r.code}) for r in likely))


def for_whom(draft: Draft) -> Missing:
    """The customer."""
    if "customer" in draft.slots:
        return None
    partners = draft.situation.catalog.partners.values()
    return draft.ask(
        "customer",
        "which-customer",
        tuple(Option(p.name, {"customer": p.code}) for p in partners if p.role == "customer"),
    )


def under_reference(draft: Draft) -> Missing:
    """A shipment of a product on the traceability list carries a reference document (21 CFR 1.1340)."""
    if "reference" in draft.slots or draft.product is None or not draft.product.traceability_list:
        return None
    return draft.ask("reference", "which-reference")


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
