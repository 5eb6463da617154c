"""The state of a dialogue and a waiting transaction as JSON and back, so that a question survives a restart."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from assistant.conversation.acts import Act, Approval, Correction, Undo
from assistant.conversation.state import Posted, Question, State
from assistant.reports.report import Option, Report
from store.model import Counted, Kind, Posting, Transaction, facts_of, lot_from

FORM: Final = 3
"""The form of the JSON; what was kept in another form is forgotten."""

_ACTS: Final[Mapping[str, type[Act]]] = {kind.__name__: kind for kind in (Report, Approval, Undo, Correction)}


def to_json(state: State) -> dict[str, Any]:
    """The state as plain JSON values."""
    whole = asdict(state) | {"form": FORM}
    whole["queue"] = [{"act": type(act).__name__, **asdict(act)} for act in state.queue]
    if state.question and state.question.expires:
        whole["question"]["expires"] = state.question.expires.isoformat()
    return whole


def from_json(whole: Mapping[str, Any] | None) -> State:
    """The state that `to_json` gave; a fresh one for None, and for one that another version kept."""
    if not whole or whole.get("form") != FORM:
        return State()
    return State(
        queue=tuple(_act(act) for act in whole["queue"]),
        question=_question(whole["question"]),
        last=tuple(Posted(p["number"], report_from(p["report"])) for p in whole["last"]),
        prompt=(whole["prompt"][0], whole["prompt"][1]),
    )


def _act(whole: Mapping[str, Any]) -> Act:
    """One open act; the name of its class says which."""
    fields = {name: value for name, value in whole.items() if name != "act"}
    if whole["act"] == Report.__name__:
        return report_from(fields)
    if fields.get("report") is not None:
        fields["report"] = report_from(fields["report"])
    return _ACTS[whole["act"]](**fields)


def report_from(whole: Mapping[str, Any]) -> Report:
    """One report from its JSON."""
    fields = dict(whole)
    fields["candidates"] = {slot: tuple(values) for slot, values in whole["candidates"].items()}
    for name in ("accepted", "corrections", "attachments"):
        fields[name] = tuple(whole[name])
    return Report(**fields)


def _question(whole: Mapping[str, Any] | None) -> Question | None:
    if whole is None:
        return None
    fields = dict(whole)
    fields["options"] = tuple(Option(o["label"], o["slots"]) for o in whole["options"])
    fields["expires"] = datetime.fromisoformat(whole["expires"]) if whole["expires"] else None
    return Question(**fields)


def transaction_to_json(transaction: Transaction) -> dict[str, Any]:
    """A transaction as plain JSON values: moments and days in ISO 8601, amounts as decimal strings."""
    whole = asdict(transaction)
    whole["happened"] = transaction.happened.isoformat()
    for posting in whole["postings"]:
        posting["amount"] = str(posting["amount"])
    whole["new_lots"] = [facts_of(lot) for lot in transaction.new_lots]
    return whole


def transaction_from_json(whole: Mapping[str, Any]) -> Transaction:
    """The transaction that `transaction_to_json` gave."""
    fields = dict(whole)
    fields["kind"] = Kind(whole["kind"])
    fields["happened"] = datetime.fromisoformat(whole["happened"])
    fields["postings"] = tuple(Posting(**{**p, "amount": Decimal(p["amount"])}) for p in whole["postings"])
    fields["new_lots"] = tuple(map(lot_from, whole["new_lots"]))
    fields["counted"] = tuple(Counted(**c) for c in whole["counted"])
    for name in ("lots", "corrections", "attachments"):
        fields[name] = tuple(whole[name])
    return Transaction(**fields)
