"""Plant files as Excel workbooks say the same as CSV, whatever a spreadsheet made of days, numbers and zeros."""

import csv
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from store.plant.files import FILES, read_plant, workbooks
from tests.support.plant_folder import LOTS, TODAY, faults

Cells = Sequence[Sequence[object]]


def workbook(path: Path, *sheets: tuple[str, Cells], formats: dict[str, str] | None = None) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cell, number_format in (formats or {}).items():
            sheet[cell].number_format = number_format
    book.save(path)


def test_workbooks_say_the_same_as_csv(folder: Path, demo_plant: Path) -> None:
    for wanted in FILES:
        (folder / f"{wanted.stem}.csv").unlink(missing_ok=True)
        with (demo_plant / f"{wanted.stem}.csv").open(newline="") as file:
            header, *rows = csv.reader(file)
        typed = [[_typed(name, cell) for name, cell in zip(header, row, strict=True)] for row in rows]
        workbook(folder / f"{wanted.stem}.xlsx", ("Sheet1", [header, *typed]))
    from_csv, from_xlsx = read_plant(demo_plant, TODAY), read_plant(folder, TODAY)
    assert from_xlsx.catalog == from_csv.catalog
    assert from_xlsx.orders == from_csv.orders
    assert [_told(lot) for lot in from_xlsx.opening] == [_told(lot) for lot in from_csv.opening]
    assert from_xlsx.sources["lots"].file == "lots.xlsx"


def _told(lot: object) -> str:
    return repr(lot).replace("relative=True", "relative=False")


def _typed(column: str, cell: str) -> object:
    """A cell as a spreadsheet keeps it: numbers, days and truth values, not text."""
    if column in {"received", "expires", "planned_day"} and cell:
        return datetime(2026, 11, 22) + (date.fromordinal(TODAY.toordinal() + int(cell[:-1])) - TODAY)  # noqa: DTZ001
    if column in {"quantity", "planned_quantity", "output_quantity", "gtin", "gln", "shelf_life_days"} and cell:
        return float(cell)
    return {"yes": True, "no": False}.get(cell, cell or None)


def test_a_workbook_keeps_leading_zeros_that_it_shows(folder: Path) -> None:
    (folder / "locations.csv").unlink()
    rows: Cells = [["code", "name", "kind", "check_digits"], ["C1", "Cooler", "storage", 37]]
    workbook(folder / "locations.xlsx", ("Sheet1", rows), formats={"D2": "000"})
    assert read_plant(folder, TODAY).catalog.places["C1"].check_digits == "037"


def test_faults_of_a_workbook_name_its_cells(folder: Path) -> None:
    header = LOTS.strip().split(",")
    rows: Cells = [header, [], ["A1", "R-XXX", None, datetime(2026, 11, 20), None, "C1", 1.5, "case", "ok", None]]  # noqa: DTZ001
    workbook(folder / "lots.xlsx", ("notes", [["hello"]]), ("lots", rows))
    assert faults(folder) == ("lots.xlsx:3:2: sku R-XXX is not in products.csv",)


def test_a_workbook_must_say_which_sheet_is_meant(folder: Path) -> None:
    workbook(folder / "lots.xlsx", ("a", [["lot"]]), ("b", [["lot"]]))
    assert faults(folder) == ("lots.xlsx: has 2 sheets and none is called lots",)


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LARGEST_FILE", 2**20)
    with zipfile.ZipFile(folder / "lots.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (2**20 + 1))
    assert faults(folder) == ("lots.xlsx: unpacks to more than 1 MiB",)
