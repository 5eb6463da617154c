"""Table of what people set in the rule book; append-only, so that who relaxed what and when stays to be seen."""

from datetime import datetime

from sqlmodel import Field

from store.tables.types import SERIAL, Moment, Row


class RuleSettingRow(Row, table=True):
    """A threshold or a severity that somebody set; `undoes` is the number of the earlier row that this takes back."""

    __tablename__ = "rule_setting"

    number: int = Field(primary_key=True, sa_type=SERIAL, sa_column_kwargs={"autoincrement": False})
    rule: str | None = None
    setting: str
    value: str
    product: str | None = None
    place: str | None = None
    why: str
    person: str
    at: datetime = Field(sa_type=Moment)
    undoes: int | None = Field(default=None, sa_type=SERIAL, unique=True, foreign_key="rule_setting.number")
