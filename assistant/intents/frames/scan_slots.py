"""What a scan says beside goods and lot: expiry, count, net weight, pallet; said and scanned must agree."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from assistant.intents.frames.items import Item
from assistant.intents.readers.scans import Scan
from assistant.intents.readers.vocabulary import compact
from assistant.intents.reading import SLOTS, Value

CONFLICT: Final = 0.6
"""Doubt where the label says something else than the speaker."""
_CONTEXT: Final = "pallet"
Slots = dict[str, Value]
Candidates = dict[str, tuple[str, ...]]


def add_scanned(intent: str, slots: Slots, candidates: Candidates, item: Item) -> float:
    """Adds what the scans of an item say, in place; gives the doubt of what was said otherwise."""
    doubt = 0.0
    for scan in _scans(item):
        slots["scanned"] = True
        if scan.lot and compact(str(slots.get("lot", scan.lot))) != compact(scan.lot):
            doubt += _agreed(slots, candidates, "lot", scan.lot)
        if scan.sscc:
            slots["sscc"] = scan.sscc
        if scan.expires is not None:
            doubt += _agreed(slots, candidates, "expires", scan.expires.isoformat())
        if "all" not in slots and "quantity" in SLOTS[intent] and "new_quantity" not in slots:
            doubt += _counted(slots, candidates, scan) + _measured(slots, candidates, scan)
    return doubt


def _scans(item: Item) -> Iterator[Scan]:
    seen: list[Scan] = []
    goods = [piece for slot, piece in item.goods.items() if slot not in item.borrowed]
    for piece in [*goods, *(piece for _, piece in item.context if piece.kind == _CONTEXT)]:
        if piece.scan is not None and piece.scan not in seen:
            seen.append(piece.scan)
            yield piece.scan


def _agreed(slots: Slots, candidates: Candidates, slot: str, scanned: str) -> float:
    """Fills a slot that nobody filled; where something else was said, both are kept for a question."""
    said = slots.get(slot)
    options = candidates.pop(slot, ())
    if scanned in options:  # the label settles which of them was meant
        slots[slot] = scanned
        return -CONFLICT
    if options or said not in {None, scanned}:
        slots.pop(slot, None)
        candidates[slot] = tuple(dict.fromkeys((*options, *((str(said),) if said else ()), scanned)))
        return CONFLICT
    slots[slot] = scanned
    return 0.0


def _counted(slots: Slots, candidates: Candidates, scan: Scan) -> float:
    if scan.count is None:
        return 0.0
    if _number(slots.get("quantity")) == scan.count:
        return 0.0  # the said unit stands
    return _agreed(slots, candidates, "quantity", _plain(scan.count))


def _measured(slots: Slots, candidates: Candidates, scan: Scan) -> float:
    """A net weight: how much it is, or beside packs the same goods in another unit."""
    if scan.measure is None or scan.unit is None or "quantity" in candidates:
        return 0.0
    for amount, unit in (("quantity", "unit"), ("second_quantity", "second_unit")):
        if amount not in slots:
            slots |= {amount: _plain(scan.measure), unit: scan.unit}
            return 0.0
        if slots.get(unit) == scan.unit:
            return (
                0.0
                if _number(slots[amount]) == scan.measure
                else _agreed(slots, candidates, amount, _plain(scan.measure))
            )
    return CONFLICT


def _number(value: Value | None) -> Decimal | None:
    try:
        return abs(Decimal(str(value)))
    except InvalidOperation:
        return None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
