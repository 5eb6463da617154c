"""Sentences about entries: what was posted, what would be, what it was about."""

from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Any, Final

from assistant.report_kinds import REPORT_KINDS, ReportKind
from assistant.reports.proposal import END_OF_DAY
from assistant.reports.report import Report
from assistant.wording import names
from assistant.wording.sentences import SILENT, Said, Wording
from store.model import Catalog, Entry, Lot, Transaction

_BACK: Final[Mapping[str, str]] = {"work_order": "back", "customer": "back_from", "supplier": "back_to"}
"""How the slots of a return are said: the wording's form for each where the goods go the other way."""


def _comes_back(kind: ReportKind, slot: str) -> bool:
    """Whether goods go the other way than they usually do between the plant and what the slot names."""
    if slot == "work_order":
        return kind.out_of == slot and not kind.makes
    return (slot == "customer" and kind.out_of == slot) or (slot == "supplier" and kind.into == slot)


class Narrator:
    """Tells of transactions in one language with one plant's names."""

    def __init__(self, wording: Wording, catalog: Catalog) -> None:
        self.wording = wording
        self.catalog = catalog

    def what(self, product: str | None, lot: str | None) -> str:
        """`romaine RM1107`: the product as people call it, and the lot."""
        return " ".join(x for x in (names.product(self.catalog, product), lot) if x)

    def quantity(self, amount: Decimal, unit: str) -> str:
        """`12 cases`."""
        return self.wording.words.quantity(amount, unit)

    def of_lot(self, lot: Lot, quantity: int) -> str:
        """A quantity of a lot in base units, as people count it."""
        return self.quantity(*names.in_unit(self.catalog, lot, quantity))

    def posted(self, told: Transaction, lots: Mapping[str, Lot]) -> Said:
        """`Moved 12 cases of romaine RM1107 from cooler 1 bay 1 to line 2.`"""
        code = told.lots[0] if told.lots else None
        lot = lots.get(code or "")
        values: dict[str, Any] = {
            "what": self.what(lot.product if lot else None, code),
            "order": told.work_order or "",
            "reason": self._reason(told.reason),
            "customer": names.partner(self.catalog, told.partner),
            "supplier": names.partner(self.catalog, told.partner),
            "from": "",
            "expires": "",
            "reference": "",
            "because": " " + self.wording.part("with-reason", reason=self._reason(told.reason)) if told.reason else "",
        }
        values |= self._amounts(told, lot)
        kind = REPORT_KINDS[told.kind]
        if kind.out_of == "supplier" and told.partner:
            values["from"] = " " + self.wording.part("from-supplier", partner=names.partner(self.catalog, told.partner))
        if told.new_lots and told.new_lots[0].expires:
            values["expires"] = self.wording.part("with-expiry", expires=told.new_lots[0].expires)
        if told.reference:
            values["reference"] = self.wording.part("with-reference", reference=told.reference)
        said = self.wording.say(f"posted-{told.kind}", **values)
        if kind.counted:
            said += self._difference(told)
        return said + self._when(told.happened)

    def _when(self, happened: datetime) -> Said:
        """On which day it happened, where that is not today."""
        if self.wording.today is None or happened.date() == self.wording.today:
            return SILENT
        only_day = happened.time().replace(second=0, microsecond=0) in {END_OF_DAY, time(0)}
        return self.wording.say("posted-when", when=happened.date() if only_day else happened)

    def understood(self, report: Report, what: str) -> Said:
        """What was understood of a report so far: `Used 11 gallons of oil on WO-4471`; verb and goods for the ear.

        `what` is how its goods are called.
        """
        called = self.wording.calls["understood"]
        done = names.capital(self.wording.call("done", report.intent))
        goods = self._goods(report, what)
        said = []
        for slot, usual in called.items():
            value = report.slots.get(slot)
            if value is None or slot == "all":
                continue
            template = called[_BACK[slot]] if _comes_back(report.kind, slot) else usual
            said.append(template.format(value=self._value(slot, str(value))))
        short = " ".join(x for x in (done, goods) if x)
        return Said(" ".join([short, *said]), names.for_ear(short))

    def _goods(self, report: Report, what: str) -> str:
        """How much of what: `11 gallons of oil`, `tahini TH0822 to 19 buckets`, `all of RM1107`."""
        called, slots = self.wording.calls["understood"], report.slots
        if slots.get("all"):
            return called["all"].format(value=what)
        said = slots.get("new_quantity", slots.get("quantity"))
        if said is None:
            return what
        amount = self.quantity(Decimal(str(said)), str(slots["unit"])) if "unit" in slots else str(said)
        if not what:
            return amount
        changes = report.kind.signed and not report.kind.counted
        form = "total" if "new_quantity" in slots else "signed" if changes else "amount"
        return called[form].format(amount=amount, value=what)

    def _value(self, slot: str, value: str) -> str:
        """The value of a slot as people say it."""
        if slot == "at":
            return self.wording.words.standing(self.catalog, value)
        if slot in {"from", "to"}:
            return names.place(self.catalog, value)
        if slot in {"supplier", "customer"}:
            return names.partner(self.catalog, value)
        return self.wording.plain(value).eye

    def _amounts(self, told: Transaction, lot: Lot | None) -> dict[str, Any]:
        """Quantity and places of the postings, as the sentence names them."""
        found: dict[str, Any] = {"quantity": "", "to": "", "in_at": ""}
        kind = REPORT_KINDS[told.kind]
        for posting in told.postings:
            name = names.place(self.catalog, posting.place)
            real = posting.place in self.catalog.places
            if posting.quantity > 0:
                found["quantity"] = self.quantity(posting.amount, posting.unit)
                found["to"] = name
            else:
                found["from"] = name
            if real:
                found["in_at"] = self.wording.words.standing(self.catalog, posting.place)
            if real and kind.signed:
                found["quantity"] = self.signed(posting.amount, posting.unit)
        if kind.counted and told.counted and lot:
            found["in_at"] = self.wording.words.standing(self.catalog, told.counted[0].place)
            found["quantity"] = self.of_lot(lot, told.counted[0].found)
        return found if kind.out_of != "supplier" else {k: v for k, v in found.items() if k != "from"}

    def signed(self, amount: Decimal, unit: str) -> str:
        """`+2 cases`, `-2 cases`."""
        return f"{'+' if amount > 0 else ''}{self.quantity(amount, unit)}"

    def _difference(self, told: Transaction) -> Said:
        if not told.counted:
            return SILENT
        if not told.postings:
            return self.wording.say("count-matched")
        real = next(p for p in told.postings if p.place in self.catalog.places)
        return self.wording.say("count-differed", difference=self.signed(real.amount, real.unit))

    def _reason(self, code: str | None) -> str:
        known = self.catalog.reasons.get(code or "")
        return names.lowered(known.name) if known else code or ""

    def entry(self, recorded: Entry, lots: Mapping[str, Lot]) -> Said:
        """What an entry says; one that takes another back names it."""
        if recorded.reverses is not None:
            return self.wording.say("took-back", number=recorded.reverses)
        return self.posted(recorded.transaction, lots)

    def report(self, report: Report) -> str:
        """A report that is not settled yet, in a few words: `use of 5 cases romaine RM1107`."""
        slots = report.slots
        amount = " ".join(str(slots[s]) for s in ("quantity", "new_quantity", "unit") if s in slots)
        product = names.product(self.catalog, slots.get("product"))
        about = " ".join(x for x in (amount, product, str(slots.get("lot", "")), str(slots.get("work_order", ""))) if x)
        called = self.wording.call("intent", report.intent)
        return f"{called}: {about}" if about else called
