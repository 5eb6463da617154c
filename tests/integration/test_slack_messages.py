"""Messages in Slack: heard once, answered in their thread, however often and in whatever order Slack sends them."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.channels.slack.journal import Book
from tests.support.slack_floor import DESHAWN, MARIA, PRIYA, SlackFloor, plant_in_slack
from tests.support.slack_server import event, signed

MOVED = "moved 2 cases of romaine RM1111 from cooler 1 bay 2 to line 2"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[SlackFloor]:
    with plant_in_slack(tmp_path) as floor:
        yield floor


def test_a_message_is_posted_and_answered_in_its_thread(floor: SlackFloor) -> None:
    answer = floor.answers(MARIA, MOVED)
    assert "2 cases of" in answer.shown
    assert answer.channel == "C0FLOOR"
    (entry,) = floor.entries()
    assert (entry["kind"], entry["by"], entry["channel"], entry["said"]) == ("move", "maria", "slack", MOVED)
    assert answer.button("Undo") is not None
    assert answer.body["text"]


def test_a_direct_message_and_a_mention_are_heard_and_other_talk_is_not(floor: SlackFloor) -> None:
    floor.answers(MARIA, MOVED, "D0MARIA")
    floor.answers(DESHAWN, f"<@U0BOT> {MOVED}", "C0OTHER", type="app_mention")
    floor.say(DESHAWN, MOVED, "C0OTHER")
    assert [e["by"] for e in floor.entries()] == ["maria", "deshawn"]
    assert floor.entries()[1]["said"] == MOVED


def test_a_mention_in_the_floors_channel_comes_under_two_names_and_counts_once(floor: SlackFloor) -> None:
    ts = floor.ts()
    for kind in ("message", "app_mention"):
        floor.event({**event(MARIA, f"<@U0BOT> {MOVED}", ts, type=kind), "event_id": kind})
    floor.settle()
    assert len(floor.entries()) == 1
    assert len(floor.slack.thread(ts)) == 1


def test_a_correction_in_the_thread_is_heard_where_we_spoke(floor: SlackFloor) -> None:
    ts = floor.say(MARIA, f"<@U0BOT> {MOVED}", "C0OTHER", type="app_mention")
    floor.say(MARIA, "no, 3", "C0OTHER", thread_ts=ts)
    assert [e["kind"] for e in floor.entries()] == ["move", "move", "move"]
    assert floor.assistant.stock(lots=["RM1111"], at="L2")[0]["quantity"] == "3"
    first, second = floor.slack.thread(ts)
    assert "Taken back by Maria Lopez" in first.shown
    assert first.button("Undo") is None
    assert second.button("Undo") is not None


def test_what_somebody_says_between_answers_in_the_floor_is_heard_in_order(floor: SlackFloor) -> None:
    for text in (MOVED, "no, 3", "make that 4"):
        floor.event(event(MARIA, text, floor.ts()))
    floor.settle()
    assert floor.assistant.stock(lots=["RM1111"], at="L2")[0]["quantity"] == "4"


def test_a_retry_before_and_after_the_work_changes_nothing(floor: SlackFloor) -> None:
    ts = floor.ts()
    floor.event(event(MARIA, MOVED, ts))
    floor.event(event(MARIA, MOVED, ts))
    assert floor.entries() == []
    floor.settle()
    floor.event(event(MARIA, MOVED, ts))
    floor.settle()
    assert len(floor.entries()) == 1
    assert len(floor.slack.thread(ts)) == 1


def test_a_retry_that_is_the_first_to_arrive_is_heard(floor: SlackFloor) -> None:
    payload = json.dumps(event(MARIA, MOVED, floor.ts()))
    headers = {**signed(payload), "X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    assert floor.post(payload, headers=headers).status_code == 200
    floor.settle()
    assert len(floor.entries()) == 1


def test_a_process_that_dies_after_the_acknowledgement_loses_nothing(floor: SlackFloor) -> None:
    ts = floor.ts()
    floor.event(event(MARIA, MOVED, ts))
    floor.close()
    floor.restart()
    floor.settle()
    assert len(floor.entries()) == 1
    assert len(floor.slack.thread(ts)) == 1


def test_a_process_that_dies_between_the_books_and_the_answer_answers_once(
    floor: SlackFloor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ts = floor.ts()
    floor.event(event(MARIA, MOVED, ts))

    def die(*_: object, **__: object) -> bool:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(Book, "post", die)
        with pytest.raises(SystemExit):
            floor.channel.drain()
    assert len(floor.entries()) == 1
    assert floor.slack.thread(ts) == []
    floor.close()
    floor.restart()
    floor.settle()
    assert len(floor.entries()) == 1
    assert len(floor.slack.thread(ts)) == 1


def test_requests_that_are_not_slacks_go_no_further(floor: SlackFloor) -> None:
    payload = json.dumps(event(MARIA, MOVED, floor.ts()))
    forged = signed(payload, secret="another")
    old = signed(payload, at=time.time() - 301)
    other = signed(payload + " ")
    for headers in (forged, old, other, {}):
        assert floor.post(payload, headers=headers).status_code == 401
    floor.settle()
    assert floor.entries() == []
    assert floor.channel.book.unhandled() == 0


def test_a_replayed_request_counts_once(floor: SlackFloor) -> None:
    payload = json.dumps(event(MARIA, MOVED, floor.ts()))
    headers = signed(payload)
    for _ in range(3):
        assert floor.post(payload, headers=headers).status_code == 200
        floor.settle()
    assert len(floor.entries()) == 1


def test_a_deletion_is_answered_once_and_posts_nothing(floor: SlackFloor) -> None:
    ts = floor.say(MARIA, MOVED)
    before = {"user": MARIA, "text": MOVED, "ts": ts}
    gone = event(MARIA, "", floor.ts(), subtype="message_deleted", previous_message=before)
    floor.event(gone)
    floor.event(gone)
    floor.settle()
    number = floor.entries()[0]["number"]
    _, deleted = floor.slack.thread(ts)
    assert f"entry {number}" in deleted.shown
    assert len(floor.entries()) == 1
    floor.click(MARIA, deleted, "Undo")
    assert floor.entries()[1]["reverses"] == number
    assert deleted.button("Undo") is None


def test_an_unfurled_link_is_no_edit(floor: SlackFloor) -> None:
    ts = floor.say(MARIA, MOVED)
    before = {"user": MARIA, "text": MOVED, "ts": ts}
    floor.event(event(MARIA, "", floor.ts(), subtype="message_changed", previous_message=before, message=before))
    floor.settle()
    assert len(floor.slack.thread(ts)) == 1


def test_a_picture_alone_is_asked_about(floor: SlackFloor) -> None:
    files = [{"id": "F1", "name": "label.jpg", "permalink": "https://files.example/F1"}]
    answer = floor.answers(MARIA, "", subtype="file_share", files=files)
    assert "A file alone is no report" in answer.shown
    floor.answers(MARIA, MOVED, subtype="file_share", files=files)
    (kept,) = floor.assistant.store.run(lambda s: s.ledger.entries(newest_first=True, limit=1), write=False)
    assert kept.transaction.said == MOVED
    assert kept.transaction.attachments == ("https://files.example/F1",)


def test_somebody_whom_the_plant_does_not_know_is_told_how_to_be_added(floor: SlackFloor) -> None:
    answer = floor.answers("U0NEW", MOVED, "D0NEW")
    assert "U0NEW" in answer.shown
    assert "supervisor" in answer.shown
    assert floor.entries() == []


def test_a_code_from_a_supervisor_makes_a_member_that_person_once(floor: SlackFloor) -> None:
    floor.command(PRIYA, "/floor unlink josue")
    floor.command(PRIYA, "/floor code josue")
    code = floor.slack.messages[-1].shown.split(" is ")[1][:8]
    assert floor.slack.messages[-1].channel == "D06PRIYA"
    assert "not valid" in floor.answers("U0JOSUE2", "code ABCD2345", "D0J").shown
    assert "Welcome, Josue" in floor.answers("U0JOSUE2", f"code {code.lower()}", "D0J").shown
    floor.answers("U0JOSUE2", MOVED, "D0J")
    assert [e["by"] for e in floor.entries()] == ["josue"]
    assert "not valid" in floor.answers("U0OTHER", f"code {code}", "D0O").shown


def test_a_worker_hands_out_no_codes(floor: SlackFloor) -> None:
    floor.command(MARIA, "/floor code josue")
    assert "Only a supervisor or QA" in floor.slack.messages[-1].shown


def test_what_other_programs_say_is_not_heard(floor: SlackFloor) -> None:
    floor.event(event(MARIA, MOVED, floor.ts(), bot_id="B1"))
    floor.event(event(MARIA, MOVED, floor.ts(), subtype="bot_message"))
    floor.settle()
    assert floor.entries() == []


def test_rich_text_is_read_as_it_looks(floor: SlackFloor) -> None:
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": MOVED}]}
    struck = {"type": "text", "text": "moved 9 cases of RM1111 to line 2", "style": {"strike": True}}
    elements = [
        {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U0BOT"}, struck]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "used 3 cs RM1111 on 4474"}]},
        {"type": "rich_text_list", "style": "ordered", "elements": [item]},
    ]
    floor.answers(MARIA, "as a notification shows it", blocks=[{"type": "rich_text", "elements": elements}])
    (entry,) = floor.entries()
    assert entry["said"] == MOVED


def test_what_is_said_to_a_colleague_is_no_report_and_answered_only_where_we_are_addressed(floor: SlackFloor) -> None:
    floor.say(MARIA, f"<@U0NEW> {MOVED}")
    assert floor.slack.messages == []
    assert "no report" in floor.answers(MARIA, f"<@U0BOT> <@U0NEW> {MOVED}", type="app_mention").shown
    assert floor.entries() == []


@pytest.mark.parametrize("subtype", ["me_message", "thread_broadcast"])
def test_what_is_said_otherwise_counts(floor: SlackFloor, subtype: str) -> None:
    floor.answers(MARIA, MOVED, subtype=subtype)
    assert len(floor.entries()) == 1


def test_a_comment_on_a_file_counts_and_is_its_authors(floor: SlackFloor) -> None:
    comment = {"user": MARIA, "comment": MOVED}
    floor.say("", "<@U01MARIA> commented on a file", subtype="file_comment", comment=comment)
    assert [(e["by"], e["said"]) for e in floor.entries()] == [("maria", MOVED)]


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "tombstone", "user": "USLACKBOT"},
        {"subtype": "channel_join"},
        {"user": "USLACKBOT"},
        {"subtype": "bot_message", "bot_id": "B1"},
    ],
)
def test_what_nobody_says_gets_no_answer(floor: SlackFloor, more: dict[str, str]) -> None:
    floor.event({**event(MARIA, MOVED, floor.ts()), "event": {**event(MARIA, MOVED, floor.ts())["event"], **more}})
    floor.settle()
    assert (floor.entries(), floor.slack.messages) == ([], [])
