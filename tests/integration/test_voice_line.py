"""The headset's websocket: who may connect, its bounds, a dropped connection, recordings, and the command line."""

import http.client
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from simple_websocket import ConnectionClosed

from assistant.assistant import Assistant
from assistant.bootstrap import bootstrap
from assistant.channels.voice.access.limits import Limits
from assistant.channels.voice.recognition.audio import BYTES_A_SECOND
from assistant.channels.voice.session.session import Event, Session
from assistant.channels.web import create_app
from assistant.channels.web.headset import DEMO_PIN, LONGEST_FRAME
from assistant.channels.web.headset import Headset as HeadsetPage
from assistant.settings import load
from assistant.views.rows import EntryRow
from tests.support.floor_day import ZONE, Clock, demo_books
from tests.support.headset_page import Cable, Headset, log_in, served
from tests.support.speaking import Speaker, silence

REPORT = "moved six cases of romaine romeo mike eleven eleven from cooler one bay two to line two"
POSTED = "Moved 6 cases of romaine RM1111 from cooler 1 bay 2 to line 2."

Serve = Callable[..., tuple[int, HeadsetPage]]


@pytest.fixture(scope="module")
def speaker(tmp_path_factory: pytest.TempPathFactory) -> Speaker:
    """Whoever speaks."""
    return Speaker.of_run(tmp_path_factory)


@pytest.fixture
def wire(tmp_path: Path) -> Callable[..., Assistant]:
    """Makes an assistant of the demo plant, with settings as given."""
    books = demo_books(tmp_path / "floor.db")

    def make(**settings: object) -> Assistant:
        given = {"demo": True, "headset_pins": tmp_path / "pins.json", "audio_folder": tmp_path / "audio", **settings}
        return bootstrap(load(database_url=f"sqlite:///{books}", timezone=ZONE.key, today=None, **given), now=Clock())

    return make


@pytest.fixture
def serve(wire: Callable[..., Assistant]) -> Iterator[Serve]:
    """Serves an assistant's headset page: (port, the page's own state)."""
    with ExitStack() as stack:

        def start(limits: Limits | None = None, **settings: object) -> tuple[int, HeadsetPage]:
            page = HeadsetPage.of(wire(**settings))
            if limits is not None and page.voice is not None:
                page.voice = replace(page.voice, limits=limits)
            app = create_app(wire(**settings))
            app.config["SOCK_SERVER_OPTIONS"] = {"ping_interval": 15, "max_message_size": 1 << 16}
            app.register_blueprint(page.blueprint())
            return stack.enter_context(served(app)), page

        yield start


def voiced(page: HeadsetPage) -> list[EntryRow]:
    """The entries that came by voice."""
    floor = page.floor
    assert isinstance(floor, Assistant)
    return [entry for entry in floor.entries() if entry["channel"] == "voice"]


def refused(port: int, cookie: str) -> tuple[int, str]:
    """What `/headset/line` says."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/headset/line", headers={"Cookie": cookie})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own server
            return answer.status, json.load(answer)["say"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)["say"]


def handshake(port: int, **headers: str) -> int:
    """The answer to a websocket's first request; 101 when it would be taken."""
    key = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "A" * 22,
    }
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", "/headset/audio", headers={**key, **headers})
        return line.getresponse().status
    finally:
        line.close()


def test_nobody_talks_without_a_log_in_or_from_another_site(serve: Serve) -> None:
    port, page = serve()
    assert refused(port, "") == (401, "Please log in again.")
    cookie = log_in(port, "maria", DEMO_PIN)
    assert handshake(port) == 401
    assert handshake(port, Cookie="floor_headset=maria.9999999999.0") == 401
    assert handshake(port, Cookie=cookie, Origin="http://evil.test") == 403
    assert page.streams.open == 0
    assert handshake(port, Cookie=cookie, Origin=f"http://127.0.0.1:{port}") == 101


