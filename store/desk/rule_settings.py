"""What people set in the rule book: thresholds and severities, by whom, when, why; only a later one takes one back."""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from store.database import Connection

_COLUMNS: Final = "number, rule, setting, value, product, place, why, person, at, undoes"


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """One setting: `setting` is `severity` or a threshold, for the plant, or only for a product, a place, or both.

    `rule` is the rule it was set for, None for a threshold that belongs to none. `undoes` numbers the setting that
    this one takes back; `number` is given by the books.
    """

    rule: str | None
    setting: str
    value: str
    product: str | None
    place: str | None
    why: str
    person: str
    at: datetime
    undoes: int | None = None
    number: int = 0


class RuleSettings:
    """Settings by number; every process takes a new one at its next transaction."""

    def __init__(self, connection: Connection, changed: Callable[[], None]) -> None:
        self._connection = connection
        self._changed = changed

    def add(self, setting: RuleSetting) -> RuleSetting:
        """Keep a setting, numbered after the last."""
        # The catalog's version is what processes look at anyway, and its row lets nobody number at the same time.
        self._connection.execute("UPDATE catalog_version SET version = version + 1 WHERE id = 1")
        number = self._connection.execute("SELECT coalesce(max(number), 0) + 1 FROM rule_setting")[0][0]
        kept = replace(setting, number=number)
        moment = self._connection.database.moment(kept.at)
        self._connection.execute(
            f"INSERT INTO rule_setting ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number, kept.rule, kept.setting, kept.value, kept.product, kept.place, kept.why, kept.person, moment,
                kept.undoes,
            ),
        )  # fmt: skip
        self._changed()
        return kept

    def all(self) -> list[RuleSetting]:
        """Every setting and everything that took one back, oldest first."""
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM rule_setting ORDER BY number")
        return [self._setting(row) for row in rows]

    def in_force(self) -> list[RuleSetting]:
        """The settings that nobody took back, oldest first."""
        found = self.all()
        undone = {s.undoes for s in found}
        return [s for s in found if s.undoes is None and s.number not in undone]

    def _setting(self, row: tuple[Any, ...]) -> RuleSetting:
        number, rule, setting, value, product, place, why, person, at, undoes = row
        moment = self._connection.database.read_moment
        return RuleSetting(rule, setting, value, product, place, why, person, moment(at), undoes, number)
