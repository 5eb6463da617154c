"""A folder of plant files is read whole, or every fault of it is told with file, line and column."""

import csv
import re
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from store.model import OrderStatus
from store.plant.files import FILES, Plant, read_plant
from store.plant.files.sheets import MOST_FAULTS
from store.units import UNITS
from tests.support.plant_folder import LOTS, PRODUCTS, TODAY, faults

PRODUCT_COLUMNS = "sku name kind base_unit units shelf_life_days traceability_list gtin lot_prefix aliases".split()


def with_lots(folder: Path, *rows: str) -> Path:
    (folder / "lots.csv").write_text(LOTS + "".join(f"{row}\n" for row in rows))
    return folder


def test_the_demo_plant_is_read_whole(demo_plant: Path) -> None:
    plant = read_plant(demo_plant, TODAY)
    catalog = plant.catalog
    assert [len(part) for part in (catalog.products, catalog.places, catalog.partners, catalog.people)] == [
        27,
        21,
        9,
        8,
    ]
    assert catalog.products["R-LEM"].packs == {"jug": 10_000, "case": 40_000}
    assert catalog.products["R-JAL"].aliases == ("jalapeños", "jals", "jalapeno peppers")
    assert catalog.products["P-TUB"].shelf_life_days is None
    assert catalog.within("C1") == ("C1", "C1-01", "C1-02", "C1-03")
    assert catalog.partners["GVF"].contact["zip"] == "93908"
    garlic = next(line for line in catalog.recipes["W-HUM"] if line.input == "R-GAR")
    assert (garlic.output_quantity, garlic.quantity, garlic.expected_yield, garlic.tolerance) == (
        10_000_000, 250_000, 9_600, 300,
    )  # fmt: skip
    assert catalog.site.name == "Harbor Deli Foods"
    order = plant.orders[1]
    assert (order.number, order.planned, order.unit, order.line) == ("WO-4472", 200 * 12 * 10_000, "case", "L1")
    assert (order.status, order.planned_day) == (OrderStatus.OPEN, TODAY)
    romaine, held, made = (
        next(lot for lot in plant.opening if lot.lot == code) for code in ("RM1107", "CB1109", "HB1121")
    )
    assert (romaine.received, romaine.expires) == (date(2026, 11, 18), date(2026, 11, 28))
    assert (romaine.quantity, romaine.unit, romaine.base_quantity) == (Decimal(14), "case", 14 * 24 * 10_000)
    assert (romaine.reference, romaine.work_order, romaine.supplier) == ("PO 8801", None, "GVF")
    assert (held.status, held.on_hold, romaine.status) == ("hold", True, "ok")
    assert (made.work_order, made.supplier) == ("WO-4470", None)
    assert plant.notes == ()
    assert plant.sources["lots"].at(romaine.line, "quantity") == "lots.csv:2:7"


def test_an_unknown_sku_is_named_by_file_line_and_column(folder: Path) -> None:
    with_lots(folder, "A1,R-ROM,,,,C1,1,case,ok,", "A2,R-XXX,,-1d,,C1,1,case,ok,")
    assert faults(folder) == ("lots.csv:2:4: received is empty", "lots.csv:3:2: sku R-XXX is not in products.csv")


def test_all_faults_of_all_files_are_told_together(folder: Path) -> None:
    (folder / "products.csv").write_text("sku,name,kind,colour\nR-ROM,Romaine,vegetable,green\nR-ROM,,raw,\n")
    (folder / "people.csv").write_text("code,name,role\nmaria,Maria,boss\n")
    with_lots(folder, "A1,r-rom,,-1d,,C9,1,ea,ok,")
    assert faults(folder) == (
        f"products.csv:1:4: unknown column colour; known are {', '.join(PRODUCT_COLUMNS)}",
        "products.csv:2:3: kind vegetable is none of raw, packaging, wip, finished",
        "products.csv:3:1: sku R-ROM is already in line 2",
        "products.csv:3:2: name is empty",
        "people.csv:2:3: role boss is none of worker, receiver, supervisor, qa",
        "lots.csv:2:2: sku r-rom is not in products.csv (is it R-ROM?)",
        "lots.csv:2:6: location C9 is not in locations.csv",
    )


