"""The one page that a recall is led with: what it is about, whether it adds up, whom to call, what to hold."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from store.model import Catalog
from store.records.affected import balance, customers
from store.trace.mass_balance import TraceBalance
from store.trace.recall import Recall, shown
from store.trace.recall_log import KeptRecall

MOST_ROWS: Final = 10
"""Rows of a table on the page; the rest stand in the workbook."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the page; `left_out` rows are in the workbook only. `numbers` are the columns that hold numbers."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    left_out: int = 0
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """What the page says, for HTML and PDF alike."""

    title: str
    plant: str
    facts: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    files: Sequence[tuple[str, str]]


def page(
    catalog: Catalog,
    report: Recall,
    traced: TraceBalance,
    *,
    written: datetime,
    proof: str,
    files: Sequence[tuple[str, str]],
) -> Page:
    """The page of a report; `proof` is what proving the ledger said, `files` what lies beside the page."""
    product = catalog.products[report.lot.product]
    return Page(
        f"Recall of lot {report.lot.code} — {product.name}",
        catalog.site.name,
        _facts(report, written, proof),
        [_balance(report, traced), _customers(catalog, report), _stock(catalog, report), _products(catalog, report)],
        files,
    )


def _facts(report: Recall, written: datetime, proof: str) -> list[tuple[str, str]]:
    account, unit = report.itself.account, report.itself.unit
    stocked = [found for found in report.affected if found.places]
    held = sum(1 for found in stocked if found.lot.on_hold)
    return [
        ("Opened", _moment(report.opened_at)),
        ("Written", f"{_moment(written)}, {_took(report.opened_at, written)} after opening"),
        ("In question", f"{shown(account.into)} {unit}"),
        ("Accounted for", f"{account.percent:.1f} %"),
        ("Lots reached", f"{len(report.affected)}, {len(stocked)} with stock, {held} of these on hold"),
        ("Customers", f"{len({row.partner for row in report.shipments})}, {len(report.shipments)} shipments"),
        ("Ledger", proof),
    ]


def record(catalog: Catalog, also: Sequence[str], kept: KeptRecall | None) -> list[tuple[str, str]]:
    """What is recalled with the lot, and the recall as it is kept: who began it when and why, and what was found."""
    told = []
    if also:
        told.append(("Recalled with it", _some(", ".join(also), most=8)))
    if kept is not None:
        person = catalog.people.get(kept.person)
        what = f"{'recall' if kept.real else 'mock recall'} {kept.number}"
        begun = f"{what}, begun {kept.started:%Y-%m-%d %H:%M} by {person.name if person else kept.person}"
        ended = f", finished {kept.finished:%Y-%m-%d %H:%M}, {kept.percent:g} % found" if kept.finished else ", running"
        told.append(("Record", f"{begun}{ended}{f': {kept.reason}' if kept.reason else ''}"))
    return told


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} ({at.isoformat()[-6:]})"


def _took(start: datetime, end: datetime) -> str:
    seconds = max(0, round((end - start).total_seconds()))
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _balance(report: Recall, traced: TraceBalance) -> Table:
    """Both columns of the balance: the lot, and the lot inside everything made of it."""
    sheet = balance(report, traced)
    rows = [[_cell(row.get(name)) for name in sheet.columns] for row in sheet.rows]
    return Table(
        "Mass balance: the lot, and the lot inside all that was made of it",
        sheet.columns,
        rows,
        numbers=frozenset({1, 2}),
    )


def _customers(catalog: Catalog, report: Recall) -> Table:
    names = ("Name", "Phone", "City", "Product", "Quantity", "Unit", "References")
    rows = [[_cell(row.get(name)) for name in names] for row in customers(catalog, report).rows]
    rows = [[*row[:6], _some(row[6])] for row in rows]
    return _cut("Customers to call", names, rows, frozenset({4}))


def _some(listed: str, most: int = 3) -> str:
    told = listed.split(", ")
    return listed if len(told) <= most else f"{', '.join(told[:most])} and {len(told) - most} more"


def _stock(catalog: Catalog, report: Recall) -> Table:
    lots: Counter[tuple[str, str, str]] = Counter()
    sums: Counter[tuple[str, str, str]] = Counter()
    for found in report.affected:
        for place, quantity in found.places.items():
            key = (place, found.lot.product, found.unit)
            lots[key] += 1
            sums[key] += quantity
    rows = [
        [catalog.places[place].name, catalog.products[sku].name, str(lots[key]), shown(sums[key]), unit]
        for key in sorted(lots)
        for place, sku, unit in [key]
    ]
    return _cut("Stock to hold", ("Place", "Product", "Lots", "Quantity", "Unit"), rows, frozenset({2, 3}))


def _products(catalog: Catalog, report: Recall) -> Table:
    names = ("Product", "Lots", "On hand", "Shipped", "Scrapped", "Unit")
    sums: dict[str, list[int]] = {}
    for found in report.affected:
        into = sums.setdefault(found.lot.product, [0, 0, 0, 0])
        account = found.account
        for place, amount in enumerate((1, account.on_hand, account.shipped, account.scrapped)):
            into[place] += amount
    rows = [
        [catalog.products[sku].name, str(told[0]), *(shown(amount) for amount in told[1:]),
         catalog.products[sku].base_unit]
        for sku, told in sums.items()
    ]  # fmt: skip
    return _cut("Products reached", names, rows, frozenset({1, 2, 3, 4}))


def _cut(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[int]) -> Table:
    return Table(title, columns, rows[:MOST_ROWS], max(0, len(rows) - MOST_ROWS), numbers)
