"""What was reported of what: quantities, products, lots and places of one scope, dealt out to one item each."""

from dataclasses import dataclass, field, replace
from typing import Final

from assistant.intents.frames.scopes import GOODS, Scope, cue_before, role_of
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.readers.vocabulary import SUFFIX
from assistant.intents.spot.pieces import Piece

SLOT: Final = {"qty": "quantity", "num": "quantity", "all": "all", "but": "but", "product": "product", "lot": "lot",
               "tail": "lot", "newlot": "lot"}  # fmt: skip
CONTEXT: Final = frozenset({"place", "part", "order", "partner", "ref", "date", "reason", "pallet"})
STRAY: Final = 0.5
"""Doubt for a quantity beside which stands a number that belongs to nothing."""
_USES: Final = frozenset({"for", "in", "into", "on"})
_OPENING: Final = frozenset({"place", "order", "reason"})
_MEASURES: Final = frozenset(LEXICON.raw["measures"])
_LOOSE: Final = "ea"
_SPANNING: Final = frozenset({"place", "order", "partner", "ref"})


@dataclass(slots=True)
class Item:
    """One thing reported: its goods by slot, and what was said around them."""

    goods: dict[str, Piece] = field(default_factory=dict)
    context: list[tuple[str, Piece]] = field(default_factory=list)  # role by cue, and the piece
    borrowed: set[str] = field(default_factory=set)
    plain: bool = False  # nothing was said around it
    run_on: bool = False  # nothing sets it apart from the one before

    @property
    def amounts(self) -> bool:
        """Whether it says how much."""
        return bool(self.goods.keys() & {"quantity", "all"})

    @property
    def names(self) -> bool:
        """Whether it says of what."""
        return bool(self.goods.keys() & {"product", "lot"})

    @property
    def stray(self) -> bool:
        """Whether it is no more than a number: all else was said of another item."""
        number = self.goods.get("quantity")
        own = self.goods.keys() - self.borrowed - {"quantity"}
        return number is not None and number.kind == "num" and bool(self.borrowed) and not own and self.plain

    def kinds(self) -> set[str]:
        """The kinds of context that it has of its own."""
        return {"place" if piece.kind == "part" else piece.kind for _, piece in self.context}


def sku_of(piece: Piece) -> set[str]:
    """The products that a piece can be of; empty when it does not tell."""
    return set(piece.options) if piece.kind in {"product", "lot"} else set()


def items(scope: Scope) -> list[Item]:
    """The items of a scope, with what was said once for several of them in each."""
    found, leading = _dealt(scope)
    found = _without_strays(_merged(found), leading)
    if not found:
        return [Item(context=leading)] if leading else []
    for item in found:
        item.plain = not item.context
    prefixed = any(piece.kind in {"place", "order"} for _, piece in leading)
    for item in found:
        own = item.kinds()
        item.context += [
            (role, piece)
            for role, piece in leading
            if piece.kind not in own or (piece.kind == "place" and scope.intent == "move")
        ]
    _share_context(found, prefixed=prefixed, moves=scope.intent in {"move", None})
    _share_names(found)
    amount = next((item.goods["quantity"] for item in found if "quantity" in item.goods), None)
    if amount and any(piece.text in LEXICON.raw["each"] for piece in scope.pieces):
        for item in found:
            if not item.amounts:
                item.goods["quantity"] = amount
    return found


def _dealt(scope: Scope) -> tuple[list[Item], list[tuple[str, Piece]]]:
    """Chunks between commas and joints, cut again where a slot comes twice; and the context before any goods."""
    dealer = _Dealer(scope)
    for at, piece in enumerate(scope.pieces):
        if piece.kind == "joint" or (piece.kind == "mark" and piece.value in ",;.\n:"):
            if dealer.goes_on(at):
                continue
            dealer.close()
            dealer.fresh = True
        elif piece.kind == "product" and _is_output(scope, at, dealer.current, dealer.found):
            continue
        elif piece.kind == "all" and dealer.current.amounts and not dealer.current.names:
            continue  # `one drum of all of oil` may be olive oil, misheard
        elif piece.kind in SLOT:
            dealer.goods(at, piece)
        elif piece.kind in CONTEXT:
            dealer.context(at, piece)
        elif piece.kind == "unit":
            dealer.unit(piece)
    return dealer.dealt()


