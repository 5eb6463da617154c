"""A speaker who corrects himself wins over what he said first: `ten no twelve cases`, `L2 sorry L3`, `15 not 16`."""

from dataclasses import replace
from typing import Final

from assistant.intents.judge.colleagues import NAMES, is_past
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.spot.pieces import Piece

GROUP: Final = {
    "num": "number", "qty": "number", "lot": "lot", "tail": "lot", "newlot": "lot", "place": "place", "part": "place",
    "product": "product", "order": "order", "partner": "partner", "date": "date", "reason": "reason", "ref": "ref",
    "unit": "unit",
}  # fmt: skip
"""What can stand in for what."""
_BETWEEN: Final = frozenset({"filler", "cue", "mark", "tag", "new", "joint", "pronoun", "unknown"})
_NUMBERS: Final = frozenset({"num", "tail", "newlot"})
_TAGS: Final = frozenset({"tag", "reftag", "ordertag"})
_WITHDRAWING: Final = frozenset(LEXICON.raw["withdrawing"])
_AMOUNTS: Final = frozenset({"qty", "num", "all"})
_PHASES: Final = frozenset({"start", "finish", "finished"})
_DENYING: Final = frozenset({"no", "nope", "jk", "just kidding", "kidding"})
_CONTRAST: Final = frozenset(LEXICON.raw["contrast"])


def without_restarts(pieces: list[Piece]) -> list[Piece]:
    """Drops a verb that is said again at once: `moved uh moved nine cases`."""
    kept: list[Piece] = []
    for at, piece in enumerate(pieces):
        after = next((p for p in pieces[at + 1 :] if p.kind not in {"filler", "mark"}), None)
        begun = piece.value in _PHASES and at + 1 < len(pieces) and after is pieces[at + 1]  # `finished making 70 cs`
        if piece.kind == "verb" and after and after.kind == "verb" and (begun or after.value == piece.value):
            kept.append(replace(piece, kind="filler"))
        else:
            kept.append(piece)
    return kept


def _without_false_starts(pieces: list[Piece]) -> list[Piece]:
    """Drops a number that is begun again at once: `moved three uh four cases`."""
    kept = [*pieces]
    for at in range(len(pieces) - 2):
        number, pause, again = pieces[at : at + 3]
        if number.kind == "num" and pause.text in LEXICON.raw["pauses"] and GROUP.get(again.kind) == "number":
            kept[at] = replace(number, kind="filler")
    return kept


def corrected(pieces: list[Piece]) -> tuple[list[Piece], bool]:
    """The pieces that stand after all corrections, and whether the utterance begins with one.

    What a correction takes back becomes a filler, so that every word stays accounted for.
    """
    pieces = _without_false_starts(without_restarts(pieces))
    leads = False
    for at, piece in enumerate(pieces):
        if piece.kind == "fix" and piece.value in _WITHDRAWING and at and not _goes_on(pieces, at):
            pieces[at] = replace(piece, kind="gate", value="withdrawn")
        if _lacking(pieces, at) or _denied(pieces, at) or pieces[at].kind != "fix":
            continue
        before = [i for i in range(at) if pieces[i].kind in GROUP]
        said = any(pieces[i].kind in {"verb", "ask"} for i in range(at))
        if piece.value in _CONTRAST:
            if _contrast(pieces, at, before):
                leads = leads or not (before or said)
            elif before or said or not any(p.kind in GROUP for p in pieces[at + 1 :]):
                pieces[at] = replace(piece, kind="gate", value="negation")
            continue
        if not before and not said:
            leads = True
            continue
        if _take_back(pieces, at, before):
            pieces[at] = replace(piece, kind="filler")
        elif piece.value in _DENYING:
            pieces[at] = replace(piece, kind="gate", value="negation" if _goes_on(pieces, at) else "withdrawn")
        else:
            pieces[at] = replace(piece, kind="filler")
    return pieces, leads


def _goes_on(pieces: list[Piece], at: int) -> bool:
    """Whether anything is told after a word that takes back: `moved 4 cs, scratch that` tells nothing."""
    undone = any(piece.value in {"undo", "entry"} for piece in pieces[:at])  # and says why
    return undone or any(piece.kind in GROUP or piece.kind in {"verb", "all"} for piece in pieces[at + 1 :])


