"""The headset page: a phone in the pocket talks over a websocket, logged in by badge code and PIN.

Page -> server: JSON whose `type` is hello, turn, wake, sleep, again, tap, spoken, end or ping, and 16 kHz PCM.
Server -> page: the session's events as JSON. A turn that was answered while the connection was away is answered
again from memory, or by the conversation, which has kept the reply under the turn's id.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Protocol
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_sock import Sock

from assistant.channels.voice.access.limits import Streams
from assistant.channels.voice.access.pins import SHIFT_SECONDS, Pins
from assistant.channels.voice.errors import Busy, VoiceError
from assistant.channels.voice.port import Floor as VoiceFloor
from assistant.channels.voice.port import Voice
from assistant.channels.voice.websocket import Line, Replies, Wire
from assistant.channels.web.guard import Refused
from store.model import Person

_log = logging.getLogger(__name__)

COOKIE: Final = "floor_headset"
DEMO_PIN: Final = "2468"
"""Everybody's PIN in the demo plant, told on its log-in page; a real plant has none that is known beforehand."""
LONGEST_FRAME: Final = 1 << 16
_WEBSOCKETS: Final = {"ping_interval": 15, "max_message_size": LONGEST_FRAME}
_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "worker-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), screen-wake-lock=(self)",
    "Cache-Control": "no-store",
}
_WRONG: Final = "That badge code and PIN do not belong together."
_LOCKED: Final = "Too many wrong PINs. Wait five minutes, or ask a supervisor for a new one."


class Floor(VoiceFloor, Protocol):
    """The assistant as the headset page sees it."""

    def people(self) -> Sequence[Person]:
        """Everybody who may report."""


def register(app: Flask, floor: Floor) -> None:
    """Adds the headset page to a web server."""
    app.config.setdefault("SOCK_SERVER_OPTIONS", dict(_WEBSOCKETS))
    app.register_blueprint(Headset.of(floor).blueprint())


