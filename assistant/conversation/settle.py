"""Settling the reports of a message: judged in the order said, posted, refused, asked about, or sent for approval.

Everything happens inside the turn's one database transaction. Where the person is to say yes first, the postings are
made on trial and taken back: so each report is judged against the stock that the earlier ones would leave.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.conversation import state_json
from assistant.conversation.state import Posted, Question, State
from assistant.conversation.turn import Turn
from assistant.messages import Blocked
from assistant.reports.draft import Ask, Refuse, Teller
from assistant.reports.proposal import Proposal, propose
from assistant.reports.report import Item, Option
from assistant.rules import Finding, Request, Severity, objections, remarks
from assistant.wording import names
from assistant.wording.sentences import SILENT, Said
from store.errors import Shortage
from store.model import Entry, Lot, Situation, Transaction
from store.savepoint import savepoint

RECOUNT = "count-again"
"""The rule that a first count beyond tolerance runs into."""

STRIKES = 2


class Entered(NamedTuple):
    """What was put into the books, with what deserves a look about it and the sentence that tells it."""

    entry: Entry
    findings: tuple[Finding, ...]
    sentence: Said


@dataclass(frozen=True, slots=True)
class Recorded:
    """It is in the books (or would be, on trial)."""

    item: Item
    entry: Entry
    findings: tuple[Finding, ...]
    sentence: Said


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be in the books."""

    item: Item
    rule: str
    sentence: Said
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Pends:
    """Another person has to approve it first."""

    item: Item
    transaction: Transaction
    findings: tuple[Finding, ...]
    situation: Situation


@dataclass(frozen=True, slots=True)
class Waits:
    """It waits for an answer: its own question, or the one of a report that it depends on."""

    item: Item
    ask: Ask | None


Outcome = Recorded | Refused | Pends | Waits


def settle(turn: Turn, state: State, *, confirmed: bool) -> State:
    """Work the queue; the state that is left holds what still waits and the question asked about it."""
    with savepoint(turn.session) as trial:
        outcomes = judge_all(turn, state.queue)
        open_items = [o for o in outcomes if isinstance(o, Waits)]
        ready = [o for o in outcomes if isinstance(o, Recorded | Pends)]
        reading_back = not confirmed and bool(ready) and (turn.confirming or any(o.item.unsure for o in ready))
        trial.keep = not reading_back
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            _refuse(turn, outcome)
    if reading_back:
        return _read_back(turn, state, outcomes)
    for outcome in ready:
        if isinstance(outcome, Recorded):
            announce(turn, outcome.entry, outcome.findings, outcome.sentence)
        else:
            _open_request(turn, outcome)
    posted = tuple(Posted(o.entry.number, o.item) for o in ready if isinstance(o, Recorded))
    left = State(last=posted or state.last, prompt=state.prompt)
    if open_items:
        return ask(turn, replace(left, queue=tuple(o.item for o in open_items)), open_items)
    return left


def judge_all(turn: Turn, items: Sequence[Item]) -> list[Outcome]:
    """Each report's outcome, in the order said; nothing posts that depends on what did not."""
    outcomes: list[Outcome] = []
    for number, item in enumerate(items):
        stuck = next((o for o in outcomes if not isinstance(o, Recorded) and item.depends_on(o.item)), None)
        if isinstance(stuck, Waits):
            outcomes.append(Waits(item, None))
        elif stuck is not None:
            what = turn.teller.item(item)
            outcomes.append(Refused(item, "depends", turn.wording.say("depends", what=what)))
        else:
            outcomes.append(judge(turn, item, f"{turn.key}#{number}"))
        turn.lots |= dict.fromkeys([str(item.slots["lot"])] if "lot" in item.slots else [])
    return outcomes


def judge(turn: Turn, item: Item, key: str) -> Outcome:
    """One report: proposed, checked by the rules inside the lock, and recorded where nothing objects."""
    floor = turn.floor(item)
    made = propose(item, floor, Teller(turn.person.code, turn.said.channel, key))
    if isinstance(made, Ask):
        return Waits(made.item, made)
    if isinstance(made, Refuse):
        return Refused(item, made.rule, turn.wording.say(made.key, **made.values) + turn.wording.say("nothing-posted"))
    if check := _check_digits(turn, made):
        return check
    request = Request(by=turn.person, recount=made.item.first is not None, products=_said_products(item))
    findings = objections(made.transaction, floor.situation, turn.book, request)
    if any(f.rule == RECOUNT for f in findings) or _differs(made):
        return _recount(turn, made)
    blocks = tuple(f for f in findings if f.severity is Severity.BLOCK)
    if blocks:
        first = blocks[0]
        said = turn.wording.blocked(first.say, first.allowed)
        return Refused(made.item, first.rule, said, blocks)
    approvals = tuple(f for f in findings if f.severity is Severity.APPROVE)
    if approvals:
        return Pends(made.item, made.transaction, approvals, floor.situation)
    entered = record(turn, made.transaction, floor.situation, findings)
    if isinstance(entered, Said):
        return Refused(made.item, "not-enough-stock", entered)
    return Recorded(made.item, *entered)


