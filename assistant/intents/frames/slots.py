"""Fills an intent's slots from an item: canonical codes, plain decimals, and doubt where something does not fit."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from assistant.intents.frames.items import Item
from assistant.intents.frames.scan_slots import add_scanned
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.readers.dates import Day
from assistant.intents.readers.vocabulary import Vocabulary
from assistant.intents.reading import SLOTS, Frame, Value
from assistant.intents.spot.pieces import Piece
from assistant.report_kinds import REPORT_KINDS

_NEW_LOTS: Final = frozenset({"receive", "produce"})
UNKNOWN_LOT: Final = 0.3
"""Doubt for a lot that the plant does not know, where only known ones can be."""
_SIGNED: Final = frozenset({"adjust"})


@dataclass(slots=True)
class Draft:
    """A frame in the making."""

    intent: str
    slots: dict[str, Value] = field(default_factory=dict)
    candidates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    doubt: float = 0.0
    retold: bool = False  # it names no goods of its own
    planned: bool = False  # it is of a day to come

    def put(self, slot: str, options: tuple[str, ...]) -> None:
        """Fills a slot with its only option, or keeps all of them for a question."""
        if slot not in SLOTS[self.intent] or not options:
            return
        if len(options) == 1:
            self.slots[slot] = options[0]
        else:
            self.candidates[slot] = options
            self.doubt += 0.6

    def frame(self) -> Frame:
        """The frame, without what its intent does not have."""
        allowed = SLOTS[self.intent]
        return Frame(self.intent, {k: v for k, v in self.slots.items() if k in allowed}, self.candidates)


_WRONG_WAY: Final = frozenset({("customer_return", "to"), ("supplier_return", "from")})
"""Returns beside which a partner stands on the side that the goods would come from or go to: one word is amiss."""


def plain(number: Decimal) -> str:
    """A decimal as people write it: `1200`, `40.5`."""
    return f"{number.normalize():f}"


def fill(intent: str, item: Item, vocabulary: Vocabulary, sign: str = "") -> Draft:
    """The slots that an item states for an intent."""
    draft = Draft(intent)
    _product(draft, item)
    _lot(draft, item, vocabulary)
    _quantity(draft, item, sign)
    _places(draft, item, vocabulary)
    for role, piece in item.context:
        _other(draft, piece, vocabulary)
        draft.doubt += 0.5 * (piece.kind == "partner" and (intent, role) in _WRONG_WAY)
    if item.stray:
        draft.doubt += 0.4
    draft.doubt += add_scanned(intent, draft.slots, draft.candidates, item)
    return draft


def _product(draft: Draft, item: Item) -> None:
    piece = item.goods.get("product")
    if piece:
        draft.put("product", piece.options)
        draft.doubt += piece.doubt


def _lot(draft: Draft, item: Item, vocabulary: Vocabulary) -> None:
    piece = item.goods.get("lot")
    if not piece:
        return
    product = item.goods.get("product")
    skus = set(product.options) if product else set()
    draft.doubt += piece.doubt
    if piece.kind == "lot":
        draft.slots["lot"] = piece.value
        if skus and not skus & set(piece.options) and draft.intent != "correct":
            draft.doubt += 0.5
        elif len(skus) > 1 and draft.candidates.pop("product", ()):
            draft.doubt -= 0.6
            draft.put("product", tuple(sorted(skus & set(piece.options))))
        return
    if piece.kind == "newlot":
        draft.slots["lot"] = piece.value.upper()
        if draft.intent not in _NEW_LOTS:
            draft.unknown.append(f"lot {piece.value.upper()}")
            draft.doubt += UNKNOWN_LOT
        return
    lots = vocabulary.lots_ending(piece.digits or "")
    of_product = tuple(lot.code for lot in lots if lot.sku in skus)
    if draft.intent in _NEW_LOTS:  # a lot of its own, or the known one with that ending once more
        draft.put("lot", tuple(dict.fromkeys(((piece.digits or "").upper(), *of_product))))
        return
    options = of_product or (() if skus else tuple(lot.code for lot in lots))
    if options:
        draft.put("lot", options)
    else:
        draft.unknown.append(f"lot {piece.digits}")
        draft.doubt += 0.5


def _quantity(draft: Draft, item: Item, sign: str) -> None:
    if "all" in item.goods:
        if "all" in SLOTS[draft.intent]:
            draft.slots["all"] = True
            _left_out(draft, item)
        else:
            draft.doubt += 0.1
        if "quantity" not in item.goods:
            return
    piece = item.goods.get("quantity")
    if not piece or piece.number is None or "quantity" not in SLOTS[draft.intent]:
        return
    value = piece.number
    draft.doubt += piece.doubt
    if draft.intent in _SIGNED:
        if sign == "new":
            draft.slots["new_quantity"] = plain(value)
        else:
            draft.slots["quantity"] = plain(-abs(value) if sign == "-" else value)
    else:
        draft.slots["quantity"] = plain(abs(value) if draft.intent != "correct" else value)
        if value < 0 and draft.intent != "correct":
            draft.doubt += 0.3
    if piece.unit:
        draft.slots["unit"] = piece.unit
    second = item.goods.get("second")
    if second is not None and second.number is not None and second.unit:
        draft.slots |= {"second_quantity": plain(abs(second.number)), "second_unit": second.unit}


def _left_out(draft: Draft, item: Item) -> None:
    """What is left out of everything: `all but two cases`."""
    piece = item.goods.get("but")
    if piece is None or piece.number is None:
        return
    draft.slots["but_quantity"] = plain(abs(piece.number))
    if piece.unit:
        draft.slots["but_unit"] = piece.unit


def place_codes(piece: Piece, item: Item, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The places that a piece may be; a part (`bay 2`) is looked for in the places named beside it."""
    if piece.kind == "place":
        return piece.options
    near = {code for _, other in item.context if other.kind == "place" for code in other.options}
    parents = near | {vocabulary.places[code].parent for code in near}
    inside = tuple(code for code in piece.options if vocabulary.places[code].parent in parents)
    return inside or piece.options


