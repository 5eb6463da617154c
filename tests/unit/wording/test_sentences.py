"""Every sentence that the code says stands in the wording file, and nothing stands there that nobody says."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.report_kinds import REPORT_KINDS
from assistant.wording import names
from assistant.wording.sentences import load

ROOT = Path(__file__).parents[3] / "assistant"
SOURCE = yaml.safe_load((ROOT / "wording" / "en.yaml").read_text(encoding="utf-8"))
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.py")))
KINDS = tuple(REPORT_KINDS)
COMPOSED = {f"posted-{kind}" for kind in KINDS} | {"why-scrap", "why-adjust", "why-supplier_return"}


def said(what: str) -> set[str]:
    """The keys that the code names in calls of `say` or `part`, or as the wording of a question or a step."""
    return set(re.findall(rf'\.{what}\(\s*"([a-z-]+)"', CODE))


def test_every_sentence_that_is_said_is_written() -> None:
    assert said("say") - SOURCE["sentences"].keys() == set()
    assert said("part") - SOURCE["parts"].keys() == set()


def test_every_sentence_that_is_written_is_said() -> None:
    quoted = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', CODE)) | COMPOSED
    assert SOURCE["sentences"].keys() - quoted == set()
    assert SOURCE["parts"].keys() - quoted - {"status-approved", "status-rejected"} == set()


@pytest.mark.parametrize(
    ("eye", "ear"),
    [
        ("Moved 12 cases of RM1107 to line 2.", "Moved 12 cases of R M 1 1 0 7 to line 2."),
        ("TOM-1118 is on hold.", "T O M 1 1 1 8 is on hold."),
        ("It takes 40.5 lb on 2026-11-22.", "It takes 40.5 lb on 2026-11-22."),
    ],
)
def test_codes_are_spelt_out_for_the_ear(eye: str, ear: str) -> None:
    assert names.for_ear(eye) == ear


def test_a_day_that_is_far_away_has_its_year() -> None:
    wording = load().on(date(2026, 11, 22))
    assert wording.plain("It expires on 2026-12-01.").eye == "It expires on December 1."
    assert wording.plain("It expires on 2028-06-01.").eye == "It expires on June 1, 2028."
