"""Recall: every lot that a lot reached, where each stands now, who got it, and whether all of it is accounted for.

Everything is net of what was taken back, because a balance is. The ledger is closed, so that what came in must be on
hand, used, scrapped, shipped or adjusted; what a count found missing is an adjustment, and named as a variance.
"""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Final, NamedTuple

from store import lineage
from store.errors import UnknownLot
from store.genealogy import stamp
from store.lineage import PartnerRow
from store.many import codes, lots_of
from store.model import ADJUSTMENT, CUSTOMER, OPENING, SCRAP, SUPPLIER, VARIANCE, Lot
from store.session import Session
from store.statements import UNREVERSED
from store.units import SCALE


class Account(NamedTuple):
    """What became of a lot, in 1/10,000 of its base unit; a tuple, because a great recall makes many.

    `adjusted` is what counts (`variance`) and approved adjustments took out of stock, negative where they found more.
    """

    received: int = 0
    made: int = 0
    on_hand: int = 0
    consumed: int = 0
    scrapped: int = 0
    shipped: int = 0
    variance: int = 0
    corrected: int = 0

    @property
    def into(self) -> int:
        """What came in: received, opening stock included, and made."""
        return self.received + self.made

    @property
    def adjusted(self) -> int:
        """Count variance and approved adjustments together."""
        return self.variance + self.corrected

    @property
    def unexplained(self) -> int:
        """What came in and is nowhere; anything but zero means that the books do not hold."""
        return self.into - self.on_hand - self.consumed - self.scrapped - self.shipped - self.adjusted

    @property
    def percent(self) -> float:
        """What is accounted for of what came in, to two decimals; short of 100 whenever something is unexplained."""
        if not self.unexplained:
            return 100.0
        if not self.into:
            return 0.0
        found = round(float(Fraction(self.into - self.unexplained, self.into) * 100), 2)
        return found if found != 100.0 else 99.99 if self.unexplained > 0 else 100.01  # noqa: PLR2004  # percent


class Affected(NamedTuple):
    """A lot that a recall reached: what became of it, and how much stands in which real place."""

    lot: Lot
    unit: str
    account: Account
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Recall:
    """A recall of `lot`; `affected` begins with the lot itself, `shipments` are theirs, oldest first."""

    lot: Lot
    opened_at: datetime
    affected: Sequence[Affected]
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
    reached = dict.fromkeys(recalled)
    for code in recalled:
        reached |= dict.fromkeys(lineage.reach(session, code, "forward"))
    affected = accounts(session, list(reached))
    shipped = [found.lot.code for found in affected if found.account.shipped]
    zone = session.connection.database.zone
    return Recall(affected[0].lot, opened_at.astimezone(zone), affected, shipments(session, shipped))


_OUTSIDE: Final = "CAST(sum(CASE WHEN b.kind = 'outside' AND {place} THEN {quantity} ELSE 0 END) AS BIGINT)"

_SUMS: Final = (
    ", ".join(
        (
            "SELECT b.lot",
            _OUTSIDE.format(
                place=f"(b.place = '{OPENING}' OR substr(b.place, 1, {len(SUPPLIER)}) = '{SUPPLIER}')",
                quantity="-b.quantity",
            ),
            "CAST(sum(b.made) AS BIGINT)",
            "CAST(sum(CASE WHEN b.kind = 'real' THEN b.quantity ELSE 0 END) AS BIGINT)",
            "CAST(sum(CASE WHEN b.kind = 'order' THEN b.quantity + b.made ELSE 0 END) AS BIGINT)",
            _OUTSIDE.format(place=f"b.place = '{SCRAP}'", quantity="b.quantity"),
            _OUTSIDE.format(place=f"substr(b.place, 1, {len(CUSTOMER)}) = '{CUSTOMER}'", quantity="b.quantity"),
            _OUTSIDE.format(place=f"b.place = '{VARIANCE}'", quantity="b.quantity"),
            _OUTSIDE.format(place=f"b.place = '{ADJUSTMENT}'", quantity="b.quantity"),
        )
    )
    + " FROM {wanted} CROSS JOIN balance b WHERE b.lot = wanted.code GROUP BY b.lot"
)
"""What became of each lot, in the order of Account's fields."""

_PLACES: Final = (
    "SELECT b.lot, b.place, b.quantity FROM {wanted} CROSS JOIN balance b "
    "WHERE b.lot = wanted.code AND b.kind = 'real' AND b.quantity <> 0 ORDER BY b.lot, b.place"
)


def accounts(session: Session, lots: Sequence[str]) -> list[Affected]:
    """What became of each lot and where it stands, in the order given, without lots that the plant does not know."""
    connection = session.connection
    wanted, listed = codes(connection, lots)
    sums = {row[0]: Account._make(row[1:]) for row in connection.execute(_SUMS.format(wanted=wanted), (listed,))}
    places: dict[str, dict[str, int]] = {}
    for lot, place, quantity in connection.execute(_PLACES.format(wanted=wanted), (listed,)):
        places.setdefault(lot, {})[place] = quantity
    known = lots_of(connection, lots)
    products = session.catalog.products
    nothing = Account()
    return [
        Affected(known[code], products[known[code].product].base_unit, sums.get(code, nothing), places.get(code, {}))
        for code in lots
        if code in known
    ]


_SHIPMENTS: Final = (
    "SELECT e.partner, p.lot, CAST(sum(p.quantity) AS BIGINT), x.base_unit, e.reference, max(e.happened) "
    "FROM {wanted} CROSS JOIN posting p CROSS JOIN entry e CROSS JOIN lot l CROSS JOIN product x "
    "WHERE p.lot = wanted.code AND e.number = p.entry AND l.code = p.lot AND x.sku = l.product "
    f"AND substr(p.place, 1, {len(CUSTOMER)}) = '{CUSTOMER}' AND {UNREVERSED} "
    "GROUP BY e.partner, p.lot, x.base_unit, e.reference"
)


def shipments(session: Session, lots: Sequence[str]) -> list[PartnerRow]:
    """What customers got of these lots, by customer, lot and reference, net of what was taken back, oldest first."""
    wanted, listed = codes(session.connection, lots)
    moment = session.connection.database.read_moment
    rows = [
        PartnerRow(partner, lot, quantity, unit, reference, moment(at))
        for partner, lot, quantity, unit, reference, at in session.connection.execute(
            _SHIPMENTS.format(wanted=wanted), (listed,)
        )
    ]
    return sorted(rows, key=lambda row: (row.at, row.lot, row.partner or "", row.reference or ""))


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
