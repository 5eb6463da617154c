"""What words without a verb report: two places a move, a place and a quantity a count, goods with a PO a receipt."""

from collections.abc import Sequence

from assistant.intents.frames.scopes import cue_before, features, role_of
from assistant.intents.readers.vocabulary import Vocabulary, compact
from assistant.intents.spot.pieces import Piece


def by_structure(pieces: list[Piece], vocabulary: Vocabulary) -> str | None:
    """The intent of a report without a verb; None when what is said is no report by itself."""
    said = features(pieces, vocabulary)
    places = [at for at, piece in enumerate(pieces) if piece.kind in {"place", "part"}]
    if "quantity" in said:
        intent = _of_goods_outside(pieces, said, vocabulary) or _of_order(pieces, said, places, vocabulary)
        if intent and said & {"goods", "order", "reference", "supplier", "customer"}:
            return intent
    if "goods" not in said:
        return None
    roles = {role_of(cue_before(pieces, at)) for at in places}
    if "to" in roles or _between_two(pieces, places):
        named = any(piece.kind in {"lot", "tail", "product"} for piece in pieces)
        return "move" if named or "quantity" in said or "from" in roles or len(places) > 1 else None
    return "count" if places and "quantity" in said and "from" not in roles else None


def _of_goods_outside(pieces: list[Piece], said: frozenset[str], vocabulary: Vocabulary) -> str | None:
    """Goods that come, go or are lost: told by a reason, a partner or a purchase order."""
    reasons = {vocabulary.reasons[code].kind for p in pieces if p.kind == "reason" for code in p.options}
    if "new" in said and "goods" in said:
        return "adjust"  # "RM1107 should be 13 cs"
    opener = next((piece for piece in pieces if piece.kind not in {"filler", "mark"}), None)
    if reasons == {"adjust"} and "place" in said and opener and opener.kind == "reason" and "minus" not in said:
        signed = any(piece.kind in {"qty", "num"} and piece.value in {"+", "-"} for piece in pieces)
        return None if signed else "count"  # `recount of H1119 in c2-1 gives 138`
    if reasons and "goods" in said:
        return "adjust" if reasons == {"adjust"} else "scrap"
    if "customer" in said:
        return "ship"
    arrives = "in_alone" in said or any(piece.kind == "date" for piece in pieces)
    if "newlot" in said and arrives and "order" not in said:
        return "produce" if _made_here(pieces, vocabulary) else "receive"  # "FT1122 in, 24 cs, D3, expires 1/4"
    bought = any(piece.kind == "ref" and piece.value.startswith("PO") for piece in pieces)
    return "receive" if bought or "supplier" in said else None


def _made_here(pieces: list[Piece], vocabulary: Vocabulary, sku: str | None = None) -> bool:
    """Whether a new lot's code begins as those of a product that is made here; `sku` says of which."""
    begins = {piece.value.rstrip("0123456789-") for piece in pieces if piece.kind == "newlot"}
    made = (
        vocabulary.products.values()
        if sku is None
        else [vocabulary.products[sku]]
        if sku in vocabulary.products
        else []
    )
    return any(product.lot_prefix in begins for product in made if product.lot_prefix)


def _of_order(pieces: list[Piece], said: frozenset[str], places: Sequence[int], vocabulary: Vocabulary) -> str | None:
    at = next((at for at, piece in enumerate(pieces) if piece.kind == "order"), None)
    if at is None:
        return None
    order = vocabulary.orders.get(compact(pieces[at].value))
    if order and any(order.sku in piece.options for piece in pieces if piece.kind == "product"):
        return "produce"  # what an order makes is not what it uses
    if _made_here(pieces, vocabulary, order.sku if order else None):
        return "produce"  # so does a new lot of what it makes
    if "off" in said and "goods" not in said and places:
        return "produce"
    if role_of(cue_before(pieces, at)) == "from" or "back" in said:
        return "produce" if any(piece.kind == "newlot" for piece in pieces) else "return"
    return "produce" if "off" in said and places else "consume"


def _between_two(pieces: list[Piece], places: Sequence[int]) -> bool:
    """Whether goods with a unit stand beside two different places."""
    kinds = {piece.kind for piece in pieces}
    return len({pieces[at].value for at in places}) > 1 and "qty" in kinds and "num" not in kinds
