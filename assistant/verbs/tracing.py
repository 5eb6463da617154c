"""Trace, recall, and the records that others ask for."""

from pathlib import Path

import click

from assistant.verbs.common import as_json, floor, moment_of, say_no, verb


@click.command()
@click.argument("lot")
@click.option("--direction", type=click.Choice(["backward", "forward", "both"]), default="both")
@click.option("--json", "raw", is_flag=True)
@verb
def trace(lot: str, direction: str, *, raw: bool) -> None:
    """Genealogy of a lot: where it came from, where it went."""
    from assistant import showing

    found = floor().trace(lot, None if direction == "both" else direction)
    if found is None:
        say_no(f"There is no lot {lot}.")
    as_json(found) if raw else showing.trace(found)


@click.command()
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
        say_no(f"There is no lot {lot}.")
    as_json(found) if raw else showing.recall(found)
    if out is not None:
        written = exporting.recall_folder(assistant, lot, out)
        click.echo(f"{len(written.files)} files are in {out}; begin with {written.files[0].name}.", err=True)


@click.command()
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
    moment = moment_of(since, assistant)
    if epcis is not None:
        for fault in exporting.epcis(assistant, epcis, lot, moment):
            click.echo(f"{epcis.name}: {fault}", err=True)
        click.echo(f"{epcis} is written.")
    if fsma204 is not None:
        exporting.fsma204(assistant, fsma204, lot, moment)
        click.echo(f"{fsma204} is written.")