LOT_FAULTS = [
    ("A1,R-ROM,,yesterday,,C1,1,case,ok,", "2:4: received yesterday is neither a day such as 2026-11-22 nor an offset"),
    ("A1,R-ROM,,2026-02-30,,C1,1,case,ok,", "2:4: received 2026-02-30 is no day of the calendar"),
    ("A1,R-ROM,,0206-02-03,,C1,1,case,ok,", "2:4: received 0206-02-03 is not between 1990 and 2199"),
    ("A1,R-ROM,,+1d,,C1,1,case,ok,", "2:4: received 2026-11-23 is after the day of loading"),
    ("A1,R-ROM,,-1d,-2d,C1,1,case,ok,", "2:5: expires 2026-11-20 is before the lot was received"),
    ("A1,R-ROM,,-1d,,C1,-1,case,ok,", "2:7: quantity -1 is negative"),
    ('A1,R-ROM,,-1d,,C1,"1,5",case,ok,', "2:7: quantity 1,5 is not a number"),
    ("A1,R-ROM,,-1d,,C1,NaN,case,ok,", "2:7: quantity NaN is not a number"),
    ("A1,R-ROM,,-1d,,C1,1e9,case,ok,", "2:7: quantity 1e9 is not a number"),
    ("A1,R-ROM,,-1d,,C1,,case,ok,", "2:7: quantity is empty"),
    ("A1,R-ROM,,-1d,,C1,999999999999,case,ok,", "2:7: quantity 999999999999 case is more than the books can hold"),
    ("A1,R-ROM,,-1d,,C1,1,crate,ok,", "2:8: unit crate is not a known unit"),
    ("A1,R-ROM,,-1d,,C1,1,tub,ok,", "2:8: unit tub is none that R-ROM has (case, lb, g, kg, oz)"),
    ("A1,R-ROM,,-1d,,C1,1,,ok,", "2:8: unit is empty"),
    ("A1,F-KIT,,-1d,,C1,0.3,case,ok,", "2:7: quantity 0.3 case of F-KIT is 1.8 ea, not a whole number"),
    ("A1,R-ROM,,-1d,,C1,1,case,fine,", "2:9: status fine is none of ok, hold"),
    ("A1,R-ROM,,-1d,,C1,1,case,ok,PO 1,extra", "2:11: extra stands beyond the last column"),
    (f"{'A' * 51},R-ROM,,-1d,,C1,1,case,ok,", "is longer than 50 characters"),
    (",R-ROM,,-1d,,C1,1,case,ok,", "2:1: lot is empty"),
    ("A1,,,-1d,,C1,1,case,ok,", "2:2: sku is empty"),
    ("A1,R-ROM,,-1d,,,1,case,ok,", "2:6: location is empty"),
]


@pytest.mark.parametrize(("row", "told"), LOT_FAULTS)
def test_a_wrong_lot_row_is_one_fault(folder: Path, row: str, told: str) -> None:
    (only,) = faults(with_lots(folder, row))
    assert only.startswith("lots.csv:2:")
    assert told in only


def test_rows_of_one_lot_in_several_places_agree(folder: Path) -> None:
    plant = read_plant(
        with_lots(folder, "A1,R-ROM,,-1d,+3d,C1,1,case,ok,PO 1", "A1,R-ROM,,-1d,+3d,C1-01,2,case,ok,PO 1"), TODAY
    )
    assert [(lot.location, lot.base_quantity) for lot in plant.opening] == [("C1", 240_000), ("C1-01", 480_000)]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ("A1,F-KIT,,-1d,+3d,C1-01,2,case,ok,", "lots.csv:3:2: sku of lot A1 is F-KIT here and R-ROM in line 2"),
        (
            "A1,R-ROM,,-1d,+4d,C1-01,2,case,ok,",
            "lots.csv:3:5: expires of lot A1 is 2026-11-26 here and 2026-11-25 in line 2",
        ),
        ("A1,R-ROM,,-1d,+3d,C1-01,2,case,hold,", "lots.csv:3:9: status of lot A1 is hold here and ok in line 2"),
        ("A1,R-ROM,,-1d,+3d,C1,2,case,ok,", "lots.csv:3:6: lot A1 in C1 is already in line 2"),
        ("a1,R-ROM,,-1d,+3d,C1-01,2,case,ok,", "lots.csv:3:1: lot a1 is A1 in line 2; one of them is misspelt"),
    ],
)
def test_rows_of_one_lot_that_contradict_each_other_are_refused(folder: Path, second: str, told: str) -> None:
    assert faults(with_lots(folder, "A1,R-ROM,,-1d,+3d,C1,1,case,ok,", second)) == (told,)


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)


