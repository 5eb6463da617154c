"""Workbook of a recall: affected lots, where they stand, their shipments, and the customers to call."""

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final

from store.model import Catalog, Partner
from store.records.sheets import Sheet, Value, write_workbook
from store.trace.mass_balance import TraceBalance
from store.trace.recall import Recall
from store.units import from_base

CONTACT: Final = ("phone", "street", "city", "state", "zip", "country")

_LOTS: Final = (
    "Lot", "SKU", "Product", "Made or received", "Expires", "On hold", "Supplier", "Work order", "Unit", "In",
    "On hand", "Used", "Scrapped", "Shipped", "Adjusted", "Unexplained", "Accounted %",
)  # fmt: skip


def write_affected(target: Path | BinaryIO, catalog: Catalog, report: Recall, traced: TraceBalance) -> None:
    """Write the workbook, to a file or to what takes bytes."""
    tabs = [_lots(catalog, report), _stock(catalog, report), _shipments(catalog, report), customers(catalog, report)]
    write_workbook(target, [*tabs, balance(report, traced)], f"Recall of {report.lot.code}")


def _lots(catalog: Catalog, report: Recall) -> Sheet:
    rows: list[Mapping[str, Value]] = []
    for found in report.affected:
        account, lot = found.account, found.lot
        quantities = {
            "In": account.into, "On hand": account.on_hand, "Used": account.consumed, "Scrapped": account.scrapped,
            "Shipped": account.shipped, "Adjusted": account.adjusted, "Unexplained": account.unexplained,
        }  # fmt: skip
        rows.append(
            {
                "Lot": lot.code,
                "SKU": lot.product,
                "Product": catalog.products[lot.product].name,
                "Made or received": lot.made,
                "Expires": lot.expires,
                "On hold": "yes" if lot.on_hold else "no",
                "Supplier": lot.supplier,
                "Work order": lot.work_order,
                "Unit": found.unit,
                **{name: from_base(quantity, found.unit, found.unit, {}) for name, quantity in quantities.items()},
                "Accounted %": account.percent,
            }
        )
    return Sheet("Affected lots", _LOTS, rows)


def _stock(catalog: Catalog, report: Recall) -> Sheet:
    rows: list[Mapping[str, Value]] = [
        {
            "Lot": found.lot.code,
            "Product": catalog.products[found.lot.product].name,
            "Place": place,
            "Place name": catalog.places[place].name if place in catalog.places else None,
            "Quantity": from_base(quantity, found.unit, found.unit, {}),
            "Unit": found.unit,
            "On hold": "yes" if found.lot.on_hold else "no",
        }
        for found in report.affected
        for place, quantity in found.places.items()
    ]
    return Sheet("On hand", ("Lot", "Product", "Place", "Place name", "Quantity", "Unit", "On hold"), rows)


def _shipments(catalog: Catalog, report: Recall) -> Sheet:
    products = {found.lot.code: found.lot.product for found in report.affected}
    rows: list[Mapping[str, Value]] = [
        {
            "Shipped": row.at,
            "Customer": row.partner,
            "Name": _partner(catalog, row.partner).name,
            "Reference": row.reference,
            "Lot": row.lot,
            "Product": catalog.products[products[row.lot]].name,
            "Quantity": from_base(row.quantity, row.unit, row.unit, {}),
            "Returned": from_base(row.returned, row.unit, row.unit, {}),
            "Unit": row.unit,
        }
        for row in report.shipments
    ]
    columns = ("Shipped", "Customer", "Name", "Reference", "Lot", "Product", "Quantity", "Returned", "Unit")
    return Sheet("Shipments", columns, rows)


def customers(catalog: Catalog, report: Recall) -> Sheet:
    """Who has to be called, with contact and what they got of each product; empty columns for the call itself."""
    products = {found.lot.code: found.lot.product for found in report.affected}
    sums: dict[tuple[str | None, str], int] = {}
    references: dict[tuple[str | None, str], list[str]] = {}
    units: dict[tuple[str | None, str], str] = {}
    for row in report.shipments:
        key = (row.partner, products[row.lot])
        sums[key] = sums.get(key, 0) + row.quantity
        units[key] = row.unit
        if row.reference and row.reference not in references.setdefault(key, []):
            references[key].append(row.reference)
    rows: list[Mapping[str, Value]] = []
    for (code, sku), quantity in sorted(sums.items(), key=lambda item: (item[0][0] or "", item[0][1])):
        known = _partner(catalog, code)
        rows.append(
            {
                "Customer": code,
                "Name": known.name,
                **{part.capitalize(): known.contact.get(part) for part in CONTACT},
                "Product": catalog.products[sku].name,
                "Quantity": from_base(quantity, units[code, sku], units[code, sku], {}),
                "Unit": units[code, sku],
                "References": ", ".join(references.get((code, sku), [])),
            }
        )
    told = ("Customer", "Name", *(part.capitalize() for part in CONTACT), "Product", "Quantity", "Unit", "References")
    return Sheet("Customers to call", (*told, "Called at", "Spoke with", "Quantity held there"), rows)


def balance(report: Recall, traced: TraceBalance) -> Sheet:
    """The recalled lot's own mass balance, and where it is along the whole trace, both in its base unit."""
    account = report.itself.account
    own = {
        "In": account.into, "On hand": account.on_hand, "Used": account.consumed, "In progress": None,
        "Shipped": account.shipped, "Scrapped": account.scrapped, "Adjusted": account.adjusted,
        "Unexplained": account.unexplained,
    }  # fmt: skip
    whole = {
        "In": traced.into, "On hand": traced.on_hand, "Used": None, "In progress": traced.in_progress,
        "Shipped": traced.shipped, "Scrapped": traced.scrapped, "Adjusted": traced.adjusted,
        "Unexplained": traced.unexplained,
    }  # fmt: skip
    unit = report.itself.unit
    rows: list[Mapping[str, Value]] = [
        {
            "Line": name,
            "The lot": None if own[name] is None else from_base(own[name] or 0, unit, unit, {}),
            "Whole trace": None if whole[name] is None else from_base(whole[name] or 0, unit, unit, {}),
            "Unit": unit,
        }
        for name in own
    ]
    return Sheet("Mass balance", ("Line", "The lot", "Whole trace", "Unit"), rows)


def _partner(catalog: Catalog, code: str | None) -> Partner:
    """The customer; one that a report did not name has no contact."""
    return catalog.partners.get(code or "") or Partner(code or "", "not named in the report", "customer")
