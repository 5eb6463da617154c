"""The least that a walk can be: one recursive query over pairs of whole numbers, indexed both ways, by the driver."""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Protocol

import psycopg

from store.database import Database
from store.trace.lineage import Direction

_SQLITE: Final = (
    "WITH RECURSIVE t (x) AS (SELECT ? UNION SELECT u.{far} FROM t CROSS JOIN used u WHERE u.{near} = t.x) "
    "SELECT x FROM t"
)
_POSTGRESQL: Final = (
    "WITH RECURSIVE t (x) AS (SELECT %s::int UNION SELECT u.{far} FROM t JOIN bench_used u ON u.{near} = t.x) "
    "SELECT x FROM t"
)


class Bare(Protocol):
    """A genealogy without anything but its edges."""

    def reach(self, start: int, direction: Direction) -> int:
        """How many lots the start leads to; they are read as rows."""

    def close(self) -> None:
        """Let go of the database."""


class BareSqlite:
    """Edges in a file of their own, with a large cache."""

    def __init__(self, file: Path, edges: Iterable[tuple[int, int]]) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        execute = self._connection.execute
        for pragma in ("journal_mode = WAL", "synchronous = OFF", "cache_size = -200000", "mmap_size = 1000000000"):
            execute(f"PRAGMA {pragma}")
        if execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            execute("BEGIN")
            execute(
                "CREATE TABLE used (child INT NOT NULL, parent INT NOT NULL, PRIMARY KEY (child, parent)) WITHOUT ROWID"
            )
            self._connection.executemany("INSERT OR IGNORE INTO used VALUES (?, ?)", edges)
            execute("CREATE INDEX used_parent ON used (parent, child)")
            execute("COMMIT")
            execute("ANALYZE")

    def reach(self, start: int, direction: Direction) -> int:
        """How many lots the start leads to; they are read as rows."""
        return len(self._connection.execute(_walk(_SQLITE, direction), (start,)).fetchall()) - 1

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


class BarePostgresql:
    """Edges in a table beside the books, over a connection of its own."""

    def __init__(self, database: Database, edges: Iterable[tuple[int, int]]) -> None:
        url = database.url.set(drivername="postgresql")
        self._connection: psycopg.Connection[Any] = psycopg.connect(
            url.render_as_string(hide_password=False), autocommit=True, prepare_threshold=2
        )
        self._connection.execute("SET jit = off")
        with suppress(psycopg.errors.DuplicateTable):
            self._connection.execute("CREATE TABLE bench_used (child INT NOT NULL, parent INT NOT NULL)")
            with self._connection.cursor() as cursor, cursor.copy("COPY bench_used FROM STDIN") as copy:
                for edge in set(edges):
                    copy.write_row(edge)
            self._connection.execute("ALTER TABLE bench_used ADD PRIMARY KEY (child, parent)")
            self._connection.execute("CREATE INDEX bench_used_parent ON bench_used (parent, child)")
            self._connection.execute("VACUUM ANALYZE bench_used")

    def reach(self, start: int, direction: Direction) -> int:
        """How many lots the start leads to; they are read as rows."""
        statement: Any = _walk(_POSTGRESQL, direction)
        return len(self._connection.execute(statement, (start,)).fetchall()) - 1

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _walk(statement: str, direction: Direction) -> str:
    far, near = ("parent", "child") if direction == "backward" else ("child", "parent")
    return statement.format(far=far, near=near)
