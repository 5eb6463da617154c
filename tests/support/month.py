# ruff: noqa: ANN401  # what a report tells otherwise may be any field
"""A month at the demo plant, made up from a seed and posted through the ledger: receipts, two levels of production
with rework and returns, shipments, counts, scrap, adjustments, holds, and reports taken back.
"""

import os
import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from store.model import Counted, Entry, Kind, Lot, Posting, Transaction, WorkOrder, customer, supplier
from store.plant.loading import load
from store.session import Session, Store
from store.units import SCALE

ZONE = ZoneInfo("America/Los_Angeles")
FIRST = date(2026, 11, 1)
SUPPLIERS = {
    "R-ROM": "GVF", "R-TOM": "RIO", "R-CUC": "RIO", "R-JAL": "RIO", "R-CIL": "GVF", "R-ONI": "RIO", "R-GAR": "LEV",
    "R-LEM": "LEV", "R-CHP": "LEV", "R-TAH": "LEV", "R-OIL": "LEV", "R-SOU": "SUN", "R-CHE": "SUN", "R-PAR": "SUN",
    "R-CHK": "OAK", "R-TOR": "OAK", "R-DRS": "LEV", "R-CRT": "LEV", "P-TUB": "PKR", "P-LID": "PKR", "P-LBL": "PKR",
}  # fmt: skip
FINISHED = ("F-HUM", "F-PIC", "F-CSK", "F-WRP")
CUSTOMERS = ("FMD", "CDC", "HSD")
Line = tuple[str, str, int]


