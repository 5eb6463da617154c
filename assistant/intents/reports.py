"""From scopes and items to frames: what was reported, also when no verb says so."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from assistant.intents.asking import digits_of
from assistant.intents.items import Item, items
from assistant.intents.language import LEXICON
from assistant.intents.pieces import Piece
from assistant.intents.reading import POSTING, SLOTS
from assistant.intents.scopes import GOODS, Scope, cue_before, features, resolved, role_of, scopes
from assistant.intents.slots import Draft, fill, sign_words, unknown_order
from assistant.intents.vocabulary import Vocabulary, symbols

_ORDERED: Final = frozenset({"consume", "return", "produce", "start", "finish", "status"})
_BARE: Final = frozenset({"start", "finish", "undo", "hold", "release"})


def reports(pieces: list[Piece], vocabulary: Vocabulary) -> list[Draft]:
    """The frames of an utterance that is no question and no correction, in the order said."""
    pieces = _doubtful_amounts(pieces)
    pieces = _reasons_meant(_orders_meant(pieces, vocabulary), vocabulary)
    found: list[Draft] = []
    parts = scopes(pieces, vocabulary)
    if len(parts) == 1 and parts[0].intent is None:
        return _implied(parts[0], vocabulary)
    before: list[Item] = []
    lead = _leading_orders(parts)
    told: list[tuple[Scope, list[Item]]] = []
    for scope in parts:
        if scope.intent is None:
            continue
        dealt = _scope_items(scope, vocabulary, before, lead)
        if scope.intent == "undo":
            dealt = dealt[:1] or [Item()]
        told.append((scope, dealt))
        before = dealt or before
    if not any(piece.kind == "mark" and piece.value in ".;\n" for piece in pieces):
        _share_orders(told)
    for scope, dealt in told:
        found += [draft for item in dealt if (draft := _draft(scope, item, vocabulary))]
    return found


def correction(pieces: list[Piece], vocabulary: Vocabulary) -> list[Draft]:
    """The slots that a correction changes: `no, exp is 12/9`, `make that line three`."""
    item = Item()
    for found in items(Scope(pieces, "correct"), vocabulary):
        for slot, piece in found.goods.items():
            item.goods[slot] = piece
        item.context += [pair for pair in found.context if pair not in item.context]
    draft = fill("correct", item, vocabulary)
    unit = next((piece.value for piece in pieces if piece.kind == "unit"), None)
    if unit:
        draft.slots.setdefault("unit", unit)
    return [draft] if draft.slots or draft.candidates else []


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
        if intent and not (lost and not any(p.kind in GOODS for p in pieces[at + 1 :])):
            lost = lost or intent in {"scrap", "adjust"}
            continue
        codes = _reason_codes(piece.text, vocabulary)
        if codes:
            pieces = [*pieces]
            pieces[at] = replace(piece, kind="reason", value=codes[0] if len(codes) == 1 else "", options=codes)
    return pieces


def _reason_codes(phrase: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    node = vocabulary.trie
    for word in symbols(phrase):
        node = node.get(word, {})
    return tuple(value for kind, value, _ in node.get(None, ()) if kind == "reason")


def _share_orders(found: list[tuple[Scope, list[Item]]]) -> None:
    """The only work order of a sentence stands over what was used, returned and made in it."""
    orders = {piece.value for _, dealt in found for item in dealt for _, piece in item.context if piece.kind == "order"}
    if len(orders) != 1:
        return
    pair = next(pair for _, dealt in found for item in dealt for pair in item.context if pair[1].kind == "order")
    for scope, dealt in found:
        for item in dealt:
            if scope.intent in _ORDERED and "order" not in item.kinds():
                item.context.append(pair)


def _leading_orders(parts: list[Scope]) -> list[tuple[str, Piece]]:
    """A work order named before anything else stands over the whole utterance."""
    for piece in parts[0].pieces:
        if piece.kind == "order":
            return [("", piece)]
        if piece.kind not in {"filler", "mark", "cue", "joint"}:
            break
    return []


def _scope_items(scope: Scope, vocabulary: Vocabulary, before: list[Item], lead: list[tuple[str, Piece]]) -> list[Item]:
    dealt = items(scope, vocabulary)
    pronoun = any(piece.kind == "pronoun" for piece in scope.pieces)
    if not before:
        return dealt
    last = before[-1]
    if not dealt and pronoun:
        dealt = [Item()]
    for item in dealt:
        kinds = item.kinds()
        if not item.names and last.names and (item.amounts or pronoun or scope.intent in {"hold", "release"}):
            if "order" not in kinds or item.amounts or pronoun:
                for slot in ("product", "lot") if item.amounts else ("product", "lot", "quantity", "all"):
                    if slot in last.goods and scope.intent not in {"start", "finish"}:
                        item.goods.setdefault(slot, last.goods[slot])
                kinds |= {"borrowed"}
        orders = [pair for pair in last.context if pair[1].kind == "order"] or lead
        if "order" not in kinds and orders and (pronoun or lead or "borrowed" in kinds):
            item.context += orders
    return dealt


def _doubtful_amounts(pieces: list[Piece]) -> list[Piece]:
    """Without amounts that an unknown word may be part of: `one hun dred and forty bags`, `mnius 40 lb`."""
    kept = [*pieces]
    solid = [at for at, piece in enumerate(pieces) if piece.kind not in {"filler", "mark", "joint"}]
    for place, at in enumerate(solid):
        if pieces[at].kind != "unknown":
            continue
        near = [solid[place + step] for step in (-1, 1) if 0 <= place + step < len(solid)]
        if (
            len(near) == 2
            and pieces[near[0]].kind == "num"
            and pieces[near[1]].kind in {"unit", "unknown", "qty", "num"}
        ):
            for beside in near:
                if pieces[beside].kind in {"num", "qty"}:
                    kept[beside] = replace(pieces[beside], kind="unknown")
    return kept


def _draft(scope: Scope, item: Item, vocabulary: Vocabulary) -> Draft | None:
    intent = scope.intent or ""
    if intent not in SLOTS:
        return None
    sign = _adjust_sign(scope, item, vocabulary) if intent == "adjust" else ""
    draft = fill(intent, item, vocabulary, sign)
    if scope.reason and "reason" not in draft.slots:
        _implied_reason(draft, scope.reason, vocabulary)
    if sign == "?":
        draft.slots.pop("quantity", None)
    stated = draft.slots.keys() | draft.candidates.keys()
    if intent == "undo":
        _entry(draft, scope.pieces)
        return draft
    if intent in {"start", "finish"}:
        return draft if "work_order" in stated else None
    if not stated & {"product", "lot", "quantity", "all", "new_quantity"}:
        return None
    if intent in {"hold", "release"} and not stated & {"lot", "product"}:
        return None
    return draft


def _adjust_sign(scope: Scope, item: Item, vocabulary: Vocabulary) -> str:
    piece = item.goods.get("quantity")
    if piece is None:
        return ""
    at = scope.pieces.index(piece) if piece in scope.pieces else 0
    before = [p for p in scope.pieces[max(0, at - 3) : at] if p.kind not in {"filler", "mark"}]
    if before and before[-1].kind == "unknown":
        return "?"
    if piece.number is not None and piece.value in {"-", "+"}:
        return ""
    if before and (
        before[-1].kind == "new" or (before[-1].kind == "cue" and before[-1].value == "to" and not scope.sign)
    ):
        return "new"
    if scope.sign:
        return "-" if scope.sign == "-" else ""
    words = sign_words(features(scope.pieces, vocabulary))
    if words:
        return words
    return "-" if _is_sample(item, vocabulary) else ""


def _is_sample(item: Item, vocabulary: Vocabulary) -> bool:
    words = set(LEXICON.reasons["sample"]["words"])
    for _, piece in item.context:
        for code in piece.options if piece.kind == "reason" else ():
            reason = vocabulary.reasons[code]
            names = {word for name in (reason.code, reason.name, *reason.aliases) for word in name.lower().split()}
            if names & words and reason.kind == "adjust":
                return True
    return False


def _implied_reason(draft: Draft, word: str, vocabulary: Vocabulary) -> None:
    codes = _reason_codes(word, vocabulary)
    if len(codes) == 1:
        draft.put("reason", codes)


def _entry(draft: Draft, pieces: list[Piece]) -> None:
    for piece in pieces:
        if piece.kind == "num" and piece.number == 1 and not any(p.kind == "tag" for p in pieces):
            continue  # "my last one"
        if piece.kind in {"num", "tail", "order", "newlot", "qty", "date"} and (number := digits_of(piece)):
            draft.slots["entry"] = number
            return


def _implied(scope: Scope, vocabulary: Vocabulary) -> list[Draft]:
    """What words without a verb mean: two places are a move, a place and a quantity a count, a bare value a correction."""
    intent = _by_structure(scope, vocabulary)
    if intent not in {None, "move"} and any(piece.kind == "unknown" for piece in scope.pieces):
        return []  # the word that was not understood may have been the verb
    if intent is None:
        unknown = any(piece.kind in {"unknown", "verb", "person"} for piece in scope.pieces)
        several = sum(piece.kind in {"num", "qty"} for piece in scope.pieces) > 1
        return [] if unknown or several else correction(scope.pieces, vocabulary)
    scope.intent, scope.implied = intent, True
    found = []
    for item in items(scope, vocabulary):
        draft = _draft(scope, item, vocabulary)
        if draft:
            draft.doubt += 0.02
            found.append(draft)
    return found


def _by_structure(scope: Scope, vocabulary: Vocabulary) -> str | None:
    said = features(scope.pieces, vocabulary)
    kinds = {piece.kind for piece in scope.pieces}
    places = [at for at, piece in enumerate(scope.pieces) if piece.kind in {"place", "part"}]
    roles = {role_of(cue_before(scope.pieces, at)) for at in places}
    reasons = {vocabulary.reasons[code].kind for p in scope.pieces if p.kind == "reason" for code in p.options}
    amount = "quantity" in said
    goods = "goods" in said
    if not goods and not (amount and said & {"order", "reference", "supplier", "customer"}):
        return None
    if amount and reasons:
        return "adjust" if reasons == {"adjust"} else "scrap"
    if "customer" in said and amount:
        return "ship"
    if amount and (
        "supplier" in said
        or ("ref" in kinds and any(p.value.startswith("PO") for p in scope.pieces if p.kind == "ref"))
    ):
        return "receive"
    if "order" in said and amount:
        order = next(at for at, piece in enumerate(scope.pieces) if piece.kind == "order")
        if role_of(cue_before(scope.pieces, order)) == "from" or "back" in said:
            return "return"
        return "produce" if "off" in said and places else "consume"
    if "to" in roles or (
        len(places) > 1 and len({scope.pieces[at].value for at in places}) > 1 and "qty" in kinds and "num" not in kinds
    ):
        return "move" if amount or "from" in roles or len(places) > 1 else None
    if places and amount and goods and "from" not in roles:
        return "count"
    return None


__all__ = ["POSTING", "Decimal", "correction", "reports"]
