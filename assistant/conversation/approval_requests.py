"""Opens a request for approval, with the evidence that the approver needs."""

from dataclasses import replace

from assistant.conversation import state_json
from assistant.conversation.outcomes import Pends, lots_of
from assistant.conversation.turn import Turn
from assistant.wording import names
from assistant.wording.sentences import Said
from store.model import Entry, Situation, Transaction


def open_request(turn: Turn, outcome: Pends) -> None:
    """A request with its evidence: stock, last count and last entries of the lot."""
    told = outcome.transaction
    number = turn.session.approvals.open(
        rule=outcome.findings[0].rule,
        asked_by=turn.person.code,
        body={
            "transaction": state_json.transaction_to_json(told),
            "rules": [f.rule for f in outcome.findings],
            "say": outcome.findings[0].say,
            "channel": turn.said.channel,
            "thread": turn.said.thread,
        },
        evidence=evidence(turn, told, outcome.situation),
        at=turn.now,
        expires=turn.now + turn.book.policy.span("approval_hours"),
    )
    turn.requests.append(number)
    what = turn.narrator.posted(told, lots_of(outcome.situation))
    turn.says.append(turn.wording.say("needs-approval", say=outcome.findings[0].say, request=number))
    said = turn.wording.say(
        "tell-approval", who=turn.person.name, request=number, what=what.eye, say=outcome.findings[0].say
    )
    turn.tell("supervisors", f"request{number}", said, request=number)


REVERSES = "reverses"
"""What a request to take an entry back has instead of a report to post: the entry's number."""


def open_reversal(turn: Turn, entry: Entry, why: Said, note: str) -> None:
    """A request to take an entry back, with its evidence and the reason."""
    told = entry.transaction
    situation = turn.session.situation(told.lots, [], turn.now, turn.today)
    what = turn.narrator.posted(told, lots_of(situation))
    say = turn.wording.say("undo-request", who=turn.person.name, what=what.eye, note=note).eye
    number = turn.session.approvals.open(
        rule="reversal-needs-approval",
        asked_by=turn.person.code,
        body={
            "transaction": state_json.transaction_to_json(replace(told, said=turn.said.text)),
            REVERSES: entry.number,
            "note": note,
            "rules": ["reversal-needs-approval"],
            "say": say,
            "channel": turn.said.channel,
            "thread": turn.said.thread,
        },
        evidence=evidence(turn, told, situation),
        at=turn.now,
        expires=turn.now + turn.book.policy.span("approval_hours"),
    )
    turn.requests.append(number)
    turn.says.append(turn.wording.say("needs-approval", say=why.eye, request=number))
    turn.tell("supervisors", f"request{number}", turn.wording.say("undo-tell", request=number, say=say), request=number)


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
            "stock": {names.place(turn.catalog, p): turn.narrator.of_lot(state.lot, q) for p, q in here.items()},
            "counted": {p: at.isoformat() for p, at in state.counted.items()},
            "last": [f"{e.number} {turn.narrator.entry(e, {code: state.lot}).eye}" for e in last],
        }
    return found
