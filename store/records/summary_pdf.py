"""The recall's page as PDF, with the genealogy on a second sheet where it can still be read there."""

from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Group, PolyLine, Rect, String
from reportlab.lib import colors
from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepInFrame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Table as Grid

from store.records.layout import Node, Picture
from store.records.summary import Page, Table
from store.records.svg import COLOURS, heading, shortened

PLAIN: Final = "Vera"
BOLD: Final = "VeraBd"
"""Bitstream Vera comes with reportlab and has the letters of Western and Central Europe."""

MOST_DRAWN: Final = 40
"""Lots up to which a sheet of paper shows them readably."""

MARGIN: Final = 12 * mm


def write_pdf(path: Path, page: Page, picture: Picture | None) -> None:
    """Write the page, and the genealogy on a second sheet unless it is too large for paper."""
    for name in (PLAIN, BOLD):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    wide = landscape(letter)
    frames = {
        "page": Frame(MARGIN, MARGIN, letter[0] - 2 * MARGIN, letter[1] - 2 * MARGIN, 0, 0, 0, 0),
        "picture": Frame(MARGIN, MARGIN, wide[0] - 2 * MARGIN, wide[1] - 2 * MARGIN, 0, 0, 0, 0),
    }
    document = BaseDocTemplate(str(path), pagesize=letter, title=page.title, author=page.plant)
    document.addPageTemplates(
        [
            PageTemplate("page", [frames["page"]], pagesize=letter),
            PageTemplate("picture", [frames["picture"]], pagesize=wide),
        ]
    )
    width, height = letter[0] - 2 * MARGIN, letter[1] - 2 * MARGIN
    story: list[Flowable] = [KeepInFrame(width, height, _page(page, width), mode="shrink")]
    if picture is not None and picture.lots <= MOST_DRAWN:
        story += [
            NextPageTemplate("picture"),
            PageBreak(),
            drawing(picture, wide[0] - 2 * MARGIN, wide[1] - 2 * MARGIN),
        ]
    document.build(story)


def _style(size: float, *, bold: bool = False, **values: Any) -> ParagraphStyle:  # noqa: ANN401  # reportlab's
    return ParagraphStyle("", fontName=BOLD if bold else PLAIN, fontSize=size, leading=size * 1.25, **values)


def _page(page: Page, width: float) -> list[Flowable]:
    title, small = _style(14, bold=True, spaceAfter=2), _style(8, textColor=colors.HexColor("#444444"))
    told: list[Flowable] = [Paragraph(escape(page.title), title), Paragraph(escape(page.plant), small), Spacer(0, 6)]
    facts = [[Paragraph(escape(name), small), Paragraph(escape(value), _style(8, bold=True))]
             for name, value in page.facts]  # fmt: skip
    told.append(Grid(facts, colWidths=[80, width - 80], style=TableStyle(_TIGHT)))
    for table in page.tables:
        told += _table(table, width)
    told.append(Paragraph("In this folder", _style(9, bold=True, spaceBefore=8, spaceAfter=2)))
    told += [Paragraph(f"{escape(name)} — {escape(what)}", _style(7.5)) for name, what in page.files]
    return told


_TIGHT: Final = [
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 6),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def _table(table: Table, width: float) -> list[Flowable]:
    told: list[Flowable] = [Paragraph(escape(table.title), _style(9, bold=True, spaceBefore=8, spaceAfter=2))]
    if not table.rows:
        return [*told, Paragraph("None.", _style(7.5))]
    cells = [
        [
            Paragraph(escape(value), _style(7.5, bold=not place, alignment=2 if column in table.numbers else 0))
            for column, value in enumerate(row)
        ]
        for place, row in enumerate([table.columns, *table.rows])
    ]
    longest = [max(8, *(len(row[column]) for row in [table.columns, *table.rows])) for column in range(len(cells[0]))]
    shares = [min(30, count) for count in longest]
    lines = [("LINEBELOW", (0, 0), (-1, -1), 0.3, colors.HexColor("#bbbbbb"))]
    grid = Grid(
        cells, colWidths=[width * share / sum(shares) for share in shares], style=TableStyle([*_TIGHT, *lines])
    )  # fmt: skip
    told.append(grid)
    if table.left_out:
        told.append(Paragraph(f"{table.left_out} more rows in affected-lots.xlsx.", _style(7.5)))
    return told


def drawing(picture: Picture, width: float, height: float) -> Drawing:
    """The picture, scaled to fit; PDF counts from the lower left corner."""
    scale = min(width / picture.width, height / picture.height, 1.0)
    group = Group(transform=(scale, 0, 0, scale, 0, 0))
    group.add(String(24, picture.height - 22, heading(picture), fontName=BOLD, fontSize=14))
    for line in picture.lines:
        points = [value for x, y in line.points for value in (x, picture.height - y)]
        group.add(PolyLine(points, strokeColor=colors.HexColor("#8794a1"), strokeWidth=0.8))
        if line.label:
            (x, y), (x2, y2) = line.points[:2]
            at = ((x + x2) / 2, picture.height - (y + y2) / 2 + 3)
            group.add(String(*at, line.label, fontName=PLAIN, fontSize=8, textAnchor="middle"))
    for node in picture.nodes:
        _node(group, node, picture.height)
    return Drawing(picture.width * scale, picture.height * scale, group)


def _node(group: Group, node: Node, height: float) -> None:
    fill, stroke = COLOURS[node.look]
    left, bottom = node.x - node.width / 2, height - node.y - node.height / 2
    round_ = 10 if node.look == "run" else 3
    box = Rect(left, bottom, node.width, node.height, rx=round_, ry=round_)
    box.fillColor, box.strokeColor = colors.HexColor(fill), colors.HexColor(stroke)
    box.strokeWidth = 2.5 if node.look == "recalled" else 1
    group.add(box)
    y = bottom + node.height - (15 if len(node.lines) > 1 else node.height / 2 + 3.5)
    for place, told in enumerate(node.lines):
        font, size = (BOLD, 12 if len(node.lines) > 1 else 10) if place == 0 else (PLAIN, 9)
        group.add(String(node.x, y, shortened(told), fontName=font, fontSize=size, textAnchor="middle"))
        y -= 13