class Month:
    """Posts what happens, and remembers what stands where so that it never reports the impossible."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.random = random.Random(seed)
        self.stock: dict[tuple[str, str], int] = {}
        self.lots: dict[str, Lot] = {}
        self.posted = 0
        self.orders = 0
        self.now = datetime.combine(FIRST, time(6), ZONE)

    def run(self, days: int, receipts: int, orders: int) -> None:
        for day in range(days):
            self.now = datetime.combine(FIRST + timedelta(days=day), time(6), ZONE)
            self.store.run(lambda session: self._day(session, receipts, orders))

    def _day(self, session: Session, receipts: int, orders: int) -> None:
        self.session = session
        self.products = session.catalog.products
        self.recipes = session.catalog.recipes
        for _ in range(receipts):
            self._receive(self.random.choice(list(SUPPLIERS)))
        for _ in range(orders):
            self._produce("W-HUM")
            self._produce(self.random.choice(FINISHED))
        for _ in range(3 * receipts):
            self.random.choice(
                (self._ship, self._ship, self._count, self._scrap, self._move, self._adjust, self._hold)
            )()

    def _post(self, kind: Kind, lines: Sequence[Line] = (), **values: Any) -> Entry:
        self.now += timedelta(seconds=self.random.randint(20, 200))
        self.posted += 1
        postings = tuple(
            Posting(lot, place, quantity, Decimal(quantity) / SCALE, self.products[self.lots[lot].product].base_unit)
            for lot, place, quantity in lines
        )
        told = Transaction(kind, "maria", "slack", f"slack:m{self.posted}#0", self.now, postings=postings, **values)
        entry = self.session.ledger.record(told, recorded=self.now + timedelta(seconds=2))
        for lot, place, quantity in lines:
            if place in self.session.catalog.places:
                self.stock[lot, place] = self.stock.get((lot, place), 0) + quantity
        return entry

    def _take_back(self, entry: Entry, lines: Sequence[Line]) -> None:
        self.now += timedelta(seconds=30)
        self.session.ledger.reverse(
            entry.number, by="maria", channel="slack", key=f"slack:u{entry.number}:undo{entry.number}",
            happened=self.now, recorded=self.now,
        )  # fmt: skip
        for lot, place, quantity in lines:
            if place in self.session.catalog.places:
                self.stock[lot, place] -= quantity

    def _new(self, sku: str, prefix: str, **values: Any) -> Lot:
        product = self.products[sku]
        life = timedelta(days=product.shelf_life_days or 700)
        lot = Lot(
            f"{prefix}{len(self.lots):05}", sku, product.base_unit, self.now.date(), self.now.date() + life, **values
        )
        self.lots[lot.code] = lot
        return lot

    def _receive(self, sku: str) -> None:
        partner = SUPPLIERS[sku]
        lot = self._new(sku, f"{sku[2:]}-", supplier=partner)
        quantity = self.random.randint(200, 1500) * SCALE
        reference = f"PO {8000 + self.posted}"
        lines = [(lot.code, supplier(partner), -quantity), (lot.code, "DOCK1", quantity)]
        values: dict[str, Any] = {"partner": partner, "reference": reference}
        entry = self._post(Kind.RECEIVE, lines, new_lots=(lot,), **values)
        if self.random.random() < 0.05:
            self._take_back(entry, lines)
            less = [(code, place, change // 2) for code, place, change in lines]
            self.posted += 1
            again = Transaction(
                Kind.RECEIVE, "maria", "slack", f"slack:u{entry.number}#0", self.now, new_lots=(lot,), **values,
                postings=tuple(
                    Posting(code, place, change, Decimal(change) / SCALE, self.products[sku].base_unit)
                    for code, place, change in less
                ),
            )  # fmt: skip
            self.session.ledger.record(again, recorded=self.now)
            self.stock[lot.code, "DOCK1"] += quantity // 2

    def _standing(self, sku: str) -> list[tuple[str, str]]:
        return [pair for pair, quantity in self.stock.items() if quantity > 0 and self.lots[pair[0]].product == sku]

    def _any(self, kinds: str) -> tuple[str, str, int] | None:
        found = [p for p, quantity in self.stock.items() if quantity > 0 and self.lots[p[0]].product[0] in kinds]
        if not found:
            return None
        lot, place = self.random.choice(found)
        return lot, place, self.stock[lot, place]

    def _produce(self, sku: str) -> None:
        self.orders += 1
        number = f"M-{self.orders:04}"
        order = WorkOrder(number, sku, 100 * SCALE, self.products[sku].base_unit, "L1", planned_day=self.now.date())
        self.session.master.put_work_orders([order])
        wanted = [line.input for line in self.recipes[sku]]
        if self.random.random() < 0.3:
            wanted.append(sku)  # rework: what was made before goes in again
        used = False
        for needed in wanted:
            for lot, place in self.random.sample(standing := self._standing(needed), min(len(standing), 2)):
                taken = self.random.randint(1, max(1, self.stock[lot, place] // (2 * SCALE))) * SCALE
                if taken > self.stock[lot, place]:
                    continue
                lines = [(lot, place, -taken), (lot, number, taken)]
                entry = self._post(Kind.CONSUME, lines, work_order=number)
                if self.random.random() < 0.05:
                    self._take_back(entry, lines)
                    continue
                used = True
                if self.random.random() < 0.1 and taken > SCALE:
                    self._post(Kind.RETURN, [(lot, number, -SCALE), (lot, place, SCALE)], work_order=number)
        for _ in range(self.random.choice((1, 1, 1, 2)) if used else 0):
            made = self._new(sku, self.products[sku].lot_prefix or "X", work_order=number)
            quantity = self.random.randint(100, 900) * SCALE
            lines = [(made.code, number, -quantity), (made.code, "L1", quantity)]
            self._post(Kind.PRODUCE, lines, work_order=number, new_lots=(made,))
        if used and self.random.random() < 0.7:
            self._post(Kind.FINISH, work_order=number)

    def _ship(self) -> None:
        found = self._any("F")
        if found:
            lot, place, quantity = found
            sent = self.random.randint(1, max(1, quantity // SCALE)) * SCALE
            to = self.random.choice(CUSTOMERS)
            lines = [(lot, place, -sent), (lot, customer(to), sent)]
            entry = self._post(Kind.SHIP, lines, partner=to, reference=f"BOL {5000 + self.posted}")
            if self.random.random() < 0.1:
                self._take_back(entry, lines)

    def _count(self) -> None:
        found = self._any("RWFP")
        if found:
            lot, place, quantity = found
            there = max(0, quantity + self.random.choice((0, 0, -2, 1)) * SCALE)
            lines = [(lot, place, there - quantity), (lot, "VARIANCE", quantity - there)] if there != quantity else []
            counted = (Counted(lot, place, there, quantity, self.posted),)
            self._post(Kind.COUNT, lines, lots=(lot,), counted=counted)

    def _scrap(self) -> None:
        self._write_off(Kind.SCRAP, "SCRAP", "SPOILED")

    def _adjust(self) -> None:
        self._write_off(Kind.ADJUST, "ADJUSTMENT", "SAMPLE")

    def _write_off(self, kind: Kind, place: str, reason: str) -> None:
        found = self._any("RWF")
        if found:
            lot, source, quantity = found
            off = min(quantity, self.random.randint(1, 20) * SCALE)
            self._post(kind, [(lot, source, -off), (lot, place, off)], reason=reason)

    def _move(self) -> None:
        found = self._any("RWFP")
        if found:
            lot, place, quantity = found
            to = self.random.choice([p for p in ("C1-01", "C2-01", "DOCK2") if p != place])
            self._post(Kind.MOVE, [(lot, place, -quantity), (lot, to, quantity)])

    def _hold(self) -> None:
        found = self._any("RWF")
        if found:
            self._post(Kind.HOLD, lots=(found[0],))
            self._post(Kind.RELEASE, lots=(found[0],))


def month(url: str, plant: Path, *, days: int = 30, receipts: int = 12, orders: int = 6, seed: int = 1) -> Store:
    """The demo plant's master data, and a made-up month in the books."""
    store = Store(url, timezone=ZONE.key)
    store.migrate()
    load(store, plant, FIRST, datetime.combine(FIRST, time(5), ZONE))
    Month(store, seed).run(days, receipts, orders)
    return store


DAYS = int(os.environ.get("FLOOR_TEST_MONTH_DAYS", "10"))
"""How long the month of the tests is."""
