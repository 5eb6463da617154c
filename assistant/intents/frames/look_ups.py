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


def looked_up(words: tuple[Atom, ...], pieces: list[Piece]) -> str | None:
    """Which of these questions is put, if one is."""
    said = [atom.text for atom in words if atom.kind != "p"]
    while said and said[0] in _LEADS:
        said.pop(0)
    kinds = {piece.kind for piece in pieces}
    if not said or "qty" in kinds or "all" in kinds or sum(p.kind == "lot" for p in pieces) > _SEVERAL:
        return None
    text = f" {' '.join(said)} "

    def names(group: str) -> bool:
        return any(f" {phrase} " in text for phrase in _WORDS[group])

    first, lots = said[0], bool(kinds & _LOTS)
    asks = first in {*_WORDS["doubting"], *_WORDS["who"], *_WORDS["when"]} or first in LEXICON.raw["asking_words"]
    if "order" in kinds and names("needing") and asks:
        return "need"
    if lots and "recall" in said and asks:
        return "recall"
    if first in _WORDS["who"]:
        return "lot" if lots and names("bringing") else _of_people(pieces, text, done=names("doing"))
    if first in _WORDS["when"]:
        return "lot" if lots and (names("expiring") or names("arriving")) else None if not names("doing") else "history"
    ahead = any(piece.kind in {"date", "gate"} and piece.text in LEXICON.raw["future_days"] for piece in pieces)
    if lots and not ahead and first in _WORDS["doubting"] and (names("usable") or names("expiring")):
        return "lot"
    if lots and not kinds & {"place", "part", "num", "verb", "order"} and (names("showing") or _of_expiry(text)):
        return "lot"
    if names("waiting") and not lots and (asks or f" {first}" in {f" {w.split()[0]}" for w in _WORDS["waiting"]}):
        return "open"
    if {"i", "my", "ive", "i've"} & {*said}:
        return None
    return "history" if names("deeds") and (_crew(said) or "person" in kinds) else None


def _of_people(pieces: list[Piece], text: str, *, done: bool) -> str | None:
    """Who did what: of an entry, a lot, goods or a place; who took a box cutter is nobody's business here."""
    entry = any(piece.kind == "tag" and piece.value == "entry" for piece in pieces)
    ours = any(piece.kind in _LOTS | {"product", "place", "part"} for piece in pieces)
    strange = any(piece.kind == "unknown" for piece in pieces)
    return "history" if entry or (done and ours and not strange and " key " not in text) else None


def _of_expiry(text: str) -> bool:
    return any(f" {word} " in text for word in _WORDS["expiring"]) and text.split()[0] in LEXICON.raw["asking_words"]


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
