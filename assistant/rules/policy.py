"""What is in force where: the rule book's defaults, and what was set otherwise for plant, product or place."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction

WORDS: Mapping[str, Collection[str]] = {"check_digits": ("voice", "always", "never")}
"""Policies that are a word and not a number, and the words that they take."""


@dataclass(frozen=True, slots=True)
class Override:
    """A threshold, or a rule's severity, set for the whole plant or for a product, a place, or a product in a place.

    `policy` names the threshold, or the rule whose severity it is. `by` is a person's code, or the plant's file that
    says so.
    """

    policy: str
    value: str
    product: str | None = None
    place: str | None = None
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """Values by name: thresholds, or severities of rules. A later override of the same scope wins over an earlier."""

    defaults: Mapping[str, str]
    overrides: Sequence[Override] = ()
    _set: dict[tuple[str, str | None, str | None], str] = field(default_factory=dict, init=False, repr=False)
    _numbers: dict[tuple[str, str | None, tuple[str, ...]], Fraction] = field(
        default_factory=dict, init=False, repr=False
    )

    def __post_init__(self) -> None:
        """Files the overrides by what they are for."""
        for o in self.overrides:
            self._set[o.policy, o.product, o.place] = o.value

    def text(self, name: str, product: str | None = None, places: Sequence[str] = ()) -> str:
        """The value in force for a product in a place; `places` are the place and those around it, innermost first.

        Product and place together win, then the product, then the innermost place, then the plant, then the default.
        """
        scopes: list[tuple[str | None, str | None]] = []
        if product is not None:
            scopes += [(product, place) for place in places]
            scopes.append((product, None))
        scopes += [(None, place) for place in places]
        scopes.append((None, None))
        for sku, place in scopes:
            found = self._set.get((name, sku, place))
            if found is not None:
                return found
        return self.defaults[name]

    def number(self, name: str, product: str | None = None, places: Sequence[str] = ()) -> Fraction:
        """The value in force, as an exact number."""
        asked = (name, product, tuple(places))
        found = self._numbers.get(asked)
        if found is None:
            found = self._numbers[asked] = Fraction(self.text(name, product, places))
        return found

    def share(self, name: str, quantity: int, product: str | None = None, places: Sequence[str] = ()) -> int:
        """What a percentage in force makes of a quantity, not more than the exact share."""
        percent = self.number(name, product, places)
        return quantity * percent.numerator // (percent.denominator * 100)

    def span(self, name: str, product: str | None = None, places: Sequence[str] = ()) -> timedelta:
        """The value in force of a policy whose name ends in `_days`, `_hours` or `_minutes`."""
        unit = name.rsplit("_", 1)[1]
        each = {"days": 86_400, "hours": 3_600, "minutes": 60}[unit]
        return timedelta(seconds=float(self.number(name, product, places) * each))


LARGEST = 1_000_000
"""No threshold is larger: percents, hours and days beyond it are slips of a key."""


def threshold_faults(name: str, value: str) -> Iterator[str]:
    """What is wrong with the value of a threshold."""
    if name in WORDS:
        if value not in WORDS[name]:
            yield f"{name} is one of {', '.join(WORDS[name])}, not {value}"
        return
    try:
        number = Decimal(value)
    except InvalidOperation:
        yield f"{name} is a number, not {value}"
        return
    if not number.is_finite() or not 0 <= number <= LARGEST:
        yield f"{name} is a number from 0 to {LARGEST}, not {value}"
