"""Talking to the assistant, and what it understands."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from assistant.cli.common import floor, verb
from assistant.settings import load


@click.command()
@click.option("--as", "person", required=True, help="Who speaks: a code from people.csv.", default=None)
@click.option("--jsonl", is_flag=True, help="One JSON object a line in, one out.")
@click.option("--channel", type=click.Choice(["slack", "voice", "console"]), default="console")
@verb
def chat(person: str, *, jsonl: bool, channel: str) -> None:
    """Talk to the assistant in the terminal."""
    from assistant.channels import terminal

    assistant = floor()
    if jsonl:
        terminal.lines(assistant.hear, sys.stdin, sys.stdout)
    else:
        terminal.talk(assistant.hear, person, channel)


@click.command()
@click.option("--plant", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A folder of plant files.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that dates are counted from.")
@click.option("--jsonl", is_flag=True, help="Read JSON objects with a text key.")
@click.option("--spans", is_flag=True, help="Show what every word was taken for.")
@click.option("--explain", is_flag=True, help="Show what uses or excuses every piece, and what each step changed.")
@verb
def parse(plant: Path | None, today: datetime | None, *, jsonl: bool, spans: bool, explain: bool) -> None:
    """What utterances mean: one a line in, one JSON object a line out. Needs no database."""
    from assistant.cli.parse_lines import Shows, stream
    from assistant.demo import PLANT
    from store.plant.files import read_plant

    found = load()
    day = today.date() if today else found.today or date.today()  # noqa: DTZ011 - the day of this machine
    stream(
        read_plant(plant or PLANT, day),
        day,
        sys.stdin,
        sys.stdout,
        jsonl=jsonl,
        shows=Shows(spans=spans, account=explain),
    )


@click.command()
@click.option("--limit", type=click.IntRange(1), default=40)
@verb
def phrases(limit: int) -> None:
    """What can be said, with the plant's own names."""
    for phrase in floor().phrases(limit):
        click.echo(phrase)
