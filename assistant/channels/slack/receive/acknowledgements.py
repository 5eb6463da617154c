"""Acknowledgements go first: while Slack waits for one, what was taken down before rests for a moment."""

from threading import Event, Lock
from types import TracebackType
from typing import Final, Self

MOMENT: Final = 0.5
"""Seconds that work lets acknowledgements go first, so that a stream of them without a gap does not stop it."""


class Acking:
    """Entered by everything that Slack waits for; `rest` is for those for whom nobody waits."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting = 0
        self._none = Event()
        self._none.set()

    def __enter__(self) -> Self:
        with self._lock:
            self._waiting += 1
            self._none.clear()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._lock:
            self._waiting -= 1
            if not self._waiting:
                self._none.set()

    def rest(self, moment: float = MOMENT) -> bool:
        """Wait until nobody waits for an acknowledgement, for a moment at the most; whether nobody does."""
        return self._none.wait(moment)
