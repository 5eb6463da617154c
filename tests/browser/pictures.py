"""Takes the pictures of the documentation anew: `python -m tests.browser.pictures [FOLDER]`, by default docs/images."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, SWITCHES, Plant, served
from tests.support.floor_day import demo_books

IMAGES = Path(__file__).resolve().parent.parent.parent / "docs" / "images"
DAY = [
    "moved 12 cs romaine RM1107 from C1-01 to line 2",
    "used 5 cs RM1107 and 2 bags of croutons CR0930 on 4474",
    "used 900 lb of RM1107 on 4474",
    "made 30 cs caesar kits K1122 on 4474 into cooler 2 bay 1",
]
MORE = ["shipped 10 cs K1122 to fresh mart SO 2218", "adjust TH0822 to 19 buckets", "miscount"]


def take(chromium: Browser, plant: Plant, folder: Path) -> None:
    """A day on a desktop, then its pages, on a desktop and on a phone."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    phone = chromium.new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(plant.address)
    page.screenshot(path=folder / "console-empty.png")
    for turns, text in enumerate(DAY, 1):
        _say(page, text, turns)
    page.screenshot(path=folder / "console.png")
    phone.goto(plant.address)
    phone.select_option("#person", "maria")
    expect(phone.locator("#say [name=person]")).to_have_value("maria")
    _say(phone, "used 3 cs RM1107 on 4474", 1)
    _say(phone, "scrapped 1 case of romaine, spill", 2)
    phone.screenshot(path=folder / "console-phone.png")
    for turns, text in enumerate(MORE, len(DAY) + 1):
        _say(page, text, turns)
    for name, path in (
        ("lot", "/lots/K1122"),
        ("open", "/open"),
        ("recall", "/recall/RM1107"),
        ("report", "/reports/suppliers"),
    ):
        page.goto(plant.address + path)
        page.screenshot(path=folder / f"{name}.png", full_page=True)
        phone.goto(plant.address + path)
        phone.screenshot(path=folder / f"{name}-phone.png")


def _say(page: Page, text: str, turns: int) -> None:
    page.fill("#text", text)
    page.press("#text", "Enter")
    expect(page.locator(".turn")).to_have_count(turns)
    page.wait_for_timeout(250)  # the turn's entrance is over


def main() -> None:
    """Serves a demo plant of its own and takes the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        books = demo_books(Path(place) / "books.db")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        with served(books, Path(place)) as plant:
            take(chromium, plant, folder)
        chromium.close()


if __name__ == "__main__":
    main()
