"""Questions to the assistant, and the words of a conversation: where, how much, trace, yes, no, say again."""

from typing import Final

from assistant.intents.frames.items import Item
from assistant.intents.frames.slots import Draft, fill
from assistant.intents.judge.colleagues import NAMES, is_past
from assistant.intents.language.atoms import Atom
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.readers.vocabulary import Vocabulary
from assistant.intents.spot.pieces import Piece

_RANK: Final = ("approve", "reject", "recall", "variance", "mine", "trace", "expiring", "status", "where", "stock")
_NEEDS: Final = {"where": {"product", "lot"}, "stock": {"product", "lot", "at"}, "status": {"work_order"}}
_COURTESY: Final = frozenset("sorry please pls plz thanks thx uh um er oh hey ok okay well so yeah just ty".split())
_MARKS: Final = frozenset(".,!?;:-")


def spoken_words(words: tuple[Atom, ...]) -> tuple[str, ...]:
    """The words of an utterance without marks."""
    return tuple(atom.text for atom in words if atom.kind != "p" or atom.text not in _MARKS)


def talked(words: tuple[Atom, ...]) -> str | None:
    """The conversation's intent when the whole utterance is one: `yep that's right`, `cancel that please`."""
    said = spoken_words(words)
    if not said and words and all(atom.text == "?" for atom in words):
        return "help"
    if said in LEXICON.talk:
        return LEXICON.talk[said]
    bare = tuple(word for word in said if word not in _COURTESY)
    if bare in LEXICON.talk:
        return LEXICON.talk[bare]
    return _several(bare) if 1 < len(bare) <= 8 else None  # noqa: PLR2004


def _several(said: tuple[str, ...]) -> str | None:
    """`yes yes`, `yep that's right`, `no cancel that`: phrases of one intent after each other."""
    intents: set[str] = set()
    at = 0
    while at < len(said):
        size = next((n for n in range(len(said) - at, 0, -1) if said[at : at + n] in LEXICON.talk), 0)
        if not size:
            return None
        intents.add(LEXICON.talk[said[at : at + size]])
        at += size
    return intents.pop() if len(intents) == 1 else None


def asked(pieces: list[Piece], first: str, *, question: bool) -> str | None:
    """The question that is put to the assistant, if one is; `first` is the utterance's first word."""
    asks = {piece.value for piece in pieces if piece.kind == "ask"}
    content = [piece for piece in pieces if piece.kind not in {"filler", "mark", "joint", "pronoun"}]
    opens = bool(content) and content[0].kind == "ask"
    amounts = any(piece.kind in {"qty", "num"} for piece in pieces)
    verbs = [piece for piece in pieces if piece.kind == "verb"]
    if content and content[0].kind == "verb" and (content[0].value == "undo" or asks == {"mine"}):
        return None
    if not amounts and first in LEXICON.raw["question_openers"] and any(piece.kind == "order" for piece in pieces):
        return "status"
    if not asks:
        return "stock" if not amounts and _asks_stock(content, verbs, question=question) else None
    told = any(piece.kind == "qty" for piece in pieces) and any(is_past(verb.text) for verb in verbs)
    strong = any(not LEXICON.verbs[verb.value].weak for verb in verbs)
    gates = any(piece.kind == "gate" and piece.value != "questions" for piece in pieces)
    if not question and ((told and asks == {"variance"}) or (not opens and ((amounts and strong) or gates))):
        return None
    if asks == {"trace"} and any(verb.value == "put" for verb in verbs):
        return "where"
    if opens and content[0].value in {"approve", "reject"}:
        measured = any(piece.kind == "qty" for piece in pieces) and not any(piece.kind == "num" for piece in pieces)
        return None if measured else content[0].value  # `rejected 2 cs romaine` is no request
    return next(intent for intent in _RANK if intent in asks)


def _asks_stock(content: list[Piece], verbs: list[Piece], *, question: bool) -> bool:
    """Whether goods without an amount are asked for without a word for it: `rye in aisle a?`, `hummus on hand`."""
    if any(verb.text.startswith("on hand") for verb in verbs):
        return True
    if any(verb.value == "count" for verb in verbs):
        return question
    return question and all(LEXICON.verbs[verb.value].weak for verb in verbs) and _names_stock(content)


def _names_stock(content: list[Piece]) -> bool:
    """Whether goods, and perhaps a place, are all that is asked of: `rye in aisle a?`, `H1119?`."""
    kinds = {piece.kind for piece in content}
    return bool(kinds & NAMES) and kinds <= NAMES | {"place", "part", "cue", "tag"} and content[0].kind != "fix"


def answerable(intent: str, pieces: list[Piece], item: Item, vocabulary: Vocabulary) -> Draft | None:
    """The frame of a question; None when it asks of something that is not ours to know, such as the pallet jack."""
    draft = fill(intent, item, vocabulary)
    unknown = [piece for piece in pieces if piece.kind == "unknown"]
    if intent in _NEEDS and not (_NEEDS[intent] & (draft.slots.keys() | draft.candidates.keys())):
        return None
    if any(piece.kind == "person" for piece in pieces) and intent not in {"approve", "reject"}:
        return None
    draft.doubt += 0.15 * len(unknown)
    if intent == "trace":
        _direction(draft, pieces)
        if _is_vague(draft, pieces) or not item.goods:
            return None
        if "lot" not in draft.slots and "lot" not in draft.candidates:
            draft.doubt += 0.3
    elif intent == "expiring":
        horizon = next((piece.value for piece in pieces if piece.kind == "horizon"), None)
        if horizon is not None:
            draft.slots["days"] = horizon
    elif intent in {"approve", "reject"}:
        _request(draft, pieces)
    elif intent == "recall" and not item.goods.get("lot"):
        draft.doubt += 0.2
    return draft


def _is_vague(draft: Draft, pieces: list[Piece]) -> bool:
    """Whether a question that may be of anything says no way to trace: `what did the lab find on CB1120`."""
    opener = next(piece.text for piece in pieces if piece.kind == "ask")
    return opener in LEXICON.raw["vague_traces"] and "direction" not in draft.slots


def _direction(draft: Draft, pieces: list[Piece]) -> None:
    said = {piece.value for piece in pieces if piece.kind == "direction"}
    words = " ".join(piece.text for piece in pieces)
    for direction in ("backward", "forward"):
        if any(f" {cue} " in f" {words} " for cue in LEXICON.raw[f"trace_{direction}"]):
            said.add(direction)
    if "both" in said or {"backward", "forward"} <= said or not said:
        return
    draft.slots["direction"] = said.pop()


def digits_of(piece: Piece) -> str | None:
    """The number that a piece is, whatever it was taken for."""
    digits = piece.digits or "".join(mark for mark in piece.value if mark.isdigit())
    return (digits.lstrip("0") or "0") if digits else None


def _request(draft: Draft, pieces: list[Piece]) -> None:
    for piece in pieces:
        if piece.kind in {"num", "qty", "tail", "order", "newlot"} and (number := digits_of(piece)):
            draft.slots["request"] = number
            return
