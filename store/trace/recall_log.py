"""Recalls as they were run, real ones and exercises: timed and kept, because audits ask what was tried and found."""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from store.session import Session
from store.tables.types import json_text
from store.trace.recall import Recall, examine

_COLUMNS: Final = (
    "number, real, lot, also, product, person, started, finished, finished_by, unit, in_question, found, lots, "
    "customers, reason"
)


@dataclass(frozen=True, slots=True)
class KeptRecall:
    """A recall of `lot`, and of `also` with it; quantities are in 1/10,000 of `unit`, those of all of them together.

    `found` is what is on hand, used, scrapped, shipped or adjusted for a reason; what only a count showed to be
    missing was not found. `lots` and `customers` are how many the recall reached. All are as of the finish, or of
    the start while it runs. `person` began it.
    """

    number: int
    real: bool
    lot: str
    also: tuple[str, ...]
    product: str
    person: str
    started: datetime
    finished: datetime | None
    finished_by: str | None
    unit: str
    in_question: int
    found: int
    lots: int
    customers: int
    reason: str | None = None

    @property
    def percent(self) -> float:
        """What was found of what was in question, to two decimals; 100 only where all of it was."""
        if self.found == self.in_question:
            return 100.0
        if not self.in_question:
            return 0.0
        told = round(float(Fraction(self.found * 100, self.in_question)), 2)
        return told if told != 100.0 else 99.99 if self.found < self.in_question else 100.01  # noqa: PLR2004  # percent

    @property
    def took(self) -> timedelta | None:
        """From start to finish; None while it runs."""
        return self.finished - self.started if self.finished else None


def start(
    session: Session,
    report: Recall,
    person: str,
    *,
    real: bool,
    reason: str | None = None,
    also: Sequence[str] = (),
) -> int:
    """Keep the recall that `report` answers, begun when the report was opened; gives its number.

    `also` are the lots, of the same product, that were examined with it.
    """
    names = tuple(code for code in dict.fromkeys(also) if code != report.lot.code)
    known = (real, report.lot.code, json_text(names), report.lot.product, person)
    opened = session.connection.database.moment(report.opened_at)
    rows = session.connection.execute(
        "INSERT INTO recall_log (real, lot, also, product, person, reason, started, unit, in_question, found, lots, "
        "customers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
        (*known, reason, opened, report.itself.unit, *_figures(report, names)),
    )
    number: int = rows[0][0]
    return number


def finish(session: Session, number: int, person: str, at: datetime) -> bool:
    """Stop the clock of a recall and take its figures anew; False when there is none of that number that runs."""
    running = get(session, number, lock=True)
    if running is None or running.finished is not None:
        return False
    report = examine(session, running.lot, at, also=running.also)
    session.connection.execute(
        "UPDATE recall_log SET finished = ?, finished_by = ?, in_question = ?, found = ?, lots = ?, customers = ? "
        "WHERE number = ? RETURNING number",
        (session.connection.database.moment(at), person, *_figures(report, running.also), number),
    )
    return True


def _figures(report: Recall, also: Sequence[str]) -> tuple[int, int, int, int]:
    """Amount in question, amount found, lots reached, customers reached."""
    recalled = {report.lot.code, *also}
    accounts = [found.account for found in report.affected if found.lot.code in recalled]
    into = sum(account.into for account in accounts)
    found = into - sum(account.unexplained + account.variance for account in accounts)
    return into, found, len(report.affected), len({row.partner for row in report.shipments})


def get(session: Session, number: int, *, lock: bool = False) -> KeptRecall | None:
    """The recall of that number; `lock` keeps others from finishing it until the transaction ends."""
    locking = " FOR UPDATE" if lock and session.connection.locks else ""
    return next(iter(_select(session, f"WHERE number = ?{locking}", (number,))), None)


def running(session: Session, lot: str, *, real: bool) -> KeptRecall | None:
    """The latest recall of this lot, real or an exercise, that is not finished."""
    rest = "WHERE lot = ? AND real = ? AND finished IS NULL ORDER BY number DESC LIMIT 1"
    return next(iter(_select(session, rest, (lot, real))), None)


def kept(session: Session) -> list[KeptRecall]:
    """Every recall, newest first."""
    return _select(session, "ORDER BY number DESC", ())


def _select(session: Session, rest: str, params: tuple[Any, ...]) -> list[KeptRecall]:
    moment = session.connection.database.read_moment
    return [
        KeptRecall(
            number, bool(real), lot, tuple(json.loads(also)), product, person, moment(started),
            finished and moment(finished), finished_by, unit, in_question, found, lots, customers, reason,
        )
        for number, real, lot, also, product, person, started, finished, finished_by, unit, in_question, found, lots,
        customers, reason
        in session.connection.execute(f"SELECT {_COLUMNS} FROM recall_log {rest}", params)
    ]  # fmt: skip
