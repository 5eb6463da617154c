"""Colleagues who are named, and neither did it nor are told to do it: helpers, hearers, who it is for."""

from dataclasses import replace
from typing import Final

from assistant.intents.language.lexicon import LEXICON
from assistant.intents.spot.pieces import Piece

_SOFT: Final = frozenset({"filler", "mark"})
NAMES: Final = frozenset({"product", "lot", "tail", "newlot"})
_TO_ALL: Final = frozenset([*LEXICON.raw["company"]["greetings"], *LEXICON.raw["company"]["thanks"]])
_PAUSES: Final = frozenset(",!.;-–—")


def beside(pieces: list[Piece]) -> list[Piece]:
    """With everybody who is only spoken to, or of, beside the speaker's own report as a filler.

    `moved 4 cs to L2 with linh` · `hey walt, i moved 4 cs` · `me and josue used 6 bags`; but not `walt move 4 cs`,
    `linh counted 12 cs`. Whoever stays a person makes the utterance none of the speaker's. `thanks all` means people.
    """
    kept = [*pieces]
    for at, piece in enumerate(pieces):
        if piece.kind == "person" and (_accompanies(kept, at) or (_is_told(pieces) and _spoken_to(kept, at))):
            kept[at] = replace(piece, kind="filler")
            if at and pieces[at - 1].kind == "cue":
                kept[at - 1] = replace(pieces[at - 1], kind="filler")
        elif piece.kind == "all" and at and pieces[at - 1].text in _TO_ALL:
            kept[at] = replace(piece, kind="filler")
    return kept


def _near(pieces: list[Piece], at: int, step: int) -> Piece | None:
    """The piece before or after, over an "@" or a "/"."""
    at += step
    while 0 <= at < len(pieces) and pieces[at].text in {"@", "/"}:
        at += step
    return pieces[at] if 0 <= at < len(pieces) else None


def _accompanies(pieces: list[Piece], at: int) -> bool:
    """Whether somebody helped, is thanked, or is the one it was done for."""
    words = LEXICON.raw["company"]
    before, after = _near(pieces, at, -1), _near(pieces, at, 1)
    joined = words["joined"]
    if before and before.text in words["beside"]:
        return not (after and (after.kind == "verb" or (after.text == "to" and _verb_at(pieces, at + 2))))
    if before and before.text in joined and at > 1 and pieces[at - 2].text in words["self"]:
        return True
    if after and after.text in joined and at + 2 < len(pieces) and pieces[at + 2].text in words["self"]:
        return True
    if before and before.text in joined and at > 1 and _was_person(pieces, at - 2):
        return True
    return bool(after and after.text in words["helped"])


def _was_person(pieces: list[Piece], at: int) -> bool:
    """Whether the one named before is a helper: `with linh and josue`."""
    return pieces[at].kind == "filler" and at > 0 and pieces[at - 1].text in LEXICON.raw["company"]["beside"]


def _verb_at(pieces: list[Piece], at: int) -> bool:
    return at < len(pieces) and pieces[at].kind == "verb"


def _is_told(pieces: list[Piece]) -> bool:
    """Whether the utterance tells what was done, and asks nobody to do anything: its first verb is past."""
    if any(piece.text in LEXICON.raw["company"]["requests"] for piece in pieces):
        return False
    verbs = [i for i, piece in enumerate(pieces) if piece.kind == "verb"]
    if not verbs or any(piece.kind == "ask" for piece in pieces):
        return False
    first = pieces[verbs[0]]
    own = verbs[0] > 0 and pieces[verbs[0] - 1].text in LEXICON.raw["company"]["subjects"]
    return own or (is_past(first.text) and first.text not in LEXICON.raw["company"]["also_orders"])


def _spoken_to(pieces: list[Piece], at: int) -> bool:
    """Whether a name opens the utterance, set apart from it, or ends it: `hey walt, moved …`, `moved …, walt`."""
    before = [piece for piece in pieces[:at] if piece.text != "@"]
    after = pieces[at + 1 :]
    if not any(piece.kind not in _SOFT for piece in after):
        last = before[-1] if before else None
        return last is not None and last.kind not in {"cue", "verb", "gate", "joint", "person"}
    greets = any(piece.text in LEXICON.raw["company"]["greetings"] for piece in before)
    if any(piece.kind not in _SOFT for piece in before):
        return False
    if after[0].text in LEXICON.raw["company"]["subjects"]:
        return True
    return after[0].text in _PAUSES or (after[0].text == ":" and greets)


def own_words(pieces: list[Piece]) -> list[Piece] | None:
    """The speaker's own report after what is told of others: `walt said to, so i moved 4 cs`; None without one."""
    subjects = LEXICON.raw["company"]["subjects"]
    for at in range(1, len(pieces) - 1):
        begins = pieces[at - 1].kind in {"joint", "mark"} or pieces[at - 1].text in {"so", "and", "but"}
        if not begins or pieces[at].text not in subjects or not any(p.kind in {"gate", "person"} for p in pieces[:at]):
            continue
        rest = pieces[at:]
        verb = next((piece for piece in rest[1:] if piece.kind not in _SOFT), None)
        told = verb is not None and verb.kind == "verb" and is_past(verb.text)
        if told and not any(piece.kind in {"gate", "person", "pronoun", "ask"} for piece in rest):
            amounts = any(piece.kind in {"qty", "num", "all"} for piece in rest)
            return rest if amounts and any(piece.kind in NAMES for piece in rest) else None
    return None


def is_past(form: str) -> bool:
    """Whether a verb's form tells of what is done: `moved`, `took`."""
    past = LEXICON.raw["past"]
    return any(word in past["words"] or word.endswith(tuple(past["endings"])) for word in form.split())
