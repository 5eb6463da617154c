"""Scores readings against a labelled corpus: exact, and what would have posted a falsehood."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

POSTING = frozenset(
    "receive move consume return produce count adjust scrap ship hold release start finish undo".split()
)
VITAL = frozenset("product lot quantity new_quantity unit all from to at work_order customer supplier".split())
IGNORED = frozenset({"note", "when"})
Frames = list[Mapping[str, Any]]


def canonical(slot: str, value: object) -> object:
    """A slot's value as it is compared."""
    if slot in {"quantity", "new_quantity", "days", "entry", "request"}:
        try:
            return Decimal(str(value)).normalize()
        except InvalidOperation:
            return str(value)
    if slot == "lot":
        return "".join(mark for mark in str(value).upper() if mark.isalnum())
    if slot == "reference":
        return " ".join(str(value).upper().split())
    return value


def slots(frame: Mapping[str, Any]) -> dict[str, object]:
    """The slots of a frame that count."""
    said = frame.get("slots") or {}
    return {slot: canonical(slot, value) for slot, value in said.items() if slot not in IGNORED and value is not None}


@dataclass
class Score:
    """Counts over a corpus; `misses` are the lines that were not read exactly right."""

    lines: int = 0
    exact: int = 0
    invented: int = 0
    wrong: int = 0
    misses: list[tuple[str, str, Frames, Frames]] = field(default_factory=list)

    def add(self, line: Mapping[str, Any], got: Frames) -> bool:
        """Takes one line into account; true when it was read exactly right."""
        want: Frames = line["frames"]
        self.lines += 1
        same = [f["intent"] for f in got] == [f["intent"] for f in want] and all(
            slots(a) == slots(b) for a, b in zip(got, want, strict=True)
        )
        self.exact += same
        if not same:
            self.misses.append((line["id"], line["text"], want, got))
        for at, frame in enumerate(got):
            if frame["intent"] not in POSTING:
                continue
            if at >= len(want):
                self.invented += 1
            elif frame["intent"] != want[at]["intent"] or any(
                slots(frame)[slot] != slots(want[at]).get(slot) for slot in VITAL & slots(frame).keys()
            ):
                self.wrong += 1
        return same

    @property
    def share(self) -> float:
        """The share of lines that were read exactly right."""
        return self.exact / max(1, self.lines)

    def __str__(self) -> str:
        return f"n {self.lines}  exact {self.share:.4f}  invented {self.invented}  wrong {self.wrong}"


def held_out(line_id: str) -> bool:
    """Whether a line belongs to the third that nothing is learnt from."""
    return sha256(line_id.encode()).digest()[0] % 3 == 0


def scored(lines: Iterable[Mapping[str, Any]], read: Callable[[Mapping[str, Any]], Frames]) -> Score:
    """The score of a reader over some lines."""
    score = Score()
    for line in lines:
        score.add(line, read(line))
    return score
