"""Which verb governs which words: an utterance cut into the stretches that each tell of one kind of thing."""

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

from assistant.intents.language.lexicon import LEXICON
from assistant.intents.readers.vocabulary import Vocabulary, compact
from assistant.intents.reading import SLOTS
from assistant.intents.spot.pieces import Piece

GOODS: Final = frozenset({"qty", "num", "but", "product", "lot", "tail", "newlot", "all"})
_AMOUNTS: Final = frozenset({"qty", "num", "all"})
_FEATURE: Final = {
    "ref": "reference", "qty": "quantity", "num": "quantity", "all": "quantity", "product": "goods", "lot": "goods",
    "tail": "goods", "newlot": "goods",
}  # fmt: skip
_JOINTS: Final = frozenset({"joint"})
_GONE: Final = frozenset({"scrap", "ship"})
"""After these there is nothing left that something else could happen to."""
_FETCHING: Final = frozenset(LEXICON.raw["fetching"])
_SEPARATORS: Final = frozenset(",;.:\n")
_SENTENCES: Final = frozenset(";.\n")
_NAMES: Final = frozenset({"product", "lot", "tail", "newlot"})
_LOTS: Final = frozenset({"lot", "tail", "newlot"})


@dataclass(slots=True)
class Scope:
    """A stretch of the utterance and the intent that governs it; `sign` is "-" or "+" for an adjustment."""

    pieces: list[Piece]
    intent: str | None = None
    sign: str = ""
    reason: str | None = None
    verb: Piece | None = None
    implied: bool = False
    features: frozenset[str] = field(default_factory=frozenset)


def cue_before(pieces: list[Piece], at: int) -> str:
    """The word that gives the piece its role: the nearest cue or arrow before it, over articles and tags."""
    for back in range(at - 1, max(-1, at - 4), -1):
        piece = pieces[back]
        if piece.kind in {"cue", "arrow"}:
            return piece.value
        if piece.kind not in {"filler", "tag", "part"}:
            return ""
    return ""


def role_of(cue: str) -> str:
    """What a place is to the verb after this cue: "to", "from", "at", or "" when nothing says so."""
    if cue in LEXICON.raw["arrows"] or cue in LEXICON.to_cues:
        return "to"
    if cue in LEXICON.from_cues:
        return "from"
    return "at" if cue in LEXICON.at_cues else ""


def features(pieces: list[Piece], vocabulary: Vocabulary) -> frozenset[str]:
    """What is said beside the verb, for the verbs whose meaning depends on it."""
    found: set[str] = set()
    for at, piece in enumerate(pieces):
        kind = piece.kind
        if kind == "cue" or (kind == "filler" and piece.value in LEXICON.raw["cues"]):
            found |= set(piece.value.split())
        elif kind == "filler" and piece.value in LEXICON.raw["vehicles"]:
            found.add("vehicle")
        elif kind in {"place", "part"}:
            found |= _place_features(piece, role_of(cue_before(pieces, at)), vocabulary)
        elif kind == "partner" and piece.value:
            found.add(vocabulary.partners[piece.value].role)
        elif kind == "order" and cue_before(pieces, at) in LEXICON.order_into:
            found |= {"order", "to_order"}
        elif kind == "verb":
            found.add(piece.value)
        elif kind == "tag":
            found |= {f"{piece.value}_tag", f"{piece.text}_word"}
        elif kind == "newlot":
            found |= {"goods", "newlot"}
        else:
            found.add(_FEATURE.get(kind, kind))
    return frozenset(found | _ordered_features(pieces) | _other_goods(pieces, vocabulary))


def _other_goods(pieces: list[Piece], vocabulary: Vocabulary) -> set[str]:
    """Whether what is named beside the only order is not what that order makes."""
    orders = [vocabulary.orders.get(compact(piece.value)) for piece in pieces if piece.kind == "order"]
    named = [piece.options for piece in pieces if piece.kind in {"product", "lot"} and piece.options]
    order = orders[0] if len(orders) == 1 else None
    others = order is not None and named and all(order.sku not in options for options in named)
    return {"other_goods"} if others else set()


