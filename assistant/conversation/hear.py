"""hear(): one utterance through the whole flow. Read this first.

channel -> conversation -> intents -> rules -> store -> outbox -> channel; everything a turn changes commits together,
and a reply exists only if its entries do.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.conversation import state_json
from assistant.conversation.lines import words
from assistant.conversation.respond import respond
from assistant.conversation.turn import Turn
from assistant.conversation.understand import opened
from assistant.intents import Vocabulary
from assistant.messages import Blocked, Reply, Utterance
from assistant.rules import RuleBook, RuleBroken
from assistant.settings import Confirm
from assistant.wording.sentences import Said, Wording
from store.errors import DuplicateKey, IdTaken, StoreError
from store.model import Person
from store.session import Session, Store

LONGEST = 4000
"""Characters that one message may have."""


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
                return self.store.run(lambda session: self._once(session, said))
            except DuplicateKey:  # somebody else answered it meanwhile: that answer is the one
                return self.store.run(lambda session: self._once(session, said))
        except IdTaken as taken:
            return Reply(str(taken), error=str(taken))
        except RuleBroken:
            return self._refused("rule-engine", self.wording.say("engine-broken"))
        except StoreError as error:
            return self._refused("store", self.wording.plain(str(error)))

    def _once(self, session: Session, said: Utterance) -> Reply:
        """One utterance inside one database transaction, answered once under its id."""
        kept = session.inbox.seen(said.channel, said.id, said.person, said.text) if said.id is not None else None
        if kept is not None:
            return Reply.from_dict(kept)
        now, person = self.now(), session.catalog.people.get(said.person)
        if person is None or not person.active:
            reply = self._refused("unknown-person", self.wording.say("unknown-person", person=said.person))
        else:
            reply = self._answer(session, said, person, now)
        if said.id is not None:
            session.inbox.keep(said.channel, said.id, said.person, said.text, reply.as_dict(), now)
        return reply

    def _answer(self, session: Session, said: Utterance, person: Person, now: datetime) -> Reply:
        """What was said, what is open and what it means beside it, what it does and is answered, what stays open."""
        typed = words(said, session.catalog, yes=self.wording.call("answer", "yes"))
        said = replace(said, text=typed.words)
        turn = self._turn(session, said, person, now)
        if said.channel == "slack" and not said.text:
            return turn.reply()
        if len(said.text) > LONGEST:
            turn.say("too-long", limit=LONGEST)
            return turn.reply()
        dialogue = opened(turn)
        reply, left = respond(turn, typed, dialogue)
        if left != dialogue.kept:
            lives, whole = now + turn.book.policy.span("undo_hours"), state_json.to_json(left)
            session.pending.keep(person.code, said.channel, whole, lives, now, thread=dialogue.thread)
        return reply

    def _turn(self, session: Session, said: Utterance, person: Person, now: datetime) -> Turn:
        confirming = self.confirm == "always" or (self.confirm == "voice" and said.channel == "voice")
        wording = self.wording.on(now.date())
        known = self.vocabulary(session)
        return Turn(session, said, person, now, self.zone, self.book(session), wording, known, confirming)

    def _refused(self, rule: str, said: Said) -> Reply:
        return Reply(said.eye, said.ear, blocked=(Blocked(rule, said.eye),))
