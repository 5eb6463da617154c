"""A report as one value that every surface shows in its own way: columns, rows, a sentence, and what a chart draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from assistant.messages import Table

Tone = Literal["ok", "near", "past"]
"""Whether a figure deserves a look: no, soon, now."""

MOST_GROUPS: Final = 20
"""So many groups a chart draws; the worst come first, and `left_out` says how many more there are."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its `name` in the rows, what people call it, and whether it holds numbers."""

    name: str
    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how long (None: there is nothing to measure), what stands beside it, and its tone."""

    value: float | None
    shown: str
    tone: Tone = "ok"


@dataclass(frozen=True, slots=True)
class Group:
    """What stands at one place of the axis, a bar for each series."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart: what its bars measure, the names of its series (one is not named), and its groups in order.

    `most` is where the axis ends at least, so that 97 of 100 percent look like it.
    """

    title: str
    groups: tuple[Group, ...]
    series: tuple[str, ...] = ()
    most: float | None = None
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """A report of the days `since` to `until` (None: without end).

    `rows` are JSON values by column name, codes as they are; `cells` are the same rows as people read them, in the
    order of `columns`. `sentence` says what is most worth knowing.
    """

    name: str
    title: str
    since: date | None
    until: date | None
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, Any]]
    cells: Sequence[tuple[str, ...]]
    sentence: str
    chart: Chart

    def table(self) -> Table:
        """The rows as a channel shows a table."""
        return Table(self.title, tuple(column.label for column in self.columns), tuple(self.cells))

    def as_document(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "report": self.name,
            "title": self.title,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "sentence": self.sentence,
            "rows": [dict(row) for row in self.rows],
        }


def chart(title: str, groups: Sequence[Group], series: tuple[str, ...] = (), most: float | None = None) -> Chart:
    """A chart of the first groups, as many as can be read."""
    drawn = tuple(groups[:MOST_GROUPS])
    return Chart(title, drawn, series, most, len(groups) - len(drawn))
