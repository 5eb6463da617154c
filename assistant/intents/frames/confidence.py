"""How sure a reading is: what was not explained, what could be several things, what did not fit."""

from bisect import bisect_right
from itertools import zip_longest
from typing import Final

from assistant.intents.frames.slots import Draft
from assistant.intents.reading import POSTING, Pass, Reading, Span, Use
from assistant.intents.spot.pieces import Piece

UNEXPLAINED: Final = 0.28
"""Doubt for each word that nothing explains."""
LEFT_OVER: Final = 0.3
"""Doubt for each piece that bears meaning and that no slot uses and no rule excuses."""
DANGLING: Final = 0.3
"""Doubt for a "to" or "for" that leads nowhere."""
_NAMING: Final = frozenset({"product", "lot", "work_order", "entry"})
_STEPS: Final = (0.0, 0.13, 0.25, 0.4, 0.6, 0.9)
_SURE: Final = (0.97, 0.95, 0.9, 0.7, 0.5, 0.3, 0.1)


def weighed(
    drafts: list[Draft],
    pieces: list[Piece],
    spans: tuple[Span, ...],
    account: tuple[Use, ...] = (),
    passes: tuple[Pass, ...] = (),
) -> Reading:
    """The reading of some drafts: dropped altogether where too little of the utterance was understood."""
    unknown = [span.text for span in spans if span.role == "unknown"]
    said = sum(1 for piece in pieces if piece.kind not in {"mark", "filler", "unknown", "joint"})
    posts = any(draft.intent in POSTING for draft in drafts)
    named = [name for draft in drafts for name in draft.unknown] + unknown
    if not drafts:
        return Reading((), 0.3 if unknown else 0.8, spans, tuple(named), account, passes)
    if len(unknown) > max(1, said // 2) or (len(unknown) > 3 and posts):  # noqa: PLR2004
        return Reading((), 0.6, spans, tuple(named), account, passes)
    if unknown and posts and not any(draft.slots.keys() & _NAMING or draft.candidates for draft in drafts):
        return Reading((), 0.5, spans, tuple(named), account, passes)
    doubt = max(draft.doubt for draft in drafts) + UNEXPLAINED * len(unknown) + DANGLING * _dangling(pieces)
    doubt += LEFT_OVER * sum(use.left_over for use in account) if posts else 0.0
    frames = tuple(draft.frame() for draft in drafts)
    return Reading(frames, calibrated(doubt), spans, tuple(dict.fromkeys(named)), account, passes)


def _dangling(pieces: list[Piece]) -> int:
    """How many words that lead to something lead to nothing: a "for" at the end of a code may be a four."""
    solid = [piece for piece in pieces if piece.kind not in {"mark", "filler"}]
    return sum(
        1
        for piece, after in zip_longest(solid, solid[1:])
        if piece.kind == "cue"
        and piece.value in {"for", "to"}
        and (after is None or after.kind in {"tag", "joint", "cue"})
    )


def calibrated(doubt: float) -> float:
    """The share of development utterances with this much doubt that were read exactly right."""
    return _SURE[bisect_right(_STEPS, doubt)] if doubt > 0 else _SURE[0]
