"""The demo plant's web server, and a browser without scripts in which DeShawn speaks."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from assistant.assistant import Assistant
from assistant.bootstrap import bootstrap
from assistant.channels.web import create_app
from assistant.settings import load
from tests.support.floor_day import ZONE, Clock, demo_books
from tests.support.webpage import Browser


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo plant's books in the morning, to be copied."""
    return demo_books(tmp_path_factory.mktemp("web") / "floor.db")


@pytest.fixture
def plant(books: Path, tmp_path: Path) -> Callable[..., Assistant]:
    """Makes an assistant on a copy of the books, with settings as given."""

    def make(**settings: object) -> Assistant:
        url = f"sqlite:///{shutil.copy(books, tmp_path / 'floor.db')}"
        return bootstrap(load(database_url=url, timezone=ZONE.key, today=None, **settings), now=Clock())

    return make


@pytest.fixture
def assistant(plant: Callable[..., Assistant]) -> Assistant:
    """The demo plant's assistant."""
    return plant(demo=True)


@pytest.fixture
def app(assistant: Assistant) -> Flask:
    """The demo plant's web server."""
    return create_app(assistant)


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser in which DeShawn speaks."""
    browser = Browser(app)
    browser.speak_as("deshawn")
    return browser
