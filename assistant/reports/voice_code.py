"""PTI voice codes: the short number printed large on a case, by which a worker says a lot without its letters.

The Produce Traceability Initiative's Voice Pick Code is the CRC-16/ANSI of GTIN-14, lot and pack or harvest day
(YYMMDD), modulo 10,000, in four digits; people say the last two, or all four where those are not unique.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

_POLYNOMIAL: Final = 0xA001
"""x^16 + x^15 + x^2 + 1, reflected: CRC-16/ANSI, which is also called ARC, begins with 0."""
SPOKEN_DIGITS: Final = frozenset({2, 4})


def _crc16(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ _POLYNOMIAL if crc & 1 else crc >> 1
    return crc


def voice_code(gtin: str, lot: str, day: date | None = None) -> str:
    """The four digits of a lot's voice code.

    Args:
        gtin: The product's GTIN; one of 8, 12 or 13 digits is filled up with zeros to 14.
        lot: The lot code as it is printed; upper and lower case make different codes.
        day: The pack or harvest day on the label, where there is one.

    Raises:
        ValueError: The GTIN is no number of at most 14 digits, or there is no lot.
    """
    if not (gtin.isascii() and gtin.isdigit() and len(gtin) <= 14):  # noqa: PLR2004 - GTIN-14
        raise ValueError(f"{gtin!r} is no GTIN: it has up to 14 digits")
    if not lot:
        raise ValueError("a voice code needs a lot")
    text = gtin.zfill(14) + lot + (f"{day:%y%m%d}" if day else "")
    return f"{_crc16(text.encode()) % 10_000:04d}"


def lots_with(spoken: str, codes: Mapping[str, str]) -> tuple[str, ...]:
    """The lots that two or four spoken digits may mean, in the order of `codes` (lot -> four-digit voice code).

    Several lots may share two digits: then four are to be asked for. None when the digits are of another number.
    """
    if len(spoken) not in SPOKEN_DIGITS or not (spoken.isascii() and spoken.isdigit()):
        return ()
    return tuple(lot for lot, code in codes.items() if code.endswith(spoken))
