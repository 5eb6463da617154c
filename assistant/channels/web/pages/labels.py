"""How codes, quantities and moments read on a page: `12`, `case`, `C1-01` become 12 cases, Cooler 1 bay 1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from assistant.wording.sentences import load
from store.model import ADJUSTMENT, CUSTOMER, OPENING, SCRAP, SUPPLIER, VARIANCE, Catalog
from store.units import text

_MEASURES: Final = frozenset("lb kg oz g gal l ea".split())
_VIRTUAL: Final = {
    SCRAP: "Scrap",
    VARIANCE: "Count difference",
    ADJUSTMENT: "Adjustment",
    OPENING: "Opening stock",
}
_WAITING: Final = {
    "check": "the check digits",
    "confirm": "yes or no",
    "choose": "one of the choices",
    "from": "where it comes from",
    "to": "where it goes",
    "at": "the place",
    "expires": "the expiry date",
    "work_order": "the work order",
    "new_quantity": "the new quantity",
    "unit": "the unit",
}
BY_DIGIT: Final = frozenset("choose lot product unit from to at work_order supplier customer reason".split())
"""Questions whose choices may be chosen by a bare digit; an answer to the others, "yes" included, may be a number."""

STATUS: Final = {"ok": "OK", "hold": "On hold", "expired": "Expired"}
ROLES: Final = {"worker": "Worker", "receiver": "Receiver", "supervisor": "Supervisor", "qa": "QA"}
OUTCOMES: Final = {
    "posted": "Posted",
    "partly": "Partly posted",
    "approval": "Waits for approval",
    "blocked": "Blocked",
    "asked": "Asks",
    "answered": "Answer",
    "silent": "Nothing recorded",
}


@dataclass(frozen=True, slots=True)
class Flow:
    """So much of a lot went from one place to another; None where the entry has several on that side."""

    lot: str
    amount: str
    source: str | None
    target: str | None


@dataclass(frozen=True, slots=True)
class Expiry:
    """An expiry as a page shows it: the day, how far away, and whether it deserves a look (`ok`, `near`, `past`)."""

    day: str
    left: str
    level: str


def amount(quantity: str | Decimal, unit: str) -> str:
    """`2880`, `case` -> 2,880 cases; the sign is kept."""
    number = Decimal(quantity)
    whole, _, rest = text(number).lstrip("-").partition(".")
    shown = f"{'−' if number < 0 else ''}{int(whole):,}{'.' + rest if rest else ''}"
    plural = unit if unit in _MEASURES or abs(number) == 1 else f"{unit}{'es' if unit.endswith('x') else 's'}"
    return f"{shown} {plural}".strip()


def done(entry: Mapping[str, Any]) -> str:
    """What an entry did, in a word or two; a reversal says what it takes back."""
    if entry["reverses"] is not None:
        return f"Took back entry {entry['reverses']}"
    return load().call("done", entry["kind"]).capitalize()


def waiting(asking: str) -> str:
    """What a question waits for, in words: `work_order` -> the work order."""
    return _WAITING.get(asking, f"the {asking.replace('_', ' ')}")


@dataclass(frozen=True, slots=True)
class Labels:
    """The names that the plant gave its codes, and the day from which days are counted."""

    catalog: Catalog
    today: date

    def place(self, code: str) -> str:
        """A real place by its name, a virtual one by what it stands for."""
        if code in self.catalog.places:
            return self.catalog.places[code].name
        if code in _VIRTUAL:
            return _VIRTUAL[code]
        for prefix, word in ((SUPPLIER, "Supplier"), (CUSTOMER, "Customer")):
            if code.startswith(prefix):
                partner = code.removeprefix(prefix)
                return self.partner(partner) if partner else word
        return f"Work order {code.removeprefix('WO-')}" if code.startswith("WO-") else code

    def product(self, sku: str | None) -> str:
        """A product's name, or its code where the plant has none of it."""
        if sku is None:
            return ""
        return self.catalog.products[sku].name if sku in self.catalog.products else sku

    def person(self, code: str) -> str:
        """A person's name; opening stock came from the plant's own files; else the code."""
        if code == "import":
            return "plant files"
        return self.catalog.people[code].name if code in self.catalog.people else code

    def partner(self, code: str | None) -> str:
        """A supplier's or customer's name, or the code."""
        if code is None:
            return ""
        return self.catalog.partners[code].name if code in self.catalog.partners else code

    def moment(self, value: str | datetime | None) -> str:
        """A moment as people say it: 10:14 today, else Nov 21, 10:14, with the year where it is another one."""
        if value is None:
            return ""
        at = datetime.fromisoformat(value) if isinstance(value, str) else value
        clock = f"{at:%H:%M}"
        return clock if at.date() == self.today else f"{self.day(at.date())}, {clock}"

    def day(self, value: str | date | None) -> str:
        """A day as people say it: Nov 28, with the year where it is another one."""
        if value is None:
            return ""
        on = date.fromisoformat(value[:10]) if isinstance(value, str) else value
        return f"{on:%b} {on.day}" + ("" if on.year == self.today.year else f", {on.year}")

    def expiry(self, value: str | date | None, product: str | None = None) -> Expiry | None:
        """When a lot expires and how far that is: near is the larger of 2 days and 15 % of the product's shelf life."""
        if value is None:
            return None
        on = date.fromisoformat(value) if isinstance(value, str) else value
        left = (on - self.today).days
        known = self.catalog.products.get(product) if product else None
        near = max(2, (known.shelf_life_days or 0) * 15 // 100) if known else 2
        if left < 0:
            return Expiry(self.day(on), f"{-left} day{'s' if left != -1 else ''} ago", "past")
        words = {0: "today", 1: "1 day left"}.get(left, f"{left:,} days left")
        return Expiry(self.day(on), words, "near" if left <= near else "ok")

    def flows(self, entry: Mapping[str, Any]) -> Sequence[Flow]:
        """An entry's lines, from -> to; a side with several places is told place by place."""
        flows: list[Flow] = []
        for lot in dict.fromkeys(line["lot"] for line in entry["lines"]):
            lines = [line for line in entry["lines"] if line["lot"] == lot]
            out = [line for line in lines if Decimal(line["quantity"]) < 0]
            into = [line for line in lines if Decimal(line["quantity"]) > 0]
            if len(out) == 1:
                flows.extend(self._flow(lot, line, out[0]["location"], line["location"]) for line in into)
            elif len(into) == 1:
                flows.extend(self._flow(lot, line, line["location"], into[0]["location"]) for line in out)
            else:
                flows.extend(self._flow(lot, line, line["location"], None) for line in out)
                flows.extend(self._flow(lot, line, None, line["location"]) for line in into)
        return flows

    def _flow(self, lot: str, line: Mapping[str, Any], source: str | None, target: str | None) -> Flow:
        return Flow(
            lot,
            amount(abs(Decimal(line["quantity"])), line["unit"]),
            self.place(source) if source is not None else None,
            self.place(target) if target is not None else None,
        )
