"""Fixtures of the tests that look at a whole month of a plant: its books, built once, and a walk of their entries."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.session import Session, Store
from tests.support import month
from tests.support.walk import Walk


@pytest.fixture(scope="session")
def month_books(tmp_path_factory: pytest.TempPathFactory, demo_plant: Path) -> Iterator[Store]:
    """The month on SQLite; only to be read."""
    store = month.month(f"sqlite:///{tmp_path_factory.mktemp('month') / 'floor.db'}", demo_plant, days=month.DAYS)
    yield store
    store.close()


@pytest.fixture
def session(month_books: Store) -> Iterator[Session]:
    """A reader of the month."""
    with month_books.begin(write=False) as session:
        yield session


@pytest.fixture(scope="session")
def walk(month_books: Store) -> Walk:
    """What a slow walk of the month's entries finds."""
    with month_books.begin(write=False) as session:
        return Walk(session.ledger.entries())
