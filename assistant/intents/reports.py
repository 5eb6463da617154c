"""From scopes and items to frames: what was reported, also when no verb says so."""

from dataclasses import replace
from typing import Final

from assistant.intents.asking import digits_of
from assistant.intents.colleagues import NAMES
from assistant.intents.items import Item, items, split_off
from assistant.intents.language import LEXICON
from assistant.intents.pieces import Piece
from assistant.intents.reading import POSTING, SLOTS
from assistant.intents.scopes import GOODS, Scope, cue_before, features, resolved, scopes
from assistant.intents.slots import UNKNOWN_LOT, Draft, fill, sign_words, unknown_order
from assistant.intents.structure import by_structure
from assistant.intents.vocabulary import Vocabulary, symbols

_ORDERED: Final = frozenset({"consume", "return", "produce", "start", "finish", "status"})
_AMOUNTS: Final = frozenset({"quantity", "all", "new_quantity"})
_CODES: Final = frozenset({"newlot", "tail", "lot"})
_LEADS_NOWHERE: Final = frozenset({"num", "cue", "tag", "joint"})
_AMOUNTED: Final = frozenset({"receive", "consume", "return", "produce", "count", "adjust", "scrap", "ship"})
_NAMING: Final = frozenset({"product", "lot", "work_order", "entry"})
UNSAID: Final = 0.02
"""Doubt for an intent that no verb names."""


def reports(pieces: list[Piece], vocabulary: Vocabulary) -> list[Draft]:
    """The frames of an utterance that is no question and no correction, in the order said."""
    known = _doubtful_codes(pieces)
    lost = [piece.text for piece, same in zip(pieces, known, strict=True) if piece is not same]
    pieces = _doubtful_places(_doubtful_amounts(known))
    pieces = _reasons_meant(_orders_meant(pieces, vocabulary), vocabulary)
    pieces = _without_purposes(pieces, vocabulary)
    found: list[Draft] = []
    parts = _verbless(pieces, vocabulary)
    if len(parts) == 1 and parts[0].intent is None:
        return _unsaid(parts[0], vocabulary)
    before: list[Item] = []
    lead = _leading_orders(parts)
    told: list[tuple[Scope, list[Item]]] = []
    for scope in parts:
        if scope.intent is None:
            continue
        if scope.intent == "adjust":
            _without_old_count(scope)
        dealt = _scope_items(scope, before, lead)
        if scope.intent == "undo":
            dealt = dealt[:1] or [Item()]
        told += split_off(scope, dealt)
        before = dealt or before
    if not any(piece.kind == "mark" and piece.value in ".;\n" for piece in pieces):
        _share_orders(told)
    for scope, dealt in told:
        found += [draft for item in dealt if (draft := _draft(scope, item, vocabulary))]
    _know_new_lots(found)
    found = _without_echoes(_without_namesakes(found, pieces))
    _doubt_twins(found)
    for draft in found if lost else ():
        draft.unknown += lost
        draft.doubt += 0.5
    return found


def _verbless(pieces: list[Piece], vocabulary: Vocabulary) -> list[Scope]:
    """The scopes, and before them the sentences without a verb that are reports by themselves: `4 cs RM1107 > L2. Tossed …`."""
    verb = next((at for at, piece in enumerate(pieces) if piece.kind == "verb"), 0)
    ends = [at for at in range(verb) if pieces[at].kind == "mark" and pieces[at].value in ".;\n"]
    lead, rest = (pieces[: ends[-1]], pieces[ends[-1] + 1 :]) if ends else ([], pieces)
    kinds = {piece.kind for piece in lead}
    complete = kinds & {"qty", "num"} and kinds & NAMES and "unknown" not in kinds
    intent = by_structure(lead, vocabulary) if complete and any(p.kind in {"qty", "num"} for p in rest) else None
    if intent is None:
        return scopes(pieces, vocabulary)
    return [Scope(lead, intent), *scopes(rest, vocabulary)]


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


