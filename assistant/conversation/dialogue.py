"""The conversation as a pure state machine: what an utterance does to what is still open.

State + "fourteen" (asked: how many cases?)  ->  the open report with quantity 14, to be settled
State + "no, never mind"                     ->  the open report is dropped
State + a whole new report                   ->  the new one first, the old one kept behind it
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Self

from assistant.intents import Frame, Reading
from assistant.intents.reading import SLOTS

POSTING: Final = frozenset(
    "receive move consume return produce count adjust scrap ship hold release start finish".split()
)
LOOKUPS: Final = frozenset("where stock expiring trace recall status variance mine help".split())
MISSES: Final = 3
"""So many answers in a row that say nothing: the assistant gives up politely."""

PLACE_OF: Final[Mapping[str, str]] = {
    "receive": "to",
    "move": "to",
    "consume": "from",
    "return": "to",
    "produce": "to",
    "count": "at",
    "adjust": "at",
    "scrap": "at",
    "ship": "from",
}
"""Which slot a bare place corrects, by intent: the one said last in the usual sentence."""

Slots = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """One way to answer: its label, sent back word for word, chooses the slots."""

    label: str
    slots: Slots


@dataclass(frozen=True, slots=True)
class Item:
    """One report on its way into the books.

    `unsure`: the words were not understood beyond doubt, so it is read back first. `candidates` are what a slot could
    be where the words fit several. `accepted` are the places that were proved by their check digits; `first` is the
    first of two blind counts (`found`, `position`); `strikes` counts wrong check digits; `corrections` are later words
    that changed it.
    """

    intent: str
    slots: Slots
    said: str
    confidence: float | None = None
    unsure: bool = False
    candidates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accepted: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    first: Mapping[str, int] | None = None
    strikes: int = 0
    attachments: tuple[str, ...] = ()

    def with_slots(self, slots: Slots, said: str | None = None) -> Self:
        """The item with some slots changed; what contradicts the change is forgotten."""
        changed = {**self.slots, **slots}
        if "product" in slots and "lot" not in slots and slots["product"] != self.slots.get("product"):
            changed.pop("lot", None)
        if self.slots.get("lot", slots.get("lot")) != slots.get("lot", self.slots.get("lot")):
            changed = self._of_another_lot(changed, slots)
        if "quantity" in slots:
            changed.pop("all", None)
            if "new_quantity" in changed and "new_quantity" not in slots:
                changed["new_quantity"] = changed.pop("quantity")
        if slots.get("all"):
            changed.pop("quantity", None)
        corrections = (*self.corrections, said) if said else self.corrections
        open_still = {slot: values for slot, values in self.candidates.items() if slot not in slots}
        return replace(self, slots=changed, corrections=corrections, candidates=open_still)

    def _of_another_lot(self, changed: dict[str, Any], slots: Slots) -> dict[str, Any]:
        """Another lot is another product maybe, and stands elsewhere; a count stays where it was taken."""
        elsewhere = {"product", "from"} | ({"at"} if self.intent in {"scrap", "adjust"} else set())
        return {slot: value for slot, value in changed.items() if slot not in elsewhere - slots.keys()}

    @property
    def changes_the_past(self) -> bool:
        """Whether it takes back or replaces what was posted (it waits for a yes): never one report among others."""
        return self.intent not in POSTING or "replaces" in self.slots

    def depends_on(self, earlier: "Item") -> bool:
        """Whether this report needs the earlier one to be in the books: the same lot, or the same order's course."""
        lot, order = self.slots.get("lot"), self.slots.get("work_order")
        if lot is not None and lot == earlier.slots.get("lot"):
            return True
        if order is None or order != earlier.slots.get("work_order"):
            return False
        course = {"start", "finish", "produce"}
        return self.intent in course or earlier.intent in {"start", "finish"}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the slot (or confirm, choose, check, note), its options, the words, and which item it is about."""

    asking: str
    options: tuple[Option, ...] = ()
    say: str = ""
    spoken: str = ""
    item: int = 0
    misses: int = 0
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """What the last turn put into the books: the entry's number and the report it came from."""

    number: int
    item: Item


