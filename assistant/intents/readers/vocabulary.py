"""The plant's own names, indexed once: products, places, lots, partners, people, reasons and orders."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Self

from rapidfuzz.distance import OSA

from assistant.intents.language.atoms import atoms, folded, plural, singular
from assistant.intents.language.lexicon import LEXICON, insert
from assistant.intents.language.sounds import respelt, sounds_alike
from assistant.intents.readers.scans import GTIN_DIGITS

SUFFIX: Final = 3
"""A lot may be called by its last characters, three at least."""
SPELT: Final = 2
"""A place's code with more letters than these is said as a word."""
HALF_ALIKE: Final = 0.45
"""Names that share fewer of their letters are not compared by sound."""
_ARTICLES: Final = frozenset({"of", "the"})
SOUNDED: Final = 4
"""Shorter words are heard as a name only where each sound is the same."""
PLACES_ALIKE: Final = 0.75
"""Places are heard only where they sound so much alike: a wrong one is not noticed."""
SHORT: Final = 6
"""Names of so many letters at most are compared by their sounds, too, where letters differ much."""
MOSTLY_ALIKE: Final = 0.6
"""The same for a single word."""
Trie = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class ProductName:
    """What a product is called; `units` are its base unit, then its packs; `shelf_life` is in days."""

    sku: str
    name: str
    aliases: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    lot_prefix: str | None = None
    kind: str = "raw"
    shelf_life: int | None = None
    gtin: str | None = None


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit of the plant's own, with the words that it is said in."""

    unit: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceName:
    """What a place is called; `parent` is the code of the place it is part of."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    kind: str = "storage"


@dataclass(frozen=True, slots=True)
class LotName:
    """A lot's code and the product it is of."""

    code: str
    sku: str


@dataclass(frozen=True, slots=True)
class PartnerName:
    """A supplier or a customer (`role`)."""

    code: str
    name: str
    role: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonName:
    """Somebody who works here."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ReasonName:
    """Why stock is scrapped or adjusted (`kind`)."""

    code: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderName:
    """A work order's number and the product it makes."""

    number: str
    sku: str


def compact(code: str) -> str:
    """A code without case, spaces and punctuation: `tom-1118` → `TOM1118`."""
    return "".join(mark for mark in code.upper() if mark.isalnum())


def on_case(code: str) -> str:
    """The code as it stands on the case: another supplier's lot of the same code is `RM1107@RIO` in the books."""
    return code.partition("@")[0]


def symbols(name: str) -> tuple[str, ...]:
    """A name as the trie knows it: singular words, numbers in digits without leading zeros, no marks."""
    found: list[str] = []
    ten = False
    for atom in atoms(name):
        if atom.kind == "p":
            continue
        word = (atom.text.lstrip("0") or "0") if atom.kind == "n" else LEXICON.digit_of(singular(atom.text))
        if ten and LEXICON.ones.get(atom.text, 0) > 0:
            found[-1] = str(int(found[-1]) + int(word))  # `fifty five`
        else:
            found.append(word)
        ten = atom.text in LEXICON.tens
    return tuple(found)


