"""The `floor` command: one short function a verb. Errors are one plain sentence on stderr, never a traceback."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from assistant.settings import Settings, SettingsFault, load

F = TypeVar("F", bound=Callable[..., Any])


@contextmanager
def plainly() -> Iterator[None]:
    """What goes wrong is told in its own sentence, and the exit code is 1."""
    from assistant.channels.voice.errors import VoiceError
    from store.errors import LoadRefused, StoreError

    try:
        yield
    except SettingsFault as fault:
        raise click.UsageError(str(fault)) from None
    except VoiceError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except LoadRefused as refused:
        for line in refused.faults:
            click.echo(line, err=True)
        click.echo("Nothing of the folder was loaded.", err=True)
        sys.exit(1)
    except StoreError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)


def verb(command: F) -> F:
    """A command whose errors are told plainly."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - what the command takes and gives
        with plainly():
            return command(*args, **kwargs)

    return run  # type: ignore[return-value]


def settings() -> Settings:
    """The settings of this run; the folder of the default database is made."""
    found = load()
    if found.database_url.startswith("sqlite:///") and ":memory:" not in found.database_url:
        Path(found.database_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    return found


def floor() -> Any:  # noqa: ANN401 - assistant.bootstrap is imported late, so that the type is not known here
    """The wired assistant."""
    from assistant.bootstrap import bootstrap

    return bootstrap(settings())


def as_json(document: object) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="floor-assistant")
def main() -> None:
    """The floor assistant: what workers say or type is in the books at that moment."""


@main.command()
@verb
def init() -> None:
    """Create or migrate the database."""
    from store.session import Store

    found = settings()
    Store(found.database_url).migrate()
    click.echo("The database is ready.")


@main.command(name="load")
@click.argument("folder", type=click.Path(path_type=Path))
@verb
def load_folder(folder: Path) -> None:
    """Load master data and opening stock from a folder of plant files, whole or not at all."""
    from assistant import progress, showing
    from assistant.bootstrap import plant_zone
    from store.loading import load as load_plant
    from store.session import Store

    found = settings()
    store = Store(found.database_url)
    store.migrate()
    zone = plant_zone(found, store, folder)
    store.close()
    store, now = Store(found.database_url, timezone=zone.key), found.now(zone)
    with progress.bar("Loading") as advance:
        report = load_plant(store, folder, now.date(), now, advance)
    for sentence in showing.loaded(report.files, report.notes):
        click.echo(sentence)


@main.command()
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


@main.command()
@click.option("--plant", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A folder of plant files.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that dates are counted from.")
@click.option("--jsonl", is_flag=True, help="Read JSON objects with a text key.")
@click.option("--spans", is_flag=True, help="Show what every word was taken for.")
@verb
def parse(plant: Path | None, today: datetime | None, *, jsonl: bool, spans: bool) -> None:
    """What utterances mean: one a line in, one JSON object a line out. Needs no database."""
    from assistant.demo import PLANT
    from assistant.parsing import stream
    from store.plantfiles import read_plant

    found = load()
    day = today.date() if today else found.today or date.today()  # noqa: DTZ011 - the day of this machine
    stream(read_plant(plant or PLANT, day), day, sys.stdin, sys.stdout, jsonl=jsonl, spans=spans)


@main.command()
@click.option("--lot")
@click.option("--product")
@click.option("--at")
@click.option("--wip", is_flag=True, help="Also what work orders hold.")
@click.option("--json", "raw", is_flag=True)
@verb
def stock(lot: str | None, product: str | None, at: str | None, *, wip: bool, raw: bool) -> None:
    """What is on hand, by lot and place."""
    from assistant import showing

    rows = floor().stock(lots=[lot] if lot else None, product=product, at=at, wip=wip)
    as_json(rows) if raw else showing.rows("Stock", rows)


@main.command()
@click.option("--lot")
@click.option("--since", help="Recorded at or after this moment or day (ISO 8601).")
@click.option("--by", help="Whose entries.")
@click.option("--json", "raw", is_flag=True)
@verb
def entries(lot: str | None, since: str | None, by: str | None, *, raw: bool) -> None:
    """The ledger, oldest first."""
    from assistant import showing

    assistant = floor()
    found = assistant.entries(lot=lot, since=_moment(since, assistant), by=by)
    as_json(found) if raw else showing.entries(found)


def _moment(text: str | None, assistant: Any) -> datetime | None:  # noqa: ANN401 - see floor()
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text} is no ISO 8601 moment or day", param_hint="--since") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=assistant.zone)


