"""Table of recalls that were run: the real ones, and the exercises that auditors ask for."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column
from sqlmodel import Field

from store.tables.types import SERIAL, Json, Moment, Row


class RecallRow(Row, table=True):
    """A recall: when, of what, why, how much was in question and how much of it was found."""

    __tablename__ = "recall_log"

    number: int = Field(primary_key=True, sa_type=SERIAL)
    real: bool = False
    lot: str
    also: Any = Field(default=(), sa_column=Column(Json, nullable=False))
    product: str
    person: str
    started: datetime = Field(sa_type=Moment)
    finished: datetime | None = Field(default=None, sa_type=Moment)
    finished_by: str | None = None
    unit: str
    in_question: int = Field(sa_type=BigInteger)
    found: int = Field(sa_type=BigInteger)
    lots: int
    customers: int
    reason: str | None = None
