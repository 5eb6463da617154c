"""Loads a folder of plant files, whole or not at all: master data is brought up to date, opening stock posted once.

A second load of the same folder changes nothing. What the books hold is never changed by a file: a row that
contradicts them is a fault, and stock is put right by a count or an adjustment.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from store.database import marks
from store.errors import LoadRefused
from store.model import OrderStatus, RecipeLine, WorkOrder
from store.plant.files import FILES, OpeningLot, Plant, Source, read_plant
from store.plant.opening import chunks, record_opening, stock_key, transactions
from store.session import Session, Store
from store.units import text

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Hears how many lots of the opening stock are done, of how many."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a file were new to the books, changed what they say, or changed nothing."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did; `files` is by file stem (`products`), `notes` are sentences about what was taken for granted."""

    files: Mapping[str, Tally] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def changed_nothing(self) -> bool:
        """Whether the books say what they said before."""
        return not any(tally.new or tally.changed for tally in self.files.values())


def load(store: Store, folder: Path, today: date, now: datetime, progress: Progress | None = None) -> Loaded:
    """Load a folder of plant files in one SQL transaction; days told as offsets count from `today`.

    Raises:
        LoadRefused: The files have faults, or contradict the books; all of them are told and nothing was loaded.
        Busy: Somebody else kept the books for too long.
    """
    plant = read_plant(folder, today)
    return store.run(lambda session: _Load(session, plant, now, progress or _silent).run())


