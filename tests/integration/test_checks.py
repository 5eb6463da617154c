"""`verify` is content with every honest ledger and names the first thing that somebody changed behind its back."""
# ruff: noqa: S608  # these statements are what somebody types who means harm

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
import sqlalchemy

from store.desk.rule_settings import RuleSetting
from store.model import SCRAP, VARIANCE, Counted, Kind, Lot, Posting, Transaction, customer, supplier
from store.plant.loading import load
from store.proof.seals import seal
from store.proof.verify import Difference, verify
from store.session import Session, Store
from store.tables import APPEND_ONLY
from tests.support.postgres import PostgresServer

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
LB = 10_000


ZONE = "America/Los_Angeles"


def _make(url: str, demo_plant: Path) -> None:
    """The demo plant after a short day with a bit of everything; its numbers are named below."""
    store = Store(url, timezone=ZONE)
    store.migrate()
    load(store, demo_plant, date(2026, 11, 22), NOW - timedelta(days=1))
    store.run(_day)
    store.close()


@pytest.fixture(scope="module")
def sqlite_day(tmp_path_factory: pytest.TempPathFactory, demo_plant: Path) -> Path:
    file = tmp_path_factory.mktemp("day") / "floor.db"
    _make(f"sqlite:///{file}", demo_plant)
    return file


