"""Processes: the web, the background, the demo."""

from pathlib import Path

import click

from assistant.cli.common import floor, settings, verb
from assistant.settings import load


@click.command()
@click.option("--host")
@click.option("--port", type=int)
@verb
def serve(host: str | None, port: int | None) -> None:
    """The web process: console and pages."""
    from assistant.serve import serve as run

    found = settings()
    run(found, host or found.host, found.port if port is None else port)


@click.command()
@verb
def slack() -> None:
    """Slack over Socket Mode, for a plant that no request from outside can reach."""
    from assistant.channels.slack import commands

    assistant = floor()
    assistant.store.check()
    commands.slack(assistant)


@click.command()
@verb
def worker() -> None:
    """The background process: delivers messages, looks for warnings, seals the day."""
    from assistant.delivery.courier import work

    assistant = floor()
    assistant.store.check()
    click.echo("Working; SIGTERM or Ctrl-C stops it.")
    work(assistant)


@click.command()
@click.option("--port", type=int, help="Where to serve; the first free one from 8600 on if not given.")
@click.option("--database", type=click.Path(path_type=Path), default=Path("var/demo.db"), show_default=True)
@click.option("--day", is_flag=True, help="Play a day hour by hour into a database made anew, and tell it; no serving.")
@verb
def demo(port: int | None, database: Path, *, day: bool) -> None:
    """The demo plant in a database of its own, and everything served on one port."""
    if day:
        from assistant.demo.play import day as play

        play(database.with_name(f"{database.stem}-day.db"), load().today, click.echo).store.close()
        return
    from assistant.cli import progress
    from assistant.demo.build import build_demo, demo_settings, serve_demo

    where = demo_settings(database)
    with progress.bar("Loading the demo plant") as advance:
        build_demo(where, progress=advance)
    serve_demo(where, database, port)
