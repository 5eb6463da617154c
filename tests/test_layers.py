"""Imports point one way: the table of who may import whom, read from the source of every module.

Standard library modules are free for all. A row speaks for a module and everything below it; the longest row wins.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 450

MODEL = {"store.model", "store.units", "store.errors"}
PURE = {
    "assistant.conversation.dialogue",
    "assistant.reports.draft",
    "assistant.intents",
    "assistant.conversation.state_json",
    "assistant.messages",
    "assistant.reports.proposal",
    "assistant.rules.finding",
    "assistant.views.json_shapes",
    "assistant.reports.missing.choice",
    "assistant.reports.readback",
    "assistant.reports.voice_code",
    "assistant.wording.sentences",
    "assistant.wording.names",
}
JOINERS = {
    "assistant.bootstrap",
    "assistant.cli.main",
    "assistant.cli",
    "assistant.delivery.courier",
    "assistant.serve",
    "assistant.channels.web",
}

# Who may import what of this project and of other people's libraries; a module without a row is free, but see below.
MAY_IMPORT: dict[str, set[str]] = {
    "store.model": MODEL,
    "store.units": MODEL,
    "store.errors": MODEL,
    "assistant.demo": set(),
    "assistant.messages": set(),
    "assistant.settings": {"pydantic", "pydantic_settings"},
    "assistant.intents": {"assistant.intents", "yaml", "rapidfuzz", "dateutil"},
    "assistant.rules": {"assistant.rules", "assistant.wording.names", *MODEL, "yaml"},
    "assistant.rules.engine.engine": {
        "assistant.rules",
        "assistant.wording.names",
        *MODEL,
        "yaml",
        "durable",
        "durable_rules_engine",
    },
    "assistant.bench.rules": {"assistant.rules", *MODEL, "durable"},
    "assistant.conversation.dialogue": {*PURE, *MODEL, "yaml"},
    "assistant.conversation.state_json": {*PURE, *MODEL, "yaml"},
    "assistant.reports.proposal": {*PURE, *MODEL, "yaml"},
    "assistant.reports.draft": {*PURE, *MODEL, "yaml"},
    "assistant.views.json_shapes": {*PURE, *MODEL, "yaml"},
    "assistant.reports.missing.choice": {*PURE, *MODEL, "yaml"},
    "assistant.reports.readback": {*PURE, *MODEL, "yaml"},
    "assistant.wording.sentences": {*PURE, *MODEL, "yaml"},
    "assistant.wording.names": {*PURE, *MODEL, "yaml"},
}
# A channel sees messages and settings, itself, and libraries; the one in the browser is a joiner.
CHANNEL = "assistant.channels"
CHANNEL_SEES = {"assistant.messages", "assistant.settings", "assistant.reports.voice_code"}

# What only these may import.
ONLY_FROM: dict[str, set[str]] = {
    "assistant": {"assistant"},
    "assistant.cli.main": {"assistant.cli.main"},
    "assistant.cli": {"assistant.cli", "assistant.cli.main"},
    "assistant.bootstrap": {
        "assistant.bootstrap",
        "assistant.cli.main",
        "assistant.cli",
        "assistant.delivery.courier",
        "assistant.serve",
        "assistant.demo.play",
        "assistant.bench.turn",
        "assistant.exports.files",
        "assistant.channels.web",
    },
    "assistant.delivery.courier": {
        "assistant.delivery.courier",
        "assistant.cli",
        "assistant.demo.play",
        "assistant.bootstrap",
    },
    "assistant.serve": {"assistant.serve", "assistant.demo.play", "assistant.cli"},
    "assistant.channels.web": {"assistant.channels.web", "assistant.serve", "assistant.bootstrap"},
    "assistant.channels": {"assistant.channels", *JOINERS},
    "durable": {"assistant.rules.engine.engine", "assistant.bench.rules"},
    "durable_rules_engine": {"assistant.rules.engine.engine"},
    "slack_bolt": {"assistant.channels.slack"},
    "slack_sdk": {"assistant.channels.slack"},
    "vosk": {"assistant.channels.voice"},
}


def under(module: str, prefixes: set[str]) -> bool:
    """Whether `module` is one of `prefixes` or lies below one."""
    return any(module == prefix or module.startswith(prefix + ".") for prefix in prefixes)


def module_name(path: Path, root: Path) -> str:
    """The dotted name by which the file is imported."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


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


