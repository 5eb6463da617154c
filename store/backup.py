"""Copies a SQLite ledger while it is in use, and keeps the copy only when it proves itself.

The copy is one moment of the ledger: writers go on meanwhile, and what they commit later is not in it. A PostgreSQL
database has better tools of its own, which docs/backup.md names.
"""

import errno
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.database import BUSY_MILLISECONDS, DRIVER_ERRORS, meaning
from store.errors import BackupRefused
from store.proof.seals import last_seal
from store.proof.verify import verify
from store.session import Store

NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK})
"""What file systems without hard links answer, such as those of memory sticks."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was proven: its entries, and the short digest of its last seal (None before the first)."""

    path: Path
    size: int
    last_entry: int
    digest: str | None


def backup(url: str, target: Path) -> Backup:
    """Copy the SQLite database at `url` into the new file `target`, and prove the copy before it gets that name.

    Raises:
        BackupRefused: The database is not SQLite in a file, `target` is there already, the folder cannot be written,
            or the copy does not verify. Nothing is left behind.
        NotMigrated: There is no ledger at `url`.
        StorageFull: The disk took no more.
    """
    try:
        return _backup(url, target)
    except DRIVER_ERRORS as error:
        raise meaning(error) or BackupRefused(
            f"The database cannot be copied: {str(error).splitlines()[0]}."
        ) from error
    except OSError as error:
        raise BackupRefused(f"{target} cannot be written: {error.strerror or error}.") from error


def _backup(url: str, target: Path) -> Backup:
    source = Store(url)
    try:
        file = _file_of(source, target)
        source.check()
    finally:
        source.close()
    if target.exists():
        raise BackupRefused(f"{target} is there already; a backup never overwrites one.")
    if not target.parent.is_dir():
        raise BackupRefused(f"There is no folder {target.parent}.")
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _copy(file, draft)
        made = _proven(draft, target)
        _name(draft, target)
        return made
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{draft}{suffix}").unlink(missing_ok=True)


def _file_of(store: Store, target: Path) -> Path:
    file = store.database.file
    if file is None:
        command = f"pg_dump --format=custom --file={target} {store.database.url.database}"
        raise BackupRefused(f"A PostgreSQL database is backed up by its own program: `{command}`.")
    return file


def _copy(file: Path, draft: Path) -> None:
    """All pages in one step: one read transaction, so that no writer makes it begin again."""
    with (
        closing(sqlite3.connect(file, timeout=BUSY_MILLISECONDS / 1000)) as source,
        closing(sqlite3.connect(draft)) as copy,
    ):
        source.backup(copy, pages=-1)


def _proven(draft: Path, target: Path) -> Backup:
    copy = Store(f"sqlite:///{draft}")
    try:
        difference = verify(copy)
        if difference is not None:
            raise BackupRefused(f"The ledger does not verify, so no backup was kept: {difference}")
        with copy.begin(write=False) as session:
            last = session.connection.execute("SELECT coalesce(max(number), 0) FROM entry")[0][0]
            seal = last_seal(session.connection)
    finally:
        copy.close()
    return Backup(target, draft.stat().st_size, last, seal.short if seal else None)


def _name(draft: Path, target: Path) -> None:
    """Give the finished copy its name at once and for good: bytes first, then the name, then the folder."""
    _sync(draft)
    try:
        os.link(draft, target)  # unlike a rename it fails where somebody made that file meanwhile
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        with target.open("xb"):
            draft.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