def _without_echoes(drafts: list[Draft]) -> list[Draft]:
    """Without frames that report nothing beside the others: of nothing named, or a part of another's words again.

    What such a frame took with it, an amount above all, may belong to the others: they are doubted.
    """
    if not any(draft.slots.keys() & _NAMING or draft.candidates for draft in drafts):
        return drafts
    kept = [draft for draft in drafts if not _is_echo(draft, drafts)]
    lost = [draft for draft in drafts if draft not in kept and draft.slots.keys() & _AMOUNTS]
    for draft in kept if lost else ():
        draft.doubt += 0.4
    return kept


def _know_new_lots(drafts: list[Draft]) -> None:
    """A lot that came in earlier in the same utterance is known."""
    new = {draft.slots.get("lot") for draft in drafts if draft.intent in {"receive", "produce"}}
    for draft in drafts:
        lot = draft.slots.get("lot")
        if lot in new and (name := f"lot {lot}") in draft.unknown:
            draft.unknown.remove(name)
            draft.doubt = max(0.0, draft.doubt - UNKNOWN_LOT)


def _without_namesakes(drafts: list[Draft], pieces: list[Piece]) -> list[Draft]:
    """Without a name, perhaps misspelt, that no amount is said of while there is one of something else of that kind.

    `tossed lemon rolls, 6 cs, silt` may be spilt. What stays is doubted; so is a name that is sure.
    """
    kept = []
    murky = any(piece.kind == "unknown" for piece in pieces)
    for draft in drafts:
        others = [o for o in drafts if o is not draft and o.intent == draft.intent and o.slots.keys() & _AMOUNTS]
        bare = others and draft.intent in _AMOUNTED and not draft.slots.keys() & _AMOUNTS
        if not bare:
            kept.append(draft)
            continue
        if not (draft.doubt or murky):
            kept.append(draft)
        for other in others:
            other.doubt += 0.3
    return kept


def _is_echo(draft: Draft, drafts: list[Draft]) -> bool:
    others = [other for other in drafts if other is not draft]
    stated = draft.slots.keys() | draft.candidates.keys()
    if not others or draft.intent not in POSTING:
        return False
    if not stated & {"product", "lot", "work_order", "entry"} and draft.intent != "undo":
        return True
    if stated & _AMOUNTS or draft.candidates or draft.intent in {"hold", "release", "start", "finish", "undo"}:
        return False
    return any(
        o.intent == draft.intent and o.slots.keys() & _AMOUNTS and draft.slots.items() < o.slots.items() for o in others
    )


def _doubt_twins(drafts: list[Draft]) -> None:
    """Doubts what differs in nothing but its quantity: the second number may be a word misheard."""
    seen: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        rest = sorted((slot, str(value)) for slot, value in draft.slots.items() if slot not in {"quantity", "unit"})
        twin = seen.setdefault((draft.intent, *rest), draft)
        if twin is not draft:
            draft.doubt += 0.4


def correction(pieces: list[Piece], vocabulary: Vocabulary) -> list[Draft]:
    """The slots that a correction changes: `no, exp is 12/9`, `make that line three`."""
    item = Item()
    for found in items(Scope(pieces, "correct")):
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
        trails = at > 0 and pieces[at - 1].kind in GOODS  # `tossed 3 cs muffins burnt and …`
        if intent and not (lost and (trails or not any(p.kind in GOODS for p in pieces[at + 1 :]))):
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


def _scope_items(scope: Scope, before: list[Item], lead: list[tuple[str, Piece]]) -> list[Item]:
    dealt = items(scope)
    pronoun = any(piece.kind == "pronoun" for piece in scope.pieces)
    if not before:
        return dealt
    last = before[-1]
    if not dealt and pronoun:
        dealt = [Item()]
    orders = [pair for pair in last.context if pair[1].kind == "order"] or lead
    for item in dealt:
        borrows = _borrow(scope, item, last, pronoun=pronoun)
        if "order" not in item.kinds() and (pronoun or lead or borrows):
            item.context += orders
    return dealt


