"""The one place that knows SQLite from PostgreSQL: engines, connections, placeholders, and what their errors mean."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import psycopg
import sqlalchemy
from psycopg.types.numeric import Int8Dumper
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url

from store.errors import Busy, StorageFull, StoreError, Unreachable
from store.tables.types import moment_of, moment_text

BUSY_MILLISECONDS: Final = 2_000
"""How long one statement waits for a lock before the transaction is tried again."""

IDLE_MILLISECONDS: Final = 300_000
"""How long PostgreSQL lets a transaction of ours sit idle; nothing of ours lives longer than `SETTLED` below."""

POOL: Final = 16
OVERFLOW: Final = 64
"""Connections kept, and opened beyond them for a burst of threads."""

SQLITE_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
SQLITE_FULL: Final = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
)
POSTGRES_BUSY: Final = frozenset({"40001", "40P01", "55P03", "57014", "53300"})
"""Serialization failure, deadlock, lock timeout, cancelled, too many connections."""

POSTGRES_GONE: Final = frozenset({None, "57P01", "57P02", "57P03", "25P03"})
"""No answer, shut down, crashed, starting up, idle for too long within a transaction."""

POSTGRES_FULL: Final = frozenset({"53100", "58030", "25006"})
"""Disk full, input/output error, read-only."""

RACES: Final = frozenset({"lot_pkey", "uq_lot_serial", "uq_entry_reverses", "uq_warning_open"})
"""Unique keys that two honest transactions may run into at the same moment; the second sees more when tried again."""

Params = Sequence[Any]


@lru_cache(maxsize=512)
def _percent(sql: str) -> str:
    """A statement with `?` placeholders as psycopg wants it."""
    return sql.replace("?", "%s")


class Database:
    """An engine and what differs between the two kinds of database; nothing connects before `open`."""

    def __init__(self, url: str, timezone: str) -> None:
        self.url: URL = make_url(url)
        self.zone = ZoneInfo(timezone)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = self._sqlite() if self.is_sqlite else self._postgresql()
        self.differs = "IS NOT" if self.is_sqlite else "IS DISTINCT FROM"

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database; None for one in memory and for PostgreSQL."""
        name = self.url.database
        return Path(name) if self.is_sqlite and name and name != ":memory:" else None

    def _sqlite(self) -> sqlalchemy.Engine:
        """SQLite waits for the disk at every commit and lets readers read while somebody writes."""
        engine = sqlalchemy.create_engine(
            self.url,
            connect_args={
                "check_same_thread": False,
                "isolation_level": None,
                "timeout": BUSY_MILLISECONDS / 1000,
                "cached_statements": 256,
            },
            pool_size=POOL,
            max_overflow=OVERFLOW,
        )

        @event.listens_for(engine, "connect")
        def _prepare(connection: sqlite3.Connection, _record: object) -> None:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
                connection.execute(f"PRAGMA {pragma}")

        return engine

    def _postgresql(self) -> sqlalchemy.Engine:
        """PostgreSQL through psycopg, READ COMMITTED; no lock is waited for beyond the bound.

        Compiling a statement takes it tens of milliseconds and is never worth it for those of ours.
        """
        options = (
            f"-c lock_timeout={BUSY_MILLISECONDS} -c idle_in_transaction_session_timeout={IDLE_MILLISECONDS} "
            "-c default_transaction_isolation=read\\ committed -c timezone=UTC -c jit=off"
        )
        url = self.url.set(drivername="postgresql+psycopg")
        given = url.query.get("options")
        engine = sqlalchemy.create_engine(
            url.difference_update_query(["options"]),
            connect_args={"options": f"{options} {given}" if given else options, "prepare_threshold": 2},
            pool_size=POOL,
            max_overflow=OVERFLOW,
        )

        @event.listens_for(engine, "connect")
        def _prepare(connection: psycopg.Connection[Any], _record: object) -> None:
            # One type for every whole number: otherwise each mix of sizes is prepared as a statement of its own.
            connection.adapters.register_dumper(int, Int8Dumper)

        return engine

    def open(self, *, write: bool) -> "Connection":
        """A connection inside one transaction of its own."""
        core = self.engine.connect()
        try:
            return Connection(self, core, write=write)
        except BaseException:
            core.close()
            raise

    def moment(self, at: datetime) -> str | datetime:
        """An aware datetime as the driver takes it; a naive one is a fault of ours (ValueError)."""
        if at.tzinfo is None:
            raise ValueError(f"{at} says nothing of its time zone")
        return moment_text(at) if self.is_sqlite else at

    def read_moment(self, value: str | datetime) -> datetime:
        """What the driver gave, as an aware datetime of the plant's time zone."""
        at = moment_of(value) if isinstance(value, str) else value
        return at.astimezone(self.zone)

    def day(self, day: date | None) -> str | date | None:
        """A day as the driver takes it."""
        return day.isoformat() if self.is_sqlite and day is not None else day

    @staticmethod
    def read_day(value: str | date | None) -> date | None:
        """What the driver gave, as a day."""
        return date.fromisoformat(value) if isinstance(value, str) else value


