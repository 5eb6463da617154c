"""The headset's manners: what it passes on, what it asks again, what it says, and when it rests."""

from dataclasses import replace
from typing import cast

import pytest

from assistant.channels.voice.recognition.recogniser import Heard, Word
from assistant.channels.voice.recognition.words import VoiceWords
from assistant.channels.voice.session.manners import Manners, Mode, Send, Sound, Speak, State
from assistant.messages import Blocked, Reply
from assistant.views.rows import EntryRow

MANNERS = Manners(VoiceWords.load())
LISTENING = State(mode=Mode.LISTENING)
CONFIRMING = replace(LISTENING, asking="confirm", spoken="Moved 6 cases. Right?")


def said(text: str, confidence: float = 1.0) -> Heard:
    return Heard(tuple(Word(word, confidence, 0.0, 0.0) for word in text.split()))


def test_a_report_is_passed_on() -> None:
    state, acts = MANNERS.heard(LISTENING, said("moved six cases of romaine", 0.9))
    assert state.mode is Mode.THINKING
    assert acts == (Send("moved six cases of romaine", 0.9),)


def test_unknown_words_around_a_report_are_dropped() -> None:
    _, acts = MANNERS.heard(LISTENING, said("[unk] moved six cases of romaine [unk] [unk]"))
    assert acts == (Send("moved six cases of romaine", 1.0),)


def test_an_unknown_word_inside_a_report_is_asked_again() -> None:
    state, (act,) = MANNERS.heard(LISTENING, said("moved [unk] cases of romaine"))
    assert isinstance(act, Speak)
    assert act.earcon == "unclear"
    assert (state.mode, state.misses) == (Mode.SPEAKING, 1)


@pytest.mark.parametrize("noise", ["", "[unk]", "[unk] [unk]", "the", "oh [unk] one"])
def test_noise_that_nobody_asked_for_is_passed_over(noise: str) -> None:
    state, acts = MANNERS.heard(LISTENING, said(noise) if noise != "the" else said("[unk] the [unk]"))
    if noise == "the":
        assert not any(isinstance(act, Speak) for act in acts)
    else:
        assert (state, acts) == (LISTENING, ())


@pytest.mark.parametrize("text", ["yes", "correct", "that is right"])
def test_a_sure_yes_is_passed_on(text: str) -> None:
    assert MANNERS.heard(CONFIRMING, said(text, 0.95))[1] == (Send(text, 0.95),)


@pytest.mark.parametrize("heard", [said("yes", 0.7), said("[unk] yes"), said("yes [unk]"), said("yes fourteen", 0.6)])
def test_a_doubtful_yes_is_not(heard: Heard) -> None:
    state, (act,) = MANNERS.heard(CONFIRMING, heard)
    assert isinstance(act, Speak)
    assert state.asking == "confirm"


def test_a_doubtful_no_is_passed_on_since_it_posts_nothing() -> None:
    assert MANNERS.heard(CONFIRMING, said("no", 0.5))[1] == (Send("no", 0.5),)


def test_check_digits_have_the_length_that_the_labels_have() -> None:
    three = Manners(VoiceWords.load(), lambda: {3})
    asked = replace(LISTENING, asking="check")
    assert three.heard(asked, said("two four two"))[1] == (Send("two four two", 1.0),)
    for lost_or_added in ("two four", "two four oh two", "two four case"):
        state, (act,) = three.heard(asked, said(lost_or_added))
        assert isinstance(act, Speak)
        assert (act.earcon, state.asking) == ("unclear", "check")


def test_after_a_miss_a_whole_report_may_answer_a_narrow_question() -> None:
    again = replace(CONFIRMING, misses=1)
    report = said("moved twelve cases of romaine to line two", 0.6)
    assert isinstance(MANNERS.heard(CONFIRMING, report)[1][0], Speak)
    assert isinstance(MANNERS.heard(again, report)[1][0], Send)


def test_two_misses_offer_the_choices() -> None:
    asked = replace(LISTENING, asking="lot", options=("RM1107", "RM1111"))
    once, (first,) = MANNERS.heard(asked, said("are [unk] em"))
    assert isinstance(first, Speak)
    assert "RM" not in first.text
    twice, (second,) = MANNERS.heard(replace(once, mode=Mode.LISTENING), said("are [unk] em"))
    assert isinstance(second, Speak)
    assert "first for R M 1 1 0 7, second for R M 1 1 1 1" in second.text
    assert twice.misses == 2


def test_two_misses_without_options_say_what_is_asked_for() -> None:
    _, (act,) = MANNERS.heard(replace(LISTENING, asking="quantity", misses=1), said("[unk]"))
    assert isinstance(act, Speak)
    assert "quantity" in act.text
    _, (free,) = MANNERS.heard(replace(LISTENING, misses=1), said("moved [unk] cases romaine"))
    assert isinstance(free, Speak)
    assert "help" in free.text


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("second", "RM1111"),
        ("the first one", "RM1107"),
        ("romeo mike one one one one", "RM1111"),
        ("option two", "RM1111"),
    ],
)
def test_an_option_is_chosen_by_its_place_or_its_code(text: str, option: str) -> None:
    asked = replace(LISTENING, asking="choose", options=("RM1107", "RM1111"))
    assert MANNERS.heard(asked, said(text))[1] == (Send(option, 1.0),)


