"""What people on the floor say and type, understood: `parse` turns an utterance into frames."""

from assistant.intents.parsing import parse
from assistant.intents.phrases import phrases
from assistant.intents.reading import ASKING, POSTING, SLOTS, TALKING, Frame, Reading, Span
from assistant.intents.vocabulary import (
    LotName,
    OrderName,
    PartnerName,
    PersonName,
    PlaceName,
    ProductName,
    ReasonName,
    Vocabulary,
)

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
    "Vocabulary",
    "parse",
    "phrases",
]
