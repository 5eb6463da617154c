"""What a plant's file may not exceed, and the fault of one that cannot be read."""

from typing import Final

LARGEST_FILE: Final = 256 * 2**20
"""Bytes of a file, unpacked: some million rows; beyond this it is no plant file."""


class Unreadable(ValueError):
    """A cell, row or file that cannot be what it should; the text completes `file:line:column: `."""
