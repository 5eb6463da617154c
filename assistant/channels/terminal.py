"""The terminal: a person types, or a program sends one JSON object a line."""

import atexit
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

import click
from rich.console import Console
from rich.table import Table as Rows

from assistant.messages import CHANNELS, Reply, Utterance

Hear = Callable[[Utterance], Reply]


def lines(hear: Hear, given: TextIO, out: TextIO) -> None:
    """`floor chat --jsonl`: an answer for every line, also for one that is no message."""
    for line in given:
        if not line.strip():
            continue
        out.write(json.dumps(_answer(hear, line), ensure_ascii=False) + "\n")
        out.flush()


def _answer(hear: Hear, line: str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": "That line is no JSON object."}
    fault = _fault(told)
    if fault:
        return {"error": fault}
    said = Utterance(
        person=told["as"],
        channel=told.get("channel") or "console",
        text=told["text"],
        id=told.get("id"),
        confidence=told.get("confidence"),
        thread=told.get("thread"),
    )
    return hear(said).as_line()


def _fault(told: object) -> str | None:
    """What is wrong with a message, in one sentence."""
    if not isinstance(told, dict):
        return "That line is no JSON object."
    if not isinstance(told.get("as"), str) or not isinstance(told.get("text"), str):
        return "A message needs `as` and `text`."
    if told.get("channel") not in {None, *CHANNELS}:
        return f"The channel is one of {', '.join(CHANNELS)}."
    if not isinstance(told.get("id"), str | None):
        return "An id is a text."
    if not isinstance(told.get("thread"), str | None):
        return "A thread is a text."
    number = told.get("confidence")
    if number is not None and (isinstance(number, bool) or not isinstance(number, int | float)):
        return "A confidence is a number."
    return None


def talk(hear: Hear, person: str, channel: Any) -> None:  # noqa: ANN401 - one of CHANNELS, checked by click
    """A conversation with a history, in colour on a terminal; ends with end-of-file or `quit`."""
    prompting = sys.stdin.isatty()
    if prompting:
        _history()
    while True:
        try:
            text = input(f"{person}> " if prompting else "")
        except (EOFError, KeyboardInterrupt):
            break
        if text.strip().lower() in {"quit", "exit"}:
            break
        if text.strip():
            show(hear(Utterance(person=person, channel=channel, text=text)))


def show(reply: Reply) -> None:
    """A reply as a person reads it."""
    colour = "red" if reply.blocked else "yellow" if reply.asking else "green" if reply.entries else None
    if reply.say:
        click.secho(reply.say, fg=colour)
    if reply.table:
        rows = Rows(*reply.table.columns)
        for row in reply.table.rows:
            rows.add_row(*row)
        Console().print(rows)
    for number, option in enumerate(reply.options, 1):
        click.secho(f"  {number}. {option}", dim=True)


def _history() -> None:
    """Earlier lines with the arrow keys, kept in the user's own folder."""
    with suppress(ImportError, OSError):
        import readline  # noqa: PLC0415 - not every Python has it

        kept = Path.home() / ".floor_history"
        if kept.exists():
            readline.read_history_file(kept)
        atexit.register(readline.write_history_file, kept)
