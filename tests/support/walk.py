"""What a recall must find, by a slow walk of the entries in plain Python: no balances, no lineage, no SQL."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from store.model import Entry, Kind

STOCK_BEFORE = ("SUPPLIER:", "OPENING")


@dataclass
class Walk:
    """Everything that stands in the entries, indexed by nothing but dictionaries."""

    entries: Sequence[Entry]
    inputs: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    outputs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    sums: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def __post_init__(self) -> None:
        taken_back = {entry.reverses for entry in self.entries if entry.reverses}
        self.standing = [e for e in self.entries if e.number not in taken_back and not e.reverses]
        for entry in self.standing:
            told = entry.transaction
            for line in told.postings:
                self._account(told.kind, told.work_order, line.lot, line.place, line.quantity)
                if line.place == told.work_order and told.kind == Kind.PRODUCE:
                    self.outputs[line.place].add(line.lot)
                elif line.place == told.work_order:
                    self.inputs[line.place][line.lot] += line.quantity

    def _account(self, kind: Kind, order: str | None, lot: str, place: str, quantity: int) -> None:
        account = self.sums[lot]
        if place.startswith(STOCK_BEFORE) or (place == order and kind == Kind.PRODUCE):
            account["in"] -= quantity
        elif place == order:
            account["consumed"] += quantity
        elif place.startswith("CUSTOMER:"):
            account["shipped"] += quantity
        elif place == "SCRAP":
            account["scrapped"] += quantity
        elif place in {"VARIANCE", "ADJUSTMENT"}:
            account["adjusted"] += quantity
        else:
            account["on_hand"] += quantity

    def reached(self, lot: str) -> set[str]:
        """The lot and everything it went into, by going over all orders until nothing is new."""
        reached, before = {lot}, 0
        while len(reached) > before:
            before = len(reached)
            for order, lots in self.inputs.items():
                if any(quantity > 0 and code in reached for code, quantity in lots.items()):
                    reached |= self.outputs[order]
        return reached

    def origins(self, lot: str) -> set[str]:
        """The lot and everything that went into it."""
        origins, before = {lot}, 0
        while len(origins) > before:
            before = len(origins)
            for order, made in self.outputs.items():
                if made & origins:
                    origins |= {code for code, quantity in self.inputs[order].items() if quantity > 0}
        return origins

    def shipped(self, lots: set[str]) -> dict[tuple[str | None, str, str | None], int]:
        """(customer, lot, reference) -> what it got."""
        found: dict[tuple[str | None, str, str | None], int] = defaultdict(int)
        for entry in self.standing:
            told = entry.transaction
            for line in told.postings:
                if line.lot in lots and line.place.startswith("CUSTOMER:"):
                    found[told.partner, line.lot, told.reference] += line.quantity
        return dict(found)