@dataclass(slots=True)
class Headset:
    """The page's routes and what they share: who is connected, and what was answered lately."""

    floor: Floor
    pins: Pins
    voice: Voice | None
    off: str = ""
    replies: Replies = field(default_factory=Replies)
    lines: dict[str, Wire] = field(default_factory=dict)
    streams: Streams = field(default_factory=lambda: Streams(1))
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, floor: Floor) -> "Headset":
        """The page of an assistant; without a usable speech model it says why there is no voice."""
        settings = floor.settings
        path = settings.headset_pins
        pins = Pins(path.with_name(f"demo-{path.name}") if settings.demo else path)
        try:
            voice = Voice.of(floor)
        except VoiceError as error:
            _log.warning("voice is off: %s", error)
            return cls(floor, pins, None, str(error))
        missing = voice.grammars.missing()
        if missing.words:
            _log.warning("%d words cannot be heard; `floor voice-check` lists them", len(missing.words))
        return cls(floor, pins, voice, streams=Streams(settings.headset_streams))

    def blueprint(self) -> Blueprint:
        """The routes, below /headset."""
        routes = Blueprint("headset", __name__, url_prefix="/headset")
        routes.before_request(self._room)
        routes.teardown_request(self._leave)
        routes.after_request(_headers)
        routes.register_error_handler(VoiceError, _off)
        routes.get("")(self.page)
        routes.post("/login")(self.log_in)
        routes.post("/logout")(self.log_out)
        routes.get("/line")(self.line)
        Sock().route("/audio", bp=routes)(self.audio)
        return routes

    def page(self) -> ResponseReturnValue:
        """The page to talk to, or the log-in."""
        person = self._person()
        if self.voice is None:
            return render_template("headset.html", view="off", say=self.off), 503
        if person is None:
            return self._login_page()
        named = next((p.name for p in self.floor.people() if p.code == person), person)
        words = self.voice.grammars.words
        return render_template(
            "headset.html",
            view="talk",
            name=named,
            wake=words.wake[0],
            sleep=words.sleep[0],
            small_model=self.voice.grammars.model.is_demo,
        )

    def log_in(self) -> ResponseReturnValue:
        """Badge code and PIN for a token that lasts the shift."""
        _same_origin()
        person = request.form.get("person", "").strip().lower()
        pin = request.form.get("pin", "").strip()
        known = any(p.code == person for p in self.floor.people())
        if self.floor.settings.demo and known and not self.pins.has(person):
            self.pins.set(person, DEMO_PIN)
        token = self.pins.log_in(person, pin)
        if token is None or not known:
            return self._login_page(_LOCKED if self.pins.locked(person) else _WRONG, person), 403
        answer = make_response(redirect(url_for("headset.page"), 303))
        answer.set_cookie(
            COOKIE,
            token,
            max_age=SHIFT_SECONDS,
            path="/headset",
            httponly=True,
            samesite="Strict",
            secure=request.is_secure,
        )
        return answer

    def log_out(self) -> ResponseReturnValue:
        """Forgets who wears the headset."""
        _same_origin()
        answer = make_response(redirect(url_for("headset.page"), 303))
        answer.delete_cookie(COOKIE, path="/headset")
        return answer

    def line(self) -> ResponseReturnValue:
        """Whether a connection would be taken; a browser cannot read the answer to a refused websocket."""
        refusal = self._refusal()
        return (jsonify(say=refusal[1]), refusal[0]) if refusal else jsonify(say="")

    def audio(self, wire: Wire) -> None:
        """One connection, for as long as it lives; a newer one of the same person ends it."""
        person = g.stream
        with self._lock:
            older = self.lines.get(person)
            self.lines[person] = wire
        if older is not None:
            _close(older)
        try:
            if self.voice is not None:
                Line(self.voice, wire, person, self.replies).run()
        finally:
            with self._lock:
                if self.lines.get(person) is wire:
                    del self.lines[person]

    def _room(self) -> ResponseReturnValue | None:
        """Before the handshake of a websocket: who it is, and whether there is room."""
        if request.endpoint != "headset.audio":
            return None
        _same_origin()
        refusal = self._refusal()
        if refusal is not None:
            return jsonify(say=refusal[1]), refusal[0]
        person = self._person() or ""
        try:
            self.streams.take(person)
        except Busy as busy:
            return jsonify(say=str(busy)), 503
        g.stream = person
        return None

    def _leave(self, _error: BaseException | None) -> None:
        person = g.pop("stream", None)
        if person is not None:
            self.streams.give_back(person)

    def _refusal(self) -> tuple[int, str] | None:
        """(status, sentence) where a connection would not be taken."""
        person = self._person()
        if self.voice is None:
            return 503, self.off
        if person is None:
            return 401, "Please log in again."
        if self.streams.full_for(person):
            return 503, str(Busy(self.streams.most))
        return None

    def _person(self) -> str | None:
        """Who is logged in, as long as they are on the plant's list."""
        person = self.pins.person_of(request.cookies.get(COOKIE, ""))
        return person if any(p.code == person for p in self.floor.people()) else None

    def _login_page(self, say: str = "", person: str = "") -> str:
        demo = self.floor.settings.demo
        people = [p.code for p in self.floor.people()] if demo else []
        return render_template(
            "headset.html",
            view="login",
            say=say,
            person=person,
            demo_pin=DEMO_PIN if demo else "",
            people=people,
            small_model=self.voice is not None and self.voice.grammars.model.is_demo,
        )


def _same_origin() -> None:
    """Refuses what another site's page sends."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise Refused(403, "This came from another site, so nothing was done.")


def _off(error: VoiceError) -> ResponseReturnValue:
    """What keeps the page from working, such as PINs that cannot be read."""
    _log.error("the headset page: %s", error)
    return render_template("headset.html", view="off", say=str(error)), 503


def _headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _close(wire: Wire) -> None:
    try:
        wire.close(4001, "You are talking on another device now.")
    except Exception:  # noqa: BLE001 - it may be closed already, in as many ways as a network has
        _log.debug("an older headset connection was gone already")
