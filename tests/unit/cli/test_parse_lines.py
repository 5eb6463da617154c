"""`floor parse` says what an utterance means, what is doubtful, and on request how every piece was accounted for."""

import json
from datetime import date
from io import StringIO
from typing import Any

from assistant.cli.parse_lines import Shows, stream
from assistant.demo import PLANT
from store.plant.files import read_plant

TODAY = date(2026, 11, 22)


def parsed(*lines: str, shows: Shows | None = None, jsonl: bool = False) -> list[dict[str, Any]]:
    out = StringIO()
    given = StringIO("".join(f"{line}\n" for line in lines))
    stream(read_plant(PLANT, TODAY), TODAY, given, out, jsonl=jsonl, shows=shows or Shows())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_gives_its_frames_and_no_more() -> None:
    (told,) = parsed("moved 12 cs RM1107 from cooler 1 bay 1 to line 2")
    assert told.keys() == {"text", "frames", "confidence"}
    assert told["frames"] == [
        {
            "intent": "move",
            "slots": {"lot": "RM1107", "quantity": "12", "unit": "case", "from": "C1-01", "to": "L2"},
        }
    ]


def test_what_is_doubtful_stands_beside_the_slots() -> None:
    (told,) = parsed("received 2 cs cucumbers lot CU1204 from rio fresco PO 33 exp 11/08 dock 2")
    assert told["frames"][0]["candidates"] == {"expires": ["2026-11-08", "2027-11-08"]}
    assert "expires" not in told["frames"][0]["slots"]


def test_several_lots_are_a_list() -> None:
    (told,) = parsed("merged RM1107 and RM1111 into RM1150")
    assert told["frames"][0]["slots"]["lots"] == ["RM1107", "RM1111"]


def test_the_account_says_what_uses_each_piece_or_what_excuses_it() -> None:
    (told,) = parsed("used 3, no 4 cs RM1107 instead of RM1111 on 4474", shows=Shows(account=True))
    account = {use["text"]: use for use in told["account"]}
    assert account["4 cs"] == {"text": "4 cs", "kind": "qty", "frame": 0, "slot": "quantity"}
    assert account["rm 1111"] == {"text": "rm 1111", "kind": "lot", "excuse": "corrected"}
    assert account["3"]["excuse"] == "corrected"
    assert {"text": "rm 1111", "before": "lot", "after": "filler"} in told["passes"][0]["changes"]
    assert "left_over" not in told


def test_what_is_left_over_is_named() -> None:
    (told,) = parsed("moved 4 cs RM1107 to L2 on 4474 frobnicated", shows=Shows(account=True))
    assert "frobnicated" in told["left_over"]
    assert told["confidence"] < 0.8


def test_an_amount_is_not_used_by_a_code_that_ends_with_its_digits() -> None:
    (told,) = parsed("made 25 cases K1125 on 4474", shows=Shows(account=True))
    assert told["account"][0] == {"text": "25 cases", "kind": "qty", "frame": 0, "slot": "quantity"}


def test_a_line_that_is_no_object_is_told_so_and_the_next_is_read() -> None:
    first, second = parsed("[1]", '{"text": "undo", "id": "a"}', jsonl=True)
    assert first["error"]
    assert (second["id"], second["frames"]) == ("a", [{"intent": "undo", "slots": {}}])
