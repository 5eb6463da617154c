"""What scans say, as the pieces that words would be: a product, a lot, a pallet.

moved 4 cs ]C1010085001230001410RM1107 to L2    ->  product R-ROM, lot RM1107
4 cs romaine (01)00850012300014(10)RM1107       ->  the said product, and lot RM1107
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from assistant.intents.readers.scans import Scan
from assistant.intents.readers.vocabulary import Vocabulary, compact
from assistant.intents.spot.pieces import Piece

CONFLICT: Final = 0.6
"""Doubt for a name that the scan beside it contradicts."""
_BETWEEN: Final = frozenset({"filler", "tag", "mark", "product", "lot", "newlot", "tail"})
"""What may stand between a scan and the name of the goods that were scanned."""
_APART: Final = frozenset({",", ";", ".", "\n"})
_CODES: Final = frozenset({"lot", "newlot", "tail"})


def told_by_scans(pieces: Sequence[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """The pieces, with those that each scan stands for; a name that was also said stands once."""
    told = list(pieces)
    for scanned in [piece for piece in pieces if piece.kind == "scan"]:
        at = next(at for at, piece in enumerate(told) if piece is scanned)
        own = list(_pieces(scanned, vocabulary))
        for name in tuple(own):
            twin = _twin(told, at, frozenset({"product"}) if name.kind == "product" else _CODES)
            if twin is None:
                continue
            told[twin] = _once(told[twin], name)
            own.remove(name)
        told[at : at + 1] = own
    return told


def _pieces(piece: Piece, vocabulary: Vocabulary) -> Iterator[Piece]:
    scan = piece.scan or Scan(0, 0)
    sku = vocabulary.gtins.get(scan.gtin or "")
    if sku is not None:
        yield replace(piece, kind="product", value=sku, options=(sku,), text=scan.gtin or "")
    elif scan.gtin:
        yield replace(piece, kind="unknown", value=scan.gtin, text=scan.gtin)
    if scan.lot:
        known = vocabulary.lots.get(compact(scan.lot), ())
        skus = tuple(lot.sku for lot in known)
        if known:
            yield replace(piece, kind="lot", value=known[0].code, options=skus, text=scan.lot)
        else:
            yield replace(piece, kind="newlot", value=scan.lot, text=scan.lot)
    if scan.sscc:
        yield replace(piece, kind="pallet", value=scan.sscc, text=scan.sscc)


def _once(said: Piece, scanned: Piece) -> Piece:
    """What was said and scanned: narrowed to what was scanned, or doubtful where it is something else."""
    if said.kind == "product":
        same = scanned.value in said.options
    else:
        same = compact(scanned.value).endswith(compact(said.value or said.digits or ""))
    if same:
        return replace(scanned, start=said.start, end=said.end, text=said.text)
    options = (*said.options, *scanned.options) if said.kind == "product" else said.options
    value = "" if said.kind == "product" else said.value
    return replace(said, value=value, options=options, doubt=said.doubt + CONFLICT, scan=scanned.scan)


def _twin(pieces: Sequence[Piece], at: int, kinds: frozenset[str]) -> int | None:
    """Where the goods that were scanned are also named, right before or after; not beyond a comma."""
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(pieces) and pieces[other].kind in _BETWEEN and pieces[other].scan is None:
            if pieces[other].kind in kinds:
                return other
            if pieces[other].value in _APART:
                break
            other += step
    return None
