"""A report as it is being completed: its intent, its slots, what was offered for each."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from assistant.report_kinds import REPORT_KINDS, ReportKind

Slots = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """One way to answer: its label, sent back word for word, chooses the slots."""

    label: str
    slots: Slots


@dataclass(frozen=True, slots=True)
class Report:
    """One report on its way into the books.

    `unsure`: the words were not understood beyond doubt, so it is read back first. `candidates` are what a slot could
    be where the words fit several. `accepted` are the places that were proved by their check digits; `first` is the
    first of two blind counts (`found`, `position`); `strikes` counts wrong check digits; `corrections` are later words
    that changed it.
    """

    intent: str
    slots: Slots
    said: str
    confidence: float | None = None
    unsure: bool = False
    candidates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accepted: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    first: Mapping[str, int] | None = None
    strikes: int = 0
    attachments: tuple[str, ...] = ()

    @property
    def kind(self) -> ReportKind:
        """What kind of report it is."""
        return REPORT_KINDS[self.intent]

    def with_slots(self, slots: Slots, said: str | None = None) -> Self:
        """The report with some slots changed; what contradicts the change is forgotten."""
        changed = {**self.slots, **slots}
        if "product" in slots and "lot" not in slots and slots["product"] != self.slots.get("product"):
            changed.pop("lot", None)
            changed = self._of_another_lot(changed, slots)
        if self.slots.get("lot", slots.get("lot")) != slots.get("lot", self.slots.get("lot")):
            changed = self._of_another_lot(changed, slots)
        if "quantity" in slots:
            for other in {"all", "but_quantity", "but_unit", "second_quantity", "second_unit"} - slots.keys():
                changed.pop(other, None)
            if "new_quantity" in changed and "new_quantity" not in slots:
                changed["new_quantity"] = changed.pop("quantity")
        if slots.get("all"):
            changed.pop("quantity", None)
        corrections = (*self.corrections, said) if said else self.corrections
        open_still = {slot: values for slot, values in self.candidates.items() if slot not in slots}
        return replace(self, slots=changed, corrections=corrections, candidates=open_still)

    def _of_another_lot(self, changed: dict[str, Any], slots: Slots) -> dict[str, Any]:
        """Another lot is another product maybe, and stands elsewhere; a count stays where it was taken."""
        elsewhere = {"product", "from"} | (set() if self.kind.counted else {"at"})
        return {slot: value for slot, value in changed.items() if slot not in elsewhere - slots.keys()}

    def depends_on(self, earlier: "Report") -> bool:
        """Whether this report needs the earlier one to be in the books: the same lot, or the same order's course."""
        lot, order = self.slots.get("lot"), self.slots.get("work_order")
        if lot is not None and lot == earlier.slots.get("lot"):
            return True
        if order is None or order != earlier.slots.get("work_order"):
            return False
        return self.kind.turns_order or self.kind.makes or earlier.kind.turns_order


def fitting(report: Report, asking: str, slots: Slots) -> dict[str, Any]:
    """The slots of an answer as the report has them: a bare place is the place that was asked for, or usually meant."""
    fitted = dict(slots)
    places = {"from", "to", "at"}
    if "at" in fitted and report.kind.bare_place and "at" not in report.kind.slots:
        fitted[asking if asking in places else report.kind.bare_place] = fitted.pop("at")
    elif "at" in fitted and asking in places - {"at"}:
        fitted[asking] = fitted.pop("at")
    if asking == "new_quantity" and "quantity" in fitted:
        fitted["new_quantity"] = fitted.pop("quantity")
    return fitted
