"""A count beyond tolerance is counted again, blind, before anybody is asked to approve it."""

from dataclasses import replace

from assistant.conversation.outcomes import Waits
from assistant.reports.draft import Ask
from assistant.reports.proposal import Proposal

RECOUNT = "count-again"
"""The rule that a first count beyond tolerance runs into."""


def _as_counted(made: Proposal) -> dict[str, int]:
    counted = made.transaction.counted[0]
    return {"found": counted.found, "position": counted.position}


def recount_differs(made: Proposal) -> bool:
    """A recount that is neither the first count nor within tolerance, or whose lot moved meanwhile."""
    if made.report.first is None or not made.transaction.postings:
        return False
    return made.report.first != _as_counted(made)


def recount(made: Proposal) -> Waits:
    """A count beyond tolerance is counted again, blind; the same again goes for approval."""
    counted = made.transaction.counted[0]
    first, found = made.report.first, _as_counted(made)
    moved = first is not None and first["position"] != counted.position
    slots = {k: v for k, v in made.report.slots.items() if k != "quantity"}
    report = replace(made.report, slots=slots, first=found)
    return Waits(report, Ask(report, "quantity", "how-many-moved" if moved else "how-many-again"))
