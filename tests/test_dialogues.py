"""A simulated worker says part of a report and answers whatever is asked; the right entry stands at the end."""

import random
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.floor_day import Floor, demo_books

DIALOGUES = 60


@dataclass(frozen=True)
class Report:
    """What a worker means: the verb, how each slot is said, and the lines that must stand in the books."""

    kind: str
    verb: str
    slots: Mapping[str, str]
    lines: frozenset[tuple[str, str, str, str]]
    before: str | None = None


def lines(*rows: str) -> frozenset[tuple[str, str, str, str]]:
    return frozenset((a, b, c, d) for a, b, c, d in (row.split() for row in rows))


REPORTS = (
    Report(
        "consume",
        "used",
        {"quantity": "5", "unit": "cases", "product": "romaine", "lot": "RM1107", "work_order": "on 4474"},
        lines("RM1107 C1-01 -5 case", "RM1107 WO-4474 5 case"),
    ),
    Report(
        "consume",
        "used",
        {"quantity": "2", "unit": "buckets", "product": "tahini", "lot": "TH0822", "work_order": "on WO-4471"},
        lines("TH0822 D2 -2 bucket", "TH0822 WO-4471 2 bucket"),
    ),
    Report(
        "move",
        "moved",
        {"quantity": "3", "unit": "cases", "product": "cheddar", "lot": "CH1102", "to": "to line 3"},
        lines("CH1102 C1-03 -3 case", "CH1102 L3 3 case"),
    ),
    Report(
        "receive",
        "received",
        {
            "quantity": "24",
            "unit": "cases",
            "product": "cucumbers",
            "lot": "CU1122",
            "to": "at dock 1",
            "supplier": "from rio",
            "expires": "exp dec 6",
        },
        lines("CU1122 SUPPLIER:RIO -24 case", "CU1122 DOCK1 24 case"),
    ),
    Report(
        "scrap",
        "scrapped",
        {"quantity": "2", "unit": "cases", "product": "cilantro", "lot": "CL1120", "reason": "slimy"},
        lines("CL1120 C1-03 -2 case", "CL1120 SCRAP 2 case"),
    ),
    Report(
        "ship",
        "shipped",
        {
            "quantity": "10",
            "unit": "cases",
            "product": "pico",
            "lot": "P1121",
            "customer": "to fresh mart",
            "reference": "SO 2218",
        },
        lines("P1121 C1-02 -10 case", "P1121 CUSTOMER:FMD 10 case"),
    ),
    Report(
        "produce",
        "made",
        {
            "quantity": "20",
            "unit": "cases",
            "product": "pico",
            "lot": "P1122",
            "work_order": "on 4473",
            "to": "into cooler 1 bay 2",
        },
        lines("P1122 WO-4473 -20 case", "P1122 C1-02 20 case"),
        before="used 10 cs TOM-1118 on 4473",
    ),
    Report(
        "return",
        "returned",
        {
            "quantity": "2",
            "unit": "bags",
            "product": "croutons",
            "lot": "CR0930",
            "work_order": "off 4474",
            "to": "to D3",
        },
        lines("CR0930 WO-4474 -2 bag", "CR0930 D3 2 bag"),
        before="used 3 bags croutons CR0930 on 4474",
    ),
    Report(
        "count",
        "counted",
        {"quantity": "139", "unit": "cases", "product": "classic hummus", "lot": "H1119", "at": "in cooler 2 bay 1"},
        lines("H1119 VARIANCE 1 case", "H1119 C2-01 -1 case"),
    ),
)

TAKEN = {"produce": {"to"}}
"""Slots that the assistant takes by itself where they are not said: leaving them out would mean something else."""


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo plant's books in the morning, made once."""
    return demo_books(tmp_path_factory.mktemp("dialogues") / "morning.db")


def told(report: Report, chance: random.Random) -> tuple[str, list[str]]:
    """A report with some slots left out, in the order of speech, and the slots that are missing."""
    optional = [s for s in report.slots if s not in {"unit", *TAKEN.get(report.kind, ())}]
    missing = chance.sample(optional, chance.randint(1, len(optional) - 1))
    if {"product", "lot"} <= set(missing):
        missing.remove("product")
    said = [word for slot, word in report.slots.items() if slot not in missing]
    if "quantity" in missing:
        said = [word for word in said if word != report.slots["unit"]]
    return " ".join([report.verb, *said]), missing


def answer(report: Report, asking: str) -> str:
    """What the worker answers to what is asked."""
    if asking == "confirm":
        return "yes"
    if asking == "quantity":
        return f"{report.slots['quantity']} {report.slots['unit']}"
    return report.slots[asking]


@pytest.mark.parametrize("seed", range(DIALOGUES))
def test_the_right_entry_stands_at_the_end(seed: int, morning: Path, tmp_path: Path) -> None:
    chance = random.Random(seed)
    report = REPORTS[seed % len(REPORTS)]
    channel = "voice" if seed % 3 == 0 else "slack"
    with closing(Floor.copied(morning, tmp_path)) as floor:
        _report(floor, report, chance, channel)


def _report(floor: Floor, report: Report, chance: random.Random, channel: str) -> None:
    """Tell it, answer everything, and look at what posted."""
    if report.before:
        floor.hear("maria", report.before)
    text, missing = told(report, chance)
    reply, heard, asked = floor.hear("maria", text, channel), [text], 0
    while reply.asking:
        asked += reply.asking != "confirm"
        said = answer(report, reply.asking)
        heard.append(f"{reply.say} > {said}")
        assert len(heard) < 12, heard
        reply = floor.hear("maria", said, channel)
    assert [e["kind"] for e in reply.entries] == [report.kind], [*heard, reply.say]
    posted = {(p["lot"], p["location"], p["quantity"], p["unit"]) for p in reply.entries[0]["lines"]}
    assert posted == report.lines, heard
    assert asked <= len(missing) + 1, heard
