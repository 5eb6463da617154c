"""Tables of what surrounds the books: open dialogues, messages seen and to send, approvals, firings, warnings."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from store.tables.types import SERIAL, Json, Moment, Row


class PendingRow(Row, table=True):
    """An open dialogue of one person in one channel and thread (`""` where there are none)."""

    __tablename__ = "pending"

    person: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    thread: str = Field(primary_key=True)
    state: dict[str, Any] = Field(sa_type=Json)
    kept: datetime = Field(sa_type=Moment)
    expires: datetime = Field(sa_type=Moment)


class InboxRow(Row, table=True):
    """A message that was answered, and the answer."""

    __tablename__ = "inbox"

    channel: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    person: str
    reply: dict[str, Any] = Field(sa_type=Json)
    at: datetime = Field(sa_type=Moment)
    said: str | None = None


class OutboxRow(Row, table=True):
    """A message to deliver, at least once; `due` is when to try next, None when there is nothing left to do."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key", name="uq_outbox_key"),
        Index("ix_outbox_due", "due", sqlite_where=text("due IS NOT NULL"), postgresql_where=text("due IS NOT NULL")),
    )

    id: int = Field(primary_key=True, sa_type=SERIAL)
    sink: str
    key: str
    body: dict[str, Any] = Field(sa_type=Json)
    at: datetime = Field(sa_type=Moment)
    due: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int
    error: str | None = None
    sent: datetime | None = Field(default=None, sa_type=Moment)
    receipt: str | None = None


class ApprovalRow(Row, table=True):
    """A request that another person decides; `status` is open, approved, rejected or expired."""

    __tablename__ = "approval"
    __table_args__ = (Index("ix_approval_status", "status"),)

    number: int = Field(primary_key=True, sa_type=SERIAL)
    rule: str
    asked_by: str
    body: dict[str, Any] = Field(sa_type=Json)
    evidence: dict[str, Any] = Field(sa_type=Json)
    at: datetime = Field(sa_type=Moment)
    expires: datetime = Field(sa_type=Moment)
    status: str
    decided_by: str | None = None
    note: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Moment)


class FiringRow(Row, table=True):
    """A rule that fired, whether it stopped something or not."""

    __tablename__ = "firing"
    __table_args__ = (Index("ix_firing_rule", "rule"),)

    id: int = Field(primary_key=True, sa_type=SERIAL)
    rule: str
    severity: str
    person: str | None = None
    lot: str | None = None
    place: str | None = None
    entry: int | None = Field(default=None, sa_type=SERIAL)
    at: datetime = Field(sa_type=Moment)


class WarningRow(Row, table=True):
    """Something that deserves somebody's look; one open row a key, however often it is seen.

    `rests_until` is when somebody (`rested_by`) wants to be reminded of it.
    """

    __tablename__ = "warning"
    __table_args__ = (
        Index("uq_warning_open", "key", unique=True, sqlite_where=text("closed IS NULL"),
              postgresql_where=text("closed IS NULL")),
    )  # fmt: skip

    id: int = Field(primary_key=True, sa_type=SERIAL)
    rule: str
    key: str
    lot: str | None = None
    product: str | None = None
    place: str | None = None
    say: str
    owner: str | None = None
    raised: datetime = Field(sa_type=Moment)
    seen: datetime = Field(sa_type=Moment)
    times: int
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = Field(default=None, sa_type=Moment)
    closed: datetime | None = Field(default=None, sa_type=Moment)
    rests_until: datetime | None = Field(default=None, sa_type=Moment)
    rested_by: str | None = None
