"""One report judged: proposed, checked by the rules inside the lock, and entered where nothing objects."""

from dataclasses import replace
from datetime import date

from assistant.conversation.check_digits import prove_place
from assistant.conversation.doubts import doubts_about
from assistant.conversation.hold_reach import after_hold
from assistant.conversation.outcomes import Declined, Outcome, Pends, Recorded, Waits, lots_of
from assistant.conversation.recount import RECOUNT, recount, recount_differs
from assistant.conversation.state import Posted
from assistant.conversation.surroundings import surroundings
from assistant.conversation.turn import Turn
from assistant.messages import Blocked
from assistant.reports.draft import STANDARD, Ask, Refuse, Speaker
from assistant.reports.proposal import Proposal, propose
from assistant.reports.report import Report
from assistant.rules import Request
from assistant.supervision.enter import Entered, Refused
from assistant.wording.sentences import Said
from store.errors import Shortage
from store.model import Situation

TOLD_QUALITY = frozenset({"lot-on-hold", "lot-expired"})
"""Rules whose refusal QA hears of."""


def judge(turn: Turn, report: Report, key: str) -> Outcome:
    """What becomes of one report; `key` makes it post once."""
    around = surroundings(turn, report)
    hears_back = turn.confirming or report.unsure
    made = propose(report, around, Speaker(turn.person.code, turn.said.channel, key, hears_back=hears_back))
    if isinstance(made, Ask):
        return Waits(made.report, made)
    if isinstance(made, Refuse):
        said = turn.wording.say(made.key, **made.values) + turn.wording.say("nothing-posted")
        return Declined(report, made.rule, said)
    proved = prove_place(turn, made.report)
    if not isinstance(proved, Report):
        return proved
    made = replace(made, report=proved)
    if recount_differs(made):
        return recount(made)
    request = Request(
        by=turn.person,
        recount=made.report.first is not None,
        products=_said_products(report),
        expires=_said_expiry(made.report),
    )
    doubts = doubts_about(turn, made, around.situation)
    entered = turn.entrance.enter(made.transaction, around.situation, request)
    if isinstance(entered, Refused):
        return _stopped(turn, made, around.situation, entered)
    told = turn.narrator.posted(made.transaction, lots_of(around.situation, entered.after))
    told += after_hold(turn, made.transaction)
    return Recorded(replace(made.report, unsure=made.report.unsure or bool(doubts)), entered, told, doubts)


def _stopped(turn: Turn, made: Proposal, before: Situation, refused: Refused) -> Outcome:
    """A report that did not enter: counted again, declined, or waiting for approval."""
    if refused.short is not None:
        return Declined(made.report, "not-enough-stock", too_little(turn, refused.short))
    if any(f.rule == RECOUNT for f in refused.findings):
        return recount(made)
    if refused.blocks:
        first = refused.blocks[0]
        return Declined(made.report, first.rule, turn.wording.blocked(first.say, first.allowed), refused.blocks)
    return Pends(made.report, made.transaction, refused.findings, before)


def too_little(turn: Turn, short: Shortage) -> Said:
    """When and where there was not enough for what is told of the past."""
    place = turn.wording.words.standing(turn.catalog, short.place)
    said = turn.wording.say("late-shortage", at=short.at or turn.now, lot=short.lot, place=place)
    return said + turn.wording.say("nothing-posted")


def announce(turn: Turn, done: Recorded) -> None:
    """What is in the books stands in the answer, and is what "no, fourteen" would correct."""
    tell_entered(turn, done.entered, done.sentence)
    turn.posted.append(Posted(done.entered.entry.number, done.report))


def tell_entered(turn: Turn, entered: Entered, sentence: Said) -> None:
    """An entry in the answer, with what deserves a look about it."""
    turn.entries.append(entered.entry)
    turn.says.append(sentence)
    for finding in entered.warned:
        turn.warn(finding)


def decline(turn: Turn, declined: Declined, *, anew: bool = False) -> None:
    """What could not be posted stands in the answer; QA hears of tries with lots that nobody may use.

    `anew`: the trial that it was judged on was taken back with everything noted on it.
    """
    turn.refuse(declined.rule, declined.sentence)
    turn.blocked.extend(Blocked(finding.rule, finding.say) for finding in declined.findings[1:])
    if anew:
        turn.entrance.note(declined.findings, Request(by=turn.person))
    finding = next((f for f in declined.findings if f.rule in TOLD_QUALITY), None)
    if finding:
        told = turn.wording.say("tell-blocked", who=turn.person.name, said=declined.report.said, say=finding.say)
        turn.tell("quality", f"blocked:{finding.lot}", told)


def _said_expiry(report: Report) -> dict[str, date]:
    """The expiry that was said with the lot, if it is a day."""
    lot, expires = report.slots.get("lot"), str(report.slots.get("expires", ""))
    return {str(lot): date.fromisoformat(expires)} if lot and expires and expires != STANDARD else {}


def _said_products(report: Report) -> dict[str, str]:
    """The product that was said with the lot, if both were."""
    lot, product = report.slots.get("lot"), report.slots.get("product")
    return {str(lot): str(product)} if lot and product else {}
