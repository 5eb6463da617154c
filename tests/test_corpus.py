"""The labelled corpora as scored tests: how much is read exactly right, and that nothing false would be posted."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.demo import PLANT
from assistant.intents import POSTING, Reading, Vocabulary, parse
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.say.phrases import phrases
from tests.corpus.plants import vocabulary_of
from tests.corpus.run import as_json
from tests.corpus.scoring import Frames, Score, held_out, scored

CORPUS = Path(__file__).parent / "corpus"
TODAY = date(2026, 11, 22)
OTHERS = ("bakery", "seafood", "bakehouse", "creamery", "meats", "sweets", "spices")
OWN = ("own-{}-demo", "own-{}-bakery", "own-{}-meats")
UNSEEN = (
    "unseen1-{}-demo",
    "unseen1-{}-seafood",
    "unseen2-{}-demo",
    "unseen2-{}-bakehouse",
    "unseen3-{}-demo",
    "unseen3-{}-creamery",
)
LATEST = ("unseen4-{}-demo", "unseen4-{}-sweets", "unseen5-{}-demo", "unseen5-{}-spices")
FLOORS = {
    "scans-demo": 0.97,
    "own-typed-creamery": 0.97,
    "typed-dev": 0.97,
    "spoken-dev": 0.95,
    **{name.format(kind): 0.92 for name in OWN for kind in ("typed", "spoken")},
    **{name.format(kind): 0.95 for name in LATEST for kind in ("typed", "spoken")},
    **{name.format(kind): 0.97 for name in UNSEEN for kind in ("typed", "spoken")},
}


@pytest.fixture(scope="module")
def plants() -> dict[str, Vocabulary]:
    return {"demo": vocabulary_of(PLANT), **{name: vocabulary_of(CORPUS / name) for name in OTHERS}}


def plant_of(name: str) -> str:
    """The plant of a corpus: the last part of its name, if that is one."""
    last = name.rsplit("-", 1)[-1]
    return last if last in OTHERS else "demo"


def lines_of(name: str) -> Iterator[dict[str, Any]]:
    for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def reader(vocabulary: Vocabulary) -> Any:  # noqa: ANN401 - a small closure
    def read(line: Mapping[str, Any]) -> Frames:
        reading = parse(line["text"], vocabulary, TODAY, channel=line.get("channel", "slack"))
        return [{"intent": frame.intent, "slots": as_json(frame.slots)} for frame in reading.frames]

    return read


def report(score: Score) -> str:
    misses = "\n".join(f"{line_id} {text}\n  want {want}\n  got  {got}" for line_id, text, want, got in score.misses)
    return f"{score}\n{misses}"


@pytest.mark.parametrize("name", FLOORS)
def test_a_corpus_is_read_exactly_right_down_to_its_floor(name: str, plants: dict[str, Vocabulary]) -> None:
    vocabulary = plants[plant_of(name)]
    score = scored(lines_of(name), reader(vocabulary))
    assert score.share >= FLOORS[name], report(score)


@pytest.mark.parametrize("name", FLOORS)
def test_hardly_anything_false_would_be_posted(name: str, plants: dict[str, Vocabulary]) -> None:
    vocabulary = plants[plant_of(name)]
    score = scored(lines_of(name), reader(vocabulary))
    allowed = 0 if name.endswith("-dev") else score.lines // 50
    assert score.wrong + score.invented <= allowed, report(score)


def test_what_is_sure_is_right(plants: dict[str, Vocabulary]) -> None:
    """The calibration: of what the conversation would post unasked, nearly all is exactly right."""
    sure, right = 0, 0
    for name in FLOORS:
        vocabulary = plants[plant_of(name)]
        for line in lines_of(name):
            reading = parse(line["text"], vocabulary, TODAY)
            if not any(frame.intent in POSTING for frame in reading.frames) or reading.confidence < Reading.SURE:
                continue
            sure += 1
            right += Score().add(line, [{"intent": f.intent, "slots": as_json(f.slots)} for f in reading.frames])
    assert sure > 200
    assert right / sure >= 0.97


UNCLEAR = yaml.safe_load((CORPUS / "unclear.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", [text for texts in UNCLEAR.values() for text in texts])
def test_what_must_stay_unclear_gives_no_report(text: str, plants: dict[str, Vocabulary]) -> None:
    reading = parse(text, plants["demo"], TODAY)
    assert not [frame for frame in reading.frames if frame.intent in POSTING], reading.frames


@pytest.mark.parametrize("spoken", [False, True])
@pytest.mark.parametrize("plant", ["demo", *OTHERS])
def test_no_example_is_taken_by_another_intent(plant: str, spoken: bool, plants: dict[str, Vocabulary]) -> None:  # noqa: FBT001
    """Every template of the lexicon, filled from the plant, reads as its own intent."""
    vocabulary = plants[plant]
    templates = LEXICON.raw["templates"]
    heads = {intent: {t.split("{")[0].strip() for t in own} - {"", "no"} for intent, own in templates.items()}
    begins = [(head, intent) for intent, own in heads.items() for head in own]
    taken = []
    for phrase in islice(phrases(vocabulary, spoken=spoken), 0, None, 11):
        intents = {intent for head, intent in begins if phrase.startswith(f"{head} ")}
        if len(intents) == 1 and {frame.intent for frame in parse(phrase, vocabulary, TODAY).frames} != intents:
            taken.append((intents, phrase))
    assert not taken[:5]


def test_the_held_out_third_is_stable() -> None:
    assert [held_out(f"t{number:03d}") for number in range(1, 13)].count(True) in range(1, 9)
