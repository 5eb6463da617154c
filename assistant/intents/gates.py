"""Why an utterance is no report of the speaker's: it did not happen, is hearsay, or is said to a colleague."""

import unicodedata
from itertools import pairwise
from typing import Final

from assistant.intents.atoms import Atom
from assistant.intents.language import LEXICON
from assistant.intents.pieces import Piece

LONGEST: Final = 1000
"""Characters of an utterance; nobody reports more in one breath."""
_HOSTILE: Final = frozenset('{}[]\\`<|^$"“”*=;_')
_FEW: Final = 3
_OWN_CLAUSE: Final = frozenset({"negation", "future"})


def hostile(text: str) -> bool:
    """Whether the text is no speech at all: control characters, turned writing, or the marks of a program."""
    if len(text) > LONGEST:
        return True
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
    marks = [mark for mark in text if mark in _HOSTILE]
    return (
        any(mark in "{}[]\\`<|" for mark in marks)
        or len(marks) > _FEW
        or "$(" in text
        or "--" in text.replace("-->", "")
    )


def gated(words: tuple[Atom, ...], pieces: list[Piece]) -> str | None:
    """Why these words report nothing, or None when nothing says so."""
    if _addressed(words, pieces):
        return "person"
    if _asks_whether(words, pieces):
        return "questions"
    if any(piece.kind == "verb" and before.text in LEXICON.raw["third_persons"] for before, piece in pairwise(pieces)):
        return "hearsay"
    opens = True
    for piece in pieces:
        if piece.kind == "gate" and (piece.value != "questions" or opens):
            return piece.value
        opens = opens and (piece.kind == "mark" or piece.text in LEXICON.raw["greetings"])
    return None


def _asks_whether(words: tuple[Atom, ...], pieces: list[Piece]) -> bool:
    """`is RM1107 on hold`: a question that no intent of ours answers."""
    amounts = any(piece.kind in {"qty", "num", "all"} for piece in pieces)
    opens = words[0].text in LEXICON.raw["question_openers"]
    return opens and not amounts and any(piece.kind == "verb" for piece in pieces)


def reported(pieces: list[Piece]) -> list[Piece]:
    """Without the clauses that only say what was not or is not yet done, beside one that says what was.

    `forgot to log this earlier, pulled 6 cs …` · `was supposed to do five but moved seven`
    """
    if not any(piece.kind == "gate" and piece.value in _OWN_CLAUSE for piece in pieces):
        return pieces
    if any(piece.kind == "gate" and piece.value not in _OWN_CLAUSE for piece in pieces):
        return pieces
    clauses: list[list[Piece]] = [[]]
    for piece in pieces:
        clauses[-1].append(piece)
        if (piece.kind == "joint" and piece.value == "but") or (piece.kind == "mark" and piece.value in ",;.\n"):
            clauses.append([])
    kept = [clause for clause in clauses if not any(piece.kind == "gate" for piece in clause)]
    told = [piece for clause in kept for piece in clause]
    tells = any(piece.kind == "verb" for piece in told) and any(piece.kind in {"qty", "num", "all"} for piece in told)
    return (
        told
        if tells
        and not any(piece.kind in {"qty", "num"} for clause in clauses if clause not in kept for piece in clause[:0])
        else pieces
    )


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
