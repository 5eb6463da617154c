"""A function that grows more complex than it may be is named, and so is a leave that is no longer needed."""

import runpy
from pathlib import Path
from typing import Any

SCRIPT: dict[str, Any] = runpy.run_path(
    str(Path(__file__).resolve().parent.parent.parent / "scripts" / "complexity.py")
)


def test_what_rises_what_is_new_and_what_has_fallen_is_told() -> None:
    known = {"a.py risen": 24, "a.py same": 30, "a.py fallen": 25, "a.py gone": 22}
    found = {"a.py risen": 25, "a.py same": 30, "a.py fallen": 12, "a.py new": 21, "a.py plain": 20}
    assert list(SCRIPT["faults"](known, found)) == [
        "a.py risen: 25, at most 24",
        "a.py new: 21, at most 20",
        "a.py fallen: no longer above 20; take it off complexity.txt",
        "a.py gone: no longer above 20; take it off complexity.txt",
    ]


def test_methods_are_measured_beside_functions() -> None:
    names = {name for name, _ in SCRIPT["measured"]()}
    assert "assistant/conversation/hear.py Conversation.hear" in names
    assert "assistant/conversation/settle.py settle" in names
