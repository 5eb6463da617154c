"""Slack over HTTP: one address for events, clicks, forms and commands, on the plant's web server."""

import json
import logging
from typing import Any, Final

from flask import Blueprint, Flask, Request, request
from flask.typing import ResponseReturnValue
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk.signature import SignatureVerifier

from assistant.channels.slack.channel import Channel
from assistant.channels.slack.port import Floor

LOG = logging.getLogger(__name__)

LARGEST: Final = 1_000_000
"""Bytes of a request; Slack's own are a hundredth of that."""


def register(app: Flask, floor: Floor) -> Channel | None:
    """Adds POST /slack/events where token and signing secret are set; gives the channel, None where they are not.

    The channel is `app.extensions["slack"]`, for the server to start and stop with each of its processes; one that does
    not starts it with the first request of any kind.
    """
    settings = floor.settings
    if not (settings.slack_bot_token and settings.slack_signing_secret):
        return None
    channel = Channel.of(floor)
    app.extensions["slack"] = channel
    app.before_request(channel.start)
    app.register_blueprint(blueprint(channel, settings.slack_signing_secret))
    return channel


def blueprint(channel: Channel, secret: str) -> Blueprint:
    """The route of a channel."""
    routes = Blueprint("slack", __name__)
    handler = SlackRequestHandler(channel.app)
    verifier = SignatureVerifier(secret)

    @routes.post("/slack/events")
    def events() -> ResponseReturnValue:
        with channel.acking:
            return _refused(request, verifier) or _answered(request, channel) or handler.handle(request)

    return routes


def _refused(sent: Request, verifier: SignatureVerifier) -> tuple[dict[str, str], int] | None:
    """What a request gets that is too large to read or is not Slack's, before anything is made of it."""
    if sent.content_length is None:
        return {"error": "length required"}, 411
    if sent.content_length > LARGEST:
        return {"error": "too large"}, 413
    stamp = sent.headers.get("X-Slack-Request-Timestamp", "")
    signature = sent.headers.get("X-Slack-Signature", "")
    body = sent.get_data()
    try:
        genuine = stamp.isascii() and stamp.isdigit() and verifier.is_valid(body, stamp, signature)
    except (UnicodeDecodeError, TypeError, OverflowError):
        genuine = False
    return None if genuine else ({"error": "invalid request"}, 401)


def _answered(sent: Request, channel: Channel) -> tuple[dict[str, str], int] | None:
    """What a genuine request gets at once that is nothing to handle: Slack's own notices, and what is not for us."""
    if not sent.is_json:
        return None
    try:
        told: Any = json.loads(sent.get_data())
    except ValueError:
        return {"error": "no JSON"}, 400
    if not isinstance(told, dict):
        return {"error": "no object"}, 400
    if told.get("type") == "app_rate_limited":
        LOG.warning("Slack leaves out events: more than it delivers in an hour (%s)", told.get("minute_rate_limited"))
        channel.book.note("app_rate_limited", str(told.get("minute_rate_limited")), channel.clock())
        return {}, 200
    event = told.get("event")
    whole = isinstance(event, dict) and isinstance(event.get("type"), str)
    if told.get("type") == "event_callback" and not (whole and channel.is_ours(told.get("team_id"))):
        return {}, 200
    return None
