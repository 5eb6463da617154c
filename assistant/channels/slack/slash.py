"""Slash commands for supervisors: each is a short way to say what plain words say too."""

from collections.abc import Mapping
from typing import Final

HELP: Final[Mapping[str, str]] = {
    "floor": "`/floor` and anything you could say, as `/floor used 2 cases of chicken on 4475`. "
    "`/floor code maria` gives a code by which Maria joins from her own Slack account.",
    "lot": "`/lot RM1107` shows where a lot is. In plain words: where is RM1107",
    "stock": "`/stock romaine` or `/stock cooler 1` shows what is on hand. In plain words: stock romaine",
    "trace": "`/trace K1120` shows where a lot came from and where it went. In plain words: trace K1120",
    "recall": "`/recall RM1107` opens a form for a recall, real or mock. In plain words: recall RM1107",
    "approve": "`/approve` lists what waits for a decision; `/approve 7` or `/approve 7 checked it myself` approves. "
    "In plain words: approve 7",
    "count": "`/count cooler 1` asks the workers on the floor's channel to count there.",
    "hold": "`/hold RM1107 smells bad` stops a lot. In plain words: hold RM1107 smells bad",
    "expiring": "`/expiring` or `/expiring 5` shows what expires within so many days. "
    "In plain words: what expires in 5 days",
    "orders": "`/orders` shows the work orders; `/orders 4471` one of them. In plain words: status of 4471",
}
"""What each command is for."""

BARE: Final = frozenset({"approve", "expiring", "orders", "recall"})
"""Commands that mean something without more words."""

_SAYS: Final[Mapping[str, str]] = {
    "floor": "{text}",
    "lot": "where is {text}",
    "stock": "stock {text}",
    "trace": "trace {text}",
    "approve": "approve {text}",
    "hold": "hold {text}",
    "orders": "status of {text}",
}


def at_once(name: str, text: str) -> str | None:
    """What a command is answered without looking anything up: help, or that there is no such command."""
    told = HELP.get(name)
    if told is None:
        return f"There is no command /{name}. There are " + ", ".join(f"/{known}" for known in HELP) + "."
    if text.lower() == "help" or (not text and name not in BARE):
        return told
    return None


def words(name: str, text: str) -> str | None:
    """The command in plain words; None where it is more than an utterance."""
    if name == "expiring":
        return f"what expires in {text.split(maxsplit=1)[0]} days" if text else "what expires soon"
    if not text:
        return None
    template = _SAYS.get(name)
    return template.format(text=text) if template else None
