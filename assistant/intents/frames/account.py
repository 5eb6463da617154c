"""The account of every word: a piece that bears meaning is used by a slot of a frame, excused by a rule, or left over.

used 4 cs RM1107 instead of RM1111 on 4474   ->  RM1111 is excused: taken back
made 25 cases K1125 and 8 lb trim on 4474    ->  8 lb is left over: nothing posts, and it is asked about
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from assistant.intents.frames.scopes import cue_before
from assistant.intents.frames.slots import Draft
from assistant.intents.readers.vocabulary import Vocabulary, compact
from assistant.intents.reading import POSTING, SLOTS, Pass, Use
from assistant.intents.spot.pieces import Piece

BEARING: Final = frozenset(
    "qty num but all lot tail newlot pallet order product place part partner person ref date moment reason".split()
)
"""Kinds of pieces that bear meaning."""
_NUMBERS: Final = frozenset("quantity second_quantity but_quantity new_quantity days".split())
_UNITS: Final = {
    "quantity": "unit",
    "new_quantity": "unit",
    "second_quantity": "second_unit",
    "but_quantity": "but_unit",
}
_NUMBERED: Final = frozenset("lot new_lot work_order reference entry request".split())
_LOTS: Final = frozenset("lot new_lot lots entry request reference".split())
_USES: Final = frozenset({"for", "in", "into", "on"})
_TAKING: Final = frozenset({"consume", "return", "move"})
_EXCUSING: Final = frozenset("corrected vouched dated reported again remarks wholes purposes sides sizes noted".split())
"""Passes that may say why a piece is for no slot; what another one drops is left over."""


@dataclass(slots=True)
class Trail:
    """What each pass made of the pieces, in order."""

    first: list[Piece] = field(default_factory=list)
    passes: list[Pass] = field(default_factory=list)
    excuses: dict[int, str] = field(default_factory=dict)

    def step(self, name: str, before: Sequence[Piece], after: Sequence[Piece]) -> list[Piece]:
        """Notes what a pass changed, and gives its pieces on."""
        now = defaultdict[int, list[Piece]](list)
        for piece in after:
            now[piece.start].append(piece)
        changes = []
        for piece in before:
            others = now[piece.start]
            other = next((o for o in others if (o.kind, o.value) == (piece.kind, piece.value)), None)
            if other is not None:
                continue
            other = others[0] if others else None
            changes.append((piece.text, piece.kind, other.kind if other is not None else ""))
            if name in _EXCUSING and (other is None or other.kind in {"filler", "gate", "note"}):
                self.excuses.setdefault(piece.start, name)
        if changes:
            self.passes.append(Pass(name, tuple(changes)))
        return list(after)


def accounted(trail: Trail, drafts: Sequence[Draft], vocabulary: Vocabulary) -> tuple[Use, ...]:
    """What uses or excuses each piece that bears meaning, in the order said."""
    return tuple(_use(at, trail, drafts, vocabulary) for at, piece in enumerate(trail.first) if piece.kind in BEARING)


def _use(at: int, trail: Trail, drafts: Sequence[Draft], vocabulary: Vocabulary) -> Use:
    piece = trail.first[at]
    for number, draft in enumerate(drafts):
        for slot, values in _stated(draft).items():
            if any(_says(piece, slot, value, draft, vocabulary) for value in values):
                return Use(piece.text, piece.kind, number, slot)
    told = piece.kind != "moment" or not piece.value or any("when" in draft.slots for draft in drafts)
    rule = (told and trail.excuses.get(piece.start)) or _excuse(piece, cue_before(trail.first, at), drafts, vocabulary)
    return Use(piece.text, piece.kind, rule=rule)


def _stated(draft: Draft) -> Mapping[str, tuple[str, ...]]:
    allowed = SLOTS[draft.intent]
    said = {
        slot: value if isinstance(value, tuple) else (str(value),)
        for slot, value in draft.slots.items()
        if slot in allowed
    }
    return {**said, **draft.candidates}


def _says(piece: Piece, slot: str, value: str, draft: Draft, vocabulary: Vocabulary) -> bool:
    """Whether a slot's value is what a piece says."""
    if slot == "note":
        return piece.text in value.lower()
    if piece.kind in {"qty", "but"} and draft.slots.get(_UNITS.get(slot, "")) not in {piece.unit, None}:
        return False
    test = _TESTS.get(piece.kind)
    return test is not None and test(piece, slot, value, vocabulary)


def _number(piece: Piece, slot: str, value: str, _: Vocabulary) -> bool:
    if slot in _NUMBERS and piece.number is not None:
        try:
            return abs(Decimal(value)) == abs(piece.number)
        except InvalidOperation:
            return False
    return slot in _NUMBERED and piece.unit is None and _ends(value, piece.digits)


