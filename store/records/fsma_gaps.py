"""What the FSMA 204 sheet lacks: every key data element that is empty, and where it belongs."""

from collections.abc import Mapping, Sequence
from typing import Final

from store.records import fsma_elements as fsma
from store.records.sheets import Sheet, Value

Rows = Mapping[str, Sequence[Mapping[str, Value]]]

_HOME: Final = {
    "Previous source": "partners.csv, the supplier's {part}",
    "Recipient": "partners.csv, the customer's {part}",
    "Receiving location": "site.csv, {part}",
    "Shipped from": "site.csv, {part}",
    "Transformed at": "site.csv, {part}",
    fsma.SOURCE: "the supplier's papers: who assigned the lot code is not in the books",
}
"""Where a part of a location is kept, by the beginning of its column."""

_NAMED: Final = {
    "Reference document type": "the report: say the document's kind before its number (PO 8801, BOL 5512)",
    "Reference document number": "the report: say the document (PO 8801, BOL 5512)",
}

COLUMNS: Final = ("Tab", "Rule", "Key data element", "Column", "Missing", fsma.EVENT, fsma.LOT, "Belongs in")


def missing_sheet(rows: Rows, unknown_inputs: Sequence[tuple[str, str]]) -> Sheet:
    """One row for each empty key data element of each row; runs before the books began lack their inputs."""
    found: list[dict[str, Value]] = []
    for tab, elements in fsma.ELEMENTS.items():
        for row in rows[tab]:
            for element in elements:
                found += [
                    {
                        "Tab": tab,
                        "Rule": element.rule,
                        "Key data element": element.name,
                        "Column": column,
                        "Missing": "one of its columns" if element.any_of else "empty",
                        fsma.EVENT: row[fsma.EVENT],
                        fsma.LOT: row[fsma.LOT],
                        "Belongs in": _home(column, row),
                    }
                    for column in element.missing(row)[: 1 if element.any_of else None]
                ]
    found += [
        {
            "Tab": fsma.TRANSFORMATION,
            "Rule": "1.1350(a)(1)",
            "Key data element": "Food used: lot codes, descriptions, quantities",
            "Missing": "no row",
            fsma.EVENT: run,
            fsma.LOT: lot,
            "Belongs in": "older records: the lot was opening stock, made before the books began",
        }
        for run, lot in unknown_inputs
    ]
    return Sheet("Missing", COLUMNS, found)


def elements_sheet(rows: Rows) -> Sheet:
    """Each key data element with the number of rows that must carry it, that do, and that do not."""
    table: list[dict[str, Value]] = []
    for tab, elements in fsma.ELEMENTS.items():
        for element in elements:
            concerned = [row for row in rows[tab] if element.concerns(row)]
            missing = sum(1 for row in concerned if element.missing(row))
            table.append(
                {
                    "Tab": tab,
                    "Rule": element.rule,
                    "Key data element": element.name,
                    "Columns": ", ".join(element.columns),
                    "Rows": len(concerned),
                    "Filled": len(concerned) - missing,
                    "Missing": missing,
                }
            )
    return Sheet(
        "Key data elements", ("Tab", "Rule", "Key data element", "Columns", "Rows", "Filled", "Missing"), table
    )


def _home(column: str, row: Mapping[str, Value]) -> str:
    if column in _NAMED:
        return _NAMED[column]
    for prefix, home in _HOME.items():
        if column.startswith(prefix):
            part = column.removeprefix(prefix).strip()
            if part != "name" and row.get(f"{prefix} name"):
                return f"{home.format(part=part)} ({row[f'{prefix} name']})"
            return home.format(part=part)
    return "the report"