def test_one_more_than_the_lines_is_told_so_and_a_line_that_ends_is_free_again(serve: Serve) -> None:
    port, page = serve(headset_streams=2)
    cookies = {person: log_in(port, person, DEMO_PIN) for person in ("maria", "linh", "tom")}
    maria, linh = (Headset(port, cookies[person]) for person in ("maria", "linh"))
    maria.connect()
    linh.connect()
    status, sentence = refused(port, cookies["tom"])
    assert (status, "All 2 voice lines are in use" in sentence) == (503, True)
    assert handshake(port, Cookie=cookies["tom"]) == 503
    assert refused(port, cookies["maria"]) == (200, "")
    again = Headset(port, cookies["maria"])
    again.connect()
    assert again.gather() == []
    linh.close()
    for _ in range(100):
        if page.streams.open < 2:
            break
        again.gather()
    assert refused(port, cookies["tom"]) == (200, "")
    again.close()


def test_a_turn_that_is_sent_again_is_answered_again_and_posts_once(serve: Serve, speaker: Speaker) -> None:
    port, page = serve()
    cable = Cable(port)
    headset = Headset(cable.port, log_in(port, "maria", DEMO_PIN))
    headset.connect()
    told = headset.say(speaker.say(REPORT))
    assert told is not None
    assert told["asking"] == "confirm"
    yes = speaker.say("yes") + silence(1)
    turn = headset.turn
    assert headset.wire is not None
    for at in range(0, len(yes), 3200):
        headset.wire.send(yes[at : at + 3200])
    cable.pull()
    headset.wire = None
    cable.plug()
    for forgotten in (False, True):
        if forgotten:
            page.replies._kept.clear()
        headset.turn, headset.mode = turn, "listening"
        answer = next(e for e in headset.connect(resend=yes) if e["event"] == "told")
        assert (answer["say"], answer["earcon"]) == (POSTED, "posted")
        assert len(voiced(page)) == 1
        headset.close()
    cable.close()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (b"\0" * 3201, "halves of samples"),
        ('{"type": "dance"}', "something unknown"),
        ('{"type": "turn", "id": "../x"}', "without a proper id"),
        ("[1]", "out of turn"),
        ("{", "out of turn"),
    ],
)
def test_what_is_no_message_closes_the_line_with_a_sentence(serve: Serve, sent: str | bytes, sentence: str) -> None:
    port, _ = serve()
    headset = Headset(port, log_in(port, "maria", DEMO_PIN))
    headset.connect()
    assert headset.wire is not None
    headset.wire.send(sent)
    closed = json.loads(headset.wire.receive(timeout=10) or "{}")
    assert closed["event"] == "closed"
    assert sentence in closed["say"]


def test_a_line_over_which_nothing_comes_is_closed(serve: Serve) -> None:
    port, page = serve(Limits(idle_seconds=0.2))
    headset = Headset(port, log_in(port, "maria", DEMO_PIN))
    headset.connect()
    assert headset.wire is not None
    assert "line was closed" in json.loads(headset.wire.receive(timeout=10) or "{}")["say"]
    assert voiced(page) == []


def test_speech_without_an_end_ends_at_the_bound(serve: Serve, speaker: Speaker) -> None:
    port, page = serve(Limits(turn_seconds=4))
    headset = Headset(port, log_in(port, "maria", DEMO_PIN))
    headset.connect()
    events = headset.send(speaker.say("one two three four five six seven eight nine " * 4))
    assert [event["event"] for event in events].count("understood") == 1
    assert voiced(page) == []
    headset.close()