def _borrow(scope: Scope, item: Item, last: Item, *, pronoun: bool) -> bool:
    """Gives an item without a name the goods that were spoken of before: `used 4 cs romaine and scrapped 1 cs`."""
    if item.names or not last.names or not (item.amounts or pronoun or scope.intent in {"hold", "release"}):
        return False
    if scope.intent not in {"start", "finish"}:
        for slot in ("product", "lot") if item.amounts else ("product", "lot", "quantity", "all"):
            if slot in last.goods:
                item.goods.setdefault(slot, last.goods[slot])
    return True


def _doubtful_places(pieces: list[Piece]) -> list[Piece]:
    """Without a place whose part was named but not understood: `cooler one bay thre`."""
    kept = [*pieces]
    for at in range(len(pieces) - 2):
        place, part, rest = pieces[at : at + 3]
        if place.kind == "place" and part.text in LEXICON.place_stops and rest.kind == "unknown":
            kept[at] = replace(place, kind="unknown")
    return kept


def _doubtful_codes(pieces: list[Piece]) -> list[Piece]:
    """Without spoken codes that may go on: after them a "to" or "for" leads to a bare number, or to nothing."""
    kept = [*pieces]
    solid = [at for at, piece in enumerate(pieces) if piece.kind not in {"filler", "mark"}]
    for place, at in enumerate(solid[:-1]):
        piece, cue = pieces[at], pieces[solid[place + 1]]
        if not (piece.kind in _CODES or piece.unproven) or any(mark.isdigit() for mark in piece.text):
            continue
        after = pieces[solid[place + 2]] if place + 2 < len(solid) else None
        if cue.kind != "cue" or cue.value not in {"to", "for"} or (after and after.kind not in _LEADS_NOWHERE):
            continue
        kept[at] = replace(piece, kind="unknown")
        if after and after.kind == "num":
            kept[solid[place + 2]] = replace(after, kind="unknown")
    return kept


def _doubtful_amounts(pieces: list[Piece]) -> list[Piece]:
    """Without amounts that an unknown word may be part of: `one hun dred and forty bags`, `mnius 40 lb`."""
    kept = [*pieces]
    solid = [at for at, piece in enumerate(pieces) if piece.kind not in {"filler", "mark", "joint"}]
    for place, at in enumerate(solid):
        if pieces[at].kind != "unknown":
            continue
        if not 0 < place < len(solid) - 1:
            continue
        before, after = solid[place - 1], solid[place + 1]
        if pieces[before].kind == "num" and pieces[after].kind in {"unit", "unknown", "qty", "num"}:
            for beside in (before, after):
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


def _without_old_count(scope: Scope) -> None:
    """Drops what the stock was before: `adjust H1119 from 140 to 138`."""
    amounts = [at for at, piece in enumerate(scope.pieces) if piece.kind in {"num", "qty"}]
    led = {at: cue_before(scope.pieces, at) for at in amounts}
    if "to" in led.values():
        old = {at for at in amounts if led[at] in LEXICON.from_cues}
        scope.pieces = [piece for at, piece in enumerate(scope.pieces) if at not in old]


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


def _unsaid(scope: Scope, vocabulary: Vocabulary) -> list[Draft]:
    """What words without a verb mean, by what is said; a bare value is a correction."""
    intent = by_structure(scope.pieces, vocabulary)
    kinds = [piece.kind for piece in scope.pieces]
    if intent is None:
        several = kinds.count("num") + kinds.count("qty") > 1
        several = several or any(  # "we're out of cilantro"
            piece.kind in GOODS and cue_before(scope.pieces, at) in LEXICON.from_cues
            for at, piece in enumerate(scope.pieces)
        )
        return [] if several or {"unknown", "verb", "person"} & set(kinds) else correction(scope.pieces, vocabulary)
    if intent != "move" and "unknown" in kinds:
        return []  # the word that was not understood may have been the verb
    scope.intent = intent
    found = [draft for item in items(scope) if (draft := _draft(scope, item, vocabulary))]
    for draft in found:
        draft.doubt += UNSAID
    return found