def _ordered_features(pieces: list[Piece]) -> set[str]:
    """What depends on the order of words: a place that opens, and an "in" that leads to no place."""
    found = set()
    opener = next((piece for piece in pieces if piece.kind not in {"filler", "mark"}), None)
    if opener and opener.kind in {"place", "part"}:
        found.add("lead_place")
    for piece, after in zip_longest(pieces, pieces[1:]):
        leads = after is not None and after.kind in {"place", "part"}
        if piece.value == "in" and piece.kind in {"cue", "filler"} and not leads:
            found.add("in_alone")
    return found


def _place_features(piece: Piece, role: str, vocabulary: Vocabulary) -> set[str]:
    found = {"place", f"{role or 'bare'}_place"}
    if piece.kind == "place" and piece.value and vocabulary.places[piece.value].kind == "hold":
        found.add("hold_place")
    return found


def resolved(verb: Piece, said: frozenset[str]) -> tuple[str | None, str]:
    """The intent and the sign that a verb has among these features."""
    for condition, intent in LEXICON.verbs[verb.value].when:
        if all((word[1:] not in said) if word[0] == "!" else (word in said) for word in condition):
            sign = intent[-1] if intent[-1] in "+-" else ""
            return intent.rstrip("+-"), sign
    return None, ""


def scopes(pieces: list[Piece], vocabulary: Vocabulary) -> list[Scope]:
    """The stretches of an utterance, each with its intent; without any verb, one stretch without an intent."""
    verbs = _verbs(pieces, vocabulary)
    if not verbs:
        return [Scope(pieces)]
    cuts = [0, *(_cut(pieces, verbs, at) for at in range(1, len(verbs))), len(pieces)]
    found: list[Scope] = []
    for at, verb in enumerate(verbs):
        part = pieces[cuts[at] : cuts[at + 1]]
        said = features(part, vocabulary) | _ordered(pieces[: cuts[at]])
        intent, sign = resolved(pieces[verb], said)
        scope = Scope(part, intent, sign, LEXICON.verbs[pieces[verb].value].reason, pieces[verb], features=said)
        if found and scope.intent and _is_said_to_be(part):
            found[-1].intent, found[-1].sign, found[-1].verb = scope.intent, scope.sign, scope.verb
        elif found and _continues(found[-1], scope):
            found[-1].pieces = found[-1].pieces + part
            found[-1].features |= said
            fetched = found[-1].verb and found[-1].verb.value in _FETCHING and found[-1].intent != "receive"
            vague = found[-1].intent == "count" or fetched
            if found[-1].intent is None or (vague and scope.intent is not None):
                found[-1].intent, found[-1].sign, found[-1].verb = scope.intent, scope.sign, scope.verb
            if scope.intent == "adjust" == found[-1].intent:
                found[-1].sign = found[-1].sign or scope.sign
            found[-1].reason = found[-1].reason or scope.reason
        else:
            found.append(scope)
    return found


def _is_said_to_be(part: list[Piece]) -> bool:
    """Whether a verb only says what it all was: `…, thats consumed`."""
    verb = next(at for at, piece in enumerate(part) if piece.kind == "verb")
    before = part[verb - 1] if verb else None
    return before is not None and before.text in LEXICON.raw["summing_up"] and not any(p.kind in GOODS for p in part)


def _verbs(pieces: list[Piece], vocabulary: Vocabulary) -> list[int]:
    """The places of the verbs that count: weak ones only when there is no other, and what resolves to nothing never."""
    said = features(pieces, vocabulary) | _ordered(pieces)
    every = [at for at, piece in enumerate(pieces) if piece.kind == "verb" and resolved(piece, said)[0]]
    strong = [at for at in every if not LEXICON.verbs[pieces[at].value].weak]
    return strong or every


