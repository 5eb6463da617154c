"""Names that are said in pieces: words of one product beside each other, in any order, are that product."""

from dataclasses import replace
from typing import Final

from assistant.intents.readers.vocabulary import Vocabulary, symbols
from assistant.intents.spot.pieces import Piece

_DOUBT: Final = 0.1
"""Doubt for a name that is put together from words that also name something else."""
_GUESS: Final = 0.3
"""Doubt for a product by one word of its name that it is not called by."""
_NAMED: Final = frozenset({"product", "lot", "tail", "newlot"})
_LOOSE: Final = frozenset({"product", "unknown"})


def whole_names(pieces: list[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """With neighbours that only together name a product made one: `grated parm`, `number nine rye`."""
    kept: list[Piece] = []
    for piece in pieces:
        last = kept[-1] if kept else None
        if (
            last
            and last.end == piece.start
            and {last.kind, piece.kind} <= _LOOSE
            and "product" in {last.kind, piece.kind}
        ):
            whole = _whole(last, piece, vocabulary)
            if whole:
                kept[-1] = whole
                continue
        kept.append(piece)
    return _named_by_word(_named_by_lot(kept, vocabulary), vocabulary)


def _named_by_lot(pieces: list[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """With a word of a product's name beside a lot of it taken for the product: `2 bags skim SP-9034`."""
    kept = [*pieces]
    for at, piece in enumerate(pieces):
        if piece.kind != "unknown" or "product" in {p.kind for p in pieces[max(0, at - 1) : at + 2]}:
            continue
        lots = [p for p in pieces[max(0, at - 1) : at + 2] if p.kind == "lot" and len(p.options) == 1]
        if lots and set(symbols(piece.text)) <= vocabulary.product_words.get(lots[0].options[0], set()):
            sku = lots[0].options[0]
            kept[at] = replace(piece, kind="product", value=sku, options=(sku,), doubt=_DOUBT)
    return kept


def _named_by_word(pieces: list[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """With a word that only one product's name has, beside an amount, taken for it where nothing else is named."""
    if any(piece.kind in _NAMED for piece in pieces):
        return pieces
    kept = [*pieces]
    solid = [at for at, piece in enumerate(pieces) if piece.kind not in {"filler", "mark"} and piece.text != "of"]
    for before, at, after in zip([None, *solid], solid, [*solid[1:], None], strict=False):
        beside = {pieces[i].kind for i in (before, after) if i is not None}
        skus = vocabulary.skus_of_word(pieces[at].text) if pieces[at].kind == "unknown" and "qty" in beside else ()
        if len(skus) == 1:
            kept[at] = replace(pieces[at], kind="product", value=skus[0], options=skus, doubt=_GUESS)
    return kept


def _whole(one: Piece, other: Piece, vocabulary: Vocabulary) -> Piece | None:
    """The one product that both pieces together name."""
    text = f"{one.text} {other.text}"
    words = set(symbols(text))
    named = [sku for piece in (one, other) if piece.kind == "product" for sku in piece.options]
    covered = tuple(dict.fromkeys(sku for sku in named if words <= vocabulary.product_words.get(sku, set())))
    if len(covered) != 1:
        return None
    doubt = max(one.doubt, other.doubt, _DOUBT if one.kind == other.kind else 0.0)
    return replace(one, end=other.end, kind="product", value=covered[0], options=covered, doubt=doubt, text=text)
