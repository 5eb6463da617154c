"""Places the genealogy of a lot on a sheet, left to right: suppliers, lots, the runs they went through, customers.

The layers and crossings are fast_sugiyama's; what is drawn where is a Picture, which SVG and PDF render alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from fast_sugiyama import from_edges

from store.model import Edge
from store.session import Session
from store.trace import lineage
from store.trace.lineage import PartnerRow
from store.trace.recall import Affected, accounts, shown

Look = Literal["recalled", "stock", "gone", "run", "partner"]
"""What a node is: the lot asked for, a lot with stock, a lot without, a work order, a supplier or customer."""

MOST_LOTS: Final = 600
"""Lots in one picture; the nearest are drawn, and the picture says how many are not."""

MOST_APART: Final = 24
"""Up to so many lots partners are nodes of their own and lines tell quantities; beyond, partners stand in the boxes."""

BOX: Final = (196.0, 46.0)
RUN: Final = (92.0, 20.0)
LAYER: Final = 250.0
ROW: Final = 58.0
MARGIN: Final = 24.0
BEND: Final = 0.3
"""How much of a row a passing line takes."""


@dataclass(frozen=True, slots=True)
class Node:
    """A box with its centre and size; `lines` are what it says, the first one emphasised."""

    key: str
    look: Look
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points from left to right, with a quantity where there is room for it."""

    points: tuple[tuple[float, float], ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn, in points from the upper left corner; `left_out` lots had no room."""

    title: str
    width: float
    height: float
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    lots: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Content:
    """What a node will say before it has a place."""

    look: Look
    lines: tuple[str, ...]
    size: tuple[float, float]


def genealogy(session: Session, lot: str) -> Picture:
    """The picture of a lot's genealogy both ways; a lot without any is a picture of itself and its partners."""
    edges = [*lineage.trace(session, lot, "backward"), *lineage.trace(session, lot, "forward")]
    lots = list(dict.fromkeys([lot, *(code for edge in edges for code in (edge.from_lot, edge.to_lot))]))
    drawn = set(lots[:MOST_LOTS])
    kept = [edge for edge in edges if edge.from_lot in drawn and edge.to_lot in drawn]
    came = [row for row in lineage.received_from(session, lot) if row.lot in drawn]
    went = [row for row in lineage.shipped_to(session, lot) if row.lot in drawn]
    apart = len(drawn) <= MOST_APART
    contents = _lots(session, lot, lots[:MOST_LOTS], {} if apart else _partners(came, went))
    links = _runs(kept, contents, labelled=apart)
    if apart:
        links |= _ends(session, came, went, contents)
    title = f"Genealogy of {lot}"
    return _placed(title, contents, links, len(drawn), len(lots) - len(drawn))


def _lots(session: Session, recalled: str, codes: list[str], partners: Mapping[str, list[str]]) -> dict[str, _Content]:
    names = session.catalog.products
    found = {affected.lot.code: affected for affected in accounts(session, codes)}
    contents = {}
    for code, affected in found.items():
        look: Look = "recalled" if code == recalled else "stock" if affected.account.on_hand else "gone"
        told = [code, names[affected.lot.product].name, _stands(affected)]
        if code in partners:
            told[2] = f"{told[2]} · {', '.join(partners[code])}"
        contents[f"lot {code}"] = _Content(look, tuple(told), BOX)
    return contents


def _stands(affected: Affected) -> str:
    account, unit = affected.account, affected.unit
    parts = [(account.on_hand, "on hand"), (account.shipped, "shipped"), (account.scrapped, "scrapped")]
    told = [f"{shown(quantity)} {unit} {what}" for quantity, what in parts if quantity]
    return ", ".join(told[:2]) or "nothing left"


def _partners(came: Iterable[PartnerRow], went: Iterable[PartnerRow]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for begin, rows in (("from ", came), ("to ", went)):
        for row in rows:
            told = f"{begin}{row.partner or 'unknown'}"
            if told not in found.setdefault(row.lot, []):
                found[row.lot].append(told)
    return found


def _runs(edges: Iterable[Edge], contents: dict[str, _Content], *, labelled: bool) -> dict[tuple[str, str], str]:
    """Lines lot → run → lot; a run with many of both is drawn once."""
    links: dict[tuple[str, str], str] = {}
    for edge in edges:
        run, source, target = f"run {edge.work_order}", f"lot {edge.from_lot}", f"lot {edge.to_lot}"
        if source not in contents or target not in contents:
            continue
        contents.setdefault(run, _Content("run", (edge.work_order,), RUN))
        links[source, run] = shown(edge.quantity) if labelled else ""
        links.setdefault((run, target), "")
    return links


def _ends(
    session: Session, came: Iterable[PartnerRow], went: Iterable[PartnerRow], contents: dict[str, _Content]
) -> dict[tuple[str, str], str]:
    """Lines supplier → lot and lot → customer, with the references."""
    links: dict[tuple[str, str], str] = {}
    for rows, begin in ((came, "from"), (went, "to")):
        for row in rows:
            known = session.catalog.partners.get(row.partner or "")
            key, lot = f"{begin} {row.partner}", f"lot {row.lot}"
            contents.setdefault(key, _Content("partner", (known.name if known else "unknown",), (BOX[0] * 0.8, RUN[1])))
            links[(key, lot) if begin == "from" else (lot, key)] = f"{shown(row.quantity)} {row.unit}"
    return links


def _placed(
    title: str, contents: Mapping[str, _Content], links: Mapping[tuple[str, str], str], lots: int, left_out: int
) -> Picture:
    """Layers from left to right, rows from top to bottom, lines through the gaps that were left for them."""
    positions: dict[str | int, tuple[float, float]] = {}
    paths: dict[tuple[str, str], list[str | int]] = {}
    top = 0.0
    forward = [link for link in links if link[0] != link[1]]
    layouts = from_edges(forward, minimum_length=1, vertex_spacing=1, dummy_size=BEND, ranking_type="minimize")
    offset = 0
    for nodes, height, _depth, route in layouts:
        highest = max(y for _, (_, y) in nodes)
        placed = {_own(key, offset): (highest - y, x) for key, (x, y) in nodes}
        lowest = min(x for _, x in placed.values())
        positions |= {key: (layer, top + row - lowest) for key, (layer, row) in placed.items()}
        paths |= _routes([(_own(a, offset), _own(b, offset)) for a, b in route or []])
        top += height + 1
        offset += 1_000_000
    for key in contents:
        if key not in positions:
            positions[key] = (0, top)
            top += 1
    across = {key: (MARGIN + BOX[0] / 2 + layer * LAYER, MARGIN * 2.5 + BOX[1] / 2 + row * ROW)
              for key, (layer, row) in positions.items()}  # fmt: skip
    nodes_ = tuple(Node(key, c.look, c.lines, *across[key], *c.size) for key, c in contents.items())
    lines = tuple(_line(link, label, contents, across, paths) for link, label in links.items())
    width = max(x for x, _ in across.values()) + BOX[0] / 2 + MARGIN
    height = max(y for _, y in across.values()) + BOX[1] / 2 + MARGIN
    return Picture(title, width, height, nodes_, lines, lots, left_out)


def _own(key: str | int, offset: int) -> str | int:
    """Bends are numbered anew in every connected part."""
    return key + offset if isinstance(key, int) else key


def _routes(route: Iterable[tuple[str | int, str | int]]) -> dict[tuple[str, str], list[str | int]]:
    """The bends of each line, by the nodes at its ends."""
    after: dict[int, str | int] = {a: b for a, b in route if isinstance(a, int)}
    paths = {}
    for a, b in route:
        if isinstance(a, str) and isinstance(b, int):
            bends: list[str | int] = []
            end: str | int = b
            while isinstance(end, int):
                bends.append(end)
                end = after[end]
            paths[a, end] = bends
    return paths


def _line(
    link: tuple[str, str],
    label: str,
    contents: Mapping[str, _Content],
    across: Mapping[str | int, tuple[float, float]],
    paths: Mapping[tuple[str, str], list[str | int]],
) -> Line:
    source, target = link
    begin, end = across[source], across[target]
    bends = paths.get(link)
    if bends is None and (target, source) in paths:
        bends = paths[target, source][::-1]
    start = (begin[0] + contents[source].size[0] / 2, begin[1])
    stop = (end[0] - contents[target].size[0] / 2, end[1])
    return Line((start, *(across[bend] for bend in bends or []), stop), label)
