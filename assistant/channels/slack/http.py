"""Slack over HTTP: one address for events, clicks, forms and commands, on the plant's web server."""

from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue
from slack_bolt.adapter.flask import SlackRequestHandler

from assistant.channels.slack.channel import Channel
from assistant.channels.slack.port import Floor


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
    app.register_blueprint(blueprint(channel))
    return channel


def blueprint(channel: Channel) -> Blueprint:
    """The route of a channel."""
    routes = Blueprint("slack", __name__)
    handler = SlackRequestHandler(channel.app)

    @routes.post("/slack/events")
    def events() -> ResponseReturnValue:
        with channel.acking:
            return handler.handle(request)

    return routes
