"""Random reports and the ways to say them: what a transaction is, and words that mean exactly it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol, TypeVar

from assistant.intents import LotName, ProductName, Vocabulary
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.language.spelling import ordinary_words
from assistant.intents.say.spoken_forms import code_said, day_said, digits_said, name_said, number_said

Choice = TypeVar("Choice")
TODAY = date(2026, 11, 22)
VERBS = {
    "receive": "received|unloaded|took in|recvd|checked in|took delivery of|brought in|just received|receiving",
    "move": "moved|transferred|mv|relocated|shifted|hauled|moving|xferred|please move|okay moved",
    "consume": "used|consumed|using|used up|issued|just used|uh used",
    "return": "returned|brought back|returning|put back",
    "produce": "made|produced|packed|packed out|cooked|just made|output",
    "count": "counted|count|counting|inventory|recounted|just counted",
    "scrap": "scrapped|tossed|threw out|discarded|dumped|trashed|threw away|pitched|tossing",
    "ship": "shipped|shipping|ship|dispatched|sent out|just shipped",
    "adjust": "adjust",
}
SPOKEN_ONLY_TYPED = {"mv", "recvd", "xferred"}
FROM, TO, AT = ("from",), ("to", "into", "over to"), ("in", "at", "on")


class Pick(Protocol):
    """Chooses one of several, such as `random.choice`."""

    def __call__(self, choices: Sequence[Choice], /) -> Choice: ...


@dataclass(frozen=True)
class Saying:
    """Words and the frames that they mean."""

    text: str
    frames: list[Mapping[str, object]]


class Speaker:
    """Says random transactions of a plant; `pick` chooses from a sequence, `spoken` gives words only."""

    def __init__(self, vocabulary: Vocabulary, pick: Pick, *, spoken: bool) -> None:
        self.vocabulary, self.pick, self.spoken = vocabulary, pick, spoken
        self.lots: dict[str, list[LotName]] = {}
        for lots in vocabulary.lots.values():
            for lot in lots:
                self.lots.setdefault(lot.sku, []).append(lot)

    def maybe(self) -> bool:
        return bool(self.pick((True, False)))

    def report(self) -> Saying:
        """One transaction, said in one way."""
        intent = self.pick(sorted(VERBS))
        product = self.vocabulary.products[self.pick(sorted(self.vocabulary.products))]
        verbs = [v for v in VERBS[intent].split("|") if not (self.spoken and v in SPOKEN_ONLY_TYPED)]
        slots: dict[str, object] = {}
        goods = self._goods(intent, product, slots)
        around = self._around(intent, slots)
        words = [self.pick(verbs), goods, *around]
        return Saying(" ".join(filter(None, words)), [{"intent": intent, "slots": slots}])

    # -- goods -----------------------------------------------------------------------------------------------------

    def _goods(self, intent: str, product: ProductName, slots: dict[str, object]) -> str:
        lot = self._lot(intent, product, slots)
        names_product = self.maybe() or not lot or intent in {"receive", "produce"}
        name = ""
        if names_product:
            slots["product"] = product.sku
            name = self._name(self.pick((product.name, *product.aliases)))
        amount = self._amount(product, slots)
        if intent == "adjust":
            slots["quantity"] = f"-{slots['quantity']}"
            return f"{name} {lot} minus {amount}".strip()
        compound = any(own.lower().startswith(f"{slots.get('unit')} ") for own in (product.name, *product.aliases))
        of = "of " if name and (compound or self.maybe()) else ""  # "one case liners" may be one case or one liner
        lot_word = "lot " if lot and (self.maybe() or not names_product) else ""
        if self.spoken or self.maybe():
            return f"{amount} {of}{name} {lot_word}{lot}".replace("  ", " ").strip()
        return f"{name} {lot_word}{lot}, {amount}".replace("  ", " ").replace(" ,", ",").strip(" ,")

    def _lot(self, intent: str, product: ProductName, slots: dict[str, object]) -> str:
        if intent in {"receive", "produce"}:
            if not self.maybe():
                return ""
            prefix = (
                product.lot_prefix or "".join(w[0] for w in product.name.upper().split() if w[0].isalpha())[:2] + "X"
            )
            code = f"{prefix}{self.pick(('1124', '1203', '0915', '1231'))}"
        else:
            known = [lot.code for lot in self.lots.get(product.sku, [])]
            if not known or not self.maybe():
                return ""
            code = self.pick(known)
        slots["lot"] = code
        if self.spoken:
            return code_said(code, pairs=self.maybe())
        return self.pick((code, code.lower(), code.replace("-", ""))) if not code.replace("-", "").isdigit() else code

    def _name(self, name: str) -> str:
        if self.spoken:
            return name_said(name)
        return self.pick((name, name.lower()))

    def _amount(self, product: ProductName, slots: dict[str, object]) -> str:
        packs = [unit for unit in product.units if unit != "ea"] or ["case"]
        unit = self.pick(packs)
        value = Decimal(self.pick(("1", "2", "3", "7", "12", "14", "24", "40", "118", "140", "0.5", "2.5", "6.25")))
        slots["quantity"], slots["unit"] = f"{value.normalize():f}", unit
        if self.spoken:
            many = value > 1 or len(unit) < 3
            return f"{number_said(value)} {LEXICON.raw['plurals'][unit] if many else LEXICON.raw['units'][unit][0]}"
        form = self.pick(
            [form for form in LEXICON.raw["units"][unit] if form.isalpha() and form not in {"count", "ct"}]
        )
        return f"{slots['quantity']}{self.pick((' ', '' if len(form) < 3 else ' '))}{form}"

    # -- what stands around them -----------------------------------------------------------------------------------

    def _place(self, slots: dict[str, object], slot: str, cues: Sequence[str]) -> str:
        places = [place for place in self.vocabulary.places.values() if place.code not in slots.values()]
        place = self.pick(places)
        slots[slot] = place.code
        if place.kind == "hold":  # "on hold" is something else
            cues = [cue for cue in cues if cue != "on"]
        names = (place.name, *place.aliases) if self.spoken else (place.name, place.code, *place.aliases)
        return f"{self.pick(cues)} {self._name(self.pick(names))}"

    def _partner(self, slots: dict[str, object], role: str, cue: str) -> str:
        partner = self.pick([p for p in self.vocabulary.partners.values() if p.role == role])
        slots[role] = partner.code
        return f"{cue} {self._name(self.pick((partner.name, *partner.aliases)))}"

    def _order(self, slots: dict[str, object], cues: Sequence[str]) -> str:
        order = self.pick(sorted(self.vocabulary.orders.values(), key=lambda order: order.number))
        slots["work_order"] = order.number
        digits = "".join(mark for mark in order.number if mark.isdigit())
        if self.spoken:
            return f"{self.pick(cues)} work order {digits_said(digits, pairs=self.maybe())}"
        return f"{self.pick(cues)} {self.pick((order.number, order.number.lower(), f'wo {digits}', digits))}"

    def _reason(self, slots: dict[str, object], kind: str) -> str:
        reason = self.pick([r for r in self.vocabulary.reasons.values() if r.kind == kind])
        slots["reason"] = reason.code
        said = self.pick((reason.name, *reason.aliases)).lower()
        return f"{'' if self.spoken else ','} {name_said(said) if self.spoken else said}".strip()

    def _around(self, intent: str, slots: dict[str, object]) -> list[str]:
        if intent == "receive":
            parts = [self._partner(slots, "supplier", "from")] if self.maybe() else []
            parts += [self._place(slots, "to", ("into", "at"))] if self.maybe() else []
            return parts + self._expiry(slots)
        if intent == "move":
            return [*([self._place(slots, "from", FROM)] if self.maybe() else []), self._place(slots, "to", TO)]
        if intent == "consume":
            order = [self._order(slots, ("on", "for"))]
            return order + ([self._place(slots, "from", FROM)] if self.maybe() else [])
        if intent == "return":
            return [self._order(slots, ("from", "off"))] if self.maybe() else []
        if intent == "produce":
            parts = [self._order(slots, ("on", "for"))] if self.maybe() else []
            parts += [self._place(slots, "to", ("into",))] if self.maybe() else []
            return parts + self._expiry(slots)
        if intent == "ship":
            return [
                self._partner(slots, "customer", "to"),
                *([self._place(slots, "from", FROM)] if self.maybe() else []),
            ]
        parts = [self._place(slots, "at", AT)] if self.maybe() or intent == "count" else []
        kind = {"scrap": "scrap", "adjust": "adjust"}.get(intent)
        return parts + ([self._reason(slots, kind)] if kind and self.maybe() else [])

    def _expiry(self, slots: dict[str, object]) -> list[str]:
        if not self.maybe():
            return []
        # within half a year, where a day without a year is the one to come whatever keeps how long
        day = TODAY + timedelta(days=self.pick((3, 9, 20, 45, 100, 170)))
        slots["expires"] = day.isoformat()
        cue = self.pick(("expires", "best by", "use by"))
        return [f"{cue} {day_said(day) if self.spoken else f'{day.month}/{day.day}'}"]


def mistyped(text: str, pick: Pick) -> str:
    """The text with one letter of one long word left out, doubled, or swapped with the next; never a digit."""
    words = text.split()
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return text
    at = pick(long)
    word = words[at]
    place = pick(range(1, len(word) - 1))
    slip = pick(("drop", "double", "swap"))
    if slip == "drop":
        word = word[:place] + word[place + 1 :]
    elif slip == "double":
        word = word[:place] + word[place] + word[place:]
    else:
        word = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    words[at] = word
    return " ".join(words)


SLIPS = {
    "to": "two", "four": "for", "two": "to", "one": "won", "golf": "gulf", "three": "tree", "nine": "niner",
    "zero": "oh",
    "five": "fife", "eight": "ate", "alpha": "alfa", "juliet": "juliett",
}  # fmt: skip


def misheard(text: str, pick: Pick) -> str:
    """The text as a recogniser may write it: one word for another that sounds alike, or one word split in two."""
    words = text.split()
    alike = [at for at, word in enumerate(words) if word in SLIPS]
    long = [at for at, word in enumerate(words) if len(word) > 6 and word not in LEXICON.words | ordinary_words()]
    options = [*alike, *long]
    if not options:
        return text
    at = pick(options)
    word = words[at]
    words[at] = SLIPS[word] if word in SLIPS else f"{word[: len(word) // 2]} {word[len(word) // 2 :]}"
    return " ".join(words)
