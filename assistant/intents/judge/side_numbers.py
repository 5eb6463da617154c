"""Numbers beside a report that are no amounts of it: what is left out, what was there before, what stays, a size.

moved everything but 2 cs of RM1107           ->  all of it but 2 cases
had 12 cs RM1107 in C1-01, moved 5 of them    ->  the 12 were there before
used 3 cs CB1120 on 4475, 9 cs still there    ->  the 9 are left
made 40 cases sixteen ounce pico              ->  sixteen ounce is a size
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.intents.judge.clauses import clauses
from assistant.intents.judge.colleagues import NAMES, is_past
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.spot.pieces import Piece

_AMOUNTS: Final = frozenset({"qty", "num"})
_SOFT: Final = frozenset({"filler", "mark"})
_TAKING: Final = frozenset({"consume", "move", "scrap", "ship"})


def exceptions(pieces: list[Piece]) -> list[Piece]:
    """With what is left out of everything as an amount of its own kind: `all but two cases`, `down to 2 cs`."""
    kept = [*pieces]
    for at, piece in enumerate(pieces):
        if piece.kind in {"cue", "filler", "tag", "new"} and piece.text in LEXICON.raw["down_to"]:
            amount = _next(pieces, at)
            others = sum(p.kind in _AMOUNTS for p in pieces) > 1 or any(p.kind == "all" for p in pieces)
            adjusts = any(p.kind == "verb" and p.value in {"adjust", "less", "bump", "bring", "knock"} for p in pieces)
            if amount is not None and not others and not adjusts and any(p.kind == "verb" for p in pieces[:at]):
                kept[at] = replace(piece, kind="all", value="all")
                kept[amount] = replace(pieces[amount], kind="but")
        elif piece.text in LEXICON.raw["except"] and piece.kind in {"joint", "filler", "cue", "unknown"}:
            whole = _before(pieces, at, frozenset({"all"}))
            amount = _next(pieces, at)
            if whole is not None and amount is not None:
                kept[at] = replace(piece, kind="filler")
                kept[amount] = replace(pieces[amount], kind="but")
            elif whole is not None:
                kept[at] = replace(piece, kind="unknown")
    return kept


def _next(pieces: Sequence[Piece], at: int) -> int | None:
    """The amount that comes next, over articles and "for"."""
    for after in range(at + 1, min(at + 4, len(pieces))):
        if pieces[after].kind in _AMOUNTS:
            return after
        if pieces[after].kind not in {"filler", "cue"}:
            return None
    return None


def _before(pieces: Sequence[Piece], at: int, kinds: frozenset[str]) -> int | None:
    """The place of a piece of these kinds not far before, in the same clause."""
    for back in range(at - 1, max(-1, at - 6), -1):
        if pieces[back].kind in kinds:
            return back
        if pieces[back].kind == "verb" or (pieces[back].kind == "mark" and pieces[back].value in ";.\n"):
            return None
    return None


def sizes(pieces: list[Piece]) -> list[Piece]:
    """Without the size of what a pack holds, said as one thing: `40 cases sixteen ounce pico`, `12 cs 10 lb bags`."""
    kept = [*pieces]
    for at in range(1, len(pieces) - 1):
        piece, before, after = pieces[at], pieces[at - 1], pieces[at + 1]
        if piece.kind != "qty" or piece.unit not in LEXICON.raw["measures"] or after.kind != "product":
            continue
        linked = before.kind == "filler" or before.text == "of"
        packed = before.kind == "qty" or (linked and at > 1 and pieces[at - 2].kind == "qty")
        single = piece.text.split()[-1] in LEXICON.raw["single_measures"] and piece.number != 1
        if packed and single:
            kept[at] = replace(piece, kind="filler")
    return kept


def sides(pieces: list[Piece]) -> list[Piece]:
    """Without what was there before and what stays: a clause beside the report with an amount and no deed."""
    parts = clauses(pieces, every_joint=True)
    told = [any(_is_deed(piece) for piece in part) for part in parts]
    if not any(told):
        return pieces
    kept: list[Piece] = []
    for at, part in enumerate(parts):
        stays = not told[at] and any(told[:at]) and any(_says(piece, "staying") for piece in part)
        was = not told[at] and any(told[at + 1 :]) and any(_says(piece, "had_before") for piece in part)
        amounts = sum(piece.kind in _AMOUNTS for piece in part)
        if amounts == 1 and (stays or was):
            kept += [_aside(piece, named=stays) for piece in part]
        else:
            kept += part
    return kept


def _aside(piece: Piece, *, named: bool) -> Piece:
    """A piece of a side clause: its amount says nothing, nor do its names where they were said before."""
    silent = piece.kind in _AMOUNTS | {"verb"} or (named and piece.kind in NAMES | {"place", "part"})
    return replace(piece, kind="filler") if silent else piece


def _is_deed(piece: Piece) -> bool:
    verb = LEXICON.verbs.get(piece.value) if piece.kind == "verb" else None
    return verb is not None and not verb.weak and is_past(piece.text) and not _says(piece, "had_before")


def _says(piece: Piece, words: str) -> bool:
    return piece.text in LEXICON.raw[words] or any(word in LEXICON.raw[words] for word in piece.text.split())