def _places(draft: Draft, item: Item, vocabulary: Vocabulary) -> None:
    said: dict[str, list[tuple[str, ...]]] = {"to": [], "from": [], "at": [], "": []}
    for role, piece in item.context:
        if piece.kind in {"place", "part"}:
            codes = place_codes(piece, item, vocabulary)
            if codes not in said[role]:
                said[role].append(codes)
                draft.doubt += piece.doubt
    if not any(said.values()):
        return
    if draft.intent == "move":
        _move(draft, said)
    elif draft.intent == "correct":
        for role, slot in (("to", "to"), ("from", "from"), ("at", "at"), ("", "at")):
            if said[role] and slot not in draft.slots:
                draft.put(slot, said[role][-1])
    else:
        _only_place(draft, said)


def _only_place(draft: Draft, said: dict[str, list[tuple[str, ...]]]) -> None:
    """The one place of an intent that has one, whatever word leads to it."""
    kind = REPORT_KINDS.get(draft.intent)
    if kind is not None and kind.into == "to":
        draft.put("to", (said["to"] or said["at"] + said[""] or said["from"])[-1])
    elif "at" in SLOTS[draft.intent]:
        draft.put("at", (said["at"] or said[""] or said["from"] or said["to"])[0])
    elif "from" in SLOTS[draft.intent]:
        options = said["from"] or said["at"] or said[""]
        if options:
            draft.put("from", options[0])
        else:
            draft.doubt += 0.15


def _move(draft: Draft, said: dict[str, list[tuple[str, ...]]]) -> None:
    to, start, rest = list(said["to"]), list(said["from"]), said["at"] + said[""]
    if not to and rest:
        to.append(rest.pop())
    if not start and rest:
        start.append(rest.pop(0))
    if to:
        draft.put("to", to[-1])
        draft.doubt += 0.4 * (len(to) > 1)
    if start:
        draft.put("from", start[0])
        draft.doubt += 0.4 * (len(start) > 1)
    draft.doubt += 0.3 * bool(rest)
    if to and start and to[-1] == start[0]:
        draft.doubt += 0.5


