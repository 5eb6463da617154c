"""hear(): one utterance through the whole flow. Read this first.

channel -> conversation -> intents -> rules -> store -> outbox -> channel; everything a turn changes commits together,
and a reply exists only if its entries do.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from assistant.conversation import approvals, corrections, state_json, undo
from assistant.conversation.answers import answer
from assistant.conversation.dialogue import advance
from assistant.conversation.questions import offers
from assistant.conversation.settle import settle
from assistant.conversation.state import Posted, State, Step
from assistant.conversation.turn import Turn
from assistant.intents import Frame, Reading, Vocabulary, parse
from assistant.messages import Blocked, Reply, Utterance
from assistant.reports.report import Report
from assistant.rules import RuleBook, RuleBroken
from assistant.settings import Confirm
from assistant.wording.sentences import SILENT, Said, Wording
from store.errors import DuplicateKey, StoreError
from store.model import Person
from store.savepoint import savepoint
from store.session import Session, Store

LONGEST = 4000
"""Characters that one message may have."""

DECIDED: Final = {"approve": approvals.decide, "undo": undo.take_back}
"""What is read back before it is done where reports are, and does not become a transaction by itself."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything that hearing needs; built by `bootstrap`."""

    store: Store
    vocabulary: Callable[[Session], Vocabulary]
    book: Callable[[Session], RuleBook]
    wording: Wording
    now: Callable[[], datetime]
    zone: ZoneInfo
    confirm: Confirm = "voice"

    def hear(self, said: Utterance) -> Reply:
        """The answer to one utterance. Heard twice under one id it gives the same answer and posts nothing."""
        try:
            try:
                return self.store.run(lambda session: self._turn(session, said))
            except DuplicateKey:  # somebody else answered it meanwhile: that answer is the one
                return self.store.run(lambda session: self._turn(session, said))
        except RuleBroken:
            return self._refused("rule-engine", self.wording.say("engine-broken"))
        except StoreError as error:
            return self._refused("store", self.wording.plain(str(error)))

    def _turn(self, session: Session, said: Utterance) -> Reply:
        """One utterance inside one database transaction."""
        if said.id is not None and (kept := session.inbox.seen(said.channel, said.id)) is not None:
            return Reply.from_dict(kept)
        now = self.now()
        person = session.catalog.people.get(said.person)
        if person is None or not person.active:
            unknown = self.wording.say("unknown-person", person=said.person)
            reply = self._refused("unknown-person", unknown)
        else:
            reply = self._heard(session, said, person, now)
        if said.id is not None:
            session.inbox.keep(said.channel, said.id, said.person, reply.as_dict(), now)
        return reply

    def _heard(self, session: Session, said: Utterance, person: Person, now: datetime) -> Reply:
        """What is waiting, what was said, what it means, what it does, what is answered."""
        book = self.book(session)
        confirming = self.confirm == "always" or (self.confirm == "voice" and said.channel == "voice")
        known = self.vocabulary(session)
        wording = self.wording.on(now.date())
        turn = Turn(session, said, person, now, self.zone, book, wording, known, confirming)
        waiting = state_json.from_json(session.pending.get(person.code, said.channel, now))
        state, expired = waiting.forgetting(now)
        if len(said.text) > LONGEST:
            turn.say("too-long", limit=LONGEST)
            return turn.reply()
        reading = parse(
            said.text,
            known,
            now.date(),
            now=now,
            channel=said.channel,
            expecting=state.question.asking if state.question else None,
        )
        step = advance(state, reading, said.text, said.confidence)
        if said.attachments:
            step = replace(step, state=step.state.attached(said.attachments))
        for report in expired:
            turn.say("expired-question", what=turn.narrator.report(report))
        if expired and not step.work:
            step = replace(step, say=())
        after = act(turn, step)
        reply = _reply(turn, after, step)
        kept = replace(after, prompt=(reply.say, reply.spoken) if reply.say else state.prompt)
        if kept != waiting:
            lives = now + book.policy.span("undo_hours")
            session.pending.keep(person.code, said.channel, state_json.to_json(kept), lives, now)
        return reply

    def _refused(self, rule: str, said: Said) -> Reply:
        return Reply(said.eye, said.ear, blocked=(Blocked(rule, said.eye),))


