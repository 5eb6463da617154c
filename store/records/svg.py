"""A Picture as SVG: boxes, curves, tooltips and a legend; nothing in it needs a script or a font of ours."""

from collections.abc import Callable, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from store.records.layout import Line, Look, Node, Picture

NAMESPACE: Final = "http://www.w3.org/2000/svg"

COLOURS: Final[Mapping[Look, tuple[str, str]]] = {
    "recalled": ("#fde2e0", "#b3261e"),
    "stock": ("#fff3d6", "#9a6b00"),
    "gone": ("#f2f4f6", "#5f6b76"),
    "run": ("#e3ecf7", "#2f5d8a"),
    "partner": ("#ffffff", "#333333"),
}
"""Fill and stroke of each kind of node; told apart by the legend and by form, not by colour alone."""

LEGEND: Final[Mapping[Look, str]] = {
    "recalled": "the lot", "stock": "with stock", "gone": "no stock", "run": "work order", "partner": "partner",
}  # fmt: skip

_LETTERS: Final = 30
"""Signs of the smaller lines that fit a box."""


def svg(picture: Picture) -> str:
    """The picture as an SVG document at its natural size; a viewer may scale it."""
    root = _sheet(picture)
    root.set("font-family", "Helvetica, Arial, sans-serif")
    ET.SubElement(root, "rect", width="100%", height="100%", fill="#ffffff")
    _heading(root, picture)
    lines = ET.SubElement(root, "g", fill="none", stroke="#8794a1")
    labels = ET.SubElement(root, "g", fill="#4a5560")
    labels.set("font-size", "9")
    for line in picture.lines:
        _line(lines, labels, line)
    for node in picture.nodes:
        fill, stroke = COLOURS[node.look]
        box = _node(ET.SubElement(root, "g", fill="#111111"), node)
        box.set("fill", fill)
        box.set("stroke", stroke)
    return ET.tostring(root, encoding="unicode")


def for_page(picture: Picture, link: Callable[[str], str]) -> str:
    """The picture for a web page, which colours it by class: `look-…`, `lines`, `labels`; lots lead to `link(lot)`.

    The lot asked for has the id `this-lot`. Heading and legend are the page's.
    """
    root = _sheet(picture)
    root.set("class", "genealogy")
    lines = ET.SubElement(root, "g")
    lines.set("class", "lines")
    labels = ET.SubElement(root, "g")
    labels.set("class", "labels")
    for line in picture.lines:
        _line(lines, labels, line)
    for node in picture.nodes:
        kind, _, code = node.key.partition(" ")
        group = ET.SubElement(root, "a", href=link(code)) if kind == "lot" else ET.SubElement(root, "g")
        group.set("class", f"look-{node.look}")
        if node.look == "recalled":
            group.set("id", "this-lot")
        _node(group, node)
    return ET.tostring(root, encoding="unicode")


def _sheet(picture: Picture) -> ET.Element:
    root = ET.Element(
        "svg", xmlns=NAMESPACE, viewBox=f"0 0 {picture.width:.0f} {picture.height:.0f}",
        width=f"{picture.width:.0f}", height=f"{picture.height:.0f}", role="img",
    )  # fmt: skip
    ET.SubElement(root, "title").text = picture.title
    return root


def heading(picture: Picture) -> str:
    """What stands over the picture."""
    more = f"; {picture.left_out} more lots are not drawn" if picture.left_out else ""
    return f"{picture.title}: {picture.lots} {'lot' if picture.lots == 1 else 'lots'}{more}"


def _heading(root: ET.Element, picture: Picture) -> None:
    title = ET.SubElement(root, "text", x="24", y="22", fill="#111111")
    title.set("font-size", "14")
    title.set("font-weight", "bold")
    title.text = heading(picture)
    x = 24.0
    for look, told in LEGEND.items():
        fill, stroke = COLOURS[look]
        ET.SubElement(
            root, "rect", x=f"{x:.0f}", y="30", width="12", height="10", fill=fill, stroke=stroke,
            rx="5" if look == "run" else "1",
        )  # fmt: skip
        text = ET.SubElement(root, "text", x=f"{x + 16:.0f}", y="39", fill="#333333")
        text.set("font-size", "10")
        text.text = told
        x += 26 + 6 * len(told)


def _line(group: ET.Element, labels: ET.Element, line: Line) -> None:
    first, *rest = line.points
    path = [f"M{first[0]:.1f} {first[1]:.1f}"]
    before = first
    for point in rest:
        middle = (before[0] + point[0]) / 2
        path.append(f"C{middle:.1f} {before[1]:.1f} {middle:.1f} {point[1]:.1f} {point[0]:.1f} {point[1]:.1f}")
        before = point
    ET.SubElement(group, "path", d=" ".join(path))
    if line.label:
        x, y = (first[0] + rest[0][0]) / 2, (first[1] + rest[0][1]) / 2
        text = ET.SubElement(labels, "text", x=f"{x:.1f}", y=f"{y - 3:.1f}")
        text.set("text-anchor", "middle")
        text.text = line.label


def _node(group: ET.Element, node: Node) -> ET.Element:
    """What a node says, in a box, which is given back without its colours."""
    ET.SubElement(group, "title").text = " — ".join(node.lines)
    left, top = node.x - node.width / 2, node.y - node.height / 2
    box = ET.SubElement(
        group, "rect", x=f"{left:.1f}", y=f"{top:.1f}", width=f"{node.width:.0f}", height=f"{node.height:.0f}",
        rx="10" if node.look == "run" else "3",
    )  # fmt: skip
    box.set("stroke-width", "2.5" if node.look == "recalled" else "1")
    size = 12.0 if len(node.lines) > 1 else 10.0
    y = top + (15.0 if len(node.lines) > 1 else node.height / 2 + 3.5)
    for place, told in enumerate(node.lines):
        text = ET.SubElement(group, "text", x=f"{node.x:.1f}", y=f"{y:.1f}")
        text.set("text-anchor", "middle")
        text.set("font-size", f"{size:.0f}" if place == 0 else "10")
        if place == 0:
            text.set("font-weight", "bold")
        text.text = shortened(told)
        y += 13
    return box


def shortened(told: str) -> str:
    """What fits a box; the whole stands in the tooltip."""
    return told if len(told) <= _LETTERS else f"{told[: _LETTERS - 1]}…"
