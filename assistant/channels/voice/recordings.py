"""Recordings of utterances, kept only where the plant has turned it on, and only for as long as it said."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from shutil import rmtree
from typing import Final

from assistant.channels.voice.recognition.audio import write_wav

_TURN: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Recordings:
    """A folder of WAV files, one folder a day.

    Attributes:
        folder: Where they are.
        days: How long they stay; 0 keeps nothing at all.
    """

    folder: Path
    days: int

    def keep(self, turn: str, pcm: bytes, today: date) -> str | None:
        """Keeps an utterance's audio; its name within the folder goes with the entry. None where nothing is kept."""
        if self.days <= 0 or not pcm or not _TURN.fullmatch(turn):
            return None
        day = self.folder / today.isoformat()
        if not day.is_dir():
            day.mkdir(parents=True, exist_ok=True)
            self.forget(today)
        write_wav(day / f"{turn}.wav", pcm)
        return f"{today.isoformat()}/{turn}.wav"

    def forget(self, today: date) -> int:
        """Deletes the days that are over; how many."""
        gone = 0
        for day in self.folder.iterdir() if self.folder.is_dir() else ():
            try:
                old = date.fromisoformat(day.name) <= today - timedelta(days=max(self.days, 0))
            except ValueError:
                continue
            if old:
                rmtree(day)
                gone += 1
        return gone
