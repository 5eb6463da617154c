"""The dialogue as a pure state machine: the same state and words give the same step."""

from datetime import UTC, datetime

import pytest

from assistant.conversation import state_json
from assistant.conversation.acts import Act, Approval, Correction, Undo
from assistant.conversation.dialogue import MISSES, advance, is_answer, unheard
from assistant.conversation.state import Posted, Question, State
from assistant.intents import Frame, Reading, Span
from assistant.reports.report import Option, Report

USE = Report("consume", {"product": "R-CHX", "quantity": "1", "unit": "case"}, "used 1 case of chicken")
MOVE = Report("move", {"lot": "RM1107", "quantity": "2", "unit": "case", "to": "L2"}, "moved 2 cs RM1107 to line 2")
WHICH_LOT = Question("lot", (Option("CB1114", {"lot": "CB1114"}), Option("CB1120", {"lot": "CB1120"})))
THIS_LOT = Question("lot", (Option("CB1114", {"lot": "CB1114"}),), proposes=True)
CONFIRM = Question("confirm")
NOTE = Question("note")
POSTED = Posted(34, MOVE)


def said(intent: str, confidence: float = 0.97, **slots: str) -> Reading:
    return Reading((Frame(intent, slots),), confidence)


def asking(act: Act, question: Question, *more: Act) -> State:
    return State(queue=(act, *more), question=question)


NOTHING = Reading(unknown=("bla",), spans=(Span(0, 3, "bla", "unknown"),))


def test_a_report_is_queued_and_worked() -> None:
    step = advance(State(), said("move", lot="RM1107", to="L2"), "moved RM1107 to line 2")
    (report,) = step.state.queue
    assert isinstance(report, Report)
    assert (report.intent, report.said, report.unsure, step.work) == ("move", "moved RM1107 to line 2", False, True)


@pytest.mark.parametrize(("confidence", "unsure"), [(0.8, False), (0.79, True)])
def test_what_was_not_understood_beyond_doubt_is_marked(confidence: float, unsure: bool) -> None:  # noqa: FBT001
    (report,) = advance(State(), said("move", confidence, lot="RM1107"), "moved RM1107").state.queue
    assert isinstance(report, Report)
    assert report.unsure is unsure


def test_an_answer_fills_the_slot_that_was_asked_for() -> None:
    step = advance(asking(USE, WHICH_LOT), said("correct", lot="CB1120"), "CB1120")
    (report,) = step.state.queue
    assert isinstance(report, Report)
    assert (report.slots["lot"], step.state.question, step.work) == ("CB1120", None, True)


def test_an_option_word_for_word_chooses_it_whatever_it_reads_like() -> None:
    (report,) = advance(asking(USE, WHICH_LOT), said("where", lot="CB1120"), "cb1120.").state.queue
    assert isinstance(report, Report)
    assert report.slots["lot"] == "CB1120"


@pytest.mark.parametrize("choice", ["2"])
def test_an_option_by_its_place_chooses_it(choice: str) -> None:
    (report,) = advance(asking(USE, WHICH_LOT), said("correct", choose=choice), "the second one").state.queue
    assert isinstance(report, Report)
    assert report.slots["lot"] == "CB1120"


# A yes


def test_a_yes_agrees_to_all_that_was_read_back() -> None:
    step = advance(asking(USE, Question("confirm", covers=2), MOVE), said("confirm"), "yes")
    assert (step.confirmed, step.work, step.state.queue) == (2, True, (USE, MOVE))


def test_a_yes_takes_what_was_proposed() -> None:
    (report,) = advance(asking(USE, THIS_LOT), said("confirm"), "yes").state.queue
    assert isinstance(report, Report)
    assert report.slots["lot"] == "CB1114"


@pytest.mark.parametrize("question", [WHICH_LOT, Question("work_order"), NOTE, Question("choose", WHICH_LOT.options)])
def test_a_yes_answers_no_other_question(question: Question) -> None:
    step = advance(asking(USE, question), said("confirm"), "yes")
    assert step.say == (("yes-says-nothing", {"slot": question.asking}),)
    assert (step.work, step.reask, step.state.queue) == (False, True, (USE,))


