"""Answers to a question just asked: `eleven oh seven` for a lot, `fourteen` for a quantity, free text for a note."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from assistant.intents.frames.questions import spoken_words, talked
from assistant.intents.frames.slots import plain, unknown_order
from assistant.intents.language.atoms import Atom
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.readers.codes import codes_at
from assistant.intents.readers.dates import days_at
from assistant.intents.readers.numbers import numbers_at
from assistant.intents.readers.vocabulary import Trie, Vocabulary, symbols
from assistant.intents.reading import Frame, Reading, Span

_LEADS: Final = frozenset(
    "lot batch number it's its it is the a ending in work order wo job no about um uh er for on use".split()
)
_FREE: Final = frozenset({"note"})
_DIGITS: Final = frozenset({"check"})
Answer = tuple[dict[str, str | bool], dict[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Given:
    """The words of an answer, and what they are read against."""

    words: tuple[Atom, ...]
    vocabulary: Vocabulary
    today: date


def answered(words: tuple[Atom, ...], text: str, vocabulary: Vocabulary, today: date, expecting: str) -> Reading | None:
    """The reading of a bare answer, or None when it is not one: then it is read like anything else."""
    talk = talked(words)
    if talk in {"cancel", "repeat", "help"} or (talk == "confirm" and expecting != "choose"):
        return None
    if expecting in _FREE:
        return _reading({"note": text.strip()}, {}, text)
    start = 0
    while start < len(words) - 1 and (words[start].text in _LEADS or words[start].kind == "p"):
        start += 1
    stop = len(words)
    while stop > start + 1 and (words[stop - 1].text in {".", "!", "please", "pls", ","}):
        stop -= 1
    reader = _READERS.get(expecting)
    found = reader(Given(words[start:stop], vocabulary, today)) if reader and start < stop else None
    if found is None and start and reader:
        found = reader(Given(words[:stop], vocabulary, today))
    if found is None:
        return None
    return _reading(*found, text)


def _reading(slots: dict[str, str | bool], candidates: dict[str, tuple[str, ...]], text: str) -> Reading:
    role = next(iter(slots or candidates))
    confidence = 0.97 if not candidates else 0.4
    return Reading((Frame("correct", slots, candidates),), confidence, (Span(0, len(text), text, role, None),))


def _whole_digits(words: tuple[Atom, ...]) -> str | None:
    found = [code for code in codes_at(words, 0) if code.end == len(words) and code.key.isdigit()]
    return found[-1].key if found else None


def _quantity(given: Given) -> Answer | None:
    for number in numbers_at(given.words, 0):
        if number.end == len(given.words):
            return {"quantity": plain(number.value)}, {}
        if number.end == len(given.words) - 1 and given.words[-1].text in given.vocabulary.unit_of:
            return {"quantity": plain(number.value), "unit": given.vocabulary.unit_of[given.words[-1].text]}, {}
    said = " ".join(spoken_words(given.words))
    return ({"all": True}, {}) if said in LEXICON.raw["all"] else None


def _new_quantity(given: Given) -> Answer | None:
    found = _quantity(given)
    if not found or "quantity" not in found[0]:
        return None
    slots = found[0]
    return {"new_quantity": slots["quantity"], **{k: v for k, v in slots.items() if k != "quantity"}}, {}


def _lot(given: Given) -> Answer | None:
    for code in [code for code in codes_at(given.words, 0) if code.end == len(given.words)][::-1]:
        known = given.vocabulary.lots.get(code.key, ())
        codes = tuple(sorted({lot.code for lot in known or given.vocabulary.lots_ending(code.key)}))
        if codes:
            return ({"lot": codes[0]}, {}) if len(codes) == 1 else ({}, {"lot": codes})
        if code.mixed or len(code.key) > 2:  # noqa: PLR2004
            return {"lot": code.shown.upper()}, {}
    return None


def _order(given: Given) -> Answer | None:
    for code in [code for code in codes_at(given.words, 0) if code.end == len(given.words)][::-1]:
        if code.key in given.vocabulary.orders:
            return {"work_order": given.vocabulary.orders[code.key].number}, {}
        numbers = tuple(order.number for order in given.vocabulary.order_digits.get(code.key, ()))
        if numbers:
            return ({"work_order": numbers[0]}, {}) if len(numbers) == 1 else ({}, {"work_order": numbers})
        if code.key.isdigit() and (number := unknown_order(given.vocabulary, code.key)):
            return {"work_order": number}, {}
    return None


def _check(given: Given) -> Answer | None:
    digits = _whole_digits(given.words)
    return ({"check": digits}, {}) if digits else None


def _choose(given: Given) -> Answer | None:
    said = [word for word in spoken_words(given.words) if word not in {"the", "one", "number", "option"}]
    if len(said) == 1 and said[0] in LEXICON.ordinals:
        return {"choose": str(LEXICON.ordinals[said[0]])}, {}
    digits = _whole_digits(given.words)
    return ({"choose": digits}, {}) if digits and len(digits) == 1 else None


def _unit(given: Given) -> Answer | None:
    return (
        ({"unit": given.vocabulary.unit_of[given.words[0].text]}, {})
        if len(given.words) == 1 and given.words[0].text in given.vocabulary.unit_of
        else None
    )


def _expires(given: Given) -> Answer | None:
    if spoken_words(given.words) == ("standard",):
        return {"expires": "standard"}, {}
    day = next((day for day in days_at(given.words, 0, given.today) if day.end == len(given.words)), None)
    return ({"expires": day.day.isoformat()}, {}) if day else None


def _reference(given: Given) -> Answer | None:
    if given.words[0].kind == "n" and (digits := _whole_digits(given.words)):
        return {"reference": digits}, {}
    return None


def _named(kind: str, slot: str) -> Callable[[Given], Answer | None]:
    def read(given: Given) -> Answer | None:
        node: Trie = given.vocabulary.trie
        for word in symbols(" ".join(atom.raw for atom in given.words)):
            node = node.get(word, {})
        values = tuple(sorted({value for found, value, _ in node.get(None, ()) if found == kind}))
        if not values:
            return None
        return ({slot: values[0]}, {}) if len(values) == 1 else ({}, {slot: values})

    return read


_READERS: Final[dict[str, Callable[[Given], Answer | None]]] = {
    "quantity": _quantity,
    "new_quantity": _new_quantity,
    "lot": _lot,
    "work_order": _order,
    "check": _check,
    "choose": _choose,
    "unit": _unit,
    "expires": _expires,
    "reference": _reference,
    "product": _named("product", "product"),
    "reason": _named("reason", "reason"),
    "customer": _named("partner", "customer"),
    "supplier": _named("partner", "supplier"),
    "from": _named("place", "from"),
    "to": _named("place", "to"),
    "at": _named("place", "at"),
}
