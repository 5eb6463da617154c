"""Every path that the documents name is there, so that who follows one arrives."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
NAMED = re.compile(r"\b(?:assistant|store|tests|scripts|docs)/[\w./-]*[\w/]")


def braces(text: str) -> str:
    """`a/{b, c}` written out: `a/b a/c`."""
    opened = re.compile(r"([\w./-]*)\{([\w., ]+)\}")
    return opened.sub(lambda m: " ".join(m[1] + part.strip() for part in m[2].split(",")), text)


def missing(text: str) -> list[str]:
    """The paths in a text that are not there."""
    return sorted({path for path in NAMED.findall(braces(text)) if not (ROOT / path).exists()})


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_paths_are_there(document: Path) -> None:
    assert missing(document.read_text(encoding="utf-8")) == []


def test_a_path_that_is_not_there_is_found() -> None:
    assert missing("see `store/books/{ledger.py, legder.py}` and assistant/attic/") == [
        "assistant/attic/",
        "store/books/legder.py",
    ]


def test_the_architecture_names_every_room() -> None:
    text = braces((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"))
    rooms = {path.parent.relative_to(ROOT) for top in ("assistant", "store") for path in (ROOT / top).rglob("*.py")}
    floors = {room for room in rooms if len(room.parts) == 2}
    assert sorted(str(room) for room in floors if str(room) not in text) == []
