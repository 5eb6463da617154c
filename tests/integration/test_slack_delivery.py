"""What Slack is to get, while Slack is away, slow or asks for patience: everything arrives, in order, once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.channels.slack.receive.acknowledgements import Acking
from assistant.channels.slack.send.queue import BURST, NotNow
from assistant.channels.slack.send.sink import SlackSink
from assistant.delivery.courier import close_shift, tick
from assistant.delivery.sinks import Unwanted
from store.desk.outbox import Message
from store.session import Session
from tests.support.slack_floor import DESHAWN, MARIA, PRIYA, SlackFloor, plant_in_slack, until
from tests.support.slack_server import event

QUESTIONS = [f"where is {lot}" for lot in ("RM1107", "RM1111", "K1120", "CB1120", "ON1029", "H1119")]


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[SlackFloor]:
    with plant_in_slack(tmp_path) as floor:
        yield floor


def test_ten_minutes_away_then_too_many_requests_lose_and_swap_nothing(floor: SlackFloor) -> None:
    floor.slack.down = True
    asked = []
    for n in range(60):
        if n < len(QUESTIONS):
            asked.append(floor.say(MARIA, QUESTIONS[n]))
            floor.say(DESHAWN, QUESTIONS[n], "D02DESH")
        floor.time.now += 10
        floor.channel.outgoing.round()
    assert floor.slack.messages == []
    tried = len(floor.slack.calls)
    assert tried < 60
    floor.slack.down = False
    floor.slack.limited = [30.0, 5.0]
    for _ in range(120):
        floor.time.now += 1.01
        floor.channel.outgoing.round()
    assert [m.thread for m in floor.slack.channel("C0FLOOR")] == asked
    assert len(floor.slack.channel("D02DESH")) == len(QUESTIONS)
    assert [m.shown.split()[0] for m in floor.slack.channel("D02DESH")] == [
        m.shown.split()[0] for m in floor.slack.channel("C0FLOOR")
    ]
    assert floor.channel.book.unposted() == 0


def test_retry_after_is_waited_for(floor: SlackFloor) -> None:
    floor.slack.limited = [30.0]
    floor.say(MARIA, QUESTIONS[0])
    for _ in range(25):
        floor.time.now += 1
        floor.channel.outgoing.round()
    assert floor.slack.calls.count("chat.postMessage") == 1
    floor.time.now += 6
    floor.channel.outgoing.round()
    assert len(floor.slack.messages) == 1


def test_a_channel_gets_a_burst_and_then_one_message_a_second_and_others_do_not_wait(floor: SlackFloor) -> None:
    book, now = floor.channel.book, floor.time()
    for n in range(BURST + 3):
        for channel in ("C1", "C2"):
            book.post(f"{channel}{n}", channel, "chat.postMessage", {"channel": channel, "text": f"{n}"}, now)
    counts = []
    for _ in range(4):
        while floor.channel.outgoing.round():
            pass
        counts.append((len(floor.slack.channel("C1")), len(floor.slack.channel("C2"))))
        floor.time.now += 1.0
    assert counts == [(BURST + n, BURST + n) for n in range(4)]
    assert [m.body["text"] for m in floor.slack.channel("C1")] == [str(n) for n in range(BURST + 3)]


def test_after_too_many_there_is_no_burst_for_a_while(floor: SlackFloor) -> None:
    book, now = floor.channel.book, floor.time()
    floor.slack.limited = [2.0]
    for n in range(8):
        book.post(f"C1{n}", "C1", "chat.postMessage", {"channel": "C1", "text": f"{n}"}, now)
    floor.channel.outgoing.round()
    floor.time.now += 2.1
    while floor.channel.outgoing.round():
        pass
    assert len(floor.slack.channel("C1")) <= 2
    for _ in range(8):
        floor.time.now += 1.01
        floor.channel.outgoing.round()
    assert [m.body["text"] for m in floor.slack.channel("C1")] == [str(n) for n in range(8)]


def test_what_slack_will_never_take_is_given_up_and_the_next_goes_on(floor: SlackFloor) -> None:
    book, now = floor.channel.book, floor.time()
    book.post("a", "C1", "chat.postMessage", {"channel": "C1", "text": ""}, now)
    book.post("b", "C1", "chat.postMessage", {"channel": "C1", "text": "b"}, now)
    floor.settle()
    assert book.unposted() == 0
    assert [m.body["text"] for m in floor.slack.messages] == ["b"]
    assert [(t.error, t.over) for t in book.troubled()] == [("no_text", True)]
    floor.slack.wrong.clear()


@pytest.mark.parametrize("error", ["not_in_channel", "is_archived", "channel_not_found", "missing_scope"])
def test_what_a_shut_channel_does_not_take_reaches_its_reader_and_the_channel_once_it_is_mended(
    floor: SlackFloor, error: str
) -> None:
    floor.slack.shut["C0FLOOR"] = error
    ts = floor.say(MARIA, "where is RM1107")
    (direct,) = floor.slack.channel("D01MARIA")
    assert "RM1107" in direct.shown
    (trouble,) = floor.channel.book.troubled()
    assert (trouble.channel, trouble.error, trouble.over) == ("C0FLOOR", error, False)
    floor.slack.shut.clear()
    floor.time.now += 300
    floor.settle()
    assert "RM1107" in floor.slack.thread(ts)[0].shown
    assert floor.channel.book.troubled() == []


def test_a_question_that_came_directly_is_answered_there(floor: SlackFloor) -> None:
    floor.slack.shut["C0FLOOR"] = "not_in_channel"
    floor.say(MARIA, "used 2 cases of chicken on 4475")
    (direct,) = floor.slack.channel("D01MARIA")
    floor.click(MARIA, direct, "say.0")
    assert [e["kind"] for e in floor.entries()] == ["consume"]


def test_a_command_where_the_app_is_absent_is_answered_all_the_same(floor: SlackFloor) -> None:
    floor.slack.shut["C0SUPER"] = "not_in_channel"
    floor.command(PRIYA, "/lot RM1107", "C0SUPER")
    assert "RM1107" in floor.slack.channel("D06PRIYA")[-1].shown


def test_a_channel_that_stays_shut_is_given_up_after_days_and_still_seen(floor: SlackFloor) -> None:
    floor.slack.shut["C0FLOOR"] = "is_archived"
    floor.say(MARIA, "where is RM1107")
    floor.time.now += 8 * 86400
    floor.settle()
    assert [t.over for t in floor.channel.book.troubled()] == [True]


def queue(floor: SlackFloor, sink: str, *says: str) -> None:
    def work(session: Session) -> None:
        for say in says:
            session.outbox.queue(sink, f"{sink}:{say}", {"say": say}, floor.clock())

    floor.assistant.store.run(work)


def test_the_outbox_reaches_channels_and_people_in_order(floor: SlackFloor) -> None:
    queue(floor, "supervisors", *"abc")
    queue(floor, "person:maria", "<!channel> x")
    queue(floor, "receivers", "to whom nobody gave a channel")
    floor.slack.limited = [7.0, 7.0]
    floor.deliver()
    assert [m.body["text"] for m in floor.slack.channel("C0SUPER") if len(m.body["text"]) == 1] == ["a", "b", "c"]
    assert [m.body["text"] for m in floor.slack.channel("D01MARIA")] == ["&lt;!channel&gt; x"]
    assert "to whom nobody gave a channel" in [m.body["text"] for m in floor.slack.channel("C0SUPER")]
    kept = floor.assistant.store.run(lambda s: s.outbox.get("supervisors:a"), write=False)
    assert kept is not None
    assert kept.receipt is not None
    assert kept.receipt.startswith("C0SUPER/")


def test_two_groups_that_share_a_channel_take_turns(floor: SlackFloor) -> None:
    queue(floor, "supervisors", "a")
    queue(floor, "receivers", "b")
    messages = floor.assistant.store.run(lambda s: s.outbox.due(floor.clock()))
    sink = floor.courier().sink

    def send(message: Message) -> bool:
        try:
            sink.send(message)
        except NotNow as later:
            return later.seconds is None
        return True

    with ThreadPoolExecutor(2) as together:
        assert sorted(together.map(send, messages)) == [False, True]
    floor.time.now += 1.0
    assert [send(message) for message in messages] == [True, True]
    assert sorted(m.body["text"] for m in floor.slack.channel("C0SUPER")) == ["a", "b"]


def test_a_courier_that_dies_after_posting_posts_once(floor: SlackFloor) -> None:
    queue(floor, "supervisors", "once")
    (message,) = floor.assistant.store.run(lambda s: s.outbox.due(floor.clock()))
    for _ in range(2):
        sink = SlackSink.of(floor.assistant, Unwanted)
        first = sink.send(message)
        assert first == sink.send(message)
    assert len(floor.slack.channel("C0SUPER")) == 1


def test_a_person_who_is_not_in_slack_is_set_aside_with_the_reason(floor: SlackFloor) -> None:
    queue(floor, "person:nobody", "hello")
    floor.deliver()
    (kept,) = floor.assistant.store.run(lambda s: s.outbox.set_aside(), write=False)
    assert kept.error == "nobody has no Slack id"


def test_the_shift_digest_is_a_card(floor: SlackFloor) -> None:
    floor.clock.now += timedelta(hours=5)
    close_shift(floor.assistant)
    floor.deliver()
    assert "Shift digest" in floor.slack.channel("C0SUPER")[-1].shown


def test_cards_that_change_hold_up_no_answer(floor: SlackFloor) -> None:
    tick(floor.assistant)
    floor.deliver()
    assert len(floor.slack.channel("C0SUPER")) > 1
    floor.clock.now += timedelta(hours=1)
    tick(floor.assistant)
    floor.channel.settling.refresh()
    ts = floor.ts()
    floor.event(event(MARIA, QUESTIONS[0], ts, "C0SUPER", type="app_mention"))
    floor.channel.drain()
    floor.time.now += 1.01
    floor.channel.outgoing.round()
    assert len(floor.slack.thread(ts)) == 1
    assert floor.channel.book.unposted() > 0


def test_work_lets_acknowledgements_go_first(floor: SlackFloor, monkeypatch: pytest.MonkeyPatch) -> None:
    rested: list[Acking] = []

    def rest(self: Acking) -> None:
        rested.append(self)

    monkeypatch.setattr(Acking, "rest", rest)
    floor.channel.start()
    floor.event(event(MARIA, QUESTIONS[0], floor.ts()))
    until(lambda: not floor.channel.book.unhandled())
    assert rested == [floor.channel.acking]