def test_a_yes_to_nothing_is_told_so() -> None:
    assert advance(State(), said("confirm"), "yes").say[0][0] == "nothing-to-confirm"


# A no


def test_a_no_drops_what_is_open_and_leaves_what_was_posted() -> None:
    state = State(queue=(USE,), question=WHICH_LOT, last=(POSTED,))
    step = advance(state, said("cancel"), "never mind")
    assert (step.dropped, step.state) == ((USE,), State(last=(POSTED,)))


def test_a_no_without_a_question_changes_nothing() -> None:
    step = advance(State(last=(POSTED,)), said("cancel"), "no")
    assert (step.say[0][0], step.state.last) == ("nothing-to-cancel", (POSTED,))


# Something new in between


def test_a_new_report_comes_first_and_the_open_one_stays_behind_it() -> None:
    step = advance(asking(USE, WHICH_LOT), said("move", lot="RM1107", to="L2"), "moved RM1107 to line 2")
    assert [act.intent for act in step.state.queue if isinstance(act, Report)] == ["move", "consume"]
    assert step.say == (("new-first", {}),)


def test_a_report_said_again_replaces_the_open_one() -> None:
    again = said("consume", product="R-CHX", quantity="1", lot="CB1120")
    step = advance(asking(USE, WHICH_LOT, MOVE), again, "used 1 case of chicken CB1120")
    first, second = step.state.queue
    assert isinstance(first, Report)
    assert (first.slots["lot"], second, step.say) == ("CB1120", MOVE, ())


@pytest.mark.parametrize("act", [Undo("undo", {"entry": "34"}), Correction("no, 3", {"quantity": "3"}, 34, MOVE)])
def test_a_new_report_drops_what_would_change_the_past(act: Act) -> None:
    step = advance(asking(act, CONFIRM), said("move", lot="RM1111", to="L2"), "moved RM1111 to line 2")
    assert (step.dropped, len(step.state.queue)) == ((act,), 1)


def test_a_question_leaves_everything_open_and_is_asked_again() -> None:
    step = advance(asking(USE, WHICH_LOT), said("where", lot="CB1120"), "where is that other lot CB1120 now")
    assert (step.work, step.reask, [f.intent for f in step.lookups]) == (False, True, ["where"])
    assert step.state.question == WHICH_LOT


# The note of a request


def test_free_words_are_the_note() -> None:
    step = advance(asking(Approval("approve 1", 1), NOTE), NOTHING, " checked it myself ")
    (approval,) = step.state.queue
    assert isinstance(approval, Approval)
    assert (approval.note, approval.granted, step.work) == ("checked it myself", True, True)


def test_a_rejection_of_the_request_whose_note_is_asked_rejects_it() -> None:
    step = advance(asking(Approval("approve 1", 1), NOTE), said("reject", request="1"), "reject 1")
    (approval,) = step.state.queue
    assert isinstance(approval, Approval)
    assert (approval.request, approval.granted) == (1, False)


def test_a_decision_on_another_request_leaves_the_note_asked() -> None:
    waiting = Approval("approve 1", 1)
    first, second = advance(asking(waiting, NOTE), said("reject", request="2"), "reject 2").state.queue
    assert isinstance(first, Approval)
    assert (first.request, second) == (2, waiting)


def test_a_report_is_no_note_and_the_note_stays_asked() -> None:
    waiting = Approval("approve 1", 1)
    first, second = advance(asking(waiting, NOTE), said("hold", lot="CB1120"), "hold CB1120 listeria").state.queue
    assert isinstance(first, Report)
    assert (first.intent, second) == ("hold", waiting)


# Corrections


def test_a_changed_value_corrects_what_was_posted_last() -> None:
    step = advance(State(last=(POSTED,)), said("correct", quantity="3"), "no, 3")
    assert step.state.queue == (Correction("no, 3", {"quantity": "3"}),)


