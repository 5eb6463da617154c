"""The small forms: a note to a decision, a correction, a recall."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
)
from slack_sdk.models.views import View

from assistant.channels.slack.cards.blocks import said
from assistant.channels.slack.cards.text import cut

TYPED: Final = 500
"""Characters that a field takes."""

SHOWN: Final = 2500
"""Characters of what is decided on that a form shows."""

REAL, MOCK = "Recall", "Mock recall"


def note(about: Mapping[str, str], shown: str) -> dict[str, Any]:
    """The note to an approval or a rejection, below what is decided on."""
    decision, number = about["decision"], about["number"]
    title = "Approve" if decision == "approve" else "Reject"
    asked = InputBlock(
        block_id="note",
        label=PlainTextObject(text="What did you check?" if decision == "approve" else "Why not?"),
        element=PlainTextInputElement(action_id="note", multiline=True, max_length=TYPED),
        optional=decision == "reject",
    )
    blocks = [*said(shown, SHOWN), asked] if shown else [asked]
    return _view("note", f"{title} {number}"[:24], title, blocks, about)


def correction(about: Mapping[str, str]) -> dict[str, Any]:
    """What to change of what was read back."""
    asked = InputBlock(
        block_id="change",
        label=PlainTextObject(text="What is right?"),
        hint=PlainTextObject(text="For example: 14, or cooler 2, or lot RM1111"),
        element=PlainTextInputElement(action_id="change", max_length=TYPED),
    )
    return _view("correct", "Correct", "Send", [asked], about)


def recall(lot: str, about: Mapping[str, str]) -> dict[str, Any]:
    """A recall: of which lot, real or mock, and why."""
    kinds = [Option(value=k, text=PlainTextObject(text=k)) for k in (MOCK, REAL)]
    asked = [
        InputBlock(
            block_id="lot",
            label=PlainTextObject(text="Lot"),
            element=PlainTextInputElement(action_id="lot", initial_value=cut(lot, 100) or None, max_length=100),
        ),
        InputBlock(
            block_id="kind",
            label=PlainTextObject(text="Is it real?"),
            element=RadioButtonsElement(action_id="kind", options=kinds, initial_option=kinds[0]),
        ),
        InputBlock(
            block_id="reason",
            label=PlainTextObject(text="Reason"),
            element=PlainTextInputElement(action_id="reason", multiline=True, max_length=TYPED),
        ),
    ]
    return _view("recall", "Recall", "Start", asked, about)


def typed(view: Mapping[str, Any], field: str) -> str:
    """What stands in a field of a form that was sent."""
    for state in view["state"]["values"].get(field, {}).values():
        if state.get("selected_option"):
            return str(state["selected_option"]["value"])
        return " ".join(str(state.get("value") or "").split())
    return ""


def about(view: Mapping[str, Any]) -> dict[str, str]:
    """What the form was opened about."""
    found: dict[str, str] = json.loads(view.get("private_metadata") or "{}")
    return found


def _view(callback: str, title: str, send: str, asked: Sequence[Block], about: Mapping[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = View(
        type="modal",
        callback_id=callback,
        title=PlainTextObject(text=title),
        submit=PlainTextObject(text=send),
        close=PlainTextObject(text="Cancel"),
        blocks=list(asked),
        private_metadata=json.dumps(dict(about)),
    ).to_dict()
    return made
