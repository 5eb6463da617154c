"""What is open and what was last posted belong to person, channel and thread."""

import io
import json
from collections.abc import Mapping

from assistant.channels import terminal
from tests.support.floor_day import Floor


def chat(floor: Floor, *told: Mapping[str, object]) -> list[dict[str, object]]:
    """What `floor chat --jsonl` answers to these objects."""
    out = io.StringIO()
    terminal.lines(floor.assistant.hear, io.StringIO("\n".join(json.dumps(one) for one in told)), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_question_is_answered_in_its_thread_only(floor: Floor) -> None:
    assert floor.hear("maria", "used 1 case of chicken on 4475", thread="A").asking == "lot"
    assert floor.hear("maria", "used 1 case of romaine on 4474", thread="B").asking == "lot"
    elsewhere = floor.hear("maria", "CB1120")
    assert not elsewhere.entries
    (posted,) = floor.hear("maria", "CB1120", thread="A").entries
    assert posted["lots"] == ["CB1120"]
    (posted,) = floor.hear("maria", "RM1111", thread="B").entries
    assert posted["lots"] == ["RM1111"]


def test_a_correction_is_of_what_its_thread_posted_last(floor: Floor) -> None:
    floor.hear("maria", "moved 2 cs RM1107 from C1-01 to line 2", thread="A")
    floor.hear("maria", "used 1 case CB1120 on 4475", thread="B")
    assert not floor.hear("maria", "no, 4", thread="C").entries
    assert [e["kind"] for e in floor.hear("maria", "no, 4", thread="A").entries] == ["move", "move"]
    assert floor.stock("RM1107") == "RM1107 C1-01 10 case, L2 4 case"
    assert floor.stock("CB1120").startswith("CB1120 C1-02 15 case")


def test_a_new_thread_that_follows_may_answer_the_latest_one(floor: Floor) -> None:
    floor.hear("maria", "used 1 case of chicken on 4475", thread="C1/1", follows=True)
    report = floor.hear("maria", "moved 2 cs RM1107 from C1-01 to line 2", thread="C1/2", follows=True)
    assert (len(report.entries), report.asking) == (1, None), "the question of the other thread does not hold it up"
    assert not floor.hear("deshawn", "CB1120", thread="C1/3", follows=True).entries
    floor.hear("maria", "no, 3", thread="C1/4", follows=True)
    assert floor.stock("RM1107") == "RM1107 C1-01 11 case, L2 3 case"
    (posted,) = floor.hear("maria", "CB1120", thread="C1/1", follows=True).entries
    assert posted["lots"] == ["CB1120"]


def test_an_id_is_one_message_of_one_person(floor: Floor) -> None:
    told = {"as": "maria", "channel": "slack", "text": "moved 2 cs RM1107 from C1-01 to line 2", "id": "x1"}
    other = "moved 3 cs RM1107 from C1-01 to line 2"
    first, again, words, person, voice = chat(
        floor, told, told, {**told, "text": other}, {**told, "as": "deshawn"}, {**told, "channel": "console"}
    )
    assert first == again
    assert [*words] == ["error"] == [*person]
    assert voice["entries"]
    assert floor.stock("RM1107") == "RM1107 C1-01 10 case, L2 4 case"


def test_a_thread_is_a_text(floor: Floor) -> None:
    (answer,) = chat(floor, {"as": "maria", "text": "help", "thread": 7})
    assert answer == {"error": "A thread is a text."}
