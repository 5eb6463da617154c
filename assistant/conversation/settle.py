"""Settling the reports of a message: judged in the order said, posted, refused, asked about, or sent for approval.

Everything happens inside the turn's one database transaction. Where the person is to say yes first, the postings are
made on trial and taken back: so each report is judged against the stock that the earlier ones would leave.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.approval_requests import open_request
from assistant.conversation.check_digits import prove_place
from assistant.conversation.outcomes import Entered, Outcome, Pends, Recorded, Refused, Waits, lots_of
from assistant.conversation.questions import ask, asked
from assistant.conversation.recount import RECOUNT, recount, recount_differs
from assistant.conversation.state import Posted, Question, State
from assistant.conversation.turn import Turn
from assistant.messages import Blocked
from assistant.reports.draft import Ask, Refuse, Speaker
from assistant.reports.proposal import propose
from assistant.reports.report import Report
from assistant.rules import Finding, Request, Severity, objections, remarks
from assistant.wording.sentences import SILENT, Said
from store.errors import Shortage
from store.model import Entry, Situation, Transaction
from store.savepoint import savepoint


def settle(turn: Turn, state: State, *, confirmed: bool) -> State:
    """Work the queue; the state that is left holds what still waits and the question asked about it."""
    with savepoint(turn.session) as trial:
        outcomes = judge_all(turn, state.queue)
        open_reports = [o for o in outcomes if isinstance(o, Waits)]
        ready = [o for o in outcomes if isinstance(o, Recorded | Pends)]
        reading_back = not confirmed and bool(ready) and (turn.confirming or any(o.report.unsure for o in ready))
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
            open_request(turn, outcome)
    posted = tuple(Posted(o.entry.number, o.report) for o in ready if isinstance(o, Recorded))
    left = State(last=posted or state.last, prompt=state.prompt)
    if open_reports:
        return ask(turn, replace(left, queue=tuple(o.report for o in open_reports)), open_reports)
    return left


def judge_all(turn: Turn, reports: Sequence[Report]) -> list[Outcome]:
    """Each report's outcome, in the order said; nothing posts that depends on what did not."""
    outcomes: list[Outcome] = []
    for number, report in enumerate(reports):
        stuck = next((o for o in outcomes if not isinstance(o, Recorded) and report.depends_on(o.report)), None)
        if isinstance(stuck, Waits):
            outcomes.append(Waits(report, None))
        elif stuck is not None:
            what = turn.narrator.report(report)
            outcomes.append(Refused(report, "depends", turn.wording.say("depends", what=what)))
        else:
            outcomes.append(judge(turn, report, f"{turn.key}#{number}"))
        turn.lots |= dict.fromkeys([str(report.slots["lot"])] if "lot" in report.slots else [])
    return outcomes


def judge(turn: Turn, report: Report, key: str) -> Outcome:
    """One report: proposed, checked by the rules inside the lock, and recorded where nothing objects."""
    surroundings = turn.surroundings(report)
    made = propose(report, surroundings, Speaker(turn.person.code, turn.said.channel, key))
    if isinstance(made, Ask):
        return Waits(made.report, made)
    if isinstance(made, Refuse):
        return Refused(
            report, made.rule, turn.wording.say(made.key, **made.values) + turn.wording.say("nothing-posted")
        )
    proved = prove_place(turn, made.report)
    if not isinstance(proved, Report):
        return proved
    made = replace(made, report=proved)
    request = Request(by=turn.person, recount=made.report.first is not None, products=_said_products(report))
    findings = objections(made.transaction, surroundings.situation, turn.book, request)
    if any(f.rule == RECOUNT for f in findings) or recount_differs(made):
        return recount(turn, made)
    blocks = tuple(f for f in findings if f.severity is Severity.BLOCK)
    if blocks:
        first = blocks[0]
        said = turn.wording.blocked(first.say, first.allowed)
        return Refused(made.report, first.rule, said, blocks)
    approvals = tuple(f for f in findings if f.severity is Severity.APPROVE)
    if approvals:
        return Pends(made.report, made.transaction, approvals, surroundings.situation)
    entered = record(turn, made.transaction, surroundings.situation, findings)
    if isinstance(entered, Said):
        return Refused(made.report, "not-enough-stock", entered)
    return Recorded(made.report, *entered)


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
    return Entered(entry, warned, turn.narrator.posted(transaction, lots_of(before, after)))


def announce(turn: Turn, entry: Entry, findings: Sequence[Finding], sentence: Said) -> None:
    """What is in the books stands in the answer; what deserves a look is recorded, said, and open for its owner."""
    turn.entries.append(entry)
    turn.says.append(sentence)
    turn.note(findings, entry.number)
    for finding in findings:
        turn.warn(finding)


def _said_products(report: Report) -> dict[str, str]:
    """The product that was said with the lot, if both were."""
    lot, product = report.slots.get("lot"), report.slots.get("product")
    return {str(lot): str(product)} if lot and product else {}


def _read_back(turn: Turn, state: State, outcomes: Sequence[Outcome]) -> State:
    """Nothing is posted yet: first the open questions, then everything is read back once."""
    alive = [o for o in outcomes if not isinstance(o, Refused)]
    left = State(queue=tuple(o.report for o in alive), last=state.last, prompt=state.prompt)
    waiting = [o if isinstance(o, Waits) else Waits(o.report, None) for o in alive]
    if any(w.ask for w in waiting):
        return ask(turn, left, waiting)
    what = SILENT
    if any(o.report.unsure for o in alive) and not turn.confirming:
        what += turn.wording.say("unsure")
    for outcome in alive:
        if isinstance(outcome, Recorded):
            what += outcome.sentence
            for finding in outcome.findings:
                what += turn.wording.plain(finding.say)
        elif isinstance(outcome, Pends):
            what += turn.narrator.posted(outcome.transaction, lots_of(outcome.situation))
            what += turn.wording.plain(outcome.findings[0].say)
    said = what + turn.wording.say("right", what="")
    return asked(turn, left, Question("confirm"), said)


def _refuse(turn: Turn, outcome: Refused) -> None:
    turn.refuse(outcome.rule, outcome.sentence)
    turn.note(outcome.findings)
    turn.blocked.extend(Blocked(finding.rule, finding.say) for finding in outcome.findings[1:])
    finding = next((f for f in outcome.findings if f.rule in {"lot-on-hold", "lot-expired"}), None)
    if finding:
        told = turn.wording.say("tell-blocked", who=turn.person.name, said=outcome.report.said, say=finding.say)
        turn.tell("quality", f"blocked:{finding.lot}", told)
