"""What the books speak of: products, places, lots, orders, postings, transactions; frozen, without a database.

Quantities are integers of 1/10,000 of the product's base unit (`store.units`); moments are aware datetimes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from store.errors import Unbalanced

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
"""The empty mapping that frozen records share."""


def nothing() -> Mapping[str, Any]:
    """The default of a mapping in a frozen record."""
    return NOTHING


class Kind(StrEnum):
    """What an entry records; the names are those of the intents that post."""

    RECEIVE = "receive"
    MOVE = "move"
    CONSUME = "consume"
    RETURN = "return"
    PRODUCE = "produce"
    COUNT = "count"
    ADJUST = "adjust"
    SCRAP = "scrap"
    SHIP = "ship"
    CUSTOMER_RETURN = "customer_return"
    SUPPLIER_RETURN = "supplier_return"
    HOLD = "hold"
    RELEASE = "release"
    START = "start"
    FINISH = "finish"


SCRAP: Final = "SCRAP"
VARIANCE: Final = "VARIANCE"
ADJUSTMENT: Final = "ADJUSTMENT"
OPENING: Final = "OPENING"
SUPPLIER: Final = "SUPPLIER:"
CUSTOMER: Final = "CUSTOMER:"


def supplier(partner: str | None) -> str:
    """The virtual place that a receipt comes from: `SUPPLIER:GVF`, `SUPPLIER:` where none was named."""
    return f"{SUPPLIER}{partner or ''}"


def customer(partner: str | None) -> str:
    """The virtual place that a shipment goes to: `CUSTOMER:FMD`, `CUSTOMER:` where none was named."""
    return f"{CUSTOMER}{partner or ''}"


@dataclass(frozen=True, slots=True)
class Product:
    """An item of the plant. `packs` are pack sizes in 1/10,000 of the base unit; shelf life in days."""

    sku: str
    name: str
    kind: str
    base_unit: str
    packs: Mapping[str, int] = field(default_factory=nothing)
    shelf_life_days: int | None = None
    traceability_list: bool = False
    gtin: str | None = None
    lot_prefix: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A real place: `kind` is receiving, storage, production, hold or shipping."""

    code: str
    name: str
    kind: str
    parent: str | None = None
    check_digits: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Partner:
    """A supplier or customer; `contact` holds phone, street, city, state, zip, country where known."""

    code: str
    name: str
    role: str
    gln: str | None = None
    aliases: tuple[str, ...] = ()
    contact: Mapping[str, str] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may report; `role` is worker, receiver, supervisor or qa."""

    code: str
    name: str
    role: str
    slack_id: str | None = None
    language: str = "en"
    active: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """Why stock is scrapped or adjusted; `kind` is scrap or adjust."""

    code: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecipeLine:
    """One input of a recipe, gross, for `output_quantity` of the product.

    Both quantities are in 1/10,000 of the base unit of input and output; percents in 1/100 of a percent point.
    """

    product: str
    output_quantity: int
    input: str
    quantity: int
    expected_yield: int
    tolerance: int


class OrderStatus(StrEnum):
    """Where a work order stands: open, running (started or first consumption), finished."""

    OPEN = "open"
    RUNNING = "running"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """A planned run. In the ledger it is a place: it holds what went in, and the new lot comes out of it."""

    number: str
    product: str
    planned: int
    unit: str
    line: str | None = None
    status: OrderStatus = OrderStatus.OPEN
    planned_day: date | None = None


@dataclass(frozen=True, slots=True)
class Lot:
    """A traceability lot. `made` is the day it was received or made; `unit` is how it is usually counted."""

    code: str
    product: str
    unit: str
    made: date
    expires: date | None = None
    supplier: str | None = None
    work_order: str | None = None
    on_hold: bool = False

    def expired(self, today: date) -> bool:
        """A lot may be used through its expiry day."""
        return self.expires is not None and self.expires < today


LOT_FACTS: Final = ("code", "product", "unit", "made", "expires", "supplier", "work_order")
"""What a lot is, once and for all; whether it is on hold is told by entries of its own."""

Facts = Mapping[str, str | None]
"""What a lot is, by LOT_FACTS, as JSON keeps it: days in ISO 8601."""


def facts_of(lot: Lot) -> Facts:
    """What the entry that brings a lot says of it."""
    days = {"made": lot.made.isoformat(), "expires": lot.expires.isoformat() if lot.expires else None}
    return {name: days[name] if name in days else getattr(lot, name) for name in LOT_FACTS}


def lot_from(facts: Facts) -> Lot:
    """The lot that `facts_of` told of, on hold or not."""
    days = {name: date.fromisoformat(day) for name in ("made", "expires") if (day := facts[name])}
    fields: dict[str, Any] = {name: facts[name] for name in LOT_FACTS} | days
    return Lot(**fields)


@dataclass(frozen=True, slots=True)
class Site:
    """The plant itself: what records must carry (`values` are the rows of site.csv)."""

    values: Mapping[str, str] = field(default_factory=nothing)

    @property
    def name(self) -> str:
        """The plant's name, or a plain word where it gave none."""
        return self.values.get("name", "the plant")


