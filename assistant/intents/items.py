"""What was reported of what: quantities, products, lots and places of one scope, dealt out to one item each."""

from dataclasses import dataclass, field, replace
from typing import Final

from assistant.intents.language import LEXICON
from assistant.intents.pieces import Piece
from assistant.intents.scopes import GOODS, Scope, cue_before, role_of
from assistant.intents.vocabulary import Vocabulary

SLOT: Final = {"qty": "quantity", "num": "quantity", "all": "all", "product": "product", "lot": "lot", "tail": "lot",
               "newlot": "lot"}  # fmt: skip
CONTEXT: Final = frozenset({"place", "part", "order", "partner", "ref", "date", "reason"})
_SPANNING: Final = frozenset({"place", "order", "partner", "ref"})


@dataclass(slots=True)
class Item:
    """One thing reported: its goods by slot, and what was said around them."""

    goods: dict[str, Piece] = field(default_factory=dict)
    context: list[tuple[str, Piece]] = field(default_factory=list)  # role by cue, and the piece
    borrowed: set[str] = field(default_factory=set)
    clash: bool = False

    @property
    def amounts(self) -> bool:
        """Whether it says how much."""
        return bool(self.goods.keys() & {"quantity", "all"})

    @property
    def names(self) -> bool:
        """Whether it says of what."""
        return bool(self.goods.keys() & {"product", "lot"})

    def kinds(self) -> set[str]:
        """The kinds of context that it has of its own."""
        return {"place" if piece.kind == "part" else piece.kind for _, piece in self.context}


def sku_of(piece: Piece) -> set[str]:
    """The products that a piece can be of; empty when it does not tell."""
    return set(piece.options) if piece.kind in {"product", "lot"} else set()


def items(scope: Scope, vocabulary: Vocabulary) -> list[Item]:
    """The items of a scope, with what was said once for several of them in each."""
    found, leading = _dealt(scope, vocabulary)
    found = _merged(found, vocabulary)
    if not found:
        return [Item(context=leading)] if leading else []
    prefixed = any(piece.kind in {"place", "order"} for _, piece in leading)
    for item in found:
        own = item.kinds()
        item.context += [
            (role, piece)
            for role, piece in leading
            if piece.kind not in own or (piece.kind == "place" and scope.intent == "move")
        ]
    _share_context(found, prefixed=prefixed, moves=scope.intent in {"move", None})
    _share_names(found, vocabulary)
    amount = next((item.goods["quantity"] for item in found if "quantity" in item.goods), None)
    if amount and any(piece.text in LEXICON.raw["each"] for piece in scope.pieces):
        for item in found:
            if not item.amounts:
                item.goods["quantity"] = amount
    return found


def _dealt(scope: Scope, vocabulary: Vocabulary) -> tuple[list[Item], list[tuple[str, Piece]]]:
    """Chunks between commas and joints, cut again where a slot comes twice; and the context before any goods."""
    leading: list[tuple[str, Piece]] = []
    found: list[Item] = []
    current = Item()
    fresh = False
    for at, piece in enumerate(scope.pieces):
        kind = piece.kind
        if kind == "joint" or (kind == "mark" and piece.value in ",;.\n:"):
            if current.goods:
                found.append(current)
                current = Item()
            fresh = True
        elif kind == "product" and _is_output(scope, at, current, found):
            continue
        elif kind in SLOT:
            slot = SLOT[kind]
            if kind == "num" and current.amounts and "lot" not in current.goods and len(piece.digits or "") >= 3:  # noqa: PLR2004
                slot, piece = "lot", replace(piece, kind="newlot", value=piece.digits or "")
            taken = slot in current.goods or (slot in {"quantity", "all"} and current.amounts)
            more = any(p.kind in {"qty", "num", "all"} for p in scope.pieces[at + 1 :])
            if taken or (more and current.names and current.amounts and _other(current, piece, vocabulary)):
                found.append(current)
                current = Item()
            current.goods[slot] = piece
            fresh = False
        elif kind in CONTEXT:
            role = role_of(cue_before(scope.pieces, at)) if kind in {"place", "part"} else cue_before(scope.pieces, at)
            lists = scope.intent in {"count", None} and kind == "place" and any(p.kind == "place" for _, p in leading)
            if lists and (current.goods or found) and not role:
                if current.goods:
                    found.append(current)
                current = Item(context=[(role, piece)])
            elif not current.goods and not found:
                (current.context if current.context and not leading else leading).append((role, piece))
            elif (
                current.goods
                or not found
                or (fresh and _leads_item(scope.pieces, at) and kind in {"place", "order", "reason"})
            ):
                current.context.append((role, piece))
            else:
                found[-1].context.append((role, piece))
    if current.goods:
        found.append(current)
    elif current.context and found:
        found[-1].context += current.context
    elif current.context:
        leading += current.context
    return found, leading


def _is_output(scope: Scope, at: int, current: Item, found: list[Item]) -> bool:
    """Whether a product is only what the goods are used for: `used 10 cs TOM-1118 for the pico`."""
    if scope.intent not in {"consume", "return", "move"} or cue_before(scope.pieces, at) not in {
        "for",
        "in",
        "into",
        "on",
    }:
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


def _other(item: Item, piece: Piece, vocabulary: Vocabulary) -> bool:
    """Whether a product or a known lot cannot be that of this item."""
    ours = set().union(*(sku_of(own) for own in item.goods.values()))
    theirs = sku_of(piece)
    return bool(ours and theirs and not ours & theirs)


def _merged(chunks: list[Item], vocabulary: Vocabulary) -> list[Item]:
    """Joins chunks that only together say how much of what: `romaine 1107` `, five cases`."""
    found: list[Item] = []
    for chunk in chunks:
        before = found[-1] if found else None
        if before and not before.goods.keys() & chunk.goods.keys() and not (before.amounts and chunk.amounts):
            whole = (before.names and before.amounts) and (chunk.names and chunk.amounts)
            alien = any(_other(before, piece, vocabulary) for piece in chunk.goods.values())
            if not whole and not alien:
                before.goods |= chunk.goods
                before.context += chunk.context
                continue
        found.append(chunk)
    return found


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


def _share_names(found: list[Item], vocabulary: Vocabulary) -> None:
    """A product, or a lot, said once for several quantities stands in each of them."""
    for slot in ("product", "lot"):
        named = [item.goods[slot] for item in found if slot in item.goods]
        if len(named) != 1:
            continue
        for item in found:
            alien = _other(item, named[0], vocabulary)
            if item.amounts and slot not in item.goods and not alien and (slot == "product" or not item.names):
                if slot == "product" and "lot" in item.goods and item.goods["lot"].kind == "newlot":
                    continue
                item.goods[slot] = named[0]
