"""Table of mock recalls: exercises that auditors ask for."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from store.tables.types import SERIAL, Moment, Row


class MockRecallRow(Row, table=True):
    """A recall that was tried: when, of what, how much was in question and how much of it was found."""

    __tablename__ = "mock_recall"

    number: int = Field(primary_key=True, sa_type=SERIAL)
    lot: str
    product: str
    person: str
    started: datetime = Field(sa_type=Moment)
    finished: datetime | None = Field(default=None, sa_type=Moment)
    unit: str
    in_question: int = Field(sa_type=BigInteger)
    found: int = Field(sa_type=BigInteger)
    lots: int
    customers: int
    note: str | None = None
