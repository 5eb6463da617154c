"""Whether a spoken sentence makes sense as a whole at this plant, so that the recogniser's guesses can be told apart.

used two jars of garlic GA1110 on 4471   ->  its frames
used two jugs of garlic GA1110 on 4471   ->  None: garlic is not kept in jugs
"""

from typing import Final

from assistant.intents import Frame, Reading, Vocabulary
from assistant.intents.vocabulary import compact
from store.units import COUNTED, VOLUME, WEIGHT

Sense = tuple[tuple[str, tuple[tuple[str, str | bool], ...]], ...]
"""Intents with their slots, comparable."""

_NEW_LOTS: Final = frozenset({"receive", "produce"})
"""Reports of these bring lots that nobody knows yet."""
_ANY_UNIT: Final = frozenset({COUNTED, *WEIGHT, *VOLUME})


def sense(reading: Reading, vocabulary: Vocabulary) -> Sense | None:
    """What a reading says, if every word of it was understood and its names belong together; else None."""
    if not reading.frames or reading.unknown or reading.confidence < Reading.SURE:
        return None
    if not all(_fits(frame, vocabulary) for frame in reading.frames):
        return None
    return tuple((frame.intent, tuple(sorted(frame.slots.items()))) for frame in reading.frames)


def _fits(frame: Frame, vocabulary: Vocabulary) -> bool:
    """Whether the lot is of the product, and the product is kept in the unit."""
    slots = frame.slots
    sku, lot, unit = (str(slots[name]) if name in slots else None for name in ("product", "lot", "unit"))
    if lot is not None and frame.intent not in _NEW_LOTS:
        kinds = {known.sku for known in vocabulary.lots.get(compact(lot), ())}
        if not kinds or (sku is not None and sku not in kinds):
            return False
        sku = sku or (next(iter(kinds)) if len(kinds) == 1 else None)
    product = vocabulary.products.get(sku) if sku is not None else None
    return product is None or unit is None or unit in _ANY_UNIT or unit in product.units
