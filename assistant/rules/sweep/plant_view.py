"""The whole plant at one moment, read once, for the rules that are judged on a timer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

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
