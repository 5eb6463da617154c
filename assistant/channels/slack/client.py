"""A client of Slack's web API, with its time-outs."""

from typing import Final

from slack_sdk import WebClient

from assistant.settings import Settings

TIMEOUT: Final = 10


def web_client(settings: Settings) -> WebClient:
    """Slack's web API, without retries of its own: what is queued is tried again in order."""
    return WebClient(
        token=settings.slack_bot_token, base_url=settings.slack_api_url, timeout=TIMEOUT, retry_handlers=[]
    )