def act(turn: Turn, step: Step) -> State:
    """Do what the step says, in its order; the state that remains."""
    state = step.state
    for key, values in step.say:
        turn.say(key, **_shown(turn, values))
    _drop(turn, step.dropped)
    if step.amend is not None:
        state = corrections.amend(turn, step.amend, state, step.chosen)
    decided = _decide(turn, step, state)
    asks = decided.question is not None and decided.question is not state.question
    state = decided
    if step.work and asks:
        waits = tuple(report for report in state.queue if report.changes_the_past)
        _drop(turn, tuple(report for report in state.queue if not report.changes_the_past))
        state = replace(state, queue=waits)
    elif step.work and state.queue:
        state = _work(turn, state, confirmed=step.confirmed)
    turn.counting = tuple(report for report in state.queue if not report.changes_the_past and report.kind.counted)
    for frame in step.lookups:
        _look_up(turn, frame, state)
    return state


def _decide(turn: Turn, step: Step, state: State) -> State:
    """Approve, reject and take back; what is read back for a yes stands alone, and is said to."""
    for act_on, frames in ((approvals.decide, step.decisions), (undo.take_back, step.undos)):
        for frame in frames:
            reports = state.queue
            state = act_on(turn, frame, state)
            if state.queue != reports:
                _drop(turn, reports)
    return state


def _drop(turn: Turn, reports: tuple[Report, ...]) -> None:
    """Say what is not done any more."""
    for report in reports:
        if report.changes_the_past and report.intent != "approve":
            turn.say("stays-posted")
        else:
            turn.say("dropped", what=turn.narrator.report(report))


def _work(turn: Turn, state: State, *, confirmed: bool) -> State:
    """Settle the queue; a confirmed approval, undo or correction is what it is and no new report."""
    first = state.queue[0]
    if first.intent in DECIDED:
        frame = Frame(first.intent, first.slots)
        return DECIDED[first.intent](turn, frame, state.settled(), confirmed=confirmed)
    replaced = first.slots.get("replaces")
    if replaced is None:
        return settle(turn, state, confirmed=confirmed)
    report = replace(first, slots={k: v for k, v in first.slots.items() if k != "replaces"})
    if not confirmed:
        return settle(turn, replace(state, queue=(report,)), confirmed=False)
    original = turn.session.ledger.entry(int(str(replaced)))
    with savepoint(turn.session) as trial:
        taken = undo.reverse(turn, original) if original else None
        after = settle(turn, State(queue=(report,), last=state.last), confirmed=True) if taken else state.settled()
        trial.keep = bool(turn.entries)
    if taken and turn.entries:
        turn.entries.insert(0, taken)
    return replace(after, last=tuple(Posted(e.number, report) for e in turn.entries[-1:]) or state.last)


def _look_up(turn: Turn, frame: Frame, state: State) -> None:
    """A question; help in the middle of one of ours is about what is asked."""
    if frame.intent == "help" and state.question is not None:
        slot = turn.wording.call("slot", state.question.asking)
        what = turn.narrator.report(state.queue[state.question.about]) if state.queue else ""
        turn.say("help-slot", slot=slot, what=what)
        return
    answer.answer(turn, frame)


def _shown(turn: Turn, values: object) -> dict[str, object]:
    """What was not understood, as a list in words."""
    shown = dict(values) if isinstance(values, dict) else {}
    if isinstance(shown.get("what"), tuple):
        shown["what"] = turn.wording.listed([f"“{w}”" for w in shown["what"]])
    return shown


def _reply(turn: Turn, state: State, step: Step) -> Reply:
    """The answer, with the question that is open now at its end."""
    if step.repeat:
        turn.says.append(Said(*step.state.prompt))
    question = state.question
    if question is None:
        return turn.reply()
    asked = SILENT if step.repeat else Said(question.say, question.spoken)
    if step.reask and turn.says and step.lookups:
        asked = turn.wording.say("back-to") + asked
    return turn.reply(asked, question.asking, offers(question.options))


__all__ = ["Conversation", "Reading", "act"]
