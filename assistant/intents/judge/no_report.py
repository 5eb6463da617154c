"""Why an utterance is no report of the speaker's: it did not happen, is hearsay, or is said to a colleague."""

import re
import unicodedata
from dataclasses import replace
from itertools import pairwise
from typing import Final

from assistant.intents.judge.clauses import clauses
from assistant.intents.judge.colleagues import NAMES, beside, is_past, own_words
from assistant.intents.language.atoms import Atom
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.spot.pieces import Piece

_HOSTILE: Final = frozenset('{}[]\\`<|^$"“”*=;_')
_EQUALS: Final = re.compile(r"(?<=[\w ])= ?(?=\d)")
"""An amount: `TH0822=21`."""
_FEW: Final = 3
_DAYS: Final = frozenset({"date", "horizon", "gate"})
_EMPTY: Final = frozenset({"unknown", "filler", "mark", "pronoun", "cue", "joint", "fix", "tag"})
_OWN_CLAUSE: Final = frozenset({"negation", "future"})


def hostile(text: str) -> bool:
    """Whether the text is no speech at all: control characters, turned writing, or the marks of a program."""
    if text.isascii() and text.isprintable() and not _HOSTILE & set(text):
        return False
    for mark in text:
        category = unicodedata.category(mark)
        if category in {"Cc", "Co", "Cs", "Cn"} and mark not in "\n\t\r":
            return True
        if category == "Cf" and mark not in "\u200d\u00ad":
            return True
        if category == "Lo" or unicodedata.bidirectional(mark) in {"R", "AL"}:
            return True
    marks = [mark for mark in _EQUALS.sub("", text) if mark in _HOSTILE]
    return (
        any(mark in "{}[]\\`<|" for mark in marks)
        or len(marks) > _FEW
        or "$(" in text
        or "--" in text.replace("-->", "")
    )


def dated(pieces: list[Piece]) -> list[Piece]:
    """With a day to come as a sign of the future, unless it is an expiry or what past work was for.

    `we ship 20 cs tomorrow` · but `staged 5 buckets for tomorrow's batch`, `exp tomorrow`
    """
    told = any(piece.kind in {"verb", "again"} for piece in pieces)
    if not told and not any(piece.kind in {"qty", "date"} for piece in pieces):
        return pieces
    past = any(piece.kind == "verb" and is_past(piece.text) for piece in pieces)
    kept = [*pieces]
    for at, piece in enumerate(pieces):
        weekday = piece.kind == "date" and piece.text.split()[-1] in LEXICON.dates["weekdays"]
        if weekday and not told:
            continue
        before = next((p for p in reversed(pieces[:at]) if p.kind not in {"filler", "mark"}), None)
        if piece.kind == "date":
            cued = before is not None and before.kind == "tag" and before.value == "expires"
            kept[at] = replace(piece, told=past, cued=cued)
        if not weekday and (piece.text not in LEXICON.raw["future_days"] or piece.kind not in _DAYS):
            continue
        if before and before.kind == "tag":
            continue
        if past and before and before.text in LEXICON.raw["purpose"]:
            lead = pieces.index(before)
            kept[lead], kept[at] = replace(before, kind="filler"), replace(piece, kind="filler")
            if at + 1 < len(pieces) and pieces[at + 1].kind in {"tag", "verb", "ordertag"}:
                kept[at + 1] = replace(pieces[at + 1], kind="filler")  # "tomorrow's batch", "tomorrow's run"
        elif not (weekday and past):
            kept[at] = replace(piece, kind="gate", value="future")
    return kept


def asides(pieces: list[Piece]) -> list[Piece]:
    """With a clause of nothing known beside a report made one unknown piece: `…, figured id log it before i forget`."""
    parts = clauses(pieces)
    tells = any({"verb"} <= (kinds := {p.kind for p in part}) and kinds & NAMES for part in parts)
    if not tells:
        return pieces
    kept: list[Piece] = []
    for part in parts:
        unknown = [at for at, piece in enumerate(part) if piece.kind == "unknown"]
        if len(unknown) > 1 and {piece.kind for piece in part} <= _EMPTY:
            first, last = unknown[0], unknown[-1]
            text = " ".join(piece.text for piece in part[first : last + 1])
            kept += [
                *part[:first],
                Piece(part[first].start, part[last].end, "unknown", text, text=text),
                *part[last + 1 :],
            ]
        else:
            kept += part
    return kept


def vouched(pieces: list[Piece]) -> list[Piece]:
    """Without who else is named where the speaker takes it up or only says whose mistake it was.

    `anna cleared CB1120, release it` · `somebody counted wrong`
    """
    kept = _told(beside(pieces))
    for at, (piece, after) in enumerate(pairwise(kept)):
        returned = any((p.kind == "verb" and p.value == "return") or p.text.startswith("back") for p in kept[:at])
        if piece.text == "not" and after.kind == "verb" and returned:  # `returned 6 packs not used`
            kept[at], kept[at + 1] = replace(piece, kind="filler"), replace(after, kind="filler")
        if piece.kind == "gate" and piece.text in LEXICON.raw["blamed"] and after.kind == "reason":
            kept[at] = replace(piece, kind="filler")
        elif piece.kind == "person" and after.kind == "verb":
            again = [
                later
                for later in range(at + 2, len(pieces) - 1)
                if pieces[later].kind == "verb" and pieces[later].value == after.value
            ]
            if again and pieces[again[0] + 1].kind == "pronoun":
                kept[at] = replace(piece, kind="filler")
                kept[at + 1] = replace(after, kind="filler")
    return kept


