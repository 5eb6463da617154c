"""The plant's files, read and judged without a database: a folder of CSV or XLSX files -> a `Plant`, or all faults."""

import difflib
from datetime import date
from pathlib import Path
from typing import Final

from store.errors import LoadRefused
from store.model import Catalog
from store.plant.files import masterdata, recipes, stock
from store.plant.files.masterdata import LOCATIONS, PARTNERS, PEOPLE, PRODUCTS, REASONS, SITE, Named
from store.plant.files.plant import OpeningLot, Plant, Source
from store.plant.files.recipes import RECIPES
from store.plant.files.sheets import Columns, Faults, Sheet, read_sheet
from store.plant.files.stock import LOTS, WORK_ORDERS

__all__ = ["FILES", "OpeningLot", "Plant", "Source", "read_plant"]

REQUIRED: Final = (PRODUCTS, LOCATIONS)
FILES: Final = (PRODUCTS, LOCATIONS, PARTNERS, PEOPLE, REASONS, RECIPES, SITE, WORK_ORDERS, LOTS)
"""Every plant file, in the order in which they are read."""

LIKENESS: Final = 0.85
"""How alike a file's name must be to a plant file's to be taken for a slip: lot.csv, work-orders.csv."""


def read_plant(folder: Path, today: date) -> Plant:
    """What a folder of plant files says; days told as offsets count from `today`.

    Raises:
        LoadRefused: With all faults of all files together, each `file:line:column: what is wrong`.
    """
    faults = Faults()
    if not folder.is_dir():
        raise LoadRefused([f"{folder}: there is no such folder"])
    sheets = {wanted.stem: _sheet(folder, wanted, faults) for wanted in FILES}
    plant = _Reading(sheets, faults, today).plant()
    if faults:
        raise LoadRefused(faults.all())
    return plant


def _sheet(folder: Path, wanted: Columns, faults: Faults) -> Sheet | None:
    before = len(faults)
    sheet = read_sheet(folder, wanted, faults)
    if sheet is None and len(faults) == before:
        if near := _misnamed(folder, wanted.stem):
            faults.add(near, f"is not the name of a plant file; it must be {wanted.stem}.csv or {wanted.stem}.xlsx")
        elif wanted in REQUIRED:
            faults.add(f"{wanted.stem}.csv", "the file is missing")
    return sheet


def _misnamed(folder: Path, stem: str) -> str | None:
    """A file that was probably meant to be the missing one: it must not be left out in silence."""
    others = {known.stem for known in FILES} - {stem}
    for path in sorted(folder.iterdir()):
        said = path.stem.lower()
        if path.suffix.lower() not in {".csv", ".xlsx"} or said in others or said.startswith((".", "~")):
            continue
        if difflib.SequenceMatcher(None, said, stem).ratio() >= LIKENESS:
            return path.name
    return None


class _Reading:
    """One folder being read: its sheets, their codes, and what is wrong with them."""

    def __init__(self, sheets: dict[str, Sheet | None], faults: Faults, today: date) -> None:
        self.sheets = sheets
        self.faults = faults
        self.today = today
        self.named = {
            wanted.stem: Named(sheet.file if (sheet := sheets[wanted.stem]) else f"{wanted.stem}.csv")
            for wanted in FILES
        }

    def _part(self, wanted: Columns) -> tuple[Sheet, Named, Faults]:
        return self.sheets[wanted.stem] or Sheet(f"{wanted.stem}.csv"), self.named[wanted.stem], self.faults

    def plant(self) -> Plant:
        """Everything that the sheets say; what is wrong is in the faults."""
        products = masterdata.read_products(*self._part(PRODUCTS))
        places = masterdata.read_places(*self._part(LOCATIONS))
        partners = masterdata.read_partners(*self._part(PARTNERS))
        people = masterdata.read_people(*self._part(PEOPLE))
        reasons = masterdata.read_reasons(*self._part(REASONS))
        site = masterdata.read_site(*self._part(SITE))
        if self.sheets["products"] is None or self.sheets["locations"] is None:
            return Plant(Catalog(products, places))  # what names them cannot be judged, and the fault is told
        known = stock.Known(
            products, places, self.named["products"], self.named["locations"],
            {code: partner.role for code, partner in partners.items()} if self.sheets["partners"] else None,
            self.named["partners"], self.today,
        )  # fmt: skip
        recipe_lines = recipes.read_recipes(self._part(RECIPES)[0], products, known.skus, self.faults)
        orders, relative = stock.read_orders(self._part(WORK_ORDERS)[0], known, self.named["work_orders"], self.faults)
        opening = stock.OpeningStock(self._part(LOTS)[0], known, self.named["work_orders"], self.faults)
        lots = opening.read()
        catalog = Catalog(
            products,
            places,
            partners,
            people,
            reasons,
            {sku: tuple(lines) for sku, lines in recipe_lines.items()},
            site,
        )
        return Plant(catalog, tuple(orders), tuple(lots), relative, tuple(opening.notes), self._sources())

    def _sources(self) -> dict[str, Source]:
        return {stem: Source.of(sheet, self.named[stem].lines) for stem, sheet in self.sheets.items() if sheet}