def test_nothing_is_corrected_where_nothing_was_posted() -> None:
    assert advance(State(), said("correct", quantity="3"), "no, 3").say[0][0] == "nothing-to-correct"


def test_a_correction_that_lacks_a_word_is_completed_by_its_answer() -> None:
    lacking = Correction("no, cucumbers", {"product": "R-CUC"}, 34, Report("move", {"product": "R-CUC"}, "moved"))
    (act,) = advance(asking(lacking, Question("lot")), said("correct", lot="CU1119"), "CU1119").state.queue
    assert isinstance(act, Correction)
    assert act.report is not None
    assert (act.entry, act.report.slots["lot"]) == (34, "CU1119")


def test_which_report_a_correction_means_is_chosen_by_its_entry() -> None:
    which = Question("choose", (Option("move", {"entry": 34}), Option("use", {"entry": 35})))
    (act,) = advance(
        asking(Correction("no, 3", {"quantity": "3"}), which), said("correct", choose="2"), "2"
    ).state.queue
    assert isinstance(act, Correction)
    assert act.entry == 35


def test_a_value_at_the_read_back_corrects_the_last_report_of_it() -> None:
    state = asking(USE, Question("confirm", covers=2), MOVE)
    first, second = advance(state, said("correct", quantity="3"), "no, three").state.queue
    assert isinstance(second, Report)
    assert (first, second.slots["quantity"], second.corrections) == (USE, "3", ("no, three",))


# What is no answer


def test_an_answer_that_is_none_is_asked_again_and_at_last_given_up() -> None:
    state = asking(USE, WHICH_LOT)
    for _ in range(MISSES - 1):
        step = advance(state, NOTHING, "bla")
        assert (step.reask, step.dropped) == (True, ())
        state = step.state
    step = advance(state, NOTHING, "bla")
    assert (step.say, step.dropped, step.state.queue) == ((("given-up", {}),), (USE,), ())


@pytest.mark.parametrize(
    ("reading", "key"),
    [
        (NOTHING, "not-recorded"),
        (Reading(spans=(Span(0, 5, "don't", "gate"),)), "no-report"),
        (Reading(unknown=("{}{}",)), "not-read"),
        (Reading(spans=(Span(0, 2, "ok", "filler"),)), "nothing-reported"),
    ],
)
def test_why_nothing_was_recorded(reading: Reading, key: str) -> None:
    assert unheard(reading)[0] == key


def test_what_belongs_to_a_dialogue_and_what_begins_one() -> None:
    state = asking(USE, WHICH_LOT)
    assert is_answer(state, said("correct", lot="CB1120"), "CB1120")
    assert is_answer(state, said("confirm"), "yes")
    assert not is_answer(state, said("move", lot="RM1107"), "moved RM1107")
    assert not is_answer(State(), said("correct", lot="CB1120"), "CB1120")
    assert is_answer(asking(Approval("approve 1", 1), NOTE), NOTHING, "looked myself")


# What is kept


@pytest.mark.parametrize(
    "act",
    [
        Report(
            "count",
            {"lot": "RM1107"},
            "counted",
            0.9,
            candidates={"at": ("C1", "C2")},
            first={"found": 1, "position": 2},
        ),
        Approval("approve 1", 1, note="looked"),
        Approval("reject 2", 2, granted=False),
        Undo("undo the move", {"kind": "move", "lot": "RM1107"}),
        Correction("no, 3", {"quantity": "3"}),
        Correction("no, 3", {"quantity": "3"}, 34, MOVE),
    ],
)
def test_an_open_act_survives_as_json(act: Act) -> None:
    expires = datetime(2026, 11, 22, 9, tzinfo=UTC)
    question = Question("lot", WHICH_LOT.options, "Which?", "Which", about=0, covers=1, proposes=True, expires=expires)
    state = State((act,), question, (POSTED,), ("say", "spoken"))
    assert state_json.from_json(state_json.to_json(state)) == state


def test_what_another_version_kept_is_forgotten() -> None:
    assert state_json.from_json({**state_json.to_json(State(queue=(USE,))), "form": 1}) == State()
    assert state_json.from_json(None) == State()