@main.command()
@click.argument("lot")
@click.option("--direction", type=click.Choice(["backward", "forward", "both"]), default="both")
@click.option("--json", "raw", is_flag=True)
@verb
def trace(lot: str, direction: str, *, raw: bool) -> None:
    """Genealogy of a lot: where it came from, where it went."""
    from assistant import showing

    found = floor().trace(lot, None if direction == "both" else direction)
    if found is None:
        _no(f"There is no lot {lot}.")
    as_json(found) if raw else showing.trace(found)


@main.command()
@click.argument("lot")
@click.option("--json", "raw", is_flag=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write the whole recall folder here.")
@verb
def recall(lot: str, out: Path | None, *, raw: bool) -> None:
    """Everything that a lot reached, for a recall, with mass balance."""
    from assistant import exporting, showing

    assistant = floor()
    found = assistant.recall(lot)
    if found is None:
        _no(f"There is no lot {lot}.")
    as_json(found) if raw else showing.recall(found)
    if out is not None:
        written = exporting.recall_folder(assistant, lot, out)
        click.echo(f"{len(written.files)} files are in {out}; begin with {written.files[0].name}.", err=True)


@main.command()
@click.option("--epcis", type=click.Path(path_type=Path, dir_okay=False), help="An EPCIS 2.0 document (JSON-LD).")
@click.option("--fsma204", type=click.Path(path_type=Path, dir_okay=False), help="The sortable spreadsheet (XLSX).")
@click.option("--lot")
@click.option("--since", help="From this moment or day on (ISO 8601).")
@verb
def export(epcis: Path | None, fsma204: Path | None, lot: str | None, since: str | None) -> None:
    """Standard records as files."""
    from assistant import exporting

    if epcis is None and fsma204 is None:
        raise click.UsageError("Say what to write: --epcis OUT.json or --fsma204 OUT.xlsx.")
    assistant = floor()
    moment = _moment(since, assistant)
    if epcis is not None:
        for fault in exporting.epcis(assistant, epcis, lot, moment):
            click.echo(f"{epcis.name}: {fault}", err=True)
        click.echo(f"{epcis} is written.")
    if fsma204 is not None:
        exporting.fsma204(assistant, fsma204, lot, moment)
        click.echo(f"{fsma204} is written.")


@main.command()
@click.option("--json", "raw", is_flag=True)
@verb
def rules(*, raw: bool) -> None:
    """The rule book, with how often each rule fired."""
    from assistant import showing

    found = floor().rules()
    as_json(found) if raw else showing.rules(found)


@main.command()
@click.option("--open", "open_only", is_flag=True, help="Only those that are not over.")
@click.option("--acknowledge", type=int, help="Take care of the warning of this number.")
@click.option("--as", "person", help="Who takes care of it.")
@click.option("--json", "raw", is_flag=True)
@verb
def warnings(acknowledge: int | None, person: str | None, *, open_only: bool, raw: bool) -> None:
    """Warnings that were raised."""
    from assistant import showing

    assistant = floor()
    if acknowledge is not None and not assistant.acknowledge(acknowledge, person or ""):
        _no(f"Warning {acknowledge} cannot be acknowledged by {person or 'nobody'}.")
    found = assistant.warnings(open_only=open_only)
    as_json(found) if raw else showing.rows("Warnings", found)


@main.command()
@verb
def verify() -> None:
    """Prove the ledger; exit 1 and the first difference where it does not hold."""
    from store.checks import verify as prove
    from store.session import Store

    difference = prove(Store(settings().database_url))
    if difference is not None:
        _no(str(difference))
    click.echo("The ledger holds: balances, lineage, seals and past moments agree with the entries.")


@main.command()
@click.argument("target", type=click.Path(path_type=Path))
@verb
def backup(target: Path) -> None:
    """An online copy of a SQLite database, proven by verify."""
    from store.backup import backup as copy

    copy(settings().database_url, target)
    click.echo(f"The copy is in {target}.")


@main.command()
@click.option("--limit", type=click.IntRange(1), default=40)
@verb
def phrases(limit: int) -> None:
    """What can be said, with the plant's own names."""
    for phrase in floor().phrases(limit):
        click.echo(phrase)


@main.command()
@click.option("--host")
@click.option("--port", type=int)
@verb
def serve(host: str | None, port: int | None) -> None:
    """The web process: console and pages."""
    from assistant.serving import serve as run

    found = settings()
    run(found, host or found.host, found.port if port is None else port)


@main.command()
@verb
def worker() -> None:
    """The background process: delivers messages, looks for warnings, seals the day."""
    from assistant.courier import work

    assistant = floor()
    assistant.store.check()
    click.echo("Working; SIGTERM or Ctrl-C stops it.")
    work(assistant)


@main.command()
@verb
def sweep() -> None:
    """Look for warnings now."""
    from assistant.courier import tick

    found = tick(floor())
    click.echo(f"{found} warnings are open.")


@main.command()
@verb
def seal() -> None:
    """Seal what was recorded and print the digest."""
    from store.seals import digest
    from store.seals import seal as close

    assistant = floor()
    close(assistant.store, assistant.now())
    last = digest(assistant.store)
    click.echo(f"Seal {last.number}: {last.digest}" if last else "Nothing is sealed yet.")


@main.command()
@click.option("--port", type=int, help="Where to serve; the first free one from 8600 on if not given.")
@click.option("--database", type=click.Path(path_type=Path), default=Path("var/demo.db"), show_default=True)
@click.option("--day", is_flag=True, help="Play a day hour by hour into a database made anew, and tell it; no serving.")
@verb
def demo(port: int | None, database: Path, *, day: bool) -> None:
    """The demo plant in a database of its own, and everything served on one port."""
    if day:
        from assistant.playing import day as play

        play(database.with_name(f"{database.stem}-day.db"), load().today, click.echo).store.close()
        return
    from assistant.serving import demo as run

    run(database, port)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "person", required=True, help="Who speaks: a code from people.csv.")
