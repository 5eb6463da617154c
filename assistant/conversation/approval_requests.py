"""Opens a request for approval, with the evidence that the approver needs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.conversation import state_json
from assistant.conversation.outcomes import Pends, lots_of
from assistant.conversation.turn import Turn
from assistant.wording import names
from assistant.wording.sentences import Said
from store.model import Entry, Situation, Transaction


def open_request(turn: Turn, outcome: Pends) -> None:
    """A request with its evidence: stock, last count and last entries of the lot."""
    told, say = outcome.transaction, outcome.findings[0].say
    body = {"rules": [f.rule for f in outcome.findings], "say": say}
    number = _open(turn, told, outcome.situation, body)
    what = turn.narrator.posted(told, lots_of(outcome.situation))
    turn.says.append(turn.wording.say("needs-approval", say=say, request=number))
    said = turn.wording.say("tell-approval", who=turn.person.name, request=number, what=what.eye, say=say)
    turn.tell("supervisors", f"request{number}", said, request=number)


REVERSES = "reverses"
"""What a request to take an entry back has instead of a report to post: the entry's number."""


def open_reversal(turn: Turn, entry: Entry, why: Said, note: str) -> None:
    """A request to take an entry back, with its evidence and the reason."""
    told = entry.transaction
    situation = turn.session.situation(told.lots, [], turn.now, turn.today)
    what = turn.narrator.posted(told, lots_of(situation))
    say = turn.wording.say("undo-request", who=turn.person.name, what=what.eye, note=note).eye
    body = {"rules": ["reversal-needs-approval"], "say": say, REVERSES: entry.number, "note": note}
    number = _open(turn, replace(told, said=turn.said.text), situation, body)
    turn.says.append(turn.wording.say("needs-approval", say=why.eye, request=number))
    turn.tell("supervisors", f"request{number}", turn.wording.say("undo-tell", request=number, say=say), request=number)


def _open(turn: Turn, told: Transaction, situation: Situation, body: Mapping[str, Any]) -> int:
    """The number of a new request about a transaction, by the first of its rules; `body` is what it has of its own."""
    number = turn.session.approvals.open(
        rule=body["rules"][0],
        asked_by=turn.person.code,
        body={
            "transaction": state_json.transaction_to_json(told),
            **body,
            "channel": turn.said.channel,
            "thread": turn.said.thread,
        },
        evidence=evidence(turn, told, situation),
        at=turn.now,
        expires=turn.now + turn.book.policy.span("approval_hours"),
    )
    turn.requests.append(number)
    return number


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
