"""Trace, recall, and the records that others ask for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from assistant.cli.common import as_json, floor, moment_of, say_no, verb


@click.command()
@click.argument("lot")
@click.option("--direction", type=click.Choice(["backward", "forward", "both"]), default="both")
@click.option("--json", "raw", is_flag=True)
@verb
def trace(lot: str, direction: str, *, raw: bool) -> None:
    """Genealogy of a lot: where it came from, where it went."""
    from assistant.cli import tables

    found = floor().trace(lot, None if direction == "both" else direction)
    if found is None:
        say_no(f"There is no lot {lot}.")
    as_json(found) if raw else tables.trace(found)


@click.command()
@click.argument("lot")
@click.option("--json", "raw", is_flag=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write the whole recall folder here.")
@click.option(
    "--alike",
    multiple=True,
    type=click.Choice(["supplier", "day", "line"]),
    help="Recall other lots of the product with it: of the same supplier, day, or line on that day.",
)
@click.option("--mock/--real", "mock", default=None, help="Begin a recall that is timed and kept.")
@click.option("--reason", default="", help="Why; a real recall needs it.")
@click.option("--hold", is_flag=True, help="Put everything that it reached on hold.")
@click.option("--as", "person", help="Who runs it: a code from people.csv, a supervisor's or QA's.")
@verb
def recall(  # noqa: PLR0913 - what a recall can be asked for
    lot: str,
    out: Path | None,
    alike: tuple[str, ...],
    person: str | None,
    reason: str,
    *,
    mock: bool | None,
    hold: bool,
    raw: bool,
) -> None:
    """Everything that a lot reached, for a recall, with mass balance; begun, kept and held where asked for."""
    from assistant.cli import tables
    from assistant.exports import files

    if person is None and (hold or mock is not None):
        raise click.UsageError("Say who runs the recall: --as CODE.")
    assistant = floor()
    also = _alike(assistant, lot, alike)
    kept = None
    if mock is not None:
        kept = _done(assistant.start_recall(lot, by=person, real=not mock, reason=reason, also=also))
    held = _done(assistant.hold_reached(lot, by=person, channel="console", reason=reason, also=also)) if hold else None
    found = assistant.recall(lot, also)
    if found is None:
        say_no(f"There is no lot {lot}.")
    told = {"recalled_with": also, "kept": kept, "hold": held}
    found |= {name: value for name, value in told.items() if value}
    as_json(found) if raw else tables.recall(found)
    if held is not None:
        click.echo(held["say"], err=True)
    if out is not None:
        written = files.recall_folder(assistant.store, assistant.zone, assistant.now, lot, out, also=also)
        click.echo(f"{len(written.files)} files are in {out}; begin with {written.files[0].name}.", err=True)
    if kept is not None:
        ends = f"floor recalls --finish {kept['number']} --as {person}"
        click.echo(f"Recall {kept['number']} has begun and is kept; “{ends}” stops its clock.", err=True)


def _alike(assistant: Any, lot: str, ways: Sequence[str]) -> list[str]:  # noqa: ANN401 - see common.floor
    """The lots that are like this one in these ways."""
    found = assistant.alike(lot) if ways else {}
    return [*dict.fromkeys(other["lot"] for way in ways for other in (found or {}).get(way, ()))]


def _done(told: Any) -> dict[str, Any]:  # noqa: ANN401 - a refusal is a value of its own
    """What was done, or a refusal in its sentence."""
    from assistant.messages import Blocked

    if isinstance(told, Blocked):
        say_no(told.say)
    done: dict[str, Any] = told
    return done


@click.command()
@click.option("--finish", type=int, help="Stop the clock of the recall of this number.")
@click.option("--as", "person", help="Who finishes it: a code from people.csv, a supervisor's or QA's.")
@click.option("--json", "raw", is_flag=True)
@verb
def recalls(finish: int | None, person: str | None, *, raw: bool) -> None:
    """Recalls that were run, real ones and exercises, newest first."""
    from assistant.cli import tables

    if finish is not None and person is None:
        raise click.UsageError("Say who finishes it: --as CODE.")
    assistant = floor()
    if finish is not None:
        _done(assistant.finish_recall(finish, by=person))
    found = assistant.recalls()
    as_json(found) if raw else tables.recalls(found)


@click.command()
@click.option("--epcis", type=click.Path(path_type=Path, dir_okay=False), help="An EPCIS 2.0 document (JSON-LD).")
@click.option("--fsma204", type=click.Path(path_type=Path, dir_okay=False), help="The sortable spreadsheet (XLSX).")
@click.option("--lot")
@click.option("--since", help="From this moment or day on (ISO 8601).")
@verb
def export(epcis: Path | None, fsma204: Path | None, lot: str | None, since: str | None) -> None:
    """Standard records as files."""
    from assistant.exports import files

    if epcis is None and fsma204 is None:
        raise click.UsageError("Say what to write: --epcis OUT.json or --fsma204 OUT.xlsx.")
    assistant = floor()
    moment = moment_of(since, assistant)
    if epcis is not None:
        for fault in files.epcis(assistant.store, assistant.now(), epcis, lot=lot, since=moment):
            click.echo(f"{epcis.name}: {fault}", err=True)
        click.echo(f"{epcis} is written.")
    if fsma204 is not None:
        files.fsma204(assistant.store, assistant.now(), fsma204, lot=lot, since=moment)
        click.echo(f"{fsma204} is written.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as", "person", required=True, help="Who receives it: a code from people.csv.")
@click.option("--at", "place", help="Where; the plant's only receiving place if not given.")
@click.option("--standard", is_flag=True, help="Where no expiry is told, take today and the product's shelf life.")
@click.option("--dry-run", is_flag=True, help="Say what would be posted, and post nothing.")
@click.option("--json", "raw", is_flag=True)
@verb
def receive(file: Path, person: str, place: str | None, *, standard: bool, dry_run: bool, raw: bool) -> None:
    """Receive a supplier's shipping notice (CSV, XLSX, EPCIS 2.0 JSON): all of it or nothing, and once."""
    assistant = floor()
    try:
        found = assistant.receive_notice(file, by=person, at=place, standard=standard, dry=dry_run)
    except OSError as error:
        say_no(f"{file.name} cannot be read: {error.strerror or error}.")
    if raw:
        as_json(found.as_document(assistant.zone))
    for fault in found.faults:
        click.echo(fault, err=True)
    if found.faults:
        say_no(f"Nothing of {file.name} was received.")
    if not raw:
        for sentence in (found.say, *found.warnings):
            click.echo(sentence)
