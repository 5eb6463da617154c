"""Recall: every lot that a lot reached, where each stands now, who got it, and whether all of it is accounted for.

Everything is net of what was taken back, because a balance is. The ledger is closed, so that what came in must be on
hand, used, scrapped, shipped or adjusted; what a count found missing is an adjustment, and named as a variance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.errors import UnknownLot
from store.model import Lot
from store.session import Session
from store.trace import lineage
from store.trace.accounts import CUSTOMERS, Account, Accounts, Affected, accounts
from store.trace.bulk import collector_at_rest
from store.trace.genealogy import stamp
from store.trace.lineage import PartnerRow
from store.units import SCALE

__all__ = ["Account", "Accounts", "Affected", "Recall", "accounts", "as_document", "examine", "recall", "shown"]


@dataclass(frozen=True, slots=True)
class Recall:
    """A recall of `lot`; `affected` begins with what is recalled, `shipments` are theirs, oldest first."""

    lot: Lot
    opened_at: datetime
    affected: Accounts
    shipments: Sequence[PartnerRow]

    @property
    def itself(self) -> Affected:
        """The recalled lot."""
        return self.affected[0]


def recall(session: Session, lot: str, opened_at: datetime, *, also: Sequence[str] = ()) -> dict[str, Any]:
    """What `floor recall --json` prints: quantities as decimal strings in each lot's base unit.

    `also` are further lots to recall with it; `mass_balance` stays that of `lot`.

    Raises:
        UnknownLot: The plant does not know the lot.
    """
    return as_document(examine(session, lot, opened_at, also=also))


def examine(session: Session, lot: str, opened_at: datetime, *, also: Sequence[str] = ()) -> Recall:
    """Follow a lot, and others recalled with it, to everything that they went into, and account for each.

    Raises:
        UnknownLot: The plant does not know the lot.
    """
    recalled = list(dict.fromkeys([lot, *also]))
    for code in recalled:
        if not session.lots.exists(code):
            raise UnknownLot(code)
    with collector_at_rest():
        reached = {found for code in recalled for found in lineage.reach(session, code, "forward")}
        affected = Accounts(session, recalled, reached)
        shipments = lineage.shipped(session, [code for code in affected.codes if affected.sums(code)[CUSTOMERS]])
    zone = session.connection.database.zone
    return Recall(affected[0].lot, opened_at.astimezone(zone), affected, shipments)


def as_document(report: Recall) -> dict[str, Any]:
    """The report as JSON values."""
    zone = report.opened_at.tzinfo
    account, unit = report.itself.account, report.itself.unit
    return {
        "lot": report.lot.code,
        "product": report.lot.product,
        "opened_at": stamp(report.opened_at),
        "affected": [_affected(found) for found in report.affected],
        "customers": [
            {
                "customer": row.partner,
                "lot": row.lot,
                "quantity": shown(row.quantity),
                **({"returned": shown(row.returned)} if row.returned else {}),
                "unit": row.unit,
                "reference": row.reference,
                "at": stamp(row.at.astimezone(zone)),
            }
            for row in report.shipments
        ],
        "mass_balance": {
            "in": shown(account.into),
            "on_hand": shown(account.on_hand),
            "consumed": shown(account.consumed),
            "scrapped": shown(account.scrapped),
            "shipped": shown(account.shipped),
            "adjusted": shown(account.adjusted),
            "of_which_count_variance": shown(account.variance),
            "unexplained": shown(account.unexplained),
            "accounted_percent": account.percent,
            "unit": unit,
        },
    }


def _affected(found: Affected) -> dict[str, Any]:
    account, unit = found.account, found.unit
    return {
        "lot": found.lot.code,
        "product": found.lot.product,
        "made_or_received": found.lot.made.isoformat(),
        "on_hand": [
            {"location": place, "quantity": shown(quantity), "unit": unit} for place, quantity in found.places.items()
        ],
        "in": shown(account.into),
        "consumed": shown(account.consumed),
        "scrapped": shown(account.scrapped),
        "shipped": shown(account.shipped),
        "adjusted": shown(account.adjusted),
        "unit": unit,
        "accounted_percent": account.percent,
    }


def shown(quantity: int) -> str:
    """1/10,000 of the base unit as a decimal string of base units: 2,885,000 -> `288.5`."""
    whole, rest = divmod(abs(quantity), SCALE)
    told = f"{whole}.{rest:04}".rstrip("0") if rest else str(whole)
    return f"-{told}" if quantity < 0 else told
