"""Frames that report nothing beside the others, and frames that make each other doubtful."""

from typing import Final

from assistant.intents.frames.slots import UNKNOWN_LOT, Draft
from assistant.intents.reading import POSTING, SLOTS
from assistant.intents.spot.pieces import Piece

_AMOUNTS: Final = frozenset({"quantity", "all", "new_quantity"})
_AMOUNTED: Final = frozenset({"receive", "consume", "return", "produce", "count", "adjust", "scrap", "ship"})
_NAMING: Final = frozenset({"product", "lot", "work_order", "entry"})


def without_echoes(drafts: list[Draft]) -> list[Draft]:
    """Without frames that report nothing beside the others: of nothing named, or a part of another's words again.

    What such a frame took with it, an amount above all, may belong to the others: they are doubted.
    """
    if not any(draft.slots.keys() & _NAMING or draft.candidates for draft in drafts):
        return drafts
    kept = [draft for draft in drafts if not _is_echo(draft, drafts)]
    kept = [draft for at, draft in enumerate(kept) if not (at and draft.retold and _same(draft, kept[at - 1]))]
    lost = [draft for draft in drafts if draft not in kept and draft.slots.keys() & _AMOUNTS]
    for draft in kept if lost else ():
        draft.doubt += 0.4
    return kept


def _same(draft: Draft, before: Draft) -> bool:
    """Whether a frame only says the one before again: `broken jar of garlic, tossed 1 jar`."""
    return draft.intent == before.intent and draft.slots == before.slots


def know_new_lots(drafts: list[Draft]) -> None:
    """A lot that came in earlier in the same utterance is known."""
    new = {draft.slots.get("lot") for draft in drafts if draft.intent in {"receive", "produce"}}
    for draft in drafts:
        lot = draft.slots.get("lot")
        if lot in new and (name := f"lot {lot}") in draft.unknown:
            draft.unknown.remove(name)
            draft.doubt = max(0.0, draft.doubt - UNKNOWN_LOT)


def without_namesakes(drafts: list[Draft], pieces: list[Piece]) -> list[Draft]:
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
    if stated & _AMOUNTS or draft.candidates or "quantity" not in SLOTS[draft.intent]:
        return False
    return any(
        o.intent == draft.intent and o.slots.keys() & _AMOUNTS and draft.slots.items() < o.slots.items() for o in others
    )


def doubt_twins(drafts: list[Draft]) -> None:
    """Doubts what differs in nothing but its quantity: the second number may be a word misheard."""
    seen: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        rest = sorted((slot, str(value)) for slot, value in draft.slots.items() if slot not in {"quantity", "unit"})
        twin = seen.setdefault((draft.intent, *rest), draft)
        if twin is not draft:
            draft.doubt += 0.4
