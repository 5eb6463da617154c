"""What a folder of plant files says, frozen: the plant's master data, its orders and its opening stock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from store.model import Catalog, WorkOrder
from store.plant.files.sheets import Sheet


@dataclass(frozen=True, slots=True)
class OpeningLot:
    """Opening stock of a lot in a place, one row of lots.csv.

    `quantity` is what the row says in `unit`, `base_quantity` the same in 1/10,000 of the product's base unit.
    `work_order` is the reference where it is a work order: the lot was made here. `relative` tells that a day was
    given as an offset, so that it moves with the day of loading. `line` is the row's line in the file.
    """

    lot: str
    product: str
    supplier: str | None
    received: date
    expires: date | None
    location: str
    quantity: Decimal
    unit: str
    base_quantity: int
    on_hold: bool = False
    reference: str | None = None
    work_order: str | None = None
    relative: bool = False
    line: int = 0

    @property
    def status(self) -> str:
        """The row's status: `ok` or `hold`."""
        return "hold" if self.on_hold else "ok"


@dataclass(frozen=True, slots=True)
class Source:
    """Where in the files something stands, so that a fault found later can still name it."""

    file: str
    columns: Mapping[str, int] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet, lines: Mapping[str, int]) -> "Source":
        """The source that a sheet is; `lines` are the lines of its codes."""
        return cls(sheet.file, sheet.columns, lines)

    def at(self, line: int, column: str) -> str:
        """`file:line:column` of a cell."""
        return f"{self.file}:{line}:{self.columns.get(column, 1)}"

    def of_code(self, code: str, column: str) -> str:
        """`file:line:column` of a cell in the row of a code."""
        return self.at(self.lines.get(code, 1), column)


@dataclass(frozen=True, slots=True)
class Plant:
    """Everything that a folder of plant files says; master data, orders and opening stock are in the files' order.

    `relative` are the orders whose planned day is an offset, so that it moves with the day of loading.
    `notes` are sentences about what was taken for granted because a file lacks a column.
    `sources` maps a file's stem (`products`) to where its rows stand; a file that is not there has none.
    """

    catalog: Catalog
    orders: tuple[WorkOrder, ...] = ()
    opening: tuple[OpeningLot, ...] = ()
    relative: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
