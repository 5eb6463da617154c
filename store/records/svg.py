"""A Picture as SVG: boxes, curves, tooltips and a legend; nothing in it needs a script or a font of ours."""

from collections.abc import Mapping
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
    root = ET.Element(
        "svg", xmlns=NAMESPACE, viewBox=f"0 0 {picture.width:.0f} {picture.height:.0f}",
        width=f"{picture.width:.0f}", height=f"{picture.height:.0f}", role="img",
    )  # fmt: skip
    root.set("font-family", "Helvetica, Arial, sans-serif")
    ET.SubElement(root, "title").text = picture.title
    ET.SubElement(root, "rect", width="100%", height="100%", fill="#ffffff")
    _heading(root, picture)
    lines = ET.SubElement(root, "g", fill="none", stroke="#8794a1")
    labels = ET.SubElement(root, "g", fill="#4a5560")
    labels.set("font-size", "9")
    for line in picture.lines:
        _line(lines, labels, line)
    for node in picture.nodes:
        _node(root, node)
    return ET.tostring(root, encoding="unicode")


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


def _node(root: ET.Element, node: Node) -> None:
    group = ET.SubElement(root, "g")
    ET.SubElement(group, "title").text = " — ".join(node.lines)
    fill, stroke = COLOURS[node.look]
    left, top = node.x - node.width / 2, node.y - node.height / 2
    box = ET.SubElement(
        group, "rect", x=f"{left:.1f}", y=f"{top:.1f}", width=f"{node.width:.0f}", height=f"{node.height:.0f}",
        fill=fill, stroke=stroke, rx="10" if node.look == "run" else "3",
    )  # fmt: skip
    box.set("stroke-width", "2.5" if node.look == "recalled" else "1")
    size = 12.0 if len(node.lines) > 1 else 10.0
    y = top + (15.0 if len(node.lines) > 1 else node.height / 2 + 3.5)
    for place, told in enumerate(node.lines):
        text = ET.SubElement(group, "text", x=f"{node.x:.1f}", y=f"{y:.1f}", fill="#111111")
        text.set("text-anchor", "middle")
        text.set("font-size", f"{size:.0f}" if place == 0 else "10")
        if place == 0:
            text.set("font-weight", "bold")
        text.text = shortened(told)
        y += 13


def shortened(told: str) -> str:
    """What fits a box; the whole stands in the tooltip."""
    return told if len(told) <= _LETTERS else f"{told[: _LETTERS - 1]}…"
