"""The same transaction written by hand on `sqlite3`: what the ledger is measured against.

One transaction is an idempotency key, a ledger row, two balances and an outbox row, with one commit that waits for
the disk: the tables have no guards, nothing is checked, nobody can ask afterwards who said what.
"""

import random
import sqlite3
import uuid
from pathlib import Path
from typing import Final

LOTS: Final = 500
PLACES: Final = 20

_SCHEMA: Final = """
CREATE TABLE idem (key TEXT PRIMARY KEY, entry_id BIGINT NOT NULL);
CREATE TABLE ledger (id INTEGER PRIMARY KEY, ts TEXT NOT NULL, kind TEXT NOT NULL, lot_id INT NOT NULL,
    src INT NOT NULL, dst INT NOT NULL, qty_mg BIGINT NOT NULL, actor TEXT NOT NULL, key TEXT NOT NULL);
CREATE TABLE balance (lot_id INT NOT NULL, loc_id INT NOT NULL, qty_mg BIGINT NOT NULL, PRIMARY KEY (lot_id, loc_id));
CREATE TABLE outbox (id INTEGER PRIMARY KEY, entry_id BIGINT NOT NULL, topic TEXT NOT NULL, body TEXT NOT NULL,
    state INT NOT NULL DEFAULT 0);
"""

_ENTRY: Final = "INSERT INTO ledger (ts, kind, lot_id, src, dst, qty_mg, actor, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_BALANCE: Final = (
    "INSERT INTO balance (lot_id, loc_id, qty_mg) VALUES (?, ?, ?) "
    "ON CONFLICT (lot_id, loc_id) DO UPDATE SET qty_mg = balance.qty_mg + excluded.qty_mg"
)


class RawLedger:
    """A ledger of five statements a transaction."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(_SCHEMA)

    def post(self, n: int) -> None:
        """Move something of one lot between two places."""
        execute = self._connection.execute
        source, target = random.sample(range(PLACES), 2)
        lot, quantity, key = n % LOTS, random.randrange(1, 10**6), uuid.uuid4().hex  # noqa: S311  # any amount
        execute("BEGIN IMMEDIATE")
        row = ("2026-11-22T00:00:00Z", "move", lot, source, target, quantity, "w1", key)
        entry = execute(_ENTRY, row).lastrowid
        execute("INSERT INTO idem VALUES (?, ?)", (key, entry))
        execute(_BALANCE, (lot, source, -quantity))
        execute(_BALANCE, (lot, target, quantity))
        body = f'{{"lot":{lot},"qty":{quantity}}}'
        execute("INSERT INTO outbox (entry_id, topic, body) VALUES (?, ?, ?)", (entry, "move", body))
        execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
