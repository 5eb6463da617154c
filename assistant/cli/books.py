"""The books: made, loaded, read, proven, sealed, copied."""

from pathlib import Path

import click

from assistant.cli.common import as_json, floor, moment_of, say_no, settings, verb


@click.command()
@verb
def init() -> None:
    """Create or migrate the database."""
    from store.session import Store

    found = settings()
    Store(found.database_url).migrate()
    click.echo("The database is ready.")


@click.command(name="load")
@click.argument("folder", type=click.Path(path_type=Path))
@verb
def load_folder(folder: Path) -> None:
    """Load master data and opening stock from a folder of plant files, whole or not at all."""
    from assistant.bootstrap import plant_zone
    from assistant.cli import progress, tables
    from store.plant.loading import load as load_plant
    from store.session import Store

    found = settings()
    store = Store(found.database_url)
    store.migrate()
    zone = plant_zone(found, store, folder)
    store.close()
    store, now = Store(found.database_url, timezone=zone.key), found.now(zone)
    with progress.bar("Loading") as advance:
        report = load_plant(store, folder, now.date(), now, advance)
    for sentence in tables.loaded(report.files, report.notes):
        click.echo(sentence)


@click.command()
@click.option("--lot")
@click.option("--product")
@click.option("--at")
@click.option("--wip", is_flag=True, help="Also what work orders hold.")
@click.option("--json", "raw", is_flag=True)
@verb
def stock(lot: str | None, product: str | None, at: str | None, *, wip: bool, raw: bool) -> None:
    """What is on hand, by lot and place."""
    from assistant.cli import tables

    rows = floor().stock(lots=[lot] if lot else None, product=product, at=at, wip=wip)
    as_json(rows) if raw else tables.rows("Stock", rows)


@click.command()
@click.option("--lot")
@click.option("--since", help="Recorded at or after this moment or day (ISO 8601).")
@click.option("--by", help="Whose entries.")
@click.option("--json", "raw", is_flag=True)
@verb
def entries(lot: str | None, since: str | None, by: str | None, *, raw: bool) -> None:
    """The ledger, oldest first."""
    from assistant.cli import tables

    assistant = floor()
    found = assistant.entries(lot=lot, since=moment_of(since, assistant), by=by)
    as_json(found) if raw else tables.entries(found)


@click.command()
@verb
def verify() -> None:
    """Prove the ledger; exit 1 and the first difference where it does not hold."""
    from store.proof.verify import verify as prove
    from store.session import Store

    difference = prove(Store(settings().database_url))
    if difference is not None:
        say_no(str(difference))
    click.echo("The ledger holds: balances, lineage, seals and past moments agree with the entries.")


@click.command()
@verb
def seal() -> None:
    """Seal what was recorded and print the digest."""
    from store.proof.seals import digest
    from store.proof.seals import seal as close

    assistant = floor()
    close(assistant.store, assistant.now())
    last = digest(assistant.store)
    click.echo(f"Seal {last.number}: {last.digest}" if last else "Nothing is sealed yet.")


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@verb
def backup(target: Path) -> None:
    """An online copy of a SQLite database, proven by verify."""
    from store.backup import backup as copy

    copy(settings().database_url, target)
    click.echo(f"The copy is in {target}.")
