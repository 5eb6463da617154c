"""The headset page in a real Chromium whose microphone is a recording: it asks, hears the yes, and it is posted."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, ViewportSize, expect

from assistant.assistant import Assistant
from assistant.bootstrap import bootstrap
from assistant.channels.voice.recognition.audio import write_wav
from assistant.channels.web import create_app
from assistant.channels.web import headset as headset_page
from assistant.settings import load
from tests.browser.conftest import CHROMIUM, SWITCHES
from tests.support.floor_day import ZONE, Clock, demo_books
from tests.support.headset_page import Cable, served
from tests.support.speaking import Speaker, silence

REPORT = "moved six cases of romaine romeo mike eleven eleven from cooler one bay two to line two"
READ_BACK = "Moved 6 cases of romaine RM1111 from cooler 1 bay 2 to line 2. Right?"
SCREENSHOTS = os.environ.get("FLOOR_TEST_SCREENSHOTS")
"""A folder to be made, in which people find the screenshots to look at."""
PATIENCE_MS = 30_000
PHONE = ViewportSize(width=412, height=915)


@pytest.fixture(scope="module")
def speaker(tmp_path_factory: pytest.TempPathFactory) -> Speaker:
    """Whoever speaks into the browser's microphone."""
    return Speaker.of_run(tmp_path_factory)


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    """The demo plant in the morning."""
    url = f"sqlite:///{demo_books(tmp_path / 'floor.db')}"
    pins = tmp_path / "pins.json"
    return bootstrap(load(database_url=url, timezone=ZONE.key, today=None, demo=True, headset_pins=pins), now=Clock())


@pytest.fixture
def cable(assistant: Assistant) -> Iterator[Cable]:
    """The way to the demo plant's server, which can be pulled out."""
    app = create_app(assistant)
    headset_page.register(app, assistant)
    with served(app) as port:
        cable = Cable(port)
        yield cable
        cable.close()


@pytest.fixture
def phone(playwright: Playwright, tmp_path: Path) -> Iterator[Callable[[bytes], Page]]:
    """A phone whose microphone hears a recording once, from the first tap on."""
    with ExitStack() as stack:

        def start(audio: bytes) -> Page:
            recording = tmp_path / "microphone.wav"
            write_wav(recording, audio)
            switches = [
                *SWITCHES,
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-audio-capture={recording}%noloop",
                "--autoplay-policy=no-user-gesture-required",
            ]
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=switches)
            stack.callback(browser.close)
            context = browser.new_context(viewport=PHONE, device_scale_factor=2, permissions=["microphone"])
            page = context.new_page()
            page.set_default_timeout(PATIENCE_MS)
            return page

        yield start


