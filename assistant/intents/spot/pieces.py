"""What some words were taken for, and the cheapest way to account for all words of an utterance at once."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from assistant.intents.readers.dates import Day, Moment
from assistant.intents.readers.scans import Scan

UNKNOWN: Final = 3.0
"""What an unexplained word costs; dearer than any explanation that is worth having."""
DANGLING: Final = 0.3
"""What it costs to end on a word such as "over", which then leads nowhere."""
BASE: Final = {
    "product": 0.8, "place": 0.8, "part": 1.0, "partner": 0.8, "person": 0.9, "reason": 0.9, "lot": 0.5, "tail": 1.3,
    "newlot": 1.3, "order": 0.6, "ref": 0.6, "qty": 1.0, "num": 1.4, "unit": 1.6, "all": 0.9, "verb": 0.88,
    "lack": 0.85, "again": 0.95, "cue": 0.8, "tag": 0.85, "ordertag": 1.2, "reftag": 1.3, "filler": 1.0, "joint": 0.8,
    "fix": 0.85, "gate": 0.9, "ask": 0.9, "new": 1.0, "direction": 1.2, "pronoun": 0.95, "date": 0.7, "moment": 0.5,
    "horizon": 0.6, "but": 1.0, "mark": 0.0, "arrow": 0.0, "note": 0.0, "scan": 0.0, "pallet": 0.0, "unknown": UNKNOWN,
}  # fmt: skip
"""What it costs to take words for something of this kind, before their own cost."""
FOLLOWS: Final = {
    ("^", "verb"): -0.3, ("^", "place"): 0.2, ("^", "cue"): 0.2,
    ("cue", "place"): -0.4, ("cue", "partner"): -0.3, ("cue", "order"): -0.4, ("cue", "verb"): 0.5,
    ("cue", "reason"): 0.1, ("cue", "num"): 0.2, ("cue", "date"): 0.3,
    ("tag", "lot"): -0.3, ("tag", "tail"): -0.9, ("tag", "newlot"): -0.6, ("tag", "date"): -1.2, ("tag", "num"): -0.3,
    ("tag", "order"): 0.3,
    ("product", "tail"): -0.3, ("tail", "product"): -0.3, ("tail", "num"): 0.4, ("order", "num"): 0.3,
    ("qty", "product"): -0.2, ("qty", "unit"): 0.6, ("qty", "num"): 0.4,
    ("num", "num"): 0.9, ("num", "qty"): 0.9, ("num", "product"): -0.2, ("num", "unit"): 0.4, ("num", "place"): 0.5,
    ("num", "partner"): 0.6, ("num", "order"): 0.5,
    ("verb", "verb"): 0.3, ("verb", "all"): -0.2, ("filler", "num"): 0.1,
    ("part", "place"): -0.2, ("place", "place"): 0.3,
    ("ask", "horizon"): -0.6, ("ask", "date"): 0.3, ("new", "num"): -0.3, ("new", "qty"): -0.3,
}  # fmt: skip
"""How much likelier or less likely a kind is directly after another; "^" is the beginning."""


@dataclass(slots=True)
class Piece:
    """Atoms `start` to `end`, taken for something.

    `kind` is a key of `BASE`, `value` says which one it is ("" when `options` are several), `text` are the words;
    `unproven` marks a work order that the plant does not know, `cued` a day that a word says is an
    expiry, `told` one beside a verb that tells of what is done; `scan` is what a scanner read there.
    """

    start: int
    end: int
    kind: str
    value: str
    cost: float = 0.0
    number: Decimal | None = None
    unit: str | None = None
    options: tuple[str, ...] = ()
    digits: str | None = None
    moment: Moment | None = None
    day: Day | None = None
    cued: bool = False
    told: bool = False
    doubt: float = 0.0
    text: str = ""
    scan: Scan | None = None
    unproven: bool = field(default=False)


_State = tuple[float, Piece | None, str]


def cheapest(found: list[list[Piece]]) -> list[Piece]:
    """The pieces, one after the other over all atoms, that cost least together.

    Args:
        found: for each atom the pieces that begin there; every atom needs one at least.
    """
    states: list[dict[str, _State]] = [{} for _ in range(len(found) + 1)]
    states[0]["^"] = (0.0, None, "")
    for at, pieces in enumerate(found):
        here = states[at]
        for piece in pieces if here else ():
            kind, own, target = piece.kind, BASE[piece.kind] + piece.cost, states[piece.end]
            for before, (cost, _, _) in here.items():
                total = cost + own + FOLLOWS.get((before, kind), 0.0)
                state = before if kind == "mark" else kind
                known = target.get(state)
                if known is None or total < known[0]:
                    target[state] = (total, piece, before)
    return _trail(states)


def _trail(states: list[dict[str, _State]]) -> list[Piece]:
    at = len(states) - 1
    state = min(states[at], key=lambda name: states[at][name][0] + (DANGLING if name == "cue" else 0.0))
    trail: list[Piece] = []
    while at:
        _, piece, before = states[at][state]
        if piece is None:
            break
        trail.append(piece)
        at, state = piece.start, before
    return trail[::-1]


def same_named(pieces: list[Piece]) -> list[Piece]:
    """Two names of the same product next to each other are one: `count rory's chowder`."""
    kept: list[Piece] = []
    for piece in pieces:
        last = kept[-1] if kept else None
        both = tuple(code for code in piece.options if last and code in last.options)
        if last and last.kind == piece.kind == "product" and both:
            value, doubt = both[0] if len(both) == 1 else "", max(last.doubt, piece.doubt)
            text = f"{last.text} {piece.text}"
            kept[-1] = replace(last, end=piece.end, value=value, options=both, doubt=doubt, text=text)
        else:
            kept.append(piece)
    return kept