def _told(pieces: list[Piece]) -> list[Piece]:
    """With what a question or a reason is called taken for the verb that it is beside a supplier or an amount.

    `rio just dropped 40 cs toms` · `inventory on D3 is 8 bags onions`
    """
    kept = [*pieces]
    amounts = any(piece.kind == "qty" for piece in pieces)
    before: Piece | None = None
    for at, piece in enumerate(pieces):
        if piece.kind == "reason" and piece.text in LEXICON.raw["delivering"] and before and before.kind == "partner":
            kept[at] = replace(piece, kind="verb", value="receive")
        elif (piece.kind == "gate" and piece.value == "future" and _asked_for(pieces, at)) or (
            piece.kind == "verb" and piece.text == "load" and before and before.kind == "partner"
        ):
            kept[at] = replace(piece, kind="filler")
        elif piece.kind == "ask" and amounts and piece.text == "yield":
            kept[at] = replace(piece, kind="verb", value="produce")
        elif piece.kind == "ask" and amounts and piece.text.split()[0] in LEXICON.raw["stocktaking"]:
            kept[at] = replace(piece, kind="verb", value="count")
        elif piece.kind == "partner" and [p.text for p in pieces[max(0, at - 2) : at]] == ["in", "from"]:
            kept[at - 2] = replace(pieces[at - 2], kind="verb", value="receive")
        before = piece if piece.kind not in {"filler", "mark"} else before
    return kept


def _asked_for(pieces: list[Piece], at: int) -> bool:
    """Whether what is wanted is an answer: `i need a full recall on CP26A`."""
    after = next((p for p in pieces[at + 1 :] if p.kind not in {"filler", "mark", "direction"}), None)
    return after is not None and after.kind == "ask"


def gated(words: tuple[Atom, ...], pieces: list[Piece]) -> str | None:
    """Why these words report nothing, or None when nothing says so."""
    if _addressed(words, pieces):
        return "person"
    if _asks_whether(words, pieces):
        return "questions"
    if any(piece.kind == "verb" and before.text in LEXICON.raw["third_persons"] for before, piece in pairwise(pieces)):
        return "hearsay"
    if _others_did(pieces):
        return "hearsay"
    opens = True
    for piece in pieces:
        if piece.kind == "gate" and (piece.value != "questions" or opens):
            return piece.value
        opens = opens and (piece.kind == "mark" or piece.text in LEXICON.raw["greetings"])
    return None


def _others_did(pieces: list[Piece]) -> bool:
    """Whether a word that names nothing of ours did it: `packaging used 6 bags onions`, `the big boss moved RM1107`."""
    solid = [piece for piece in pieces if piece.kind not in {"filler", "mark"}]
    verb = next((at for at, piece in enumerate(solid) if piece.kind != "unknown"), 0)
    if not verb or solid[verb].kind != "verb" or not is_past(solid[verb].text):
        return False
    after = {piece.kind for piece in solid[verb + 1 :]}
    return bool(after & NAMES) and bool(after & {"qty", "num", "all"})


def _asks_whether(words: tuple[Atom, ...], pieces: list[Piece]) -> bool:
    """`is RM1107 on hold`: a question that no intent of ours answers."""
    amounts = any(piece.kind in {"qty", "num", "all"} for piece in pieces)
    opens = words[0].text in LEXICON.raw["question_openers"]
    return opens and not amounts and any(piece.kind == "verb" for piece in pieces)


def reported(pieces: list[Piece]) -> list[Piece]:
    """Without the clauses that only say what was not or is not yet done, beside one that says what was.

    `forgot to log this earlier, pulled 6 cs …` · `was supposed to do five but moved seven`
    """
    own = own_words(pieces)
    if own:
        return own
    if not any(piece.kind == "gate" and piece.value in _OWN_CLAUSE for piece in pieces):
        return pieces
    if any(piece.kind == "gate" and piece.value not in _OWN_CLAUSE for piece in pieces):
        return pieces
    parts = clauses(pieces)
    kept = [clause for clause in parts if not any(piece.kind == "gate" for piece in clause)]
    told = [piece for clause in kept for piece in clause]
    plans = any(piece.kind == "gate" and piece.value == "future" for piece in parts[0])
    if plans and not any(piece.kind == "verb" and is_past(piece.text) for piece in told):
        return pieces  # `plan for tomorrow: move 10 bags, then start 4472`
    tells = any(piece.kind == "verb" for piece in told) and any(piece.kind in {"qty", "num", "all"} for piece in told)
    return [*_named_before(parts, told), *told] if tells else pieces


def _named_before(parts: list[list[Piece]], told: list[Piece]) -> list[Piece]:
    """What a negated clause before the report names, and the report does not: `didn't use all the tubs on 4472, …`.

    It is a guess that the report is of the same, and doubted.
    """
    first = parts[0]
    if not any(piece.kind == "gate" and piece.value == "negation" for piece in first):
        return []
    kinds = {piece.kind for piece in told}
    found: list[Piece] = []
    for at, piece in enumerate(first):
        lacks = not kinds & NAMES if piece.kind in NAMES else piece.kind == "order" and "order" not in kinds
        if lacks:
            cue = [p for p in first[max(0, at - 1) : at] if p.kind in {"cue", "tag"}]
            found += [*cue, replace(piece, doubt=piece.doubt + 0.4)]
    return found


def _addressed(words: tuple[Atom, ...], pieces: list[Piece]) -> bool:
    """Whether somebody else is named: as the one who did it, or as the one who shall."""
    names = LEXICON.raw["reporting_names"]
    for piece in pieces:
        if piece.kind != "person":
            continue
        after = " ".join(atom.text for atom in words[piece.end : piece.end + 1])
        before = " ".join(atom.text for atom in words[max(0, piece.start - 2) : piece.start])
        if after in names or before in {"this is", "it's", "its"} or before.endswith("it's"):
            continue
        return True
    return False