@contextmanager
def watched(page: Page) -> Iterator[None]:
    """Nothing that the browser complains about."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield
    assert not [c for c in complaints if "ERR_" not in c and "WebSocket" not in c]


def log_in(page: Page, port: int, person: str = "maria", pin: str = headset_page.DEMO_PIN) -> None:
    """Badge code and PIN."""
    page.goto(f"http://127.0.0.1:{port}/headset")
    page.fill("#person", person)
    page.fill("#pin", pin)
    page.click("form button")
    expect(page.locator("body[data-line=here], #trouble")).to_be_visible(timeout=PATIENCE_MS)


def tap(page: Page) -> None:
    """A finger on the big surface."""
    page.locator("#talk").dispatch_event("pointerdown")
    page.locator("#talk").dispatch_event("pointerup")


def mode(page: Page, expected: str) -> None:
    """Waits until the headset is listening, speaking, …"""
    expect(page.locator("body")).to_have_attribute("data-mode", expected, timeout=PATIENCE_MS)


def posted(assistant: Assistant) -> list[str]:
    """What came into the books by voice, as the words that were heard."""
    return [entry["said"] for entry in assistant.entries() if entry["channel"] == "voice"]


def test_a_report_is_spoken_read_back_confirmed_and_in_the_books(
    phone: Callable[[bytes], Page], cable: Cable, assistant: Assistant, speaker: Speaker, tmp_path: Path
) -> None:
    audio = silence(1.5) + speaker.say(REPORT, "en-us", 175) + silence(3) + speaker.say("yes", "en-us") + silence(30)
    page = phone(audio)
    with watched(page):
        log_in(page, cable.port)
        page.screenshot(path=tmp_path / "ready.png")
        tap(page)
        mode(page, "listening")
        expect(page.locator("#heard")).to_contain_text("moved six", timeout=PATIENCE_MS)
        page.screenshot(path=tmp_path / "listening.png")
        expect(page.locator("#reply")).to_have_text(READ_BACK, timeout=PATIENCE_MS)
        expect(page.locator("#heard")).to_have_text(REPORT)
        expect(page.locator("#answers button")).to_have_text(["yes", "no"])
        page.screenshot(path=tmp_path / "question.png")
        assert posted(assistant) == []
        expect(page.locator("body")).to_have_attribute("data-told", "posted", timeout=PATIENCE_MS)
        expect(page.locator("#reply")).to_have_text(READ_BACK.removesuffix(" Right?"))
        mode(page, "asleep")
        page.screenshot(path=tmp_path / "posted.png")
    assert posted(assistant) == [REPORT]
    if SCREENSHOTS:
        shutil.copytree(tmp_path, SCREENSHOTS, ignore=lambda _, names: [n for n in names if not n.endswith(".png")])


def test_the_wifi_drops_in_the_middle_of_a_yes_and_it_posts_once(
    phone: Callable[[bytes], Page], cable: Cable, assistant: Assistant, speaker: Speaker
) -> None:
    page = phone(
        silence(1.5) + speaker.say(REPORT, "en-gb", 175) + silence(3) + speaker.say("yes", "en-gb") + silence(40)
    )
    log_in(page, cable.port)
    tap(page)
    expect(page.locator("#reply")).to_have_text(READ_BACK, timeout=PATIENCE_MS)
    mode(page, "listening")
    cable.pull()
    expect(page.locator("body")).to_have_attribute("data-line", "away", timeout=PATIENCE_MS)
    expect(page.locator("#label")).to_contain_text("No connection")
    page.wait_for_timeout(4000)
    assert posted(assistant) == []
    cable.plug()
    expect(page.locator("body")).to_have_attribute("data-told", "posted", timeout=PATIENCE_MS)
    expect(page.locator("body")).to_have_attribute("data-line", "here")
    assert posted(assistant) == [REPORT]


def test_hands_free_wakes_by_its_word_and_an_answer_can_be_tapped_with_a_glove(
    phone: Callable[[bytes], Page], cable: Cable, assistant: Assistant, speaker: Speaker
) -> None:
    words = speaker.say("stop listening", "en-us") + silence(3) + speaker.say("hello floor", "en-us") + silence(2)
    page = phone(silence(1.5) + words + speaker.say(REPORT, "en-us", 175) + silence(60))
    log_in(page, cable.port)
    page.click("#free")
    mode(page, "listening")
    mode(page, "asleep")
    expect(page.locator("#label")).to_contain_text("hello floor")
    mode(page, "listening")
    yes = page.locator("#answers button", has_text="yes")
    yes.wait_for(timeout=PATIENCE_MS)
    box = yes.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 64
    assert posted(assistant) == []
    yes.click()
    expect(page.locator("body")).to_have_attribute("data-told", "posted", timeout=PATIENCE_MS)
    mode(page, "listening")
    assert posted(assistant) == [REPORT]


def test_a_wrong_pin_is_refused_and_after_five_the_person_has_to_wait(
    phone: Callable[[bytes], Page], cable: Cable
) -> None:
    page = phone(silence(1))
    for _ in range(5):
        log_in(page, cable.port, pin="1111")
    expect(page.locator("#trouble")).to_contain_text("Wait five minutes")
    log_in(page, cable.port)
    expect(page.locator("#trouble")).to_contain_text("Wait five minutes")
    log_in(page, cable.port, person="linh")
    expect(page.locator("#name")).to_have_text(re.compile("Linh"))
    page.click("text=Log out")
    expect(page.locator("#pin")).to_be_visible()


def test_on_a_small_phone_nothing_is_cut_off(phone: Callable[[bytes], Page], cable: Cable) -> None:
    page = phone(silence(1))
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(f"http://127.0.0.1:{cable.port}/headset")
    within(page, "input, button")
    log_in(page, cable.port)
    within(page, "button")


def within(page: Page, what: str) -> None:
    """Everything of a kind is on the screen as a whole, its words too."""
    for thing in page.locator(what).all():
        box = thing.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert thing.evaluate("it => it.scrollWidth <= it.clientWidth + 1")


def test_in_the_pocket_the_screen_takes_no_taps(phone: Callable[[bytes], Page], cable: Cable) -> None:
    page = phone(silence(20))
    log_in(page, cable.port)
    page.click("#pocket")
    expect(page.locator("#cover")).to_be_visible()
    box = page.locator("#talk").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(300)
    mode(page, "asleep")
    page.mouse.down()
    expect(page.locator("#cover")).to_be_hidden()
    page.mouse.up()
