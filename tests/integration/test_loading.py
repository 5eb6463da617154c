"""A folder of plant files is loaded whole or not at all, once, and never contradicts the books."""

import csv
import itertools
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.errors import LoadRefused
from store.model import ADJUSTMENT, Kind, OrderStatus, Posting, Transaction
from store.plant.files import read_plant
from store.plant.loading import Loaded, Tally, load
from store.plant.opening import transactions
from store.proof.verify import verify
from store.session import Session, Store

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
PLANT = "America/Los_Angeles"
ROWS = int(os.environ.get("FLOOR_TEST_OPENING_ROWS", "5000"))
"""Rows of the large load; 50,000 for the figure in docs/plant-files.md."""


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url, timezone=PLANT)
    store.migrate()
    yield store
    store.close()


@pytest.fixture
def folder(demo_plant: Path, tmp_path: Path) -> Path:
    """A copy of the demo plant to change."""
    return Path(shutil.copytree(demo_plant, tmp_path / "plant"))


def change(folder: Path, name: str, **replaced: str) -> None:
    """Replace texts in a plant file; `old=new` pairs come as keyword pairs of `old` and `new`."""
    path = folder / name
    text = path.read_text()
    assert replaced["old"] in text
    path.write_text(text.replace(replaced["old"], replaced["new"]))


def loaded(store: Store, folder: Path, today: date = TODAY) -> Loaded:
    return load(store, folder, today, NOW + (today - TODAY))


def refused(store: Store, folder: Path) -> tuple[str, ...]:
    before = contents(store)
    with pytest.raises(LoadRefused) as fault:
        loaded(store, folder)
    assert contents(store) == before, "a refused load changed the books"
    return fault.value.faults


BOOKS = {
    "entry": "number, kind, happened, recorded, person, channel, said, confidence, corrections, key, lots, work_order, "
    "partner, reference, reason, note, approved_by, attachments, reverses",
    "posting": "*",
    "entry_lot": "*",
    "lot": "code, product, unit, made, expires, supplier, work_order, on_hold, withdrawn, entry, serial",
    "balance": "*",
    "catalog_version": "*",
    "product": "*",
    "place": "*",
    "recipe_line": "*",
    "work_order": "*",
    "person": "*",
}
"""Every column that the same load in the same order must give alike."""


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.begin(write=False) as session:
        return {
            table: sorted(map(tuple, session.connection.execute(f"SELECT {columns} FROM {table}")), key=repr)  # noqa: S608
            for table, columns in BOOKS.items()
        }


def test_the_demo_plant_is_in_the_books(store: Store, demo_plant: Path) -> None:
    result = loaded(store, demo_plant)
    assert result.files["products"] == Tally(new=27)
    assert result.files["lots"] == Tally(new=32)
    assert not result.changed_nothing
    with store.begin(write=False) as session:
        read = read_plant(demo_plant, TODAY)
        catalog = session.catalog
        assert dict(catalog.products) == dict(read.catalog.products)
        assert dict(catalog.places) == dict(read.catalog.places)
        assert catalog.site == read.catalog.site
        assert {sku: set(lines) for sku, lines in catalog.recipes.items()} == {
            sku: set(lines) for sku, lines in read.catalog.recipes.items()
        }
        assert {order.number: order for order in session.orders.all()} == {o.number: o for o in read.orders}
        stock = session.ledger.stock(lot="RM1107")
        assert [(s.place, s.quantity, s.lot.expires) for s in stock] == [("C1-01", 3_360_000, date(2026, 11, 28))]
        (entry,) = session.ledger.entries(lot="RM1107")
        posted = entry.transaction
        assert (posted.kind, posted.by, posted.channel, posted.key) == (
            "receive",
            "import",
            "import",
            "import:RM1107:C1-01",
        )
        assert (posted.partner, posted.reference, posted.work_order) == ("GVF", "PO 8801", None)
        assert posted.happened == datetime(2026, 11, 18, tzinfo=ZoneInfo(PLANT))
        assert [(p.place, p.quantity, str(p.amount), p.unit) for p in posted.postings] == [
            ("OPENING", -3_360_000, "-14", "case"),
            ("C1-01", 3_360_000, "14", "case"),
        ]
        (made,) = session.ledger.entries(lot="HB1121")
        assert (made.transaction.kind, made.transaction.work_order, made.transaction.partner) == (
            "produce",
            "WO-4470",
            None,
        )
        assert made.transaction.reference == "WO-4470"
        assert session.connection.execute("SELECT lot FROM balance WHERE kind = 'order'") == [], "lineage from nothing"
        held = session.ledger.entries(lot="CB1109")
        assert [(e.transaction.kind, e.transaction.lots, e.transaction.postings == ()) for e in held] == [
            ("receive", ("CB1109",), False),
            ("hold", ("CB1109",), True),
        ]
        state = session.lots.get("CB1109")
        assert state is not None
        assert state.on_hold


