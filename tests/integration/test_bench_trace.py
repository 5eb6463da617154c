"""The benchmark of traces builds books that hold, and asks every question of them with answers that agree."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli.main import main
from store.bench.genealogy import build, graph
from store.bench.trace import COLUMNS, NOW, measure
from store.database import Database
from store.errors import StoreError
from store.proof.state import STATE_CHECKS
from store.session import Store

LOTS = 1_200

CHECKS = [
    check
    for check in STATE_CHECKS
    if check.__name__ in {"_strays", "_doubles", "_balances", "_kinds", "_past", "_steps"}
]
"""What is measured reads nothing of what the others check."""


@pytest.fixture
def server(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("postgres_url"))


def schemas(url: str) -> list[str]:
    database = Database(url, "UTC")
    connection = database.open(write=False)
    rows = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE ?", ("floor_bench%",))
    connection.close()
    database.engine.dispose()
    return [name for (name,) in rows]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_zone_is_traced_both_ways(kind: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("postgres_url") if kind == "postgresql" else None
    rows = list(measure(LOTS, url=url, repeats=1))
    assert [(row.zone, row.direction) for row in rows] == [
        (zone, direction) for zone in ("tight", "medium", "wide", "wide x 6") for direction in ("forward", "backward")
    ]
    assert [row.reached for row in rows[:2]] == [14, 14]
    assert rows[-2].reached > 300
    assert all(row.recall is not None for row in rows if row.direction == "forward")
    assert all(len(row.cells()) == len(COLUMNS) for row in rows)
    if url is not None:
        assert schemas(url) == []


@pytest.mark.parametrize("address", ["sqlite_url", "postgres_url"])
def test_what_is_made_holds(address: str, request: pytest.FixtureRequest) -> None:
    store = Store(request.getfixturevalue(address))
    store.migrate()
    build(store, graph(LOTS), NOW)
    with store.begin(write=False) as session:
        found = [told for check in CHECKS for told in check(session.connection)]
    store.close()
    assert found == []


def test_books_are_kept_where_that_is_said_and_used_again(tmp_path: Path) -> None:
    list(measure(LOTS, keep=tmp_path, repeats=1))
    made = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir() if file.suffix == ".db"}
    assert sorted(made) == ["trace-1202.bare.db", "trace-1202.db"]
    list(measure(LOTS, keep=tmp_path, repeats=1))
    assert (tmp_path / "trace-1202.db").stat().st_mtime_ns == made["trace-1202.db"]


def test_a_schema_is_kept_where_that_is_said_and_used_again(server: str, tmp_path: Path) -> None:
    for _ in range(2):
        list(measure(LOTS, url=server, keep=tmp_path, repeats=1))
        assert schemas(server) == ["floor_bench_1202"]


def test_a_disk_that_is_too_small_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.bench.trace.BYTES", 10**12)
    with pytest.raises(StoreError, match=r"^Books of 1,202 lots may take 1202000.0 GB, .* has less\.$"):
        next(measure(LOTS, keep=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_graph_is_the_same_every_time() -> None:
    assert graph(LOTS) == graph(LOTS)
    assert graph(LOTS).lots == LOTS + 2


def test_the_command_lists_the_benchmarks_and_runs_one(server: str) -> None:
    listed = CliRunner().invoke(main, ["bench"])
    assert listed.exit_code == 0
    assert all(f"\n  {name} " in listed.output for name in ("ledger", "rules", "trace", "turn"))
    refused = CliRunner().invoke(main, ["bench", "trace", "--database", "sqlite:///floor.db"])
    assert (refused.exit_code, "PostgreSQL" in refused.output) == (2, True)
    told = CliRunner().invoke(main, ["bench", "trace", "--lots", "800", "--repeats", "1", "--database", server])
    assert told.exit_code == 0, told.output
    assert "floor bench trace (time by the clock)" in told.output
    assert told.output.count("│ 800 ") == 8
