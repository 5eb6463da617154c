"""From scopes and items to frames: what was reported, also when no verb says so."""

from dataclasses import replace
from itertools import pairwise
from typing import Final

from assistant.intents.frames.account import Trail
from assistant.intents.frames.echoes import doubt_twins, know_new_lots, without_echoes, without_namesakes
from assistant.intents.frames.items import Item, items, sku_of, split_off
from assistant.intents.frames.lot_changes import CHANGES, changed, undone
from assistant.intents.frames.questions import digits_of
from assistant.intents.frames.scopes import GOODS, Scope, cue_before, features, scopes
from assistant.intents.frames.sift import reason_codes, sifted
from assistant.intents.frames.slots import Draft, fill, sign_words
from assistant.intents.frames.verbless import by_structure
from assistant.intents.judge.colleagues import NAMES
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.readers.vocabulary import Vocabulary, compact
from assistant.intents.reading import SLOTS
from assistant.intents.spot.pieces import Piece
from assistant.report_kinds import REPORT_KINDS

_ORDERED: Final = frozenset({"consume", "return", "produce", "start", "finish", "status"})

_AMOUNTS: Final = frozenset({"quantity", "all", "new_quantity"})

_GOODS: Final = frozenset({"product", "lot", "quantity", "all", "new_quantity", "sscc"})

_LEAST: Final = {intent: frozenset({"lot", "product"}) for intent in ("hold", "release")}
"""What a frame must state, one of it at least, to be one."""

UNSAID: Final = 0.02
"""Doubt for an intent that no verb names."""


def reports(pieces: list[Piece], vocabulary: Vocabulary, trail: Trail) -> list[Draft]:
    """The frames of an utterance that is no question and no correction, in the order said."""
    pieces, lost = sifted(pieces, vocabulary, trail)
    undo = undone(pieces, vocabulary)
    if undo is not None:
        return [undo]
    parts = _verbless(pieces, vocabulary)
    if len(parts) == 1 and parts[0].intent is None:
        cued = any(step.name == "corrected" for step in trail.passes)
        return _unsaid(parts[0], vocabulary, cued=cued)
    told = _told(parts)
    if not any(piece.kind == "mark" and piece.value in ".;\n" for piece in pieces):
        _share_orders(told)
    _share_counted_place(told)
    found = [draft for scope, dealt in told for draft in _drafts(scope, dealt, vocabulary)]
    know_new_lots(found)
    found = without_echoes(without_namesakes(found, pieces))
    doubt_twins(found)
    _doubt_halves(found)
    _doubt_lines(found, pieces)
    for draft in found if lost else ():
        draft.unknown += lost
        draft.doubt += 0.5
    return [] if any(draft.planned for draft in found) else found


def _doubt_halves(found: list[Draft]) -> None:
    """An undo that describes nothing, beside a report without an amount, may be of what that report names."""
    if len(found) > 1 and any(draft.intent == "undo" and not draft.slots for draft in found):
        for draft in found:
            moves = draft.intent in REPORT_KINDS and REPORT_KINDS[draft.intent].moves
            draft.doubt += 0.5 * (moves and not draft.slots.keys() & {"quantity", "new_quantity", "all"})


def _doubt_lines(found: list[Draft], pieces: list[Piece]) -> None:
    """Of several lines with partners or papers of their own it is doubtful which belong to which goods."""
    lines = any(piece.kind == "mark" and "\n" in piece.value for piece in pieces)
    several = any(len({p.value for p in pieces if p.kind == kind}) > 1 for kind in ("partner", "ref"))
    for draft in found if lines and several and len(found) > 1 else ():
        draft.doubt += 0.5


def _told(parts: list[Scope]) -> list[tuple[Scope, list[Item]]]:
    """The scopes that tell something, each with its items."""
    before: list[Item] = []
    lead = _leading_orders(parts)
    told: list[tuple[Scope, list[Item]]] = []
    for scope in parts:
        if scope.intent in CHANGES:
            told.append((scope, []))
        elif scope.intent is not None:
            if scope.intent == "adjust":
                _without_old_count(scope)
            elif scope.intent == "count":
                _without_expected(scope)
            dealt = _scope_items(scope, before, lead, after=told[-1][0].intent if told else None)
            if scope.intent == "undo":
                dealt = dealt[:1] or [Item()]
            told += split_off(scope, dealt)
            before = dealt or before
    return told


def _drafts(scope: Scope, dealt: list[Item], vocabulary: Vocabulary) -> list[Draft]:
    if scope.intent in CHANGES:
        change = changed(scope, vocabulary)
        return [change] if change is not None else []
    return [draft for item in dealt if (draft := _draft(scope, item, vocabulary))]


