"""Reads a plant's CSV files into a vocabulary, for tests of the parser that need no database."""

import csv
from pathlib import Path

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


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    path = folder / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _many(row: dict[str, str], key: str = "aliases") -> tuple[str, ...]:
    return tuple(filter(None, (row.get(key) or "").split(";")))


def vocabulary_of(folder: Path) -> Vocabulary:
    """The vocabulary of the plant in a folder."""
    return Vocabulary.of(
        products=[
            ProductName(
                row["sku"],
                row["name"],
                _many(row),
                (row["base_unit"], *(pack.split("=")[0] for pack in _many(row, "units"))),
                row.get("lot_prefix") or None,
                row["kind"],
                int(row["shelf_life_days"]) if row.get("shelf_life_days") else None,
                row.get("gtin") or None,
            )
            for row in _rows(folder, "products")
        ],
        places=[
            PlaceName(row["code"], row["name"], _many(row), row.get("parent") or None, row["kind"])
            for row in _rows(folder, "locations")
        ],
        lots=[LotName(row["lot"], row["sku"]) for row in _rows(folder, "lots")],
        partners=[PartnerName(row["code"], row["name"], row["role"], _many(row)) for row in _rows(folder, "partners")],
        people=[PersonName(row["code"], row["name"]) for row in _rows(folder, "people")],
        reasons=[ReasonName(row["code"], row["name"], row["kind"], _many(row)) for row in _rows(folder, "reasons")],
        orders=[OrderName(row["number"], row["product"]) for row in _rows(folder, "work_orders")],
    )
