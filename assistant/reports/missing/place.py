"""Where goods are taken from, go to, stand or were counted."""

from assistant.reports.draft import Draft, Missing, Refuse
from assistant.reports.report import Option
from assistant.wording import names


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
    line = draft.order.line if draft.order and draft.kind.into == "work_order" else None
    if line in holding and line is not None:
        draft.take(slot, line)
        return None
    if len(holding) == 1:
        draft.take(slot, holding[0])
        return None
    if not holding:
        return (
            draft.ask(slot, "nowhere") if draft.kind.signed else Refuse("not-enough-stock", "none-left", draft.names())
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
    """Where it goes: as said, an output to the order's line, a customer's return on hold; else the likely are asked."""
    if "to" in draft.slots:
        if draft.slots["to"] == draft.slots.get("from"):
            return draft.ask("to", "same-place")
        return None
    if draft.kind.makes and draft.order and draft.order.line:
        draft.take("to", draft.order.line)
        return None
    places = draft.situation.catalog.places.values()
    likely = [
        p.code for kind in draft.kind.goes_to for p in places if p.kind == kind and p.code != draft.slots.get("from")
    ]
    if draft.kind.quarantined and len(likely) == 1:
        draft.take("to", likely[0])
        return None
    if draft.lot and draft.kind.out_of == "work_order":
        there = draft.lot.balances
        likely.sort(key=lambda code: there.get(code, 0) <= 0)
    return draft.ask("to", "to-where", _places(draft, "to", likely))


def _places(draft: Draft, slot: str, codes: list[str]) -> tuple[Option, ...]:
    return tuple(Option(names.place(draft.situation.catalog, code), {slot: code}) for code in codes)