def _verbless(pieces: list[Piece], vocabulary: Vocabulary) -> list[Scope]:
    """The scopes, and before them sentences without a verb that are reports: `4 cs RM1107 > L2. Tossed …`."""
    verb = next((at for at, piece in enumerate(pieces) if piece.kind == "verb"), 0)
    ends = [at for at in range(verb) if pieces[at].kind == "mark" and pieces[at].value in ".;\n"]
    lead, rest = (pieces[: ends[-1]], pieces[ends[-1] + 1 :]) if ends else ([], pieces)
    kinds = {piece.kind for piece in lead}
    complete = kinds & {"qty", "num"} and kinds & NAMES and "unknown" not in kinds
    intent = by_structure(lead, vocabulary) if complete and any(p.kind in {"qty", "num"} for p in rest) else None
    if intent is None:
        return scopes(pieces, vocabulary)
    return [Scope(lead, intent), *scopes(rest, vocabulary)]


def correction(pieces: list[Piece], vocabulary: Vocabulary) -> list[Draft]:
    """The slots that a correction changes: `no, exp is 12/9`, `make that line three`."""
    item = Item()
    for found in items(Scope(pieces, "correct")):
        for slot, piece in found.goods.items():
            item.goods[slot] = piece
        item.context += [pair for pair in found.context if pair not in item.context]
    draft = fill("correct", item, vocabulary)
    if draft.slots.keys() == {"product"} and any(piece.kind == "product" and piece.doubt for piece in pieces):
        draft.doubt += 0.5  # `man it's cold in here` sounds like "container"
    unit = next((piece.value for piece in pieces if piece.kind == "unit"), None)
    if unit:
        draft.slots.setdefault("unit", unit)
    return [draft] if draft.slots or draft.candidates else []


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


def _share_counted_place(told: list[tuple[Scope, list[Item]]]) -> None:
    """A place that was counted stands over the next count without one: `c1-01 holds 14 cs, 3 cs chicken counted`."""
    for (before, earlier), (scope, dealt) in pairwise(told):
        places = [pair for item in earlier for pair in item.context if pair[1].kind == "place"]
        for item in dealt if before.intent == scope.intent == "count" else ():
            if "place" not in item.kinds():
                item.context += places[-1:]


def _leading_orders(parts: list[Scope]) -> list[tuple[str, Piece]]:
    """A work order named before anything else stands over the whole utterance."""
    for piece in parts[0].pieces:
        if piece.kind == "order":
            return [("", piece)]
        if piece.kind not in {"filler", "mark", "cue", "joint"}:
            break
    return []


def _scope_items(scope: Scope, before: list[Item], lead: list[tuple[str, Piece]], after: str | None) -> list[Item]:
    dealt = items(scope)
    pronoun = any(piece.kind == "pronoun" for piece in scope.pieces) or _finishes_it(scope)
    if not before:
        return dealt
    last = before[-1]
    if not dealt and pronoun:
        dealt = [Item()]
    orders = [pair for pair in last.context if pair[1].kind == "order"] or lead
    for item in dealt:
        borrows = _borrow(scope, item, last, pronoun=pronoun, other=_crosses(after, scope.intent))
        if "order" not in item.kinds() and (pronoun or lead or borrows):
            item.context += orders
    return dealt


def _finishes_it(scope: Scope) -> bool:
    """Whether the order that was spoken of is started or finished: `made 20 cs on 4474, close it out`."""
    words = {word for p in scope.pieces if p.kind in {"verb", "filler"} for word in p.text.removesuffix("'s").split()}
    return scope.intent in {"start", "finish"} and bool(words & {*LEXICON.raw["pronouns"]})


def _crosses(before: str | None, intent: str | None) -> bool:
    """Whether one report is of what went into an order and the other of what it made."""
    return "produce" in {before, intent} and bool({before, intent} & {"consume", "return"})


def _borrow(scope: Scope, item: Item, last: Item, *, pronoun: bool, other: bool) -> bool:
    """Gives an item without a name the goods that were spoken of before: `used 4 cs romaine and scrapped 1 cs`.

    Of goods that are `other` only the order goes over: what an order made is not what went into it.
    """
    if item.names or not last.names or not (item.amounts or pronoun or scope.intent in {"hold", "release"}):
        return False
    if scope.intent not in {"start", "finish"} and not other:
        for slot in ("product", "lot") if item.amounts else ("product", "lot", "quantity", "all"):
            if slot in last.goods and slot not in item.goods:
                item.goods[slot] = last.goods[slot]
                item.borrowed.add(slot)
    return True


