"""Tables in the terminal for people; programs take `--json`."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from store.plant.loading import Tally

PAGE: Final = 160
"""How many characters a line has where no terminal says it: in a pipe or a file."""

CONSOLE = Console(width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else PAGE)


def rows(title: str, found: Sequence[Mapping[str, Any]]) -> None:
    """Mappings of one shape as a table, of what any of them has."""
    if not found:
        CONSOLE.print(f"{title}: nothing.")
        return
    shown = [key for key in found[0] if any(row[key] not in (None, "") for row in found)]
    table(title, shown, ([_cell(row[key]) for key in shown] for row in found))


def table(title: str, columns: Iterable[str], lines: Iterable[Iterable[str]]) -> None:
    """A table with a title."""
    shown = Table(title=title, title_justify="left")
    for column in columns:
        shown.add_column(column.replace("_", " "), overflow="fold")
    for line in lines:
        shown.add_row(*line)
    CONSOLE.print(shown)


def loaded(files: Mapping[str, Tally], notes: Sequence[str]) -> Iterator[str]:
    """What a load did, a line a file that changed something, and what was taken for granted."""
    for stem, tally in files.items():
        if tally.new or tally.changed:
            yield f"{stem}: {tally.new} new, {tally.changed} changed, {tally.unchanged} as before"
    if not any(tally.new or tally.changed for tally in files.values()):
        yield "Everything was in the books already; nothing changed."
    yield from notes


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def entries(found: Sequence[Mapping[str, Any]]) -> None:
    """The ledger, an entry a row."""
    columns = ("number", "kind", "happened", "by", "lines", "order", "partner", "reference", "said")
    table(
        "Entries",
        columns,
        (
            (
                str(e["number"]),
                e["kind"] if e["reverses"] is None else f"{e['kind']} (takes back {e['reverses']})",
                e["happened"],
                e["by"],
                "\n".join(f"{p['lot']} {p['location']} {p['quantity']} {p['unit']}" for p in e["lines"])
                or " ".join(e["lots"]),
                _cell(e["work_order"]),
                _cell(e["partner"]),
                _cell(e["reference"]),
                e["said"],
            )
            for e in found
        ),
    )


def trace(found: Mapping[str, Any]) -> None:
    """A genealogy as four tables."""
    CONSOLE.print(f"{found['lot']} ({found['product']})")
    for part in ("backward", "forward", "received_from", "shipped_to"):
        rows(part.replace("_", " "), found[part])


def recall(found: Mapping[str, Any]) -> None:
    """A recall: the lots and what became of each, who got them, and the balance."""
    CONSOLE.print(f"Recall of {found['lot']}, opened {found['opened_at']}")
    affected = [
        {
            "lot": lot["lot"],
            "product": lot["product"],
            "of": lot["made_or_received"],
            "came in": f"{lot['in']} {lot['unit']}",
            "now": "; ".join(_became(lot)) or "nothing left",
            "%": f"{lot['accounted_percent']:g}",
        }
        for lot in found["affected"]
    ]
    rows("Affected lots", affected)
    rows("Customers", found["customers"])
    balance = found["mass_balance"]
    unit = balance["unit"]
    table(
        "Mass balance",
        ("what", "quantity"),
        (
            (name.replace("_", " "), f"{value:g} %" if name == "accounted_percent" else f"{value} {unit}")
            for name, value in balance.items()
            if name != "unit"
        ),
    )


def _became(lot: Mapping[str, Any]) -> Iterator[str]:
    """What became of a lot, part by part, without what is nothing."""
    yield from (f"{x['quantity']} {x['unit']} in {x['location']}" for x in lot["on_hand"])
    yield from (f"{name} {lot[name]}" for name in ("consumed", "scrapped", "shipped", "adjusted") if lot[name] != "0")


def recalls(found: Sequence[Mapping[str, Any]]) -> None:
    """Recalls that were run, on one page."""
    shown = [
        {
            "no": kept["number"],
            "kind": kept["kind"],
            "start, finish": "\n".join(_clock(at) if at else "running" for at in (kept["started"], kept["finished"])),
            "product, lots": f"{kept['product']}\n{', '.join([kept['lot'], *kept['also']])}",
            "found of in question": f"{kept['amount_found']} of {kept['amount_in_question']} {kept['unit']}\n"
            f"{kept['percent_found']:g} %",
            "by": kept["by"],
            "reason": kept["reason"],
        }
        for kept in found
    ]
    rows("Recalls", shown)


def _clock(moment: str) -> str:
    """A moment without its zone, which is the plant's: `2026-11-22 14:44`."""
    return moment[:16].replace("T", " ")


def rules(found: Sequence[Mapping[str, Any]]) -> None:
    """The rule book, a rule a row: what it says and goes by, and under it what people set."""
    table(
        "Rules",
        ("rule", "kind", "fired", "says, goes by, and why"),
        (
            (
                rule["id"] if rule["source"] == "rulebook.yaml" else f"{rule['id']} ({rule['source']})",
                rule["kind"],
                str(rule["fired"]),
                "\n".join(
                    [
                        rule["sentence"],
                        *(f"{name}: {value}" for name, value in rule["thresholds"].items()),
                        *(f"set: {_setting(one)} by {one['by']} on {one['at']}: {one['why']}" for one in rule["set"]),
                        rule["why"],
                    ]
                ),
            )
            for rule in found
        ),
    )


def settings(found: Sequence[Mapping[str, Any]]) -> None:
    """What was ever set in the rule book, a setting a row."""
    table(
        "Settings",
        ("number", "what", "by", "at", "why"),
        (
            (
                str(one["number"]),
                f"takes back {one['undoes']}: {_setting(one)}" if one["undoes"] else _setting(one),
                one["by"],
                one["at"],
                one["why"],
            )
            for one in found
        ),
    )


def _setting(one: Mapping[str, Any]) -> str:
    scope = "".join(f" {joint} {one[key]}" for joint, key in (("for", "product"), ("at", "location")) if one[key])
    name = one["rule"] if one["setting"] == "severity" else one["setting"]
    return f"{name} {one['value']}{scope}"