def _silent(_done: int, _total: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class _KnownLot:
    """What the books say of a lot that a file names."""

    product: str
    expires: date | None
    withdrawn: bool


class _Load:
    """One load inside its SQL transaction."""

    def __init__(self, session: Session, plant: Plant, now: datetime, progress: Progress) -> None:
        self.session = session
        self.plant = plant
        self.now = now.astimezone(session.connection.database.zone)
        self.progress = progress
        self.books = session.catalog
        self.faults: list[str] = []
        self.notes = list(plant.notes)
        self.tallies: dict[str, Tally] = {}

    def run(self) -> Loaded:
        """Judge everything, then write everything."""
        self._refuse_new_base_units()
        self._refuse_taken_codes()
        orders = self._orders()
        fresh, returning = self._new_stock()
        if self.faults:
            raise LoadRefused(self.faults)
        self._write_master()
        self.session.master.put_work_orders(orders)
        self._post(fresh, returning)
        return Loaded(
            {name.stem: self.tallies[name.stem] for name in FILES if name.stem in self.tallies}, tuple(self.notes)
        )

    def _fault(self, stem: str, code: str, column: str, told: str) -> None:
        source = self.plant.sources.get(stem, Source(f"{stem}.csv"))
        self.faults.append(f"{source.of_code(code, column)}: {told}")

    def _among(self, sql: str, values: Iterable[Any]) -> list[Any]:
        """Rows of a statement for many values; `{among}` in it becomes their placeholders."""
        found: list[Any] = []
        for part in chunks(sorted(set(values))):
            found += self.session.connection.execute(sql.format(among=marks(len(part))), part)
        return found

    def _refuse_new_base_units(self) -> None:
        """The base unit gives every recorded quantity of a product its meaning."""
        told, known = self.plant.catalog.products, self.books.products
        rebased = [sku for sku, product in told.items() if sku in known and known[sku].base_unit != product.base_unit]
        used = {sku for (sku,) in self._among("SELECT DISTINCT product FROM lot WHERE product IN ({among})", rebased)}
        retold = {order.number for order in self.plant.orders}
        planned = self._among("SELECT product, number FROM work_order WHERE product IN ({among})", rebased)
        used |= {sku for sku, number in planned if number not in retold}
        for product, lines in self.books.recipes.items():
            if product not in self.plant.catalog.recipes:
                used |= {product, *(line.input for line in lines)}
        for sku in rebased:
            if sku in used:
                kept = known[sku].base_unit
                told_so = (
                    f"base_unit of {sku} is {kept} and the books hold quantities in {kept}; give it a new sku instead"
                )
                self._fault("products", sku, "base_unit", told_so)

    def _refuse_taken_codes(self) -> None:
        """A code is a place or the other side of an entry (a work order), never both."""
        new = [code for code in self.plant.catalog.places if code not in self.books.places]
        taken = self._among("SELECT number FROM work_order WHERE number IN ({among})", new)
        taken += self._among("SELECT DISTINCT place FROM balance WHERE kind <> 'real' AND place IN ({among})", new)
        for code in sorted({row[0] for row in taken}):
            self._fault("locations", code, "code", f"code {code} is that of a work order in the books")
        for order in self.plant.orders:
            if order.number in self.books.places:
                self._fault("work_orders", order.number, "number", f"number {order.number} is a place in the books")

    def _orders(self) -> list[WorkOrder]:
        """The orders to write; one in the books keeps its status, and its day where the file's moves with today."""
        known: dict[str, WorkOrder] = {}
        for part in chunks([order.number for order in self.plant.orders]):
            known |= {order.number: order for order in self.session.orders.among(part, lock=False)}
        merged = {}
        for order in self.plant.orders:
            old = known.get(order.number)
            if old is None:
                merged[order.number] = order
                continue
            if order.status not in {OrderStatus.OPEN, old.status}:
                self.notes.append(
                    f"{order.number} stays {old.status}: entries say where an order stands, not the file."
                )
            day = old.planned_day if order.number in self.plant.relative else order.planned_day
            merged[order.number] = replace(order, status=old.status, planned_day=day)
        return self._differing("work_orders", merged, known)

    def _differing(self, stem: str, told: Mapping[str, T], known: Mapping[str, T]) -> list[T]:
        """What is new or not as the books have it, and the tally of the file."""
        new = [item for code, item in told.items() if code not in known]
        changed = [item for code, item in told.items() if code in known and known[code] != item]
        if stem in self.plant.sources:
            self.tallies[stem] = Tally(len(new), len(changed), len(told) - len(new) - len(changed))
        return new + changed

    def _write_master(self) -> None:
        told, known, master = self.plant.catalog, self.books, self.session.master
        master.put_products(self._differing("products", told.products, known.products))
        master.put_places(self._differing("locations", told.places, known.places))
        master.put_partners(self._differing("partners", told.partners, known.partners))
        people = {
            code: replace(person, active=known.people[code].active) if code in known.people else person
            for code, person in told.people.items()
        }
        master.put_people(self._differing("people", people, known.people))
        master.put_reasons(self._differing("reasons", told.reasons, known.reasons))
        self._write_recipes()
        site = {key: (key, value) for key, value in told.site.values.items()}
        master.put_site(
            dict(self._differing("site", site, {key: (key, value) for key, value in known.site.values.items()}))
        )

    def _write_recipes(self) -> None:
        """A product's recipe is replaced as a whole, so that an input that the file no longer names is gone."""
        told, known = (
            {product: {line.input: line for line in lines} for product, lines in catalog.recipes.items()}
            for catalog in (self.plant.catalog, self.books)
        )
        lines: list[RecipeLine] = []
        for recipe in self._differing("recipes", told, known):
            product = next(iter(recipe.values())).product
            self.session.connection.execute("DELETE FROM recipe_line WHERE product = ?", (product,))
            lines += recipe.values()
        self.session.master.put_recipes(lines)

    def _new_stock(self) -> tuple[list[Sequence[OpeningLot]], list[Sequence[OpeningLot]]]:
        """The rows to post, by lot: of lots that the books never saw, and of lots that were taken back."""
        by_lot: dict[str, list[OpeningLot]] = {}
        for row in self.plant.opening:
            by_lot.setdefault(row.lot, []).append(row)
        read_day = self.session.connection.database.read_day
        known = {
            code: _KnownLot(product, read_day(expires), bool(withdrawn))
            for code, product, expires, withdrawn in self._among(
                "SELECT code, product, expires, withdrawn FROM lot WHERE code IN ({among})", by_lot
            )
        }
        posted = self._posted(stock_key(row) for code in known for row in by_lot[code])
        fresh: list[Sequence[OpeningLot]] = []
        returning: list[Sequence[OpeningLot]] = []
        unchanged = 0
        for code, rows in by_lot.items():
            if code not in known:
                fresh.append(rows)
            elif known[code].withdrawn and not any(stock_key(row) in posted for row in rows):
                returning.append(rows)
            else:
                unchanged += len(rows)
                for row in rows:
                    self._compare(row, known[code], posted.get(stock_key(row)))
        if "lots" in self.plant.sources:
            self.tallies["lots"] = Tally(new=len(self.plant.opening) - unchanged, unchanged=unchanged)
        return fresh, returning

    def _posted(self, keys: Iterable[str]) -> dict[str, tuple[int, str, str | None]]:
        """What the entries of these keys brought: base quantity, and amount and unit as said."""
        numbers = dict(self._among("SELECT number, key FROM entry WHERE key IN ({among})", keys))
        posted: dict[str, tuple[int, str, str | None]] = dict.fromkeys(numbers.values(), (0, "0", None))
        lines = "SELECT entry, quantity, amount, unit FROM posting WHERE entry IN ({among}) AND quantity > 0"
        for number, *line in self._among(lines, numbers):
            posted[numbers[number]] = (line[0], line[1], line[2])
        return posted

    def _compare(self, row: OpeningLot, known: _KnownLot, posted: tuple[int, str, str | None] | None) -> None:
        """Every way in which a row contradicts what the books say of its lot is a fault."""
        instead = "an import does not change stock: report a count or an adjustment instead"
        if known.product != row.product:
            self._stock_fault(row, "sku", f"lot {row.lot} is {known.product} in the books, not {row.product}")
        elif posted is None:
            self._stock_fault(row, "location", f"lot {row.lot} is in the books, but not from {row.location}; {instead}")
        elif posted[1:] != (text(row.quantity), row.unit) and posted[0] != row.base_quantity:
            said = f"{posted[1]} {posted[2]}" if posted[2] else "nothing"
            here = f"{text(row.quantity)} {row.unit}"
            told = f"the books say {said} of lot {row.lot} in {row.location}, this row {here}; {instead}"
            self._stock_fault(row, "quantity", told)
        elif row.expires is not None and not row.relative and row.expires != known.expires:
            told = f"lot {row.lot} expires {known.expires or 'never'} in the books, here {row.expires}"
            self._stock_fault(row, "expires", told)

    def _stock_fault(self, row: OpeningLot, column: str, told: str) -> None:
        self.faults.append(f"{self.plant.sources['lots'].at(row.line, column)}: {told}")

    def _post(self, fresh: Sequence[Sequence[OpeningLot]], returning: Sequence[Sequence[OpeningLot]]) -> None:
        total = len(fresh) + len(returning)
        done = 0

        def posted(lots: int) -> None:
            nonlocal done
            done += lots
            self.progress(done, total)

        self.progress(0, total)
        file = self.plant.sources["lots"].file if total else ""
        entries = (transactions(rows, file, self.now) for rows in fresh)
        record_opening(self.session.connection, entries, self.now, posted)
        for rows in returning:
            for transaction in transactions(rows, file, self.now):
                self.session.ledger.record(transaction, recorded=self.now)
            posted(1)