PRODUCT_FAULTS = [
    ("lb,case", "units case is not of the form case=24"),
    ("lb,case=0", "units 0 must be more than 0"),
    ("lb,case=-4", "units -4 is negative"),
    ("lb,crate=4", "units crate is not a known unit"),
    ("lb,case=4;case=5", "units names case twice"),
    ("lb,lb=4", "units names lb, which is the base unit itself"),
    ("lb,case=0.00001", "has more than four decimals"),
    ("stone,case=4", "base_unit stone is not a known unit"),
]


@pytest.mark.parametrize(("cells", "told"), PRODUCT_FAULTS)
def test_wrong_units_of_a_product_are_one_fault(folder: Path, cells: str, told: str) -> None:
    write(folder, "products.csv", f"sku,name,kind,base_unit,units\nR-ROM,Romaine,raw,{cells}\n")
    with_lots(folder, "A1,R-ROM,,-1d,,C1,1,case,ok,")
    (only,) = faults(folder)
    assert told in only


def test_packs_may_hold_fractions(folder: Path) -> None:
    write(folder, "products.csv", "sku,name,kind,base_unit,units\nR-ROM,Romaine,raw,lb,case=24.5; bag = 0.125\n")
    assert read_plant(folder, TODAY).catalog.products["R-ROM"].packs == {"case": 245_000, "bag": 1_250}


@pytest.mark.parametrize(
    ("digits", "told"),
    [
        ("00", "check_digits 00 is all zeros"),
        ("00000", "check_digits 00000 is all zeros"),
        ("1", "check_digits 1 is not two to five digits"),
        ("123456", "check_digits 123456 is not two to five digits"),
        ("12a", "check_digits 12a is not two to five digits"),
        ("\uff11\uff12", "check_digits \uff11\uff12 is not two to five digits"),
    ],
)
def test_check_digits_must_prove_a_place(folder: Path, digits: str, told: str) -> None:
    write(folder, "locations.csv", f"code,name,kind,check_digits\nC1,Cooler,storage,{digits}\n")
    assert faults(folder) == (f"locations.csv:2:4: {told}",)


@pytest.mark.parametrize("digits", ["12", "007", "0100", "12345"])
def test_two_to_five_check_digits_are_kept_as_written(folder: Path, digits: str) -> None:
    write(folder, "locations.csv", f"code,name,kind,check_digits\nC1,Cooler,storage,{digits}\n")
    assert read_plant(folder, TODAY).catalog.places["C1"].check_digits == digits


def test_parents_exist_and_make_no_circle(folder: Path) -> None:
    write(
        folder,
        "locations.csv",
        "code,name,kind,parent\nA,A,storage,B\nB,B,storage,A\nC,C,storage,A\nD,D,storage,X\nE,E,storage,E\n",
    )
    assert faults(folder) == (
        "locations.csv:2:4: parent B makes a circle: A in B in A",
        "locations.csv:3:4: parent A makes a circle: B in A in B",
        "locations.csv:5:4: parent X is not in locations.csv",
        "locations.csv:6:4: parent E makes a circle: E in E",
    )


