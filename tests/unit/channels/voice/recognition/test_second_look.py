"""Which words the wearer meant: quiet ones at the edges are not the wearer's, and sense tells guesses apart."""

import pytest

from assistant.channels.voice.recognition.recogniser import Guess, Heard, Word, loudness
from assistant.channels.voice.recognition.second_look import BEHIND, FAR, NEAR, Said, foreground, sensible
from tests.support.speaking import pcm

LOUD = 70.0
QUIET = LOUD - BEHIND - 1
JARS = ("unit", "jar")
SAYS = {
    "two jars": (("quantity", 2), JARS),
    "both jars": (("quantity", 2), JARS),
    "ten jars": (("quantity", 10), JARS),
    "jars": (JARS,),
    "lot one one two": (("lot", "112"),),
    "lot one one ten": (("lot", "1110"),),
    "lot one one": (("lot", "11"),),
}


def heard(*words: tuple[str, float]) -> Heard:
    """Words, each with how loud it was."""
    return Heard(tuple(Word(text, 1.0, at, at + 0.3, level) for at, (text, level) in enumerate(words)))


def guess(text: str, score: float) -> Guess:
    return Guess(heard(*((word, LOUD) for word in text.split())), score)


def sense(text: str, _asking: str | None) -> Said | None:
    return (("consume", SAYS[text]),) if text in SAYS else None


def chosen(first: str, *guesses: tuple[str, float]) -> str:
    return sensible(guess(first, 0).heard, [guess(*one) for one in guesses], None, sense).text


def test_quiet_words_around_the_wearers_are_a_colleagues() -> None:
    said = heard(("romeo", QUIET), ("line", LOUD), ("two", LOUD - 6), ("i", QUIET), ("say", QUIET))
    assert foreground(said).text == "line two"


def test_a_quiet_word_between_the_wearers_stays() -> None:
    assert foreground(heard(("line", LOUD), ("to", QUIET), ("two", LOUD))).text == "line to two"


def test_a_quiet_no_is_never_dropped() -> None:
    said = heard(("yes", LOUD), ("no", QUIET), ("i", QUIET))
    assert foreground(said, ("no", "cancel")).text == "yes no"
    assert foreground(said).text == "yes"


def test_a_word_that_is_unsure_needs_less_to_be_a_colleagues() -> None:
    yes, sure, unsure = (Word(t, c, 0, 1, LOUD - d) for t, c, d in (("yes", 1, 0), ("one", 0.9, 10), ("one", 0.6, 10)))
    assert foreground(Heard((yes, sure))).text == "yes one"
    assert foreground(Heard((yes, unsure))).text == "yes"


def test_nothing_stays_nothing() -> None:
    assert foreground(Heard()) == Heard()


def test_the_likeliest_guess_that_makes_sense_is_taken() -> None:
    assert chosen("two jugs", ("two jugs", 9.0), ("two jars", 8.0), ("ten jars", 8.0 - NEAR)) == "two jars"


def test_what_near_guesses_do_not_share_is_left_to_be_asked() -> None:
    assert chosen("two jugs", ("two jars", 8.0), ("ten jars", 7.0)) == "jars"


def test_a_code_is_never_made_of_what_two_codes_share() -> None:
    assert chosen("[unk]", ("lot one one ten", 8.0), ("lot one one two", 7.5)) == "[unk]"


def test_what_is_much_less_likely_was_not_said_whatever_its_sense() -> None:
    assert chosen("two jugs", ("two jugs", 9.0), ("two jars", 9.1 - FAR)) == "two jars"
    assert chosen("two jugs", ("two jugs", 9.0), ("two jars", 9.0 - FAR)) == "two jugs"


def test_guesses_that_say_the_same_do_not_contradict() -> None:
    assert chosen("two jugs", ("two jars", 8.0), ("both jars", 7.9)) == "two jars"


@pytest.mark.parametrize(
    "guesses", [(), (("two tubs", 9.0),), (("[unk] two jars", 9.0), ("two [unk] jars", 8.0))], ids=len
)
def test_where_none_makes_sense_the_first_stays(guesses: tuple[tuple[str, float], ...]) -> None:
    expected = "[unk] two jars" if len(guesses) > 1 else "two jugs"
    assert chosen("two jugs", *guesses) == expected


def test_a_word_in_anothers_place_is_as_sure_as_what_that_left() -> None:
    first = Heard((Word("two", 0.9, 0, 1), Word("jugs", 0.7, 1, 2)))
    taken = sensible(first, [guess("two jars", 1.0)], None, sense)
    assert [(word.text, round(word.confidence, 2)) for word in taken.words] == [("two", 0.9), ("jars", 0.3)]
    unsure = Heard((Word("[unk]", 0.2, 0, 1), Word("jars", 1.0, 1, 2)))
    assert sensible(unsure, [guess("two jars", 1.0)], None, sense).confidence == 0.2


def test_loudness_is_in_decibels() -> None:
    tone = [1000, -1000] * 8000
    sound = pcm([*tone, *(sample // 10 for sample in tone)])
    assert loudness(sound, 0, 1) == pytest.approx(60.0)
    assert loudness(sound, 1, 2) == pytest.approx(40.0)
    assert loudness(sound, 5, 6) == 0.0
