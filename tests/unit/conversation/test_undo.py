"""Taking back: the last report, the one that is named, or the one that is described; never another one."""

from datetime import timedelta

import pytest

from tests.support.floor_day import Floor


@pytest.fixture
def morning(floor: Floor) -> Floor:
    """DeShawn moved romaine (34) and used chicken (35), Maria moved romaine (36)."""
    floor.hear("deshawn", "moved 4 cs RM1107 from C1-01 to line 2")
    floor.hear("deshawn", "used 2 cs CB1120 on 4475")
    floor.hear("maria", "moved 1 cs RM1111 from C1-02 to line 3")
    return floor


def taken_back(floor: Floor, person: str, text: str, channel: str = "slack") -> list[int | None]:
    return [entry["reverses"] for entry in floor.hear(person, text, channel).entries]


def test_undo_alone_takes_back_the_speakers_last_report(morning: Floor) -> None:
    assert taken_back(morning, "deshawn", "undo") == [35]
    assert taken_back(morning, "deshawn", "undo") == [34]
    assert morning.hear("deshawn", "undo").say == "You have nothing to take back."


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        ("undo the move of RM1107", 34),
        ("undo the move", 34),
        ("undo the use of CB1120", 35),
        ("undo the chicken", 35),
        ("take back the romaine move", 34),
        ("undo the move to line 2", 34),
    ],
)
def test_a_report_is_taken_back_by_what_it_was(morning: Floor, words: str, entry: int) -> None:
    assert taken_back(morning, "deshawn", words) == [entry]


@pytest.mark.parametrize(
    "words", ["undo the scrap", "undo the move of CB1120", "undo the move of RM1111", "undo the shipment"]
)
def test_what_fits_nothing_of_ones_own_takes_back_nothing(morning: Floor, words: str) -> None:
    reply = morning.hear("deshawn", words)
    assert reply.entries == ()
    assert reply.say == "None of your reports fits that, so nothing was taken back."


def test_where_several_fit_it_is_asked_which(morning: Floor) -> None:
    morning.hear("deshawn", "moved 2 cs RM1107 from C1-01 to line 3")
    reply = morning.hear("deshawn", "undo the move of RM1107")
    assert (reply.asking, reply.entries) == ("choose", ())
    assert [option.split(" ")[0] for option in reply.options] == ["37", "34"]
    assert morning.hear("deshawn", "yes").entries == ()
    assert taken_back(morning, "deshawn", reply.options[1]) == [34]


def test_a_place_tells_several_apart(morning: Floor) -> None:
    morning.hear("deshawn", "moved 2 cs RM1107 from C1-01 to line 3")
    assert morning.hear("deshawn", "undo the move of RM1107").asking == "choose"
    assert taken_back(morning, "deshawn", "the second one") == [34]


def test_what_was_taken_back_fits_no_more(morning: Floor) -> None:
    assert taken_back(morning, "deshawn", "undo the move of RM1107") == [34]
    assert morning.hear("deshawn", "undo the move of RM1107").entries == ()


def test_anothers_report_is_a_supervisors(morning: Floor) -> None:
    assert [b.rule for b in morning.hear("deshawn", "undo entry 36").blocked] == ["undo-not-yours"]
    assert morning.hear("walt", "undo the move of RM1111").asking == "note"
    assert taken_back(morning, "walt", "it went to line 2") == [36]


def test_after_some_hours_it_is_a_supervisors(morning: Floor) -> None:
    morning.clock.now += timedelta(days=2)
    assert [b.rule for b in morning.hear("deshawn", "undo the move of RM1107").blocked] == ["undo-too-late"]
    assert morning.hear("walt", "undo entry 34").asking == "note"
    assert taken_back(morning, "walt", "it stayed in the cooler") == [34]


def test_by_voice_it_is_read_back(morning: Floor) -> None:
    reply = morning.hear("deshawn", "undo the move", "voice")
    assert (reply.asking, reply.entries) == ("confirm", ())
    assert taken_back(morning, "deshawn", "yes", "voice") == [34]


def test_an_entry_that_there_is_not(morning: Floor) -> None:
    assert morning.hear("deshawn", "undo entry 99").say == "There is no entry 99."
    assert morning.hear("deshawn", f"undo entry {'9' * 30}").entries == ()


def test_what_others_stand_on_stays(morning: Floor) -> None:
    morning.hear("deshawn", "moved 4 cs RM1107 from line 2 to line 3")
    reply = morning.hear("deshawn", "undo entry 34")
    assert [b.rule for b in reply.blocked] == ["undo-depends"]
