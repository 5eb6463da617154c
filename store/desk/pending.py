"""Open dialogues: what the assistant waits for, per person, channel and thread, until it expires."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store.database import Connection
from store.tables.types import json_text


class Pending:
    """At most one open dialogue for each person in each thread of a channel."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(
        self, person: str, channel: str, now: datetime | None = None, *, thread: str | None = None
    ) -> Mapping[str, Any] | None:
        """The open dialogue's state; with `now`, None for one that expired."""
        rows = self._connection.execute(
            "SELECT state, expires FROM pending WHERE person = ? AND channel = ? AND thread = ?",
            (person, channel, thread or ""),
        )
        if not rows or (now is not None and self._connection.database.read_moment(rows[0][1]) <= now):
            return None
        state: Mapping[str, Any] = json.loads(rows[0][0])
        return state

    def latest(self, person: str, channel: str, now: datetime) -> str | None:
        """The thread of the dialogue that was kept last and has not expired; None without one."""
        moment = self._connection.database.moment
        rows = self._connection.execute(
            "SELECT thread FROM pending WHERE person = ? AND channel = ? AND expires > ? ORDER BY kept DESC LIMIT 1",
            (person, channel, moment(now)),
        )
        return str(rows[0][0]) if rows else None

    def in_thread(self, channel: str, thread: str, now: datetime) -> list[Mapping[str, Any]]:
        """The states of everybody's dialogues in a thread that have not expired, latest first."""
        rows = self._connection.execute(
            "SELECT state FROM pending WHERE channel = ? AND thread = ? AND expires > ? ORDER BY kept DESC",
            (channel, thread, self._connection.database.moment(now)),
        )
        return [json.loads(row[0]) for row in rows]

    def keep(
        self,
        person: str,
        channel: str,
        state: Mapping[str, Any] | None,
        expires: datetime,
        now: datetime,
        *,
        thread: str | None = None,
    ) -> None:
        """Keep the dialogue's state (JSON values) until `expires`; None, or a time that is past, ends it."""
        if state is None or expires <= now:
            self.clear(person, channel, thread=thread)
            return
        moment = self._connection.database.moment
        if thread is not None:  # threads come and go, and leave nothing behind
            self._connection.execute(
                "DELETE FROM pending WHERE person = ? AND channel = ? AND expires <= ?", (person, channel, moment(now))
            )
        self._connection.execute(
            "INSERT INTO pending (person, channel, thread, state, kept, expires) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (person, channel, thread) DO UPDATE "
            "SET state = excluded.state, kept = excluded.kept, expires = excluded.expires",
            (person, channel, thread or "", json_text(state), moment(now), moment(expires)),
        )

    def clear(self, person: str, channel: str, *, thread: str | None = None) -> None:
        """End the dialogue, if there is one."""
        self._connection.execute(
            "DELETE FROM pending WHERE person = ? AND channel = ? AND thread = ?", (person, channel, thread or "")
        )
