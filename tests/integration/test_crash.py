"""The power goes, the disk is full: what was acknowledged is in the books, of the rest there is no half.

FLOOR_TEST_KILLS=200 asks for the long run.
"""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import sqlalchemy
from psycopg import sql
from psycopg.errors import DiskFull
from sqlalchemy import make_url

from store.database import meaning
from store.errors import StorageFull, Unreachable
from store.model import Kind
from store.proof.verify import verify
from store.session import Session, Store
from tests.support import books, poster
from tests.support.books import PLACES, moved, post, receive, stock, transaction
from tests.support.postgres import USER, PostgresServer
from tests.support.proof import prove

KILLS = int(os.environ.get("FLOOR_TEST_KILLS", "12"))
LOTS = 20
ENDLESS = 10**9
SAID = 50_000
"""Characters of a report that fills a disk quickly."""

FIRST_WORD = 60
"""Seconds within which a process must have posted something."""


def test_a_killed_process_leaves_all_that_was_acknowledged_and_no_half(store: Store, tmp_path: Path) -> None:
    stocked = poster.stock_up(store, LOTS, 1_000)
    url = store.database.url.render_as_string(hide_password=False)
    chance = random.Random(20261122)
    numbers: dict[str, int] = {}
    for kill in range(KILLS):
        process = poster.start(url, f"k{kill}", ENDLESS, LOTS, tmp_path)
        acks = tmp_path / f"k{kill}.acks"
        deadline = time.monotonic() + FIRST_WORD
        while not (acks.exists() and acks.stat().st_size):
            assert process.is_alive()
            assert time.monotonic() < deadline, "nothing was posted"
            process.join(0.005)
        process.join(chance.uniform(0, 0.15))
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join(FIRST_WORD)
        assert process.exitcode == -signal.SIGKILL
        with store.begin(write=False) as session:
            numbers = dict(session.connection.execute("SELECT key, number FROM entry"))
        told = poster.acknowledged(tmp_path)
        assert told.items() <= numbers.items()
        assert len(numbers) - stocked - len(told) <= kill + 1, "a kill may cut off the word of one entry, not of more"
    assert prove(store) == len(numbers)
    assert verify(store) is None
    post(store, moved("L00", 1, PLACES[0], PLACES[1]))


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[bool]:
    """A file system of that size, where we may mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(command, check=False, capture_output=True).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def moved_to(server: PostgresServer, url: str, disk: Path) -> Iterator[None]:
    """The database lies on that disk, and no longer afterwards."""
    shutil.chown(disk, "postgres")
    name = sql.Identifier(str(make_url(url).database))
    with psycopg.connect(host=str(server.folder), user=USER, dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE TABLESPACE small LOCATION {}").format(sql.Literal(str(disk))))
        connection.execute(sql.SQL("ALTER DATABASE {} SET TABLESPACE small").format(name))
        yield
        connection.execute(sql.SQL("ALTER DATABASE {} SET TABLESPACE pg_default").format(name))
        connection.execute("DROP TABLESPACE small")


def limit_pages(store: Store, pages: int) -> None:
    """Where no file system may be mounted, SQLite itself is told that there is no more room."""
    sqlalchemy.event.listen(
        store.database.engine, "connect", lambda driver, _: driver.execute(f"PRAGMA max_page_count = {pages}")
    )


def fill(store: Store) -> tuple[int, StorageFull]:
    """Post until the disk is full; how many entries the books acknowledged, and what was said of the next."""
    for posted in range(ENDLESS):
        here, there = ("DOCK", "RACK") if posted % 2 == 0 else ("RACK", "DOCK")
        try:
            post(store, moved("A", 1, here, there, said=os.urandom(SAID // 2).hex()))
        except StorageFull as full:
            return posted, full
    raise AssertionError


def prove_full(store: Store, before: int) -> None:
    posted, full = fill(store)
    assert posted > 0
    assert "nothing was posted" in str(full)
    assert "\n" not in str(full)
    for _ in range(3):
        with pytest.raises(StorageFull):
            post(store, transaction(Kind.MOVE, [("A", "DOCK", -1), ("A", "RACK", 1)], said=os.urandom(SAID).hex()))
    assert sum(stock(store).values()) == 10
    assert prove(store) == before + posted
    assert verify(store) is None


def test_a_full_disk_says_so_and_leaves_nothing_half_on_sqlite(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1536k") as mounted:
        store = Store(f"sqlite:///{tmp_path / 'disk' / 'floor.db'}")
        if not mounted:
            limit_pages(store, 200)
        books.plant(store)
        post(store, receive("A", 10))
        prove_full(store, before=1)
        store.close()


def test_a_full_disk_says_so_and_leaves_nothing_half_on_postgresql(
    postgres_server: PostgresServer, postgres_plant: str
) -> None:
    disk = postgres_server.folder / "disk"
    with small_disk(disk, "24m") as mounted:
        if not mounted:
            full = meaning(DiskFull("could not extend file"))
            assert isinstance(full, StorageFull)
            return
        with postgres_server.database(postgres_plant) as url, moved_to(postgres_server, url, disk):
            store = Store(url)
            post(store, receive("A", 10))
            prove_full(store, before=1)
            store.close()


def test_a_database_that_may_not_be_written_says_so(sqlite_store: Store) -> None:
    post(sqlite_store, receive("A", 10))
    sqlite_store.close()
    sqlalchemy.event.listen(
        sqlite_store.database.engine, "connect", lambda driver, _: driver.execute("PRAGMA query_only = ON")
    )
    with pytest.raises(StorageFull, match="cannot be written"):
        post(sqlite_store, moved("A", 1, "DOCK", "RACK"))
    assert stock(sqlite_store) == {("A", "DOCK"): 10}


def test_a_server_that_went_away_and_came_back_is_found_again(postgres_store: Store) -> None:
    post(postgres_store, receive("A", 10))
    sessions = [postgres_store.begin() for _ in range(10)]
    for session in sessions:
        session.__enter__()
    for session in sessions:
        session.__exit__(None, None, None)
    with psycopg.connect(
        postgres_store.database.url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
    ) as other:
        ended = other.execute(
            "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()
    assert ended is not None
    assert ended[0] >= 10
    post(postgres_store, moved("A", 1, "DOCK", "RACK"))
    assert postgres_store.retries == 1
    assert prove(postgres_store) == 2


def test_a_server_that_is_not_there_says_so(tmp_path: Path) -> None:
    store = Store(f"postgresql+psycopg://nobody@/nothing?host={tmp_path}")
    with pytest.raises(Unreachable, match="cannot be reached"), store.begin():
        pass
    with pytest.raises(Unreachable):
        store.run(prove_nothing)
    store.close()


def prove_nothing(_session: Session) -> None:
    """Nothing to do."""
