"""The schema's versions: brings a database to the newest one and tells when it is not there."""

from pathlib import Path
from typing import Final

import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from store.database import Database
from store.errors import NotMigrated

FOLDER: Final = Path(__file__).with_name("migrations")

MIGRATING: Final = 4_711_204
"""The number of the advisory lock that keeps two `floor init` on PostgreSQL apart."""


def _config(connection: sqlalchemy.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The version that this program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise NotMigrated(None, "none")
    return head


def migrate(database: Database) -> None:
    """Bring the database to the newest version, whole or not at all; makes the folder of a SQLite file."""
    if database.file is not None:
        database.file.parent.mkdir(parents=True, exist_ok=True)
    connection = database.open(write=True)
    try:
        if not database.is_sqlite:
            connection.execute("SELECT pg_advisory_xact_lock(?)", (MIGRATING,))
        command.upgrade(_config(connection.core), "head")
        connection.commit()
    finally:
        connection.close()


def check(database: Database) -> None:
    """Raise NotMigrated unless the database is at the newest version."""
    if database.file is not None and not database.file.exists():
        raise NotMigrated(None, newest())
    connection = database.open(write=False)
    try:
        found = MigrationContext.configure(connection.core).get_current_revision()
    finally:
        connection.close()
    if found != newest():
        raise NotMigrated(found, newest())
