"""What a proof of the books found wrong."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which the books contradict themselves; `check` names the kind, `say` is one plain sentence.

    `entry`, `lot` and `place` are where it is, as far as it has such a place.
    """

    check: str
    say: str
    entry: int | None = None
    lot: str | None = None
    place: str | None = None

    def __str__(self) -> str:
        return self.say
