"""Reports of a message are settled in the order said: posted, declined, asked about, or sent for approval."""

import pytest

from tests.support.floor_day import Floor

MOVE = "moved 2 cs RM1107 from C1-01 to line 2"


def kinds(entries: object) -> list[str]:
    return [entry["kind"] for entry in entries]  # type: ignore[attr-defined]


def test_each_report_is_judged_against_what_the_earlier_ones_leave(floor: Floor) -> None:
    reply = floor.hear("maria", "moved 14 cs RM1107 from C1-01 to line 2. moved 2 cs RM1107 from line 2 to line 3")
    assert kinds(reply.entries) == ["move", "move"]
    assert floor.stock("RM1107") == "RM1107 L2 12 case, L3 2 case"


def test_what_does_not_depend_on_a_refused_report_posts(floor: Floor) -> None:
    reply = floor.hear("maria", "moved 40 cs RM1107 from C1-01 to line 2. used 2 bags CR0930 on 4474")
    assert kinds(reply.entries) == ["consume"]
    assert [blocked.rule for blocked in reply.blocked] == ["not-enough-stock"]


def test_what_depends_on_a_refused_report_does_not(floor: Floor) -> None:
    reply = floor.hear("maria", "moved 40 cs RM1107 from C1-01 to line 2. used 2 cs RM1107 on 4474")
    assert kinds(reply.entries) == []
    assert [blocked.rule for blocked in reply.blocked] == ["not-enough-stock", "depends"]


def test_a_complete_report_posts_beside_one_that_is_asked_about(floor: Floor) -> None:
    reply = floor.hear("maria", f"{MOVE}. used 1 case of chicken on 4475")
    assert kinds(reply.entries) == ["move"]
    assert reply.asking == "lot"
    assert reply.say.endswith("Used 1 case of chicken on WO-4475: which lot? CB1114 expires first (November 24).")


def test_by_voice_nothing_posts_before_the_yes_and_everything_at_it(floor: Floor) -> None:
    reply = floor.hear("maria", f"{MOVE}. used 2 bags CR0930 on 4474", "voice")
    assert (reply.asking, reply.entries) == ("confirm", ())
    assert floor.assistant.entries(limit=1)[0]["number"] == 33
    assert kinds(floor.hear("maria", "yes", "voice").entries) == ["move", "consume"]


def test_by_voice_a_clear_report_is_read_back_though_a_question_is_open(floor: Floor) -> None:
    assert floor.hear("maria", "used 1 case of chicken on 4475", "voice").asking == "lot"
    reply = floor.hear("maria", MOVE, "voice")
    assert reply.asking == "confirm"
    after = floor.hear("maria", "yes", "voice")
    assert kinds(after.entries) == ["move"]
    assert after.asking == "lot"
    assert floor.hear("maria", "CB1120", "voice").asking == "confirm"
    assert kinds(floor.hear("maria", "yes", "voice").entries) == ["consume"]


def test_a_no_drops_what_was_read_back_and_the_question_behind_it_comes_again(floor: Floor) -> None:
    floor.hear("maria", "used 1 case of chicken on 4475", "voice")
    assert floor.hear("maria", MOVE, "voice").asking == "confirm"
    reply = floor.hear("maria", "no", "voice")
    assert reply.asking == "lot"
    assert reply.say.startswith("Dropped: move: 2 case RM1107. Nothing posted. Used 1 case of chicken on WO-4475")


def test_a_report_that_needs_approval_opens_a_request_and_posts_nothing(floor: Floor) -> None:
    reply = floor.hear("maria", "adjust RM1111 in cooler 1 bay 2 minus 3 cases damaged")
    assert (reply.requests, reply.entries, reply.blocked) == ((1,), (), ())
    request = floor.assistant.request(1)
    assert request is not None
    assert request["rule"] == "adjustment-needs-approval"


def test_the_parts_of_one_turn_have_keys_of_their_own(floor: Floor) -> None:
    floor.hear("maria", "used 1 case of chicken on 4475")
    reply = floor.hear("maria", f"{MOVE}. used 2 bags CR0930 on 4474")
    assert kinds(reply.entries) == ["move", "consume"]
    assert reply.asking == "lot"
    assert kinds(floor.hear("maria", "CB1120").entries) == ["consume"]


@pytest.mark.parametrize("words", ["the second one", "2", "second", "CB1120"])
@pytest.mark.parametrize("channel", ["slack", "voice"])
def test_an_option_is_chosen_by_its_place(floor: Floor, words: str, channel: str) -> None:
    assert floor.hear("maria", "used 2 cases of chicken on 4475", channel).options == ("CB1114", "CB1120")
    reply = floor.hear("maria", words, channel)
    assert "Used 2 cases of chicken CB1120" in reply.say


def test_a_corrected_amount_is_no_choice(floor: Floor) -> None:
    floor.hear("maria", "used 3 cases of chicken on 4475")
    reply = floor.hear("maria", "no, 2")
    assert (reply.asking, reply.entries) == ("lot", ())
    assert reply.say.startswith("Used 2 cases of chicken on WO-4475: which lot?")


def test_what_was_said_last_is_said_again(floor: Floor) -> None:
    assert floor.hear("maria", "say again", "console").say == "Nothing was said before."
    where = floor.hear("maria", "where is RM1107", "console").say
    assert floor.hear("maria", "say again", "console").say == where


def test_a_turn_in_the_middle_of_nothing_is_answered_in_one_sentence(floor: Floor) -> None:
    for text in ("when's lunch", "havent moved anything yet", "{}{}", "we will move 3 cs RM1107 tomorrow"):
        for channel in ("console", "voice"):
            reply = floor.hear("maria", text, channel)
            assert "recorded" in reply.say, (text, channel, reply.say)
        assert floor.hear("maria", text, "slack", addressed=True).say
    assert floor.hear("maria", "when's lunch", "slack").say == ""


@pytest.mark.parametrize("words", ["moved 2 cs RM1107 from C9-01 to line 2", "moved 2 cs RM1107 to C9-01"])
def test_a_code_that_nobody_knows_holds_up_the_report_beside_it(floor: Floor, words: str) -> None:
    reply = floor.hear("maria", words)
    assert reply.entries == ()
    assert "I did not understand “C9-01”" in reply.say


def test_a_sender_that_was_not_understood_is_asked_for_and_no_other_taken(floor: Floor) -> None:
    reply = floor.hear("tom", "received 5 cs romaine lot RM1130 from acme foods dock 1 exp 12/3")
    assert (reply.asking, reply.entries) == ("supplier", ())
    assert "acme" in reply.say