@click.option("--id", "key", help="The recording counts once under this id.")
@click.option("--json", "raw", is_flag=True)
@verb
def hear(file: Path, person: str, key: str | None, *, raw: bool) -> None:
    """A spoken utterance from a WAV file, through the recogniser and the conversation."""
    from assistant.channels.voice import commands

    commands.hear(floor(), file, person, key, raw=raw)


@main.command()
@click.option("--as", "person", required=True, help="Who speaks: a code from people.csv.")
@click.option("--device", help="Microphone: a number or a part of its name.")
@click.option("--always", is_flag=True, help="Listen from the start, without the wake word.")
@verb
def headset(person: str, device: str | None, *, always: bool) -> None:
    """Microphone and loudspeaker of this machine."""
    from assistant.channels.voice import commands

    commands.headset(floor(), person, device, always=always)


@main.command("headset-pin")
@click.argument("person")
@click.option("--pin", help="Four to twelve digits; a random one if not given.")
@verb
def headset_pin(person: str, pin: str | None) -> None:
    """Give a person a PIN for the headset page; an earlier one ends."""
    from assistant.channels.voice import commands

    assistant = floor()
    commands.headset_pin(assistant.settings, any(p.code == person for p in assistant.people()), person, pin)


@main.command("voice-check")
@click.option("--all", "whole", is_flag=True, help="Every word that cannot be heard, not only the first ones.")
@verb
def voice_check(*, whole: bool) -> None:
    """Check the speech model against the plant's words."""
    from assistant.channels.voice import commands

    commands.voice_check(floor(), whole=whole)


@main.command("voice-model")
@click.argument("url", required=False)
@click.option("--from", "archive", type=click.Path(path_type=Path), help="A zip file that was carried here.")
@click.option("--sha256", help="The digest that the publisher tells.")
@verb
def voice_model(url: str | None, archive: Path | None, sha256: str | None) -> None:
    """Fetch, verify and unpack a published speech model; goes on where it stopped."""
    from assistant.channels.voice import commands

    commands.voice_model(settings(), url, archive, sha256)


@main.command()
@click.argument("gtin")
@click.argument("lot")
@click.argument("day", required=False, type=click.DateTime(["%Y-%m-%d", "%y%m%d"]))
@verb
def voicecode(gtin: str, lot: str, day: datetime | None) -> None:
    """The PTI voice code of a case: its GTIN, its lot, and the day on its label."""
    from assistant.channels.voice import commands

    commands.voicecode(gtin, lot, day.date() if day else None)


@main.command()
@click.argument("what", type=click.Choice(["turn"]), default="turn")
@verb
def bench(what: str) -> None:
    """The benchmarks: CPU as ratios to raw sqlite3 in the same run."""
    from assistant import bench as benches
    from assistant import showing

    measured = getattr(benches, what)()
    rows = ((part, f"{micro:,.0f}", f"{ratio:.1f}") for part, micro, ratio in measured)
    showing.table(f"floor bench {what}", ("part", "CPU µs", "ratio to raw sqlite3"), rows)


def _no(sentence: str) -> None:
    """The answer is no: one sentence on stderr, exit 1."""
    click.echo(sentence, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
