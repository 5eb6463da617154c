"""How often a wrong PIN was given, counted in a file beside the PINs, so that all server processes count together."""

import fcntl
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.channels.voice.errors import VoiceUnavailable

TRIES: Final = 5
"""So many wrong PINs of a person; then every further one is refused for LOCKED_SECONDS."""
LOCKED_SECONDS: Final = 300.0
MOST_NAMES: Final = 1000
"""People whose tries are counted; beyond it made-up names are forgotten first, so that they fill no disk."""


@dataclass(frozen=True, slots=True)
class Tries:
    """The count. A try is counted before the PIN is looked at and forgiven when it was right, so that many at the
    same moment, in whatever processes, are never more than TRIES.
    """

    path: Path
    clock: Callable[[], float]

    def take(self, person: str, known: Collection[str]) -> bool:
        """Counts a try of a person; False where the person has to wait. Raises VoiceUnavailable if it cannot count."""
        with only_one(self.path):
            kept = self._lately()
            count = kept.get(person, (0, 0.0))[0]
            if count >= TRIES:
                return False
            kept[person] = count + 1, self.clock()
            self._write(_bounded(kept, known))
            return True

    def forgive(self, person: str) -> None:
        """The PIN was right, or is a new one: nothing counts against the person."""
        with only_one(self.path):
            kept = self._lately()
            if kept.pop(person, None) is not None:
                self._write(kept)

    def spent(self, person: str) -> bool:
        """Whether the person has to wait."""
        return self._lately().get(person, (0, 0.0))[0] >= TRIES

    def _lately(self) -> dict[str, tuple[int, float]]:
        """(tries, when the last one was) by person, without those that are over."""
        since = self.clock() - LOCKED_SECONDS
        return {name: (int(n), float(at)) for name, (n, at) in read(self.path).items() if at > since}

    def _write(self, kept: Mapping[str, tuple[int, float]]) -> None:
        write(self.path, kept)


def _bounded(kept: dict[str, tuple[int, float]], known: Collection[str]) -> dict[str, tuple[int, float]]:
    """The latest of them, real people before made-up ones."""
    ranked = sorted(kept.items(), key=lambda one: (one[0] in known, one[1][1]), reverse=True)
    return dict(ranked[:MOST_NAMES])


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Nobody else, in this process or another, changes the file meanwhile."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(f"{path.name}.lock").open("w")
    except OSError as error:
        raise VoiceUnavailable(f"The headset PINs cannot be kept in {path}: {error.strerror}.") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read(path: Path) -> dict[str, Any]:
    """What a JSON file keeps, nothing where there is none. Raises VoiceUnavailable for one that cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise VoiceUnavailable(f"The headset PINs in {path} cannot be read; make them anew.") from error
    return found if isinstance(found, dict) else {}


def write(path: Path, kept: Mapping[str, Any]) -> None:
    """Keeps it whole or not at all, and for nobody else's eyes. Raises VoiceUnavailable where it cannot."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise VoiceUnavailable(f"The headset PINs cannot be kept in {path}: {error.strerror}.") from error
