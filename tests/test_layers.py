"""Imports point one way: what each room may import of this project, and which rooms each library is for.

A room is a folder; the files directly in `assistant/` and `store/` are rooms of their own. A room without a row fails.
A room may always import itself. Standard library modules are free for all. The rows stand in `support/rooms.py`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.rooms import LIBRARIES, MAY_IMPORT, WHOLE_ROOMS

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 450


def under(module: str, prefixes: set[str]) -> bool:
    """Whether `module` is one of `prefixes` or lies below one."""
    return any(module == prefix or module.startswith(prefix + ".") for prefix in prefixes)


def module_name(path: Path, root: Path) -> str:
    """The dotted name by which the file is imported."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(path: Path, root: Path) -> str:
    """The room of a file: its folder, or the file itself where it lies at the top."""
    folder = path.relative_to(root).parent
    return module_name(path, root) if len(folder.parts) == 1 else ".".join(folder.parts)


def imports(path: Path, root: Path) -> Iterator[tuple[int, str]]:
    """Every import of a file, wherever in it: the line, and the module in full (relative ones begin with a dot)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield node.lineno, "." * node.level + (node.module or "")
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = root.joinpath(*node.module.split("."), alias.name)
                is_module = inner.is_dir() or inner.with_suffix(".py").exists()
                yield node.lineno, f"{node.module}.{alias.name}" if is_module else node.module
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"import_module", "__import__"}:
                yield node.lineno, str(node.args[0].value)


def row_of(room: str) -> str | None:
    """The row that speaks for a room: its own, or that of the room which it is a version or part of."""
    rows = [row for row in MAY_IMPORT if room == row or (row == "store.migrations" and under(room, {row}))]
    return max(rows, key=len, default=None)


def covered(imported: str, row: set[str], root: Path) -> bool:
    """Whether a row lets in a module: it is named, lies directly in a named room, or below one that is whole."""
    target = root.joinpath(*imported.split("."))
    room = imported if target.is_dir() else imported.rpartition(".")[0]
    return imported in row or room in row or under(imported, row & WHOLE_ROOMS)


def objection(path: Path, imported: str, root: Path) -> str | None:
    """Why the file may not import `imported`, or None."""
    room = room_of(path, root)
    if imported.startswith("."):
        return "imports are absolute"
    top = imported.split(".", maxsplit=1)[0]
    if top in sys.stdlib_module_names:
        return None
    if top not in {"assistant", "store"}:
        where = LIBRARIES.get(top, set())
        return None if under(room, where) else f"only {', '.join(sorted(where)) or 'nobody'} may"
    row = row_of(room)
    if row is None:
        return f"{room} has no row"
    if covered(imported, {row, *MAY_IMPORT[row]}, root) or (
        under(room, {"store.migrations"}) and under(imported, {"store.tables"})
    ):
        return None
    return f"{room} may import {', '.join(sorted(MAY_IMPORT[row])) or 'the standard library only'}"


def sources(root: Path) -> list[Path]:
    """The project's modules."""
    return sorted([*root.glob("assistant/**/*.py"), *root.glob("store/**/*.py")])


def faults(root: Path) -> list[str]:
    """Every import below `root` that points the wrong way, with file and line."""
    found = []
    for path in sources(root):
        for line, imported in dict.fromkeys(imports(path, root)):
            reason = objection(path, imported, root)
            if reason:
                found.append(f"{path.relative_to(root)}:{line} imports {imported}: {reason}")
    return found


def texts() -> Iterator[tuple[Path, str]]:
    """The project's own text files, with what they say."""
    leave_out = {"var", "build", "dist"}
    for top in sorted(ROOT.iterdir()):
        if (top.name.startswith(".") and top.name != ".gitignore") or top.name in leave_out:
            continue
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                try:
                    yield path.relative_to(ROOT), path.read_text(encoding="utf-8")
                except UnicodeDecodeError:
                    continue


def test_imports_point_one_way() -> None:
    found = faults(ROOT)
    assert not found, "\n".join(found)


