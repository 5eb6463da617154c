"""A small Slack: its web API on a free port, strict about token, method, limits and payload, and its Socket Mode."""

import hashlib
import hmac
import json
import queue
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode

import simple_websocket
from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

TOKEN = "xoxb-test"
APP_TOKEN = "xapp-test"
SECRET = "signing-secret"
SCOPES = (
    "app_mentions:read channels:history chat:write commands files:read files:write groups:history im:history im:write "
    "reactions:read users:read"
).split()
CHANNELS = {"floor": "C0FLOOR", "supervisors": "C0SUPER", "quality": "C0QUAL"}

METHODS = {
    "chat.postMessage",
    "chat.update",
    "chat.postEphemeral",
    "users.info",
    "auth.test",
    "conversations.history",
    "conversations.replies",
    "views.open",
    "views.publish",
    "files.getUploadURLExternal",
    "files.completeUploadExternal",
    "apps.connections.open",
}
ARGUMENTS = {"channel", "text", "blocks", "thread_ts", "ts", "user", "unfurl_links", "unfurl_media"}
"""What the app may say of a message."""

TEXT_LIMITS = {"header": 150, "section": 3000, "button": 75}


class Refused(Exception):
    """Slack does not do it, and the app is not to blame."""


class Wrong(Exception):
    """The payload is not what Slack takes."""


@dataclass
class Message:
    """What stands in a channel now; `history` is every form it had."""

    channel: str
    ts: str
    body: dict[str, Any]
    at: float
    history: list[dict[str, Any]] = field(default_factory=list)

    @property
    def thread(self) -> str | None:
        return self.body.get("thread_ts")

    @property
    def shown(self) -> str:
        """All text of its blocks."""
        return "\n".join(texts(self.body.get("blocks", [])))

    def button(self, action: str) -> dict[str, Any] | None:
        for block in self.body.get("blocks", []):
            for element in block.get("elements", ()):
                label = element["text"]["text"] if element["type"] == "button" else None
                if action in {element.get("action_id"), label}:
                    return {**element, "block_id": block["block_id"]}
        return None


