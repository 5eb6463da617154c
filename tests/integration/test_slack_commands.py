"""Commands in Slack, with a slash and in plain words: recalls, counts, reports, and the workbooks that come along."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assistant.channels.slack.receive.slash_commands import report
from assistant.messages import Utterance
from tests.support.slack_floor import ANNA, DESHAWN, MARIA, PRIYA, WALT, SlackFloor, plant_in_slack


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[SlackFloor]:
    with plant_in_slack(tmp_path) as floor:
        yield floor


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/lot RM1107", "RM1107"),
        ("/stock romaine", "Romaine"),
        ("/stock cooler 1", "Cooler 1"),
        ("/trace K1120", "K1120"),
        ("/expiring", "expire"),
        ("/expiring 5", "within 5 days"),
        ("/orders", "WO-4475"),
        ("/orders 4471", "WO-4471"),
        ("/floor where is RM1107", "RM1107"),
        ("/hold RM1107 smells bad", "RM1107"),
        ("/approve", "No request is open"),
        ("/approve 9", "no open request 9"),
        ("/count cooler 1 bay 2", "is asked to count"),
        ("/count the moon", "no place called"),
    ],
)
def test_every_command_is_answered(floor: SlackFloor, line: str, said: str) -> None:
    assert floor.command(PRIYA, line) == ""
    answer = floor.slack.channel("C0SUPER")[-1]
    assert said.lower() in answer.shown.lower()


@pytest.mark.parametrize(
    "name", ["floor", "lot", "stock", "trace", "recall", "approve", "count", "hold", "expiring", "orders"]
)
def test_every_command_has_help_that_only_its_author_sees(floor: SlackFloor, name: str) -> None:
    assert f"/{name}" in floor.command(PRIYA, f"/{name} help")
    assert floor.slack.messages == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/lot XX99", ["no lot XX99"]),
        ("/trace XX99", ["no lot XX99"]),
        ("/hold XX99", ["no lot XX99"]),
        ("/orders 9999", ["no work order 9999"]),
        ("/orders 4471 9999", ["WO-4471", "no work order 9999"]),
        ("/orders 4471, 4474", ["WO-4471", "WO-4474"]),
        ("/orders running", ["work order"]),
        ("/lot RM1107 and RM1111", ["RM1107: 14 cases", "RM1111: 30 cases"]),
        ("/trace K1120, RM1107", ["K1120", "RM1107"]),
        ("/approve 7 8", ["no open request 7", "no open request 8"]),
        ("/count cooler 1 bay 1 and the moon", ["asked to count Cooler 1 bay 1", "no place called the moon"]),
        ("/stock unicorn", ["unicorn"]),
    ],
)
def test_what_is_not_there_is_named_and_several_things_are_all_answered(
    floor: SlackFloor, line: str, said: list[str]
) -> None:
    floor.command(PRIYA, line)
    shown = "\n".join(message.shown for message in floor.slack.channel("C0SUPER"))
    assert [part for part in said if part not in shown] == []


def test_a_command_is_no_answer_to_what_is_open_but_its_own_question_is_answered(floor: SlackFloor) -> None:
    floor.command(PRIYA, "/hold romaine")
    asked = floor.slack.channel("C0SUPER")[-1]
    floor.command(PRIYA, "/orders 9999")
    floor.command(PRIYA, "/lot RM1107")
    assert "romaine: which lot" not in floor.slack.channel("C0SUPER")[-1].shown
    floor.click(PRIYA, asked, "RM1111")
    assert [(e["kind"], e["lots"]) for e in floor.entries()] == [("hold", ["RM1111"])]


def test_a_command_from_elsewhere_is_answered_in_private(floor: SlackFloor) -> None:
    floor.command(PRIYA, "/lot RM1107", "C0LOUNGE")
    assert [m.channel for m in floor.slack.messages] == ["D06PRIYA"]


def test_a_count_asks_the_floor_without_telling_the_books(floor: SlackFloor) -> None:
    floor.command(PRIYA, "/count cooler 1 bay 2")
    (asked,) = floor.slack.channel("C0FLOOR")
    assert "RM1111" in asked.shown
    assert "30" not in asked.shown
    floor.command(MARIA, "/count cooler 1 bay 2")
    assert len(floor.slack.channel("C0FLOOR")) == 1


def rows_of(floor: SlackFloor, file: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of an uploaded workbook's first tab, with its headings."""
    book = load_workbook(BytesIO(floor.slack.uploads[file["id"]]))
    return [tuple(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def test_a_recall_goes_through_its_form_into_the_books_and_to_a_card_with_its_workbook(floor: SlackFloor) -> None:
    floor.command(ANNA, "/recall HB1121")
    floor.submit(ANNA, lot="hb1121", kind="Mock recall", reason="yearly <!channel> exercise")
    (card,) = floor.slack.channel("C0SUPER")
    assert "Mock recall 1: HB1121" in card.shown
    (kept,) = floor.assistant.recalls()
    assert (kept["kind"], kept["lot"], kept["by"]) == ("mock", "HB1121", "anna")
    assert kept["reason"] == "yearly <!channel> exercise"
    file, records = floor.slack.files
    assert [f["name"] for f in floor.slack.files] == ["recall-hb1121-affected-lots.xlsx", "recall-hb1121-fsma204.xlsx"]
    assert {f["thread"] for f in floor.slack.files} == {card.ts}
    assert "Receiving" in " ".join(load_workbook(BytesIO(floor.slack.uploads[records["id"]])).sheetnames)
    book = load_workbook(BytesIO(floor.slack.uploads[file["id"]]))
    assert book["Affected lots"]["A2"].value == "HB1121"
    assert "Customers to call" in book.sheetnames


def test_all_that_a_recall_reached_is_held_and_its_clock_stopped_by_a_click(floor: SlackFloor) -> None:
    floor.command(ANNA, "/recall HB1121")
    floor.submit(ANNA, lot="HB1121", kind="Recall", reason="metal found")
    card = next(m for m in floor.slack.channel("C0SUPER") if m.button("Hold all of it"))
    hold = card.button("Hold all of it")
    assert hold is not None
    floor.click(WALT, card, "Hold all of it")
    state = floor.assistant.lot("HB1121")
    assert state is not None
    assert state.lot.on_hold
    assert "1 lots put on hold by Walt Hughes" in card.shown
    held = len(floor.entries())
    assert floor.post(floor.clicked(ANNA, card, hold), "application/x-www-form-urlencoded").status_code == 200
    floor.settle()
    assert len(floor.entries()) == held
    floor.click(ANNA, card, "Finish")
    assert "Finished by Anna" in card.shown
    assert card.button("Finish") is None
    assert floor.assistant.recalls()[0]["finished_by"] == "anna"


def test_a_real_recall_is_one_card_a_channel_wherever_it_began(floor: SlackFloor) -> None:
    floor.command(ANNA, "/recall HB1121")
    floor.submit(ANNA, lot="HB1121", kind="Recall", reason="metal found")
    floor.assistant.start_recall("RM1107", by="walt", real=True, reason="listeria")
    floor.deliver()
    cards = [m for m in floor.slack.messages if m.button("Finish")]
    assert sorted((m.channel, m.shown.split(":")[0]) for m in cards) == [
        ("C0QUAL", "Recall 1"),
        ("C0QUAL", "Recall 2"),
        ("C0SUPER", "Recall 1"),
        ("C0SUPER", "Recall 2"),
    ]
    floor.click(ANNA, next(m for m in cards if "RM1107" in m.shown), "Finish")
    assert sum("Finished by Anna" in m.shown for m in cards) == 2
    assert sum(m.button("Finish") is not None for m in cards) == 2


def test_a_recall_finished_elsewhere_says_so_on_its_card(floor: SlackFloor) -> None:
    floor.command(ANNA, "/recall HB1121")
    floor.submit(ANNA, lot="HB1121", kind="Mock recall", reason="exercise")
    floor.assistant.finish_recall(1, by="walt")
    floor.settle()
    (card,) = floor.slack.channel("C0SUPER")
    assert "Finished by Walt Hughes" in card.shown


def test_a_recall_asked_for_in_plain_words_opens_its_form(floor: SlackFloor) -> None:
    answer = floor.answers(ANNA, "start a mock recall of HB1121", "C0SUPER", type="app_mention")
    floor.press(ANNA, answer, "Open the form")
    floor.submit(ANNA, lot="HB1121", kind="Mock recall", reason="exercise")
    assert [row["lot"] for row in floor.assistant.recalls()] == ["HB1121"]


def test_a_recall_whose_answer_was_lost_is_begun_once_and_answered(
    floor: SlackFloor, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor.command(ANNA, "/recall HB1121")

    def die(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(type(floor.assistant), "recall_workbooks", die)
        with pytest.raises(SystemExit):
            floor.submit(ANNA, lot="HB1121", kind="Mock recall", reason="exercise")
    floor.close()
    floor.restart()
    floor.settle()
    assert len(floor.assistant.recalls()) == 1
    assert [f["name"] for f in floor.slack.files] == ["recall-hb1121-affected-lots.xlsx", "recall-hb1121-fsma204.xlsx"]


def test_the_same_recall_is_not_begun_twice(floor: SlackFloor) -> None:
    for user in (ANNA, WALT):
        floor.command(user, "/recall HB1121")
        floor.submit(user, lot="HB1121", kind="Mock recall", reason="exercise")
    assert len(floor.assistant.recalls()) == 1
    assert len(floor.slack.files) == 2
    assert "1" in floor.slack.messages[-1].shown


def test_a_worker_starts_no_recall(floor: SlackFloor) -> None:
    floor.command(MARIA, "/recall HB1121", "D01MARIA")
    assert floor.slack.views == []
    assert "supervisor or QA" in floor.slack.messages[-1].shown
    assert floor.slack.files == []
    assert floor.assistant.recalls() == []


def test_a_long_answer_comes_with_a_workbook(floor: SlackFloor) -> None:
    for n in range(60):
        said = f"received 2 cases of romaine lot A55{n:02} from Green Valley Farms at dock 1 exp dec 5 PO 8846"
        floor.assistant.hear(Utterance("walt", "console", said))
    ts = floor.say(PRIYA, "stock romaine")
    answer = floor.slack.thread(ts)[0]
    assert "all of them are in the file" in answer.shown
    (file,) = floor.slack.files
    assert file["thread"] == ts
    rows = rows_of(floor, file)
    assert len(rows) == 63
    assert any("A5559" in map(str, row) for row in rows)


@pytest.mark.parametrize("said", ["/trace K1122", "trace K1122"])
def test_a_trace_comes_with_every_step_as_a_workbook(floor: SlackFloor, said: str) -> None:
    for told in ("used 5 cs RM1107 on 4474", "made 5 cs caesar kits K1122 on 4474 into cooler 2 bay 1"):
        floor.answers(MARIA, told)
    if said.startswith("/"):
        floor.command(PRIYA, said)
        thread = floor.slack.channel("C0SUPER")[-1].ts
    else:
        thread = floor.say(PRIYA, said)
    (file,) = floor.slack.files
    assert (file["name"], file["thread"]) == ("trace-k1122.xlsx", thread)
    rows = rows_of(floor, file)
    assert ("backward", "RM1107", "K1122", "WO-4474") in [row[:4] for row in rows]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("yields", "Yield"),
        ("shrink last 30 days", "Shrink"),
        ("suppliers", "Supplier"),
        ("count accuracy", "accuracy"),
        ("exposure", "xpir"),
    ],
)
def test_a_report_is_a_short_table_with_its_workbook(floor: SlackFloor, said: str, title: str) -> None:
    for told in ("used 5 cs RM1107 on 4474", "made 3 cs caesar kits K1122 on 4474 into cooler 2 bay 1"):
        floor.answers(MARIA, told)
    floor.answers(DESHAWN, "count RM1111 in cooler 1 bay 2, 30 cases")
    floor.command(PRIYA, f"/floor {said}")
    answer = floor.slack.channel("C0SUPER")[-1]
    assert title in answer.shown
    assert "all columns and rows are in the workbook" in answer.shown
    (file,) = floor.slack.files
    assert file["thread"] == answer.ts
    name, days = report(said)
    since = floor.assistant.today() - timedelta(days=days) if days else None
    found = floor.assistant.figures(name, since)
    assert found is not None
    rows = rows_of(floor, file)
    assert len(rows) == len(found.rows) + 1
    assert found.sentence in answer.shown


def test_a_worker_gets_no_reports(floor: SlackFloor) -> None:
    floor.say(MARIA, "suppliers")
    for said in ("suppliers", "start a recall of HB1121"):
        floor.command(MARIA, f"/floor {said}", "D01MARIA")
        assert "Only a supervisor or QA" in floor.slack.messages[-1].shown
    assert floor.slack.files == []


def test_a_command_that_means_nothing_is_answered(floor: SlackFloor) -> None:
    floor.command(PRIYA, "/floor how are the orders doing")
    assert "no report and no question" in floor.slack.channel("C0SUPER")[-1].shown


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("where is RM1107", "RM1107"),
        ("stock romaine", "Romaine"),
        ("trace K1120", "K1120"),
        ("recall HB1121", "HB1121"),
        ("start a recall of HB1121", "form"),
        ("open approvals", "No request is open"),
        ("approve 9", "no open request 9"),
        ("ask for a count of cooler one bay two", "asked to count"),
        ("please get a count in cooler 1 bay 2", "asked to count"),
        ("hold RM1107 smells bad", "on hold"),
        ("what expires in 5 days", "within 5 days"),
        ("what expires soon", "expire"),
        ("work orders", "WO-4475"),
        ("status of 4471", "WO-4471"),
        ("yields", "ield"),
    ],
)
def test_every_command_may_be_said_in_plain_words(floor: SlackFloor, plain: str, said: str) -> None:
    assert said in floor.answers(PRIYA, plain).shown


def test_a_count_reported_with_such_words_is_a_report(floor: SlackFloor) -> None:
    floor.say(PRIYA, "ask for a count of cooler 1 bay 2: 30 cases RM1111")
    assert "asks for a count" not in "".join(m.shown for m in floor.slack.messages)
    floor.answers(PRIYA, "count RM1111 in cooler 1 bay 2, 30 cases")
    assert [e["kind"] for e in floor.entries()] == ["count"]
