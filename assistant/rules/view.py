"""The whole plant at one moment, read once, for the rules that are judged on a timer; and the facts made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from assistant.rules.facts import means
from store.model import Catalog, LotState, OrderState, nothing


@dataclass(frozen=True, slots=True)
class Habit:
    """How often somebody reports in a shift: `usual` in the same shift of the days before, `reports` in this one."""

    person: str
    shift: str
    usual: int
    reports: int


@dataclass(frozen=True, slots=True)
class PlantView:
    """What the timed rules look at, without a lock.

    `lots` are all that stand in a real place or went into an order that is not finished, with their write-offs of the
    last `history_days` of the rule book's policy; `orders` those that are not finished. `received` is what of a lot
    came in or was made, `held_since` when a lot on hold was held, `order_seen` when an order was last reported on.
    """

    catalog: Catalog
    now: datetime
    today: date
    lots: Mapping[str, LotState] = field(default_factory=nothing)
    orders: Mapping[str, OrderState] = field(default_factory=nothing)
    received: Mapping[str, int] = field(default_factory=nothing)
    held_since: Mapping[str, datetime] = field(default_factory=nothing)
    order_seen: Mapping[str, datetime] = field(default_factory=nothing)
    habits: tuple[Habit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LotFact:
    """A lot in stock."""

    lot: str = means("code of the lot")
    product: str | None = means("SKU of the lot")
    product_kind: str | None = means("raw, packaging, wip, finished")
    traced: int | None = means("1 for a food on the traceability list")
    supplier: str | None = means("code of the supplier")
    on_hold: int | None = means("1 while the lot is on hold")
    days_left: int | None = means("days from today to the expiry, negative after")
    near_days: int | None = means("from how many days on an expiry is near")
    stock: int | None = means("how much of it stands in real places")
    held_hours: int | None = means("for how long it has been on hold")
    hold_hours: int | None = means("for how long a lot may be on hold unnoticed")
    corrections: int | None = means("how often it was adjusted or counted with a difference lately")
    corrections_limit: int | None = means("how often that is ordinary")
    lost: int | None = means("what counts, adjustments and scraps took away of it lately")
    lost_limit: int | None = means("how much loss is ordinary")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFact:
    """A real place with stock."""

    place: str = means("code of the place")
    place_kind: str | None = means("receiving, storage, production, hold, shipping")
    lots: int | None = means("how many lots stand there")
    uncounted: int | None = means("how many of them nobody counted there within the time that policy sets")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFact:
    """A work order that is not finished."""

    order: str = means("number of the work order")
    product: str | None = means("SKU that it makes")
    order_status: str | None = means("open, running")
    planned: int | None = means("what it should make")
    made: int | None = means("what it has made so far")
    inputs_recorded: int | None = means("how many lots went into it so far")
    inputs_days_left: int | None = means("days to the earliest expiry among them, negative after")
    quiet_hours: int | None = means("hours since the last report on it")
    idle_hours: int | None = means("for how many hours an order may stand with input and no output")
    open_days: int | None = means("days since the day it was planned for")
    shelf_life: int | None = means("days of shelf life of what it makes")


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierFact:
    """A supplier of lots in stock."""

    supplier: str = means("code of the supplier")
    lots: int | None = means("how many of its lots are in stock")
    shrunk: int | None = means("how many of them lost more than is ordinary")
    shrunk_limit: int | None = means("how many of those are ordinary")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFact:
    """Somebody who reports."""

    person: str = means("code of the person")
    role: str | None = means("worker, receiver, supervisor, qa")
    usual: int | None = means("reports in the same shift of the days before")
    usual_least: int | None = means("from how many usual reports on silence is noticed")
    reports: int | None = means("reports in this shift")