def test_every_room_has_a_row_and_every_row_a_room() -> None:
    rooms = {room_of(path, ROOT) for path in sources(ROOT)} - {"assistant", "store"}
    assert {room for room in rooms if row_of(room) is None} == set()
    assert MAY_IMPORT.keys() - rooms == set()


def test_no_two_rooms_import_each_other() -> None:
    """Also not around a corner. A folder and the folders in it are one room here: they share a front door."""

    def house(room: str) -> str:
        parts = room.split(".")
        return ".".join(parts[: 3 if parts[:2] == ["assistant", "channels"] else 2])

    reaches: dict[str, set[str]] = {}
    for path in sources(ROOT):
        here = house(room_of(path, ROOT))
        for _, imported in imports(path, ROOT):
            if imported.split(".")[0] in {"assistant", "store"} and house(imported) != here:
                reaches.setdefault(here, set()).add(house(imported))
    for _ in reaches:
        for there in reaches.values():
            there |= {far for near in list(there) for far in reaches.get(near, set())}
    assert sorted(room for room, there in reaches.items() if room in there) == []


@pytest.mark.parametrize(
    ("file", "source", "blamed"),
    [
        ("store/books/ledger.py", "from assistant.messages import Reply", "assistant.messages"),
        ("store/model.py", "from store import session", "store.session"),
        ("store/units.py", "import sqlalchemy.orm\nimport vosk", "vosk"),
        ("assistant/intents/spot/spotter.py", "from store import units", "store.units"),
        ("assistant/intents/spot/spotter.py", "def f():\n    import sqlalchemy", "sqlalchemy"),
        ("assistant/intents/readers/dates.py", "from assistant.intents.spot import pieces", "assistant.intents.spot"),
        ("assistant/rules/gate/lookup.py", "import durable.lang", "durable.lang"),
        ("assistant/rules/facts.py", "from store.session import begin", "store.session"),
        ("assistant/reports/proposal.py", "from assistant.rules import objections", "assistant.rules"),
        ("assistant/wording/sentences.py", "from assistant import conversation", "assistant.conversation"),
        ("assistant/conversation/hear.py", "from assistant import bootstrap", "assistant.bootstrap"),
        ("assistant/conversation/hear.py", "from assistant.channels import web", "assistant.channels.web"),
        ("assistant/conversation/hear.py", "from .messages import Reply", ".messages"),
        ("assistant/bootstrap.py", "from slack_bolt import App", "slack_bolt"),
        ("assistant/bootstrap.py", "from assistant import cli", "assistant.cli"),
        ("assistant/channels/voice/session/ear.py", "import importlib\nimportlib.import_module('store')", "store"),
        ("assistant/channels/slack/cards/cards.py", "from assistant.channels import voice", "assistant.channels.voice"),
        ("assistant/channels/terminal.py", "import vosk", "vosk"),
        ("assistant/attic/box.py", "from assistant import messages", "assistant.messages"),
    ],
)
def test_an_import_that_points_the_wrong_way_is_named(tmp_path: Path, file: str, source: str, blamed: str) -> None:
    for module in [*MAY_IMPORT, "store.session", "assistant.conversation"]:
        tmp_path.joinpath(*module.split(".")).mkdir(parents=True, exist_ok=True)
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(source)
    (fault,) = faults(tmp_path)
    assert fault.startswith(f"{file}:{len(source.splitlines())} imports {blamed}")


def test_files_stay_small() -> None:
    lengths = {path: len(text.splitlines()) for path, text in texts() if path.suffix == ".py"}
    long = [
        f"{path} has {lines} lines, more than {LONGEST_FILE}" for path, lines in lengths.items() if lines > LONGEST_FILE
    ]
    assert not long, "\n".join(long)


def test_nothing_names_a_place_outside_the_checkout() -> None:
    machine = re.compile(r"(?<![\w.~>-])/(?:work|root|tmp|home/\w+|Users/\w+)/|\.\./sh[a]red\b")
    named = [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if machine.search(line)
    ]
    assert not named, "\n".join(named)
