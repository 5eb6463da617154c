"""What deserves somebody's look: one open warning a key, seen again and again, until acknowledged or closed."""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from store.database import Connection

_COLUMNS: Final = (
    "id, rule, key, lot, product, place, say, owner, raised, seen, times, acknowledged_by, acknowledged_at, closed, "
    "rests_until, rested_by"
)


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001  # what the floor calls it
    """A warning; `key` names what it is about, `owner` who should act, `times` how often it was seen.

    Until `rests_until` nobody is reminded of it; `rested_by` wanted that.
    """

    id: int
    rule: str
    key: str
    lot: str | None
    product: str | None
    place: str | None
    say: str
    owner: str | None
    raised: datetime
    seen: datetime
    times: int
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    closed: datetime | None = None
    rests_until: datetime | None = None
    rested_by: str | None = None

    def resting(self, now: datetime) -> bool:
        """Whether somebody put it aside for a while that is not over."""
        return self.rests_until is not None and self.rests_until > now


class Warnings:
    """Warnings, of which at most one is open for each key."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def raise_(  # noqa: PLR0913, PLR0917  # what a warning consists of
        self,
        rule: str,
        key: str,
        lot: str | None,
        product: str | None,
        place: str | None,
        say: str,
        owner: str | None,
        at: datetime,
    ) -> int:
        """Raise a warning, or note that the open one of this key was seen again; its id either way."""
        moment = self._connection.database.moment(at)
        number: int = self._connection.execute(
            "INSERT INTO warning (rule, key, lot, product, place, say, owner, raised, seen, times) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (key) WHERE closed IS NULL DO UPDATE SET "
            "say = excluded.say, owner = excluded.owner, seen = excluded.seen, times = warning.times + 1 RETURNING id",
            (rule, key, lot, product, place, say, owner, moment, moment),
        )[0][0]
        return number

    def get(self, number: int) -> Warning | None:
        """The warning of that id."""
        return next(iter(self._select("WHERE id = ?", (number,))), None)

    def list(self, *, open_only: bool = False) -> Sequence[Warning]:
        """Warnings, oldest first; `open_only` leaves out those that are closed."""
        return self._select(f"{'WHERE closed IS NULL ' if open_only else ''}ORDER BY id", ())

    def since(self, moment: datetime) -> Sequence[Warning]:
        """Warnings that are open, or were at that moment or later, oldest first."""
        return self._select(
            "WHERE closed IS NULL OR closed >= ? ORDER BY id", (self._connection.database.moment(moment),)
        )

    def acknowledge(self, number: int, by: str, at: datetime) -> bool:
        """Somebody takes care of an open warning; False when somebody did before, or it is closed."""
        taken = self._connection.execute(
            "UPDATE warning SET acknowledged_by = ?, acknowledged_at = ? "
            "WHERE id = ? AND acknowledged_by IS NULL AND closed IS NULL RETURNING id",
            (by, self._connection.database.moment(at), number),
        )
        return bool(taken)

    def rest(self, number: int, by: str, until: datetime) -> bool:
        """Put an open warning aside for a while; False when somebody takes care of it, or it is closed."""
        rested = self._connection.execute(
            "UPDATE warning SET rests_until = ?, rested_by = ? "
            "WHERE id = ? AND acknowledged_by IS NULL AND closed IS NULL RETURNING id",
            (self._connection.database.moment(until), by, number),
        )
        return bool(rested)

    def close(self, number: int, at: datetime) -> bool:
        """The matter is over; False when it was closed before."""
        closed = self._connection.execute(
            "UPDATE warning SET closed = ? WHERE id = ? AND closed IS NULL RETURNING id",
            (self._connection.database.moment(at), number),
        )
        return bool(closed)

    def _select(self, rest: str, params: tuple[Any, ...]) -> Sequence[Warning]:
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM warning {rest}", params)
        return [self._warning(row) for row in rows]

    def _warning(self, row: tuple[Any, ...]) -> Warning:
        (
            number, rule, key, lot, product, place, say, owner, raised, seen, times, acknowledged_by, acknowledged_at,
            closed, rests_until, rested_by,
        ) = row  # fmt: skip
        moment = self._connection.database.read_moment
        return Warning(
            number, rule, key, lot, product, place, say, owner, moment(raised), moment(seen), times, acknowledged_by,
            acknowledged_at and moment(acknowledged_at), closed and moment(closed),
            rests_until and moment(rests_until), rested_by,
        )  # fmt: skip
