"""What the `floor` command does with Slack: listen over Socket Mode."""

import signal
import sys
import threading

import click

from assistant.channels.slack.port import Floor
from assistant.channels.slack.socket_mode import SocketFault, run


def slack(floor: Floor) -> None:
    """`floor slack`: Slack over Socket Mode, until SIGTERM or Ctrl-C."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    click.echo("Listening to Slack; SIGTERM or Ctrl-C stops it.")
    try:
        run(floor, stopping)
    except SocketFault as fault:
        click.echo(str(fault), err=True)
        sys.exit(1)