def _ends(value: str, digits: str | None) -> bool:
    return bool(digits) and "".join(mark for mark in value if mark.isdigit()).endswith((digits or "").replace("-", ""))


def _lot(piece: Piece, slot: str, value: str, _: Vocabulary) -> bool:
    if slot not in _LOTS:
        return False
    return compact(value).endswith(compact(piece.value or piece.digits or "")) or _ends(value, piece.digits)


def _order(piece: Piece, slot: str, value: str, _: Vocabulary) -> bool:
    if slot == "work_order":
        return value in {piece.value, *piece.options}
    return slot in {"entry", "request", "lot"} and _ends(
        value, piece.digits or "".join(filter(str.isdigit, piece.text))
    )


def _product(piece: Piece, slot: str, value: str, vocabulary: Vocabulary) -> bool:
    if slot == "product":
        return value in piece.options
    return slot == "lot" and any(lot.sku in piece.options for lot in vocabulary.lots.get(compact(value), ()))


def _date(piece: Piece, slot: str, value: str, _: Vocabulary) -> bool:
    if slot in {"expires", "when"}:
        days = (piece.day.day, piece.day.past) if piece.day else ()
        return not days or any(day is not None and value.startswith(day.isoformat()) for day in days)
    return slot in {"days", "entry"}


def _moment(piece: Piece, slot: str, value: str, _: Vocabulary) -> bool:
    day = piece.moment.day if piece.moment and piece.moment.exact is None else None
    return slot == "when" and (day is None or value.startswith(day.isoformat()))


def _one_of(*slots: str) -> Callable[[Piece, str, str, Vocabulary], bool]:
    def test(piece: Piece, slot: str, value: str, _: Vocabulary) -> bool:
        return slot in slots and (value in piece.options or value == piece.value)

    return test


def _any(*slots: str) -> Callable[[Piece, str, str, Vocabulary], bool]:
    return lambda _piece, slot, _value, _vocabulary: slot in slots


_TESTS: Final[Mapping[str, Callable[[Piece, str, str, Vocabulary], bool]]] = {
    "qty": _number,
    "num": _number,
    "but": _number,
    "all": _any("all"),
    "lot": _lot,
    "tail": _lot,
    "newlot": _lot,
    "pallet": _any("sscc"),
    "order": _order,
    "product": _product,
    "place": _one_of("from", "to", "at"),
    "part": _one_of("from", "to", "at"),
    "partner": _one_of("supplier", "customer"),
    "person": _one_of("person"),
    "ref": _any("reference"),
    "date": _date,
    "moment": _moment,
    "reason": _any("reason"),
}


def _excuse(piece: Piece, cue: str, drafts: Sequence[Draft], vocabulary: Vocabulary) -> str | None:
    """The named rule that a piece is for no slot by; None when there is none."""
    intents = {draft.intent for draft in drafts}
    if not intents & POSTING:
        return "asked"
    orders = [vocabulary.orders.get(compact(str(draft.slots.get("work_order", "")))) for draft in drafts]
    made = {order.sku for order in orders if order is not None}
    rules: dict[str, bool] = {
        "stress": piece.kind == "all" and all("quantity" in d.slots or "all" not in SLOTS[d.intent] for d in drafts),
        "company": piece.kind == "person",
        "the last one": piece.kind == "num" and intents == {"undo"} and piece.number == 1,
        "sum of its parts": piece.kind == "qty" and _is_whole(piece, drafts),
        "line of a start": piece.kind in {"place", "part"} and intents <= {"start", "finish"},
        "paper of a use": piece.kind == "ref" and not any("reference" in SLOTS[draft.intent] for draft in drafts),
        "made by the order": piece.kind == "product" and bool(made & set(piece.options)),
        "used for": piece.kind == "product" and bool(intents & _TAKING) and cue in _USES,
        "how it came about": piece.kind == "reason" and not any("reason" in SLOTS[draft.intent] for draft in drafts),
    }
    return next((rule for rule, holds in rules.items() if holds), None)


def _is_whole(piece: Piece, drafts: Sequence[Draft]) -> bool:
    """Whether several moves are the parts of an amount: `12 cs: 8 to L2, 4 to L3`, `12 cs: 8 to L2, rest to L3`."""
    parts = [draft for draft in drafts if draft.intent == "move"]
    if len(parts) < 2:  # noqa: PLR2004
        return False
    numbers = [Decimal(str(part.slots["quantity"])) for part in parts if "quantity" in part.slots]
    return any("all" in part.slots for part in parts) or sum(numbers) == piece.number