class Vocabulary:
    """The names of one plant, ready to be looked up. Only lots and orders are ever added to it."""

    def __init__(self) -> None:
        self.trie: Trie = {}
        self.products: dict[str, ProductName] = {}
        self.product_words: dict[str, set[str]] = {}
        self.gtins: dict[str, str] = {}
        self.unit_of: dict[str, str] = LEXICON.pack_of | LEXICON.unit_of
        self.word_skus: dict[str, set[str]] = defaultdict(set)
        self.places: dict[str, PlaceName] = {}
        self.partners: dict[str, PartnerName] = {}
        self.reasons: dict[str, ReasonName] = {}
        self.people: dict[str, PersonName] = {}
        self.called: set[str] = set()
        self.lots: dict[str, tuple[LotName, ...]] = {}
        self.lot_tails: dict[str, tuple[LotName, ...]] = {}
        self.orders: dict[str, OrderName] = {}
        self.order_digits: dict[str, tuple[OrderName, ...]] = {}
        self.order_prefixes: Counter[str] = Counter()
        self.order_lengths: set[int] = set()
        self.prefixes: Counter[str] = Counter()
        self.shapes: Counter[str] = Counter()
        self.words: dict[str, set[str]] = defaultdict(set)
        self.by_length: dict[int, list[str]] = defaultdict(list)
        self.sounds: dict[int, dict[str, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))

    @classmethod
    def of(  # noqa: PLR0913 - one for each kind of name
        cls,
        *,
        products: Iterable[ProductName] = (),
        places: Iterable[PlaceName] = (),
        lots: Iterable[LotName] = (),
        partners: Iterable[PartnerName] = (),
        people: Iterable[PersonName] = (),
        reasons: Iterable[ReasonName] = (),
        orders: Iterable[OrderName] = (),
        units: Iterable[UnitName] = (),
    ) -> Self:
        """Indexes a plant's names. Costs some seconds for 50,000 lots; adding one lot later costs microseconds."""
        self = cls()
        for product in products:
            self._add_product(product)
        for unit in units:
            self._add_unit(unit.unit, unit.forms)
        self.places = {place.code: place for place in places}
        for place in self.places.values():
            self._add_place(place)
        for partner in partners:
            self._add_partner(partner)
        for person in people:
            self._add_person(person)
        for somebody in LEXICON.raw["company"]["colleague"]:
            insert(self.trie, symbols(somebody), "person", "", 0.0)
        for reason in reasons:
            self._add_reason(reason)
        for word in sorted(self.words):
            self.by_length[len(word)].append(word)
        self.add_lots(lots)
        self.add_orders(orders)
        return self

    def add_lots(self, lots: Iterable[LotName]) -> None:
        """Makes further lots known, in place; what is known already is not touched.

        Readers need no lock: a key's value is replaced as a whole, never changed.
        """
        for lot in lots:
            key = compact(lot.code)
            if lot in self.lots.get(key, ()):
                continue
            for name in dict.fromkeys((key, compact(on_case(lot.code)))):
                self.lots[name] = (*self.lots.get(name, ()), lot)
                self.lot_tails[name[-SUFFIX:]] = (*self.lot_tails.get(name[-SUFFIX:], ()), lot)
            self.shapes[re.sub("[0-9]", "9", re.sub("[A-Z]", "A", key))] += 1
            prefix = re.match("[A-Z]+(?=[0-9])", key)
            if prefix:
                self.prefixes[prefix.group()] += 1
                self.shapes[re.sub("[0-9]", "9", key)] += 1

    def add_orders(self, orders: Iterable[OrderName]) -> None:
        """Makes further work orders known, in place."""
        for order in orders:
            if compact(order.number) in self.orders:
                continue
            self.orders[compact(order.number)] = order
            digits = "".join(mark for mark in order.number if mark.isdigit())
            self.order_digits[digits] = (*self.order_digits.get(digits, ()), order)
            self.order_prefixes[order.number[: len(order.number) - len(digits)]] += 1
            self.order_lengths.add(len(digits))

    def lots_ending(self, tail: str) -> tuple[LotName, ...]:
        """The lots whose code ends with these characters; none for fewer than three."""
        if len(tail) < SUFFIX:
            return ()
        found = self.lot_tails.get(tail[-SUFFIX:], ())
        return tuple(
            lot for lot in found if compact(lot.code).endswith(tail) or compact(on_case(lot.code)).endswith(tail)
        )

    def skus_of_word(self, word: str) -> tuple[str, ...]:
        """The products whose names have this word; none for a short one."""
        one = singular(word)
        return tuple(sorted(self.word_skus.get(one, ()))) if len(one) >= 4 and one.isalpha() else ()  # noqa: PLR2004

    def order_prefix(self) -> str:
        """What the plant's order numbers begin with, mostly."""
        return self.order_prefixes.most_common(1)[0][0] if self.order_prefixes else "WO-"

    def _add(self, name: str | tuple[str, ...], kind: str, value: str, cost: float = 0.0) -> None:
        words = symbols(name) if isinstance(name, str) else name
        if isinstance(name, str) and "&" in name:
            self._add(name.replace("&", " and "), kind, value, cost)
        if not words:
            return
        insert(self.trie, words, kind, value, cost)
        bare = tuple(word for word in words if word not in _ARTICLES)
        if bare and bare != words:
            insert(self.trie, bare, kind, value, cost)
        for word in words:
            if word.isalpha() and len(word) >= (5 if kind == "reason" else 4):  # shorter words have too many neighbours
                self.words[word].add(kind)

    def _add_labels(self, product: ProductName) -> None:
        """What stands on a product's packs: its number in trade, the beginning of its lots, what the packs are."""
        if product.gtin:
            self.gtins[product.gtin.zfill(GTIN_DIGITS)] = product.sku
        if product.lot_prefix:
            self.prefixes[product.lot_prefix.upper()] += 1
            self.shapes[f"{product.lot_prefix.upper()}9999"] += 1  # month and day follow
        for unit in product.units:
            if LEXICON.unit_of.get(unit) != unit:
                self._add_unit(unit)

    def _add_unit(self, unit: str, forms: tuple[str, ...] = ()) -> None:
        """A unit that the plant declares, also where the language has another word for it."""
        for form in (unit, plural(unit), *forms):
            self.unit_of[folded(form)] = unit
            insert(self.trie, symbols(form), "unit", unit, 0.0)

    def _sound(self, name: str, kind: str, value: str) -> None:
        letters = "".join(atom.text for atom in atoms(name) if atom.kind == "w")
        for spelling in {letters, singular(letters)}:
            if len(spelling) >= 4:  # noqa: PLR2004 - shorter ones sound like too much
                self.sounds[len(spelling)][spelling].add((kind, value))

    def heard(self, letters: str, *, single: bool) -> tuple[str, tuple[str, ...], float] | None:
        """What these letters sound like: the kind of name, what it may be, and how doubtful that is.

        None when nothing is near. One word needs to be nearer than several, which a recogniser made of a rare one.
        """
        least = 0.72 if single else 0.62
        best: dict[tuple[str, str], float] = {}
        for size in range(len(letters) - 3, len(letters) + 4):
            for name, owners in self.sounds.get(size, {}).items():
                if len(letters) < SOUNDED and respelt(letters) != respelt(name):
                    continue
                near = float(OSA.normalized_similarity(letters, name)) >= (MOSTLY_ALIKE if single else HALF_ALIKE)
                if not near and (len(name) > SHORT or respelt(letters) != respelt(name)):
                    continue
                alike = sounds_alike(letters, name)
                if alike >= least:
                    for owner in owners if alike >= PLACES_ALIKE else (o for o in owners if o[0] != "place"):
                        best[owner] = max(best.get(owner, 0.0), alike)
        if not best:
            return None
        top = max(best.values())
        winners = sorted(owner for owner, alike in best.items() if alike > top - 0.05)
        kind = winners[0][0]
        return kind, tuple(value for same, value in winners if same == kind), 0.5 + 2 * (1 - top)

    def _add_product(self, product: ProductName) -> None:
        self.products[product.sku] = product
        self.product_words[product.sku] = {
            word
            for name in (product.name, *product.aliases)
            for word in symbols(name)
            if len(word) > 1 or word.isdigit()
        }
        for word in self.product_words[product.sku]:
            self.word_skus[word].add(product.sku)
        self._add(product.sku, "product", product.sku)
        self._add_labels(product)
        for name in (product.name, *product.aliases):
            self._add(name, "product", product.sku)
            self._sound(name, "product", product.sku)
        words = symbols(product.name)
        plain = tuple(word for at, word in enumerate(words) if not _is_size(words, at))
        if plain != words:
            self._add(plain, "product", product.sku, 0.05)
        for short in _shortened(plain):
            self._add(short, "product", product.sku, 0.45)
        for first in range(len(plain)):
            for last in range(first + 1, len(plain) + 1):
                part = plain[first:last]
                whole = part == plain or all(word.isdigit() for word in part)
                if not whole and (last == len(plain) or last - first > 1):
                    self._add(part, "product", product.sku, 0.4 if last == len(plain) else 0.5)

    def _add_place(self, place: PlaceName) -> None:
        for name in self._names_of(place):
            self._add(name, "place", place.code)
            words = symbols(name)
            if len(words) > 1 and all(word.isalpha() for word in words):
                self._sound(name, "place", place.code)
            short = tuple(word for word in words if word not in LEXICON.place_stops)
            named = any(len(word) > 1 and word.isalpha() and word not in _ARTICLES for word in short)
            if short != words and named and short[0].isalpha() and not self._is_product(short):
                numbers = any(one.isdigit() and other.isdigit() for one, other in pairwise(short))
                self._add(short, "place", place.code, 0.8 if numbers else 0.1)  # "cooler 2 2" may be "cooler 2 to"
        words, rest = symbols(place.name), tuple[str, ...]()
        if len(words) == 2 and all(word.isalpha() for word in words):  # noqa: PLR2004 - `north dock`, `dock north`
            self._add(words[::-1], "place", place.code, 0.3)
        self._add(place.code, "place", place.code)
        joined = re.sub(r"[^a-z0-9]", "", folded(place.code))
        self._add(joined, "place", place.code)
        spelt = tuple(joined)
        if sum(mark.isalpha() for mark in joined) <= SPELT:
            self._add(spelt, "place", place.code, 0.1)
        parent = self.places.get(place.parent or "")
        if parent:
            rest = self._rest(parent, place)
            if rest:
                self._add(rest, "part", place.code)
        for first in range(1, len(words) - len(rest)):
            tail = words[first:]
            if len(tail[0]) > 1 and any(
                len(word) > SPELT and word.isalpha() and word not in LEXICON.place_stops for word in tail
            ):
                self._add(tail, "place", place.code, 0.5)

    def _is_product(self, words: tuple[str, ...]) -> bool:
        """Whether words name a product: `milk bay` is not called "milk"."""
        node = self.trie
        for word in words:
            node = node.get(word, {})
        return any(kind == "product" for kind, _, _ in node.get(None, ()))

    def _rest(self, parent: PlaceName, place: PlaceName) -> tuple[str, ...]:
        """What a part is called inside its parent: `Cooler 1 bay 2` in `Cooler 1` → `bay 2`."""
        whole, head = symbols(place.name), symbols(parent.name)
        return whole[len(head) :] if whole[: len(head)] == head else ()

    def _names_of(self, place: PlaceName) -> list[str]:
        names = [place.name, *place.aliases]
        parent = self.places.get(place.parent or "")
        rest = " ".join(self._rest(parent, place)) if parent else ""
        if parent and rest:
            for name in (*self._names_of(parent), parent.code):
                names += [f"{name} {rest}", f"{rest} {name}", f"{rest} in {name}"]
        return names

    def _add_partner(self, partner: PartnerName) -> None:
        self.partners[partner.code] = partner
        for name in (partner.name, *partner.aliases):
            self._add(name, "partner", partner.code)
            self._sound(name, "partner", partner.code)
        self._add(partner.code, "partner", partner.code, 0.5)
        words = symbols(partner.name)
        for length in range(1, len(words)):
            self._add(words[:length], "partner", partner.code, 0.6)

    def _add_person(self, person: PersonName) -> None:
        self.people[person.code] = person
        for name in (person.name, person.name.split()[0], person.code):
            insert(self.trie, symbols(name), "person", person.code, 0.0)
            self.called.add(" ".join(atom.text for atom in atoms(name)))

    def _add_reason(self, reason: ReasonName) -> None:
        self.reasons[reason.code] = reason
        own = dict.fromkeys((reason.name, *reason.aliases), 0.0)
        for name in LEXICON.reason_synonyms({folded(name) for name in (reason.code, *own)}, reason.kind):
            own.setdefault(name, 0.2)
        for name, cost in own.items():
            self._add(name, "reason", reason.code, cost)


def _shortened(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """A name without its middle, and with its grade before it: `Maple breakfast links` → `maple links`."""
    found: set[tuple[str, ...]] = set()
    if len(words) > 2 and words[-1].isalpha():  # noqa: PLR2004
        found.add((words[0], words[-1]))
    cut = len(words)
    while cut and any(mark.isdigit() for mark in words[cut - 1]):
        cut -= 1
    if 0 < cut < len(words):
        found |= {words[cut:] + words[:cut], words[cut:] + words[cut - 1 : cut]}
    if len(words) > 1 and words[0].isalpha() and any(word.isdigit() for word in words[1:]):
        found.add(words[1:] + words[:1])
    return found


def _is_size(words: tuple[str, ...], at: int) -> bool:
    """Whether a word of a product's name belongs to its size: the `10` and `oz` of `Classic hummus 10 oz`."""
    word = words[at]
    if word.isdigit():
        return at + 1 < len(words) and words[at + 1] in LEXICON.unit_of
    return at > 0 and words[at - 1].isdigit() and word in LEXICON.unit_of
