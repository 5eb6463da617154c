"""Example sentences for the pages, drawn from the books as they stand."""

from collections.abc import Mapping, Sequence
from typing import Final

from assistant.assistant import Assistant
from assistant.wording.examples import examples

_FIRST: Final = ("move", "consume", "count", "where", "expiring", "status")
_GROUPS: Final[Mapping[str, Sequence[str]]] = {
    "What came, went and moved": ("receive", "move", "consume", "return", "produce", "ship", "customer_return"),
    "What was counted, lost or stopped": ("count", "adjust", "scrap", "hold", "release"),
    "Work orders": ("start", "finish", "status"),
    "Questions": ("where", "stock", "expiring", "trace", "recall", "mine"),
}


def first(assistant: Assistant) -> Sequence[str]:
    """A few sentences for somebody who has said nothing yet."""
    known = _known(assistant)
    return [known[intent] for intent in _FIRST if intent in known]


def groups(assistant: Assistant) -> Mapping[str, Sequence[str]]:
    """All of them, under headings."""
    known = _known(assistant)
    return {
        heading: said
        for heading, intents in _GROUPS.items()
        if (said := [known[intent] for intent in intents if intent in known])
    }


def _known(assistant: Assistant) -> Mapping[str, str]:
    return assistant.store.run(
        lambda session: examples(session.catalog, session.ledger.stock(), session.orders.all(), assistant.today()),
        write=False,
    )
