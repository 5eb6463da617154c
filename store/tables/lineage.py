"""The table that a walk goes by: which lot went into which, kept with the balances that imply it."""

from sqlalchemy import Index
from sqlmodel import Field

from store.tables.types import Row


class LineageRow(Row, table=True):
    """A step from what went into a run to what came out of it, kept by triggers of `balance`.

    `source` is a lot that went in, `target` the one lot that came out. Where several came out, the run stands between
    them, as its number after the mark of `store.lineage.RUN`.
    """

    __tablename__ = "lineage"
    __table_args__ = (
        Index("ix_lineage_target", "target", "source"),
        {"sqlite_with_rowid": False},
    )

    source: str = Field(primary_key=True)
    run: str = Field(primary_key=True)
    target: str = Field(primary_key=True)