def test_say_again_slower_and_faster_repeat_what_was_said() -> None:
    state, (act,) = MANNERS.heard(CONFIRMING, said("say again"))
    assert act == Speak(CONFIRMING.spoken, 0, CONFIRMING.spoken)
    for expected in (1, 2, 2):
        state, (act,) = MANNERS.heard(replace(state, mode=Mode.LISTENING), said("slower"))
        assert isinstance(act, Speak)
        assert (act.text, act.slow) == (CONFIRMING.spoken, expected)
    _, (act,) = MANNERS.heard(replace(state, mode=Mode.LISTENING), said("faster"))
    assert isinstance(act, Speak)
    assert act.slow == 1


def test_say_again_after_a_new_start_is_for_the_conversation() -> None:
    assert MANNERS.heard(LISTENING, said("say again"))[1] == (Send("say again", 1.0),)


def test_stop_drops_what_is_asked_and_otherwise_rests() -> None:
    assert MANNERS.heard(CONFIRMING, said("stop"))[1] == (Send("stop", 1.0),)
    state, acts = MANNERS.heard(LISTENING, said("stop"))
    assert (state.mode, acts) == (Mode.ASLEEP, (Sound("asleep"),))


def test_asleep_it_hears_its_wake_word_only() -> None:
    asleep = State(hands_free=True)
    assert MANNERS.heard(asleep, said("moved six cases of romaine")) == (asleep, ())
    assert MANNERS.heard(asleep, said("hello floor", 0.5)) == (asleep, ())
    assert MANNERS.heard(asleep, said("hello floor"))[0].mode is Mode.LISTENING
    assert MANNERS.heard(LISTENING, said("stop listening"))[0].mode is Mode.ASLEEP


@pytest.mark.parametrize("mode", [Mode.SPEAKING, Mode.THINKING])
def test_it_hears_nothing_while_it_speaks_or_thinks(mode: Mode) -> None:
    state = replace(CONFIRMING, mode=mode)
    assert MANNERS.heard(state, said("yes")) == (state, ())


@pytest.mark.parametrize(
    ("reply", "earcon"),
    [
        (Reply("Moved.", "Moved.", entries=(cast("EntryRow", {"number": 3}),)), "posted"),
        (Reply("Right?", "Right?", asking="confirm"), "question"),
        (Reply("On hold.", "On hold.", blocked=(Blocked("held", "On hold."),)), "blocked"),
        (Reply("Ten cases."), "info"),
    ],
)
def test_a_reply_is_spoken_with_its_sound(reply: Reply, earcon: str) -> None:
    state, (act,) = MANNERS.answered(replace(LISTENING, mode=Mode.THINKING, misses=1), reply)
    assert isinstance(act, Speak)
    assert (act.text, act.earcon) == (reply.spoken or reply.say, earcon)
    assert act.entries == tuple(entry["number"] for entry in reply.entries)
    assert (state.mode, state.asking, state.misses) == (Mode.SPEAKING, reply.asking, 0)


def test_after_speaking_it_listens_for_an_answer_and_hands_free_for_more() -> None:
    speaking = State(mode=Mode.SPEAKING)
    assert MANNERS.spoken(speaking)[0].mode is Mode.ASLEEP
    assert MANNERS.spoken(replace(speaking, asking="lot"))[0].mode is Mode.LISTENING
    assert MANNERS.spoken(replace(speaking, misses=1))[0].mode is Mode.LISTENING
    assert MANNERS.spoken(replace(speaking, hands_free=True))[0].mode is Mode.LISTENING
    assert MANNERS.spoken(LISTENING) == (LISTENING, ())


def test_a_silent_reply_to_chatter_is_no_reply() -> None:
    thinking = State(mode=Mode.THINKING)
    assert MANNERS.answered(thinking, Reply("")) == (State(), ())
    assert MANNERS.answered(replace(thinking, hands_free=True), Reply(""))[0].mode is Mode.LISTENING


def test_a_tap_interrupts_speech() -> None:
    assert MANNERS.woken(State(mode=Mode.SPEAKING, asking="lot"))[0].mode is Mode.LISTENING


@pytest.mark.parametrize("text", ["[unk] [unk] line two [unk]", "lids [unk]", "[unk] tomatoes"])
def test_an_answer_that_is_mostly_unknown_is_none(text: str) -> None:
    state, acts = MANNERS.heard(replace(LISTENING, asking="lot"), said(text))
    assert state.misses == 1
    assert not any(isinstance(act, Send) for act in acts)
