"""What accurate books make possible: yields, shrink, suppliers, count accuracy, exposure; as a table, JSON or XLSX."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from assistant.verbs.common import as_json, floor, verb

Rows = Sequence[Mapping[str, Any]]
DAY = click.DateTime(["%Y-%m-%d"])


def shown(title: str, read: Callable[[Any, Any], Rows], *, raw: bool, out: Path | None) -> None:
    """Rows of the books in the form that was asked for; `read` takes the session and the assistant."""
    from assistant import showing
    from store.records.sheets import Sheet, write_workbook

    assistant = floor()
    rows = assistant.store.run(lambda session: read(session, assistant), write=False)
    if out is not None:
        write_workbook(out, [Sheet(title, [*rows[0]] if rows else ["nothing"], rows)], title)
        click.echo(f"{out} is written.")
    elif raw:
        as_json([{k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()} for row in rows])
    else:
        showing.rows(title, rows)


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
    from store.yields import yields as read

    shown("Yields", lambda s, _: read(s, _day(since), _day(until)), raw=raw, out=out)


@click.command()
@click.option("--by", type=click.Choice(["lot", "product", "supplier"]), default="product", show_default=True)
@days
@formats
@verb
def shrink(by: Any, since: datetime | None, until: datetime | None, out: Path | None, *, raw: bool) -> None:  # noqa: ANN401 - one of the choices
    """What scrap, counts and adjustments took away."""
    from store.performance import shrink as read

    shown("Shrink", lambda s, _: read(s, by, _day(since), _day(until)), raw=raw, out=out)


@click.command()
@days
@formats
@verb
def suppliers(since: datetime | None, until: datetime | None, out: Path | None, *, raw: bool) -> None:
    """What suppliers brought: short shelf life, shrink and holds."""
    from store.performance import suppliers as read

    shown("Suppliers", lambda s, _: read(s, _day(since), _day(until)), raw=raw, out=out)


@click.command()
@click.option("--period", type=click.Choice(["day", "week", "month"]), default="week", show_default=True)
@days
@formats
@verb
def accuracy(period: Any, since: datetime | None, until: datetime | None, out: Path | None, *, raw: bool) -> None:  # noqa: ANN401 - one of the choices
    """How many counts found what the books said, by place and period."""
    from store.performance import accuracy as read

    shown("Count accuracy", lambda s, _: read(s, period, _day(since), _day(until)), raw=raw, out=out)


@click.command()
@formats
@verb
def exposure(out: Path | None, *, raw: bool) -> None:
    """What is at risk by expiry."""
    from store.performance import exposure as read

    shown("Exposure", lambda s, assistant: read(s, assistant.today()), raw=raw, out=out)
