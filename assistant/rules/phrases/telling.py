"""What every sentence of the rule book is filled in with, whatever its rule was judged on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.rules.phrases.amounts import Speech
from assistant.rules.policy import Policy
from assistant.rules.sums.netting import places_around, standing
from assistant.wording import names
from store.model import LotState, Situation, Transaction


@dataclass(frozen=True, slots=True)
class Telling:
    """A situation as the rules speak of it."""

    situation: Situation
    policy: Policy
    speech: Speech

    def lot(self, code: str | None) -> LotState | None:
        """The lot as the books have it."""
        return self.situation.lots.get(code or "")

    def product(self, sku: str | None) -> str:
        """What people call a product."""
        return names.product(self.situation.catalog, sku)

    def amount(self, quantity: int | None, sku: str | None, *units: str) -> str:
        """A quantity of a product, in the first of the units that shows it exactly."""
        return self.speech.amount(quantity or 0, self.situation.catalog.products.get(sku or ""), *units)

    def place(self, code: str | None) -> str:
        """`cooler 1 bay 1`."""
        return names.place(self.situation.catalog, code or "")

    def at(self, code: str | None) -> str:
        """`in cooler 1 bay 1`, `at line 2`."""
        return self.speech.at(self.situation.catalog, code)

    def stands(self, state: LotState | None) -> str:
        """Where a lot stands and how much: `at line 2 (12 cases) and in cooler 1 (2 cases)`."""
        if state is None:
            return ""
        lot = state.lot
        return self.listed(
            f"{self.at(place)} ({self.amount(quantity, lot.product, lot.unit)})"
            for place, quantity in sorted(standing(self.situation.catalog, state).items())
        )

    def listed(self, parts: Any) -> str:  # noqa: ANN401 - any iterable of texts
        """`a`, `a and b`, `a, b and c`."""
        *first, last = [*parts] or [""]
        return f"{', '.join(first)}{self.speech.phrases['in_and']}{last}" if first else last

    def share(self, policy: str, sku: str | None, place: str | None) -> str:
        """A threshold in percent, in force for a product in a place."""
        around = places_around(self.situation.catalog, place)
        return f"{float(self.policy.number(policy, sku, around)):g} %"

    def expiry(self, days: int | None) -> str:
        """`today`, `in 2 days`, `3 days ago`."""
        number = days or 0
        if number == 0:
            return str(self.speech.phrases["today"])
        return str(self.speech.phrases["ago" if number < 0 else "ahead"]).format(days=self.speech.days(abs(number)))


def said_units(transaction: Transaction, state: LotState | None, lot: str | None) -> tuple[str, ...]:
    """The unit that a lot was told in, then the one it is usually counted in."""
    said = [p.unit for p in transaction.postings if p.lot == lot]
    usual = [state.lot.unit] if state else [n.unit for n in transaction.new_lots if n.code == lot]
    return (*said[:1], *usual)


class Filled(dict[str, str]):
    """Values of a sentence, each made only when the sentence asks for it."""

    def __init__(self, values: Mapping[str, Callable[[Any], str]], told: object) -> None:
        super().__init__()
        self._values = values
        self._told = told

    def __missing__(self, name: str) -> str:
        """The value of that name."""
        return self._values[name](self._told)
