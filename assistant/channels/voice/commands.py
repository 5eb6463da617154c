"""What the `floor` command does with voice: hear a recording, talk at this machine, give PINs, fetch and check a model.

Every function writes to the terminal and raises VoiceError where the answer is no; the command line gives them names.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from assistant.channels.voice.access.pins import Pins, check_pin, new_pin
from assistant.channels.voice.errors import Unreachable, VoiceError
from assistant.channels.voice.microphone import talk
from assistant.channels.voice.port import Floor, Voice
from assistant.channels.voice.recognition import model_download
from assistant.channels.voice.wav_file import hear_file
from assistant.reports.voice_code import voice_code
from assistant.settings import Settings

SHOWN: Final = 40
"""Words that cannot be heard are listed up to here unless all are asked for."""
_TELL_SECONDS: Final = 10.0


def hear(floor: Floor, file: Path, person: str, key: str | None, *, raw: bool) -> None:
    """`floor hear FILE.wav --as CODE [--id KEY] [--json]`."""
    reply, heard = hear_file(floor, file, person, key)
    if raw:
        whole = {"heard": heard.text, "confidence": round(heard.confidence, 3), **reply.as_line()}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    if heard:
        click.secho(f"“{heard.text}”", dim=True, err=True)
    click.echo(reply.say)
    for number, option in enumerate(reply.options, 1):
        click.echo(f"  {number}. {option}")


def headset(floor: Floor, known: bool, person: str, device: str | None, *, always: bool) -> None:  # noqa: FBT001 - a looked-up fact
    """`floor headset --as CODE [--device NAME] [--always]`."""
    if not known:
        raise VoiceError(f"{person} is not on this plant's list of people.")
    talk(floor, person, device, always=always, show=click.echo)


def headset_pin(settings: Settings, known: bool, person: str, pin: str | None) -> None:  # noqa: FBT001 - a looked-up fact
    """`floor headset-pin CODE [--pin PIN]`: a PIN for the headset page, after which an earlier one is worth nothing."""
    if not known:
        raise VoiceError(f"{person} is not on this plant's list of people.")
    fault = check_pin(pin) if pin is not None else None
    if fault is not None:
        raise VoiceError(fault)
    given = pin or new_pin()
    Pins(settings.headset_pins).set(person, given)
    click.echo(f"{person}: {given}" if pin is None else f"{person} has a new PIN.")


def voice_check(floor: Floor, *, whole: bool) -> None:
    """`floor voice-check [--all]`: what the model is, and which of the plant's words it cannot hear."""
    voice = Voice.of(floor)
    model, missing = voice.grammars.model, voice.grammars.missing()
    click.echo(f"Model {model.name}: takes grammars.")
    if model.is_demo:
        click.echo("It is the small model for demonstration, made from synthetic voices: no plant should rely on it.")
    if not missing.words:
        click.echo("Every word of the plant can be heard.")
        return
    click.echo(f"{len(missing.words)} words cannot be heard, so {missing.phrases} sample phrases are left out:")
    for word, phrase in list(missing.words.items())[: None if whole else SHOWN]:
        click.echo(f"  {word:<16} as in: {phrase}")
    if not whole and len(missing.words) > SHOWN:
        click.echo(f"  and {len(missing.words) - SHOWN} more; --all lists them.")
    click.echo("Give a name that the plant needs an alias of common words, in the aliases column of its file.")


def voice_model(settings: Settings, url: str | None, archive: Path | None, sha256: str | None) -> None:
    """`floor voice-model [URL] [--from FILE.zip] [--sha256 DIGEST]`: a published model, fetched or carried here."""
    address = url or settings.model_url
    if archive is not None:
        folder = model_download.from_file(archive, settings.model_folder, sha256)
    else:
        try:
            with _bar("Fetching") as advance:
                folder = model_download.fetch_model(address, settings.model_folder, sha256, advance)
        except Unreachable as failed:
            raise Unreachable(f"{failed}\n{model_download.offline_hint(address, settings.model_folder)}") from failed
    click.echo(f"The model is in {folder}. Set FLOOR_MODEL={folder} and run `floor voice-check`.")


def voicecode(gtin: str, lot: str, day: date | None) -> None:
    """`floor voicecode GTIN LOT [DAY]`: the four digits printed on a case."""
    try:
        click.echo(voice_code(gtin, lot, day))
    except ValueError as fault:
        said = str(fault)
        raise VoiceError(f"{said[:1].upper()}{said[1:]}.") from fault


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int | None], None]]:
    """A progress bar on stderr; where nobody watches, a line every ten seconds."""
    columns = (TextColumn(title), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    watched, told = sys.stderr.isatty(), time.monotonic()
    with Progress(*columns, console=Console(stderr=True), disable=not watched) as shown:
        task = shown.add_task(title, total=None)

        def advance(done: int, whole: int | None) -> None:
            nonlocal told
            shown.update(task, completed=done, total=whole)
            if not watched and time.monotonic() - told > _TELL_SECONDS:
                told = time.monotonic()
                click.echo(f"{title}: {done >> 20} of {whole >> 20 if whole else '?'} MB", err=True)

        yield advance
