"""GS1 keys as URIs: GS1 Digital Link where the master data hold a GTIN or GLN, else a name of our own.

GTIN 00850012300014, lot RM1107  ->  https://id.gs1.org/01/00850012300014/10/RM1107
"""

import re
from typing import Final
from urllib.parse import quote

from store.model import Catalog, Partner
from store.records.vocabulary import OWN

LINK: Final = "https://id.gs1.org"
KEY_VALUE: Final = re.compile(r"[!%-?A-Z_a-z\"]{1,20}")
"""What an alphanumeric GS1 application identifier such as a lot may hold (GS1 General Specifications, table 7.11-1)."""


def lot_class(catalog: Catalog, product: str, lot: str) -> str:
    """A lot of a product as an EPC class."""
    known = catalog.products.get(product)
    if known is not None and known.gtin and KEY_VALUE.fullmatch(lot):
        return f"{LINK}/01/{known.gtin.zfill(14)}/10/{quote(lot, safe='')}"
    return own(catalog, "lot", product, lot)


def place(catalog: Catalog, code: str) -> str:
    """A place inside the plant."""
    gln = catalog.site.values.get("gln")
    if gln and KEY_VALUE.fullmatch(code):
        return f"{LINK}/414/{gln}/254/{quote(code, safe='')}"
    return own(catalog, "place", code)


def plant(catalog: Catalog) -> str:
    """The plant itself."""
    gln = catalog.site.values.get("gln")
    return f"{LINK}/414/{gln}" if gln else own(catalog, "plant")


def partner(catalog: Catalog, known: Partner) -> str:
    """A supplier's or customer's location."""
    return f"{LINK}/414/{known.gln}" if known.gln else own(catalog, "partner", known.code)


def transaction(catalog: Catalog, kind: str | None, number: str, gln: str | None = None) -> str:
    """A business document: in GS1's form where the GLN of the party that numbered it is known."""
    if gln:
        return f"urn:epcglobal:cbv:bt:{gln}:{quote(number, safe='')}"
    return own(catalog, kind or "document", number)


def own(catalog: Catalog, kind: str, *parts: str) -> str:
    """A name of our own for what has no GS1 key; unique across plants by the plant's GLN or name."""
    site = catalog.site.values.get("gln") or catalog.site.name
    return OWN + ":".join(quote(part, safe="") for part in (site, kind, *parts))
