"""A correction right after posting: reversed and posted anew, asked about, or everything stays as it was."""

import pytest

from tests.support.floor_day import Floor

MOVE = "moved 2 cs RM1107 from C1-01 to line 2"


def kinds(floor: Floor, person: str, text: str, channel: str = "slack") -> list[tuple[str, int | None]]:
    return [(entry["kind"], entry["reverses"]) for entry in floor.hear(person, text, channel).entries]


@pytest.mark.parametrize(
    ("words", "stock"),
    [
        ("no, 3", "RM1107 C1-01 11 case, L2 3 case"),
        ("sorry, 3 cases", "RM1107 C1-01 11 case, L2 3 case"),
        ("make that line 3", "RM1107 C1-01 12 case, L3 2 case"),
        ("3", "RM1107 C1-01 11 case, L2 3 case"),
    ],
)
def test_a_changed_value_reverses_and_posts_anew(floor: Floor, words: str, stock: str) -> None:
    floor.hear("maria", MOVE)
    assert kinds(floor, "maria", words) == [("move", 34), ("move", None)]
    assert floor.stock("RM1107") == stock


def test_it_says_what_it_takes_back_and_what_stands_instead(floor: Floor) -> None:
    floor.hear("maria", MOVE)
    assert floor.hear("maria", "no, 3").say == (
        "Corrected. Taken back: Moved 2 cases of romaine RM1107 from cooler 1 bay 1 to line 2. "
        "In its place: Moved 3 cases of romaine RM1107 from cooler 1 bay 1 to line 2."
    )


@pytest.mark.parametrize(
    "words",
    [
        "show me lot RM1111",
        "what lot number is CB1120",
        "is CB1120 ok",
        "where is RM1111",
        "how much romaine do we have",
    ],
)
def test_a_question_after_a_report_is_a_question(floor: Floor, words: str) -> None:
    floor.hear("maria", MOVE)
    reply = floor.hear("maria", words)
    assert reply.entries == ()
    assert reply.say
    assert floor.stock("RM1107") == "RM1107 C1-01 12 case, L2 2 case"


def test_a_correction_that_lacks_a_word_asks_for_it_and_nothing_changes_before(floor: Floor) -> None:
    floor.hear("maria", MOVE)
    reply = floor.hear("maria", "no, chicken")
    assert (reply.asking, reply.entries) == ("lot", ())
    assert "CB1120" in reply.options
    assert "chicken" in reply.say
    assert floor.stock("RM1107") == "RM1107 C1-01 12 case, L2 2 case"
    assert kinds(floor, "maria", "CB1120") == [("move", 34), ("move", None)]
    assert floor.stock("RM1107") == "RM1107 C1-01 14 case"
    assert floor.stock("CB1120") == "CB1120 C1-02 14 case, L2 2 case"


def test_where_only_one_lot_can_be_meant_a_yes_is_enough(floor: Floor) -> None:
    floor.hear("maria", MOVE)
    reply = floor.hear("maria", "no, cucumbers")
    assert (reply.asking, reply.options) == ("lot", ("CU1119",))
    assert kinds(floor, "maria", "yes") == [("move", 34), ("move", None)]


def test_a_no_to_what_a_correction_asks_leaves_what_was_posted(floor: Floor) -> None:
    floor.hear("maria", MOVE)
    floor.hear("maria", "no, chicken")
    assert floor.hear("maria", "never mind").say == "What was posted before stays."
    assert floor.stock("RM1107") == "RM1107 C1-01 12 case, L2 2 case"


@pytest.mark.parametrize(("words", "rule"), [("no, 40", "not-enough-stock"), ("no, K1120", None)])
def test_what_cannot_post_leaves_what_was_posted(floor: Floor, words: str, rule: str | None) -> None:
    floor.hear("maria", MOVE)
    reply = floor.hear("maria", words)
    if rule:
        assert [b.rule for b in reply.blocked] == [rule]
        assert reply.entries == ()
        assert reply.say.endswith("What was posted stays as it is.")
        assert floor.stock("RM1107") == "RM1107 C1-01 12 case, L2 2 case"


def test_what_would_need_approval_stays_as_it_is_and_says_why(floor: Floor) -> None:
    floor.hear("maria", "used 2 cs CB1120 on 4475")
    reply = floor.hear("maria", "no, CU1119")
    assert (reply.entries, reply.requests) == ((), ())
    assert [b.rule for b in reply.blocked] == ["not-in-recipe"]
    assert reply.say.endswith("What was posted stays as it is.")


def test_of_several_reports_the_one_that_is_meant_is_asked_for(floor: Floor) -> None:
    floor.hear("maria", f"{MOVE}. used 2 bags CR0930 on 4474")
    reply = floor.hear("maria", "no, 3")
    assert (reply.asking, len(reply.options)) == ("choose", 2)
    assert kinds(floor, "maria", reply.options[1]) == [("consume", 35), ("consume", None)]
    assert floor.stock("RM1107") == "RM1107 C1-01 12 case, L2 2 case"


def test_by_voice_a_correction_is_read_back(floor: Floor) -> None:
    floor.hear("maria", MOVE, "voice")
    floor.hear("maria", "yes", "voice")
    reply = floor.hear("maria", "no, three", "voice")
    assert (reply.asking, reply.entries) == ("confirm", ())
    assert "Moved 2 cases" in reply.say
    assert kinds(floor, "maria", "yes", "voice") == [("move", 34), ("move", None)]


def test_a_correction_is_ones_own(floor: Floor) -> None:
    floor.hear("maria", MOVE)
    assert floor.hear("deshawn", "no, 3").entries == ()
    assert floor.stock("RM1107") == "RM1107 C1-01 12 case, L2 2 case"


@pytest.mark.parametrize("words", ["no, to line 9", "no, 3 cases of gravel"])
def test_a_correction_with_words_left_over_is_read_back(floor: Floor, words: str) -> None:
    floor.hear("maria", MOVE)
    reply = floor.hear("maria", words)
    assert reply.entries == ()
    assert reply.asking
    assert "I did not understand" in reply.say
    assert floor.stock("RM1107") == "RM1107 C1-01 12 case, L2 2 case"


@pytest.mark.parametrize("words", ["2 cases", "2 not 3", "no, 2", "no, romaine"])
def test_what_stands_already_is_not_posted_anew(floor: Floor, words: str) -> None:
    floor.hear("maria", MOVE)
    reply = floor.hear("maria", words)
    assert reply.entries == ()
    assert reply.say.startswith("It stands like that already: Moved 2 cases of romaine RM1107")
