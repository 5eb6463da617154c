"""Rules that fired, whether they stopped something, asked for approval or only warned."""

from collections.abc import Mapping
from datetime import datetime

from store.database import Connection


class Firings:
    """Every firing is kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(  # what a firing consists of
        self,
        rule: str,
        severity: str,
        person: str | None,
        lot: str | None,
        place: str | None,
        entry: int | None,
        at: datetime,
    ) -> None:
        """Note that a rule fired; `entry` is the number of what posted all the same."""
        self._connection.execute(
            "INSERT INTO firing (rule, severity, person, lot, place, entry, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (rule, severity, person, lot, place, entry, self._connection.database.moment(at)),
        )

    def counts(self) -> Mapping[str, int]:
        """How often each rule fired."""
        return dict(self._connection.execute("SELECT rule, count(*) FROM firing GROUP BY rule ORDER BY rule"))
