"""What was written while nobody listened: taken down once from the channel's history, as if Slack had brought it."""

import logging
from collections.abc import Iterator, Mapping
from typing import Any, Final

from slack_sdk import WebClient

from assistant.channels.slack.journal import Book
from assistant.channels.slack.receive.listeners import Listeners
from assistant.channels.slack.send.queue import Never, NotNow, call

LOG = logging.getLogger(__name__)

LOOKED_BACK: Final = 86400.0
"""Seconds of a channel's history that are caught up with at the most."""

PAGE: Final = 200


def catch_up(client: WebClient, book: Book, listeners: Listeners) -> bool:
    """Take down what the floor's channel has since the last message that came; False where Slack cannot say now.

    A first start catches up with nothing: what stands in the channel was written for others.
    """
    channel, noted = listeners.settings.slack_channels.get("floor"), book.noted()
    team = noted["team"][0] if "team" in noted else ""
    last = book.last_said(team, channel) if channel else None
    if channel is None or last is None:
        return True
    body = {"team_id": team, "authorizations": [{"is_bot": True, "user_id": noted.get("bot", ("", 0))[0]}]}
    since = max(float(last), listeners.clock() - LOOKED_BACK)
    try:
        for message in sorted(_since(client, channel, since), key=lambda found: float(found["ts"])):
            listeners.message({**body, "event": {"type": "message", **message, "channel": channel}})
    except NotNow:
        return False
    except Never as error:
        LOG.warning("the history of %s cannot be read: %s", channel, error)
    return True


def _since(client: WebClient, channel: str, since: float) -> list[Mapping[str, Any]]:
    """The messages after that moment, with what was answered in their threads."""
    found = list(_pages(client, "conversations.history", {"channel": channel, "oldest": f"{since:.6f}"}))
    replies = [
        reply
        for root in found
        if root.get("reply_count")
        for reply in _pages(client, "conversations.replies", {"channel": channel, "ts": root["ts"]})
        if reply["ts"] != root["ts"]
    ]
    return [*found, *replies]


def _pages(client: WebClient, method: str, asked: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    cursor = ""
    while True:
        answer = call(client, method, {**asked, "limit": PAGE, **({"cursor": cursor} if cursor else {})})
        yield from answer.get("messages") or ()
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return
