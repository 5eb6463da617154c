"""One headset's connection: frames in, events out, within its bounds, whatever the other side sends."""

import json
import logging
import re
from collections import OrderedDict
from collections.abc import Iterable, Sized
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, Final, Protocol

from simple_websocket import ConnectionClosed

from assistant.channels.voice.port import Voice
from assistant.channels.voice.recognition.audio import BYTES_A_SECOND
from assistant.channels.voice.session.manners import SLOWEST, Mode
from assistant.channels.voice.session.session import Event, Session, Told, as_message

REPLIES: Final = 256
"""Answers that are remembered for a connection that was lost before they arrived."""
_TURN: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
_RESUMABLE: Final = {"asleep": Mode.ASLEEP, "listening": Mode.LISTENING, "speaking": Mode.SPEAKING}
POLICY, OURS, IDLE = 1008, 1011, 4000
_log = logging.getLogger(__name__)


class Wire(Protocol):
    """A websocket, as far as it is used."""

    @property
    def input_buffer(self) -> list[Sized]:
        """The frames that have come and were not received yet."""

    def receive(self, timeout: float | None = None) -> str | bytes | bytearray | None:
        """The next frame; None when none came within the time."""

    def send(self, data: str) -> None:
        """Sends a text frame."""

    def close(self, reason: int | None = None, message: str | None = None) -> None:
        """Closes with a code and a sentence."""


@dataclass(slots=True)
class Replies:
    """What was answered to whom in which turn, the latest ones."""

    _kept: OrderedDict[tuple[str, str], Told] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def keep(self, person: str, told: Told) -> None:
        """Remembers an answer."""
        with self._lock:
            self._kept[person, told.turn] = told
            while len(self._kept) > REPLIES:
                self._kept.popitem(last=False)

    def of(self, person: str, turn: str) -> Told | None:
        """The answer to a turn, if there was one."""
        with self._lock:
            return self._kept.get((person, turn))


class _Ended(Exception):
    """The connection is to be closed, with this code and sentence."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(slots=True)
class Line:
    """A person's connection. Raises nothing of its own: what the other side does wrong closes it with a sentence."""

    voice: Voice
    wire: Wire
    person: str
    replies: Replies

    def run(self) -> None:
        """Serves until one side closes."""
        try:
            session = self._hello()
            while True:
                self._one(session)
        except _Ended as ended:
            self.wire.send(json.dumps({"event": "closed", "say": str(ended)}))
            self.wire.close(ended.code, str(ended)[:100])
        except ConnectionClosed:
            _log.debug("%s hung up", self.person)
        except Exception:  # noqa: BLE001 - a channel's edge: the other streams go on
            _log.exception("unforeseen in a headset's connection")
            self.wire.send(json.dumps({"event": "closed", "say": "Something went wrong on our side; nothing is lost."}))
            self.wire.close(OURS, "unforeseen")

    def _hello(self) -> Session:
        """The first message says where the page stands: its mode, and the turn whose audio it may send again."""
        hello = self._control(self._receive())
        if hello.get("type") != "hello":
            raise _Ended(POLICY, "The page spoke out of turn; reload it.")
        mode = _RESUMABLE.get(str(hello.get("mode")), Mode.ASLEEP)
        session = self.voice.session(self.person, mode=mode, hands_free=hello.get("hands_free") is True)
        slow = hello.get("slow")
        if isinstance(slow, int):
            session.state = replace(session.state, slow=min(max(slow, 0), SLOWEST))
        turn = self._turn(hello.get("turn")) if hello.get("turn") else None
        answered = self.replies.of(self.person, turn) if turn else None
        if answered is not None:
            session.state = replace(
                session.state,
                mode=Mode.SPEAKING,
                spoken=answered.spoken,
                asking=answered.asking,
                options=answered.options,
            )
            self._send([answered])
        elif turn is not None:
            session.begin(turn)
        return session

    def _one(self, session: Session) -> None:
        """One frame and what comes of it."""
        frame = self._receive()
        if not isinstance(frame, str):
            if len(frame) % 2:
                raise _Ended(POLICY, "The sound was sent in halves of samples; reload the page.")
            self._send(session.hear(bytes(frame)))
            return
        message = self._control(frame)
        match message.get("type"):
            case "turn":
                session.begin(self._turn(message.get("id")))
            case "ping":
                self.wire.send('{"event": "pong"}')
            case _:
                self._send(self._pressed(session, message))

    def _pressed(self, session: Session, message: dict[str, Any]) -> Iterable[Event]:
        """What a button of the page does."""
        hands_free = message.get("hands_free") if isinstance(message.get("hands_free"), bool) else None
        match message.get("type"):
            case "wake":
                return session.wake(hands_free=hands_free)
            case "sleep":
                return session.sleep(hands_free=hands_free)
            case "again":
                return session.again()
            case "tap":
                return session.tap(str(message.get("answer")))
            case "spoken":
                return session.spoken()
            case "end":
                return session.end()
        raise _Ended(POLICY, "The page sent something unknown; reload it.")

    def _receive(self) -> str | bytes | bytearray:
        limits = self.voice.limits
        if sum(len(frame) for frame in list(self.wire.input_buffer)) > limits.ahead_seconds * BYTES_A_SECOND:
            raise _Ended(POLICY, "Sound comes faster than it can be listened to; reload the page.")
        frame = self.wire.receive(timeout=limits.idle_seconds)
        if frame is None:
            raise _Ended(IDLE, "Nothing came for a while, so the line was closed.")
        return frame

    def _control(self, frame: str | bytes | bytearray) -> dict[str, Any]:
        try:
            message = json.loads(frame) if isinstance(frame, str) else None
        except (ValueError, RecursionError):
            message = None
        if not isinstance(message, dict):
            raise _Ended(POLICY, "The page spoke out of turn; reload it.")
        return message

    def _turn(self, given: object) -> str:
        if not isinstance(given, str) or not _TURN.fullmatch(given):
            raise _Ended(POLICY, "The page sent a turn without a proper id; reload it.")
        return given

    def _send(self, events: Iterable[Event]) -> None:
        """Sends events as they come; an answer is remembered before it leaves."""
        for event in events:
            if isinstance(event, Told):
                self.replies.keep(self.person, event)
            self.wire.send(json.dumps(as_message(event), ensure_ascii=False))
