"""Slack over a websocket that we open: for a plant that no request from outside can reach."""

import threading
from typing import Final

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError, SlackClientError

from assistant.channels.slack.channel import Channel
from assistant.channels.slack.client import web_client
from assistant.channels.slack.port import Floor

WORKERS: Final = 10
"""Threads of one connection that take what comes."""

CONNECTIONS: Final = 2
"""So many are open at once: while one is renewed or found dead, the other goes on."""

PING: Final = 2.5
"""Seconds between two pings; after four without an answer a line is dead, and is opened anew within 15 seconds."""


class SocketFault(Exception):
    """Socket Mode cannot start; `str()` says why."""


def handler(channel: Channel, floor: Floor, ping: float = PING) -> SocketModeHandler:
    """The connection: it takes down and acknowledges like the HTTP address does, and reconnects by itself."""
    settings = floor.settings
    return SocketModeHandler(
        channel.app,
        app_token=settings.slack_app_token,
        web_client=web_client(settings),
        ping_interval=ping,
        concurrency=WORKERS,
    )


def run(floor: Floor, stopping: threading.Event) -> None:
    """Listen until told to stop. Raises SocketFault where a token is missing or Slack does not take it."""
    settings = floor.settings
    if not (settings.slack_bot_token and settings.slack_app_token):
        raise SocketFault("Socket Mode needs FLOOR_SLACK_BOT_TOKEN (xoxb-…) and FLOOR_SLACK_APP_TOKEN (xapp-…).")
    channel = Channel.of(floor)
    channel.start()
    connections = [handler(channel, floor) for _ in range(CONNECTIONS)]
    try:
        for connection in connections:
            connection.connect()  # type: ignore[no-untyped-call]  # Bolt's own
        stopping.wait()
    except SlackApiError as error:
        raise SocketFault(f"Slack refuses the connection: {error.response['error']}.") from error
    except (SlackClientError, OSError) as error:
        raise SocketFault(f"Slack cannot be reached: {error}.") from error
    finally:
        for connection in connections:
            connection.close()  # type: ignore[no-untyped-call]  # Bolt's own
        channel.stop()
