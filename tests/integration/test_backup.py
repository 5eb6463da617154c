"""A backup is made while people post, is proven before it gets its name, and can be restored."""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from store.backup import backup
from store.errors import BackupRefused, NotMigrated
from store.model import Kind, Posting, Transaction
from store.plant.loading import load
from store.proof.seals import seal
from store.proof.verify import verify
from store.session import Store
from tests.support.postgres import USER, PostgresServer, server_programs

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
DOCS = Path(__file__).parents[2] / "docs" / "backup.md"


@pytest.fixture
def store(sqlite_url: str, demo_plant: Path) -> Iterator[Store]:
    store = Store(sqlite_url, timezone="America/Los_Angeles")
    store.migrate()
    load(store, demo_plant, date(2026, 11, 22), NOW)
    yield store
    store.close()


def move(store: Store, key: str) -> int:
    """A case there, or back."""
    there = int(key) % 2 == 0
    source, target = ("C1-02", "L2") if there else ("L2", "C1-02")
    transaction = Transaction(
        Kind.MOVE, "maria", "console", key, NOW,
        postings=(
            Posting("RM1111", source, -240_000, Decimal(-1), "case"),
            Posting("RM1111", target, 240_000, Decimal(1), "case"),
        ),
    )  # fmt: skip
    return store.run(lambda session: session.ledger.record(transaction, recorded=NOW).number)


