"""What became of lots: one pass over their balances, however many they are, and records built where they are looked at.

A recall may reach a hundred thousand lots, of which people read a page: so rows stay rows until somebody asks.
"""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple, overload

from store.database import Database
from store.lots import LOT_SELECT, lot_of
from store.many import codes
from store.model import ADJUSTMENT, CUSTOMER, OPENING, SCRAP, SUPPLIER, VARIANCE, Lot, Product
from store.places import ORDER, REAL
from store.session import Session


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


Passage = tuple[str, str, int, int]
"""A lot, a run, how much of the lot it took, and how much of the lot it made, net of what was taken back."""

RECEIVED, MADE, ON_HAND, CONSUMED, SCRAPPED, SHIPPED, VARIED, CORRECTED = range(len(Account._fields))
"""Places in an account."""

_BALANCES: Final = "SELECT b.lot, b.place, b.kind, b.quantity, b.made FROM {wanted} CROSS JOIN balance b "
_OF_LOTS: Final = "WHERE b.lot = wanted.code AND (b.quantity <> 0 OR b.made <> 0)"


class Accounts(Sequence[Affected]):
    """Lots that the plant knows with what became of each; rows until they are looked at.

    `lots` stand in the order given, `others` after them in the order in which they came into the books. `passages` are
    those of all these lots through runs, in no order.
    """

    def __init__(self, session: Session, lots: Iterable[str], others: Iterable[str] = ()) -> None:
        self._database: Database = session.connection.database
        self._products: Mapping[str, Product] = session.catalog.products
        given = dict.fromkeys(lots)
        wanted, listed = codes(session.connection, sorted({*given, *others}))
        self._lots = self._known(session, wanted, listed)
        later = sorted(self._lots.keys() - given.keys(), key=lambda code: self._lots[code][-1])
        self.codes: Sequence[str] = [*(code for code in given if code in self._lots), *later]
        self._sums: dict[str, list[int]] = {}
        self._places: dict[str, dict[str, int]] = {}
        self.passages: list[Passage] = []
        self._read(session.connection.execute(_BALANCES.format(wanted=wanted) + _OF_LOTS, (listed,)))

    @staticmethod
    def _known(session: Session, wanted: str, listed: Any) -> dict[str, Sequence[Any]]:  # noqa: ANN401  # the driver's
        """The row of each lot, its serial last."""
        columns = ", ".join(f"l.{column}" for column in LOT_SELECT.split(", "))
        rows = session.connection.execute(
            f"SELECT {columns}, l.serial FROM {wanted} CROSS JOIN lot l WHERE l.code = wanted.code AND NOT l.withdrawn",
            (listed,),
        )
        return {row[0]: row for row in rows}

    def _read(self, rows: Iterable[tuple[str, str, str, int, int]]) -> None:
        """Sort every balance into its lot's account; this runs for each of hundreds of thousands."""
        sums, places, passages = self._sums, self._places, self.passages
        ends: dict[str, int] = {}
        for lot, place, kind, quantity, made in rows:
            account = sums.get(lot)
            if account is None:
                account = sums[lot] = [0] * len(Account._fields)
            if kind == ORDER:
                took = quantity + made
                account[CONSUMED] += took
                account[MADE] += made
                passages.append((lot, place, took, made))
            elif kind == REAL:
                account[ON_HAND] += quantity
                there = places.get(lot)
                if there is None:
                    places[lot] = {place: quantity}
                else:
                    there[place] = quantity
            else:
                end = ends.get(place)
                if end is None:
                    end = ends[place] = _end(place)
                account[end] += -quantity if end == RECEIVED else quantity

    def __iter__(self) -> Iterator[Affected]:
        return map(self.of, self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, index: int) -> Affected: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Affected]: ...
    def __getitem__(self, index: int | slice) -> Affected | Sequence[Affected]:
        """The lot in that place of the order."""
        if isinstance(index, slice):
            return [self.of(code) for code in self.codes[index]]
        return self.of(self.codes[index])

    def of(self, code: str) -> Affected:
        """What became of one of the lots."""
        lot = lot_of(self._database, self._lots[code][:-1])
        places = self._places.get(code, {})
        return Affected(lot, self.unit(code), self.account(code), dict(sorted(places.items())))

    def account(self, code: str) -> Account:
        """The account of one of the lots."""
        return Account._make(self.sums(code))

    def sums(self, code: str) -> Sequence[int]:
        """The account of one of the lots as plain numbers."""
        return self._sums.get(code) or Account()

    def unit(self, code: str) -> str:
        """The base unit of one of the lots."""
        return self._products[self._lots[code][1]].base_unit


def accounts(session: Session, lots: Iterable[str]) -> Accounts:
    """What became of each lot and where it stands, in the order given, without lots that the plant does not know."""
    return Accounts(session, lots)


def _end(place: str) -> int:
    """The place in an account of what stands in a virtual place."""
    if place == OPENING or place.startswith(SUPPLIER):
        return RECEIVED
    if place.startswith(CUSTOMER):
        return SHIPPED
    return {SCRAP: SCRAPPED, VARIANCE: VARIED, ADJUSTMENT: CORRECTED}[place]