def _denied(pieces: list[Piece], at: int) -> bool:
    """`not shipping the wraps`, `no romaine came in`: what is said not to have been done is no correction."""
    piece = pieces[at]
    rest = [p for p in pieces[at + 1 :] if p.kind != "filler"]
    if piece.kind != "fix" or not rest:
        return False
    nothing = piece.value == "no" and rest[0].kind in NAMES and not any(p.kind in _AMOUNTS for p in pieces)
    happened = any(p.kind == "verb" and is_past(p.text) for p in rest) and not any(p.kind == "mark" for p in rest)
    if not (nothing and happened) and not (piece.value == "not" and rest[0].kind == "verb"):
        return False
    pieces[at] = replace(piece, kind="gate", value="negation")
    return True


def _lacking(pieces: list[Piece], at: int) -> bool:
    """`no exp on it`, `w/o a PO`: what is said to be absent is not looked for."""
    if pieces[at].kind != "lack" and pieces[at].value != "no":
        return False
    after = next((i for i in range(at + 1, min(at + 3, len(pieces))) if pieces[i].kind != "filler"), None)
    if after is None or not (
        pieces[after].kind in _TAGS or (pieces[at].kind == "lack" and pieces[after].kind != "verb")
    ):
        return False
    pieces[at] = replace(pieces[at], kind="filler")
    pieces[after] = replace(pieces[after], kind="filler")
    return True


def _contrast(pieces: list[Piece], at: int, before: list[int]) -> bool:
    """`15 cs not 16` and `not cheddar, parm`: what follows "not" is dropped when its like stands elsewhere."""
    after = next((i for i in range(at + 1, len(pieces)) if pieces[i].kind not in _BETWEEN), None)
    if after is None or pieces[after].kind not in GROUP:
        return False
    group = GROUP[pieces[after].kind]
    elsewhere = [*before, *(i for i in range(after + 1, len(pieces)) if pieces[i].kind in GROUP)]
    if not any(GROUP[pieces[i].kind] == group for i in elsewhere):
        return False
    pieces[after] = replace(pieces[after], kind="filler")
    pieces[at] = replace(pieces[at], kind="filler")
    return True


def _set_apart(pieces: list[Piece], one: int, other: int) -> bool:
    """Whether an "and" or a comma stands between: `3 cs dressing and 5, wait 6 bags croutons` takes back the 5 only."""
    return any(p.kind == "joint" or (p.kind == "mark" and p.value in ",;.") for p in pieces[one:other])


def _is_number(words: str) -> bool:
    return bool(words) and all(LEXICON.digit_of(word).isdigit() for word in words.split())


def _take_back(pieces: list[Piece], at: int, before: list[int]) -> bool:
    taken: set[str] = set()
    spans: list[int] = []
    for after in range(at + 1, len(pieces)):
        piece = pieces[after]
        if piece.kind not in GROUP:
            if piece.kind in _BETWEEN and not (taken and piece.kind == "joint"):
                continue
            break
        group = GROUP[piece.kind]
        if group in taken:
            continue
        earlier = next((i for i in reversed(before) if GROUP.get(pieces[i].kind) == group), None)
        if earlier is None and group == "number" and _is_number(pieces[at - 1].text):
            earlier = at - 1  # a number that was taken for a name: `ten no twelve cases`
        if earlier is None and group == "order" and pieces[at - 1].kind in _NUMBERS:
            earlier = at - 1  # `on sixty three twelve no sorry six oh three one two`
        if earlier is None or (spans and _set_apart(pieces, earlier, min(spans))):
            continue
        taken.add(group)
        spans.append(earlier)
        old = pieces[earlier]
        if group == "number" and piece.kind == "num" and old.kind == "qty":
            pieces[after] = replace(piece, kind="qty", unit=old.unit)
        pieces[earlier] = replace(old, kind="filler")
        if group in {"place", "partner"} and _led(pieces, earlier) and not _led(pieces, after):
            pieces[earlier], pieces[after] = pieces[after], pieces[earlier]  # `to L2. oops L3` goes to L3
    return bool(taken)


def _led(pieces: list[Piece], at: int) -> bool:
    """Whether a word that leads to a place or a partner stands right before."""
    return at > 0 and pieces[at - 1].kind in {"cue", "arrow"}
