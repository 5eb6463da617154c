"""Who wears the headset: badge code and PIN, and the token that stands for them for the rest of the shift.

PINs live in a file of their own, salted and stretched, beside the database: the plant's people.csv has no secrets.
A supervisor makes one with `floor headset-pin CODE`; a new PIN ends every log-in of that person.
"""

import hashlib
import hmac
import json
import os
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final

from assistant.channels.voice.errors import VoiceUnavailable

SHIFT_SECONDS: Final = 12 * 3600
TRIES: Final = 5
"""So many wrong PINs of a person; then every further one is refused for LOCKED_SECONDS."""
LOCKED_SECONDS: Final = 300.0
DIGITS: Final = 6
_FEWEST_DIGITS, _MOST_DIGITS = 4, 12
_STRETCH: Final = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}


def new_pin() -> str:
    """A PIN nobody can guess from another one."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def check_pin(pin: str) -> str | None:
    """What is wrong with a PIN that somebody chose, in one sentence; None when it will do."""
    if not (pin.isascii() and pin.isdigit() and _FEWEST_DIGITS <= len(pin) <= _MOST_DIGITS):
        return f"A PIN has {_FEWEST_DIGITS} to {_MOST_DIGITS} digits."
    return "A PIN of one digit only is too easy." if len(set(pin)) == 1 else None


@dataclass(slots=True)
class Pins:
    """The PINs in a file, and the tokens signed with its key. Several processes may share it: it is read each time."""

    path: Path
    clock: Callable[[], float] = time.time
    _wrong: dict[str, tuple[int, float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def set(self, person: str, pin: str) -> None:
        """Gives a person a PIN, or another one. Raises VoiceUnavailable where the file cannot be written."""
        salt = secrets.token_hex(16)
        with self._lock:
            kept = self._read() or {"key": secrets.token_hex(32), "people": {}}
            kept["people"][person] = {"salt": salt, "hash": _stretched(pin, salt)}
            self._write(kept)

    def has(self, person: str) -> bool:
        """Whether the person has a PIN."""
        return person in self._read().get("people", {})

    def log_in(self, person: str, pin: str) -> str | None:
        """A token for the shift where person and PIN belong together, else None. Wrong ones are counted."""
        with self._lock:
            tried, since = self._wrong.get(person, (0, 0.0))
            if tried >= TRIES and self.clock() - since < LOCKED_SECONDS:
                return None
            tried = 0 if self.clock() - since >= LOCKED_SECONDS else tried
            kept = self._read()
            known = kept.get("people", {}).get(person)
            expected = known or {"salt": "", "hash": ""}
            right = hmac.compare_digest(_stretched(pin, expected["salt"]), expected["hash"])
            if known is None or not right:
                if len(self._wrong) > 1000:  # noqa: PLR2004 - made-up names must not fill the memory
                    self._wrong.clear()
                self._wrong[person] = tried + 1, self.clock()
                return None
            self._wrong.pop(person, None)
            return self._token(kept, person, int(self.clock()) + SHIFT_SECONDS)

    def locked(self, person: str) -> bool:
        """Whether the person has to wait after too many wrong PINs."""
        tried, since = self._wrong.get(person, (0, 0.0))
        return tried >= TRIES and self.clock() - since < LOCKED_SECONDS

    def person_of(self, token: str) -> str | None:
        """Whose token it is; None for one that is forged, too old, or of an earlier PIN."""
        person, _, rest = token.rpartition(".")[0].rpartition(".")
        kept = self._read()
        if not (rest.isascii() and rest.isdigit()) or person not in kept.get("people", {}) or int(rest) < self.clock():
            return None
        genuine = self._token(kept, person, int(rest))
        return person if hmac.compare_digest(genuine.encode(), token.encode()) else None

    def _token(self, kept: Mapping[str, Any], person: str, until: int) -> str:
        stated = f"{person}.{until}.{kept['people'][person]['hash']}"
        signature = hmac.new(bytes.fromhex(kept["key"]), stated.encode(), hashlib.sha256).hexdigest()
        return f"{person}.{until}.{signature}"

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise VoiceUnavailable(f"The headset PINs in {self.path} cannot be read; make them anew.") from error
        return found if isinstance(found, dict) else {}

    def _write(self, kept: Mapping[str, Any]) -> None:
        """Whole or not at all, and for nobody else's eyes."""
        fresh = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh.touch(mode=0o600)
            fresh.write_text(json.dumps(kept), encoding="utf-8")
            fresh.replace(self.path)
        except OSError as error:
            raise VoiceUnavailable(f"The headset PINs cannot be kept in {self.path}: {error.strerror}.") from error


def _stretched(pin: str, salt: str) -> str:
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), **_STRETCH).hex()