def allowed(module: str) -> set[str] | None:
    """What the module's row lets it import; None: it has no row."""
    rows = [row for row in MAY_IMPORT if under(module, {row})]
    return MAY_IMPORT[max(rows, key=len)] if rows else None


def objection(module: str, imported: str) -> str | None:
    """Why `module` may not import `imported`, or None."""
    if imported.startswith("."):
        return "imports are absolute"
    if imported.split(".", maxsplit=1)[0] in sys.stdlib_module_names:
        return None
    closed = [name for name in ONLY_FROM if under(imported, {name})]
    if closed and not under(module, ONLY_FROM[max(closed, key=len)]):
        return f"only {', '.join(sorted(ONLY_FROM[max(closed, key=len)]))} may"
    row = allowed(module)
    if row is not None and not under(imported, row):
        return f"it may import {', '.join(sorted(row)) or 'the standard library only'}"
    own = ".".join(module.split(".")[:3])
    channel_sees = {*CHANNEL_SEES, own}
    is_channel = under(module, {CHANNEL}) and not under(module, JOINERS)
    if is_channel and under(imported, {"assistant", "store"}) and not under(imported, channel_sees):
        return f"a channel may import {', '.join(sorted(channel_sees))}"
    return None


def faults(root: Path) -> list[str]:
    """Every import below `root` that points the wrong way, with file and line."""
    found = []
    for path in sorted([*root.glob("assistant/**/*.py"), *root.glob("store/**/*.py")]):
        module = module_name(path, root)
        for line, imported in dict.fromkeys(imports(path, root)):
            reason = objection(module, imported)
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


@pytest.mark.parametrize(
    ("file", "source", "blamed"),
    [
        ("store/books/ledger.py", "from assistant.messages import Reply", "assistant.messages"),
        ("store/model.py", "from store import session", "store.session"),
        ("store/units.py", "import sqlmodel", "sqlmodel"),
        ("assistant/intents/spot.py", "from store import units", "store.units"),
        ("assistant/intents/spot.py", "def f():\n    import sqlalchemy", "sqlalchemy"),
        ("assistant/rules/gate/conditions.py", "import durable.lang", "durable.lang"),
        ("assistant/rules/facts.py", "from store.session import begin", "store.session"),
        ("assistant/reports/proposal.py", "from assistant.rules.engine import judge", "assistant.rules.engine.engine"),
        ("assistant/wording/sentences.py", "from assistant import conversation", "assistant.conversation.hear"),
        ("assistant/conversation/hear.py", "from assistant.bootstrap import wired", "assistant.bootstrap"),
        ("assistant/conversation/hear.py", "from assistant.channels import web", "assistant.channels.web"),
        ("assistant/conversation/hear.py", "from .messages import Reply", ".messages"),
        ("assistant/bootstrap.py", "from slack_bolt import App", "slack_bolt"),
        ("assistant/bootstrap.py", "from assistant.cli import main", "assistant.cli.main"),
        ("assistant/channels/voice/session/ear.py", "import importlib\nimportlib.import_module('store')", "store"),
        (
            "assistant/channels/slack/cards/cards.py",
            "from assistant.channels.voice import ear",
            "assistant.channels.voice",
        ),
        ("assistant/channels/terminal.py", "import vosk", "vosk"),
    ],
)
def test_an_import_that_points_the_wrong_way_is_named(tmp_path: Path, file: str, source: str, blamed: str) -> None:
    for module in [*MAY_IMPORT, *ONLY_FROM, "store.session", "assistant.conversation.hear"]:
        if module.split(".")[0] in {"assistant", "store"}:
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
