"""Spots codes: lots known and new, the ends of lots, work orders and the numbers of papers."""

from typing import Final

from assistant.intents.language.atoms import Atom
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.readers.codes import Code, codes_at
from assistant.intents.readers.numbers import numbers_at, piece
from assistant.intents.readers.vocabulary import SUFFIX, Vocabulary, compact
from assistant.intents.spot.pieces import Piece

_ENDINGS: Final = frozenset({"s", "x"})
"""What may be written on a code and is no part of it: `RM1107's`, `RM1107x2`."""
_LEADS: Final = frozenset({"for", "on"})


_BEFORE_ORDERS: Final = frozenset({"on", "for", "into", "against", "off", "from", "in", "to"})


class CodeSpotter:
    """Codes of one utterance; `found` is added to, `skus` are the products that may be named in it."""

    def __init__(
        self, words: tuple[Atom, ...], vocabulary: Vocabulary, found: list[list[Piece]], skus: set[str]
    ) -> None:
        self.words, self.vocabulary, self.found, self.skus = words, vocabulary, found, skus

    def _put(self, piece_: Piece) -> None:
        self.found[piece_.start].append(piece_)

    def spot(self, at: int) -> None:
        """Notes every code that begins at this atom."""
        words, known = self.words, self.vocabulary
        if words[at].kind == "p" or (at and words[at].glued and words[at - 1].kind != "p"):
            return
        runs = [code for code in codes_at(words, at, known.prefixes) if not self._runs_into(at, code)]
        solid = max((run for run, code in enumerate(runs) if not code.guess), default=-1)
        for run, code in enumerate(runs):
            if code.mixed or code.key.isdigit() or self._tagged(at):
                self._code(at, code, last=run >= solid)
        if at and words[at - 1].text in _BEFORE_ORDERS and words[at].text in LEXICON.homophones:
            self._heard_order(at)
        for kind in ("ordertag", "reftag"):
            for tag in self._tags(at, kind):
                self._numbered(at, tag, known=kind == "ordertag")

    def _heard_order(self, at: int) -> None:
        """An order's number that begins with a word that sounds like a digit: `used on for four seven four`."""
        for code in codes_at(self.words, at, numbered=True):
            orders = self.vocabulary.order_digits.get(code.key, ())
            if orders and len(code.key) > 2:  # noqa: PLR2004
                options = tuple(order.number for order in orders)
                self._put(Piece(at, code.end, "order", options[0], code.cost * 0.3 + 0.3, options=options, doubt=0.1))

    def _runs_into(self, at: int, code: Code) -> bool:
        """Whether a spoken code would swallow what a paper's number is called: `… one zero p o eighty eight ninety`."""
        return code.spoken and any(
            piece_.kind == "reftag" and piece_.end - piece_.start > 1 and piece_.end < code.end
            for inner in range(at + 2, code.end)
            for piece_ in self.found[inner]
        )

    def _tagged(self, at: int) -> bool:
        return any(
            piece_.kind == "tag" and piece_.value == "lot" and piece_.end == at
            for back in range(max(0, at - 4), at)
            for piece_ in self.found[back]
        )

    def _code(self, at: int, code: Code, *, last: bool) -> None:
        known = self.vocabulary
        lots = () if self._goes_on(code) else known.lots.get(code.key, ())
        plain = code.key.isdigit()
        if "@" in code.shown and not lots:
            return
        if len({lot.code for lot in lots}) > 1:
            self._put(Piece(at, code.end, "tail", code.key, code.cost - 0.8, digits=code.key))
            return
        if lots and len(code.key) >= SUFFIX:
            self._put(
                Piece(
                    at,
                    code.end,
                    "lot",
                    lots[0].code,
                    code.cost + (0.7 if plain else 0.0),
                    options=tuple(lot.sku for lot in lots),
                )
            )
        order = known.orders.get(code.key)
        if order and not plain:
            self._put(Piece(at, code.end, "order", order.number, code.cost))
        if plain:
            self._digits(at, code)
        elif code.guess and "".join("9" if mark.isdigit() else mark for mark in code.key) not in known.shapes:
            return
        elif not lots and not order and not self._is_measure(at, code):
            self._unknown_code(at, code, last=last)

    def _goes_on(self, code: Code) -> bool:
        """Whether a typed code has more signs, which belong to it: RM1107A and RM1107-B are not RM1107."""
        words, end = self.words, code.end
        if code.spoken or end >= len(words) or not words[end].glued:
            return False
        rest = words[end:]
        if rest[0].kind == "p":
            joined = rest[0].text == "-" and len(rest) > 1 and rest[1].glued and rest[1].kind in {"w", "n"}
            return joined and not self._is_amount(end + 1)
        return rest[0].text not in _ENDINGS and not self._is_amount(end)

    def _is_amount(self, at: int) -> bool:
        """Whether a number with its unit, or a unit, stands written on: `RM1107-12cs`."""
        words = self.words
        if words[at].text in self.vocabulary.unit_of:
            return len(words[at].text) > 1
        return words[at].kind == "n" and at + 1 < len(words) and words[at + 1].text in self.vocabulary.unit_of

    def _digits(self, at: int, code: Code) -> None:
        """Bare digits: the end of a lot's code, or an order's number."""
        known = self.vocabulary
        orders = known.order_digits.get(code.key, ())
        if orders and len(code.key) >= 2:  # noqa: PLR2004
            options = tuple(order.number for order in orders)
            price = 0.6 if len(code.key) > 2 else 1.2  # noqa: PLR2004
            self._put(
                Piece(
                    at,
                    code.end,
                    "order",
                    options[0] if len(options) == 1 else "",
                    code.cost + price,
                    options=options,
                )
            )
        lots = known.lots_ending(code.key)
        if lots:
            here = {lot.code for lot in lots if lot.sku in self.skus}
            price = 0.0 if len(here) == 1 else 0.25 if len(lots) == 1 else 0.7
            price += 0.2 * (len(code.key) == SUFFIX)
            self._put(Piece(at, code.end, "tail", code.key, code.cost + price, digits=code.key))
        elif code.guess:
            return
        elif self._tagged(at) or ("-" in code.shown and code.glued and len(code.key) > 4):  # noqa: PLR2004
            self._put(Piece(at, code.end, "newlot", code.shown, code.cost + 0.3))

    def _unknown_code(self, at: int, code: Code, *, last: bool) -> None:
        if (not last and not self._ends_code(code.end)) or self._between_places(at, code.end):
            return
        lots = self.vocabulary.lots_ending(code.key)
        if lots and len(code.key) >= SUFFIX and not code.spoken:
            self._put(Piece(at, code.end, "tail", code.key, code.cost + 0.4, digits=code.key))
        ends_lot = lots and code.key[0].isdigit() and not code.spoken  # `1119A` of EGG1119A
        if not ends_lot and (code.key[0].isalpha() or code.glued or self._tagged(at)):
            digits = sum(mark.isdigit() for mark in code.key)
            prefix = "".join(mark for mark in code.key if mark.isalpha())
            shape = "".join("9" if mark.isdigit() else "A" for mark in code.key)
            extends = any(code.key[:size] in self.vocabulary.lots for size in range(SUFFIX + 1, len(code.key)))
            price = self._strange(prefix, digits, shape)
            number = code.key[len(prefix) :]
            if not code.glued and self._is_cue(at) and (self.vocabulary.lots_ending(number) or not self._tagged(at)):
                return  # `40 lb of 7741` where another lot is OF1190, `made 20 cs on 4499`
            named = prefix and number.isdigit() and self._is_product(at)  # `toms-1118`
            price += (
                1.0 * bool(named and self.vocabulary.lots_ending(number))
                + 1.0 * extends
                + 0.6 * (digits < 2)  # noqa: PLR2004
                + 0.5 * (not code.glued and not code.spoken)
            )
            if code.glued or code.spoken or prefix in self.vocabulary.prefixes or self._tagged(at):
                doubt = 0.3 if code.spoken and shape not in self.vocabulary.shapes else 0.0
                self._put(Piece(at, code.end, "newlot", code.shown, code.cost + price, doubt=doubt))

    def _strange(self, prefix: str, digits: int, shape: str) -> float:
        """What a code costs by how unlike the plant's own codes it looks."""
        if prefix + "9" * digits in self.vocabulary.shapes:
            return 0.0
        if shape in self.vocabulary.shapes:
            return 0.15
        return 0.25 if prefix in self.vocabulary.prefixes else 0.5

    def _led(self, at: int, start: int) -> bool:
        """Notes the order whose number a "for" leads to: `the batch for four four seven one`."""
        for code in codes_at(self.words, start, numbered=True) if start < len(self.words) else ():
            orders = self.vocabulary.order_digits.get(code.key, ())
            if orders:
                options = tuple(order.number for order in orders)
                self._put(Piece(at, code.end, "order", options[0], code.cost * 0.3, options=options))
                return True
        return False

    def _between_places(self, at: int, end: int) -> bool:
        """Whether names stand there with a mark between, no code: `C1-03/L3`, `12cs/RM1107`."""
        parts = "".join(atom.raw for atom in self.words[at:end]).upper().split("/")
        if len(parts) > 1 and any(len(part) > SUFFIX and compact(part) in self.vocabulary.lots for part in parts):
            return True
        stops = {piece_.end for piece_ in self.found[at] if piece_.kind == "place" and piece_.end + 1 < end}
        return any(self.words[stop].kind == "p" and self._is_place(stop + 1, end) for stop in stops)

    def _is_place(self, start: int, end: int) -> bool:
        return any(piece_.kind == "place" and piece_.end == end for piece_ in self.found[start])

    def _is_product(self, at: int) -> bool:
        return any(piece_.kind == "product" and piece_.end == at + 1 for piece_ in self.found[at])

    def _is_cue(self, at: int) -> bool:
        return any(piece_.kind == "cue" and piece_.end == at + 1 for piece_ in self.found[at])

    def _ends_code(self, end: int) -> bool:
        """Whether a code may end here although more letters or digits follow: a quantity comes next."""
        if end >= len(self.words):
            return True
        for number in numbers_at(self.words, end):
            if number.end < len(self.words) and self.words[number.end].text in self.vocabulary.unit_of:
                return True
        return not self.words[end].glued and piece(self.words, end) is None

    def _is_measure(self, at: int, code: Code) -> bool:
        """Whether it is a number with its unit written together: `4cs`, `46F`, `x20`."""
        first = self.words[at]
        if self._is_run_together(at, code):
            return True
        if first.text == "x" and "X" not in self.vocabulary.prefixes and not self._tagged(at):
            return code.key[1:].isdigit()
        if first.kind != "n" or code.spoken or self.vocabulary.lots_ending(code.key):
            return False
        rest = "".join(atom.text for atom in self.words[at + 1 : code.end])
        return (
            rest in self.vocabulary.unit_of or len(rest) == 1 or rest in {"am", "pm", "st", "nd", "rd", "th", "oz", "x"}
        )

    def _is_run_together(self, at: int, code: Code) -> bool:
        """Whether a name, a number and a unit are written as one: `pico118cs`."""
        words = self.words[at : code.end]
        return (
            [atom.kind for atom in words] == ["w", "n", "w"]
            and len(words[2].text) > 1
            and words[2].text in self.vocabulary.unit_of
            and words[0].text.upper() not in self.vocabulary.prefixes
        )

    def _tags(self, at: int, kind: str) -> list[tuple[int, str]]:
        return [(piece_.end, piece_.value) for piece_ in self.found[at] if piece_.kind == kind]

    def _is_whole(self, at: int) -> bool:
        """Whether a typed digit is a number by itself and no amount: `PO 7 dock 1`."""
        words, after = self.words, at + 1
        return words[at].kind == "n" and (
            after == len(words) or not (words[after].glued or words[after].text in self.vocabulary.unit_of)
        )

    def _numbered(self, at: int, tag: tuple[int, str], *, known: bool) -> None:
        """`work order 4471`, `po#8846`: a tag, perhaps a mark or "number", and digits."""
        start, value = tag
        while start < len(self.words) and self.words[start].text in {"#", "-", "number", "no", ".", ":", "num"}:
            start += 1
        if start >= len(self.words):
            return
        if known and self.words[start].text in _LEADS and self._led(at, start + 1):
            return
        runs = [
            code
            for code in codes_at(self.words, start, numbered=True)
            if code.key.isdigit() or (code.mixed and not known)
        ]
        for run, code in enumerate(runs):
            ends = run >= sum(not c.guess for c in runs) - 1 or self._ends_code(code.end)
            if known:
                orders = self.vocabulary.order_digits.get(code.key, ())
                if orders:
                    self._put(
                        Piece(
                            at,
                            code.end,
                            "order",
                            orders[0].number,
                            code.cost * 0.3,
                            options=tuple(o.number for o in orders),
                        )
                    )
                elif ends and len(code.key) >= 2 and not code.guess:  # noqa: PLR2004
                    number = f"{self.vocabulary.order_prefix()}{code.key}"
                    odd = 0.3 if len(code.key) in self.vocabulary.order_lengths else 1.1
                    self._put(Piece(at, code.end, "order", number, code.cost * 0.3 + odd, doubt=odd, unproven=True))
            elif (
                ends
                and not self._is_place(start, code.end)
                and not code.guess
                and (code.key.isdigit() or code.glued)
                and (len(code.key) > 1 or self._is_whole(start))
            ):
                self._put(Piece(at, code.end, "ref", f"{value} {code.shown}", code.cost * 0.3))