@pytest.mark.parametrize("code", ["SCRAP", "OPENING", "SUPPLIER:GVF", "CUSTOMER:", "WO-4471"])
def test_no_place_takes_the_name_of_an_entrys_other_side(folder: Path, code: str) -> None:
    write(folder, "locations.csv", f"code,name,kind\n{code},Corner,storage\n")
    assert faults(folder) == (f"locations.csv:2:1: code {code} is reserved for the other side of an entry",)


@pytest.mark.parametrize(
    ("gtin", "kept"),
    [("00850012300014", "00850012300014"), ("850012300014", "00850012300014"), ("96385074", "00000096385074")],
)
def test_gtins_are_kept_as_fourteen_digits(folder: Path, gtin: str, kept: str) -> None:
    write(folder, "products.csv", f"sku,name,kind,gtin\nR,R,raw,{gtin}\n")
    assert read_plant(folder, TODAY).catalog.products["R"].gtin == kept


@pytest.mark.parametrize(
    ("gtin", "told"),
    [
        ("00850012300015", "gtin 00850012300015 ends in a wrong check digit; 0085001230001 has 4"),
        ("0850012300", "gtin 0850012300 is not 8, 12, 13 or 14 digits"),
        ("0085001230001x", "gtin 0085001230001x is not 8, 12, 13 or 14 digits"),
    ],
)
def test_a_gtin_with_a_wrong_check_digit_is_refused(folder: Path, gtin: str, told: str) -> None:
    write(folder, "products.csv", f"sku,name,kind,gtin\nR,R,raw,{gtin}\n")
    assert faults(folder) == (f"products.csv:2:4: {told}",)


def test_a_gln_is_checked_for_partners_and_the_site(folder: Path) -> None:
    write(folder, "partners.csv", "code,name,role,gln\nGVF,Green,supplier,0850012301005\n")
    write(folder, "site.csv", "key,value\ngln,0850012302002\ntimezone,Mars/Base\n")
    assert faults(folder) == (
        "partners.csv:2:4: gln 0850012301005 ends in a wrong check digit; 085001230100 has 4",
        "site.csv:2:2: gln 0850012302002 ends in a wrong check digit; 085001230200 has 1",
        "site.csv:3:2: timezone Mars/Base is no time zone such as America/Los_Angeles",
    )


def test_a_supplier_must_be_a_partner_that_supplies(folder: Path) -> None:
    write(folder, "partners.csv", "code,name,role\nGVF,Green,supplier\nFMD,Fresh,customer\n")
    with_lots(
        folder, "A1,R-ROM,FMD,-1d,,C1,1,case,ok,", "A2,R-ROM,XYZ,-1d,,C1,1,case,ok,", "A3,R-ROM,GVF,-1d,,C1,1,lb,ok,"
    )
    assert faults(folder) == (
        "lots.csv:2:3: supplier FMD is a customer in partners.csv",
        "lots.csv:3:3: supplier XYZ is not in partners.csv",
    )


def test_recipes_and_orders_name_what_the_plant_has(folder: Path) -> None:
    write(
        folder,
        "recipes.csv",
        "product,output_quantity,output_unit,input,quantity,unit\n"
        "F-KIT,100,case,R-ROM,360,lb\nF-KIT,100,case,R-ROM,1,kg\nF-KIT,0.5,ea,R-XXX,1,kg\nF-KIT,1,case,F-KIT,1,ea\n",
    )
    write(
        folder,
        "work_orders.csv",
        "number,product,planned_quantity,unit,line,status,planned_day\n"
        "WO-1,F-KIT,200,case,L9,open,0d\nC1,F-KIT,0,case,C1,paused,soon\n",
    )
    assert faults(folder) == (
        "recipes.csv:3:4: input R-ROM is already in the recipe of F-KIT",
        "recipes.csv:4:4: input R-XXX is not in products.csv",
        "recipes.csv:4:2: output_quantity 0.5 ea of F-KIT is 0.5 ea, not a whole number",
        "recipes.csv:5:4: input F-KIT is the product itself",
        "work_orders.csv:2:5: line L9 is not in locations.csv",
        "work_orders.csv:3:1: number C1 is also the code of a place in locations.csv",
        "work_orders.csv:3:3: planned_quantity 0 must be more than 0",
        "work_orders.csv:3:6: status paused is none of open, running, finished",
        "work_orders.csv:3:7: planned_day soon is neither a day such as 2026-11-22 nor an offset such as -4d",
    )