@dataclass(frozen=True, slots=True)
class State:
    """Everything that is remembered between two utterances of one person on one channel."""

    queue: tuple[Item, ...] = ()
    question: Question | None = None
    last: tuple[Posted, ...] = ()
    prompt: tuple[str, str] = ("", "")
    amending: Slots = field(default_factory=dict)
    request: int | None = None

    def forgetting(self, now: datetime) -> tuple["State", tuple[Item, ...]]:
        """The state without a question that has expired, and the reports that were dropped with it."""
        if self.question and self.question.expires and self.question.expires <= now:
            return self.settled(), self.queue
        return self, ()

    def attached(self, files: tuple[str, ...]) -> "State":
        """The state with references to files (a photo of a label) kept with the reports they came with."""
        queue = tuple(replace(item, attachments=item.attachments or files) for item in self.queue)
        return replace(self, queue=queue)

    def settled(self) -> "State":
        """The state with nothing open."""
        return State(last=self.last, prompt=self.prompt)


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done after one utterance, in this order.

    `say` are (wording key, values); `confirmed`: the person has said yes to the read-back; `amend`: slots that change
    what was just posted; `decisions`, `undos`, `lookups` are frames; `work`: settle the queue; `chosen` is the entry
    that a "which one?" was answered with.
    """

    state: State
    say: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    work: bool = False
    confirmed: bool = False
    amend: Slots | None = None
    chosen: int | None = None
    decisions: tuple[Frame, ...] = ()
    undos: tuple[Frame, ...] = ()
    lookups: tuple[Frame, ...] = ()
    repeat: bool = False
    reask: bool = False
    dropped: tuple[Item, ...] = ()


def advance(state: State, reading: Reading, text: str, confidence: float | None = None) -> Step:
    """What one utterance does. Pure: the same state and words give the same step."""
    question = state.question
    if question:
        option = _option(question, text)
        if option is not None:
            return _answered(state, question, option.slots, text)
        if question.asking == "note" and not _control(reading):
            return _answered(state, question, {"note": text.strip()}, text)
    if not reading.frames:
        return _missed(state, reading)
    return _read(state, reading, text, confidence)


def _read(state: State, reading: Reading, text: str, confidence: float | None) -> Step:
    """What the frames of an understood utterance do."""
    first = reading.frames[0]
    alone = len(reading.frames) == 1
    if alone and first.intent in {"confirm", "cancel", "repeat", "correct", "again"}:
        return _turn(state, first, text)
    new = tuple(
        Item(f.intent, f.slots, text, confidence, unsure=_unsure(reading), candidates=f.candidates)
        for f in reading.frames
        if f.intent in POSTING
    )
    step = Step(
        state,
        decisions=tuple(f for f in reading.frames if f.intent in {"approve", "reject"}),
        undos=tuple(f for f in reading.frames if f.intent == "undo"),
        lookups=tuple(f for f in reading.frames if f.intent in LOOKUPS),
    )
    if not new:
        return replace(step, reask=state.question is not None)
    kept, dropped, says = _keep_old(state, new)
    if new[0].unsure and (strange := _unexplained(reading)):
        says = (*says, ("not-understood", {"what": strange}))
    queued = replace(state, queue=(*new, *kept), question=None)
    return replace(step, state=queued, work=True, say=says, dropped=dropped)


def _unsure(reading: Reading) -> bool:
    """Whether a reading is read back before it posts.

    What fits several things, and what the plant does not know (a lot), is asked anyway: it is no doubt beyond that.
    """
    if reading.confidence >= Reading.SURE or any(f.candidates for f in reading.frames):
        return False
    return not reading.unknown or bool(_unexplained(reading))


def _unexplained(reading: Reading) -> tuple[str, ...]:
    """What was not understood and is not the value of a slot, which will be asked about."""
    values = {str(value) for f in reading.frames for value in f.slots.values()}
    return tuple(what for what in reading.unknown if not any(part in values for part in what.split()))


def _keep_old(
    state: State, new: tuple[Item, ...]
) -> tuple[tuple[Item, ...], tuple[Item, ...], tuple[tuple[str, Mapping[str, Any]], ...]]:
    """What stays of the open reports when a new one comes, what does not, and what is said of it.

    One that the new one says again is replaced by it. What would change the past is dropped: it was said of the last
    report, which now is another one.
    """
    if not state.question or not state.queue:
        return (), (), ()
    if state.question.asking == "note":
        return state.queue, (), (("new-first", {}),)
    if any(item.changes_the_past for item in state.queue):
        return (), state.queue, ()
    at = min(state.question.item, len(state.queue) - 1)
    current, waiting = state.queue[at], (*state.queue[:at], *state.queue[at + 1 :])
    said_again = any(n.intent == current.intent and _agrees(n.slots, current.slots) for n in new)
    kept = waiting if said_again else state.queue
    return kept, (), (("new-first", {}),) if kept and not said_again else ()


def _agrees(new: Slots, old: Slots) -> bool:
    """Whether nothing that both say differs, and at least one thing is said by both."""
    both = new.keys() & old.keys()
    return bool(both) and all(new[slot] == old[slot] for slot in both)


def _turn(state: State, frame: Frame, text: str) -> Step:
    """Yes, no, say again, and corrections."""
    if frame.intent == "repeat":
        return Step(state, repeat=True)
    if frame.intent == "again":
        return _again(state, frame, text)
    if frame.intent == "correct":
        return _corrected(state, frame, text)
    question = state.question
    if question is None:
        key = "nothing-to-confirm" if frame.intent == "confirm" else "nothing-to-cancel"
        return Step(state, say=((key, {}),))
    if frame.intent == "cancel":
        return Step(state.settled(), dropped=state.queue, say=() if state.queue else (("cancelled", {}),))
    if question.asking == "confirm":
        return Step(replace(state, question=None), work=True, confirmed=True)
    if question.options:
        return _answered(state, question, question.options[0].slots, text)
    return Step(state, reask=True)


def _again(state: State, frame: Frame, text: str) -> Step:
    """The last report once more ("same again for CB1120"), with what is different this time."""
    if not state.last:
        return Step(state, say=(("nothing-to-repeat", {}),))
    item = replace(state.last[-1].item, said=text, corrections=(), first=None, accepted=(), unsure=False).with_slots(
        frame.slots
    )
    dropped = tuple(waiting for waiting in state.queue if waiting.changes_the_past)
    kept = tuple(waiting for waiting in state.queue if not waiting.changes_the_past)
    return Step(replace(state, queue=(item, *kept), question=None), work=True, dropped=dropped)


def _corrected(state: State, frame: Frame, text: str) -> Step:
    """A changed or a bare value: an answer where one is asked for, else a correction of what was said or posted."""
    question, slots = state.question, frame.slots
    if question is None:
        if state.last:
            return Step(state, amend=slots)
        return Step(state, say=(("nothing-to-correct", {}),))
    if "choose" in slots:
        at = int(slots["choose"]) - 1
        if 0 <= at < len(question.options):
            return _answered(state, question, question.options[at].slots, text)
        return _missed_question(state, question)
    if frame.candidates and not slots and state.queue:
        return _narrowed(state, question, frame)
    if question.asking == "choose":
        return Step(state, reask=True)
    return _answered(state, question, slots, text)


def _narrowed(state: State, question: Question, frame: Frame) -> Step:
    """An answer that fits several things: those are offered."""
    at = min(question.item, len(state.queue) - 1)
    narrowed = replace(state.queue[at], candidates=frame.candidates)
    queue = (*state.queue[:at], narrowed, *state.queue[at + 1 :])
    return Step(replace(state, queue=queue, question=None), work=True)


def _answered(state: State, question: Question, slots: Slots, text: str) -> Step:
    """The open question has an answer, or something of the open report was changed instead."""
    if "entry" in slots and question.asking == "choose":
        amending = replace(state.settled(), last=state.last)
        return Step(amending, amend=state.amending, chosen=int(slots["entry"]))
    if question.asking == "note" and state.request is not None:
        decision = Frame("approve", {"request": str(state.request), "note": slots.get("note", "")})
        waiting = replace(state, question=None, request=None)
        return Step(waiting, decisions=(decision,), work=bool(state.queue))
    if not state.queue:
        return Step(state.settled())
    confirming = question.asking == "confirm"
    at = len(state.queue) - 1 if confirming else min(question.item, len(state.queue) - 1)
    item = state.queue[at]
    fitted = fitting(item, question.asking, slots)
    if not fitted:
        return _missed_question(state, question)
    changed = item.with_slots(fitted, text if confirming else None)
    queue = (*state.queue[:at], changed, *state.queue[at + 1 :])
    return Step(replace(state, queue=queue, question=None), work=True)


def fitting(item: Item, asking: str, slots: Slots) -> dict[str, Any]:
    """The slots of an answer as the item knows them: a bare place is the place that was asked for, or usually meant."""
    fitted = dict(slots)
    places = {"from", "to", "at"}
    if "at" in fitted and item.intent in PLACE_OF and "at" not in SLOTS[item.intent]:
        fitted[asking if asking in places else PLACE_OF[item.intent]] = fitted.pop("at")
    elif "at" in fitted and asking in places - {"at"}:
        fitted[asking] = fitted.pop("at")
    if asking == "new_quantity" and "quantity" in fitted:
        fitted["new_quantity"] = fitted.pop("quantity")
    return fitted


def _option(question: Question, text: str) -> Option | None:
    """The option that these words choose: its label, whatever the case and the punctuation at the end."""
    said = text.strip().rstrip(".!").casefold()
    return next((o for o in question.options if o.label.casefold() == said), None)


def _control(reading: Reading) -> bool:
    """Whether the words are a turn of the conversation or a report, and no free text."""
    return any(f.intent != "correct" for f in reading.frames)


def _missed(state: State, reading: Reading) -> Step:
    """Nothing was understood."""
    if state.question is None:
        return Step(state, say=(("not-understood", {"what": reading.unknown}),) if _tried(reading) else ())
    return _missed_question(state, state.question, reading.unknown)


def _tried(reading: Reading) -> bool:
    """Whether words that mean nothing stand beside some that do: an attempt to report or ask, and no chatter."""
    roles = {s.role for s in reading.spans}
    return bool(reading.unknown) and "gate" not in roles and bool(roles - {"unknown", "filler", "cue", "joint"})


def _missed_question(state: State, question: Question, unknown: tuple[str, ...] = ()) -> Step:
    """An answer that is none: asked again twice, then given up."""
    misses = question.misses + 1
    if misses >= MISSES:
        return Step(state.settled(), dropped=state.queue, say=(("given-up", {}),))
    says: tuple[tuple[str, Mapping[str, Any]], ...] = (
        (("not-understood", {"what": unknown}),) if unknown else (("not-an-answer", {}),)
    )
    return Step(replace(state, question=replace(question, misses=misses)), say=says, reask=True)
