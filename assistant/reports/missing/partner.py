"""Who sent the goods or gets them, and under which document."""

from assistant.reports.draft import Draft, Missing
from assistant.reports.report import Option


def sent_by(draft: Draft) -> Missing:
    """Who it came from: said, known from the lot, or the only one who ever sent the product; else asked.

    Where words were left over, one of them may be the sender: then the only one is not taken.
    """
    if "supplier" in draft.slots:
        return None
    if draft.lot is not None and draft.lot.lot.supplier:
        draft.take("supplier", draft.lot.lot.supplier)
        return None
    catalog = draft.situation.catalog
    senders = draft.surroundings.suppliers.get(draft.product.sku if draft.product else "", ())
    if len(senders) == 1 and not draft.report.unsure:
        draft.take("supplier", senders[0])
        return None
    known = [*senders, *(p.code for p in catalog.partners.values() if p.role == "supplier" and p.code not in senders)]
    if not known:
        return None
    return draft.ask(
        "supplier", "which-supplier", tuple(Option(catalog.partners[c].name, {"supplier": c}) for c in known)
    )


def for_whom(draft: Draft) -> Missing:
    """The customer."""
    if "customer" in draft.slots:
        return None
    partners = draft.situation.catalog.partners.values()
    return draft.ask(
        "customer",
        "which-customer",
        tuple(Option(p.name, {"customer": p.code}) for p in partners if p.role == "customer"),
    )


def under_reference(draft: Draft) -> Missing:
    """A shipment of a product on the traceability list carries a reference document (21 CFR 1.1340)."""
    if "reference" in draft.slots or draft.product is None or not draft.product.traceability_list:
        return None
    return draft.ask("reference", "which-reference")