def test_every_column_beyond_the_first_three_may_be_missing(folder: Path, demo_plant: Path) -> None:
    for wanted in FILES:
        with (demo_plant / f"{wanted.stem}.csv").open(newline="") as file:
            cut = [row[: len(wanted.required)] for row in csv.reader(file)]
        if wanted.stem in {"recipes", "lots"}:
            cut = cut[:2]
        with (folder / f"{wanted.stem}.csv").open("w", newline="") as file:
            csv.writer(file).writerows(cut)
    write(folder, "recipes.csv", "product,output_quantity,output_unit\nF-HUM,100,ea\n")
    plant = read_plant(folder, TODAY)
    assert plant.catalog.products["R-ROM"].base_unit == "ea"
    assert plant.catalog.recipes == {}
    assert [(lot.lot, lot.base_quantity, lot.received) for lot in plant.opening] == [("RM1107", 0, TODAY)]
    assert [note.split(":")[0] for note in plant.notes] == [
        f"lots.csv has no column {name}" for name in ("received", "location", "quantity", "unit")
    ]


@pytest.mark.parametrize("column", ["received", "expires", "location", "unit", "status", "reference"])
def test_one_missing_column_of_the_opening_stock_is_no_obstacle(folder: Path, column: str) -> None:
    rows = [line.split(",") for line in (LOTS + "A1,R-ROM,,-1d,+3d,C1,2,lb,hold,WO-1").splitlines()]
    gone = rows[0].index(column)
    write(folder, "lots.csv", "\n".join(",".join(row[:gone] + row[gone + 1 :]) for row in rows))
    (lot,) = read_plant(folder, TODAY).opening
    assert (lot.base_quantity, lot.location) == (20_000, "C1")


def test_columns_come_in_any_order_and_capitals(folder: Path) -> None:
    write(folder, "locations.csv", "Kind,NAME,code\nstorage,Cooler,C1\n")
    assert read_plant(folder, TODAY).catalog.places["C1"].name == "Cooler"


@pytest.mark.parametrize(
    ("reference", "order"),
    [("WO-4470", "WO-4470"), ("WO4470", "WO4470"), ("K-17", "K-17"), ("PO 8801", None), ("4470", None), ("", None)],
)
def test_a_reference_to_a_work_order_makes_the_lot_made_here(folder: Path, reference: str, order: str | None) -> None:
    write(folder, "work_orders.csv", "number,product,planned_quantity\nK-17,F-KIT,6\n")
    (lot,) = read_plant(with_lots(folder, f"A1,F-KIT,,-1d,,C1,1,case,ok,{reference}"), TODAY).opening
    assert (lot.work_order, lot.reference) == (order, reference or None)


def test_bom_crlf_quotes_and_empty_lines_are_fine(folder: Path) -> None:
    rows = (
        "\ufeffcode,name,kind,aliases",
        "",
        'C1,"Cooler ""one"", big",storage,"a;b"',
        ",,,",
        "",
        "  C2 , Cooler 2 ,storage,",
    )
    text = "".join(f"{row}\r\n" for row in rows)
    (folder / "locations.csv").write_bytes(text.encode())
    places = read_plant(folder, TODAY).catalog.places
    assert places["C1"].name == 'Cooler "one", big'
    assert (places["C2"].code, places["C2"].name) == ("C2", "Cooler 2")


def test_a_fault_after_a_quoted_line_break_names_the_right_line(folder: Path) -> None:
    write(folder, "locations.csv", 'code,name,kind\n"C1","two\nlines",storage\n\nC2,Cooler,garage\n')
    assert faults(folder) == (
        "locations.csv:2:2: name two lines holds a line break or another control character",
        "locations.csv:5:3: kind garage is none of receiving, storage, production, hold, shipping",
    )


