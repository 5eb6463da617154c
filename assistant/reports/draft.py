"""A report on its way to a transaction: what it is made from, and how what is missing is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from assistant.report_kinds import REPORT_KINDS, ReportKind
from assistant.reports.report import Option, Report
from assistant.wording import names as words
from store.model import Lot, LotState, Product, Situation, WorkOrder

OFFERS: Final = 6
"""So many options at most: what fits on a card, and in an ear."""

PROPOSALS: Final = frozenset({"this-lot", "new-lot"})
"""Questions whose only option is proposed: a yes takes it."""

DOUBTED_WITH: Final[Mapping[str, frozenset[str]]] = {
    "unknown-unit": frozenset({"quantity", "new_quantity", "unit"}),
}
"""What is dropped with a question, where it is not only its slot: a number is never carried into another unit."""

STANDARD: Final = "standard"
"""What is answered for an expiry by the product's shelf life."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a proposal is made from: the situation, with other lots of the product; open orders; who sends what.

    `codes` are lot codes that are taken already.
    """

    situation: Situation
    orders: tuple[WorkOrder, ...] = ()
    suppliers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who tells it, where, and under which idempotency key; whether it `hears_back` what would post before it does."""

    by: str
    channel: str
    key: str
    hears_back: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """The one thing still missing: its slot, the wording of the question, and likely answers, the likeliest first.

    A question that `proposes` its only answer may be answered by a yes. `heard` is the report with what is in doubt
    of it, as it was said; None where that is all of it.
    """

    report: Report
    slot: str
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    proposes: bool = False
    heard: Report | None = None


@dataclass(frozen=True, slots=True)
class Refuse:
    """It cannot be, whatever is added."""

    rule: str
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


Missing = Ask | Refuse | None


@dataclass(slots=True)
class Draft:
    """A proposal in the making: the slots so far, and what was taken without being said."""

    report: Report
    surroundings: Surroundings
    speaker: Speaker
    slots: dict[str, Any]
    happened: datetime
    taken: list[str] = field(default_factory=list)
    lot: LotState | None = None
    product: Product | None = None
    order: WorkOrder | None = None
    quantity: int = 0
    amount: Decimal = Decimal(0)
    unit: str = ""
    new_lot: Lot | None = None

    @property
    def kind(self) -> ReportKind:
        """What kind of report it is."""
        return REPORT_KINDS[self.report.intent]

    @property
    def situation(self) -> Situation:
        """What the books say."""
        return self.surroundings.situation

    def take(self, slot: str, value: str) -> None:
        """Fill a slot that was not said and is not in doubt."""
        self.slots[slot] = value
        self.taken.append(slot)

    def ask(self, slot: str, key: str, options: tuple[Option, ...] = (), **values: Any) -> Ask:  # noqa: ANN401
        """The question for a slot; what stands in the slot is dropped, since it is what is in doubt."""
        said = {k: v for k, v in self.slots.items() if k not in self.taken}
        kept = {k: v for k, v in said.items() if k not in DOUBTED_WITH.get(key, {slot})}
        return Ask(
            replace(self.report, slots=kept),
            slot,
            key,
            self.names() | values,
            options[:OFFERS],
            proposes=key in PROPOSALS,
            heard=replace(self.report, slots=said),
        )

    def names(self) -> dict[str, Any]:
        """What is known so far, as people call it, for the question."""
        catalog = self.situation.catalog
        what = words.product(catalog, self.product.sku) if self.product else ""
        lot = self.lot.lot.code if self.lot else str(self.slots.get("lot", ""))
        at = next((self.slots[s] for s in ("from", "at", "to") if s in self.slots), "")
        return {
            "product": what,
            "lot": lot,
            "what": " ".join(x for x in (what, lot) if x) or "it",
            "order": str(self.slots.get("work_order", "")),
            "place": words.place(catalog, at),
        }
