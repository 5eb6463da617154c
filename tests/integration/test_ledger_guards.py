"""The database itself refuses what would make the books lie, whoever asks it."""
# ruff: noqa: S608  # the statements are the tests' own

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from store import schema
from store.database import DRIVER_ERRORS
from store.desk.rule_settings import RuleSetting
from store.errors import NotMigrated
from store.model import Kind
from store.session import Store
from store.tables import APPEND_ONLY, METADATA
from tests.support.books import consume, count, moved, plant, post, produce, receive, stock, transaction
from tests.support.proof import prove

REST = "lot, place, quantity, amount, unit, happened"
LINE = f"entry, line, {REST}"
UNKNOWN = REST.replace("lot", "'Z'")


@pytest.fixture
def books(store: Store) -> Store:
    """Something in every append-only table."""
    post(store, receive("A", 10), count("A", "DOCK", 9, 10), transaction(Kind.HOLD, lots=("A",)))
    post(store, transaction(Kind.START, work_order="WO-1"))
    at = transaction(Kind.START).happened
    store.run(
        lambda session: session.connection.execute(
            "INSERT INTO seal (number, first, last, entries, missing, previous, digest, made) "
            "VALUES (1, 1, 3, 3, '[]', '', 'x', ?)",
            (session.connection.database.moment(at),),
        )
    )
    set_rule = RuleSetting("lot-expired", "severity", "approve", "ROM", None, "trial", "anna", at)
    store.run(lambda session: session.rule_settings.add(set_rule))
    return store


def refused(store: Store, sql: str, text: str) -> None:
    with pytest.raises(DRIVER_ERRORS, match=text), store.begin() as session:
        session.connection.execute(sql)


def dump(store: Store) -> dict[str, list[object]]:
    with store.begin(write=False) as session:
        return {table: session.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2") for table in APPEND_ONLY}


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_was_written_cannot_be_changed_or_deleted(books: Store, table: str) -> None:
    before = dump(books)
    assert before[table]
    column = METADATA.tables[table].columns.keys()[-1]
    refused(books, f"UPDATE {table} SET {column} = {column}", "append-only")
    refused(books, f"DELETE FROM {table}", "append-only")
    if books.dialect == "sqlite":
        refused(books, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}", "append-only")
    else:
        refused(books, f"TRUNCATE {table} CASCADE", "append-only")
    assert dump(books) == before


@pytest.mark.parametrize(
    "change",
    [
        "expires = '2028-01-01'",
        "expires = NULL",
        "product = 'FIN'",
        "unit = 'bag'",
        "made = '2026-01-01'",
        "supplier = NULL",
        "work_order = 'WO-2'",
        "entry = 2",
        "code = 'Z'",
    ],
)
def test_what_a_lot_is_cannot_be_changed(books: Store, change: str) -> None:
    refused(books, f"UPDATE lot SET {change} WHERE code = 'A'", "append-only")


def test_a_lot_cannot_be_deleted(books: Store) -> None:
    refused(books, "DELETE FROM lot WHERE code = 'A'", "append-only")
    if books.dialect == "postgresql":
        refused(books, "TRUNCATE lot CASCADE", "append-only")


@pytest.mark.parametrize("unique", ["id", "number", "key"])
def test_an_entry_cannot_be_replaced_by_one_that_shares_an_identity(sqlite_store: Store, unique: str) -> None:
    post(sqlite_store, receive("A", 10), transaction(Kind.START, work_order="WO-1"))
    before = dump(sqlite_store)
    columns = METADATA.tables["entry"].columns.keys()
    others = {"id": "'other'", "number": "99", "key": "'other'"}
    values = ", ".join(others[c] if c in others and c != unique else c for c in columns)
    sql = f"INSERT OR REPLACE INTO entry ({', '.join(columns)}) SELECT {values} FROM entry WHERE number = 2"
    refused(sqlite_store, sql, "append-only")
    assert dump(sqlite_store) == before


@pytest.mark.parametrize(
    "change",
    [
        "quantity = -1, kind = 'real'",
        "quantity = -1, kind = 'order', made = 0, place = 'WO-1'",
        "kind = 'somewhere'",
        "made = 1",
    ],
)
def test_a_balance_that_cannot_be_is_refused(books: Store, change: str) -> None:
    refused(books, f"UPDATE balance SET {change} WHERE lot = 'A' AND place = 'DOCK'", "ck_balance|CHECK")
    assert stock(books) == {("A", "DOCK"): 9}


@pytest.mark.parametrize(
    "sql",
    [
        f"INSERT INTO posting ({LINE}) SELECT 99, 0, {REST} FROM posting WHERE entry = 1 AND line = 0",
        f"INSERT INTO posting ({LINE}) SELECT entry, 9, {UNKNOWN} FROM posting LIMIT 1",
        "INSERT INTO entry_lot (lot, entry) VALUES ('Z', 1)",
    ],
)
def test_a_line_belongs_to_an_entry_and_a_lot(books: Store, sql: str) -> None:
    refused(books, sql, "(?i)foreign key")


def test_migrating_again_changes_nothing_and_the_rows_are_the_tables(store: Store) -> None:
    post(store, receive("A", 10))
    store.migrate()
    store.check()
    assert prove(store) == 1
    with store.database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_database_without_tables_says_so(database_url: str) -> None:
    store = Store(database_url)
    with pytest.raises(NotMigrated, match="has no tables yet; run `floor init`"), store.begin():
        pass
    assert store.database.file is None or not store.database.file.exists()
    plant(store)
    post(store, receive("A", 1), moved("A", 1, "DOCK", "RACK"), consume("A", 1, "RACK"), produce("F", 1))
    assert prove(store) == 4
    store.close()


def test_a_database_of_another_version_says_so(store: Store) -> None:
    store.run(lambda session: session.connection.execute("UPDATE alembic_version SET version_num = '0000'"))
    again = Store(store.database.url.render_as_string(hide_password=False))
    with pytest.raises(NotMigrated, match=f"is at version 0000, this program needs {schema.newest()}"):
        again.check()
    again.close()