def _draft(scope: Scope, item: Item, vocabulary: Vocabulary) -> Draft | None:
    intent = scope.intent or ""
    if intent not in SLOTS:
        return None
    sign = _adjust_sign(scope, item, vocabulary) if intent == "adjust" else ""
    draft = fill(intent, item, vocabulary, sign)
    other = _other_side(draft, scope, item, vocabulary)
    if other:
        return _draft(replace(scope, intent=other), item, vocabulary)
    draft.retold = not (item.goods.keys() - item.borrowed - {"quantity"})
    if scope.reason and "reason" not in draft.slots:
        _implied_reason(draft, scope.reason, vocabulary)
    if sign == "?":
        draft.slots.pop("quantity", None)
    stated = draft.slots.keys() | draft.candidates.keys()
    if intent == "undo":
        _described(draft, scope.pieces)
        return draft
    order = vocabulary.orders.get(compact(str(draft.slots.get("work_order", ""))))
    if order and _is_output(draft, item, order.sku):
        return None
    if not stated & _AMOUNTS and _says_too_little(intent, scope, stated):
        return None
    if intent == "adjust" and _is_unsigned(draft, sign, scope):
        draft.doubt += 0.3
    return draft if stated & _least(intent) else None


def _least(intent: str) -> frozenset[str]:
    """Slots of which a frame states at least one: the goods, or all that a kind without goods is about."""
    kind = REPORT_KINDS.get(intent)
    own = frozenset(kind.says.split()) if kind else frozenset[str]()
    if own and not own & _GOODS:
        return own
    return _LEAST.get(intent, _GOODS)


def _is_unsigned(draft: Draft, sign: str, scope: Scope) -> bool:
    """Whether nothing says if stock is more or less than it was: `relabeled 4 cs`."""
    piece = next((p for p in scope.pieces if p.kind in {"qty", "num"}), None)
    marked = piece is not None and piece.value in {"-", "+"}
    more = any(piece.text in LEXICON.raw["more_words"] for piece in scope.pieces)
    return "quantity" in draft.slots and not (sign or scope.sign or marked or more)


def _says_too_little(intent: str, scope: Scope, stated: set[str]) -> bool:
    """Whether a frame without an amount is none: stock that is only spoken of, a lot that is only said to be used."""
    verb = scope.verb.text if scope.verb else ""
    if intent == "count":
        return not verb.startswith(tuple(LEXICON.raw["counting"]))
    opener = next((piece for piece in scope.pieces if piece.kind not in {"filler", "mark"}), None)
    return intent == "consume" and "work_order" not in stated and opener is not scope.verb


def _other_side(draft: Draft, scope: Scope, item: Item, vocabulary: Vocabulary) -> str | None:
    """What a use or an output is instead, where the goods can only be of the other side of an order."""
    if draft.intent == "consume" and _is_new_output(scope, item, vocabulary):
        return "produce"
    return "consume" if draft.intent == "produce" and _is_input(draft, item, vocabulary) else None


def _is_input(draft: Draft, item: Item, vocabulary: Vocabulary) -> bool:
    """Whether a lot on hand is of something else than its order makes: `made 20 cs kits from 4 cs RM1107 on 4474`."""
    order = vocabulary.orders.get(compact(str(draft.slots.get("work_order", ""))))
    lot = item.goods.get("lot")
    if order is None or lot is None or lot.kind != "lot" or draft.slots.get("product", order.sku) != order.sku:
        return False
    return order.sku not in lot.options


def _is_new_output(scope: Scope, item: Item, vocabulary: Vocabulary) -> bool:
    """Whether what was mixed, cut or blended is a new lot of a product made here: `mixed 1250 lb brat mix BM327`."""
    lot, product = item.goods.get("lot"), item.goods.get("product")
    uses = scope.verb is None or scope.verb.text.startswith(tuple(LEXICON.raw["using_up"]))
    if uses or not lot or lot.kind != "newlot" or not product or len(product.options) != 1:
        return False
    prefix = vocabulary.products[product.options[0]].lot_prefix
    return bool(prefix) and lot.value.rstrip("0123456789-") == prefix


def _is_output(draft: Draft, item: Item, sku: str) -> bool:
    """Whether a use only names what its order makes; what an order did not make is doubted as its output.

    `seed loaves 60314: used 5 bags T65` · `used CRM/318 churning butter on 2105`
    """
    made = _made_of(sku, item)
    draft.doubt += 0.5 * (draft.intent in {"produce", "finish"} and not made)  # what was finished may be used up
    if draft.intent != "consume" or draft.slots.get("product") != sku:
        return False
    lot = item.goods.get("lot")
    if lot and sku_of(lot) - {sku}:
        del draft.slots["product"]
        draft.doubt -= 0.5
    return made and not draft.slots.keys() & (_AMOUNTS | {"lot"})


