"""Reads what a scanner typed: GS1 element strings, raw or in brackets, GS1 Digital Links, and EANs of the plant.

]C1010085001230001410RM1107                             ->  GTIN 00850012300014, lot RM1107
(01)00850012300137(17)261200(10)TH0830                  ->  GTIN 00850012300137, lot TH0830, expires 2026-12-31
https://id.gs1.org/01/00850012300014/10/RM1107          ->  GTIN 00850012300014, lot RM1107
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from biip import ParseError
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_element_strings import GS1ElementString
from biip.gs1_messages import GS1Message

GTIN_DIGITS: Final = 14
_SEPARATOR: Final = "\x1d"
_MARKS: Final = re.compile(
    r"\][A-Za-z][0-9](?P<raw>[\x1d\u241d!-~]+)"
    r"|(?P<link>https?://[!-~]+)"
    r"|(?P<brackets>\([0-9]{2,4}\) ?[^\s()]+(?: ?\([0-9]{2,4}\) ?[^\s()]+)*)"
    r"|(?<![\w(/-])\x1d?(?P<bare>(?:0[12][0-9]{14}|00[0-9]{18})[\x1d\u241d!-~]*)"
    r"|(?<![\w(/.-])(?P<ean>[0-9]{8}(?:[0-9]{4,6})?)(?![\w/-])"
)
"""What a scan begins with: a symbology identifier, a link, an application identifier; or an EAN, all digits."""
_SEPARATORS: Final = re.compile(r"<GS>|\{GS\}|\\x1d|\u241d", re.IGNORECASE)
"""What programs write for the sign that ends an element."""
_KEYED: Final = re.compile(r"\((?:01|02|00)\) ?[0-9]{14}|\(10\)[^\s()]*[0-9]")
"""What brackets have at least: the number of goods or of a pallet, or a lot's code with a digit, written on."""
_SPACES: Final = re.compile(r"(?<=\)) | (?=\()")
_AFTER: Final = ".,;:!?"
_GTIN: Final = ("01", "02")
_LOT: Final = "10"
_PALLET: Final = "00"
_EXPIRIES: Final = ("17", "15", "16")
"""Expiry, best before and sell by; the first one that is there counts."""
_COUNTS: Final = ("37", "30")
_MEASURES: Final = {"310": "kg", "315": "l", "320": "lb", "357": "oz", "361": "gal"}
"""Net weights and volumes by the first three digits of their identifier."""
_EANS: Final = frozenset({8, 12, 13, 14})


@dataclass(frozen=True, slots=True)
class Scan:
    """What one scan says, and the characters of the text that it takes; `readable` is false where it cannot be right.

    `gtin` has 14 digits; `measure` is a net weight or volume in `unit`.
    """

    start: int
    end: int
    gtin: str | None = None
    lot: str | None = None
    expires: date | None = None
    count: Decimal | None = None
    measure: Decimal | None = None
    unit: str | None = None
    sscc: str | None = None
    readable: bool = True

    @property
    def names(self) -> bool:
        """Whether it says which goods, or which pallet."""
        return self.readable and bool(self.gtin or self.lot or self.sscc)


def scans_in(text: str, gtins: Collection[str]) -> tuple[Scan, ...]:
    """The scans in a text, in order; digits alone are one where they are one of the plant's GTINs, in 14 digits."""
    return tuple(scan for match in _MARKS.finditer(text) if (scan := _scan(match, gtins)))


def without_scans(text: str, scans: Sequence[Scan]) -> str:
    """The text as it is typed by hand, with a space for each sign that a scanner typed."""
    for scan in scans:
        text = f"{text[: scan.start]}{' ' * (scan.end - scan.start)}{text[scan.end :]}"
    return text


def _scan(match: re.Match[str], gtins: Collection[str]) -> Scan | None:
    said = match.group().rstrip(_AFTER)
    start, end = match.start(), match.start() + len(said)
    kind, value = match.lastgroup or "", (match.group(match.lastgroup or 0)).rstrip(_AFTER)
    if kind == "ean" or (kind == "raw" and value.isdigit() and len(value) in _EANS):
        known = value.zfill(GTIN_DIGITS)
        return Scan(start, end, gtin=known) if known in gtins else None if kind == "ean" else _broken(start, end)
    if kind == "brackets" and not _KEYED.search(said):
        return None
    elements = _elements(kind, value)
    if elements is None:
        return None if kind == "link" else _broken(start, end)
    return _told(start, end, elements)


def _broken(start: int, end: int) -> Scan:
    return Scan(start, end, readable=False)


def _elements(kind: str, value: str) -> Iterable[GS1ElementString] | None:
    """The elements of a scan; None where it has none, or a wrong one."""
    try:
        if kind == "link" or value.startswith("http"):
            return GS1DigitalLinkURI.parse(value).element_strings
        if kind == "brackets":
            return GS1Message.parse_hri(_SPACES.sub("", value)).element_strings
        return GS1Message.parse(_SEPARATORS.sub(_SEPARATOR, value).strip(_SEPARATOR)).element_strings
    except ParseError:
        return None


def _told(start: int, end: int, elements: Iterable[GS1ElementString]) -> Scan:
    """The scan that elements make; not readable where a check digit is wrong or one thing is said in two ways."""
    values: dict[str, GS1ElementString] = {}
    for element in elements:
        known = values.setdefault(element.ai.ai, element)
        if element.gtin_error or element.sscc_error or known.value != element.value:
            return _broken(start, end)
    gtin = next((values[ai].value for ai in _GTIN if ai in values), None)
    count = next((values[ai].value for ai in _COUNTS if ai in values), None)
    measure = next((e for ai, e in values.items() if ai[:3] in _MEASURES and e.decimal is not None), None)
    return Scan(
        start,
        end,
        gtin=gtin.zfill(GTIN_DIGITS) if gtin else None,
        lot=values[_LOT].value.upper() if _LOT in values else None,
        expires=next((values[ai].date for ai in _EXPIRIES if ai in values), None),
        count=Decimal(count) if count else None,
        measure=measure.decimal if measure else None,
        unit=_MEASURES[measure.ai.ai[:3]] if measure else None,
        sscc=values[_PALLET].value if _PALLET in values else None,
    )
