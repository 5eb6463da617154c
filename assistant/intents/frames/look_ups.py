"""Questions by their own words: of one lot, of what an order still needs, of what waits, of who did what and when.

is CB1109 ok to use                        ->  lot CB1109
how much more romaine does 4474 need       ->  need WO-4474, R-ROM
what needs my approval                     ->  open
who counted cooler 1 yesterday             ->  history C1, 2026-11-21
"""

from typing import Final

from assistant.intents.frames.items import Item, items
from assistant.intents.frames.scopes import Scope
from assistant.intents.frames.slots import Draft, fill
from assistant.intents.language.atoms import Atom
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.readers.vocabulary import Vocabulary
from assistant.intents.spot.pieces import Piece

_WORDS: Final = LEXICON.raw["look_ups"]
_LOTS: Final = frozenset({"lot", "tail", "newlot"})
_LEADS: Final = frozenset(LEXICON.raw["courtesy"])
_SEVERAL: Final = 1
_OPENERS: Final = frozenset([*_WORDS["doubting"], *_WORDS["who"], *_WORDS["when"], *LEXICON.raw["asking_words"]])
_OWN: Final = frozenset(_WORDS["own"])


def looked_up(words: tuple[Atom, ...], pieces: list[Piece]) -> str | None:
    """Which of these questions is put, if one is."""
    said = [atom.text for atom in words if atom.kind != "p"]
    while said and said[0] in _LEADS:
        said.pop(0)
    kinds = {piece.kind for piece in pieces}
    if not said or kinds & {"qty", "all"} or sum(piece.kind == "lot" for piece in pieces) > _SEVERAL:
        return None
    put = _Put(said, pieces, kinds)
    return put.of_person() or (put.of_lot() if kinds & _LOTS else put.of_plant()) or put.of_deeds()


class _Put:
    """A question as it was put: its words and pieces."""

    def __init__(self, said: list[str], pieces: list[Piece], kinds: set[str]) -> None:
        self.said, self.pieces, self.kinds, self.first = said, pieces, kinds, said[0]
        self.text = f" {' '.join(said)} "
        self.asks = self.first in _OPENERS

    def names(self, group: str) -> bool:
        """Whether a phrase of a group is said."""
        return any(f" {phrase} " in self.text for phrase in _WORDS[group])

    def of_person(self) -> str | None:
        """Who did or brought it, and when; who took a box cutter is nobody's business here."""
        lots = bool(self.kinds & _LOTS)
        if self.first in _WORDS["who"]:
            if lots and self.names("bringing"):
                return "lot"
            entry = any(piece.kind == "tag" and piece.value == "entry" for piece in self.pieces)
            ours = bool(self.kinds & (_LOTS | {"product", "place", "part"})) and "unknown" not in self.kinds
            return "history" if entry or (ours and self.names("doing")) else None
        if self.first in _WORDS["when"]:
            if lots and (self.names("expiring") or self.names("arriving")):
                return "lot"
            return "history" if self.names("doing") else None
        return None

    def of_lot(self) -> str | None:
        """What is asked of one lot: what an order needs of it, a recall, whether it may be used, what it is."""
        if "order" in self.kinds and self.names("needing") and self.asks:
            return "need"
        if "recall" in self.said and self.asks:
            return "recall"
        ahead = any(p.kind in {"date", "gate"} and p.text in LEXICON.raw["future_days"] for p in self.pieces)
        if not ahead and self.first in _WORDS["doubting"] and (self.names("usable") or self.names("expiring")):
            return "lot"
        shown = self.names("showing") or (self.names("expiring") and self.first in LEXICON.raw["asking_words"])
        return "lot" if shown and not self.kinds & {"place", "part", "num", "verb", "order"} else None

    def of_plant(self) -> str | None:
        """What an order still needs, and what waits for somebody."""
        if "order" in self.kinds and self.names("needing") and self.asks:
            return "need"
        begins = any(self.text.startswith(f" {phrase} ") for phrase in _WORDS["waiting"])
        return "open" if begins or (self.asks and self.names("waiting")) else None

    def of_deeds(self) -> str | None:
        """What a shift or a colleague did; what the speaker did is another question."""
        if _OWN & {*self.said}:
            return None
        return "history" if self.names("deeds") and (_crew(self.said) or "person" in self.kinds) else None


def _crew(said: list[str]) -> str | None:
    """The shift that is asked of: `what did the last shift do`."""
    for at, word in enumerate(said):
        if word in _WORDS["crews"] and at:
            return str(_WORDS["shifts"].get(said[at - 1], said[at - 1]))
    return None


def answerable_look_up(
    intent: str, words: tuple[Atom, ...], pieces: list[Piece], vocabulary: Vocabulary
) -> Draft | None:
    """The frame of such a question; None when it says too little to be answered."""
    found = items(Scope([piece for piece in pieces if piece.kind not in {"all", "reason"}], intent))
    draft = fill(intent, found[0] if found else Item(), vocabulary)
    if intent in {"lot", "recall"} and not {"lot"} & (draft.slots.keys() | draft.candidates.keys()):
        return None
    if intent == "history":
        _history(draft, words, pieces)
    return draft


def _history(draft: Draft, words: tuple[Atom, ...], pieces: list[Piece]) -> None:
    tagged = any(piece.kind == "tag" and piece.value == "entry" for piece in pieces)
    for piece in pieces:
        if tagged and piece.kind in {"num", "tail", "order", "newlot"} and piece.digits:
            draft.slots["entry"] = piece.digits.lstrip("0") or "0"
        elif piece.kind == "person" and piece.value:
            draft.slots["person"] = piece.value
        elif piece.kind == "moment" and piece.moment is not None and piece.moment.day is not None:
            draft.slots["when"] = piece.moment.day.isoformat()
        elif piece.kind == "date" and piece.day is not None:
            draft.slots["when"] = (piece.day.past or piece.day.day).isoformat()
    crew = _crew([atom.text for atom in words if atom.kind != "p"])
    if crew is not None:
        draft.slots["shift"] = crew
