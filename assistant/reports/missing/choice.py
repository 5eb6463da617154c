"""The slots of a report: each taken where it is not in doubt, else asked for with the likeliest answer first."""

from assistant.reports.draft import Draft, Missing
from assistant.reports.report import Option
from assistant.wording import names


def which(draft: Draft) -> Missing:
    """What was said fits several things: they are offered."""
    for slot, values in draft.report.candidates.items():
        if slot not in draft.slots:
            options = tuple(Option(_called(draft, slot, value), {slot: value}) for value in values)
            return draft.ask(slot, "which-of-these", options)
    return None


def _called(draft: Draft, slot: str, value: str) -> str:
    """What people call a candidate."""
    catalog = draft.situation.catalog
    if slot in {"from", "to", "at"}:
        return names.place(catalog, value)
    if slot in {"supplier", "customer"}:
        return names.partner(catalog, value)
    return catalog.products[value].name if value in catalog.products else value
