"""A floor of its own for each test, copied from books that were prepared once."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.floor_day import Floor, demo_books


@pytest.fixture(scope="session")
def demo_morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo plant's books in the morning, made once."""
    return demo_books(tmp_path_factory.mktemp("conversation") / "morning.db")


@pytest.fixture
def floor(demo_morning: Path, tmp_path: Path) -> Iterator[Floor]:
    """The demo plant's assistant on books of its own."""
    with closing(Floor.copied(demo_morning, tmp_path)) as opened:
        yield opened
