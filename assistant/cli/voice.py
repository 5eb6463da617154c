"""Speech: from files and headsets, and what it needs."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.common import floor, settings, verb

if TYPE_CHECKING:
    from assistant.assistant import Assistant


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "person", required=True, help="Who speaks: a code from people.csv.")
@click.option("--id", "key", help="The recording counts once under this id.")
@click.option("--json", "raw", is_flag=True)
@verb
def hear(file: Path, person: str, key: str | None, *, raw: bool) -> None:
    """A spoken utterance from a WAV file, through the recogniser and the conversation."""
    from assistant.channels.voice import commands

    commands.hear(floor(), file, person, key, raw=raw)


@click.command()
@click.option("--as", "person", required=True, help="Who speaks: a code from people.csv.")
@click.option("--device", help="Microphone: a number or a part of its name.")
@click.option("--always", is_flag=True, help="Listen from the start, without the wake word.")
@verb
def headset(person: str, device: str | None, *, always: bool) -> None:
    """Microphone and loudspeaker of this machine."""
    from assistant.channels.voice import commands

    assistant = floor()
    commands.headset(assistant, _known(assistant, person), person, device, always=always)


@click.command("headset-pin")
@click.argument("person")
@click.option("--pin", help="Four to twelve digits; a random one if not given.")
@verb
def headset_pin(person: str, pin: str | None) -> None:
    """Give a person a PIN for the headset page; an earlier one ends."""
    from assistant.channels.voice import commands

    assistant = floor()
    commands.headset_pin(assistant.settings, _known(assistant, person), person, pin)


@click.command("voice-check")
@click.option("--all", "whole", is_flag=True, help="Every word that cannot be heard, not only the first ones.")
@verb
def voice_check(*, whole: bool) -> None:
    """Check the speech model against the plant's words."""
    from assistant.channels.voice import commands

    commands.voice_check(floor(), whole=whole)


@click.command("voice-model")
@click.argument("url", required=False)
@click.option("--from", "archive", type=click.Path(path_type=Path), help="A zip file that was carried here.")
@click.option("--sha256", help="The digest that the publisher tells.")
@verb
def voice_model(url: str | None, archive: Path | None, sha256: str | None) -> None:
    """Fetch, verify and unpack a published speech model; goes on where it stopped."""
    from assistant.channels.voice import commands

    commands.voice_model(settings(), url, archive, sha256)


@click.command()
@click.argument("gtin")
@click.argument("lot")
@click.argument("day", required=False, metavar="[YYYY-MM-DD]", type=click.DateTime(["%Y-%m-%d", "%y%m%d"]))
@verb
def voicecode(gtin: str, lot: str, day: datetime | None) -> None:
    """The PTI voice code of a case: its GTIN, its lot, and the day on its label."""
    from assistant.channels.voice import commands

    commands.voicecode(gtin, lot, day.date() if day else None)


def _known(assistant: "Assistant", person: str) -> bool:
    return any(p.code == person for p in assistant.people())
