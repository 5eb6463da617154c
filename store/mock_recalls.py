"""Mock recalls: exercises that are timed and kept, because audits ask what was tried and how much was found."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from store.recall import Recall
from store.session import Session

_COLUMNS: Final = "number, lot, product, person, started, finished, unit, in_question, found, lots, customers, note"


@dataclass(frozen=True, slots=True)
class MockRecall:
    """An exercise; quantities are in 1/10,000 of `unit`.

    `found` is what is on hand, used, scrapped, shipped or adjusted for a reason; what only a count showed to be
    missing was not found. `lots` and `customers` are how many the recall reached.
    """

    number: int
    lot: str
    product: str
    person: str
    started: datetime
    finished: datetime | None
    unit: str
    in_question: int
    found: int
    lots: int
    customers: int
    note: str | None = None

    @property
    def percent(self) -> float:
        """What was found of what was in question, to two decimals."""
        return round(float(Fraction(self.found * 100, self.in_question)), 2) if self.in_question else 100.0

    @property
    def took(self) -> timedelta | None:
        """From start to finish; None while it runs."""
        return self.finished - self.started if self.finished else None


def start(session: Session, report: Recall, person: str, note: str | None = None) -> int:
    """Keep the exercise that `report` answers, begun when the report was opened; gives its number."""
    account = report.itself.account
    rows = session.connection.execute(
        "INSERT INTO mock_recall (lot, product, person, started, unit, in_question, found, lots, customers, note) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
        (
            report.lot.code, report.lot.product, person, session.connection.database.moment(report.opened_at),
            report.itself.unit, account.into, account.into - account.unexplained - account.variance,
            len(report.affected), len({row.partner for row in report.shipments}), note,
        ),
    )  # fmt: skip
    number: int = rows[0][0]
    return number


def finish(session: Session, number: int, at: datetime) -> bool:
    """Stop the clock of an exercise; False when there is none of that number, or it was finished before."""
    return bool(
        session.connection.execute(
            "UPDATE mock_recall SET finished = ? WHERE number = ? AND finished IS NULL RETURNING number",
            (session.connection.database.moment(at), number),
        )
    )


def kept(session: Session) -> list[MockRecall]:
    """Every exercise, newest first."""
    moment = session.connection.database.read_moment
    return [
        MockRecall(
            number, lot, product, person, moment(started), finished and moment(finished), unit, in_question, found,
            lots, customers, note,
        )
        for number, lot, product, person, started, finished, unit, in_question, found, lots, customers, note
        in session.connection.execute(f"SELECT {_COLUMNS} FROM mock_recall ORDER BY number DESC")  # noqa: S608  # ours
    ]  # fmt: skip