def _ordered(before: list[Piece]) -> set[str]:
    """Whether a work order was named: then what is put "in" is put into it."""
    return {"order_before"} if any(piece.kind == "order" for piece in before) else set()


def _cut(pieces: list[Piece], verbs: list[int], at: int) -> int:
    """Where the scope of the verb before ends and that of verb `at` begins."""
    last, verb = verbs[at - 1], verbs[at]
    stop = verbs[at + 1] if at + 1 < len(verbs) else len(pieces)
    between = range(last + 1, verb)
    joints = [
        i for i in between if pieces[i].kind in _JOINTS or (pieces[i].kind == "mark" and pieces[i].value in _SEPARATORS)
    ]
    ends = [i for i in joints if pieces[i].kind == "mark" and pieces[i].value in _SENTENCES]
    if ends and any(pieces[i].kind in GOODS for i in range(ends[-1], verb)):
        return ends[-1]
    suffixed = any(pieces[i].kind in _AMOUNTS for i in range(verbs[0]))
    following = pieces[
        verb + 1 : next((i for i in range(verb + 1, stop) if pieces[i].kind == "joint"), stop) if suffixed else stop
    ]
    amounts_after = any(piece.kind in _AMOUNTS for piece in following)
    for joint in reversed(joints):
        own = [pieces[i].kind for i in range(joint + 1, verb)]
        if any(kind in GOODS for kind in own):
            if _completes(pieces[last:joint], pieces[joint:verb], following):
                break
            earlier = any(pieces[i].kind in GOODS | {"order"} for i in range(joint)) if joint else False
            if earlier and not amounts_after:
                return joint
            break
    back = verb
    while back - 1 > last and pieces[back - 1].kind in {"joint", "mark", "filler"}:
        back -= 1
    return back


def _completes(told: list[Piece], between: list[Piece], following: list[Piece]) -> bool:
    """Whether a lot before a verb is of what was told: `took 22 cs chicken off it, lot CB1122, put it on dock 2`."""
    goods = {piece.kind for piece in between} & GOODS
    named = {piece.kind for piece in told} & GOODS
    taken_up = any(piece.kind == "pronoun" for piece in following[:1])
    if named & _NAMES and not named & _AMOUNTS and goods and goods <= _AMOUNTS:
        return not any(piece.kind in GOODS for piece in following)  # `delivery: chicken CB1127, 18 cs, put in C1-02`
    return taken_up and bool(goods) and goods <= _LOTS and bool(named & _AMOUNTS) and not named & _LOTS


def _continues(before: Scope, scope: Scope) -> bool:
    """Whether a verb adds nothing of its own to what was told before: `… is cleared by QA, release it`."""
    kinds = {piece.kind for piece in scope.pieces}
    own = bool(kinds & GOODS) or "order" in kinds
    if not (kinds & GOODS) and scope.intent == before.intent:
        return True
    if scope.intent is None or before.intent is None:
        return True
    if before.intent in _GONE and not own:
        return True
    fetched = before.verb is not None and before.verb.value in _FETCHING
    if before.verb and fetched and not kinds & GOODS and ("pronoun" in kinds or before.verb.value == "go"):
        return True
    if own:
        return (
            scope.intent == before.intent
            and not ({p.kind for p in before.pieces} & {"qty", "num", "all"} and kinds & {"qty", "num", "all"})
            and not ({p.kind for p in before.pieces} & {"lot", "tail", "newlot"} and kinds & {"lot", "tail", "newlot"})
        )
    if scope.intent == "move" and before.intent in {"receive", "produce", "return", "move"}:
        return "pronoun" not in kinds or scope.verb is None or scope.verb.value in {"put", "push", "go"}
    if before.intent == "count" and not ({p.kind for p in before.pieces} & {"place"}):
        return True
    return not {p.kind for p in before.pieces} & GOODS and "work_order" not in SLOTS.get(before.intent, frozenset())