class Connection:
    """One SQL transaction. `execute` speaks to the driver itself, `core` is the same transaction for SQLAlchemy.

    `locks` is whether rows can be kept from others: SQLite lets one transaction write at a time, readers keep nothing.
    """

    __slots__ = ("_driver", "core", "database", "locks", "statements")

    def __init__(self, database: Database, core: sqlalchemy.Connection, *, write: bool) -> None:
        self.database = database
        self.core = core
        self.locks = write and not database.is_sqlite
        self.statements = 0
        core.begin()
        driver: Any = core.connection.dbapi_connection
        self._driver = driver
        if database.is_sqlite:
            driver.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        elif not write:
            driver.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def execute(self, sql: str, params: Params = ()) -> list[Any]:
        """Run one statement with `?` placeholders; the rows it gives back, none for one that gives none."""
        driver = self._driver
        if driver is None:
            raise StoreError("The transaction is over; begin another one.")
        self.statements += 1
        if self.database.is_sqlite:
            rows: list[Any] = driver.execute(sql, params).fetchall()
            return rows
        cursor = driver.execute(_percent(sql), params)
        return cursor.fetchall() if cursor.description else []

    def insert_many(self, table: str, columns: str, rows: Sequence[Params]) -> None:
        """Insert many rows the fast way of either database; every constraint holds as for one."""
        driver = self._driver
        if driver is None:
            raise StoreError("The transaction is over; begin another one.")
        if not rows:
            return
        self.statements += 1
        if self.database.is_sqlite:
            driver.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks(len(rows[0]))})", rows)  # noqa: S608  # our names
            return
        with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def commit(self) -> None:
        """Make everything durable; nothing can be executed afterwards."""
        self.core.commit()
        self._driver = None

    def close(self) -> None:
        """Undo what was not committed and give the connection back; a broken one takes its idle fellows with it."""
        driver: Any = self.core.connection.dbapi_connection
        self._driver = None
        with suppress(sqlite3.Error, psycopg.Error, sqlalchemy.exc.DBAPIError):
            self.core.rollback()
        if isinstance(driver, psycopg.Connection) and driver.closed:
            self.core.invalidate()
            self.database.engine.dispose()
        self.core.close()


def meaning(error: BaseException) -> StoreError | None:
    """What a driver's error is to us: Busy for what may be tried again, StorageFull, or None for a fault of ours."""
    if isinstance(error, sqlalchemy.exc.TimeoutError):
        return Busy(1)
    if isinstance(error, sqlalchemy.exc.DBAPIError) and error.orig is not None:
        error = error.orig
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in SQLITE_BUSY:
            return Busy(1)
        return StorageFull(str(error)) if code in SQLITE_FULL else None
    if isinstance(error, psycopg.Error):
        if isinstance(error, psycopg.errors.UniqueViolation):
            return Busy(1) if error.diag.constraint_name in RACES else None
        if error.sqlstate in POSTGRES_BUSY:
            return Busy(1)
        if error.sqlstate in POSTGRES_GONE and isinstance(error, psycopg.OperationalError | psycopg.InternalError):
            return Unreachable((str(error).splitlines() or ["no answer"])[0])
        return StorageFull(str(error).splitlines()[0]) if error.sqlstate in POSTGRES_FULL else None
    return None


DRIVER_ERRORS: Final = (sqlite3.Error, psycopg.Error, sqlalchemy.exc.DBAPIError, sqlalchemy.exc.TimeoutError)
"""Everything that a database may raise through us."""


@lru_cache(maxsize=256)
def marks(rows: int, columns: int = 1) -> str:
    """Placeholders: `marks(3)` is `?,?,?`, `marks(2, 2)` is `(?,?),(?,?)`."""
    row = ",".join("?" * columns)
    return ",".join([f"({row})" if columns > 1 else row] * rows)
