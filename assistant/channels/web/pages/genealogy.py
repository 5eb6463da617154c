"""Pictures for pages: charts of reports, and the genealogy of a lot; coloured by the stylesheet, without a script."""

from typing import Final
from xml.etree import ElementTree as ET

from flask import url_for
from markupsafe import Markup

from assistant.supervision.figures import Bar, Chart
from store.records.layout import Picture
from store.records.svg import for_page

INLINE: Final = 60
"""So many lots of a genealogy fit a page among other things; a greater one has a page of its own."""

WIDTH: Final = 100.0
LEAST: Final = 0.6
"""How long a bar is at least where there is something to show, in percent of the axis."""


def genealogy(picture: Picture) -> Markup:
    """The picture, whose lots lead to their pages."""
    return Markup(for_page(picture, lambda code: url_for("pages.lot", code=code)))  # noqa: S704 - made by ElementTree


def bars(chart: Chart) -> list[list[Markup]]:
    """For each group of a chart its bars, each a drawing as wide as the axis, from one zero."""
    values = [bar.value for group in chart.groups for bar in group.bars if bar.value is not None]
    low, high = min([0.0, *values]), max([0.0, chart.most or 0.0, *values])
    span = high - low or 1.0
    return [[_bar(bar, low, span) for bar in group.bars] for group in chart.groups]


def _bar(bar: Bar, low: float, span: float) -> Markup:
    zero = -low / span * WIDTH
    root = ET.Element("svg", viewBox=f"0 0 {WIDTH:g} 10", preserveAspectRatio="none")
    root.set("aria-hidden", "true")
    root.set("class", "bar")
    if bar.value is not None:
        length = abs(bar.value) / span * WIDTH
        length = max(length, LEAST) if bar.value else 0.0
        left = zero if bar.value >= 0 else zero - length
        ET.SubElement(root, "rect", x=f"{left:.2f}", y="0", width=f"{length:.2f}", height="10").set("class", bar.tone)
    zero_line = ET.SubElement(root, "rect", x=f"{max(0.0, zero - 0.1):.2f}", y="0", width="0.2", height="10")
    zero_line.set("class", "zero")
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704 - made by ElementTree