def put(content: str | bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content if isinstance(content, bytes) else content.encode())


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGED: list[tuple[Callable[[Path], object], str]] = [
    (lambda path: path.unlink(), ".csv: the file is missing"),
    (put(b""), ".csv: is empty; its first row must name the columns"),
    (put(b"sku,name,kind\nR,Jalape\xf1o,raw\n"), ".csv: is not UTF-8 text (line 2)"),
    (put(PRODUCTS.encode("utf-16")), ".csv: is not UTF-8 text (line 1)"),
    (put("sku,name,kind\nR,\0,raw\n"), ".csv: holds a NUL character (line 2)"),
    (put('sku,name,kind\nR,"R,raw\n'), ".csv: is no proper CSV at the row that begins in line 2"),
    (put(f"sku,name,kind\nR,{'x' * 200_000},raw\n"), ".csv: is no proper CSV at the row that begins in line 2"),
    (put("sku;name;kind\nR;R;raw\n"), ".csv: has its columns separated by ;, not by a comma"),
    (put("name,kind\nR,raw\n"), ".csv:1:1: column sku is missing"),
    (put("sku,name,sku,kind\nR,R,R,raw\n"), ".csv:1:3: column sku is there twice"),
    (become_a_folder, ".csv: is not a file"),
    (lambda path: path.with_suffix(".xlsx").write_bytes(b""), ".csv: products.xlsx is there too; keep one of them"),
    (lambda path: path.rename(path.with_suffix(".xlsx")), ".xlsx: is no readable Excel workbook (.xlsx)"),
]


@pytest.mark.parametrize(("damage", "told"), DAMAGED)
def test_a_damaged_file_is_one_clear_fault(folder: Path, damage: Callable[[Path], object], told: str) -> None:
    with_lots(folder, "A1,R-ROM,,-1d,,C1,1,case,ok,")
    damage(folder / "products.csv")
    (only,) = faults(folder)
    assert only.startswith(f"products{told}")


def test_a_misspelt_name_of_a_file_is_not_left_out_in_silence(folder: Path) -> None:
    with_lots(folder, "A1,R-ROM,,-1d,,C1,1,case,ok,").joinpath("lots.csv").rename(folder / "Lots.csv")
    write(folder, "notes.csv", "anything\n")
    (folder / "products.csv").rename(folder / "product.csv")
    assert faults(folder) == (
        "product.csv: is not the name of a plant file; it must be products.csv or products.xlsx",
        "Lots.csv: is not the name of a plant file; it must be lots.csv or lots.xlsx",
    )


def test_a_folder_that_is_not_there_is_one_fault(tmp_path: Path) -> None:
    (only,) = faults(tmp_path / "nowhere")
    assert only.endswith("nowhere: there is no such folder")


def test_a_file_full_of_faults_is_told_up_to_a_bound(folder: Path) -> None:
    told = faults(with_lots(folder, *(f"A{n},R-XXX,,-1d,,C1,1,case,ok," for n in range(MOST_FAULTS + 500))))
    assert len(told) == MOST_FAULTS + 1
    assert told[-1] == "and 500 more faults"


def test_fifty_thousand_rows_are_read_in_seconds(folder: Path) -> None:
    with_lots(folder, *(f"A{n},R-ROM,,-{n % 9}d,+{n % 30}d,C1,{n % 90}.5,case,ok,PO {n}" for n in range(50_000)))
    before = time.process_time()
    plant: Plant = read_plant(folder, TODAY)
    spent = time.process_time() - before
    assert len(plant.opening) == 50_000
    assert spent < 20, f"{spent:.1f} s of processor time"


def test_the_documentation_names_every_file_and_column() -> None:
    text = (Path(__file__).parents[4] / "docs" / "plant-files.md").read_text()
    table = dict(re.findall(r"^\| (\w+) \| (\*\*.*) \|$", text, flags=re.MULTILINE))
    assert table == {
        wanted.stem: ", ".join([*(f"**{name}**" for name in wanted.required), *wanted.optional]) for wanted in FILES
    }
    (listed,) = re.findall(r"(lb, kg, .*?)\.", " ".join(text.split()))
    assert set(listed.split(", ")) == UNITS
