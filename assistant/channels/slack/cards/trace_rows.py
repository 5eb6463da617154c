"""A lot's way through the plant as rows, nearest first: where it came from, what it went into, who got it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

COLUMNS: Final = ("direction", "from", "to", "work order", "quantity", "unit", "at", "reference")


def rows(found: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """The rows of a trace in the shape of `floor trace --json`."""
    return tuple(tuple("" if cell is None else str(cell) for cell in row) for row in _rows(found))


def _rows(found: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    for row in found["received_from"]:
        yield "received", row["partner"], row["lot"], None, row["quantity"], row["unit"], row["at"], row["reference"]
    for direction in ("backward", "forward"):
        for e in found[direction]:
            yield direction, e["from_lot"], e["to_lot"], e["work_order"], e["quantity"], e["unit"], e["at"], None
    for row in found["shipped_to"]:
        yield "shipped", row["lot"], row["partner"], None, row["quantity"], row["unit"], row["at"], row["reference"]
