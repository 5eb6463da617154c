"""Benchmarks: ratios to the least that the same work can cost, measured beside it; never a time alone."""

from pathlib import Path

import click

from assistant.cli.common import verb


@click.group(invoke_without_command=True)
@click.pass_context
def bench(context: click.Context) -> None:
    """The benchmarks: what each part costs beside the least that it could."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@bench.command()
@verb
def turn() -> None:
    """A whole turn, beside sqlite3 by hand.

    From words to reply, and the parts of it, in processor time.
    """
    from assistant.bench import turn as benches

    _parts("turn", "sqlite3 by hand", benches.turn())


@bench.command()
@verb
def rules() -> None:
    """Judging a report, beside the C engine.

    By every rule of its kind, in processor time; the C engine is driven directly.
    """
    from assistant.bench import rules as benches

    _parts("rules", "C engine", benches.measure())


@bench.command()
@click.option("--moves", type=click.IntRange(2_000, 2_000_000), default=1_000_000, show_default=True,
              help="Entries of the larger books, in which on-hand is asked.")  # fmt: skip
@verb
def ledger(moves: int) -> None:
    """Recording, beside sqlite3 by hand.

    And what on-hand of a lot costs as the books grow from 1,000 entries.
    """
    from store.bench import ledger as benches

    for line in benches.measure(large_moves=moves // 2 * 2).lines():
        click.echo(line)


@bench.command()
@click.option("--lots", type=click.IntRange(800, 2_000_000), multiple=True, default=(100_000,), show_default=True,
              help="Lots in the books; several times for several sizes.")  # fmt: skip
@click.option(
    "--database", help="A PostgreSQL database (postgresql+psycopg://…): a schema of it is filled and removed."
)
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False),
              help="Keep the made books here, some 3 GB a million lots; PostgreSQL keeps its schema.")  # fmt: skip
@click.option("--repeats", type=click.IntRange(1, 99), default=5, show_default=True, help="Samples of each question.")
@verb
def trace(lots: tuple[int, ...], database: str | None, keep: Path | None, repeats: int) -> None:
    """Trace and recall, beside a bare query.

    The least that a walk can be is one recursive query over pairs of whole numbers.
    """
    from assistant.cli import tables
    from store.bench import trace as benches

    if database is not None and not database.startswith("postgresql"):
        raise click.UsageError("--database takes a PostgreSQL address; without it the books are a SQLite file.")
    rows = [row for size in lots for row in benches.measure(size, url=database, keep=keep, repeats=repeats)]
    clock = "time by the clock" if database else "processor time"
    tables.table(f"floor bench trace ({clock})", benches.COLUMNS, (row.cells() for row in rows))


def _parts(name: str, least: str, measured: list[tuple[str, float, float]]) -> None:
    from assistant.cli import tables

    rows = ((part, f"{micro:,.0f}", f"{ratio:.1f}") for part, micro, ratio in measured)
    tables.table(f"floor bench {name}", ("part", "CPU µs", f"ratio to {least}"), rows)
