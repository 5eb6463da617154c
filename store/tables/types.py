"""Column types that read the same from SQLite and PostgreSQL: moments, JSON texts, whole numbers of any size we use."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Dialect, Integer, String, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

SERIAL: Final = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit number that SQLite may also give out itself."""


def moment_text(moment: datetime) -> str:
    """An aware datetime as SQLite keeps it: UTC, of one width, so that text order is time order."""
    return f"{moment.astimezone(UTC).isoformat(timespec='microseconds')[:26]}Z"


def moment_of(text: str) -> datetime:
    """The aware datetime (UTC) that `moment_text` wrote."""
    return datetime.fromisoformat(text)


class Moment(TypeDecorator[datetime]):
    """An aware datetime: `timestamp with time zone` on PostgreSQL, UTC text of one width on SQLite."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type that the database has for it."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401  # the base class asks for it
        """What the driver is given."""
        if value is None or dialect.name == "postgresql":
            return value
        return moment_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002  # the base class asks for it
        """What the driver gave, as an aware datetime."""
        return moment_of(value) if isinstance(value, str) else value


class Json(TypeDecorator[Any]):
    """A JSON document kept as text, so that both databases give back the same characters."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401, ARG002  # the base class asks for it
        """The document as text, without needless blanks."""
        return None if value is None else json_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002  # the base class asks for it
        """The document."""
        return None if value is None else json.loads(value)


def _plain(value: object) -> object:
    """Read-only mappings as objects; what else JSON does not know is a fault of ours."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be kept as JSON")


_encode: Final[Callable[[Any], str]] = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=_plain
).encode


def json_text(value: Any) -> str:  # noqa: ANN401  # any JSON value
    """A JSON value as text, without needless blanks."""
    return "[]" if value == () else _encode(value)


class Row(SQLModel, registry=registry()):
    """What every table of ours has in common: one metadata of its own."""
