"""Fixtures for tests of the books: the small plant of `tests.books` in a database of either kind."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.session import Store
from tests import books
from tests.postgres import PostgresServer


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
