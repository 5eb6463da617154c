"""What makes a report that may post worth a second look by whoever told it: said back, and posted on a yes.

The same shipment or receipt once more, an expiry beyond twice the shelf life, a new code that looks like a known one.
"""

from datetime import timedelta
from typing import Final

from assistant.conversation.turn import Turn
from assistant.reports.proposal import Proposal
from assistant.wording.sentences import Said
from store.model import Entry, Lot, Situation, Transaction, standing

LOOKED_BACK: Final = timedelta(days=7)
"""The same paper with the same amount is noticed so far back."""
LIVES: Final = 2
"""An expiry is far when it is further than so many shelf lives."""
_ALIKE: Final = str.maketrans("OILSBZG", "0115826")
"""Letters that look like digits."""


def doubts_about(turn: Turn, made: Proposal, situation: Situation) -> tuple[Said, ...]:
    """What is doubtful about a report, each in a sentence; nothing of what was said yes to under another name."""
    told = made.transaction
    found = [_twin(turn, told)]
    for lot in told.new_lots:
        if lot.code not in situation.lots:
            found += [_far_expiry(turn, lot), _alike(turn, lot)]
    return tuple(said for said in found if said is not None)


def _twin(turn: Turn, told: Transaction) -> Said | None:
    """The same goods on the same paper, to or from the same partner, told before and not taken back."""
    if not (told.partner and told.reference and told.postings):
        return None
    since = turn.now - LOOKED_BACK
    entries = turn.session.ledger.entries(lot=told.lots[0], kinds=(told.kind,), since=since)
    twin = next((entry for entry in standing(entries) if _same(entry, told)), None)
    if twin is None:
        return None
    return turn.wording.say("same-again", number=twin.number, reference=told.reference)


def _same(entry: Entry, told: Transaction) -> bool:
    before = entry.transaction
    sides = [(p.lot, p.place, p.quantity) for p in before.postings]
    return (before.partner, before.reference) == (told.partner, told.reference) and sides == [
        (p.lot, p.place, p.quantity) for p in told.postings
    ]


def _far_expiry(turn: Turn, lot: Lot) -> Said | None:
    product = turn.catalog.products.get(lot.product)
    life = product.shelf_life_days if product else None
    if life is None or lot.expires is None or (lot.expires - lot.made).days <= LIVES * life:
        return None
    return turn.wording.say("expiry-far", lot=lot.code, expires=lot.expires, days=life)


def _alike(turn: Turn, lot: Lot) -> Said | None:
    """A new code with letters of another alphabet, or one that differs from a known code in an O for a 0 only."""
    if not lot.code.isascii():
        return turn.wording.say("code-foreign", lot=lot.code)
    looks = lot.code.translate(_ALIKE)
    for other in turn.session.lots.of_product(lot.product):
        if other.code != lot.code and other.code.translate(_ALIKE) == looks:
            return turn.wording.say("code-alike", lot=lot.code, other=other.code)
    return None
