"""Bounds of the voice channel, and the count of streams that keeps a process able to listen in real time."""

from collections import Counter
from dataclasses import dataclass
from threading import Lock

from assistant.channels.voice.errors import Busy


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one process and one stream may take.

    Attributes:
        streams: Headsets that one process serves at a time; each holds a server thread for as long as it is connected.
        turn_seconds: Speech in one utterance; then it ends where it is.
        quiet_seconds: Listening without a word; then the headset falls asleep.
        idle_seconds: A connection over which nothing comes; then it is closed.
        patience_seconds: Silence beyond the recogniser's own end of an utterance in which a worker may go on with a
            report; a short answer ends at once.
        ahead_seconds: Audio that may wait to be recognised, as after a reconnection; more closes the connection.
    """

    streams: int = 8
    turn_seconds: float = 30.0
    quiet_seconds: float = 120.0
    idle_seconds: float = 60.0
    patience_seconds: float = 0.4
    ahead_seconds: float = 45.0


class Streams:
    """The streams that are open in this process, by whose they are: one that connects anew takes its old place."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: Counter[str] = Counter()
        self._lock = Lock()

    @property
    def open(self) -> int:
        """How many people are connected now."""
        return len(self._held)

    def full_for(self, whose: str) -> bool:
        """Whether this one would be refused."""
        return whose not in self._held and self.open >= self.most

    def take(self, whose: str) -> None:
        """Counts a stream in. Raises Busy where there is no room."""
        with self._lock:
            if self.full_for(whose):
                raise Busy(self.most)
            self._held[whose] += 1

    def give_back(self, whose: str) -> None:
        """Counts a stream out."""
        with self._lock:
            self._held[whose] -= 1
            if self._held[whose] <= 0:
                del self._held[whose]