def record(turn: Turn, transaction: Transaction, before: Situation, findings: Sequence[Finding] = ()) -> Entered | Said:
    """Into the books, with what deserves a look afterwards; the reason where the past has too little for it."""
    try:
        entry = turn.session.ledger.record(transaction, recorded=turn.now)
    except Shortage as short:
        place = turn.wording.words.standing(turn.catalog, short.place)
        said = turn.wording.say("late-shortage", at=short.at or turn.now, lot=short.lot, place=place)
        return said + turn.wording.say("nothing-posted")
    orders = [transaction.work_order] if transaction.work_order else []
    codes = {*transaction.lots, *before.lots}
    after = turn.session.situation(codes, orders, turn.now, turn.today)
    warned = (*(f for f in findings if f.severity is Severity.WARN), *remarks(transaction, before, after, turn.book))
    return Entered(entry, warned, turn.teller.posted(transaction, _lots(before, after)))


def announce(turn: Turn, entry: Entry, findings: Sequence[Finding], sentence: Said) -> None:
    """What is in the books stands in the answer; what deserves a look is recorded, said, and open for its owner."""
    turn.entries.append(entry)
    turn.says.append(sentence)
    turn.note(findings, entry.number)
    for finding in findings:
        turn.warn(finding)


def _lots(*situations: Situation) -> dict[str, Lot]:
    return {code: state.lot for s in situations for code, state in s.lots.items()}


def _check_digits(turn: Turn, made: Proposal) -> Outcome | None:
    """Where policy asks for it, the label's digits prove the place; the second wrong answer is told to a supervisor."""
    item = made.item
    for slot in ("from", "at", "to"):
        code = str(item.slots.get(slot, ""))
        place = turn.catalog.places.get(code)
        if place is None or not place.check_digits or code in item.accepted:
            continue
        if not _proved_by_label(turn, code):
            continue
        called = names.place(turn.catalog, code)
        answer = item.slots.get("check")
        asked = {k: v for k, v in item.slots.items() if k != "check"}
        if answer is None:
            return Waits(item, Ask(item, "check", "which-check", {"place": called}))
        if str(answer) == place.check_digits:
            item = replace(item, slots=asked, accepted=(*item.accepted, code), strikes=0)
            made = replace(made, item=item)
            return judge(turn, item, made.transaction.key)
        if item.strikes + 1 >= STRIKES:
            turn.tell("supervisors", "check", turn.wording.say("tell-check", who=turn.person.name, place=called))
            return Refused(item, "check-digits", turn.wording.say("check-failed", place=called))
        again = replace(item, slots=asked, strikes=item.strikes + 1)
        return Waits(again, Ask(again, "check", "wrong-check", {"place": called}))
    return None


def _proved_by_label(turn: Turn, code: str) -> bool:
    """Whether policy asks for the check digits of this place on this channel."""
    around = [code]
    while parent := turn.catalog.places[around[-1]].parent:
        around.append(parent)
    policy = turn.book.policy.text("check_digits", places=around)
    return policy == "always" or (policy == "voice" and turn.said.channel == "voice")


def _said_products(item: Item) -> dict[str, str]:
    """The product that was said with the lot, if both were."""
    lot, product = item.slots.get("lot"), item.slots.get("product")
    return {str(lot): str(product)} if lot and product else {}


def _as_counted(made: Proposal) -> dict[str, int]:
    counted = made.transaction.counted[0]
    return {"found": counted.found, "position": counted.position}


def _differs(made: Proposal) -> bool:
    """A recount that is neither the first count nor within tolerance, or whose lot moved meanwhile."""
    if made.item.first is None or not made.transaction.postings:
        return False
    return made.item.first != _as_counted(made)


def _recount(turn: Turn, made: Proposal) -> Waits:
    """A count beyond tolerance is counted again, blind; the same again goes for approval."""
    counted = made.transaction.counted[0]
    first, found = made.item.first, _as_counted(made)
    moved = first is not None and first["position"] != counted.position
    slots = {k: v for k, v in made.item.slots.items() if k != "quantity"}
    item = replace(made.item, slots=slots, first=found)
    known = turn.session.lots.get(counted.lot)
    what = turn.teller.what(known.product if known else None, counted.lot)
    values = {"what": what, "place": turn.wording.words.standing(turn.catalog, counted.place)}
    return Waits(item, Ask(item, "quantity", "how-many-moved" if moved else "how-many-again", values))


