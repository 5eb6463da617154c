"""Requests are decided by another person with the role, and judged again when they are."""

from datetime import timedelta

import pytest

from tests.support.floor_day import Floor


@pytest.fixture
def request_1(floor: Floor) -> Floor:
    """An adjustment that waits for approval; its lot was not counted lately."""
    assert floor.hear("deshawn", "adjust TH0822 to 4 buckets").asking == "reason"
    assert floor.hear("deshawn", "miscount").requests == (1,)
    return floor


def status(floor: Floor) -> str:
    found = floor.assistant.request(1)
    assert found is not None
    return str(found["status"])


@pytest.mark.parametrize(
    ("person", "rule"),
    [("maria", "approval-role"), ("deshawn", "approval-role")],
)
def test_without_the_role_nobody_decides(request_1: Floor, person: str, rule: str) -> None:
    for word in ("approve", "reject"):
        assert [b.rule for b in request_1.hear(person, f"{word} 1").blocked] == [rule]
    assert status(request_1) == "open"


def test_nobody_approves_what_they_asked_for(floor: Floor) -> None:
    floor.hear("priya", "adjust TH0822 to 4 buckets miscount")
    assert [b.rule for b in floor.hear("priya", "approve 1 checked it").blocked] == ["approver-is-requester"]


def test_a_note_is_asked_for_and_free_words_are_it(request_1: Floor) -> None:
    assert request_1.hear("priya", "approve 1").asking == "note"
    (entry,) = request_1.hear("priya", "counted them with a flashlight").entries
    assert (entry["approved_by"], entry["note"]) == ("priya", "counted them with a flashlight")
    assert status(request_1) == "approved"


def test_a_note_that_comes_along_is_not_asked_for(request_1: Floor) -> None:
    (entry,) = request_1.hear("priya", "approve 1 checked it myself").entries
    assert entry["note"] == "checked it myself"


@pytest.mark.parametrize("words", ["reject 1", "reject", "reject 1 wrong bucket"])
def test_a_rejection_while_the_note_is_asked_rejects(request_1: Floor, words: str) -> None:
    request_1.hear("priya", "approve 1")
    reply = request_1.hear("priya", words)
    assert (reply.entries, reply.asking) == ((), None)
    assert status(request_1) == "rejected"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("hold CB1120 listeria", "hold"),
        ("moved 2 cs RM1107 from C1-01 to line 2", "move"),
        ("used 2 bags CR0930 on 4474", "consume"),
    ],
)
def test_a_report_while_the_note_is_asked_posts_and_the_note_stays_asked(
    request_1: Floor, words: str, kind: str
) -> None:
    request_1.hear("priya", "approve 1")
    reply = request_1.hear("priya", words)
    assert [e["kind"] for e in reply.entries] == [kind]
    assert (reply.asking, status(request_1)) == ("note", "open")
    assert request_1.hear("priya", "looked myself").entries


@pytest.mark.parametrize("words", ["where is TH0822", "status of 4474", "how much tahini do we have"])
def test_a_question_while_the_note_is_asked_is_answered(request_1: Floor, words: str) -> None:
    request_1.hear("priya", "approve 1")
    reply = request_1.hear("priya", words)
    assert (reply.entries, reply.asking, status(request_1)) == ((), "note", "open")


def test_a_yes_is_no_note(request_1: Floor) -> None:
    request_1.hear("priya", "approve 1")
    reply = request_1.hear("priya", "yes")
    assert (reply.asking, reply.entries) == ("note", ())
    assert reply.say.startswith("A yes does not say which note.")


def test_a_no_leaves_the_request_open(request_1: Floor) -> None:
    request_1.hear("priya", "approve 1")
    assert request_1.hear("priya", "never mind").asking is None
    assert status(request_1) == "open"


def test_it_is_judged_again_at_the_approval(request_1: Floor) -> None:
    request_1.hear("maria", "moved everything of TH0822 from D2 to line 1")
    reply = request_1.hear("priya", "approve 1 checked it myself")
    assert [b.rule for b in reply.blocked] == ["not-enough-stock"]
    assert status(request_1) == "open"


def test_by_voice_an_approval_is_read_back(request_1: Floor) -> None:
    assert request_1.hear("priya", "approve one checked it myself", "voice").asking == "confirm"
    assert status(request_1) == "open"
    assert request_1.hear("priya", "yes", "voice").entries
    assert status(request_1) == "approved"


def test_a_request_that_there_is_not(request_1: Floor) -> None:
    assert request_1.hear("priya", "approve 7").say == "There is no open request 7."


def test_a_request_is_decided_once(request_1: Floor) -> None:
    request_1.hear("priya", "reject 1")
    assert "rejected already, by Priya Nair" in request_1.hear("priya", "approve 1 looked").say


def test_a_request_expires(request_1: Floor) -> None:
    request_1.clock.now += timedelta(days=30)
    assert "has expired" in request_1.hear("priya", "approve 1 looked").say


@pytest.mark.parametrize(
    "words", ["wait", "Hang on.", "not now", "is that right?", "i will check later", "what should i check", "14"]
)
def test_what_puts_off_or_asks_is_no_note(request_1: Floor, words: str) -> None:
    request_1.hear("priya", "approve 1")
    reply = request_1.hear("priya", words)
    assert (reply.entries, reply.asking, status(request_1)) == ((), "note", "open")


def test_where_several_requests_are_open_it_is_asked_which(request_1: Floor) -> None:
    request_1.hear("maria", "adjust RM1111 in cooler 1 bay 2 minus 3 cases damaged")
    assert request_1.hear("priya", "reject").options == ("1", "2")
    assert request_1.hear("priya", "yes").asking == "request"
    assert request_1.hear("priya", "2").say == "Request 2 is rejected. Nothing posted."
    assert status(request_1) == "open"