@dataclass(frozen=True, slots=True)
class Catalog:
    """The plant's master data at one version: everything but lots, orders and stock. Keys are codes."""

    products: Mapping[str, Product]
    places: Mapping[str, Place]
    partners: Mapping[str, Partner] = field(default_factory=nothing)
    people: Mapping[str, Person] = field(default_factory=nothing)
    reasons: Mapping[str, Reason] = field(default_factory=nothing)
    recipes: Mapping[str, tuple[RecipeLine, ...]] = field(default_factory=nothing)
    site: Site = field(default_factory=Site)
    version: int = 0

    def within(self, place: str) -> tuple[str, ...]:
        """The place and every place inside it, itself first: C1 -> C1, C1-01, C1-02, C1-03."""
        found = [place]
        for code in found:
            found.extend(p.code for p in self.places.values() if p.parent == code and p.code not in found)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of a transaction: `quantity` (signed, base units) of a lot into (+) or out of (-) a place.

    `amount` and `unit` are what was said, signed alike: -12 case beside -2,880,000.
    """

    lot: str
    place: str
    quantity: int
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A count as an assertion: `found` against `expected` at ledger `position` (number of the last entry there)."""

    lot: str
    place: str
    found: int
    expected: int
    position: int


@dataclass(frozen=True, slots=True)
class Transaction:
    """Something that happened on the floor. Valid once built, never changed after.

    `key` makes it post once; several transactions of one message have keys of their own (`slack:ev1#0`).
    `lots` names every lot that it concerns, also where nothing moved (hold, a count that found what was expected).
    `new_lots` are lots that it brings into the world: received, made, or opening stock.
    Raises Unbalanced when the postings of a lot do not sum to zero.
    """

    kind: Kind
    by: str
    channel: str
    key: str
    happened: datetime
    said: str = ""
    postings: tuple[Posting, ...] = ()
    lots: tuple[str, ...] = ()
    new_lots: tuple[Lot, ...] = ()
    confidence: float | None = None
    corrections: tuple[str, ...] = ()
    work_order: str | None = None
    partner: str | None = None
    reference: str | None = None
    reason: str | None = None
    note: str | None = None
    approved_by: str | None = None
    counted: tuple[Counted, ...] = ()
    attachments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuses postings that do not balance, and names every lot once."""
        sums: dict[str, int] = {}
        for posting in self.postings:
            sums[posting.lot] = sums.get(posting.lot, 0) + posting.quantity
        for lot, total in sums.items():
            if total:
                raise Unbalanced(lot, total)
        named = dict.fromkeys((*self.lots, *(p.lot for p in self.postings), *(n.code for n in self.new_lots)))
        object.__setattr__(self, "lots", tuple(named))


@dataclass(frozen=True, slots=True)
class Entry:
    """A transaction in the books: `number` orders the entries as they were recorded."""

    number: int
    transaction: Transaction
    recorded: datetime
    reverses: int | None = None


def standing(entries: Iterable[Entry], among: Iterable[Entry] | None = None) -> list[Entry]:
    """Those of the entries that stand: no reversal, and taken back by none of `among`, or of the entries themselves."""
    entries = list(entries)
    gone = {entry.reverses for entry in (entries if among is None else among)}
    return [entry for entry in entries if entry.reverses is None and entry.number not in gone]


@dataclass(frozen=True, slots=True)
class WriteOff:
    """What a count variance, an adjustment or a scrap did to a lot: what the place gained (+) or lost (-)."""

    kind: Kind
    place: str
    quantity: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class LotState:
    """A lot, and how much of it is where (real and virtual places, base units) at this moment.

    `positions` is the number of the last entry that touched the lot in a place; `counted` when it was last
    counted there. `write_offs` are those recorded in the days before now that the rules look back on, less what
    was taken back.
    """

    lot: Lot
    balances: Mapping[str, int] = field(default_factory=nothing)
    positions: Mapping[str, int] = field(default_factory=nothing)
    counted: Mapping[str, datetime] = field(default_factory=nothing)
    write_offs: tuple[WriteOff, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderState:
    """A work order, what went in and what came out, net of returns and reversals (lot -> base units, both positive)."""

    order: WorkOrder
    inputs: Mapping[str, int] = field(default_factory=nothing)
    outputs: Mapping[str, int] = field(default_factory=nothing)
    products: Mapping[str, str] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that a judgement needs, read once inside the lock: lots and orders concerned, master data, the day.

    `lots` has no key for a lot that the plant does not know, `orders` none for an unknown order. `rivals` are, for a
    product concerned, its lots that stand in real places: what could be used first instead. `held_sources` are, for
    a lot concerned, the lots on hold that went into it. `now` is in the plant's zone.
    """

    catalog: Catalog
    now: datetime
    today: date
    lots: Mapping[str, LotState] = field(default_factory=nothing)
    orders: Mapping[str, OrderState] = field(default_factory=nothing)
    rivals: Mapping[str, tuple[LotState, ...]] = field(default_factory=nothing)
    held_sources: Mapping[str, tuple[str, ...]] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True)
class Stock:
    """How much of a lot stands in a place (base units)."""

    lot: Lot
    place: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Edge:
    """What of `from_lot` went into the order that made `to_lot` (base units of `from_lot`), and when it last did."""

    from_lot: str
    to_lot: str
    work_order: str
    quantity: int
    at: datetime
