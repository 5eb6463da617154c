"""Spots what the words of an utterance may be, and picks the reading of all words together that costs least."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.intents.atoms import Atom, singular
from assistant.intents.codes import Code, codes_at, letter
from assistant.intents.dates import days_at, horizon_at, moment_at
from assistant.intents.language import LEXICON
from assistant.intents.numbers import Number, numbers_at, piece
from assistant.intents.vocabulary import SUFFIX, Vocabulary

UNKNOWN: Final = 3.0
"""What an unexplained word costs; dearer than any explanation that is worth having."""
HOMOPHONE: Final = 0.5
"""What it costs to take a word for the number that it sounds like, inside a name."""
BASE: Final = {
    "product": 0.8, "place": 0.8, "part": 1.0, "partner": 0.8, "person": 0.9, "reason": 0.9, "lot": 0.5, "tail": 1.3,
    "newlot": 1.3, "order": 0.6, "ref": 0.6, "qty": 1.0, "num": 1.4, "unit": 1.6, "all": 0.9, "verb": 0.88, "lack": 0.85, "cue": 0.8,
    "tag": 0.85, "ordertag": 1.2, "reftag": 1.3, "filler": 1.0, "joint": 0.8, "fix": 0.85, "gate": 0.9, "ask": 0.9,
    "new": 1.0, "direction": 1.2, "pronoun": 0.95, "date": 0.7, "moment": 0.5, "horizon": 0.6, "mark": 0.0,
    "arrow": 0.0, "note": 0.0, "unknown": UNKNOWN,
}  # fmt: skip
FOLLOWS: Final = {
    ("cue", "place"): -0.4, ("tag", "lot"): -0.3, ("tag", "tail"): -0.9, ("tag", "newlot"): -0.6, ("product", "tail"): -0.3,
    ("tail", "product"): -0.3, ("cue", "order"): -0.4, ("qty", "product"): -0.2, ("tag", "date"): -1.2, ("num", "num"): 0.9,
    ("num", "qty"): 0.9, ("tail", "num"): 0.4, ("order", "num"): 0.3, ("cue", "verb"): 0.5, ("verb", "verb"): 0.3,
    ("cue", "reason"): 0.1, ("num", "product"): -0.2, ("num", "unit"): 0.4, ("qty", "unit"): 0.6, ("cue", "partner"): -0.3,
    ("part", "place"): -0.2, ("cue", "num"): 0.2, ("qty", "num"): 0.4, ("filler", "num"): 0.1, ("cue", "date"): 0.3,
    ("num", "place"): 0.5, ("num", "partner"): 0.6, ("num", "order"): 0.5, ("tag", "order"): 0.3, ("^", "verb"): -0.3, ("^", "place"): 0.2, ("^", "cue"): 0.2, ("place", "place"): 0.3, ("ask", "horizon"): -0.6, ("ask", "date"): 0.3, ("new", "num"): -0.3, ("new", "qty"): -0.3, ("tag", "num"): -0.3, ("qty", "verb"): 0.0,
}  # fmt: skip


_CORRECTABLE: Final = frozenset({"verb", "cue", "unit", "tag", "filler", "ask", "gate", "all"})
_HEARD_CUES: Final = {"two": "to", "2": "to", "four": "for"}
_LOT_WORDS: Final = frozenset({"of", "lot", "batch", "#"})


@dataclass(slots=True)
class Piece:
    """Atoms `start` to `end`, taken for something: what kind of thing, and which one."""

    start: int
    end: int
    kind: str
    value: str
    cost: float = 0.0
    number: Decimal | None = None
    unit: str | None = None
    options: tuple[str, ...] = ()
    digits: str | None = None
    day: date | None = None
    moment: datetime | None = None
    doubt: float = 0.0
    extra: dict[str, Any] = field(default_factory=dict)


@cache
def ordinary_words() -> frozenset[str]:
    """Words that everybody uses, never taken for a misspelt name."""
    text = files("assistant.intents").joinpath("lexicon", "en-words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


class Spotter:
    """One utterance against one plant's vocabulary."""

    def __init__(self, words: tuple[Atom, ...], vocabulary: Vocabulary, today: date, now: datetime | None) -> None:
        self.words, self.vocabulary, self.today, self.now = words, vocabulary, today, now
        self.odd = [self._is_odd(atom) for atom in words]
        self.edges = [self._edges(at) for at in range(len(words))]
        self.skus: set[str] = set()
        self.found: list[list[Piece]] = [[] for _ in words]

    def _is_odd(self, atom: Atom) -> bool:
        text = atom.text
        return (
            atom.kind == "w"
            and len(text) > 2  # noqa: PLR2004
            and text not in LEXICON.words
            and singular(text) not in self.vocabulary.words
            and text not in LEXICON.nato
            and text not in self.vocabulary.trie
        )

    # -- the lattice of words that each atom may stand for ---------------------------------------------------------

    def _edges(self, at: int) -> list[tuple[int, str, float]]:
        atom = self.words[at]
        if atom.kind == "p":
            return []
        if atom.kind == "n":
            return [(at + 1, atom.text.lstrip("0") or "0", 0.0)]
        text = atom.text
        edges = [(at + 1, singular(text), 0.0)]
        if text in LEXICON.place_words:
            edges.append((at + 1, LEXICON.place_words[text], 0.1))
        named = letter(self.words, at)
        if named and len(text) > 1:
            edges.append((at + 1, named[0], 0.1 + named[1]))
        end, digits = at, ""
        while len(digits) < 3 and (step := piece(self.words, end)):  # noqa: PLR2004
            end, digits = step[0], digits + step[1]
            edges.append((end, digits.lstrip("0") or "0", HOMOPHONE if step[2] else 0.0))
            if step[2]:
                break
        if at + 1 < len(self.words) and self.words[at + 1].kind == "w":
            joined = singular(text + self.words[at + 1].text)
            if joined in self.vocabulary.words:
                edges.append((at + 2, joined, 0.1))
        if self.odd[at] and len(text) >= 4 and text not in ordinary_words():  # noqa: PLR2004
            edges += [(at + 1, word, cost) for word, cost in self._similar(singular(text))]
            if singular(text) != text:
                edges += [(at + 1, word, cost) for word, cost in self._similar(text)]
        return edges

    def _similar(self, word: str) -> Iterator[tuple[str, float]]:
        """The plant's words that this one may be a slip of the finger from."""
        most = 1 if len(word) <= 5 else 2  # noqa: PLR2004
        near = [w for size in range(len(word) - most, len(word) + most + 1) for w in self.vocabulary.by_length.get(size, ())]
        for match, distance, _ in process.extract(word, near, scorer=OSA.distance, score_cutoff=most, limit=4):
            if distance < most or match[0] == word[0] or distance == 1:
                yield match, 0.35 * distance + (0.0 if match[0] == word[0] else 0.3)

    # -- what may begin where --------------------------------------------------------------------------------------

    def spot(self) -> list[Piece]:
        """The cheapest way to account for every word."""
        for at in range(len(self.words)):
            self._names(at)
        for at in range(len(self.words)):
            if self.words[at].kind == "p":
                self._mark(at)
            self._phrases(at)
            self._sounds(at)
            self._numbers(at)
            self._codes(at)
            self._times(at)
        return self._cheapest()

    def _put(self, piece_: Piece) -> None:
        self.found[piece_.start].append(piece_)

    def _mark(self, at: int) -> None:
        text = self.words[at].text
        if text in LEXICON.raw["joints"]:
            return
        arrow = text in LEXICON.raw["arrows"]
        self._put(Piece(at, at + 1, "arrow" if arrow else "mark", text))

    def _phrases(self, at: int) -> None:
        """Phrases of the language, word for word, or with one slip in a long word."""
        node, end, words = LEXICON.trie, at, self.words
        while end < len(words):
            atom = words[end]
            follower = node.get(atom.text)
            if follower is None and atom.text in "-'./" and end > at:
                end += 1
                continue
            if follower is None:
                break
            node, end = follower, end + 1
            for kind, value, cost in node.get(None, ()):
                self._put(Piece(at, end, kind, value, cost))
        if end == at and self.odd[at] and len(words[at].text) >= 5 and words[at].text not in ordinary_words():  # noqa: PLR2004
            self._misspelt(at)

    def _misspelt(self, at: int) -> None:
        word = self.words[at].text
        most = 1 if len(word) <= 6 else 2  # noqa: PLR2004
        for match, distance, _ in process.extract(word, _correctable(), scorer=OSA.distance, score_cutoff=most, limit=8):
            node, end = LEXICON.trie[match], at + 1
            while match[0] == word[0]:
                for kind, value, cost in node.get(None, ()):
                    if kind in _CORRECTABLE:
                        self._put(Piece(at, end, kind, value, cost + 0.4 * distance, doubt=0.1 * distance))
                node = node.get(self.words[end].text) if end < len(self.words) else None
                if node is None:
                    break
                end += 1

    def _names(self, at: int) -> None:
        best: dict[tuple[int, str], tuple[float, set[str]]] = {}
        self._walk(self.vocabulary.trie, at, 0.0, best, first=True, start=True)
        if self.words[at].text == "the" and at + 1 < len(self.words):
            self._walk(self.vocabulary.trie, at + 1, 0.05, best, first=True, start=True)
        for (end, kind), (cost, values) in best.items():
            options = tuple(sorted(values))
            value = options[0] if len(options) == 1 else ""
            price = cost + 0.4 * (kind == "place" and self._verb_like(at))
            self._put(Piece(at, end, kind, value, price, options=options, doubt=min(cost, 1.0) * 0.2))
            if kind == "product":
                self.skus |= values

    def _verb_like(self, at: int) -> bool:
        """Whether a place's name is a verb here: `hold RM1107`, but `into hold`."""
        entries = LEXICON.trie.get(self.words[at].text, {}).get(None, ())
        if not any(kind == "verb" for kind, _, _ in entries):
            return False
        before = LEXICON.trie.get(self.words[at - 1].text, {}).get(None, ()) if at else ()
        kinds = {kind for kind, _, _ in before}
        return not at or (kinds <= {"filler", "joint"} and self.words[at - 1].text != "the")

    def _walk(
        self, node: Any, at: int, cost: float, best: dict[tuple[int, str], tuple[float, set[str]]], *, first: bool, start: bool = False, skipped: bool = False
    ) -> None:
        for kind, value, price in () if skipped else node.get(None, ()):
            known = best.get((at, kind))
            if known is None or cost + price < known[0] - 0.01:
                best[at, kind] = (cost + price, {value})
            elif cost + price < known[0] + 0.01:
                known[1].add(value)
        if at >= len(self.words):
            return
        atom = self.words[at]
        if not first and (atom.text == "&" or (atom.text in "-/.'" and atom.kind == "p" and self._inside(at))):
            self._walk(node, at + 1, cost + 0.02, best, first=True, skipped=True)
        for end, word, price in self.edges[at]:
            follower = node.get(word)
            if follower is not None and not (start and price == HOMOPHONE):
                self._walk(follower, end, cost + price, best, first=False)

    def _inside(self, at: int) -> bool:
        return self.words[at].glued or (at + 1 < len(self.words) and self.words[at + 1].glued)

    def _sounds(self, at: int) -> None:
        """Names that the next one to four words sound like, when one of them is nothing else."""
        if self.words[at].kind != "w":
            return
        letters = ""
        for end in range(at + 1, min(at + 5, len(self.words) + 1)):
            atom = self.words[end - 1]
            if atom.kind != "w" or len(atom.text) == 1 or (end > at + 1 and atom.text in LEXICON.unit_of):
                return
            letters += atom.text
            alone = end == at + 1 and atom.text in ordinary_words()
            if any(self.odd[at:end]) and not alone and 4 <= len(letters) <= 24:  # noqa: PLR2004
                heard = self.vocabulary.heard(letters, single=end == at + 1)
                if heard:
                    kind, values, cost = heard
                    value = values[0] if len(values) == 1 else ""
                    extra = 0.25 * (end - at - 1)
                    self._put(Piece(at, end, kind, value, cost + extra, options=values, doubt=0.12))
                    if kind == "product":
                        self.skus.update(values)

    def _numbers(self, at: int) -> None:
        words = self.words
        sign, start = self._sign(at)
        if sign and start >= len(words):
            return
        if not sign and words[at].text in {"a", "an"} and at + 1 < len(words):
            self._with_unit(Number(at + 1, Decimal(1), None, 0.3), at, "", alone=False)
        heard = words[at].text in _HEARD_CUES and not words[at].glued and at + 1 < len(words)
        if heard and any(piece_.kind in {"place", "partner"} for piece_ in self.found[at + 1]):
            self._put(Piece(at, at + 1, "cue", _HEARD_CUES[words[at].text], 0.6, doubt=0.1))
        for number in numbers_at(words, start):
            self._with_unit(number, at, sign, alone=True)

    def _sign(self, at: int) -> tuple[str, int]:
        text, after = self.words[at].text, at + 1
        if after < len(self.words) and (self.words[at].kind == "p" or self.words[at].kind == "w"):
            near = self.words[after].glued or self.words[at].kind == "w"
            if (text in {"-", "−", "–", "minus", "negative"} or self._is_slip(at, "minus")) and near and not self.words[at].glued:
                return "-", after
            if text in {"+", "plus", "positive"} and near and not self.words[at].glued:
                return "+", after
            if text in {"#", "~", "="}:
                return "", at
        return "", at

    def _is_slip(self, at: int, word: str) -> bool:
        return self.odd[at] and OSA.distance(self.words[at].text, word) == 1

    def _with_unit(self, number: Number, at: int, sign: str, *, alone: bool) -> None:
        words, end = self.words, number.end
        value = -number.value if sign == "-" else number.value
        if alone:
            long = 0.5 if len(str(value)) > 3 and number.digits else 0.0  # noqa: PLR2004
            self._put(Piece(at, end, "num", sign, number.cost + long, number=value, digits=number.digits, doubt=0.2 * number.cost))
        stop = end
        while stop < len(words) and (words[stop].text in LEXICON.unit_adjectives or words[stop].text == "of") and stop < end + 2:
            stop += 1
        for after in {end, stop}:
            unit = unit_named(words[after].text, odd=self.odd[after]) if after < len(words) else None
            if after + 2 < len(words) and words[after + 1].text == "/" and words[after + 1].glued:
                marked = LEXICON.unit_of.get(f"{words[after].text}/{words[after + 2].text}")
                unit, after = (marked, after + 2) if marked else (unit, after)  # noqa: PLW2901 - `c/s` is three atoms
            if unit:
                if words[after].text == "#" and after + 1 < len(words) and words[after + 1].glued and words[after + 1].kind == "n":
                    continue
                cost = number.cost * 0.6
                cost += self._names_product(after)
                self._put(Piece(at, after + 1, "qty", sign, cost, number=value, unit=unit, digits=number.digits, doubt=0.1 * number.cost))

    def _names_product(self, at: int) -> float:
        """The price of a unit that is the product itself: dear in `6 wraps`, nothing in `6 tubs of sour cream`."""
        own = {sku for p in self.found[at] if p.kind == "product" for sku in p.options}
        if not own:
            return 0.0
        after = at + 1
        while after < len(self.words) and self.words[after].text in _LOT_WORDS:
            after += 1
        for start in (after,) if after < len(self.words) else ():
            if any(p.kind == "product" and not own & set(p.options) for p in self.found[start]):
                return 0.0
            for code in codes_at(self.words, start, self.vocabulary.prefixes):
                lots = self.vocabulary.lots.get(code.key, ())
                if lots and not code.key.isdigit():
                    return 1.5 if own & {lot.sku for lot in lots} else 0.0
        unit = LEXICON.unit_of.get(self.words[at].text)
        before = {sku for row in self.found[:at] for p in row if p.kind in {"product", "lot"} for sku in p.options}
        fits = any(unit in self.vocabulary.products[sku].units for sku in before - own if sku in self.vocabulary.products)
        return 0.0 if fits else 1.5

    # -- codes -----------------------------------------------------------------------------------------------------

    def _codes(self, at: int) -> None:
        words, known = self.words, self.vocabulary
        if words[at].kind == "p" or (at and words[at].glued and words[at - 1].kind != "p"):
            return
        runs = list(codes_at(words, at, known.prefixes))
        solid = max((run for run, code in enumerate(runs) if not code.guess), default=-1)
        for run, code in enumerate(runs):
            if code.mixed or code.key.isdigit() or self._tagged(at):
                self._code(at, code, last=run >= solid)
        for kind, prices in (("ordertag", known.orders), ("reftag", None)):
            for tag in self._tags(at, kind):
                self._numbered(at, tag, kind, known=prices is not None)

    def _tagged(self, at: int) -> bool:
        return any(
            piece_.kind == "tag" and piece_.value == "lot" and piece_.end == at
            for back in range(max(0, at - 4), at)
            for piece_ in self.found[back]
        )

    def _code(self, at: int, code: Code, *, last: bool) -> None:
        known = self.vocabulary
        lots = known.lots.get(code.key, ())
        plain = code.key.isdigit()
        if lots and len(code.key) >= SUFFIX:
            self._put(Piece(at, code.end, "lot", lots[0].code, code.cost + (0.7 if plain else 0.0), options=tuple(l.sku for l in lots)))
        order = known.orders.get(code.key)
        if order and not plain:
            self._put(Piece(at, code.end, "order", order.number, code.cost))
        if plain:
            self._digits(at, code)
        elif code.guess and "".join("9" if mark.isdigit() else mark for mark in code.key) not in known.shapes:
            return
        elif not lots and not order and not self._is_measure(at, code):
            self._unknown_code(at, code, last=last)

    def _digits(self, at: int, code: Code) -> None:
        """Bare digits: the end of a lot's code, or an order's number."""
        known = self.vocabulary
        orders = known.order_digits.get(code.key, ())
        if orders and len(code.key) >= 2:  # noqa: PLR2004
            options = tuple(order.number for order in orders)
            price = 0.6 if len(code.key) > 2 else 1.2  # noqa: PLR2004
            self._put(Piece(at, code.end, "order", options[0] if len(options) == 1 else "", code.cost + price, options=options, extra={"bare": True}))
        lots = known.lots_ending(code.key)
        if lots:
            here = {lot.code for lot in lots if lot.sku in self.skus}
            price = 0.0 if len(here) == 1 else 0.25 if len(lots) == 1 else 0.7
            self._put(Piece(at, code.end, "tail", code.key, code.cost + price, digits=code.key))
        elif code.guess:
            return
        elif self._tagged(at) or ("-" in code.shown and code.glued and len(code.key) > 4):  # noqa: PLR2004
            self._put(Piece(at, code.end, "newlot", code.shown, code.cost + 0.3))

    def _unknown_code(self, at: int, code: Code, *, last: bool) -> None:
        if not last and not self._ends_code(code.end):
            return
        lots = self.vocabulary.lots_ending(code.key)
        if lots and len(code.key) >= SUFFIX and not code.spoken:
            self._put(Piece(at, code.end, "tail", code.key, code.cost + 0.4, digits=code.key))
        if code.key[0].isalpha() or code.glued or self._tagged(at):
            digits = sum(mark.isdigit() for mark in code.key)
            prefix = "".join(mark for mark in code.key if mark.isalpha())
            shape = "".join("9" if mark.isdigit() else "A" for mark in code.key)
            familiar = prefix in self.vocabulary.prefixes or shape in self.vocabulary.shapes
            own = prefix + "9" * digits
            extends = any(code.key[:size] in self.vocabulary.lots for size in range(SUFFIX + 1, len(code.key)))
            price = 1.0 * extends
            price += (0.0 if own in self.vocabulary.shapes else 0.15 if shape in self.vocabulary.shapes else 0.25 if familiar else 0.5) + (0.0 if digits > 1 else 0.6) + (0.0 if code.glued or code.spoken else 0.5)
            if code.glued or code.spoken or prefix in self.vocabulary.prefixes or self._tagged(at):
                doubt = 0.3 if code.spoken and shape not in self.vocabulary.shapes else 0.0
                self._put(Piece(at, code.end, "newlot", code.shown, code.cost + price, doubt=doubt))

    def _ends_code(self, end: int) -> bool:
        """Whether a code may end here although more letters or digits follow: a quantity comes next."""
        if end >= len(self.words):
            return True
        for number in numbers_at(self.words, end):
            if number.end < len(self.words) and self.words[number.end].text in LEXICON.unit_of:
                return True
        return not self.words[end].glued and piece(self.words, end) is None

    def _is_measure(self, at: int, code: Code) -> bool:
        """Whether it is a number with its unit written together: `4cs`, `46F`."""
        first = self.words[at]
        if first.kind != "n" or code.spoken:
            return False
        rest = "".join(atom.text for atom in self.words[at + 1 : code.end])
        return rest in LEXICON.unit_of or len(rest) == 1 or rest in {"am", "pm", "st", "nd", "rd", "th", "oz", "x"}

    def _tags(self, at: int, kind: str) -> list[tuple[int, str]]:
        return [(piece_.end, piece_.value) for piece_ in self.found[at] if piece_.kind == kind]

    def _numbered(self, at: int, tag: tuple[int, str], kind: str, *, known: bool) -> None:
        """`work order 4471`, `po#8846`: a tag, perhaps a mark or "number", and digits."""
        start, value = tag
        while start < len(self.words) and self.words[start].text in {"#", "-", "number", "no", ".", ":", "num"}:
            start += 1
        if start >= len(self.words):
            return
        runs = [code for code in codes_at(self.words, start, numbered=True) if code.key.isdigit() or (code.mixed and not known)]
        for run, code in enumerate(runs):
            ends = run >= sum(not c.guess for c in runs) - 1 or self._ends_code(code.end)
            if known:
                orders = self.vocabulary.order_digits.get(code.key, ())
                if orders:
                    self._put(Piece(at, code.end, "order", orders[0].number, code.cost * 0.3, options=tuple(o.number for o in orders)))
                elif ends and len(code.key) >= 2 and not code.guess:  # noqa: PLR2004
                    number = f"{self.vocabulary.order_prefix()}{code.key}"
                    odd = 0.3 if len(code.key) in self.vocabulary.order_lengths else 1.1
                    self._put(Piece(at, code.end, "order", number, code.cost * 0.3 + odd, doubt=odd, extra={"unknown": True}))
            elif ends and not code.guess and (code.key.isdigit() or code.glued) and len(code.key) > 1:
                self._put(Piece(at, code.end, "ref", f"{value} {code.shown}", code.cost * 0.3))

    def _times(self, at: int) -> None:
        words = self.words
        for day in days_at(words, at, self.today):
            self._put(Piece(at, day.end, "date", day.day.isoformat(), 0.9 if day.bare else 0.0, day=day.day))
        horizon = horizon_at(words, at, self.today)
        if horizon:
            self._put(Piece(at, horizon[0], "horizon", str(horizon[1])))
        moment = moment_at(words, at, self.now)
        if moment:
            self._put(Piece(at, moment[0], "moment", "", moment=moment[1]))

    # -- the cheapest cover ----------------------------------------------------------------------------------------

    def _cheapest(self) -> list[Piece]:
        count = len(self.words)
        states: list[dict[str, tuple[float, Piece | None, str]]] = [{} for _ in range(count + 1)]
        states[0]["^"] = (0.0, None, "")
        for at in range(count):
            here = states[at]
            if not here:
                continue
            pieces = self.found[at]
            pieces.append(Piece(at, at + 1, "unknown", self.words[at].text))
            for piece_ in pieces:
                kind = piece_.kind
                own = BASE[kind] + piece_.cost
                target = states[piece_.end]
                for before, (cost, _, _) in here.items():
                    total = cost + own + FOLLOWS.get((before, kind), 0.0)
                    state = before if kind == "mark" else kind
                    known = target.get(state)
                    if known is None or total < known[0]:
                        target[state] = (total, piece_, before)
        return self._trail(states)

    def _trail(self, states: list[dict[str, tuple[float, Piece | None, str]]]) -> list[Piece]:
        at = len(states) - 1
        state = min(states[at], key=lambda name: states[at][name][0] + (0.3 if name == "cue" else 0.0))
        trail: list[Piece] = []
        while at:
            _, piece_, before = states[at][state]
            if piece_ is None:
                break
            trail.append(piece_)
            at, state = piece_.start, before
        return trail[::-1]


@cache
def unit_named(word: str, *, odd: bool) -> str | None:
    """The unit that a word is, one slip of the finger forgiven in a long one."""
    unit = LEXICON.unit_of.get(word)
    if unit or not odd or len(word) < 4 or word in ordinary_words():  # noqa: PLR2004
        return unit
    long = [name for name in LEXICON.unit_of if len(name) >= 4 and name[0] == word[0]]  # noqa: PLR2004
    near = process.extractOne(word, long, scorer=OSA.distance, score_cutoff=1)
    return LEXICON.unit_of[near[0]] if near else None


@cache
def _correctable() -> tuple[str, ...]:
    return tuple(sorted(word for word in LEXICON.trie if isinstance(word, str) and len(word) >= 4 and word.isalpha()))  # noqa: PLR2004

