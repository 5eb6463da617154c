"""Scores the parser on the corpora: `python -m tests.corpus.run [--show] [--third] [FILE ...]`.

`--show` prints the misses of the learnt two thirds, `--third` those of the held-out third too.
"""

import json
import sys
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from assistant.demo import PLANT
from assistant.intents import Vocabulary, parse
from tests.corpus.plants import vocabulary_of
from tests.corpus.scoring import Frames, held_out, scored

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)


def as_json(slots: Mapping[str, object]) -> dict[str, object]:
    """Slots as a corpus line has them."""
    return {name: [*value] if isinstance(value, tuple) else value for name, value in slots.items()}


def read(line: Mapping[str, str], vocabulary: Vocabulary) -> Frames:
    reading = parse(line["text"], vocabulary, TODAY, channel=line.get("channel", "slack"))
    return [{"intent": frame.intent, "slots": as_json(frame.slots)} for frame in reading.frames]


def main() -> None:
    show, third = "--show" in sys.argv, "--third" in sys.argv
    names = [name for name in sys.argv[1:] if not name.startswith("--")]
    paths = [Path(name) for name in names] or sorted(HERE.glob("*.jsonl"))
    plants = {"demo": vocabulary_of(PLANT)}
    plants |= {folder.parent.name: vocabulary_of(folder.parent) for folder in sorted(HERE.glob("*/products.csv"))}
    for path in paths:
        vocabulary = plants.get(path.stem.rsplit("-", 1)[-1], plants["demo"])
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for out in (False, True):
            score = scored((x for x in lines if held_out(x["id"]) is out), partial(read, vocabulary=vocabulary))
            sys.stdout.write(f"{path.stem:18} {'held out' if out else 'learnt  '}  {score}\n")
            if (show and not out) or third:
                for line_id, text, want, got in score.misses:
                    sys.stdout.write(f"- {line_id} {text}\n    want {json.dumps(want)}\n    got  {json.dumps(got)}\n")


if __name__ == "__main__":
    main()
