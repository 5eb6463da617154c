"""Spots numbers and quantities: how many, of what unit, and whether the unit is the product itself."""

from collections.abc import Container
from dataclasses import replace
from decimal import Decimal
from typing import Final

from rapidfuzz.distance import OSA

from assistant.intents.language.atoms import Atom, singular
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.language.spelling import unit_named
from assistant.intents.readers.codes import codes_at
from assistant.intents.readers.numbers import SCALES, Number, numbers_at, with_fraction
from assistant.intents.readers.vocabulary import Vocabulary
from assistant.intents.spot.pieces import Piece

LONG: Final = 4
"""Digits that a spoken number has at most, mostly; a code has as many, too."""
CODE_LIKE: Final = 3.0
"""What it costs to take more digits for a number."""
PART: Final = 0.4
"""What it costs, at least, to take a part of a product's name for it."""
UNIT_NAME: Final = 0.4
"""What it costs to take the plural of a unit for a name."""
HEARD_CUES: Final = {"two": "to", "2": "to", "four": "for"}
"""Numbers that a recogniser writes for a word that leads to a place or a partner."""
_BEFORE_UNITS: Final = frozenset({"of", "last", "entire"})
_ENUMERATORS: Final = frozenset({")"})
_OF: Final = frozenset({"of"})
_SINGLE: Final = frozenset({"whole", "entire", "last", "full"})
_LOT_WORDS: Final = frozenset({"of", "lot", "batch", "#"})


def is_pack(words: tuple[Atom, ...], at: int, units: Container[str]) -> bool:
    """Whether a word inside the utterance is a unit in the plural."""
    text = words[at].text
    return text in units and singular(text) != text and at + 1 < len(words)