def _other(draft: Draft, piece: Piece, vocabulary: Vocabulary) -> None:
    if piece.kind == "order":
        draft.put("work_order", (piece.value,) if piece.value else piece.options)
        if piece.unproven and "work_order" in SLOTS[draft.intent]:
            draft.unknown.append(f"work order {piece.value}")
            draft.doubt += 0.3
    elif piece.kind == "partner":
        roles = {vocabulary.partners[code].role for code in piece.options}
        draft.doubt += 0.3 * bool(piece.doubt and not roles & SLOTS[draft.intent])  # it may be something else
        for role in roles:
            draft.put(role, tuple(code for code in piece.options if vocabulary.partners[code].role == role))
    elif piece.kind == "ref":
        if "reference" not in draft.slots:
            draft.put("reference", (piece.value.upper(),))
    elif piece.kind == "date" and piece.day is not None:
        _day(draft, piece, piece.day, vocabulary)
    elif piece.kind == "reason":
        _reason(draft, piece, vocabulary)


def _shelf_life(draft: Draft, vocabulary: Vocabulary) -> int | None:
    """Days that the goods keep, as far as the product is known."""
    product = vocabulary.products.get(str(draft.slots.get("product", "")))
    return product.shelf_life if product is not None else None


def _day(draft: Draft, piece: Piece, said: Day, vocabulary: Vocabulary) -> None:
    """A day: an expiry where a word says so or goods come into being, when it happened otherwise.

    Without a year the nearer one is meant; a day of the week is the last one, behind a verb that tells of what is done.
    A day to come is the expiry of what came in or was made, and makes anything else a plan.
    """
    brings = draft.intent in _NEW_LOTS
    if piece.cued or draft.intent in {"correct", "redate"}:
        life = _shelf_life(draft, vocabulary)
        doubtful = brings and said.past is not None and life and said.ahead > 2 * life and said.gone < said.ahead
        draft.put(
            "expires",
            (said.past.isoformat(), said.day.isoformat()) if doubtful and said.past else (said.day.isoformat(),),
        )
        return
    weekday = said.weekday and piece.told
    near = said.past is not None and (weekday or said.gone < said.ahead)
    if brings and said.ahead > 0 and not near:
        draft.put("expires", (said.day.isoformat(),))
    elif near and said.past is not None:
        draft.slots["when"] = said.past.isoformat()
    elif said.ahead < 0:
        draft.slots["when"] = said.day.isoformat()
    elif said.ahead and said.past is not None and piece.told:
        draft.put("when", (said.past.isoformat(), said.day.isoformat()))
    elif said.ahead:
        draft.planned = True


def _reason(draft: Draft, piece: Piece, vocabulary: Vocabulary) -> None:
    if "reason" not in SLOTS[draft.intent]:
        return
    kind = draft.intent if draft.intent in {"scrap", "adjust"} else ""
    options = tuple(code for code in piece.options if not kind or vocabulary.reasons[code].kind == kind)
    options = options or piece.options  # a reason of the other kind is said all the same; the rules judge it
    known = draft.slots.get("reason")
    if (
        kind
        and isinstance(known, str)
        and vocabulary.reasons[known].kind != kind == vocabulary.reasons[options[0]].kind
    ):
        draft.slots["reason"] = options[0]
    elif known is None and "reason" not in draft.candidates:
        draft.put("reason", options)
    elif known not in options:
        draft.doubt += 0.1


def unknown_order(vocabulary: Vocabulary, digits: str) -> str | None:
    """The number of a work order that the plant does not know, if these digits have the length of one."""
    if len(digits) in vocabulary.order_lengths and len(digits) > 1:
        return f"{vocabulary.order_prefix()}{digits}"
    return None


def sign_words(features: frozenset[str]) -> str:
    """Whether the words around a plain adjustment say up or down."""
    down = features & set(LEXICON.raw["adjust_down"])
    up = features & set(LEXICON.raw["adjust_up"])
    return "-" if down and not up else "+" if up and not down else ""
