"""What people on the floor say and type, understood: `parse` turns an utterance into frames."""

from assistant.intents.parser import parse
from assistant.intents.readers.vocabulary import (
    LotName,
    OrderName,
    PartnerName,
    PersonName,
    PlaceName,
    ProductName,
    ReasonName,
    UnitName,
    Vocabulary,
)
from assistant.intents.reading import ASKING, POSTING, SLOTS, TALKING, Frame, Reading, Span
from assistant.intents.say.phrases import phrases

__all__ = [
    "ASKING",
    "POSTING",
    "SLOTS",
    "TALKING",
    "Frame",
    "LotName",
    "OrderName",
    "PartnerName",
    "PersonName",
    "PlaceName",
    "ProductName",
    "Reading",
    "ReasonName",
    "Span",
    "UnitName",
    "Vocabulary",
    "parse",
    "phrases",
]
