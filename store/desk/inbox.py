"""Messages that were answered, with the answer: the same message twice gets the same reply and changes nothing."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store.database import Connection
from store.errors import DuplicateKey
from store.tables.types import json_text


class Inbox:
    """Message identities are unique in their channel."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def seen(self, channel: str, message: str) -> Mapping[str, Any] | None:
        """The reply that the message got, None for one that is new."""
        rows = self._connection.execute("SELECT reply FROM inbox WHERE channel = ? AND id = ?", (channel, message))
        if not rows:
            return None
        reply: Mapping[str, Any] = json.loads(rows[0][0])
        return reply

    def keep(self, channel: str, message: str, person: str, reply: Mapping[str, Any], at: datetime) -> None:
        """Keep the reply (JSON values) with the message.

        Raises:
            DuplicateKey: Somebody else answered it in the meantime.
        """
        kept = self._connection.execute(
            "INSERT INTO inbox (channel, id, person, reply, at) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (channel, id) DO NOTHING RETURNING id",
            (channel, message, person, json_text(reply), self._connection.database.moment(at)),
        )
        if not kept:
            raise DuplicateKey(f"{channel}:{message}")
