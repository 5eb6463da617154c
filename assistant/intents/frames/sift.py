"""Sets aside what is no part of a report (papers, remarks, wholes, purposes), or may be one of something else."""

from dataclasses import replace

from assistant.intents.frames.account import Trail
from assistant.intents.frames.doubts import (
    doubtful_amounts,
    doubtful_codes,
    doubtful_places,
    references_meant,
    without_remarks,
    without_wholes,
)
from assistant.intents.frames.scopes import GOODS, cue_before, features, resolved
from assistant.intents.frames.slots import unknown_order
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.readers.vocabulary import Vocabulary, symbols
from assistant.intents.spot.pieces import Piece


def sifted(pieces: list[Piece], vocabulary: Vocabulary, trail: Trail) -> tuple[list[Piece], list[str]]:
    """The pieces without what is no part of a report, and the words that may be a part of something else."""
    pieces = trail.step("references", pieces, references_meant(pieces))
    pieces = trail.step("remarks", pieces, without_remarks(pieces))
    pieces = trail.step("wholes", pieces, without_wholes(pieces))
    known = doubtful_places(doubtful_codes(pieces, vocabulary), vocabulary)
    lost = [piece.text for piece, same in zip(pieces, known, strict=True) if piece is not same]
    pieces = trail.step("doubtful", pieces, doubtful_amounts(known))
    pieces = trail.step("orders", pieces, _orders_meant(pieces, vocabulary))
    pieces = trail.step("reasons", pieces, _reasons_meant(pieces, vocabulary))
    return trail.step("purposes", pieces, _without_purposes(pieces, vocabulary)), lost


def _without_purposes(pieces: list[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """Without what something was used for, which is no report: `used 480 lb HB1121 to fill hummus on 4472`."""
    said = features(pieces, vocabulary)
    kept = [*pieces]
    for at in range(1, len(pieces)):
        piece, before = pieces[at], pieces[at - 1]
        if piece.kind != "verb" or before.text not in LEXICON.raw["purpose"] or resolved(piece, said)[0] != "produce":
            continue
        stop = next((i for i in range(at + 1, len(pieces)) if pieces[i].kind in {"joint", "mark", "verb"}), len(pieces))
        uses = any(p.kind == "verb" and resolved(p, said)[0] == "consume" for p in pieces[:at])
        if not uses or any(p.kind in {"qty", "num", "all"} for p in pieces[at + 1 : stop]):
            continue
        for i in range(at, stop):
            if i == at or pieces[i].kind in {"product", "unit"}:
                kept[i] = replace(pieces[i], kind="filler")
    return kept


def _orders_meant(pieces: list[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """A bare number of an order's length after "on" or "for" is an order, though the plant does not know it."""
    if any(piece.kind == "order" for piece in pieces):
        return pieces
    amounts = sum(piece.kind in {"qty", "all"} for piece in pieces)
    for at, piece in enumerate(pieces):
        if (
            piece.kind == "num"
            and piece.digits
            and amounts
            and cue_before(pieces, at) in {"on", "for", "into", "against", "off", "to"}
        ):
            number = unknown_order(vocabulary, piece.digits)
            if number:
                pieces = [*pieces]
                pieces[at] = replace(piece, kind="order", value=number, options=(number,), unproven=True)
    return pieces


def _reasons_meant(pieces: list[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """A verb that tells nothing here but names a reason is that reason: `dropped one tub, scrap it`."""
    said = features(pieces, vocabulary)
    lost = False
    for at, piece in enumerate(pieces):
        if piece.kind != "verb":
            continue
        intent = resolved(piece, said)[0]
        trails = at > 0 and pieces[at - 1].kind in GOODS  # `tossed 3 cs muffins burnt and …`
        if intent and not (lost and (trails or not any(p.kind in GOODS for p in pieces[at + 1 :]))):
            lost = lost or intent in {"scrap", "adjust"}
            continue
        codes = reason_codes(piece.text, vocabulary)
        if codes:
            pieces = [*pieces]
            pieces[at] = replace(piece, kind="reason", value=codes[0] if len(codes) == 1 else "", options=codes)
    return pieces


def reason_codes(phrase: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The plant's reasons that a phrase names."""
    node = vocabulary.trie
    for word in symbols(phrase):
        node = node.get(word, {})
    return tuple(value for kind, value, _ in node.get(None, ()) if kind == "reason")
