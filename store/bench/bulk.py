"""Fills a database that nobody else uses yet: rows first, then what guards and finds them."""

# ruff: noqa: S608  # the names in these statements are ours

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

from store.database import Params
from store.session import Store

Execute = Callable[[str, Params], object]

FILLED: Final = ("lot", "entry", "posting", "balance", "lineage")


@contextmanager
def bulk(store: Store) -> Iterator[Execute]:
    """Run statements with `?` placeholders fast; what checks and indexes each row stands again afterwards.

    Not for books that anybody relies on: a power cut in the middle leaves them broken.
    """
    with _sqlite(store) if store.database.is_sqlite else _postgresql(store) as execute:
        yield execute


@contextmanager
def _sqlite(store: Store) -> Iterator[Execute]:
    """A connection of its own, statement by statement so that the log stays short; it does not wait for the disk."""
    with closing(sqlite3.connect(str(store.database.file), isolation_level=None)) as connection:
        for pragma in ("synchronous = OFF", "cache_size = -400000", "temp_store = FILE"):
            connection.execute(f"PRAGMA {pragma}")
        kept = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL "
            f"AND tbl_name IN ({', '.join('?' * len(FILLED))})",
            FILLED,
        ).fetchall()
        for what, name, _ in kept:
            connection.execute(f"DROP {what} {name}")
        yield connection.execute
        for _, _, sql in kept:
            connection.execute(sql)


@contextmanager
def _postgresql(store: Store) -> Iterator[Execute]:
    """One transaction; triggers and foreign keys rest where the user may let them, else it takes longer."""
    connection = store.database.open(write=True)
    try:
        if connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")[0][0]:
            connection.execute("SET LOCAL session_replication_role = replica")
        yield connection.execute
        connection.commit()
    finally:
        connection.close()
    with store.database.engine.connect() as idle:
        driver: Any = idle.execution_options(isolation_level="AUTOCOMMIT").connection.dbapi_connection
        driver.execute(f"VACUUM ANALYZE {', '.join(FILLED)}")