def test_sound_faster_than_it_can_be_listened_to_closes_the_line(
    serve: Serve, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, page = serve(Limits(ahead_seconds=5))
    busy, go_on = threading.Event(), threading.Event()
    hear = Session.hear

    def slowly(self: Session, pcm: bytes) -> Iterator[Event]:
        busy.set()
        assert go_on.wait(20)
        return hear(self, pcm)

    monkeypatch.setattr(Session, "hear", slowly)
    headset = Headset(port, log_in(port, "maria", DEMO_PIN))
    headset.connect()
    assert headset.wire is not None
    headset.wire.send(silence(0.1))
    assert busy.wait(20)
    for _ in range(80):
        headset.wire.send(silence(0.1))
    headset.tell(type="ping")
    line = next(iter(page.lines.values()))
    until = time.monotonic() + 20
    while sum(map(len, list(line.input_buffer))) < 8 * BYTES_A_SECOND and time.monotonic() < until:
        time.sleep(0.01)
    go_on.set()
    assert "faster than it can be listened to" in closing(headset)
    assert voiced(page) == []


def test_a_frame_beyond_any_page_closes_the_line_and_the_next_is_served(serve: Serve, speaker: Speaker) -> None:
    port, _ = serve()
    cookie = log_in(port, "maria", DEMO_PIN)
    headset = Headset(port, cookie)
    headset.connect()
    assert headset.wire is not None
    headset.wire.send(bytes(LONGEST_FRAME + 2))
    with pytest.raises(ConnectionClosed):
        headset.wire.receive(timeout=10)
    again = Headset(port, cookie)
    again.connect()
    assert (again.say(speaker.say(REPORT)) or {}).get("asking") == "confirm"
    again.close()


def test_listening_to_nothing_it_falls_asleep_after_a_while(serve: Serve) -> None:
    port, _ = serve(Limits(quiet_seconds=15, turn_seconds=5))
    headset = Headset(port, log_in(port, "maria", DEMO_PIN))
    headset.connect()
    assert [e["event"] for e in headset.send(silence(9))].count("mode") == 0
    events = headset.send(silence(20))
    assert {"event": "mode", "mode": "asleep"} in events
    headset.close()


def closing(headset: Headset) -> str:
    """The sentence with which the server closes the line."""
    assert headset.wire is not None
    while True:
        came = json.loads(headset.wire.receive(timeout=10) or '{"event": "closed", "say": ""}')
        if came["event"] == "closed":
            return str(came["say"])


def test_recordings_are_kept_with_the_entry_where_the_plant_says_so(
    serve: Serve, speaker: Speaker, tmp_path: Path
) -> None:
    port, _ = serve()
    quiet = Headset(port, log_in(port, "maria", DEMO_PIN))
    quiet.connect()
    assert quiet.say(speaker.say(REPORT))
    quiet.say(speaker.say("no"))
    quiet.close()
    assert not (tmp_path / "audio").exists()
    old = tmp_path / "audio" / "2026-11-18"
    old.mkdir(parents=True)
    port, page = serve(audio_days=3)
    kept = Headset(port, log_in(port, "maria", DEMO_PIN))
    kept.connect()
    assert kept.say(speaker.say(REPORT))
    assert (kept.say(speaker.say("yes")) or {}).get("say") == POSTED
    kept.close()
    days = sorted(path.name for path in (tmp_path / "audio").iterdir())
    assert days == ["2026-11-22"]
    assert len(list((tmp_path / "audio" / days[0]).glob("*.wav"))) == 2
    assert len(voiced(page)) == 1


def test_without_a_usable_model_the_page_says_why(serve: Serve, tmp_path: Path) -> None:
    port, _ = serve(model=tmp_path / "none")
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/headset", timeout=10)
    with error.value:
        assert error.value.code == 503
        assert "There is no speech model" in error.value.read().decode()


def test_pins_that_cannot_be_read_are_told_on_the_page(serve: Serve, tmp_path: Path) -> None:
    port, _ = serve()
    cookie = log_in(port, "maria", DEMO_PIN)
    tmp_path.joinpath("demo-pins.json").write_text("{")
    page = urllib.request.Request(f"http://127.0.0.1:{port}/headset", headers={"Cookie": cookie})
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(page, timeout=10)  # noqa: S310 - our own server
    with error.value:
        assert error.value.code == 503
        assert "cannot be read; make them anew" in error.value.read().decode()