class _Dealer:
    """Deals the pieces of a scope out to items, one after the other."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.found: list[Item] = []
        self.leading: list[tuple[str, Piece]] = []
        self.current = Item()
        self.fresh = False
        self.loose = ""

    def close(self) -> None:
        """Ends an item that has goods."""
        if self.current.goods:
            self.found.append(self.current)
            self.current = Item()

    def goods(self, at: int, piece: Piece) -> None:
        """A quantity, product or lot: of this item, or the first of the next."""
        slot, current = SLOT[piece.kind], self.current
        if piece.kind == "qty" and self._same_goods(at, piece):
            current.goods["second"] = piece
            return
        if piece.kind == "num" and current.amounts and "lot" not in current.goods and len(piece.digits or "") >= SUFFIX:
            slot, piece = "lot", replace(piece, kind="newlot", value=piece.digits or "")
        taken = slot in current.goods or (slot in {"quantity", "all"} and current.amounts)
        more = any(p.kind in {"qty", "num", "all"} for p in self.scope.pieces[at + 1 :])
        if (taken and slot != "but") or (more and current.names and current.amounts and _other(current, piece)):
            self.close()
            self.current.run_on = True
        if piece.kind == "num" and slot == "quantity" and self.loose:
            piece, self.loose = replace(piece, kind="qty", unit=self.loose), ""
        self.current.goods[slot] = piece
        self.fresh = False

    def goes_on(self, at: int) -> bool:
        """Whether after a comma or an "and" comes another amount of the same goods: `74 cases and 5 pieces`."""
        after = next((i for i in range(at + 1, len(self.scope.pieces)) if self.scope.pieces[i].kind != "filler"), None)
        return (
            after is not None
            and self.scope.pieces[after].kind == "qty"
            and self._same_goods(after, self.scope.pieces[after])
        )

    def _same_goods(self, at: int, piece: Piece) -> bool:
        """Whether an amount is of the same goods, in another unit or as loose pieces: `25 cases (1004 lb)`."""
        first = self.current.goods.get("quantity")
        if first is None or first.kind != "qty" or first.unit == piece.unit or "second" in self.current.goods:
            return False
        pieces = self.scope.pieces
        start = next((i for i in range(at - 1, -1, -1) if pieces[i] is first), at)
        between = pieces[start + 1 : at]
        if any(p.kind not in {"filler", "mark", "joint"} or p.value in {";", ".", "\n"} for p in between):
            return False
        listed = any(p.kind == "joint" or p.value == "," for p in between)
        measured = {first.unit, piece.unit} & _MEASURES
        return not listed or bool(measured) or piece.unit == _LOOSE

    def unit(self, piece: Piece) -> None:
        """A unit that stands away from its number: `d2 buckets tahini 21`."""
        number = self.current.goods.get("quantity")
        if number is None:
            self.loose = piece.value
        elif number.kind == "num" and number.number is not None:
            self.current.goods["quantity"] = replace(number, kind="qty", unit=piece.value)

    def context(self, at: int, piece: Piece) -> None:
        """A place, order, partner…: of this item, of the one before, or over all that follow."""
        cue = cue_before(self.scope.pieces, at)
        pair = (role_of(cue) if piece.kind in {"place", "part"} else cue, piece)
        begun = bool(self.current.goods or self.found)
        if begun and not pair[0] and piece.kind == "place" and self._lists_places():
            self.close()
            self.current = Item(context=[pair])
        elif not begun:
            (self.current.context if self.current.context and not self.leading else self.leading).append(pair)
        elif self.current.goods or (self.fresh and piece.kind in _OPENING and _leads_item(self.scope.pieces, at)):
            self.current.context.append(pair)
        else:
            self.found[-1].context.append(pair)

    def _lists_places(self) -> bool:
        """Whether a list goes from place to place: `c1-01 romaine 14, c1-02 romaine 30`."""
        return self.scope.intent in {"count", None} and any(piece.kind == "place" for _, piece in self.leading)

    def dealt(self) -> tuple[list[Item], list[tuple[str, Piece]]]:
        """The items, and the context that came before them."""
        if self.current.goods:
            self.found.append(self.current)
        elif self.found:
            self.found[-1].context += self.current.context
        else:
            self.leading += self.current.context
        return self.found, self.leading


def _is_output(scope: Scope, at: int, current: Item, found: list[Item]) -> bool:
    """Whether a product is only what the goods are used for: `used 10 cs TOM-1118 for the pico`."""
    if scope.intent not in {"consume", "return", "move"} or cue_before(scope.pieces, at) not in _USES:
        return False
    return current.names or bool(found)


def _leads_item(pieces: list[Piece], at: int) -> bool:
    """Whether goods follow before the next comma: then the context belongs to them."""
    for piece in pieces[at + 1 :]:
        if piece.kind == "joint" or (piece.kind == "mark" and piece.value in ",;.\n"):
            return False
        if piece.kind in GOODS:
            return True
    return False


def _other(item: Item, piece: Piece) -> bool:
    """Whether a product or a known lot cannot be that of this item."""
    ours = set().union(*(sku_of(own) for own in item.goods.values()))
    theirs = sku_of(piece)
    return bool(ours and theirs and not ours & theirs)


def _merged(chunks: list[Item]) -> list[Item]:
    """Joins chunks that only together say how much of what: `romaine 1107` `, five cases`."""
    found: list[Item] = []
    for chunk in chunks:
        before = found[-1] if found else None
        if before and not before.goods.keys() & chunk.goods.keys() and not (before.amounts and chunk.amounts):
            whole = (before.names and before.amounts) and (chunk.names and chunk.amounts)
            alien = any(_other(before, piece) for piece in chunk.goods.values())
            if not whole and not alien:
                before.goods |= chunk.goods
                before.context += chunk.context
                continue
        found.append(chunk)
    return found


def _without_strays(found: list[Item], leading: list[tuple[str, Piece]]) -> list[Item]:
    """Without a bare number beside a quantity of the same goods: `rye four DR9, 140 lbs`, where "four" is a slip.

    Of the two the one with a unit stays, and is doubted.
    """
    kept: list[Item] = []
    for item in found:
        before = kept[-1] if kept else None
        number, own = item.goods.get("quantity"), before.goods.get("quantity") if before else None
        apart = before is None or not number or not own or {"place"} & item.kinds() & ({p.kind for _, p in leading})
        if before is None or number is None or own is None or apart or before.kinds() & item.kinds():
            kept.append(item)
        elif _runs_on(before, item):
            before.goods |= {**item.goods, "quantity": replace(own, doubt=own.doubt + STRAY)}
            before.context += item.context
        elif (own.kind, number.kind) == ("num", "qty") and item.goods.keys() == {"quantity"} and before.names:
            before.goods["quantity"] = replace(number, doubt=number.doubt + STRAY)
            before.context += item.context
        else:
            kept.append(item)
    return kept


def split_off(scope: Scope, dealt: list[Item]) -> list[tuple[Scope, list[Item]]]:
    """The scope with its items, or a whole and what became of its parts.

    `30 cs romaine in, 10 to line 2, rest in c1-2` receives and moves twice; `moved 12 cs: 8 to L2, 4 to L3` moves
    twice. A part names no goods of its own but a place; it is counted as the whole is.
    """
    moved = [item for item in dealt if scope.intent == "scrap" and _goes_somewhere(item)]
    if moved and len(moved) < len(dealt):  # `3 cs CB1120 to L3, 1 cs CB1120 tossed`
        others = [item for item in dealt if item not in moved]
        for item in others:
            item.context = [pair for pair in item.context if pair[1].kind != "place" or "place" not in item.borrowed]
        return [(replace(scope, intent="move", reason=None), moved), (scope, others)]
    whole, parts = dealt[:1], dealt[1:]
    if not parts or "quantity" not in whole[0].goods or not all(map(_is_part, parts)):
        return [(scope, dealt)]
    leads = [role for role, piece in whole[0].context if piece.kind == "place" and "place" not in whole[0].borrowed]
    rest = any("all" in part.goods for part in parts)
    came_in = scope.intent in {"receive", "produce"} and ("to" not in leads or rest)
    numbers = [part.goods["quantity"].number or 0 for part in parts if "quantity" in part.goods]
    adds_up = rest or sum(numbers) == whole[0].goods["quantity"].number
    if not (came_in or (scope.intent == "move" and adds_up and "to" not in leads)):
        return [(scope, dealt)]
    if came_in and "place" in whole[0].borrowed:
        whole[0].context = [pair for pair in whole[0].context if pair[1].kind not in {"place", "part"}]
    for part in parts:
        if came_in:
            part.context = [pair for pair in part.context if pair[1].kind in {"place", "part"}]
        _named_as(part, whole[0])
    return [(scope, whole), (replace(scope, intent="move", reason=None), parts)] if came_in else [(scope, parts)]


def _goes_somewhere(item: Item) -> bool:
    return "place" not in item.borrowed and any(r == "to" and piece.kind == "place" for r, piece in item.context)


def _named_as(part: Item, whole: Item) -> None:
    """Gives a part the lot and the unit of the whole."""
    if "lot" in whole.goods:
        part.goods["lot"] = whole.goods["lot"]
    number, unit = part.goods.get("quantity"), whole.goods["quantity"].unit
    if number and number.kind == "num" and unit:
        part.goods["quantity"] = replace(number, kind="qty", unit=unit)


def _is_part(item: Item) -> bool:
    own = item.goods.keys() - item.borrowed
    return item.amounts and own <= {"quantity", "all"} and "place" in item.kinds() - item.borrowed


def _runs_on(before: Item, item: Item) -> bool:
    """Whether a number without a unit follows a quantity, and names no goods but perhaps their lot."""
    units = (before.goods["quantity"].kind, item.goods["quantity"].kind)
    new = item.goods.keys() - before.goods.keys()
    return item.run_on and units == ("qty", "num") and item.goods.keys() == new | {"quantity"} and new <= {"lot"}


def _share_context(found: list[Item], *, prefixed: bool, moves: bool) -> None:
    """What is said once stands in every item that lacks it; a reason only when it ends the list."""
    for kind in _SPANNING:
        have = [i for i, item in enumerate(found) if kind in item.kinds()]
        if not have:
            continue
        for i, item in enumerate(found):
            if i in have:
                continue
            before, after = [j for j in have if j < i], [j for j in have if j > i]
            source = (before[-1] if before else after[0]) if prefixed or not after else after[0]
            item.context += [
                (role, p) for role, p in found[source].context if ("place" if p.kind == "part" else p.kind) == kind
            ]
            item.borrowed.add(kind)
    if moves:
        _share_half_moves(found)
    if len(found) > 1 and "reason" in found[-1].kinds() and not any("reason" in item.kinds() for item in found[:-1]):
        said = [pair for pair in found[-1].context if pair[1].kind == "reason"]
        for item in found[:-1]:
            item.context += said


def _share_half_moves(found: list[Item]) -> None:
    """A place to go to, or to come from, that only one of several moves names."""
    for role in ("to", "from"):
        named = [pair for item in found for pair in item.context if pair[0] == role and pair[1].kind == "place"]
        if len({pair[1].value for pair in named}) != 1:
            continue
        for item in found:
            roles = {r for r, p in item.context if p.kind == "place"}
            if role not in roles and not ("" in roles and len([1 for _, p in item.context if p.kind == "place"]) > 1):
                item.context.append(named[0])


def _share_names(found: list[Item]) -> None:
    """A product, or a lot, said once for several quantities stands in each of them."""
    for slot in ("product", "lot"):
        named = [item.goods[slot] for item in found if slot in item.goods]
        if len(named) != 1:
            continue
        for item in found:
            alien = _other(item, named[0])
            if item.amounts and slot not in item.goods and not alien and (slot == "product" or not item.names):
                if slot == "product" and "lot" in item.goods and item.goods["lot"].kind == "newlot":
                    continue
                item.goods[slot] = named[0]
                item.borrowed.add(slot)