def ask(turn: Turn, state: State, waiting: Sequence[Waits]) -> State:
    """Ask the first open question of the queue."""
    at, first = next((n, w.ask) for n, w in enumerate(waiting) if w.ask is not None)
    values = dict(first.values)
    if isinstance(values.get("known"), tuple):
        values["known"] = turn.wording.listed(values["known"], "or")
    said = turn.wording.say(first.key, **values)
    return asked(turn, state, Question(first.slot, first.options, item=at), said)


def asked(turn: Turn, state: State, question: Question, said: Said) -> State:
    """The state with a question open, in these words, for as long as the rule book lets a question live."""
    expires = turn.now + turn.book.policy.span("question_minutes")
    return replace(state, question=replace(question, say=said.eye, spoken=said.ear, expires=expires))


def _read_back(turn: Turn, state: State, outcomes: Sequence[Outcome]) -> State:
    """Nothing is posted yet: first the open questions, then everything is read back once."""
    alive = [o for o in outcomes if not isinstance(o, Refused)]
    left = State(queue=tuple(o.item for o in alive), last=state.last, prompt=state.prompt)
    waiting = [o if isinstance(o, Waits) else Waits(o.item, None) for o in alive]
    if any(w.ask for w in waiting):
        return ask(turn, left, waiting)
    what = SILENT
    if any(o.item.unsure for o in alive) and not turn.confirming:
        what += turn.wording.say("unsure")
    for outcome in alive:
        if isinstance(outcome, Recorded):
            what += outcome.sentence
            for finding in outcome.findings:
                what += turn.wording.plain(finding.say)
        elif isinstance(outcome, Pends):
            what += turn.teller.posted(outcome.transaction, _lots(outcome.situation))
            what += turn.wording.plain(outcome.findings[0].say)
    said = what + turn.wording.say("right", what="")
    return asked(turn, left, Question("confirm"), said)


def _refuse(turn: Turn, outcome: Refused) -> None:
    turn.refuse(outcome.rule, outcome.sentence)
    turn.note(outcome.findings)
    turn.blocked.extend(Blocked(finding.rule, finding.say) for finding in outcome.findings[1:])
    finding = next((f for f in outcome.findings if f.rule in {"lot-on-hold", "lot-expired"}), None)
    if finding:
        told = turn.wording.say("tell-blocked", who=turn.person.name, said=outcome.item.said, say=finding.say)
        turn.tell("quality", f"blocked:{finding.lot}", told)


def _open_request(turn: Turn, outcome: Pends) -> None:
    """A request with its evidence: stock, last count and last entries of the lot."""
    turn.note(outcome.findings)
    told = outcome.transaction
    number = turn.session.approvals.open(
        rule=outcome.findings[0].rule,
        asked_by=turn.person.code,
        body={
            "transaction": state_json.transaction_to_json(told),
            "rules": [f.rule for f in outcome.findings],
            "say": outcome.findings[0].say,
            "channel": turn.said.channel,
        },
        evidence=evidence(turn, told, outcome.situation),
        at=turn.now,
        expires=turn.now + turn.book.policy.span("approval_hours"),
    )
    turn.requests.append(number)
    what = turn.teller.posted(told, _lots(outcome.situation))
    turn.says.append(turn.wording.say("needs-approval", say=outcome.findings[0].say, request=number))
    said = turn.wording.say(
        "tell-approval", who=turn.person.name, request=number, what=what.eye, say=outcome.findings[0].say
    )
    turn.tell("supervisors", f"request{number}", said, request=number)


def evidence(turn: Turn, told: Transaction, situation: Situation) -> dict[str, object]:
    """What the approver sees: where the lot is, when it was last counted, and what happened to it last."""
    found: dict[str, object] = {}
    for code in told.lots:
        state = situation.lots.get(code)
        if state is None:
            continue
        here = {p: q for p, q in state.balances.items() if p in turn.catalog.places and q}
        last = turn.session.ledger.entries(lot=code, newest_first=True, limit=5)
        found[code] = {
            "stock": {names.place(turn.catalog, p): turn.teller.of_lot(state.lot, q) for p, q in here.items()},
            "counted": {p: at.isoformat() for p, at in state.counted.items()},
            "last": [f"{e.number} {turn.teller.entry(e, {code: state.lot}).eye}" for e in last],
        }
    return found


def offers(options: Sequence[Option]) -> tuple[str, ...]:
    """The labels of the options."""
    return tuple(o.label for o in options)
