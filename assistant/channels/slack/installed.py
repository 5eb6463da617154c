"""How the app is installed: in which workspace, and whether with every scope that it needs."""

import logging
from typing import Final

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from assistant.channels.slack.journal import Book
from assistant.channels.slack.send.queue import Never, NotNow, call

LOG = logging.getLogger(__name__)

SCOPES: Final = frozenset(
    """app_mentions:read channels:history chat:write commands files:read files:write groups:history im:history im:write
    reactions:read users:read""".split()
)
"""What the app is installed with, as the manifest asks for it."""


def installed(client: WebClient, book: Book, now: float) -> bool:
    """Note workspace and missing scopes; False where Slack could not be asked."""
    try:
        told = call(client, "auth.test", {})
    except NotNow:
        return False
    except Never as error:
        book.note("refused", str(error), now)
        return True
    book.note("team", str(told.get("team_id") or ""), now)
    book.note("bot", str(told.get("user_id") or ""), now)
    missing = SCOPES - _granted(told)
    book.note("missing scopes", " ".join(sorted(missing)), now)
    if missing:
        LOG.warning("the Slack app lacks the scopes %s: install it again from the manifest", ", ".join(sorted(missing)))
    return True


def _granted(told: SlackResponse) -> frozenset[str]:
    """The scopes that Slack says the token has; all of ours where it does not say."""
    for name, value in told.headers.items():
        if name.lower() == "x-oauth-scopes":
            given = value[0] if isinstance(value, list) else value
            return frozenset(scope.strip() for scope in given.split(","))
    return SCOPES