def test_the_bulk_way_writes_what_the_ledger_writes(
    database_url: str, folder: Path, tmp_path: Path, sqlite_url: str
) -> None:
    """The same folder once through `load` and once entry by entry through `Ledger.record`."""
    with (folder / "lots.csv").open("a") as file:
        file.write("RM1107,R-ROM,GVF,-4d,+6d,C1-02,2.5,case,ok,PO 8801\nNIL1,R-ROM,GVF,-4d,,C1-02,0,case,hold,\n")
    bulk = Store(database_url, timezone=PLANT)
    bulk.migrate()
    loaded(bulk, folder)
    single = Store(f"sqlite:///{tmp_path / 'single.db'}", timezone=PLANT)
    single.migrate()
    (tmp_path / "master").mkdir()
    for path in folder.glob("*.csv"):
        if path.name != "lots.csv":
            shutil.copy(path, tmp_path / "master")
    loaded(single, tmp_path / "master")
    by_lot: dict[str, list[object]] = {}
    plant = read_plant(folder, TODAY)
    for row in plant.opening:
        by_lot.setdefault(row.lot, []).append(row)
    with single.begin() as session:
        for rows in by_lot.values():
            for transaction in transactions(rows, "lots.csv", NOW.astimezone(ZoneInfo(PLANT))):  # type: ignore[arg-type]
                session.ledger.record(transaction, recorded=NOW)
        session.commit()
    assert _plain(contents(bulk)) == _plain(contents(single))
    bulk.close()
    single.close()


