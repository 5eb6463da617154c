"""Names that are said in pieces: words of one product beside each other, in any order, are that product."""

from dataclasses import replace
from typing import Final

from assistant.intents.pieces import Piece
from assistant.intents.vocabulary import Vocabulary, symbols

_DOUBT: Final = 0.1
"""Doubt for a name that is put together from words that also name something else."""
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
