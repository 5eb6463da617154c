"""Open dialogues: what the assistant waits for, per person and channel, until it expires."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store.database import Connection
from store.tables.types import json_text


class Pending:
    """At most one open dialogue for each person in each channel."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, person: str, channel: str, now: datetime | None = None) -> Mapping[str, Any] | None:
        """The open dialogue's state; with `now`, None for one that expired."""
        rows = self._connection.execute(
            "SELECT state, expires FROM pending WHERE person = ? AND channel = ?", (person, channel)
        )
        if not rows or (now is not None and self._connection.database.read_moment(rows[0][1]) <= now):
            return None
        state: Mapping[str, Any] = json.loads(rows[0][0])
        return state

    def keep(
        self, person: str, channel: str, state: Mapping[str, Any] | None, expires: datetime, now: datetime
    ) -> None:
        """Keep the dialogue's state (JSON values) until `expires`; None, or a time that is past, ends it."""
        if state is None or expires <= now:
            self.clear(person, channel)
            return
        self._connection.execute(
            "INSERT INTO pending (person, channel, state, expires) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (person, channel) DO UPDATE SET state = excluded.state, expires = excluded.expires",
            (person, channel, json_text(state), self._connection.database.moment(expires)),
        )

    def clear(self, person: str, channel: str) -> None:
        """End the dialogue, if there is one."""
        self._connection.execute("DELETE FROM pending WHERE person = ? AND channel = ?", (person, channel))
