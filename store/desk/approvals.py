"""Requests that another person decides: what was asked, why it needs a second person, what was decided."""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from store.database import Connection
from store.tables.types import json_text

OPEN: Final = "open"

_COLUMNS: Final = "number, rule, asked_by, body, evidence, at, expires, status, decided_by, note, decided_at"


@dataclass(frozen=True, slots=True)
class Approval:
    """A request; `body` is what will be done, `evidence` what the approver sees, `status` open until decided."""

    number: int
    rule: str
    asked_by: str
    body: Mapping[str, Any]
    evidence: Mapping[str, Any]
    at: datetime
    expires: datetime
    status: str
    decided_by: str | None = None
    note: str | None = None
    decided_at: datetime | None = None


class Approvals:
    """Requests by number."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(  # what a request consists of
        self,
        rule: str,
        asked_by: str,
        body: Mapping[str, Any],
        evidence: Mapping[str, Any],
        at: datetime,
        expires: datetime,
    ) -> int:
        """Open a request (JSON values) and give its number."""
        moment = self._connection.database.moment
        number: int = self._connection.execute(
            "INSERT INTO approval (rule, asked_by, body, evidence, at, expires, status) "
            "VALUES (?, ?, ?, ?, ?, ?, 'open') RETURNING number",
            (rule, asked_by, json_text(body), json_text(evidence), moment(at), moment(expires)),
        )[0][0]
        return number

    def get(self, number: int, *, lock: bool = False) -> Approval | None:
        """The request of that number; `lock` keeps others from deciding it until the transaction ends."""
        locking = " FOR UPDATE" if lock and self._connection.locks else ""
        return next(iter(self._select(f"WHERE number = ?{locking}", (number,))), None)

    def pending(self, now: datetime) -> list[Approval]:
        """Requests that are open and not expired, oldest first."""
        moment = self._connection.database.moment(now)
        return self._select("WHERE status = 'open' AND expires > ? ORDER BY number", (moment,))

    def expired(self, now: datetime) -> list[Approval]:
        """Requests that nobody decided in time and that are still open, oldest first."""
        moment = self._connection.database.moment(now)
        return self._select("WHERE status = 'open' AND expires <= ? ORDER BY number", (moment,))

    def decide(self, number: int, status: str, by: str, note: str | None, at: datetime) -> bool:
        """Decide an open request; False when it was decided before, which stays as it is."""
        decided = self._connection.execute(
            "UPDATE approval SET status = ?, decided_by = ?, note = ?, decided_at = ? "
            "WHERE number = ? AND status = 'open' RETURNING number",
            (status, by, note, self._connection.database.moment(at), number),
        )
        return bool(decided)

    def _select(self, rest: str, params: tuple[Any, ...]) -> list[Approval]:
        moment = self._connection.database.read_moment
        return [
            Approval(
                number, rule, asked_by, json.loads(body), json.loads(evidence), moment(at), moment(expires), status,
                decided_by, note, decided_at and moment(decided_at),
            )
            for number, rule, asked_by, body, evidence, at, expires, status, decided_by, note, decided_at
            in self._connection.execute(f"SELECT {_COLUMNS} FROM approval {rest}", params)
        ]  # fmt: skip
