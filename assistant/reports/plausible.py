"""Whether a spoken sentence makes sense as a whole at this plant, so that the recogniser's guesses can be told apart.

used two jars of garlic GA1110 on 4471   ->  its frames
used two jugs of garlic GA1110 on 4471   ->  None: garlic is not kept in jugs
used two jars of garlic GA9999 on 4471   ->  its frames: a code makes sense whether the plant knows it or not

What the plant has is never evidence for a code: a lot that nobody knows must be told, not turned into one that sounds
like it.
"""

from collections.abc import Mapping
from typing import Final

from assistant.intents import Reading, Vocabulary
from assistant.intents.readers.vocabulary import compact
from assistant.intents.reading import Value
from store.units import COUNTED, VOLUME, WEIGHT

Sense = tuple[tuple[str, tuple[tuple[str, Value], ...]], ...]
"""Intents with their slots, comparable."""

_BOUGHT: Final = frozenset({"raw", "packaging"})
_ANY_UNIT: Final = frozenset({COUNTED, *WEIGHT, *VOLUME})


_CODES: Final = ("lot ", "work order ")
"""How a reading names codes that it understood and the plant does not know."""


def sense(reading: Reading, vocabulary: Vocabulary) -> Sense | None:
    """What a reading says, if every word of it was understood and its names belong together; else None."""
    if not reading.frames or not all(name.startswith(_CODES) for name in reading.unknown):
        return None
    if not reading.unknown and reading.confidence < Reading.SURE:
        return None
    if not all(_fits(frame.intent, frame.slots, vocabulary) for frame in reading.frames):
        return None
    return tuple((frame.intent, tuple(sorted(frame.slots.items(), key=str))) for frame in reading.frames)


def _fits(intent: str, slots: Mapping[str, Value], vocabulary: Vocabulary) -> bool:
    """Whether the product is kept in the unit, and what is made is not bought."""
    sku, lot, unit = (str(slots[name]) if name in slots else None for name in ("product", "lot", "unit"))
    if sku is None and lot is not None:
        kinds = {known.sku for known in vocabulary.lots.get(compact(lot), ())}
        sku = next(iter(kinds)) if len(kinds) == 1 else None
    product = vocabulary.products.get(sku) if sku is not None else None
    if product is not None and intent == "produce" and product.kind in _BOUGHT:
        return False
    return product is None or unit is None or unit in _ANY_UNIT or unit in product.units