class AmountSpotter:
    """Amounts of one utterance; `found` is added to, `odd` says which words are nothing else."""

    def __init__(
        self, words: tuple[Atom, ...], vocabulary: Vocabulary, found: list[list[Piece]], odd: list[bool]
    ) -> None:
        self.words, self.vocabulary, self.found, self.odd = words, vocabulary, found, odd

    def _put(self, piece_: Piece) -> None:
        self.found[piece_.start].append(piece_)

    def spot(self, at: int) -> None:
        """Notes every amount that begins at this atom."""
        words = self.words
        if self._enumerates(at):
            self._put(Piece(at, at + 2, "mark", "\n"))
            return
        sign, start = self._sign(at)
        if sign and start >= len(words):
            return
        one = words[at].text in {"a", "an", "another"} or (words[at].text == "the" and self._follows(at + 1, _SINGLE))
        if not sign and one and at + 1 < len(words):
            self._with_unit(Number(at + 1, Decimal(1), None, 0.3), at, "", alone=False)
        if self._is_one(at):
            unit = self.vocabulary.unit_of[words[at].text]
            self._put(Piece(at, at + 1, "qty", "", 0.4, number=Decimal(1), unit=unit, doubt=0.1))
        heard = words[at].text in HEARD_CUES and not words[at].glued and at + 1 < len(words)
        if heard and any(piece_.kind in {"place", "partner"} for piece_ in self.found[at + 1]):
            self._put(Piece(at, at + 1, "cue", HEARD_CUES[words[at].text], 0.6, doubt=0.1))
        for number in numbers_at(words, start):
            self._with_unit(number, at, sign, alone=True)

    def _enumerates(self, at: int) -> bool:
        """Whether a number only counts the lines of a list: `1) 6 cs RM1107`."""
        words = self.words
        begins = at == 0 or words[at - 1].text == "\n"
        return begins and words[at].kind == "n" and self._follows(at + 1, _ENUMERATORS) and words[at + 1].glued

    def _unsure(self, at: int) -> bool:
        """Whether a word is nothing else, or the plural of a part of a name at most: `7 gallos oil`."""
        names = [piece_ for piece_ in self.found[at] if piece_.kind in {"product", "place", "partner"}]
        text = self.words[at].text
        plural = singular(text) != text and text not in LEXICON.words and all(p.cost >= PART for p in names)
        return self.odd[at] or plural

    def _follows(self, at: int, words: frozenset[str]) -> bool:
        return at < len(self.words) and self.words[at].text in words

    def _is_one(self, at: int) -> bool:
        """Whether a unit alone is one of it: `sleeve of lids to line 1`."""
        text = self.words[at].text
        return len(text) > 2 and text in LEXICON.raw["plurals"] and self._follows(at + 1, _OF)  # noqa: PLR2004

    def _sign(self, at: int) -> tuple[str, int]:
        text, after = self.words[at].text, at + 1
        if after < len(self.words) and (self.words[at].kind == "p" or self.words[at].kind == "w"):
            near = self.words[after].glued or self.words[at].kind == "w"
            if (
                (text in {"-", "−", "–", "minus", "negative"} or self._is_slip(at, "minus"))
                and near
                and not self.words[at].glued
            ):
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
        number = self._too_long(number, at)
        if alone:
            named = end < len(words) and any(piece_.kind == "product" for piece_ in self.found[end])
            long = 0.5 if len(str(value)) > 3 and number.digits and not named else 0.0  # noqa: PLR2004
            self._put(
                Piece(
                    at,
                    end,
                    "num",
                    sign,
                    number.cost + long,
                    number=value,
                    digits=number.digits,
                    doubt=0.2 * number.cost,
                )
            )
        stop = end
        while (
            stop < len(words)
            and (words[stop].text in LEXICON.unit_adjectives or words[stop].text in _BEFORE_UNITS)
            and stop < end + 2
        ):
            stop += 1
        for after in {end, stop}:
            unit = self._unit_at(after) if after < len(words) else None
            if after + 2 < len(words) and words[after + 1].text == "/" and words[after + 1].glued:
                marked = self.vocabulary.unit_of.get(f"{words[after].text}/{words[after + 2].text}")
                unit, after = (marked, after + 2) if marked else (unit, after)  # noqa: PLW2901 - `c/s` is three atoms
            if unit:
                if (
                    words[after].text == "#"
                    and after + 1 < len(words)
                    and words[after + 1].glued
                    and words[after + 1].kind == "n"
                ):
                    continue
                cost = number.cost * 0.6
                cost += self._names_product(after)
                more = with_fraction(words, Number(after + 1, value, None)) if sign != "-" else None
                if more:
                    self._put(Piece(at, more.end, "qty", sign, cost, number=more.value, unit=unit))
                self._put(
                    Piece(
                        at,
                        after + 1,
                        "qty",
                        sign,
                        cost,
                        number=value,
                        unit=unit,
                        digits=number.digits,
                        doubt=0.1 * number.cost,
                    )
                )

    def _unit_at(self, at: int) -> str | None:
        text = self.words[at].text
        return self.vocabulary.unit_of.get(text) or unit_named(text, odd=self._unsure(at))

    def _too_long(self, number: Number, at: int) -> Number:
        """A number said digit by digit, dearer from four digits on: it may end with the amount that follows a code.

        `romaine eleven oh seven ten cases` are ten cases of lot 1107.
        """
        said = self.words[at : number.end]
        if said[0].kind != "w" or len(number.digits or "") < LONG or any(atom.text in SCALES for atom in said):
            return number
        return replace(number, cost=number.cost + (CODE_LIKE if len(number.digits or "") > LONG else CODE_LIKE / 4))

    def _names_product(self, at: int) -> float:
        """The price of a unit that is the product itself: dear in `6 wraps`, nothing in `6 tubs of sour cream`."""
        least = PART + UNIT_NAME * is_pack(self.words, at, self.vocabulary.unit_of)
        own = {sku for p in self.found[at] if p.kind == "product" and p.cost < least for sku in p.options}
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
        unit = self.vocabulary.unit_of.get(self.words[at].text)
        before = {sku for row in self.found[:at] for p in row if p.kind in {"product", "lot"} for sku in p.options}
        fits = any(
            unit in self.vocabulary.products[sku].units for sku in before - own if sku in self.vocabulary.products
        )
        return 0.0 if fits else 1.5