def texts(found: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Every text in a block, a view or a list of them."""
    if isinstance(found, dict):
        if isinstance(found.get("text"), str):
            yield found["text"]
        for value in found.values():
            yield from texts(value)
    elif isinstance(found, list):
        for value in found:
            yield from texts(value)


@dataclass
class SlackServer:
    """What Slack was sent, and how it is told to answer."""

    url: str = ""
    messages: list[Message] = field(default_factory=list)
    members: dict[str, dict[str, bool]] = field(default_factory=dict)
    whispers: list[Message] = field(default_factory=list)
    views: list[dict[str, Any]] = field(default_factory=list)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)
    uploads: dict[str, bytes] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    down: bool = False
    slow: float = 0.0
    late: bool = False
    line: str = ""
    history: list[dict[str, Any]] = field(default_factory=list)
    shut: dict[str, str] = field(default_factory=dict)
    scopes: list[str] = field(default_factory=lambda: list(SCOPES))
    triggers: set[str] = field(default_factory=set)
    limited: list[float] = field(default_factory=list)
    sockets: "queue.Queue[Socket]" = field(default_factory=queue.Queue)
    lock: threading.Lock = field(default_factory=threading.Lock)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def answer(self, method: str, body: dict[str, Any], token: str) -> tuple[dict[str, Any], int, dict[str, str]]:
        with self.lock:
            self.calls.append(method)
        time.sleep(self.slow)
        with self.lock:
            if self.down:
                return {"ok": False, "error": "service_unavailable"}, 503, {}
            if self.limited and method == "chat.postMessage":
                return {"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(self.limited.pop(0))}
            if token != f"Bearer {APP_TOKEN if method == 'apps.connections.open' else TOKEN}":
                self.wrong.append(f"{method}: token")
                return {"ok": False, "error": "invalid_auth"}, 200, {}
            if method not in METHODS:
                self.wrong.append(f"{method}: unknown")
                return {"ok": False, "error": "unknown_method"}, 200, {}
            try:
                return {"ok": True, **self._take(method, body)}, 200, {"X-OAuth-Scopes": ",".join(self.scopes)}
            except Refused as error:
                return {"ok": False, "error": str(error)}, 200, {}
            except Wrong as error:
                self.wrong.append(f"{method}: {error}")
                return {"ok": False, "error": str(error)}, 200, {}

    def _take(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        if method == "auth.test":
            return {"team_id": "T1", "user_id": "U0BOT", "bot_id": "B0"}
        if method == "users.info":
            return {"user": {"id": body["user"], "deleted": False, **self.members.get(body["user"], {})}}
        if method == "apps.connections.open":
            return {"url": (self.line or self.url).replace("http", "ws", 1).removesuffix("api/") + "socket"}
        family = method.partition(".")[0]
        takes = {"chat": self._chat, "views": self._view, "conversations": self._history, "files": self._file}
        return takes[family](method, body)

    def _chat(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        check_message(body)
        self._open(body["channel"])
        if method == "chat.postEphemeral":
            if not body.get("user"):
                raise Wrong("user_not_in_channel")
            self.whispers.append(Message(body["channel"], f"e{next(self.numbers)}", body, time.time()))
            return {"message_ts": self.whispers[-1].ts}
        if method == "chat.update":
            found = self.at(body["channel"], body["ts"])
            if found is None:
                raise Wrong("message_not_found")
            found.history.append(found.body)
            found.body = {**found.body, "text": body["text"], "blocks": body["blocks"]}
            return {"channel": body["channel"], "ts": body["ts"]}
        channel = body["channel"]
        place = "D" + channel[1:] if channel.startswith("U") else channel
        ts = f"{1_700_000_000 + next(self.numbers)}.000100"
        self.messages.append(Message(place, ts, body, time.time()))
        return {"channel": place, "ts": ts}

    def _view(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        if method == "views.open":
            self._trigger(body.get("trigger_id"))
        check_view(body["view"], 100)
        if method == "views.publish":
            self.homes[body["user_id"]] = body["view"]
            return {}
        self.views.append(body["view"])
        return {"view": {"id": f"V{len(self.views)}"}}

    def _history(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        """Two messages a page, the newest first."""
        self._open(body["channel"])
        if not 0 < int(body["limit"]) <= 999:
            raise Wrong("invalid_limit")
        if method == "conversations.replies":
            found = [m for m in self.history if body["ts"] in {m["ts"], m.get("thread_ts")}]
        else:
            found = [m for m in self.history if float(m["ts"]) > float(body["oldest"]) and not m.get("thread_ts")][::-1]
        at = int(body.get("cursor") or 0)
        more = {"next_cursor": str(at + 2)} if len(found) > at + 2 else {}
        return {"messages": found[at : at + 2], "response_metadata": more}

    def _open(self, channel: str) -> None:
        """Whether the app may post there; it is not to blame where it may not."""
        if not channel.startswith(("C", "D", "U")):
            raise Wrong("channel_not_found")
        if channel in self.shut:
            raise Refused(self.shut[channel])
        if "chat:write" not in self.scopes:
            raise Refused("missing_scope")

    def _trigger(self, trigger: str | None) -> None:
        """A trigger opens one view, within three seconds."""
        if not trigger:
            raise Wrong("invalid_trigger_id")
        if self.late:
            raise Refused("expired_trigger_id")
        if trigger in self.triggers:
            raise Wrong("exchanged_trigger_id")
        self.triggers.add(trigger)

    def _file(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        if method == "files.getUploadURLExternal":
            name = f"F{next(self.numbers)}"
            self.files.append({"id": name, "name": body["filename"], "length": int(body["length"])})
            return {"upload_url": f"{self.url}upload/{name}", "file_id": name}
        if method == "files.completeUploadExternal":
            for told in json.loads(body["files"]) if isinstance(body["files"], str) else body["files"]:
                known = next(f for f in self.files if f["id"] == told["id"])
                if len(self.uploads[told["id"]]) != known["length"]:
                    raise Wrong("file_length")
                known |= {"channel": body.get("channel_id"), "thread": body.get("thread_ts")}
            return {"files": [{"id": f["id"]} for f in self.files]}
        raise Wrong("unknown_method")

    def at(self, channel: str, ts: str) -> Message | None:
        return next((m for m in self.messages if m.channel == channel and m.ts == ts), None)

    def thread(self, ts: str) -> list[Message]:
        return [m for m in self.messages if m.thread == ts]

    def channel(self, name: str) -> list[Message]:
        return [m for m in self.messages if m.channel == name]


def check_message(body: Mapping[str, Any]) -> None:
    """What Slack refuses: no text, too much of anything, arguments that it does not know, and what would ping."""
    unknown = body.keys() - ARGUMENTS
    if unknown:
        raise Wrong(f"invalid_arguments: {', '.join(sorted(unknown))}")
    if not body.get("text") or not str(body["text"]).strip():
        raise Wrong("no_text")
    blocks = body.get("blocks", [])
    if len(blocks) > 50:
        raise Wrong("too many blocks")
    check_blocks(blocks)
    if len(json.dumps(blocks, ensure_ascii=False)) > 30_000 or sum(map(len, texts(blocks))) > 13_200:
        raise Wrong("msg_too_long")
    if "<!" in str(body["text"]) or "<@" in str(body["text"]) or "<http" in str(body["text"]):
        raise Wrong("it pings or links")


def check_view(view: Mapping[str, Any], limit: int) -> None:
    if view["type"] not in {"modal", "home"} or len(view["blocks"]) > limit:
        raise Wrong("view")
    if view["type"] == "modal":
        check_modal(view)
    check_blocks(view["blocks"])


def check_modal(view: Mapping[str, Any]) -> None:
    """What Slack refuses of a form: too long a title or button, inputs without a way to send them."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    if inputs and not view.get("submit"):
        raise Wrong("invalid_arguments: no submit")
    if any(len(view.get(name, {}).get("text", "")) > 24 for name in ("title", "submit", "close")):
        raise Wrong("invalid_arguments: label")
    if len(view.get("private_metadata", "")) > 3000 or len(view.get("callback_id", "")) > 255:
        raise Wrong("invalid_arguments: metadata")
    for block in inputs:
        element = block["element"]
        if not 0 < len(block["label"]["text"]) <= 2000 or len(block.get("hint", {}).get("text", "")) > 2000:
            raise Wrong("invalid_arguments: label")
        if len(element.get("initial_value") or "") > element.get("max_length", 3000):
            raise Wrong("invalid_arguments: initial_value")


def check_blocks(blocks: list[dict[str, Any]]) -> None:
    named = [block["block_id"] for block in blocks if "block_id" in block]
    if len(named) != len(set(named)) or any(len(name) > 255 for name in named):
        raise Wrong("block_id")
    for block in blocks:
        check_block(block)
    for text in texts(blocks):
        if "<!" in text or "<@" in text or "<http" in text or "<#" in text:
            raise Wrong("it pings or links")


def check_block(block: Mapping[str, Any]) -> None:
    kind, elements = block["type"], block.get("elements", [])
    if kind in TEXT_LIMITS and not 0 < len(block["text"]["text"]) <= TEXT_LIMITS[kind]:
        raise Wrong(f"{kind} text")
    if len(elements) > {"actions": 25, "context": 10}.get(kind, 100):
        raise Wrong("elements")
    seen = [e["action_id"] for e in elements if "action_id" in e]
    if len(seen) != len(set(seen)):
        raise Wrong("action_id")
    for element in elements:
        if element["type"] == "button" and (len(element["text"]["text"]) > 75 or len(element["value"]) > 2000):
            raise Wrong("button")
        ask = element.get("confirm")
        if ask and (
            len(ask["title"]["text"]) > 100
            or len(ask["text"]["text"]) > 300
            or max(len(ask[name]["text"]) for name in ("confirm", "deny")) > 30
        ):
            raise Wrong("confirm")
        if element["type"] == "static_select":
            check_menu(element)
    for piece in (block.get("text"), *elements):
        if isinstance(piece, dict) and piece.get("type") == "mrkdwn" and piece.get("verbatim") is not True:
            raise Wrong("mrkdwn that Slack would make links of")


def check_menu(element: Mapping[str, Any]) -> None:
    options = element["options"]
    if not 0 < len(options) <= 100 or not 0 < len(element["placeholder"]["text"]) <= 150:
        raise Wrong("menu")
    for option in options:
        if not 0 < len(option["text"]["text"]) <= 75 or not 0 < len(option["value"]) <= 150:
            raise Wrong("option")
    if len({option["value"] for option in options}) != len(options):
        raise Wrong("options")


class Socket:
    """One Socket Mode connection, seen from Slack's side."""

    def __init__(self, wire: simple_websocket.Server) -> None:
        self.wire = wire
        self.acks: list[str] = []
        self.over = threading.Event()

    def send(self, kind: str, **more: object) -> None:
        self.wire.send(json.dumps({"type": kind, **more}))

    def deliver(self, envelope: str, kind: str, payload: Mapping[str, Any]) -> None:
        self.send(kind, envelope_id=envelope, payload=payload, accepts_response_payload=False)


@contextmanager
def slack_server() -> Iterator[SlackServer]:
    """Slack, until the end of the test."""
    slack = SlackServer()
    app = Flask("slack")

    @app.post("/api/<method>")
    def api(method: str) -> tuple[Response, int, dict[str, str]]:
        body = request.get_json(silent=True) or dict(request.form.items()) or dict(request.args.items())
        told, status, headers = slack.answer(method, body, request.headers.get("Authorization", ""))
        return jsonify(told), status, headers

    @app.post("/api/upload/<name>")
    def upload(name: str) -> str:
        slack.uploads[name] = request.get_data()
        return "OK"

    @app.route("/socket", websocket=True)
    def socket() -> Response:
        wire = simple_websocket.Server.accept(request.environ, ping_interval=None)
        ours = Socket(wire)
        ours.send("hello", num_connections=1, connection_info={"app_id": "A1"})
        slack.sockets.put(ours)
        try:
            while True:
                answer = wire.receive(timeout=30)
                if answer is None:
                    break
                told = json.loads(answer)
                if "envelope_id" in told:
                    ours.acks.append(told["envelope_id"])
        except simple_websocket.ConnectionClosed:
            pass
        ours.over.set()

        class Done(Response):
            def __call__(self, *args: Any) -> list[bytes]:  # noqa: ANN401 - WSGI's
                return []

        return Done()

    server = make_server("127.0.0.1", 0, app, threaded=True)
    slack.url = f"http://127.0.0.1:{server.server_port}/api/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield slack
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def signed(body: str, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers by which Slack proves that it is the sender."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def event(user: str, text: str, ts: str, channel: str = "C0FLOOR", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """An Events API envelope with a message."""
    kind = "im" if channel.startswith("D") else "channel"
    said = {"type": "message", "user": user, "text": text, "ts": ts, "channel": channel, "channel_type": kind}
    return {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": f"Ev{ts}",
        "event_time": int(float(ts)),
        "authorizations": [{"team_id": "T1", "user_id": "U0BOT", "is_bot": True}],
        "event": {**said, **more},
    }


def form(payload: Mapping[str, Any]) -> str:
    """A click or a form as Slack sends it."""
    return urlencode({"payload": json.dumps(payload)})