def _plain(tables: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """The same whether PostgreSQL gives days, moments and truth values, or SQLite their texts and numbers."""

    def value(cell: object) -> object:
        if isinstance(cell, datetime):
            return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        if isinstance(cell, date):
            return cell.isoformat()
        return int(cell) if isinstance(cell, bool) else cell

    return {name: sorted((tuple(map(value, row)) for row in rows), key=repr) for name, rows in tables.items()}


def test_a_second_load_changes_nothing_even_days_later(store: Store, demo_plant: Path) -> None:
    loaded(store, demo_plant)
    before = contents(store)
    for days in (0, 1, 30):
        result = loaded(store, demo_plant, TODAY + timedelta(days=days))
        assert result.changed_nothing
        assert result.files["lots"] == Tally(unchanged=32)
        assert contents(store) == before


def test_a_bad_row_leaves_nothing_of_the_folder(store: Store, folder: Path) -> None:
    change(folder, "lots.csv", old="RM1111,R-ROM", new="RM1111,R-RUM")
    assert refused(store, folder) == ("lots.csv:3:2: sku R-RUM is not in products.csv",)
    with store.begin(write=False) as session:
        assert not session.catalog.products


def test_a_changed_row_updates_master_data_and_leaves_history_alone(store: Store, folder: Path) -> None:
    loaded(store, folder)
    before = contents(store)
    change(folder, "products.csv", old="case=24,10", new="case=20,9")
    change(folder, "recipes.csv", old="F-WRP,100,case,R-CHE,50,lb,98,2\n", new="")
    change(folder, "people.csv", old="maria,Maria Lopez,worker", new="maria,Maria Lopez,supervisor")
    result = loaded(store, folder)
    assert result.files["products"] == Tally(changed=1, unchanged=26)
    assert result.files["recipes"] == Tally(changed=1, unchanged=4)
    assert result.files["people"] == Tally(changed=1, unchanged=7)
    after = contents(store)
    assert all(after[table] == before[table] for table in ("entry", "posting", "lot", "balance", "work_order"))
    assert after["catalog_version"] != before["catalog_version"]
    with store.begin(write=False) as session:
        assert session.catalog.products["R-ROM"].packs == {"case": 200_000}
        assert session.catalog.people["maria"].role == "supervisor"
        assert [line.input for line in session.catalog.recipes["F-WRP"]] == ["R-CHK", "R-ROM", "R-TOR"]
    assert loaded(store, folder).changed_nothing


def test_a_recipe_that_only_loses_an_input_is_seen_by_other_processes(store: Store, folder: Path) -> None:
    loaded(store, folder)
    other = Store(store.database.url.render_as_string(hide_password=False), timezone=PLANT)
    with other.begin(write=False) as session:
        assert len(session.catalog.recipes["F-WRP"]) == 4
    change(folder, "recipes.csv", old="F-WRP,100,case,R-CHE,50,lb,98,2\n", new="")
    loaded(store, folder)
    with other.begin(write=False) as session:
        assert len(session.catalog.recipes["F-WRP"]) == 3
    other.close()


def test_what_a_file_no_longer_names_stays(store: Store, folder: Path) -> None:
    loaded(store, folder)
    for name in ("partners", "people", "reasons", "recipes", "site", "work_orders", "lots"):
        (folder / f"{name}.csv").unlink()
    assert loaded(store, folder).changed_nothing
    with store.begin(write=False) as session:
        assert len(session.catalog.people) == 8


def test_a_person_put_out_of_service_stays_so(store: Store, demo_plant: Path) -> None:
    loaded(store, demo_plant)
    store.run(lambda session: session.connection.execute("UPDATE person SET active = FALSE WHERE code = 'maria'"))
    assert loaded(store, demo_plant).files["people"] == Tally(unchanged=8)
    with store.begin(write=False) as session:
        assert session.connection.execute("SELECT code FROM person WHERE NOT active") == [("maria",)]


def test_an_order_keeps_the_status_that_entries_gave_it(store: Store, folder: Path) -> None:
    loaded(store, folder)
    start = Transaction(Kind.START, "maria", "console", "s1", NOW, work_order="WO-4471")
    store.run(lambda session: session.ledger.record(start, recorded=NOW))
    change(folder, "work_orders.csv", old="WO-4471,W-HUM,2000,lb,T1,open", new="WO-4471,W-HUM,2500,lb,T1,finished")
    result = loaded(store, folder)
    assert result.files["work_orders"] == Tally(changed=1, unchanged=4)
    assert result.notes == ("WO-4471 stays running: entries say where an order stands, not the file.",)
    with store.begin(write=False) as session:
        order = session.orders.get("WO-4471")
        assert order is not None
        assert (order.planned, order.status) == (25_000_000, OrderStatus.RUNNING)


INSTEAD = "an import does not change stock: report a count or an adjustment instead"
CONTRADICTIONS = [
    ("GVF,-4d,+6d,C1-01,14,case", "GVF,-4d,+6d,C1-01,15,case",
     f"lots.csv:2:7: the books say 14 case of lot RM1107 in C1-01, this row 15 case; {INSTEAD}"),
    ("GVF,-4d,+6d,C1-01,14,case", "GVF,-4d,+6d,C1-02,14,case",
     f"lots.csv:2:6: lot RM1107 is in the books, but not from C1-02; {INSTEAD}"),
    ("RM1107,R-ROM", "RM1107,R-TOM", "lots.csv:2:2: lot RM1107 is R-ROM in the books, not R-TOM"),
    ("GVF,-4d,+6d,C1-01", "GVF,2026-11-18,2026-11-29,C1-01",
     "lots.csv:2:5: lot RM1107 expires 2026-11-28 in the books, here 2026-11-29"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), CONTRADICTIONS)
def test_an_import_never_changes_balances_quietly(store: Store, folder: Path, old: str, new: str, told: str) -> None:
    loaded(store, folder)
    change(folder, "lots.csv", old=old, new=new)
    change(folder, "products.csv", old="Romaine lettuce", new="Romaine hearts")
    assert refused(store, folder) == (told,)


def test_the_same_quantity_told_in_another_unit_is_no_contradiction(store: Store, folder: Path) -> None:
    loaded(store, folder)
    change(folder, "lots.csv", old="C1-01,14,case", new="C1-01,336,lb")
    assert loaded(store, folder).changed_nothing


def test_stock_that_moved_since_is_left_where_it_is(store: Store, demo_plant: Path) -> None:
    loaded(store, demo_plant)
    moved = Transaction(
        Kind.ADJUST, "maria", "console", "a1", NOW,
        postings=(Posting("RM1107", "C1-01", -10_000, -1, "lb"), Posting("RM1107", ADJUSTMENT, 10_000, 1, "lb")),  # type: ignore[arg-type]
    )  # fmt: skip
    store.run(lambda session: session.ledger.record(moved, recorded=NOW))
    before = contents(store)
    assert loaded(store, demo_plant).changed_nothing
    assert contents(store) == before


def test_a_lot_whose_import_was_taken_back_is_not_posted_again(store: Store, demo_plant: Path) -> None:
    loaded(store, demo_plant)
    _take_back(store, "RM1107")
    before = contents(store)
    assert loaded(store, demo_plant).changed_nothing
    assert contents(store) == before


def test_a_lot_whose_receipt_was_taken_back_can_be_opening_stock(store: Store, folder: Path) -> None:
    loaded(store, folder)
    _take_back(store, "RM1107")
    change(folder, "lots.csv", old="RM1107,R-ROM,GVF,-4d,+6d,C1-01", new="RM1107,R-ROM,GVF,-4d,+6d,C2-01")
    assert loaded(store, folder).files["lots"] == Tally(new=1, unchanged=31)
    with store.begin(write=False) as session:
        assert [(s.place, s.quantity) for s in session.ledger.stock(lot="RM1107")] == [("C2-01", 3_360_000)]


def _take_back(store: Store, lot: str) -> None:
    def work(session: Session) -> None:
        (entry,) = session.ledger.entries(lot=lot)
        session.ledger.reverse(entry.number, by="priya", channel="console", key="r1", happened=NOW, recorded=NOW)

    store.run(work)


def test_the_base_unit_of_recorded_quantities_cannot_change(store: Store, folder: Path) -> None:
    loaded(store, folder)
    change(folder, "products.csv", old="R-CIL,Cilantro,raw,lb", new="R-CIL,Cilantro,raw,kg")
    faults = refused(store, folder)
    assert (
        "products.csv:6:4: base_unit of R-CIL is lb and the books hold quantities in lb; give it a new sku instead"
        in faults
    )


def test_a_place_cannot_take_the_code_of_a_work_order(store: Store, folder: Path) -> None:
    change(folder, "work_orders.csv", old="WO-4471", new="K-17")
    loaded(store, folder)
    (folder / "work_orders.csv").unlink()
    with (folder / "locations.csv").open("a") as file:
        file.write("K-17,Corner,storage,,,\n")
    assert refused(store, folder) == ("locations.csv:23:1: code K-17 is that of a work order in the books",)


def test_two_loads_at_once_post_once(store: Store, demo_plant: Path) -> None:
    results: list[Loaded] = []
    start = threading.Barrier(2)

    def work() -> None:
        own = Store(store.database.url.render_as_string(hide_password=False), timezone=PLANT)
        start.wait()
        results.append(loaded(own, demo_plant))
        own.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(result.files["lots"].new for result in results) == [0, 32]
    assert len(contents(store)["entry"]) == 33
    assert verify(store) is None


def test_a_large_opening_stock_loads_in_one_go_with_progress(store: Store, folder: Path) -> None:
    with (folder / "lots.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow("lot sku supplier received expires location quantity unit status reference".split())
        for n in range(ROWS):
            place, status = ("HOLD", "hold") if n % 50 == 0 else ("C1-01", "ok")
            writer.writerow(
                [f"A{n}", "R-ROM", "GVF", f"-{n % 9}d", f"+{n % 30}d", place, n % 90 + 1, "case", status, f"PO {n}"]
            )
    heard: list[tuple[int, int]] = []
    hear: Callable[[int, int], None] = lambda done, total: heard.append((done, total))  # noqa: E731
    clocks = [(time.perf_counter(), time.process_time())]
    result = load(store, folder, TODAY, NOW, hear)
    clocks.append((time.perf_counter(), time.process_time()))
    assert load(store, folder, TODAY, NOW).changed_nothing
    clocks.append((time.perf_counter(), time.process_time()))
    (first, cpu), (again, cpu_again) = ((b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(clocks))
    shown = f"{first:.1f} s ({cpu:.1f} s of processor), again {again:.1f} s ({cpu_again:.1f} s)"
    print(f"\n{ROWS} rows on {store.database.engine.name}: {shown}")  # noqa: T201  # the figure of the documentation
    assert result.files["lots"] == Tally(new=ROWS)
    assert (heard[0], heard[-1]) == ((0, ROWS), (ROWS, ROWS))
    assert [done for done, _ in heard] == sorted({done for done, _ in heard})
    assert len(heard) > ROWS / 1000
    with store.begin(write=False) as session:
        stock = session.ledger.stock(product="R-ROM")
        assert len(stock) == ROWS
        assert sum(s.quantity for s in stock) == sum(n % 90 + 1 for n in range(ROWS)) * 240_000
    assert verify(store) is None
