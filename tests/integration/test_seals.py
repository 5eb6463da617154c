"""Seals chain the entries, cover only what can no longer change, and break when somebody changes the past."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from alembic import command
from sqlalchemy import inspect, make_url

from store import schema
from store.model import Kind, Transaction
from store.plant.loading import load
from store.proof import seals
from store.proof.raw_entries import raw_entries
from store.proof.seals import BEGINNING, Seal, digest, find, seal
from store.proof.verify import verify
from store.session import Store
from store.tables import METADATA
from tests.support.postgres import PostgresServer

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


ZONE = "America/Los_Angeles"


def _make(url: str, demo_plant: Path) -> None:
    store = Store(url, timezone=ZONE)
    store.migrate()
    load(store, demo_plant, date(2026, 11, 22), NOW)
    store.close()


@pytest.fixture(scope="module")
def sqlite_demo(tmp_path_factory: pytest.TempPathFactory, demo_plant: Path) -> Path:
    file = tmp_path_factory.mktemp("demo") / "floor.db"
    _make(f"sqlite:///{file}", demo_plant)
    return file


@pytest.fixture(scope="module")
def postgres_demo(postgres_server: PostgresServer, demo_plant: Path) -> Iterator[str]:
    with postgres_server.database() as url:
        _make(url, demo_plant)
        yield str(make_url(url).database)


@pytest.fixture
def postgres_store(postgres_server: PostgresServer, postgres_demo: str) -> Iterator[Store]:
    with postgres_server.database(postgres_demo) as url:
        store = Store(url, timezone=ZONE)
        yield store
        store.close()


@pytest.fixture
def sqlite_store(sqlite_demo: Path, tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{shutil.copy(sqlite_demo, tmp_path / 'floor.db')}", timezone=ZONE)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Store:
    """The demo plant: 33 entries of 2026-11-22."""
    found: Store = request.getfixturevalue(f"{request.param}_store")
    return found


def hold(store: Store, key: str, at: datetime = NOW) -> int:
    transaction = Transaction(Kind.HOLD, "anna", "console", key, at, lots=("RM1107",))
    return store.run(lambda session: session.ledger.record(transaction, recorded=at).number)


def tampered(store: Store, statement: str) -> None:
    """Change sealed rows as somebody who owns the database can, and put the triggers back."""
    url = store.database.url
    if store.database.is_sqlite:
        connection = sqlite3.connect(str(url.database), isolation_level=None)
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(statement).rowcount > 0
        for _, sql in triggers:
            connection.execute(sql)
        connection.close()
        return
    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(dsn, autocommit=True) as server:
        server.execute("SET session_replication_role = replica")
        assert server.execute(statement.encode()).rowcount > 0


def test_a_day_is_sealed_when_it_is_over_by_the_plants_clock(store: Store) -> None:
    assert digest(store) is None
    assert seal(store, NOW) == []
    assert seal(store, datetime(2026, 11, 23, 7, 59, tzinfo=UTC)) == [], "still 22 November in California"
    (first,) = seal(store, datetime(2026, 11, 23, 8, 1, tzinfo=UTC))
    assert (first.number, first.first, first.last, first.entries, first.missing) == (1, 1, 33, 33, ())
    assert first.previous == BEGINNING
    assert seal(store, TOMORROW) == []
    assert digest(store) == first
    hold(store, "h1", TOMORROW)
    assert seal(store, TOMORROW) == []
    (second,) = seal(store, TOMORROW + timedelta(days=1))
    assert (second.number, second.first, second.last, second.previous) == (2, 34, 34, first.digest)
    assert verify(store) is None


def test_a_full_thousand_is_sealed_at_once(store: Store, demo_plant: Path, tmp_path: Path) -> None:
    for path in demo_plant.glob("*.csv"):
        (tmp_path / path.name).write_text(path.read_text())
    rows = "".join(f"X{n},R-ROM,GVF,-1d,,C1-01,1,case,ok,\n" for n in range(2_000))
    (tmp_path / "lots.csv").write_text((demo_plant / "lots.csv").read_text() + rows)
    load(store, tmp_path, date(2026, 11, 22), NOW)
    assert [(s.first, s.last) for s in seal(store, NOW)] == [(1, 1000), (1001, 2000)]
    assert [(s.first, s.last) for s in seal(store, TOMORROW)] == [(2001, 2033)]
    assert verify(store) is None


def test_a_digest_that_was_posted_is_found_again(store: Store) -> None:
    (first,) = seal(store, TOMORROW)
    assert len(first.digest) == 64
    assert first.short.replace(" ", "") == first.digest[:12]
    assert find(store, first.short) == first
    assert find(store, first.digest.upper()) == first
    assert find(store, "0000 0000 0000") is None
    assert find(store, first.digest[:4]) is None, "four digits prove nothing"


SEALED = [
    ("UPDATE entry SET said = 'nothing' WHERE number = 7", "Seal 1 does not match its entries 1 to 33"),
    ("UPDATE entry SET person = 'walt' WHERE number = 33", "Seal 1 does not match its entries 1 to 33"),
    ("UPDATE entry SET recorded = happened WHERE number = 7", "Seal 1 does not match its entries 1 to 33"),
    ("UPDATE posting SET amount = amount || '.0', unit = 'lb' WHERE entry = 7", "Seal 1 does not match its entries"),
    ("UPDATE seal SET digest = previous WHERE number = 2", "Seal 2 does not match its entries 34 to 34"),
    ("UPDATE seal SET digest = previous WHERE number = 1", "Seal 1 does not match its entries 1 to 33"),
    ("UPDATE seal SET previous = digest WHERE number = 2", "Seal 2 does not continue the digest of seal 1."),
    ("DELETE FROM seal WHERE number = 1", "Seal 2 does not follow seal 0, which ends at entry 0."),
    ("UPDATE seal SET last = 99, entries = 66 WHERE number = 2", "Entry 36 is gone, though seal 2 was made over it."),
    ("UPDATE seal SET entries = 30 WHERE number = 1", "Seal 1 is over 30 entries, but there are 33."),
    ("UPDATE seal SET form = 1 WHERE number = 1", "Seal 1 does not match its entries 1 to 33"),
    ("UPDATE seal SET missing = 'none' WHERE number = 2", "The seal after seal 1 cannot be read."),
]


@pytest.mark.parametrize(("statement", "say"), SEALED, ids=[case[0] for case in SEALED])
def test_a_changed_past_breaks_the_chain(store: Store, statement: str, say: str) -> None:
    seal(store, TOMORROW)
    hold(store, "h1", TOMORROW)
    seal(store, TOMORROW + timedelta(days=1))
    hold(store, "h2", TOMORROW + timedelta(days=1))
    assert verify(store) is None
    tampered(store, statement)
    difference = verify(store)
    assert difference is not None
    assert difference.check == "seal"
    assert say in difference.say


def test_an_expiry_that_was_changed_wherever_it_stands_breaks_the_chain(store: Store) -> None:
    seal(store, TOMORROW)
    tampered(store, "UPDATE lot SET expires = '2027-11-28' WHERE code = 'RM1107'")
    tampered(store, "UPDATE entry SET new_lots = replace(new_lots, '2026-11-28', '2027-11-28') WHERE number = 1")
    difference = verify(store)
    assert difference is not None
    assert difference.check == "seal"


@pytest.fixture
def before_lot_facts(store: Store, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """The demo plant as the version before kept it, which did not yet tell the facts of a lot with its entry."""
    old = Store(
        f"sqlite:///{tmp_path / 'old.db'}" if store.database.is_sqlite else request.getfixturevalue("postgres_url"),
        timezone=ZONE,
    )
    connection = old.database.open(write=True)
    command.upgrade(schema._config(connection.core), "0005")
    connection.execute("DELETE FROM catalog_version")
    known = inspect(connection.core)
    with store.begin(write=False) as session:
        for table in METADATA.sorted_tables:
            if known.has_table(table.name):
                columns = ", ".join(c["name"] for c in known.get_columns(table.name) if c["name"] in table.columns)
                rows = session.connection.execute(f"SELECT {columns} FROM {table.name}")  # noqa: S608  # our names
                connection.insert_many(table.name, columns, rows)
    connection.commit()
    connection.close()
    yield old
    old.close()


def test_seals_from_before_entries_told_of_their_lots_still_hold(store: Store, before_lot_facts: Store) -> None:
    with store.begin(write=False) as session:
        lots = {e.number: e.transaction.new_lots for e in session.ledger.entries()}
        entries = list(raw_entries(session.connection))
    old = before_lot_facts
    sealed = Seal(1, 1, 33, 33, (), BEGINNING, "", TOMORROW, form=1)
    connection = old.database.open(write=True)
    connection.execute(
        "INSERT INTO seal (number, first, last, entries, missing, previous, digest, made) "
        "VALUES (1, 1, 33, 33, '[]', ?, ?, ?)",
        (BEGINNING, sealed.computed(entries), connection.database.moment(TOMORROW)),
    )
    connection.commit()
    connection.close()
    old.migrate()
    assert verify(old) is None
    with old.begin(write=False) as session:
        assert {e.number: e.transaction.new_lots for e in session.ledger.entries()} == lots
    last = digest(old)
    assert last is not None
    assert (last.form, last.digest) == (1, sealed.computed(entries))
    tampered(old, "UPDATE entry SET said = 'nothing' WHERE number = 7")
    difference = verify(old)
    assert difference is not None
    assert "Seal 1 does not match" in difference.say


def test_whoever_reseals_a_changed_past_loses_the_posted_digest(store: Store) -> None:
    (first,) = seal(store, TOMORROW)
    tampered(store, "UPDATE entry SET said = 'nothing' WHERE number = 7")
    tampered(store, "DELETE FROM seal WHERE number = 1")
    (again,) = seal(store, TOMORROW)
    assert verify(store) is None
    assert again.digest != first.digest
    assert find(store, first.short) is None


def test_a_gap_is_sealed_only_when_nothing_can_still_appear_in_it(
    postgres_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL a number belongs to nobody after a rollback, or to a transaction that is still open."""
    store = postgres_store
    with store.begin() as open_still:
        transaction = Transaction(Kind.HOLD, "anna", "console", "late", NOW, lots=("OO-317",))
        late = open_still.ledger.record(transaction, recorded=NOW).number
        later = hold(store, "after the gap")
        assert (late, later) == (34, 35)
        assert [(s.first, s.last) for s in seal(store, TOMORROW)] == [(1, 33)]
        assert seal(store, TOMORROW) == [], "entry 35 must wait for what may come before it"
        open_still.commit()
    assert [(s.first, s.last, s.missing) for s in seal(store, TOMORROW)] == [(34, 35, ())]
    store.run(lambda session: session.connection.execute("SELECT nextval('entry_number')"))
    hold(store, "after a rollback")
    assert seal(store, TOMORROW) == []
    monkeypatch.setattr(seals, "settled_before", lambda: "g")
    assert [(s.first, s.last, s.missing) for s in seal(store, TOMORROW)] == [(36, 37, (36,))]
    assert verify(store) is None
    tampered(
        store,
        "INSERT INTO entry SELECT 'forged', 36, kind, happened, recorded, person, channel, said, confidence, "
        "corrections, 'forged', lots, work_order, partner, reference, reason, note, approved_by, attachments, reverses "
        "FROM entry WHERE number = 37",
    )
    tampered(store, "INSERT INTO entry_lot VALUES ('RM1107', 36)")
    difference = verify(store)
    assert difference is not None
    assert difference.say == "Entry 36 was added after seal 3 closed over it."


def test_two_workers_sealing_at_once_make_one_chain(store: Store, demo_plant: Path) -> None:
    made: list[int] = []
    start = threading.Barrier(4)

    def work() -> None:
        own = Store(store.database.url.render_as_string(hide_password=False), timezone="America/Los_Angeles")
        start.wait()
        made.extend(new.number for new in seal(own, TOMORROW))
        own.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert made == [1]
    assert verify(store) is None


def test_the_canonical_form_holds_every_column_of_an_entry(store: Store) -> None:
    with store.begin(write=False) as session:
        first = next(raw_entries(session.connection))
    told = first.canonical().decode()
    for value in ("import:RM1107:C1-01", "2026-11-18T08:00:00.000000Z", "PO 8801", "GVF", "-3360000", "OPENING"):
        assert value in told
    assert told.endswith("\n")
    assert told.count("\n") == 1
