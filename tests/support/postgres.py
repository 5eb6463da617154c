"""A throw-away PostgreSQL server, so that tests run against the real one without anybody setting it up."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

USER = "postgres"


def server_programs() -> Path | None:
    """The folder that holds initdb and pg_ctl, newest version first; None where they are not installed."""
    on_path = shutil.which("initdb")
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0,
        reverse=True,
    )
    candidates = [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in candidates if (folder / "pg_ctl").exists()), None)


@dataclass(frozen=True)
class PostgresServer:
    """A running server that listens on a socket in its own folder and nowhere else."""

    folder: Path

    @classmethod
    @contextmanager
    def started(cls, programs: Path) -> "Iterator[PostgresServer]":
        """Make a cluster in a new folder, start it, and stop and remove it afterwards, whatever happens.

        As root the server runs as the user `postgres`, because PostgreSQL refuses to run as root.
        It does not wait for the disk: what a test writes need not survive a power cut.
        """
        folder = Path(tempfile.mkdtemp(prefix="floor-pg-"))
        data = folder / "data"
        pg_ctl = [str(programs / "pg_ctl"), "--pgdata", str(data), "--wait", "--silent"]
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=100 "
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        )
        try:
            if os.geteuid() == 0:
                shutil.chown(folder, "postgres")
            initdb = [str(programs / "initdb"), "--pgdata", str(data), "--username", USER, "--no-sync"]
            _run([*initdb, "--auth", "trust", "--encoding", "UTF8", "--locale", "C"], folder)
            with _outliving([*pg_ctl, "--mode", "immediate", "stop"], folder):
                _run([*pg_ctl, "--log", str(folder / "log"), "--options", options, "start"], folder)
                yield cls(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """A new database copied from `template`, by its SQLAlchemy address; dropped afterwards."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        self._administer(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, template)
        try:
            yield f"postgresql+psycopg://{USER}@/{name}?host={self.folder}"
        finally:
            self._administer(sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)

    def _administer(self, statement: sql.SQL, *names: str) -> None:
        with psycopg.connect(host=str(self.folder), user=USER, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.format(*map(sql.Identifier, names)))


def _account() -> tuple[str | int | None, str | int | None]:
    """User and group for PostgreSQL's programs: `postgres` where we are root, else our own."""
    if os.geteuid() != 0:
        return None, None
    entry = pwd.getpwnam("postgres")
    return entry.pw_uid, entry.pw_gid


@contextmanager
def _outliving(stop: Sequence[str], folder: Path) -> Iterator[None]:
    """Have a shell stop the server and remove its folder at the end, also when this process is killed.

    It waits for the end of its input, which comes when we close it or no longer are.
    """
    user, group = _account()
    script = 'folder=$1; shift; cat; "$@"; rm -rf "$folder"'
    with subprocess.Popen(
        ["sh", "-c", script, "sh", folder, *stop],
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        user=user,
        group=group,
        extra_groups=None if user is None else [],
    ):
        yield  # leaving closes its input and waits for it


def _run(command: Sequence[str], folder: Path) -> None:
    """Run one of PostgreSQL's own programs, as an unprivileged user where we are root.

    Raises:
        RuntimeError: The program failed; the message holds what it and the server's log said.
    """
    user, group = _account()
    # A file, not a pipe: the server inherits it and would keep a pipe open.
    output = folder / "output"
    with output.open("w") as file:
        done = subprocess.run(
            command,
            check=False,
            cwd=folder,
            stdout=file,
            stderr=subprocess.STDOUT,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
            timeout=120,
        )
    if done.returncode != 0:
        log = folder / "log"
        said = output.read_text() + (log.read_text() if log.exists() else "")
        raise RuntimeError(f"{command[0]} failed ({done.returncode}):\n{said}")
