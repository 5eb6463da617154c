"""Sends what is queued for Slack: in order, at the pace that Slack allows, patiently while Slack is away.

A refusal that will never change gives the post up; one that people mend (the app is not in the channel) keeps it, and
the person whom it answers gets it directly; anything else is tried again, after as long as Slack asks for or with
growing pauses.
"""

import logging
from base64 import b64decode
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from assistant.channels.slack.journal import Book, Post

LOG = logging.getLogger(__name__)

PACE: Final = 1.0
"""Seconds between two posts to one channel."""

LONGEST_PAUSE: Final = 60.0
"""Seconds between two tries at the most."""

TOO_MANY: Final = 429
SERVER_FAULT: Final = 500
PASSING: Final = frozenset(
    {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
)
"""Refusals that pass."""

MENDABLE: Final = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})
"""Refusals that last until the plant's IT mends a setting; nothing is given up for them."""

SHUT: Final = frozenset(
    {"not_in_channel", "channel_not_found", "is_archived", "missing_scope", "restricted_action", "no_permission"}
)
"""Refusals of one channel, which people mend: invite the app, unarchive, install it with its scopes."""

SHUT_PAUSE: Final = 300.0
"""Seconds between two tries at a channel that is shut at the most."""

MENDING: Final = 7 * 86400.0
"""Seconds after which what a channel that is shut did not take is given up."""

BURST: Final = 20
"""So many posts a channel gets one right after the other, then one a second again: Slack allows short bursts."""

SENDERS: Final = 4


class NotNow(OSError):
    """Slack did not take it now; `seconds` is what it asked for, None where it did not say."""

    def __init__(self, why: str, seconds: float | None = None) -> None:
        super().__init__(why)
        self.seconds = seconds


class Never(Exception):
    """Slack will never take it."""


class Shut(Never):
    """The channel takes nothing before people mend something."""


def call(client: WebClient, method: str, body: Mapping[str, Any]) -> SlackResponse:
    """One call of the web API. Raises NotNow or Never."""
    try:
        return client.api_call(method, json=dict(body))
    except SlackApiError as error:
        raise _refusal(error) from error
    except (SlackClientError, URLError, OSError) as error:
        raise NotNow(type(error).__name__) from error


def upload(client: WebClient, body: Mapping[str, Any]) -> None:
    """A file, whose content is in `base64`, into a channel or thread. Raises NotNow or Never."""
    rest = {name: value for name, value in body.items() if name != "base64"}
    try:
        client.files_upload_v2(content=b64decode(body["base64"]), **rest)
    except SlackApiError as error:
        raise _refusal(error) from error
    except (SlackClientError, URLError, OSError) as error:
        raise NotNow(type(error).__name__) from error


def _refusal(error: SlackApiError) -> NotNow | Never:
    response = error.response
    status, told = 200, str(error)
    if isinstance(response, SlackResponse):
        status, told = response.status_code, str(response.get("error") or response.status_code)
        if status == TOO_MANY or told in PASSING:
            return NotNow(told, _seconds(response.headers))
    if status >= SERVER_FAULT or told in MENDABLE:
        return NotNow(told)
    return Shut(told) if told in SHUT else Never(told)


def _seconds(headers: Mapping[str, Any]) -> float | None:
    """What Retry-After says."""
    for name, value in headers.items():
        if name.lower() == "retry-after":
            try:
                return float(value[0] if isinstance(value, list) else value)
            except ValueError:
                return None
    return None


def receipt(answer: SlackResponse) -> str | None:
    """What a message is called in Slack: channel/ts."""
    channel, ts = answer.get("channel"), answer.get("ts")
    return f"{channel}/{ts}" if channel and ts else None


@dataclass(slots=True)
class Outgoing:
    """The queue's sender; several may run at once, also in several processes."""

    client: WebClient
    book: Book
    clock: Callable[[], float]
    pace: float = PACE
    burst: int = BURST
    _full: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _senders: ThreadPoolExecutor | None = None

    def round(self) -> int:
        """Send the oldest post of every channel that may have one now; how many were tried."""
        now = self.clock()
        with self._lock:
            filled = {channel: at for channel, at in self._full.items() if at > now}
            busy = {channel for channel, at in filled.items() if at - now > (self.burst - 1) * self.pace}
            due = self.book.due(now, busy)
            self._full = filled | {post.channel: max(filled.get(post.channel, now), now) + self.pace for post in due}
            if self._senders is None:
                self._senders = ThreadPoolExecutor(SENDERS, "slack-send")
        for sent in [self._senders.submit(self._send, post) for post in due]:
            sent.result()
        return len(due)

    def close(self) -> None:
        """Finish what is being sent."""
        with self._lock:
            senders, self._senders = self._senders, None
        if senders is not None:
            senders.shutdown(wait=True)

    def _send(self, post: Post) -> None:
        try:
            given = self._call(post)
        except NotNow as error:
            if error.seconds is not None:
                with self._lock:  # Slack counted otherwise: no burst before it is one a second again
                    self._full[post.channel] = self.clock() + self.burst * self.pace
            pause = error.seconds if error.seconds is not None else min(2.0 ** min(post.tries, 10), LONGEST_PAUSE)
            self.book.unsent(post.id, str(error), self.clock() + max(pause, 0.0), self.clock())
        except Shut as error:
            self._shut(post, str(error))
        except Never as error:
            LOG.warning("Slack refuses %s to %s for good: %s", post.key, post.channel, error)
            self.book.unsent(post.id, str(error), None, self.clock())
        else:
            self.book.sent(post.id, self.clock(), given)

    def _shut(self, post: Post, why: str) -> None:
        """Kept until the channel is mended, for days; the one whom it answers has it in a direct message meanwhile."""
        now = self.clock()
        again = now + min(2.0 ** min(post.tries, 10), SHUT_PAUSE)
        if now - post.at > MENDING:
            LOG.warning("%s is given up: %s has been shut for days: %s", post.key, post.channel, why)
            self.book.unsent(post.id, why, None, now)
            return
        self.book.unsent(post.id, why, again, now)
        reader = post.body.get("reader")
        if reader and post.channel != reader:
            kept = {name: post.body[name] for name in post.body.keys() - {"thread_ts", "user", "reader"}}
            about = self.book.about(post.key)
            self.book.post(
                f"direct:{post.key}", reader, "chat.postMessage", {**kept, "channel": reader}, now, about=about
            )

    def _call(self, post: Post) -> str | None:
        body = {name: value for name, value in post.body.items() if name != "reader"}
        under = body.pop("under", None)
        if under is not None:
            place = self._place(under)
            if post.method == "chat.update":
                body |= {"channel": place[0], "ts": place[1]}
            else:
                body["channel"] = place[0]
                body.setdefault("thread_ts", place[1])
        if post.method == "files":
            upload(self.client, body)
            return None
        answer = call(self.client, post.method, body)
        return receipt(answer) if post.method == "chat.postMessage" else None

    def _place(self, key: str) -> tuple[str, str]:
        """Where the message of that key is in Slack."""
        found = self.book.find(key)
        if found is None or not found.receipt:
            raise Never(f"{key} was never posted")
        channel, _, ts = found.receipt.partition("/")
        return channel, ts
