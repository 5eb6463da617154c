"""The plant's own names for the parser, built once and kept up with what the books learn."""

from collections.abc import Iterable
from threading import Lock

from assistant.intents import (
    LotName,
    OrderName,
    PartnerName,
    PersonName,
    PlaceName,
    ProductName,
    ReasonName,
    Vocabulary,
)
from store.model import Catalog, WorkOrder
from store.session import Session


def vocabulary_of(
    catalog: Catalog, orders: Iterable[WorkOrder] = (), lots: Iterable[tuple[str, str]] = ()
) -> Vocabulary:
    """The parser's index of a plant's names; `lots` are (code, sku)."""
    return Vocabulary.of(
        products=[
            ProductName(
                p.sku,
                p.name,
                p.aliases,
                (p.base_unit, *p.packs),
                p.lot_prefix,
                p.kind,
                p.shelf_life_days,
                p.gtin,
            )
            for p in catalog.products.values()
        ],
        places=[PlaceName(p.code, p.name, p.aliases, p.parent, p.kind) for p in catalog.places.values()],
        partners=[PartnerName(p.code, p.name, p.role, p.aliases) for p in catalog.partners.values()],
        people=[PersonName(p.code, p.name) for p in catalog.people.values()],
        reasons=[ReasonName(r.code, r.name, r.kind, r.aliases) for r in catalog.reasons.values()],
        orders=[OrderName(o.number, o.product) for o in orders],
        lots=[LotName(code, sku) for code, sku in lots],
    )


class PlantWords:
    """One plant's vocabulary: rebuilt when master data changes, extended when lots or orders are new."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._vocabulary: Vocabulary | None = None
        self._version = -1
        self._serial = 0

    def __call__(self, session: Session) -> Vocabulary:
        """The vocabulary as of this transaction."""
        with self._lock:
            if self._vocabulary is None or session.catalog.version != self._version:
                lots, self._serial = session.lots.after(0)
                self._vocabulary = vocabulary_of(session.catalog, session.orders.all(), lots)
                self._version = session.catalog.version
            else:
                lots, self._serial = session.lots.after(self._serial)
                if lots:
                    self._vocabulary.add_lots([LotName(code, sku) for code, sku in lots])
            return self._vocabulary
