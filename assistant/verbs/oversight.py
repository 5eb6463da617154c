"""Rules and warnings."""

import click

from assistant.verbs.common import as_json, floor, say_no, verb


@click.command()
@click.option("--json", "raw", is_flag=True)
@verb
def rules(*, raw: bool) -> None:
    """The rule book, with how often each rule fired."""
    from assistant import showing

    found = floor().rules()
    as_json(found) if raw else showing.rules(found)


@click.command()
@click.option("--open", "open_only", is_flag=True, help="Only those neither acknowledged nor over.")
@click.option("--acknowledge", type=int, help="Take care of the warning of this number.")
@click.option("--as", "person", help="Who takes care of it.")
@click.option("--json", "raw", is_flag=True)
@verb
def warnings(acknowledge: int | None, person: str | None, *, open_only: bool, raw: bool) -> None:
    """Warnings that were raised."""
    from assistant import showing

    assistant = floor()
    if acknowledge is not None and not assistant.acknowledge(acknowledge, person or ""):
        say_no(f"Warning {acknowledge} cannot be acknowledged by {person or 'nobody'}.")
    found = assistant.warnings(open_only=open_only)
    as_json(found) if raw else showing.rows("Warnings", found)


@click.command()
@verb
def sweep() -> None:
    """Look for warnings now."""
    from assistant.courier import tick

    found = tick(floor())
    click.echo(f"{found} warnings are open.")
