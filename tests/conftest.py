"""Fixtures that every test may use: the demo plant, its day, and databases of either kind, empty or with a small plant.

With FLOOR_TEST_ALL=1 a skipped test fails the run: where everything is installed, nothing is left out unseen.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.demo import PLANT
from assistant.settings import Settings
from store.session import Store
from tests.support import books
from tests.support.postgres import PostgresServer, server_programs

NOTHING_SKIPPED = os.environ.get("FLOOR_TEST_ALL", "") not in {"", "0"}


def pytest_configure() -> None:
    """A plant that is set up on this machine is not the one of the tests."""
    for setting in Settings.model_fields:
        os.environ.pop(f"FLOOR_{setting.upper()}", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-stories` writes what the assistant answers into the stories, for review in the diff."""
    parser.addoption("--update-stories", action="store_true", help="rewrite the answers in tests/stories/*.story")


def _skipped(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    assert isinstance(reporter, pytest.TerminalReporter)
    reports: list[pytest.TestReport | pytest.CollectReport] = reporter.stats.get("skipped", [])
    reasons = (report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr) for report in reports)
    return [f"{report.nodeid}: {reason}" for report, reason in zip(reports, reasons, strict=True)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run where a test was skipped although none may be."""
    if NOTHING_SKIPPED and session.exitstatus == pytest.ExitCode.OK and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name the tests that were skipped although none may be."""
    skipped = _skipped(config) if NOTHING_SKIPPED else []
    if skipped:
        terminalreporter.section("skipped, and FLOOR_TEST_ALL is set", red=True)
        terminalreporter.write_line("\n".join(skipped))


@pytest.fixture(scope="session")
def demo_plant() -> Path:
    """The folder of CSV files that describes the demo plant."""
    return PLANT


@pytest.fixture(scope="session")
def today() -> date:
    """The day on which the demo plant's files make sense."""
    return date(2026, 11, 22)


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A PostgreSQL server of our own, started when the first test asks for it."""
    programs = server_programs()
    if programs is None:
        pytest.skip("PostgreSQL's server programs are not installed (Debian: postgresql)")
    with PostgresServer.started(programs) as server:
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an empty SQLite database in a file."""
    return f"sqlite:///{tmp_path / 'floor.db'}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of an empty PostgreSQL database, dropped after the test."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; a test that takes it runs on SQLite and on PostgreSQL."""
    fixture = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    url: str = request.getfixturevalue(fixture)
    return url


@pytest.fixture(scope="session")
def sqlite_plant(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the small plant, to be copied."""
    file = tmp_path_factory.mktemp("plant") / "plant.db"
    books.plant(Store(f"sqlite:///{file}")).close()
    return file


@pytest.fixture(scope="session")
def postgres_plant(postgres_server: PostgresServer) -> Iterator[str]:
    """The name of a PostgreSQL database with the small plant, to be copied."""
    with postgres_server.database() as url:
        store = books.plant(Store(url))
        store.close()
        name = store.database.url.database
        assert name is not None
        yield name


@pytest.fixture
def sqlite_store(sqlite_plant: Path, tmp_path: Path) -> Iterator[Store]:
    """The small plant on SQLite."""
    store = Store(f"sqlite:///{shutil.copy(sqlite_plant, tmp_path / 'floor.db')}")
    yield store
    store.close()


@pytest.fixture
def postgres_store(postgres_server: PostgresServer, postgres_plant: str) -> Iterator[Store]:
    """The small plant on PostgreSQL."""
    with postgres_server.database(postgres_plant) as url:
        store = Store(url)
        yield store
        store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """The small plant; a test that takes it runs on SQLite and on PostgreSQL."""
    fixture = {"sqlite": "sqlite_store", "postgresql": "postgres_store"}[request.param]
    plant: Store = request.getfixturevalue(fixture)
    return plant
