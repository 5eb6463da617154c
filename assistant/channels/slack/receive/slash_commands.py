"""Slash commands for supervisors, each a short way to say what plain words say too."""

import re
from collections.abc import Mapping
from typing import Final

HELP: Final[Mapping[str, str]] = {
    "floor": "`/floor` and anything you could say, as `/floor used 2 cases of chicken on 4475`. "
    "`/floor code maria` gives a code by which Maria joins from her own Slack account. "
    "`/floor yields`, `shrink`, `suppliers`, `accuracy` or `exposure`, also with `last 30 days`, is a report with its "
    "workbook.",
    "lot": "`/lot RM1107` shows where a lot is. In plain words: where is RM1107",
    "stock": "`/stock romaine` or `/stock cooler 1` shows what is on hand. In plain words: stock romaine",
    "trace": "`/trace K1120` shows where a lot came from and where it went, with a workbook. "
    "In plain words: trace K1120",
    "recall": "`/recall RM1107` opens a form that starts a recall, real or mock. In plain words: start a recall of "
    "RM1107; to see only what it reached: recall RM1107",
    "approve": "`/approve` lists what waits for a decision; `/approve 7` or `/approve 7 checked it myself` approves. "
    "In plain words: open approvals, and approve 7",
    "count": "`/count cooler 1` asks the workers on the floor's channel to count there. "
    "In plain words: ask for a count of cooler 1",
    "hold": "`/hold RM1107 smells bad` stops a lot. In plain words: hold RM1107 smells bad",
    "expiring": "`/expiring` or `/expiring 5` shows what expires within so many days. "
    "In plain words: what expires in 5 days",
    "orders": "`/orders` shows the work orders; `/orders 4471` one of them. In plain words: work orders, and status of "
    "4471",
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

_ASK: Final = r"(?:please |pls |can you |could you )*"
_SHOW: Final = rf"{_ASK}(?:show |list |give |send |get |what are )?(?:me |us )?(?:all )?(?:the )?"
_MEANT: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(rf"\s*{words}\s*(?:please)?[.?!\s]*", re.IGNORECASE)
    for name, words in {
        "count": rf"{_ASK}(?:ask|get|request|order)(?: the floor| somebody| someone| the workers| them)?"
        r"(?: for| to do| to)?(?: a)? (?:re)?count(?: of| in| at)? (?P<rest>.+?)",
        "orders": rf"{_SHOW}(?:open )?(?:work )?orders",
        "approve": rf"(?:{_SHOW}(?:open |pending )?(?:approvals|requests|approval requests)"
        r"|what(?:'s| is)? wait(?:s|ing) for (?:an? )?(?:approval|decision))",
        "recall": rf"{_ASK}(?:start|open|begin|run|do) (?:a |the )?(?:mock |real )?recall"
        r"(?: of| for| on)? (?P<rest>\S+)",
        "report": rf"{_SHOW}(?:report (?:of|on) )?"
        r"(?P<rest>(?:yield|shrink|supplier|accuracy|count accuracy|exposure)s?(?: report| figures)?"
        r"(?: (?:of|for|in|over)? ?(?:the )?last \d{1,4} days)?)",
    }.items()
}
_AND: Final = re.compile(r"\s*(?:[,;&]|\band\b)\s*", re.IGNORECASE)
_CODES: Final[Mapping[str, re.Pattern[str]]] = {
    "lot": re.compile(r"(?=\S*\d)[\w/@-]+"),
    "trace": re.compile(r"(?=\S*\d)[\w/@-]+"),
    "approve": re.compile(r"\d{1,9}"),
}
"""What a command names of which it takes several."""
_DAYS: Final = re.compile(r"last (\d{1,4}) days")
_REPORTS: Final[Mapping[str, str]] = {
    "yield": "yields",
    "shrink": "shrink",
    "supplier": "suppliers",
    "accuracy": "accuracy",
    "exposure": "exposure",
}


def at_once(name: str, text: str) -> str | None:
    """What a command is answered without looking anything up: help, or that there is no such command."""
    told = HELP.get(name)
    if told is None:
        return f"There is no command /{name}. There are " + ", ".join(f"/{known}" for known in HELP) + "."
    if text.lower() == "help" or (not text and name not in BARE):
        return told
    return None


def each(name: str, text: str) -> list[str]:
    """The text of a command that names several things, one by one: `/lot RM1107 RM1111`, `/count cooler 1 and dock 2`.

    Words that name nothing by a number stay together, as a reason or a product does.
    """
    if name == "count":
        return [part.strip() for part in _AND.split(text) if part.strip()] or [text]
    parts = [part for part in re.split(r"[\s,;&]+", text) if part and part.lower() != "and"]
    numbered = _CODES.get(name)
    if numbered is None or not all(numbered.fullmatch(part) for part in parts):
        return [text]
    return parts or [text]


def words(name: str, text: str) -> str | None:
    """The command in plain words; None where it is more than an utterance."""
    if name == "expiring":
        return f"what expires in {text.split(maxsplit=1)[0]} days" if text else "what expires soon"
    if not text:
        return None
    template = _SAYS.get(name)
    return template.format(text=text) if template else None


def meant(said: str) -> tuple[str, str] | None:
    """The command that plain words stand for and its text, where it is more than an utterance; else None.

    "ask for a count of cooler one" -> ("count", "cooler one"); "work orders" -> ("orders", "").
    """
    for name, pattern in _MEANT.items():
        found = pattern.fullmatch(said)
        if found is not None:
            return name, found.groupdict().get("rest") or ""
    return None


def report(said: str) -> tuple[str, int | None]:
    """The name of the report that is asked for, and of how many days; None: of all that the books have."""
    days = _DAYS.search(said.lower())
    name = next(name for word, name in _REPORTS.items() if word in said.lower())
    return name, int(days.group(1)) if days else None
