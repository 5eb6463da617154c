"""Why: the reason that a kind of report requires."""

from assistant.reports.draft import Draft, Missing
from assistant.reports.report import Option
from assistant.wording import names


def why(draft: Draft) -> Missing:
    """Why: always needed for scrap and adjustments, asked with the plant's own reasons."""
    reasons = draft.situation.catalog.reasons
    if "reason" in draft.slots or not reasons:
        return None
    kind = draft.report.intent
    likely = [r for r in reasons.values() if r.kind == kind] or list(reasons.values())
    return draft.ask("reason", f"why-{kind}", tuple(Option(names.lowered(r.name), {"reason": r.code}) for r in likely))
