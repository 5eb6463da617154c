"""Identities that order themselves by the clock's time, so that no sequence has to be the key of truth."""

import os
import time
from datetime import timedelta
from typing import Final

SETTLED: Final = timedelta(minutes=10)
"""Longer than any transaction of ours lives: what is older than this is committed or gone."""


def time_ordered_id() -> str:
    """A UUID of version 7 (RFC 9562): milliseconds since 1970, then chance; text order is time order."""
    value = time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    return _written(value & ~(0x3 << 62) | 0x2 << 62)


def settled_before() -> str:
    """The identity below which every transaction is over."""
    milliseconds = time.time_ns() // 1_000_000 - int(SETTLED.total_seconds() * 1000)
    return _written(milliseconds << 80)


def _written(value: int) -> str:
    """As RFC 9562 writes it; ten times faster than a UUID object."""
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
