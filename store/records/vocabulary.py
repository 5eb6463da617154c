"""The words of GS1's Core Business Vocabulary 2.0 and UN/ECE units that EPCIS documents may use, and those of ours.

GS1's schema accepts any URI beside these words, so that a misspelt one would pass it; `faults` does not let it pass.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

OWN: Final = "urn:floor-assistant:"
"""What the vocabulary has no word for, and what has no GS1 key, is named below this prefix."""

ADJUSTING: Final = f"{OWN}bizstep:adjusting"
"""An approved adjustment of stock; the vocabulary has no step for it."""

STEPS: Final = frozenset(
    "accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting "
    "decommissioning departing destroying disassembling dispensing encoding entering_exiting holding inspecting "
    "installing killing loading other packing picking receiving removing repackaging repairing replacing reserving "
    "retail_selling sampling sensor_reporting shipping staging_outbound stock_taking stocking storing transporting "
    "unloading unpacking void_shipping".split()
)
DISPOSITIONS: Final = frozenset(
    "active available completeness_inferred completeness_verified conformant container_closed container_open damaged "
    "destroyed dispensed disposed encoded expired in_progress in_transit inactive mismatch_class mismatch_instance "
    "mismatch_quantity needs_replacement no_pedigree_match non_conformant non_sellable_other partially_dispensed "
    "recalled reserved retail_sold returned sellable_accessible sellable_not_accessible stolen unavailable "
    "unknown".split()
)
TRANSACTIONS: Final = frozenset(
    "bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt".split()
)
ENDS: Final = frozenset("location owning_party possessing_party".split())
REASONS: Final = frozenset("did_not_occur incorrect_data".split())
ACTIONS: Final = frozenset("ADD DELETE OBSERVE".split())

UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {"lb": "LBR", "kg": "KGM", "oz": "ONZ", "g": "GRM", "gal": "GLL", "l": "LTR", "ea": "EA"}
)
"""Our base units by their UN/ECE Recommendation 20 codes; `GLL` is the US gallon."""

REFERENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "po": "po", "purchase order": "po", "order": "po", "so": "po", "bol": "bol", "b/l": "bol", "bl": "bol",
        "bill of lading": "bol", "asn": "desadv", "desadv": "desadv", "dn": "desadv", "delivery note": "desadv",
        "invoice": "inv", "inv": "inv", "rma": "rma", "wo": "prodorder",
    }
)  # fmt: skip
"""How people begin a reference, and which business transaction that is."""

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "po": "Purchase order", "bol": "Bill of lading", "desadv": "Delivery note", "inv": "Invoice",
        "rma": "Return authorisation", "prodorder": "Work order",
    }
)  # fmt: skip
"""What a business transaction's document is called on a sheet."""


def reference_parts(reference: str) -> tuple[str | None, str]:
    """Kind and number of a reference: `PO 8801` -> (`po`, `8801`); the kind of `8801` is unknown: (None, `8801`)."""
    told = reference.strip()
    for begin in sorted(REFERENCES, key=len, reverse=True):
        rest = told[len(begin) :]
        if told.lower().startswith(begin) and rest and not rest[0].isalpha():
            number = rest.lstrip(" -#:.")
            if number:
                return REFERENCES[begin], number
    return None, told