@pytest.fixture(scope="module")
def postgres_day(postgres_server: PostgresServer, demo_plant: Path) -> Iterator[str]:
    """The name of a database to copy."""
    with postgres_server.database() as url:
        _make(url, demo_plant)
        yield str(sqlalchemy.make_url(url).database)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A copy of the day, to be tampered with."""
    if request.param == "sqlite":
        copy = shutil.copy(request.getfixturevalue("sqlite_day"), tmp_path / "floor.db")
        store = Store(f"sqlite:///{copy}", timezone=ZONE)
        yield store
        store.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database(request.getfixturevalue("postgres_day")) as url:
        store = Store(url, timezone=ZONE)
        yield store
        store.close()


FIRST = 34
"""The first entry after the opening stock of the demo plant: 32 rows and a hold."""
RECEIVED, MOVED, CONSUMED, PRODUCED, COUNTED, AGREED, HELD, RELEASED, SCRAPPED, UNSCRAPPED, SHIPPED, STARTED = range(
    FIRST, FIRST + 12
)


def _lines(lot: str, source: str, target: str, pounds: int) -> tuple[Posting, Posting]:
    return (
        Posting(lot, source, -pounds * LB, Decimal(-pounds), "lb"),
        Posting(lot, target, pounds * LB, Decimal(pounds), "lb"),
    )


def _day(session: Session) -> None:
    made = Lot("HB1122", "W-HUM", "lb", date(2026, 11, 22), date(2026, 11, 25), work_order="WO-4471")
    came = Lot("RM9", "R-ROM", "case", date(2026, 11, 22), date(2026, 11, 30), "GVF")
    counted = Counted("RM1111", "C1-02", 710 * LB, 720 * LB, 2)
    agreed = Counted("RM1111", "C1-02", 710 * LB, 710 * LB, COUNTED)
    for rule in ("lot-expired", "not-in-recipe", "split-counts"):
        session.rule_settings.add(RuleSetting(rule, "severity", "warn", None, None, "trial", "anna", NOW))
    day = [
        (Kind.RECEIVE, _lines("RM9", supplier("GVF"), "DOCK1", 240), {"new_lots": (came,), "partner": "GVF"}),
        (Kind.MOVE, _lines("RM9", "DOCK1", "C1-01", 100), {}),
        (Kind.CONSUME, _lines("CP26A", "D1", "WO-4471", 450), {"work_order": "WO-4471"}),
        (Kind.PRODUCE, _lines("HB1122", "WO-4471", "T1", 900), {"work_order": "WO-4471", "new_lots": (made,)}),
        (Kind.COUNT, _lines("RM1111", "C1-02", VARIANCE, 10), {"counted": (counted,)}),
        (Kind.COUNT, (), {"counted": (agreed,), "lots": ("RM1111",)}),
        (Kind.HOLD, (), {"lots": ("RM9", "TH0822")}),
        (Kind.RELEASE, (), {"lots": ("TH0822",)}),
        (Kind.SCRAP, _lines("RM9", "DOCK1", SCRAP, 40), {"reason": "DAMAGED"}),
        None,
        (Kind.SHIP, _lines("HB1122", "T1", customer("FMD"), 20), {"partner": "FMD", "reference": "SO 1"}),
        (Kind.START, (), {"work_order": "WO-4472"}),
    ]
    for number, told in enumerate(day, start=FIRST):
        at = NOW + timedelta(minutes=number)
        if told is None:
            session.ledger.reverse(
                SCRAPPED, by="priya", channel="console", key=f"k{number}", happened=at, recorded=at, reason="MISCOUNT"
            )
            continue
        kind, postings, more = told
        transaction = Transaction(kind, "maria", "console", f"k{number}", at, postings=postings, **more)
        assert session.ledger.record(transaction, recorded=at).number == number


def tamper(store: Store, *statements: str) -> None:
    """Change rows as somebody who owns the database can: without triggers, foreign keys and CHECKs, put back after."""
    url = store.database.url
    if store.database.is_sqlite:
        connection = sqlite3.connect(str(url.database), isolation_level=None)
        try:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                assert connection.execute(statement).rowcount > 0, f"changes nothing: {statement}"
            for _, sql in triggers:
                connection.execute(sql)
        finally:
            connection.close()
        return
    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(dsn, autocommit=True) as server:
        server.execute("SET session_replication_role = replica")
        for statement in statements:
            assert server.execute(statement.encode()).rowcount > 0, f"changes nothing: {statement}"


def named(store: Store) -> Difference:
    difference = verify(store)
    assert difference is not None
    assert str(difference) == difference.say
    return difference


def test_an_honest_ledger_verifies(store: Store) -> None:
    assert verify(store) is None
    seal(store, NOW + timedelta(days=2))
    assert verify(store) is None


def test_an_empty_ledger_verifies(database_url: str) -> None:
    store = Store(database_url)
    store.migrate()
    assert verify(store) is None
    store.close()


LONG_AGO = "(SELECT happened FROM entry WHERE number = 1)"
NEW_BALANCE = (
    "INSERT INTO balance SELECT lot, 'C2-02', kind, 5, made, change, position, last_happened, counted_at "
    "FROM balance WHERE lot = 'RM1107' AND place = 'C1-01'"
)
TAMPERED: list[tuple[str, list[str], str, str]] = [
    ("a line's quantity", [f"UPDATE posting SET quantity = quantity + 1 WHERE entry = {MOVED} AND line = 1"],
     "balanced", f"The lines of entry {MOVED} for lot RM9 do not sum to zero (off by 0.0001)."),
    ("both lines of an entry", [f"UPDATE posting SET quantity = quantity * 2 WHERE entry = {MOVED}"],
     "balance", "The balance of lot RM9 in C1-01 is 100, but its lines sum to 200."),
    ("a line's place", [f"UPDATE posting SET place = 'C1-02' WHERE entry = {MOVED} AND place = 'C1-01'"],
     "balance", "The balance of lot RM9 in C1-01 is 100, but its lines sum to 0."),
    ("a place that is none", [f"UPDATE posting SET place = 'CELLAR' WHERE entry = {MOVED} AND place = 'C1-01'"],
     "entry", f"The line of entry {MOVED} for lot RM9 in CELLAR names no place of the plant or the entry."),
    ("what was said", [f"UPDATE posting SET amount = '100' WHERE entry = {MOVED} AND line = 0"],
     "entry", f"The line of entry {MOVED} for lot RM9 in DOCK1 says 100 lb, which is the other way."),
    ("the moment of a line", [f"UPDATE posting SET happened = {LONG_AGO} WHERE entry = {MOVED}"],
     "entry", "happened at another moment than the entry."),
    ("the moment of an entry", [f"UPDATE entry SET happened = {LONG_AGO} WHERE number = {MOVED}"],
     "entry", f"The line of entry {MOVED} for lot RM9 in DOCK1 happened at another moment than the entry."),
    ("a move put before the receipt", [
        f"UPDATE {table} SET happened = {LONG_AGO} WHERE {column} = {MOVED}"
        for table, column in (("entry", "number"), ("posting", "entry"))],
     "past", f"After entry {MOVED} there was less than nothing of lot RM9 in DOCK1 (-100)."),
    ("the lots of an entry", [f"UPDATE entry SET lots = '[\"RM9\",\"CP26A\"]' WHERE number = {MOVED}"],
     "entry", f"Entry {MOVED} names lot CP26A, but has no row for it."),
    ("a broken text", [f"UPDATE entry SET lots = '[\"RM9\"' WHERE number = {MOVED}"],
     "entry", f"Entry {MOVED} does not name lot RM9, but has a row for it."),
    ("a mention", [f"DELETE FROM entry_lot WHERE entry = {RELEASED}"],
     "entry", f"Entry {RELEASED} names lot TH0822, but has no row for it."),
    ("the kind of an entry", [f"UPDATE entry SET kind = 'teleport' WHERE number = {MOVED}"],
     "entry", f"Entry {MOVED} is of no known kind: teleport."),
    ("the key of an entry", [f"UPDATE entry SET key = '' WHERE number = {MOVED}"],
     "key", f"Entry {MOVED} has no idempotency key."),
    ("an entry without its lines", [f"DELETE FROM posting WHERE entry = {SHIPPED}"],
     "entry", f"Entry {SHIPPED} names lot HB1122, but has no row for it."),
    ("lines without their entry", [f"UPDATE posting SET entry = 999 WHERE entry = {SHIPPED}",
                                   f"UPDATE entry SET lots = '[]' WHERE number = {SHIPPED}"],
     "orphan", "There is a line of lot HB1122 in entry 999, but no entry 999."),
    ("a lot that is gone", ["DELETE FROM lot WHERE code = 'OO-317'"],
     "orphan", "There is a line of lot OO-317 in entry 14, but no lot OO-317."),
    ("the mirror of a reversal", [f"UPDATE posting SET place = 'C1-01' WHERE entry = {UNSCRAPPED} AND place = 'DOCK1'"],
     "reversal", f"Entry {UNSCRAPPED} reverses entry {SCRAPPED}, but its lines are not the opposite ones."),
    ("what a reversal reverses", [f"UPDATE entry SET reverses = {MOVED} WHERE number = {UNSCRAPPED}"],
     "reversal", f"Entry {UNSCRAPPED} reverses entry {MOVED}, but is of kind scrap, not move."),
    ("a reversal of nothing", [f"UPDATE entry SET reverses = 999 WHERE number = {UNSCRAPPED}"],
     "reversal", f"Entry {UNSCRAPPED} reverses entry 999, which is not an earlier entry."),
    ("a reversal of a reversal", [f"UPDATE entry SET reverses = {UNSCRAPPED} WHERE number = {SHIPPED}"],
     "reversal", f"Entry {SHIPPED} reverses entry {UNSCRAPPED}, which is a reversal itself."),
    ("what a count found", [f"UPDATE counted SET found = found - 1 WHERE entry = {COUNTED}"],
     "count", f"The count of lot RM1111 in C1-02 by entry {COUNTED} did not post what it found."),
    ("where a count stood", [f"UPDATE counted SET position = 999 WHERE entry = {COUNTED}"],
     "count", f"by entry {COUNTED} was taken at entry 999, which is not before it."),
    ("a count of another kind", [f"UPDATE counted SET entry = {MOVED} WHERE entry = {AGREED}"],
     "entry", f"Entry {MOVED} does not name lot RM1111, but has a row for it."),
    ("a balance", ["UPDATE balance SET quantity = quantity + 5 WHERE lot = 'RM1107' AND place = 'C1-01'"],
     "balance", "The balance of lot RM1107 in C1-01 is 336.0005, but its lines sum to 336."),
    ("a balance of nothing", [NEW_BALANCE],
     "balance", "The balance of lot RM1107 in C2-02 is 0.0005, but its lines sum to 0."),
    ("a balance that is gone", ["DELETE FROM balance WHERE lot = 'RM1107' AND place = 'C1-01'"],
     "balance", "Lot RM1107 has lines in C1-01, but no balance there."),
    ("the kind of a balance", ["UPDATE balance SET kind = 'outside' WHERE lot = 'RM1107' AND place = 'C1-01'"],
     "balance", "The balance of lot RM1107 in C1-01 is kept as one of kind outside, but the place is of kind real."),
    ("lineage: what came out", ["UPDATE balance SET made = made + 10000 WHERE lot = 'HB1122' AND place = 'WO-4471'"],
     "lineage", "The balance of lot HB1122 in WO-4471 says that 901 came out, but entries made 900."),
    ("lineage: what went in", ["UPDATE balance SET made = 10000 WHERE lot = 'CP26A' AND place = 'WO-4471'"],
     "lineage", "The balance of lot CP26A in WO-4471 says that 1 came out, but entries made 0."),
    ("lineage: a step that is gone", ["DELETE FROM lineage WHERE source = 'CP26A'"],
     "lineage", "In work order WO-4471 the step from lot CP26A to lot HB1122 is implied by balances, but is not kept."),
    ("lineage: a step that never was", ["INSERT INTO lineage VALUES ('RM9', 'WO-4471', 'HB1122')"],
     "lineage", "In work order WO-4471 the step from lot RM9 to lot HB1122 is kept, but balances do not imply it."),
    ("the last entry", ["UPDATE balance SET position = 3 WHERE lot = 'RM9' AND place = 'C1-01'"],
     "balance", f"The balance of lot RM9 in C1-01 says that entry 3 touched it last, but that was entry {MOVED}."),
    ("the last count", ["UPDATE balance SET counted_at = NULL WHERE lot = 'RM1111' AND place = 'C1-02'"],
     "balance", "The balance of lot RM1111 in C1-02 says that it was last counted at another moment than"),
    ("the last moment", [f"UPDATE balance SET last_happened = {LONG_AGO} WHERE lot = 'RM9' AND place = 'C1-01'"],
     "balance", "The balance of lot RM9 in C1-01 says that it last changed at another moment than its lines say."),
    ("a hold", ["UPDATE lot SET on_hold = FALSE WHERE code = 'RM9'"],
     "lot", "Lot RM9 is kept as free, but its entries leave it on hold."),
    ("a release", ["UPDATE lot SET on_hold = TRUE WHERE code = 'TH0822'"],
     "lot", "Lot TH0822 is kept as on hold, but its entries leave it free."),
    ("a lot taken back", ["UPDATE lot SET withdrawn = TRUE WHERE code = 'RM9'"],
     "lot", "Lot RM9 is kept as taken back, but an entry about it stands."),
    ("where a lot comes from", [f"UPDATE lot SET entry = {MOVED} WHERE code = 'CP26A'"],
     "lot", f"Lot CP26A is said to come from entry {MOVED}, which does not bring it."),
    ("the expiry of a lot", ["UPDATE lot SET expires = '2027-06-30' WHERE code = 'RM9'"],
     "lot", f"Lot RM9 is kept with expires 2027-06-30, but entry {RECEIVED} brought it with 2026-11-30."),
    ("an expiry that is gone", ["UPDATE lot SET expires = NULL WHERE code = 'RM1107'"],
     "lot", "Lot RM1107 is kept with expires nothing, but entry 1 brought it with 2026-11-28."),
    ("the product of a lot", ["UPDATE lot SET product = 'R-CUC' WHERE code = 'RM9'"],
     "lot", f"Lot RM9 is kept with product R-CUC, but entry {RECEIVED} brought it with R-ROM."),
    ("the supplier of a lot", ["UPDATE lot SET supplier = 'HCP' WHERE code = 'RM9'"],
     "lot", f"Lot RM9 is kept with supplier HCP, but entry {RECEIVED} brought it with GVF."),
    ("the order of a lot", ["UPDATE lot SET work_order = 'WO-4472' WHERE code = 'HB1122'"],
     "lot", f"Lot HB1122 is kept with work_order WO-4472, but entry {PRODUCED} brought it with WO-4471."),
    ("a lot put back to an earlier entry", ["UPDATE lot SET entry = 1 WHERE code = 'RM9'"],
     "lot", "Lot RM9 is said to come from entry 1, which does not bring it."),
    ("a lot without an entry", ["UPDATE lot SET entry = NULL WHERE code = 'RM9'"],
     "lot", f"Entry {RECEIVED} brought lot RM9, which is said to come from nowhere."),
    ("what an entry says of a lot", [f"UPDATE entry SET new_lots = '[]' WHERE number = {RECEIVED}"],
     "lot", f"Lot RM9 is said to come from entry {RECEIVED}, which does not bring it."),
    ("a broken text of lots", [f"UPDATE entry SET new_lots = '[{{' WHERE number = {RECEIVED}"],
     "lot", f"Entry {RECEIVED} says nothing of the lots that it brings."),
    ("the status of an order", ["UPDATE work_order SET status = 'open' WHERE number = 'WO-4472'"],
     "order", "Work order WO-4472 is kept as open, but its entries leave it running."),
    ("an order finished by hand", ["UPDATE work_order SET status = 'finished' WHERE number = 'WO-4473'"],
     "order", "Work order WO-4473 is kept as finished, but its entries leave it open."),
    ("a setting of the rules that is gone", ["DELETE FROM rule_setting WHERE number = 2"],
     "setting", "Setting 2 of the rules is missing."),
    ("a setting taken back by an earlier one", ["UPDATE rule_setting SET undoes = 3 WHERE number = 2"],
     "setting", "Setting 2 of the rules takes back setting 3, which is no earlier one."),
    ("a place that is gone", ["DELETE FROM place WHERE code = 'D3'"],
     "entry", "names no place of the plant or the entry."),
]  # fmt: skip


@pytest.mark.parametrize(("statements", "check", "say"), [case[1:] for case in TAMPERED], ids=[c[0] for c in TAMPERED])
def test_what_was_changed_by_hand_is_named(store: Store, statements: list[str], check: str, say: str) -> None:
    tamper(store, *statements)
    store.run(lambda session: session.connection.execute("UPDATE catalog_version SET version = version + 1"))
    difference = named(store)
    assert say in difference.say
    assert difference.check == check


def test_an_entry_removed_with_all_its_rows_is_named(store: Store) -> None:
    """On SQLite by the gap in the numbers; on PostgreSQL, where gaps are honest, by the seal that was made over it."""
    seal(store, NOW + timedelta(days=2))
    tamper(
        store,
        f"DELETE FROM counted WHERE entry = {AGREED}",
        f"DELETE FROM entry WHERE number = {AGREED}",
    )
    assert f"Entry {AGREED} is" in named(store).say


def test_the_first_difference_is_named_by_entry_number(store: Store) -> None:
    tamper(store, f"UPDATE posting SET quantity = quantity + 1 WHERE entry IN ({SHIPPED}, {CONSUMED}) AND line = 0")
    assert named(store).entry == CONSUMED


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_update_and_delete_are_refused(store: Store, table: str) -> None:
    seal(store, NOW + timedelta(days=2))
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {_column(table)} = {_column(table)}"):
        with pytest.raises((sqlalchemy.exc.DBAPIError, sqlite3.Error, psycopg.Error), match="append-only"):
            store.run(lambda session, sql=statement: session.connection.execute(sql))  # type: ignore[misc]
    assert verify(store) is None


def _column(table: str) -> str:
    return {"entry": "said", "seal": "digest", "counted": "found", "rule_setting": "why"}.get(table, "lot")


@pytest.mark.parametrize("table", [*APPEND_ONLY, "lot"])
def test_a_dropped_trigger_is_itself_a_difference(store: Store, table: str) -> None:
    trigger = f"{table}_no_update" if store.database.is_sqlite else f"{table}_no_change"
    on = "" if store.database.is_sqlite else f" ON {table}"
    store.run(lambda session: session.connection.execute(f"DROP TRIGGER {trigger}{on}"))
    assert named(store).say == f"The trigger {trigger} that keeps {table} append-only is missing or does not work."


def test_a_trigger_of_lots_that_lets_an_expiry_through_is_a_difference(store: Store) -> None:
    sqlite = [
        "DROP TRIGGER lot_no_update",
        "CREATE TRIGGER lot_no_update BEFORE UPDATE OF product ON lot BEGIN SELECT RAISE(ABORT, 'no'); END",
    ]
    postgresql = ["ALTER TABLE lot DISABLE TRIGGER lot_no_change"]
    for sql in sqlite if store.database.is_sqlite else postgresql:
        store.run(lambda session, sql=sql: session.connection.execute(sql))  # type: ignore[misc]
    assert named(store).check == "guard"


def test_a_trigger_that_no_longer_refuses_is_a_difference(store: Store) -> None:
    sqlite = [
        "DROP TRIGGER entry_no_update",
        "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry WHEN 0 BEGIN SELECT RAISE(ABORT, 'no'); END",
    ]
    postgresql = ["ALTER TABLE entry DISABLE TRIGGER entry_no_change"]
    for sql in sqlite if store.database.is_sqlite else postgresql:
        store.run(lambda session, sql=sql: session.connection.execute(sql))  # type: ignore[misc]
    assert named(store).check == "guard"


def test_a_dropped_constraint_is_a_difference(postgres_url: str) -> None:
    store = Store(postgres_url)
    store.migrate()
    store.run(lambda session: session.connection.execute("ALTER TABLE entry DROP CONSTRAINT uq_entry_key"))
    assert named(store).say == "The constraint uq_entry_key is missing."
    store.close()
