"""Messages to deliver at least once: queued in the transaction that makes them true, sent by the courier."""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from store.database import Connection, marks
from store.tables.types import json_text

LEASE: Final = timedelta(minutes=1)
"""How long a message that somebody took to deliver is kept from others."""

_COLUMNS: Final = "id, sink, key, body, at, attempts, error, sent, receipt"


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the outbox: `sink` says where to, `receipt` is what the channel called it when it was `sent`."""

    id: int
    sink: str
    key: str
    body: Mapping[str, Any]
    at: datetime
    attempts: int
    error: str | None = None
    sent: datetime | None = None
    receipt: str | None = None


class Outbox:
    """A key is one message, however often it is queued."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def queue(self, sink: str, key: str, body: Mapping[str, Any], at: datetime) -> bool:
        """Queue a message (JSON values); False when the key was queued before, which stays as it is."""
        moment = self._connection.database.moment(at)
        queued = self._connection.execute(
            "INSERT INTO outbox (sink, key, body, at, due, attempts) VALUES (?, ?, ?, ?, ?, 0) "
            "ON CONFLICT (key) DO NOTHING RETURNING id",
            (sink, key, json_text(body), moment, moment),
        )
        return bool(queued)

    def due(self, now: datetime, limit: int = 20, lease: timedelta = LEASE) -> list[Message]:
        """Take messages to deliver, oldest first and the oldest of each sink only; commit before sending.

        Others are not given them before the lease is over, so that a courier that died loses nothing; and a sink's
        next message is given to nobody before its oldest is done or given up, so that each sink keeps its order.
        """
        moment = self._connection.database.moment
        skip = "" if self._connection.database.is_sqlite else " FOR UPDATE SKIP LOCKED"
        rows = self._connection.execute(
            f"UPDATE outbox SET due = ? WHERE id IN (SELECT id FROM outbox WHERE due <= ? AND id IN "
            f"(SELECT min(id) FROM outbox WHERE due IS NOT NULL GROUP BY sink) "
            f"ORDER BY id LIMIT ?{skip}) RETURNING {_COLUMNS}",
            (moment(now + lease), moment(now), limit),
        )
        return sorted((self._message(row) for row in rows), key=lambda message: message.id)

    def done(self, message: int, at: datetime, receipt: str | None = None) -> None:
        """The message was delivered; `receipt` is what the channel calls it."""
        self._connection.execute(
            "UPDATE outbox SET due = NULL, attempts = attempts + 1, error = NULL, sent = ?, receipt = ? WHERE id = ?",
            (self._connection.database.moment(at), receipt, message),
        )

    def failed(self, message: int, error: str, again: datetime | None) -> None:
        """The message was not delivered; it is due `again`, or given up with None."""
        due = None if again is None else self._connection.database.moment(again)
        self._connection.execute(
            "UPDATE outbox SET due = ?, attempts = attempts + 1, error = ? WHERE id = ?", (due, error, message)
        )

    def get(self, key: str) -> Message | None:
        """The message of that key."""
        return next(iter(self.among((key,))), None)

    def among(self, keys: Sequence[str]) -> list[Message]:
        """The messages of those keys that there are, oldest first."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM outbox WHERE key IN ({marks(len(keys))}) ORDER BY id", keys
        )
        return [self._message(row) for row in rows]

    def waiting(self) -> int:
        """How many messages are not delivered and not given up."""
        count: int = self._connection.execute("SELECT count(*) FROM outbox WHERE due IS NOT NULL")[0][0]
        return count

    def all(self) -> list[Message]:
        """Every message, oldest first."""
        return [self._message(row) for row in self._connection.execute(f"SELECT {_COLUMNS} FROM outbox ORDER BY id")]

    def set_aside(self) -> list[Message]:
        """Messages that were given up: their sink refused them for good."""
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM outbox WHERE due IS NULL AND sent IS NULL ORDER BY id")
        return [self._message(row) for row in rows]

    def troubled(self) -> list[Message]:
        """Messages that were tried in vain and are not delivered, also those that were given up."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM outbox WHERE sent IS NULL AND error IS NOT NULL ORDER BY id"
        )
        return [self._message(row) for row in rows]

    def again(self, message: int, at: datetime) -> bool:
        """A message that was given up is due once more; False where it was not."""
        found = self._connection.execute(
            "UPDATE outbox SET due = ?, attempts = 0 WHERE id = ? AND due IS NULL AND sent IS NULL RETURNING id",
            (self._connection.database.moment(at), message),
        )
        return bool(found)

    def _message(self, row: tuple[Any, ...]) -> Message:
        number, sink, key, body, at, attempts, error, sent, receipt = row
        moment = self._connection.database.read_moment
        return Message(number, sink, key, json.loads(body), moment(at), attempts, error, sent and moment(sent), receipt)
