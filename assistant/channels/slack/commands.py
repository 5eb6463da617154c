"""What the `floor` command does with Slack: listen over Socket Mode."""

import signal
import threading

import click

from assistant.channels.slack.desk import Floor
from assistant.channels.slack.socketmode import run


def slack(floor: Floor) -> None:
    """`floor slack`: Slack over Socket Mode, until SIGTERM or Ctrl-C."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    click.echo("Listening to Slack; SIGTERM or Ctrl-C stops it.")
    run(floor, stopping)
