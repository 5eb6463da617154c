"""The page on rules names every rule, threshold, property and sentence value as the book has them.

`FLOOR_UPDATE_DOCS=1` writes the tables anew, for review in the diff.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from assistant.rules import RuleBook, Stage
from assistant.rules.book.book import OURS
from assistant.rules.book.plant_files import own_rules
from assistant.rules.facts import meanings, properties
from assistant.rules.stages import FACTS, VALUES

PAGE = Path(__file__).parents[3] / "docs" / "rules.md"
BOOK = RuleBook.load()
TITLES = {Stage.GATE: "gate", Stage.WATCH: "watch"}


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").strip()


def rules() -> Iterator[str]:
    yield "| rule | judged | severity | says | still allowed, or next step | why |"
    yield "|---|---|---|---|---|---|"
    for r in BOOK.rules:
        severity = f"{r.severity}{', fixed' if r.fixed else ''}"
        judged = TITLES.get(r.stage, f"sweep, each {r.stage}")
        cells = (f"`{r.name}`", judged, severity, r.sentence, r.allowed or r.next, r.why)
        yield f"| {' | '.join(map(cell, cells))} |"


def policy() -> Iterator[str]:
    said = dict(re.findall(r"^  (\w+): \S+ +# (.+)$", OURS.read_text(encoding="utf-8"), re.MULTILINE))
    yield "| threshold | default | meaning |"
    yield "|---|---|---|"
    for name, value in BOOK.policy.defaults.items():
        yield f"| `{name}` | {value} | {said[name]} |"


def facts() -> Iterator[str]:
    for stage, record in FACTS.items():
        yield f"### At `{stage}`"
        yield f"{record.__doc__} Sentences may name: {', '.join(f'`{{{name}}}`' for name in VALUES[stage])}."
        yield ""
        yield "| property | type | meaning |"
        yield "|---|---|---|"
        types = properties(record)
        for name, meaning in meanings(record):
            yield f"| `{name}` | {'number' if types[name] is int else 'text'} | {cell(meaning)} |"
        yield ""


@pytest.mark.parametrize("table", [rules, policy, facts], ids=lambda table: table.__name__)
def test_the_page_shows_the_book_as_it_is(table: type[Iterator[str]]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    name = table.__name__
    before, rest = page.split(f"<!-- {name} -->\n")
    shown, after = rest.split(f"<!-- /{name} -->")
    wanted = "\n".join(table()).rstrip() + "\n"
    if os.environ.get("FLOOR_UPDATE_DOCS"):
        PAGE.write_text(f"{before}<!-- {name} -->\n{wanted}<!-- /{name} -->{after}", encoding="utf-8")
    else:
        assert shown == wanted


def test_the_pages_example_of_own_rules_is_accepted(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "house.yaml").write_text(example, encoding="utf-8")
    book = RuleBook.load(tmp_path)
    assert book.by_name["no-raw-to-line"].why == "House rule 12."
    assert book.policy.text("count_tolerance_percent") == "3"


def test_the_module_on_own_rules_shows_what_is_accepted(tmp_path: Path) -> None:
    text = (own_rules.__globals__["__doc__"] or "").split("\n\n", 1)[1]
    assert yaml.safe_load(text)
    (tmp_path / "house.yaml").write_text(text, encoding="utf-8")
    RuleBook.load(tmp_path)
