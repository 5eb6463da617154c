"""Messages that were answered, with the answer: the same message twice gets the same reply and changes nothing."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store.database import Connection
from store.errors import DuplicateKey, IdTaken
from store.tables.types import json_text


class Inbox:
    """Message identities are unique in their channel."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def seen(self, channel: str, message: str, person: str, said: str) -> Mapping[str, Any] | None:
        """The reply that the message got, None for one that is new.

        Raises:
            IdTaken: It was another person's message, or had other words.
        """
        rows = self._connection.execute(
            "SELECT reply, person, said FROM inbox WHERE channel = ? AND id = ?", (channel, message)
        )
        if not rows:
            return None
        if rows[0][1] != person or rows[0][2] not in {None, said}:
            raise IdTaken(channel, message)
        reply: Mapping[str, Any] = json.loads(rows[0][0])
        return reply

    def keep(self, channel: str, message: str, person: str, said: str, reply: Mapping[str, Any], at: datetime) -> None:
        """Keep the reply (JSON values) with the message and its words.

        Raises:
            DuplicateKey: Somebody else answered it in the meantime.
        """
        kept = self._connection.execute(
            "INSERT INTO inbox (channel, id, person, said, reply, at) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (channel, id) DO NOTHING RETURNING id",
            (channel, message, person, said, json_text(reply), self._connection.database.moment(at)),
        )
        if not kept:
            raise DuplicateKey(f"{channel}:{message}")
