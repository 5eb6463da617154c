"""Proves the ledger: everything that is kept beside the entries equals what the entries imply.

`verify` names the first difference it finds, in this order: the guards of the append-only tables, the entries one by
one with their seals, lines without entries, balances, the past, lots and work orders, the database's own file.
"""

from collections.abc import Iterator

from store.database import DRIVER_ERRORS, Connection
from store.difference import Difference
from store.guards import missing_guard
from store.proof.entries import EntryChecks
from store.proof.raw_entries import raw_entries
from store.proof.seal_chain import SealChecks
from store.proof.state import STATE_CHECKS
from store.session import Store

__all__ = ["Difference", "verify"]


def verify(store: Store) -> Difference | None:
    """The first difference between the books and what their entries imply, or None where they agree.

    Reads one unchanging state of the database, and of the entries a few hundred at a time.

    Raises:
        NotMigrated: There is no ledger, or one of another version.
        Busy: The database could not be read just now.
    """
    try:
        with store.begin(write=False) as session:
            places = frozenset(session.catalog.places)
            return next(_differences(session.connection, places), None)
    except DRIVER_ERRORS as error:
        return Difference("file", f"The database cannot be read: {str(error).splitlines()[0]}.")


def _differences(connection: Connection, places: frozenset[str]) -> Iterator[Difference]:
    found = missing_guard(connection)
    if found:
        yield found
    entry_checks, seal_checks = EntryChecks(connection, places), SealChecks(connection)
    for entry in raw_entries(connection):
        yield from entry_checks.differences(entry)
        yield from seal_checks.differences(entry)
    yield from seal_checks.at_the_end()
    for check in STATE_CHECKS:
        yield from check(connection)
    yield from _damage(connection)


def _damage(connection: Connection) -> Iterator[Difference]:
    """What SQLite finds wrong with its own file; PostgreSQL has checksums for that."""
    if connection.database.is_sqlite:
        for (told,) in connection.execute("PRAGMA quick_check(1)"):
            if told != "ok":
                yield Difference("file", f"The database file is damaged: {told}.")
