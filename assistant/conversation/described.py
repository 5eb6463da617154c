"""Entries by what is said of them: `the move of RM1107`, `the 4 cases on 4474`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from assistant.reports.report import Slots
from store.model import Catalog, Entry, Lot, Posting, Transaction


@dataclass(frozen=True, slots=True)
class _Told:
    """An entry's transaction, with what its codes stand for."""

    told: Transaction
    catalog: Catalog
    lots: Mapping[str, Lot]

    def stands(self, posting: Posting, place: str) -> bool:
        """Whether a side of the entry is in this place, or in one inside it."""
        return posting.place in self.catalog.within(place)


def fits(entry: Entry, described: Slots, catalog: Catalog, lots: Mapping[str, Lot]) -> bool:
    """Whether everything that is said fits the entry; what cannot be looked at in an entry never fits."""
    told = _Told(entry.transaction, catalog, lots)
    return all(slot in _CHECKS and _CHECKS[slot](told, str(value)) for slot, value in described.items())


def _number(said: str) -> Decimal | None:
    try:
        return abs(Decimal(said))
    except InvalidOperation:
        return None


_CHECKS: Final[Mapping[str, Callable[[_Told, str], bool]]] = {
    "kind": lambda t, said: t.told.kind == said,
    "lot": lambda t, said: said in t.told.lots,
    "product": lambda t, said: any(t.lots[code].product == said for code in t.told.lots if code in t.lots),
    "work_order": lambda t, said: t.told.work_order == said,
    "reference": lambda t, said: t.told.reference == said,
    "reason": lambda t, said: t.told.reason == said,
    "supplier": lambda t, said: t.told.partner == said,
    "customer": lambda t, said: t.told.partner == said,
    "quantity": lambda t, said: any(abs(p.amount) == _number(said) for p in t.told.postings),
    "unit": lambda t, said: any(p.unit == said for p in t.told.postings),
    "from": lambda t, said: any(p.quantity < 0 and t.stands(p, said) for p in t.told.postings),
    "to": lambda t, said: any(p.quantity > 0 and t.stands(p, said) for p in t.told.postings),
    "at": lambda t, said: any(t.stands(p, said) for p in t.told.postings),
    "when": lambda t, said: t.told.happened.date() == date.fromisoformat(said[:10]),
}
