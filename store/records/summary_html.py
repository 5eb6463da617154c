"""The recall's page as HTML that prints on one sheet: no script, no foreign file, nothing but the page."""

from typing import Final
from xml.etree import ElementTree as ET

from store.records.summary import Page, Table

_STYLE: Final = """
@page { size: letter; margin: 12mm }
body { font: 10.5px/1.35 Helvetica, Arial, sans-serif; color: #111; margin: 0 auto; max-width: 190mm; padding: 6mm }
@media print { body { padding: 0 } }
h1 { font-size: 19px; margin: 0 } h2 { font-size: 12px; margin: 12px 0 3px }
.plant { color: #444; margin: 0 0 8px }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1px 12px; margin: 0 }
dt { color: #444 } dd { margin: 0; font-weight: bold }
table { border-collapse: collapse; width: 100% }
th { text-align: left; border-bottom: 1px solid #555; font-weight: bold; padding: 1px 6px 1px 0 }
td { border-bottom: 1px solid #ddd; padding: 1px 6px 1px 0; vertical-align: top }
.number { text-align: right } th { white-space: nowrap } .more, .none { color: #444; margin: 2px 0 }
ul { margin: 0; padding-left: 16px }
"""


def html(page: Page) -> str:
    """The page as a document."""
    root = ET.Element("html", lang="en")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    ET.SubElement(head, "title").text = page.title
    ET.SubElement(head, "style").text = _STYLE
    body = ET.SubElement(root, "body")
    ET.SubElement(body, "h1").text = page.title
    ET.SubElement(body, "p", {"class": "plant"}).text = page.plant
    facts = ET.SubElement(body, "dl")
    for name, value in page.facts:
        ET.SubElement(facts, "dt").text = name
        ET.SubElement(facts, "dd").text = value
    for table in page.tables:
        _table(body, table)
    ET.SubElement(body, "h2").text = "In this folder"
    files = ET.SubElement(body, "ul")
    for name, what in page.files:
        item = ET.SubElement(files, "li")
        link = ET.SubElement(item, "a", href=name)
        link.text = name
        link.tail = f" — {what}"
    return "<!doctype html>\n" + ET.tostring(root, encoding="unicode", method="html")


def _table(body: ET.Element, told: Table) -> None:
    ET.SubElement(body, "h2").text = told.title
    if not told.rows:
        ET.SubElement(body, "p", {"class": "none"}).text = "None."
        return
    table = ET.SubElement(body, "table")
    for place, row in enumerate([told.columns, *told.rows]):
        line = ET.SubElement(table, "tr")
        for column, value in enumerate(row):
            cell = ET.SubElement(line, "td" if place else "th", {"class": "number"} if column in told.numbers else {})
            cell.text = value
    if told.left_out:
        ET.SubElement(body, "p", {"class": "more"}).text = f"{told.left_out} more rows in affected-lots.xlsx."
