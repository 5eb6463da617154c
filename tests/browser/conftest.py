"""A real Chromium, and the demo plant's web server on a free port of this machine."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from werkzeug.serving import BaseWSGIServer, make_server

from assistant.assistant import Assistant
from assistant.bootstrap import bootstrap
from assistant.channels.web import create_app
from assistant.settings import load
from tests.support.floor_day import ZONE, Clock, demo_books

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()


@dataclass
class Plant:
    """The demo plant being served; `address` is where."""

    assistant: Assistant
    port: int = 0
    _server: BaseWSGIServer = field(init=False)

    def serve(self) -> None:
        """Begins to serve, on the same port as before."""
        self._server = make_server("127.0.0.1", self.port, create_app(self.assistant), threaded=True)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        """Stops serving, as a restart or a pulled cable would."""
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        """Where the console is."""
        return f"http://127.0.0.1:{self.port}"

    def posted(self) -> list[str]:
        """What the console posted, as the words that were said."""
        return [entry["said"] for entry in self.assistant.entries() if entry["channel"] == "console"]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One driver for all browsers of the run: a thread can have no second one."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed (Debian: chromium)")
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def web_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo plant's books in the morning, to be copied."""
    return demo_books(tmp_path_factory.mktemp("browser") / "floor.db")


@contextmanager
def served(books: Path, folder: Path, **settings: object) -> Iterator[Plant]:
    """The demo plant on a copy of its books, served while the test runs."""
    url = f"sqlite:///{shutil.copy(books, folder / 'floor.db')}"
    wired = load(database_url=url, timezone=ZONE.key, today=None, demo=True, **settings)
    plant = Plant(bootstrap(wired, now=Clock()))
    plant.serve()
    yield plant
    plant.stop()
    plant.assistant.store.close()


@pytest.fixture
def plant(web_books: Path, tmp_path: Path) -> Iterator[Plant]:
    """The demo plant, served."""
    with served(web_books, tmp_path) as plant:
        yield plant


@contextmanager
def watched(chromium: Browser, *, javascript: bool = True, phone: bool = False) -> Iterator[Page]:
    """A page of a new session; an error in its console, such as a refused script, fails the test."""
    size = (390, 844) if phone else (1280, 900)
    context: BrowserContext = chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=javascript,
        has_touch=phone,
        is_mobile=phone,
        color_scheme="light",
    )
    context.set_default_timeout(5_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    yield page
    context.close()
    assert not [error for error in errors if "Failed to load resource" not in error]


@pytest.fixture
def page(chromium: Browser, plant: Plant) -> Iterator[Page]:
    """The console on a desktop, with DeShawn speaking."""
    with watched(chromium) as page:
        page.goto(plant.address)
        yield page
