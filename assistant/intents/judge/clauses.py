"""Where one clause ends and the next begins."""

from typing import Final

from assistant.intents.spot.pieces import Piece

_MARKS: Final = frozenset(",;.\n-–—")


def clauses(pieces: list[Piece], *, every_joint: bool = False) -> list[list[Piece]]:
    """The pieces cut after marks and after "but"; after every other joint, too, where that is asked for."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        found[-1].append(piece)
        joint = piece.kind == "joint" and (every_joint or piece.value == "but")
        if joint or (piece.kind == "mark" and piece.value in _MARKS):
            found.append([])
    return [clause for clause in found if clause]