def entries(store: Store) -> list[tuple[object, ...]]:
    with store.begin(write=False) as session:
        return session.connection.execute("SELECT * FROM entry ORDER BY number")


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_made_while_a_writer_posts_is_one_moment_of_the_ledger(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    acknowledged: list[int] = []
    enough = threading.Event()

    def post() -> None:
        while not enough.is_set() and len(acknowledged) < 5_000:
            acknowledged.append(move(store, str(len(acknowledged))))

    writer = threading.Thread(target=post)
    writer.start()
    url = store.database.url.render_as_string()
    try:
        for number in range(3):
            before = len(acknowledged)
            made = backup(url, folder / f"{number}.db")
            after = len(acknowledged)
            assert 33 + before <= made.last_entry <= 33 + after + 1
    finally:
        enough.set()
        writer.join()
    assert left_in(folder) == ["0.db", "1.db", "2.db"]
    everything = entries(store)
    for number in range(3):
        copy = Store(f"sqlite:///{folder / f'{number}.db'}", timezone="America/Los_Angeles")
        assert verify(copy) is None
        kept = entries(copy)
        assert kept == everything[: len(kept)]
        assert move(copy, "1000000" if len(kept) % 2 else "1000001") == len(kept) + 1, "the copy can be posted to"
        copy.close()


def test_a_backup_tells_what_it_holds(store: Store, tmp_path: Path) -> None:
    (last,) = seal(store, NOW + timedelta(days=1))
    made = backup(store.database.url.render_as_string(), tmp_path / "copy.db")
    assert (made.path, made.last_entry, made.digest) == (tmp_path / "copy.db", 33, last.short)
    assert made.size == (tmp_path / "copy.db").stat().st_size


def test_a_backup_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("mine")
    with pytest.raises(BackupRefused, match=r"copy\.db is there already; a backup never overwrites one\."):
        backup(store.database.url.render_as_string(), target)
    assert target.read_text() == "mine"


def test_a_ledger_that_does_not_verify_is_not_kept_as_a_backup(store: Store, tmp_path: Path) -> None:
    too_much = "UPDATE balance SET quantity = quantity + 1 WHERE lot = 'RM1107' AND place = 'C1-01'"
    store.run(lambda session: session.connection.execute(too_much))
    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(BackupRefused, match="no backup was kept: The balance of lot RM1107 in C1-01"):
        backup(store.database.url.render_as_string(), folder / "copy.db")
    assert left_in(folder) == []


@pytest.mark.parametrize("page", [3, 40])
def test_a_damaged_file_is_refused_in_one_sentence(store: Store, tmp_path: Path, page: int) -> None:
    """Whether the tables' names are gone or some of their rows."""
    store.close()
    file = Path(str(store.database.url.database))
    content = bytearray(file.read_bytes())
    content[4096 * page :] = b"\xff" * (len(content) - 4096 * page)
    file.write_bytes(content)
    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(BackupRefused, match="malformed"):
        backup(store.database.url.render_as_string(), folder / "copy.db")
    assert left_in(folder) == []
    difference = verify(store)
    assert difference is not None
    assert difference.check == "file"
    assert "malformed" in difference.say


@pytest.mark.parametrize(
    ("url", "target", "told"),
    [
        ("sqlite:///{}/floor.db", "nowhere/copy.db", "There is no folder"),
        (
            "postgresql://host/floor",
            "copy.dump",
            r"its own program: `pg_dump --format=custom --file=\S*copy.dump floor`",
        ),
    ],
)
def test_what_cannot_be_backed_up_is_told_in_a_sentence(
    store: Store, tmp_path: Path, url: str, target: str, told: str
) -> None:
    with pytest.raises(BackupRefused, match=told):
        backup(url.format(tmp_path), tmp_path / target)


def test_a_backup_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotMigrated):
        backup(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy.db")
    assert left_in(tmp_path) == []


def test_a_disk_without_hard_links_gets_its_backup_all_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    backup(store.database.url.render_as_string(), tmp_path / "copy.db")
    copy = Store(f"sqlite:///{tmp_path / 'copy.db'}")
    assert verify(copy) is None
    copy.close()


def test_the_documented_commands_restore_a_postgresql_ledger(
    postgres_server: PostgresServer, demo_plant: Path, tmp_path: Path
) -> None:
    programs = server_programs()
    assert programs is not None
    blocks = re.findall(r"```sh\n(.*?)```", DOCS.read_text(), flags=re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert [command.split()[0] for command in commands] == ["pg_dump", "createdb", "pg_restore"]
    with postgres_server.database() as url, postgres_server.database() as spare:
        store = Store(url, timezone="America/Los_Angeles")
        store.migrate()
        load(store, demo_plant, date(2026, 11, 22), NOW)
        move(store, "0")
        seal(store, NOW + timedelta(days=1))
        name, restored = str(store.database.url.database), str(Store(spare).database.url.database)
        environment = {
            **os.environ, "PGHOST": str(postgres_server.folder), "PGUSER": USER,
            "PATH": f"{programs}:{os.environ['PATH']}",
        }  # fmt: skip
        subprocess.run(["dropdb", restored], env=environment, check=True, timeout=60)
        for command in commands:
            named = re.sub(r"\bfloor$", name, command.replace("floor_restored", restored))
            subprocess.run(named, shell=True, cwd=tmp_path, env=environment, check=True, timeout=60)  # noqa: S602
        copy = Store(spare, timezone="America/Los_Angeles")
        assert verify(copy) is None
        assert entries(copy) == entries(store)
        assert move(copy, "1") == 35, "the copy goes on where the ledger was"
        assert verify(copy) is None
        copy.close()
        store.close()


def test_the_documented_restore_of_sqlite_gives_the_ledger_back(store: Store, tmp_path: Path) -> None:
    var = tmp_path / "var"
    (var / "backup").mkdir(parents=True)
    store.close()
    shutil.copy(str(store.database.url.database), var / "floor.db")
    backup(f"sqlite:///{var / 'floor.db'}", var / "backup" / "floor-2026-11-22.db")
    for commands in re.findall(r"(?:^    (?:mv|rm|cp) .*\n)+", DOCS.read_text(), flags=re.MULTILINE):
        subprocess.run(commands, shell=True, cwd=tmp_path, check=True, timeout=60)  # noqa: S602
    assert (var / "floor.db.broken").exists()
    restored = Store(f"sqlite:///{var / 'floor.db'}")
    assert verify(restored) is None
    assert entries(restored) == entries(store)
    restored.close()
