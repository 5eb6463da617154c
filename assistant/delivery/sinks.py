"""Where messages go that are for people outside a conversation: a log file, or a signed webhook.

A sink sends one message or says why not: `Later` (try again, after so many seconds), `Unwanted` (never again).
Anything else that fails is tried again with growing pauses.
"""

import hashlib
import hmac
import json
import os
from pathlib import Path
from typing import Any, Final, Protocol

import requests

from store.desk.outbox import Message

TIMEOUT: Final = 10.0
"""Seconds that a webhook may take to accept a connection, and again to answer; both together are below a lease."""

TOO_MANY: Final = 429
SERVER_FAULT: Final = 500


class Later(Exception):
    """Not now; `seconds` is what the other side asked for, None where it did not say."""

    def __init__(self, why: str, seconds: float | None = None) -> None:
        super().__init__(why)
        self.seconds = seconds


class Unwanted(Exception):
    """The other side will never take this message."""


class Sink(Protocol):
    """Something that delivers a message, and gives back what it is called there, if anything."""

    def send(self, message: Message) -> str | None:
        """Deliver it, or raise Later, Unwanted or any OSError."""


def document(message: Message) -> dict[str, Any]:
    """A message as programs get it; `key` is the same when it is delivered a second time."""
    return {"key": message.key, "to": message.sink, "at": message.at.isoformat(), **message.body}


class LogFile:
    """A file with one JSON object a line: what a plant without Slack or a webhook has."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, message: Message) -> str | None:
        """Append it and wait for the disk."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(document(message), ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return None


class Webhook:
    """An address that gets every message as JSON, signed with a shared secret.

    `X-Floor-Signature` is `sha256=` and the HMAC-SHA256 of the body; `Idempotency-Key` is the message's key, so that
    the other side can leave out what it has seen.
    """

    def __init__(self, url: str, secret: str, timeout: float = TIMEOUT) -> None:
        self.url = url
        self.secret = secret.encode()
        self.timeout = timeout

    def send(self, message: Message) -> str | None:
        """POST it; 429 and 5xx are tried again, other refusals are for good."""
        body = json.dumps(document(message), ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": message.key,
            "X-Floor-Signature": "sha256=" + hmac.new(self.secret, body, hashlib.sha256).hexdigest(),
        }
        try:
            # What the answer says beside its status is not read, so that it may be as long and slow as it likes.
            answer = requests.post(
                self.url, data=body, headers=headers, timeout=self.timeout, allow_redirects=False, stream=True
            )
            answer.close()
        except requests.RequestException as error:
            raise Later(type(error).__name__) from error
        if answer.ok:
            return None
        if answer.status_code == TOO_MANY or answer.status_code >= SERVER_FAULT:
            raise Later(f"answered {answer.status_code}", _seconds(answer.headers.get("Retry-After")))
        raise Unwanted(f"answered {answer.status_code}")


def _seconds(told: str | None) -> float | None:
    """The seconds of a Retry-After header; a date or nonsense is no number."""
    try:
        return float(told) if told else None
    except ValueError:
        return None
