"""Who wears the headset: badge code and PIN, and the token that stands for them for the rest of the shift.

PINs live in a file of their own, salted and stretched, beside the database: the plant's people.csv has no secrets.
A supervisor makes one with `floor headset-pin CODE`; a new PIN ends every log-in of that person.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.channels.voice.access.tries import Tries, only_one, read, write

SHIFT_SECONDS: Final = 12 * 3600
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


@dataclass(frozen=True, slots=True)
class Pins:
    """The PINs in a file, and the tokens signed with its key. Several processes may share it: it is read each time."""

    path: Path
    clock: Callable[[], float] = time.time

    @property
    def _tries(self) -> Tries:
        return Tries(self.path.with_name(f"{self.path.name}.tries"), self.clock)

    def set(self, person: str, pin: str) -> None:
        """Gives a person a PIN, or another one. Raises VoiceUnavailable where the file cannot be written."""
        salt = secrets.token_hex(16)
        with only_one(self.path):
            kept = read(self.path) or {"key": secrets.token_hex(32), "people": {}}
            kept["people"][person] = {"salt": salt, "hash": _stretched(pin, salt)}
            write(self.path, kept)
        self._tries.forgive(person)

    def has(self, person: str) -> bool:
        """Whether the person has a PIN."""
        return person in read(self.path).get("people", {})

    def log_in(self, person: str, pin: str) -> str | None:
        """A token for the shift where person and PIN belong together, else None. Wrong ones are counted.

        Raises VoiceUnavailable where the files cannot be read or written: who cannot count lets nobody in.
        """
        kept = read(self.path)
        people = kept.get("people", {})
        if not self._tries.take(person, people):
            return None
        expected = people.get(person, {"salt": "", "hash": ""})
        right = hmac.compare_digest(_stretched(pin, expected["salt"]), expected["hash"])
        if person not in people or not right:
            return None
        self._tries.forgive(person)
        return self._token(kept, person, int(self.clock()) + SHIFT_SECONDS)

    def locked(self, person: str) -> bool:
        """Whether the person has to wait after too many wrong PINs."""
        return self._tries.spent(person)

    def person_of(self, token: str) -> str | None:
        """Whose token it is; None for one that is forged, too old, or of an earlier PIN."""
        person, _, rest = token.rpartition(".")[0].rpartition(".")
        kept = read(self.path)
        if not (rest.isascii() and rest.isdigit()) or person not in kept.get("people", {}) or int(rest) < self.clock():
            return None
        genuine = self._token(kept, person, int(rest))
        return person if hmac.compare_digest(genuine.encode(), token.encode()) else None

    def _token(self, kept: Mapping[str, Any], person: str, until: int) -> str:
        stated = f"{person}.{until}.{kept['people'][person]['hash']}"
        signature = hmac.new(bytes.fromhex(kept["key"]), stated.encode(), hashlib.sha256).hexdigest()
        return f"{person}.{until}.{signature}"


def _stretched(pin: str, salt: str) -> str:
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), **_STRETCH).hex()
