"""What can be said at a plant: sample phrases from lexicon and names, for people and for the recogniser's grammar."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import product
from typing import Final

from assistant.intents.language.atoms import plural
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.readers.vocabulary import Vocabulary
from assistant.intents.say.spoken_forms import code_said, day_said, digits_said, name_said, number_said

MOST: Final = 400
"""Phrases from one template at most: enough for every name of a plant, little enough to build at once."""
_QUANTITIES: Final = (*range(1, 41), 45, 48, 50, 60, 64, 70, 72, 80, 90, 96, 100, 120, 140, 150, 200, 250, 450, 1000)
_DAYS: Final = tuple(date(2028, 1, 1) + timedelta(days=number) for number in range(366))
_SLOT: Final = re.compile(r"\{(\w+)\}")


def phrases(vocabulary: Vocabulary, *, spoken: bool = False, expecting: str | None = None) -> Iterator[str]:
    """Sample phrases, every name of the plant among them.

    Args:
        vocabulary: the plant's names.
        spoken: words only, as a recogniser knows them: lower case, numbers and letters in words.
        expecting: only what answers this question, and the words that one may always say.

    Yields:
        Each phrase once.
    """
    pools = _pools(vocabulary, spoken=spoken)
    source = (
        _answers(pools, expecting)
        if expecting
        else _sentences(
            pools, _goods(vocabulary, spoken=spoken, lots=False), _goods(vocabulary, spoken=spoken, lots=True)
        )
    )
    seen: set[str] = set()
    for phrase in (*source, *_talk(spoken=spoken)):
        if phrase and phrase not in seen:
            seen.add(phrase)
            yield phrase


def _talk(*, spoken: bool) -> Iterator[str]:
    for words in LEXICON.talk:
        phrase = " ".join(words)
        if phrase.replace(" ", "").replace("'", "").isalpha() and (not spoken or len(words[0]) > 1):
            yield phrase


def _filled(slot: re.Match[str], pools: dict[str, list[str]], turn: int) -> str:
    values = pools[slot.group(1)]
    return values[turn % len(values)]


def _goods(vocabulary: Vocabulary, *, spoken: bool, lots: bool) -> dict[str, list[str]]:
    """Names of products, beside each a unit that it has and, if wanted, a lot of it."""
    known = [lot for same in vocabulary.lots.values() for lot in same if lot.sku in vocabulary.products][:MOST]
    rows = (
        [(vocabulary.products[lot.sku], lot.code) for lot in known]
        if lots
        else [(item, "") for item in vocabulary.products.values() for _ in (item.name, *item.aliases)]
    )
    names, units, codes = [], [], []
    for turn, (item, code) in enumerate(rows):
        own = (item.name, *item.aliases)
        unit = item.units[turn % len(item.units)] if item.units else "case"
        names.append(name_said(own[turn % len(own)]) if spoken else own[turn % len(own)])
        units.append(_plural(unit) if spoken else unit)
        codes.append(code_said(code, pairs=turn % 2 == 0) if spoken else code)
    return {"product": names, "unit": units} | ({"lot": codes} if lots else {})


def _plural(unit: str) -> str:
    return str(LEXICON.raw["plurals"].get(unit) or plural(unit))


def _sentences(
    pools: dict[str, list[str]], products: dict[str, list[str]], lots: dict[str, list[str]]
) -> Iterator[str]:
    for templates in LEXICON.raw["templates"].values():
        for template in templates:
            slots = _SLOT.findall(template)
            own = pools | (lots if {"product", "lot"} <= set(slots) else products if "product" in slots else {})
            sizes = [len(own[slot]) for slot in slots]
            if 0 in sizes:
                continue
            for turn in range(min(MOST, max(sizes, default=1))):
                yield _SLOT.sub(partial(_filled, pools=own, turn=turn), template)


def _answers(pools: dict[str, list[str]], expecting: str | None) -> Iterator[str]:
    if expecting in {"quantity", "new_quantity"}:
        yield from pools["quantity"]
        yield from (
            f"{quantity} {unit}" for quantity, unit in zip(pools["quantity"], pools["unit"] * MOST, strict=False)
        )
        yield from LEXICON.raw["all"]
    elif expecting == "check":
        yield from (digits_said(f"{one}{two}{three}") for one, two, three in product(range(10), range(10), (1, 4, 7)))
    elif expecting == "choose":
        yield from (word for word in LEXICON.ordinals if LEXICON.ordinals[word] < 10)  # noqa: PLR2004
    elif expecting == "reason":
        yield from (*pools["scrap_reason"], *pools["adjust_reason"])
    elif expecting in pools:
        yield from pools[expecting]


def _pools(vocabulary: Vocabulary, *, spoken: bool) -> dict[str, list[str]]:
    """What may stand for each slot."""
    said = name_said if spoken else str
    places = [said(name) for place in vocabulary.places.values() for name in (place.name, *place.aliases)]
    lots = [lot.code for known in vocabulary.lots.values() for lot in known][:MOST]
    orders = [order.number for order in vocabulary.orders.values()][:MOST]
    numbers: list[Decimal | int] = [*_QUANTITIES, Decimal("0.5"), Decimal("1.5"), Decimal("2.25")]
    units = sorted({unit for product_ in vocabulary.products.values() for unit in product_.units})
    pools = {
        "product": [said(name) for item in vocabulary.products.values() for name in (item.name, *item.aliases)],
        "lot": [form for lot in lots for form in ((code_said(lot, pairs=True), code_said(lot)) if spoken else (lot,))],
        "work_order": [form for order in orders for form in (_order_forms(order) if spoken else (order,))],
        "quantity": [number_said(n) if spoken else f"{Decimal(n).normalize():f}" for n in numbers],
        "unit": [_plural(unit) for unit in units] if spoken else units,
        "expires": [day_said(day) for day in _DAYS] if spoken else [f"{day.month}/{day.day}" for day in _DAYS[::7]],
        "days": [number_said(n) if spoken else str(n) for n in (2, 3, 5, 7, 10, 14)],
        "entry": [digits_said(str(n)) if spoken else str(n) for n in range(101, 1000, 41)],
        "request": [number_said(n) if spoken else str(n) for n in range(1, 41)],
    }
    pools |= dict.fromkeys(("from", "to", "at"), places)
    for role in ("supplier", "customer"):
        pools[role] = [said(n) for p in vocabulary.partners.values() if p.role == role for n in (p.name, *p.aliases)]
    for kind in ("scrap", "adjust"):
        pools[f"{kind}_reason"] = [
            said(name.lower()) for r in vocabulary.reasons.values() if r.kind == kind for name in (r.name, *r.aliases)
        ]
    return {slot: [value.lower() if spoken else value for value in values] for slot, values in pools.items()}


def _order_forms(number: str) -> tuple[str, str]:
    digits = "".join(mark for mark in number if mark.isdigit())
    return digits_said(digits, pairs=True), digits_said(digits)
