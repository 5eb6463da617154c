"""What a plant installs: a setup that says what it lacks, pinned versions, and a wheel with all its data."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
# What scripts/setup itself calls, and no compiler.
SHELL_TOOLS = ["cat", "cksum", "dirname", "echo", "rm", "sed", "sh", "tr"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what scripts/setup reads, with a bin folder that holds a shell's tools only."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "bin").mkdir()
    for tool in SHELL_TOOLS:
        path = shutil.which(tool)
        assert path, tool
        (folder / "bin" / tool).symlink_to(path)
    return folder


def interpreter(checkout: Path, name: str, change: str) -> str:
    """Put an interpreter on the path that is this one after `change` was done to it."""
    program = checkout / f"{name}.py"
    program.write_text(
        f"import os, runpy, sys, sysconfig\n{change}\nsys.argv = sys.argv[1:]\n"
        "sys.path[0] = os.path.dirname(sys.argv[0])\nrunpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    path = checkout / "bin" / name
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "{program}" "$@"\n')
    path.chmod(0o755)
    return str(path)


def setup(checkout: Path, **environment: str) -> str:
    """Run scripts/setup, which must fail and change nothing; what it said on stderr."""
    done = subprocess.run(
        [checkout / "scripts" / "setup"],
        env={"PATH": str(checkout / "bin"), "HOME": str(checkout), "CC": "no-such-compiler", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert not (checkout / ".venv").exists()
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


def test_without_python_setup_says_what_to_install(checkout: Path) -> None:
    assert setup(checkout).startswith("No working Python: install Python 3.11 or newer")


def test_an_old_python_is_named_with_what_to_install(checkout: Path) -> None:
    interpreter(checkout, "python3", "sys.version_info = (3, 9, 2)")
    said = setup(checkout)
    assert said.startswith("Python 3.9 (")
    assert "is too old: install Python 3.11 or newer" in said


def test_a_shim_without_an_interpreter_is_passed_over(checkout: Path) -> None:
    shim = checkout / "bin" / "python3.13"
    shim.write_text("#!/bin/sh\necho 'python3.13: command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    interpreter(checkout, "python3", "sys.version_info = (3, 9, 2)")
    assert "is too old" in setup(checkout)


def test_a_wrong_override_is_named(checkout: Path) -> None:
    assert setup(checkout, PYTHON="python9") == "PYTHON=python9 is no program.\n"


def test_without_a_compiler_setup_says_what_to_install(checkout: Path) -> None:
    said = setup(checkout, PYTHON=interpreter(checkout, "python", ""))
    assert said.startswith("No working C compiler")
    assert "build-essential (Debian, Ubuntu), gcc and glibc-devel (Fedora)" in said


def test_what_a_newer_python_lacks_is_said_rather_than_that_another_is_old(checkout: Path) -> None:
    interpreter(checkout, "python3.11", "")
    interpreter(checkout, "python3", "sys.version_info = (3, 9, 2)")
    assert setup(checkout).startswith("No working C compiler")


def test_without_headers_setup_says_what_to_install(checkout: Path) -> None:
    compiler = shutil.which("cc")
    assert compiler, "these tests need a C compiler, as the installation did"
    python = interpreter(checkout, "python", "sysconfig.get_path = lambda name: '/nonexistent'")
    said = setup(checkout, PYTHON=python, CC=compiler, PATH=f"{checkout / 'bin'}{os.pathsep}{os.environ['PATH']}")
    series = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert "has no C headers (Python.h)" in said
    assert f"install python{series}-dev (Debian, Ubuntu), python3-devel (Fedora)" in said


def test_without_the_venv_module_setup_says_what_to_install(checkout: Path) -> None:
    python = interpreter(checkout, "python", "sys.modules['ensurepip'] = None")
    said = setup(checkout, PYTHON=python)
    assert "has no venv module: install python" in said


def test_the_second_setup_does_nothing(checkout: Path) -> None:
    """With the mark of a complete installation from these files, neither Python nor pip is asked for anything more."""
    venv = checkout / ".venv" / "bin"
    venv.mkdir(parents=True)
    calls = checkout / "calls"
    python = venv / "python"
    python.write_text(f'#!/bin/sh\necho "$@" >> "{calls}"\n')
    python.chmod(0o755)
    environment = {"PATH": str(checkout / "bin"), "HOME": str(checkout)}
    command = [str(checkout / "scripts" / "setup"), "test"]
    subprocess.run(command, env=environment, check=True, timeout=60)
    assert "pip install" in calls.read_text()
    assert ".[test]" in calls.read_text()
    calls.unlink()
    subprocess.run(command, env=environment, check=True, timeout=60)
    subprocess.run(command[:1], env=environment, check=True, timeout=60)
    assert "pip install" not in calls.read_text()
    with (checkout / "constraints.txt").open("a") as file:
        file.write("another==1.0\n")
    subprocess.run(command[:1], env=environment, check=True, timeout=60)
    assert ".[test]" in calls.read_text(), "the extras stay when only the versions changed"


def test_constraints_are_names_and_versions_and_cover_every_dependency() -> None:
    pins = {}
    for line in (ROOT / "constraints.txt").read_text().splitlines():
        match = re.fullmatch(r"([A-Za-z0-9._-]+)==([0-9][0-9A-Za-z.]*)", line)
        assert match, line
        pins[plain(match[1])] = match[2]
    extras = [needed for group in PROJECT["optional-dependencies"].values() for needed in group]
    needed = {plain(re.split(r"[\[=<>]", line)[0]) for line in [*PROJECT["dependencies"], *extras]}
    assert needed - pins.keys() == set()


def plain(name: str) -> str:
    """A distribution's name as package tools compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_a_wheel_carries_the_command_the_license_and_all_data(tmp_path: Path) -> None:
    source = tmp_path / "source"
    ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for package in ("assistant", "store"):
        shutil.copytree(ROOT / package, source / package, ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    pip = [sys.executable, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps", "--no-index", "--quiet"]
    subprocess.run([*pip, "--wheel-dir", tmp_path, source], check=True, timeout=120, capture_output=True)
    (wheel,) = tmp_path.glob("floor_assistant-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
        info = next(name.split("/")[0] for name in packed if name.endswith("/METADATA"))
        entry_points = archive.read(f"{info}/entry_points.txt").decode()
    assert "floor = assistant.cli.main:main" in entry_points
    assert f"{info}/licenses/LICENSE" in packed
    files = [path for package in ("assistant", "store") for path in (source / package).rglob("*") if path.is_file()]
    missing = {str(path.relative_to(source)) for path in files} - packed
    assert not missing, "not packed: " + ", ".join(sorted(missing))
    assert "assistant/demo/plant/products.csv" in packed


def test_the_rule_engine_imports() -> None:
    """durable_rules builds on Python 3.13 only with the macro that scripts/setup gives it."""
    done = subprocess.run([sys.executable, "-c", "import durable.engine"], check=False, timeout=60)
    assert done.returncode == 0
