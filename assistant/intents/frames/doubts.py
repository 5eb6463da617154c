"""Pieces that may be a part of something else, or mean nothing: left out of a report, so that they are asked about."""

from dataclasses import replace
from itertools import pairwise
from typing import Final

from assistant.intents.frames.scopes import GOODS
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.readers.vocabulary import Vocabulary, compact
from assistant.intents.spot.amounts import HEARD_CUES
from assistant.intents.spot.pieces import Piece

_CODES: Final = frozenset({"newlot", "tail", "lot"})
_BRINGING: Final = frozenset({"receive", "produce", "take", "get", "bring"})
_LETTERS: Final = 4
"""Letters before the number of a paper, at most: PO, BOL."""
_LEADS_NOWHERE: Final = frozenset({"num", "cue", "tag", "joint"})


def without_wholes(pieces: list[Piece]) -> list[Piece]:
    """Without what a part is of, and an "all" that only stresses: `3 of the 5 buckets`, `2 cs H1119, all broken`."""
    kept = [*pieces]
    solid = [at for at, piece in enumerate(pieces) if piece.kind != "filler"]
    for first, of, whole in zip(solid, solid[1:], solid[2:], strict=False):
        part, rest = pieces[first], pieces[whole]
        kinds = (part.kind, pieces[of].text, rest.kind)
        if kinds == ("num", "of", "qty") and (part.number or 0) < (rest.number or 0):
            kept[first] = replace(part, kind="qty", unit=rest.unit)
            kept[whole] = replace(rest, kind="filler")
    amounts = any(piece.kind == "qty" for piece in pieces)
    for at, (piece, after) in enumerate(pairwise(pieces)):
        last = after.kind == "verb" and not any(p.kind in GOODS | {"place", "order"} for p in pieces[at + 1 :])
        if piece.kind == "all" and amounts and (after.kind == "reason" or last):
            kept[at] = replace(piece, kind="filler")
        amounts = amounts or piece.kind == "num"
    return kept


def without_remarks(pieces: list[Piece]) -> list[Piece]:
    """Without numbers that are no amounts of what is reported: a temperature, and what is left after it.

    `received 30 cs romaine, temp 36` · `used 3 cs CB1120 on 4475, 13 left`
    """
    kept = [*pieces]
    used = False
    for at, (piece, after) in enumerate(pairwise([*pieces, Piece(0, 0, "mark", "")])):
        before = pieces[at - 1] if at else None
        amount = piece.kind in {"qty", "num"}
        left = after.text in LEXICON.raw["left_over"] or (before is not None and before.text == "leaving")
        warm = piece.kind == "num" and before is not None and before.text in LEXICON.raw["temperatures"]
        if amount and (warm or (used and left)):
            kept[at] = replace(piece, kind="filler")
            stop = min(at + 4, len(pieces)) if left else 0
            for later in range(at + 1, stop):
                if pieces[later].kind == "place":
                    kept[later] = replace(pieces[later], kind="filler")
        used = used or amount
    return kept


def doubtful_codes(pieces: list[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """Without spoken codes that may go on: after them a "to" or "for" leads to a bare number, or to nothing."""
    kept = [*pieces]
    solid = [at for at, piece in enumerate(pieces) if piece.kind not in {"filler", "mark"}]
    for place, at in enumerate(solid[:-1]):
        piece, cue = pieces[at], pieces[solid[place + 1]]
        if _may_lead(piece, cue, vocabulary) and not any(p.value in _BRINGING for p in pieces if p.kind == "verb"):
            kept[at] = replace(piece, kind="unknown")
        if not (piece.kind in _CODES or piece.unproven) or any(mark.isdigit() for mark in piece.text):
            continue
        after = pieces[solid[place + 2]] if place + 2 < len(solid) else None
        if cue.kind != "cue" or cue.value not in {"to", "for"} or (after and after.kind not in _LEADS_NOWHERE):
            continue
        kept[at] = replace(piece, kind="unknown")
        if after and after.kind == "num":
            kept[solid[place + 2]] = replace(after, kind="unknown")
    return kept


def _may_lead(code: Piece, after: Piece, vocabulary: Vocabulary) -> bool:
    """Whether the end of an unknown code may be the word to what follows: `kilo eleven twenty two fresh mart`."""
    if code.kind != "newlot" or after.kind not in {"place", "partner"} or code.text.split()[-1] not in HEARD_CUES:
        return False
    key = compact(code.value)
    return bool(vocabulary.lots.get(key[:-1]) or vocabulary.lots.get(f"{key[:-1]}0"))


def references_meant(pieces: list[Piece]) -> list[Piece]:
    """With letters that mean nothing before a bare number taken for the number of a paper: `…, MR 560`."""
    kept = [*pieces]
    amounts = any(piece.kind == "qty" for piece in pieces)
    for at, (word, number) in enumerate(pairwise(pieces)):
        short = word.kind == "unknown" and word.text.isalpha() and len(word.text) <= _LETTERS
        if amounts and short and number.kind == "num" and len(number.digits or "") > 1:
            value = f"{word.text.upper()} {number.digits}"
            kept[at] = replace(word, end=number.end, kind="ref", value=value, text=f"{word.text} {number.text}")
            kept[at + 1] = replace(number, kind="filler")
    return kept


def doubtful_amounts(pieces: list[Piece]) -> list[Piece]:
    """Without amounts that an unknown word may be part of: `one hun dred and forty bags`, `mnius 40 lb`."""
    kept = [*pieces]
    solid = [at for at, piece in enumerate(pieces) if piece.kind not in {"filler", "mark", "joint"}]
    for place, at in enumerate(solid):
        if pieces[at].kind != "unknown":
            continue
        if place + 1 < len(solid) and pieces[solid[place + 1]].kind == "num" and solid[place + 1] == at + 1:
            kept[at + 1] = replace(pieces[at + 1], kind="unknown")  # `MR 560`
        if not 0 < place < len(solid) - 1:
            continue
        before, after = solid[place - 1], solid[place + 1]
        if pieces[before].kind == "num" and pieces[after].kind in {"unit", "unknown", "qty", "num"}:
            for beside in (before, after):
                if pieces[beside].kind in {"num", "qty"}:
                    kept[beside] = replace(pieces[beside], kind="unknown")
    return kept


def doubtful_places(pieces: list[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """Without a place whose part was named but not understood: `cooler one bay thre`, `cooler one bay there`."""
    kept = [*pieces]
    for at, (place, part) in enumerate(pairwise(pieces)):
        rest = pieces[at + 2] if at + 2 < len(pieces) else None
        if place.kind != "place" or part.text not in LEXICON.place_stops:
            continue
        inner = [inside for inside in vocabulary.places.values() if inside.parent == place.value]
        parts = any(part.text in inside.name.lower().split() for inside in inner)
        if (rest and rest.kind == "unknown") or (parts and (rest is None or rest.kind in {"filler", "mark", "verb"})):
            kept[at] = replace(place, kind="unknown")
    return kept
