"""What accurate books make possible: yields, shrink, suppliers, count accuracy, exposure; as a table, JSON or XLSX."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click

from assistant.cli.common import as_json, floor, verb

DAY = click.DateTime(["%Y-%m-%d"])


def shown(
    name: str,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    raw: bool,
    out: Path | None,
    **options: str,
) -> None:
    """A report in the form that was asked for."""
    from assistant.cli import tables
    from assistant.exports import files

    found = floor().figures(name, _day(since), _day(until), **options)
    if out is not None:
        files.workbook(found, out)
        click.echo(f"{out} is written.")
    elif raw:
        as_json(found.rows)
    else:
        if found.rows:
            tables.table(found.title, [column.label for column in found.columns], found.cells)
        click.echo(found.sentence)


def formats(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every one of these has."""
    out = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write an XLSX file.")
    return out(click.option("--json", "raw", is_flag=True)(command))


def days(command: Callable[..., None]) -> Callable[..., None]:
    """The options that narrow to days."""
    return click.option("--since", type=DAY)(click.option("--until", type=DAY)(command))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@click.command()
@days
@formats
@verb
def yields(since: datetime | None, until: datetime | None, out: Path | None, *, raw: bool) -> None:
    """Expected and actual use, and yield, of every input of the orders of these days."""
    shown("yields", since, until, raw=raw, out=out)


@click.command()
@click.option("--by", type=click.Choice(["lot", "product", "supplier"]), default="product", show_default=True)
@days
@formats
@verb
def shrink(by: str, since: datetime | None, until: datetime | None, out: Path | None, *, raw: bool) -> None:
    """What scrap, counts and adjustments took away."""
    shown("shrink", since, until, raw=raw, out=out, by=by)


@click.command()
@days
@formats
@verb
def suppliers(since: datetime | None, until: datetime | None, out: Path | None, *, raw: bool) -> None:
    """What suppliers brought: short shelf life, shrink and holds."""
    shown("suppliers", since, until, raw=raw, out=out)


@click.command()
@click.option("--period", type=click.Choice(["day", "week", "month"]), default="week", show_default=True)
@days
@formats
@verb
def accuracy(period: str, since: datetime | None, until: datetime | None, out: Path | None, *, raw: bool) -> None:
    """How many counts found what the books said, by place and period."""
    shown("accuracy", since, until, raw=raw, out=out, period=period)


@click.command()
@formats
@verb
def exposure(out: Path | None, *, raw: bool) -> None:
    """What is at risk by expiry."""
    shown("exposure", raw=raw, out=out)