def _made_of(sku: str, item: Item) -> bool:
    """Whether goods can be what an order makes."""
    return all(sku in sku_of(piece) for piece in item.goods.values() if sku_of(piece))


def _without_old_count(scope: Scope) -> None:
    """Drops what the stock was before: `adjust H1119 from 140 to 138`."""
    amounts = [at for at, piece in enumerate(scope.pieces) if piece.kind in {"num", "qty"}]
    led = {at: cue_before(scope.pieces, at) for at in amounts}
    if "to" in led.values():
        old = {at for at in amounts if led[at] in LEXICON.from_cues}
        scope.pieces = [piece for at, piece in enumerate(scope.pieces) if at not in old]


def _without_expected(scope: Scope) -> None:
    """Drops what a count should have been: `count 19 jars, should be 22`."""
    amounts = [at for at, piece in enumerate(scope.pieces) if piece.kind in {"num", "qty"}]
    expected = {at for at in amounts if at and scope.pieces[at - 1].kind == "new"}
    if expected and len(amounts) > len(expected):
        scope.pieces = [piece for at, piece in enumerate(scope.pieces) if at not in expected]


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
    if not scope.sign and any(p.kind == "new" and p.text == "set" for p in scope.pieces[:at]):
        return "new"
    if before and (
        before[-1].kind == "new" or (before[-1].kind == "cue" and before[-1].value in {"to", "up to", "down to"})
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
    codes = reason_codes(word, vocabulary)
    if len(codes) == 1:
        draft.put("reason", codes)


def _described(draft: Draft, pieces: list[Piece]) -> None:
    """Which report is to be taken back: the one with that number, else the one of those goods, else the last one."""
    _entry(draft, pieces)
    if "entry" in draft.slots or "unit" not in draft.slots:
        draft.slots.pop("quantity", None)
    if "entry" in draft.slots:
        draft.slots = {"entry": draft.slots["entry"]}
        draft.candidates.clear()


def _entry(draft: Draft, pieces: list[Piece]) -> None:
    tagged = any(piece.kind == "tag" for piece in pieces)
    for at, piece in enumerate(pieces):
        if piece.kind in {"num", "qty"} and not tagged and any("last" in p.text.split() for p in pieces[:at]):
            draft.doubt += 0.5 * (piece.number != 1)  # "my last one"; but of "the last 2" which?
            continue
        if piece.kind in {"num", "tail", "order", "newlot", "qty", "date"} and (number := digits_of(piece)):
            draft.slots["entry"] = number
            return


_BESIDE_VALUES: Final = frozenset(LEXICON.raw["beside_values"])


def _may_correct(pieces: list[Piece]) -> bool:
    """Whether values alone can be meant to replace those of a report."""
    kinds = [piece.kind for piece in pieces]
    several = kinds.count("num") + kinds.count("qty") > 1
    several = several or any(  # "we're out of cilantro"
        piece.kind in GOODS and cue_before(pieces, at) in LEXICON.from_cues for at, piece in enumerate(pieces)
    )
    several = several or ("num" in kinds and "reason" in kinds)  # `seven eight nine testing`
    return not (several or pieces[-1].text == "of" or {"unknown", "verb", "person", "ask"} & set(kinds))


def _bare(pieces: list[Piece]) -> bool:
    """Whether nothing but courtesies and links stands beside the values: `RM1111 next` corrects nothing."""
    return {piece.text for piece in pieces if piece.kind in {"filler", "joint"}} <= _BESIDE_VALUES


def _unsaid(scope: Scope, vocabulary: Vocabulary, *, cued: bool) -> list[Draft]:
    """What words without a verb mean, by what is said; a value that is bare, or `cued` by a no, is a correction."""
    intent = by_structure(scope.pieces, vocabulary)
    if intent is None:
        return (
            correction(scope.pieces, vocabulary) if _may_correct(scope.pieces) and (cued or _bare(scope.pieces)) else []
        )
    if intent != "move" and any(piece.kind == "unknown" for piece in scope.pieces):
        return []  # the word that was not understood may have been the verb
    scope.intent = intent
    found = [draft for item in items(scope) if (draft := _draft(scope, item, vocabulary))]
    for draft in found:
        draft.doubt += UNSAID
    return found
