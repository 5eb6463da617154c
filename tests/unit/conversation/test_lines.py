"""Messages as Slack sends them: read like the plain words inside, or asked about, and never as something else."""

from datetime import date, datetime

import pytest

from assistant.conversation.lines import understood
from assistant.demo import PLANT
from assistant.intents import Reading, Vocabulary
from assistant.slack_text import typed
from tests.corpus.plants import vocabulary_of
from tests.support.slack_looks import REPORTS, dressed, unsaid

TODAY = date(2026, 11, 22)
NAMES = {
    "U01MARIA": "Maria Lopez",
    "U03LINH": "Linh Tran",
    "U04JOSUE": "Josue Ramirez",
    "U07WALT": "Walt Hughes",
}.get


@pytest.fixture(scope="module")
def known() -> Vocabulary:
    return vocabulary_of(PLANT)


def read(text: str, known: Vocabulary) -> Reading:
    noon = datetime(2026, 11, 22, 12)  # noqa: DTZ001 - the plant's own clock
    return understood(typed(text, NAMES).words, known, TODAY, now=noon, channel="slack", expecting=None)


def test_three_hundred_messages_in_every_look_read_alike(known: Vocabulary) -> None:
    alike, false = 0, []
    for text, intent, slots in dressed(15, 400):
        reading = read(text, known)
        found = [(f.intent, {k: v for k, v in f.slots.items() if k != "note"}) for f in reading.frames]
        if found == [(intent, slots)] and reading.confidence >= Reading.SURE:
            alike += 1
        elif reading.confidence >= Reading.SURE and any(
            i != intent or not s.items() <= slots.items() for i, s in found
        ):
            false.append((text, found))
    assert false == []
    assert alike >= 390, alike


def test_what_is_quoted_struck_or_said_to_others_is_no_report(known: Vocabulary) -> None:
    assert [text for text in unsaid(15, 100) if read(text, known).frames] == []


def test_the_reports_mean_what_is_said_of_them(known: Vocabulary) -> None:
    for text, intent, slots in REPORTS:
        assert [(f.intent, dict(f.slots)) for f in read(text, known).frames] == [(intent, slots)]


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("used 2 bags CR0930 on 4474\nwhere is RM1107?", ["consume", "where"]),
        ("on 4474:\nused 1 bag CR0930\nused 2 cs RM1107", ["consume", "consume"]),
        ("morning all\nused 1 bag CR0930 on 4474\nlunch at 12?", ["consume"]),
        ("used 1 bag CR0930 on 4474\nused 2 cs RM1107 on 4474\nlinh moved 2 cs RM1111", ["consume", "consume"]),
        ("used 2 bags CR0930 on 4474\nno, 3 bags", ["consume"]),
        ("moved:\n3 cs RM1107 from C1-01 to line 2\n2 cs RM1111 from C1-02 to line 2", ["move", "move"]),
    ],
)
def test_every_line_counts_by_itself_where_it_is_whole(text: str, intents: list[str], known: Vocabulary) -> None:
    assert [frame.intent for frame in read(text, known).frames] == intents


def test_twenty_lines_are_twenty_reports(known: Vocabulary) -> None:
    text = "\n".join(f"{n}. used {n} lb of RM1107 from cooler 1 bay 1 on work order 4474" for n in range(1, 21))
    assert [frame.slots["quantity"] for frame in read(text, known).frames] == [str(n) for n in range(1, 21)]


def test_a_line_that_is_not_understood_among_others_makes_the_message_doubtful(known: Vocabulary) -> None:
    reading = read("used 1 bag CR0930 on 4474\n3 cs RM1107\nlinh moved 2 cs RM1111 to line 2", known)
    assert reading.confidence < Reading.SURE
    assert reading.unknown == ("3 cs RM1107",)
