"""Reports by which one lot becomes another: split, merged, relabelled, repacked; and what a report of before was.

split 4 cs off RM1107 as RM1107-B       ->  lot RM1107, 4 case, new_lot RM1107-B
merged RM1107 and RM1111 into RM1150    ->  lots RM1107 RM1111, new_lot RM1150
repacked 2 cs SC1115 into 12 tubs       ->  lot SC1115, 2 case, 12 tub
"""

from collections.abc import Sequence
from typing import Final

from assistant.intents.frames.items import Item, items
from assistant.intents.frames.scopes import Scope, cue_before, features, resolved
from assistant.intents.frames.slots import Draft, fill, plain
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.readers.vocabulary import Vocabulary
from assistant.intents.reading import POSTING
from assistant.intents.spot.pieces import Piece

CHANGES: Final = frozenset({"split", "merge", "relabel", "repack"})
"""Kinds of report that are of two lots, or of two packs."""
_CODES: Final = frozenset({"lot", "tail", "newlot"})
_AMOUNTS: Final = frozenset({"qty", "num"})
_OFF: Final = frozenset(LEXICON.raw["off_cues"])
_INTO: Final = frozenset(LEXICON.raw["into_cues"])
_BEARING: Final = _CODES | _AMOUNTS | {"order", "product"}
"""Kinds of pieces by which what stands before an undo is something of its own."""
_LINKS: Final = frozenset({"filler", "mark", "tag", "pronoun", "cue", "place", "part", "product"})


def changed(scope: Scope, vocabulary: Vocabulary) -> Draft | None:
    """The frame of a report by which goods get another code or other packs; None where no lot is named."""
    intent = scope.intent or ""
    before, after = _halves(scope.pieces, intent)
    if not any(piece.kind in _CODES for piece in scope.pieces):
        return None
    named = [_code(piece, vocabulary) for piece in before if piece.kind in _CODES]
    new = [_code(piece, vocabulary) for piece in after if piece.kind in _CODES]
    base = [p for p in scope.pieces if p.kind not in _CODES and not (intent == "repack" and p in after)]
    found = items(Scope(base, intent))
    draft = fill(intent, found[0] if found else Item(), vocabulary)
    if intent == "merge":
        draft.slots["lots"] = tuple(named)
        draft.doubt += 0.5 * (len(named) + len(new) < 2)  # noqa: PLR2004 - one lot cannot be merged
    elif named:
        draft.slots["lot"] = named[0]
        draft.doubt += 0.5 * (len(named) > 1)
    if new:
        draft.slots["new_lot"] = new[0]
        draft.doubt += 0.5 * (len(new) > 1)
    elif intent != "repack":
        draft.doubt += 0.3
    if intent == "repack":
        _new_packs(draft, after)
    return draft


def _new_packs(draft: Draft, after: Sequence[Piece]) -> None:
    """In what, and how many of it, goods are after they were repacked."""
    for piece in after:
        if piece.kind in _AMOUNTS and piece.number is not None and "new_quantity" not in draft.slots:
            draft.slots["new_quantity"] = plain(piece.number)
            if piece.unit:
                draft.slots["new_unit"] = piece.unit
        elif piece.kind == "unit":
            draft.slots.setdefault("new_unit", piece.value)
        elif piece.kind == "product":
            draft.put("new_product", piece.options)


def _halves(pieces: list[Piece], intent: str) -> tuple[list[Piece], list[Piece]]:
    """What there was, and what it became: the word between leads to the new."""
    wanted = _CODES | (_AMOUNTS | {"unit"} if intent == "repack" else frozenset())
    for at in range(len(pieces) - 1, 0, -1):
        cue = cue_before(pieces, at)
        if pieces[at].kind in wanted and cue in _INTO and any(p.kind in _CODES for p in pieces[:at]):
            return pieces[:at], pieces[at:]
    codes = [at for at, piece in enumerate(pieces) if piece.kind in _CODES]
    if intent in {"split", "relabel"} and len(codes) > 1:
        if cue_before(pieces, codes[1]) in _OFF:  # `split RM1107B off RM1107`
            return pieces[codes[1] :], pieces[: codes[1]]
        return pieces[: codes[1]], pieces[codes[1] :]
    return pieces, []


def _code(piece: Piece, vocabulary: Vocabulary) -> str:
    if piece.kind == "tail":
        ends = vocabulary.lots_ending(piece.digits or "")
        return ends[0].code if len(ends) == 1 else (piece.digits or "").upper()
    return piece.value.upper() if piece.kind == "newlot" else piece.value


def undone(pieces: list[Piece], vocabulary: Vocabulary) -> Draft | None:
    """The report to take back, as it is described: `undo the move of RM1107`; None where it is not described so."""
    verbs = [at for at, piece in enumerate(pieces) if piece.kind == "verb"]
    first = next((at for at in verbs if _takes_back(pieces[at])), None)
    noun = next((at for at in verbs if first is not None and at > first), None)
    if first is None or noun is None or any(piece.kind in _BEARING for piece in pieces[:first]):
        return None
    if any(piece.kind not in _LINKS for piece in pieces[first + 1 : noun]) or pieces[noun].text in _PRONOUNS:
        return None
    if any(piece.kind == "mark" for piece in pieces[first + 1 : noun]):
        return None
    intent = resolved(pieces[noun], features(pieces[noun:], vocabulary))[0]
    if intent is None or intent not in POSTING:
        return None
    described = [*pieces[first + 1 : noun], *pieces[noun + 1 :]]
    found = items(Scope(described, "undo"))
    draft = fill("undo", found[0] if found else Item(), vocabulary)
    draft.slots["kind"] = intent
    draft.doubt += 0.5 * (len(found) > 1)
    return draft


_PRONOUNS: Final = frozenset(LEXICON.raw["pronouns"])


def _takes_back(piece: Piece) -> bool:
    return piece.value == "undo" or (piece.value == "return" and piece.text in LEXICON.raw["take_backs"])
