"""Tables of the command line: only what any row has, and in a pipe wide enough to be read."""

import subprocess
import sys

from assistant.cli import tables

ROWS = [
    {"lot": "RM1107", "place": "C1-01", "note": None, "reason": ""},
    {"lot": "CB1120", "place": None, "note": None, "reason": ""},
]


def test_a_column_that_no_row_fills_is_left_out() -> None:
    with tables.CONSOLE.capture() as shown:
        tables.rows("Stock", ROWS)
    told = shown.get()
    assert all(word in told for word in ("Stock", "lot", "place", "RM1107", "CB1120", "C1-01"))
    assert "note" not in told
    assert "reason" not in told


def test_nothing_found_is_said() -> None:
    with tables.CONSOLE.capture() as shown:
        tables.rows("Warnings", [])
    assert shown.get() == "Warnings: nothing.\n"


def test_a_pipe_gets_wide_lines() -> None:
    code = "from assistant.cli import tables; tables.rows('t', [{'a': 'x' * 100, 'b': 'y' * 30}])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={})
    assert "x" * 100 in shown.stdout
    assert "y" * 30 in shown.stdout
