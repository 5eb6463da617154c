"""What became of lots: one pass over their balances, however many they are, and records built where they are looked at.

A recall may reach a hundred thousand lots, of which people read a page: so rows stay rows until somebody asks.
"""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple, overload

from store.books.lots import LOT_SELECT, lot_of
from store.database import Database
from store.model import ADJUSTMENT, CUSTOMER, OPENING, SCRAP, SUPPLIER, VARIANCE, Lot, Product
from store.session import Session
from store.trace.bulk import codes


class Account(NamedTuple):
    """What became of a lot, in 1/10,000 of its base unit; a tuple, because a great recall makes many.

    `shipped` is net of what customers gave back; `customers` are how many ever got any of it.
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
    customers: int = 0

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


RECEIVED, MADE, ON_HAND, CONSUMED, SCRAPPED, SHIPPED, VARIED, CORRECTED, CUSTOMERS = range(len(Account._fields))
"""Places in an account."""

_OUTSIDE: Final = "CAST(sum(CASE WHEN b.kind = 'outside' AND {place} THEN {quantity} END) AS BIGINT)"

_SUMS: Final = ", ".join(
    f"coalesce({sum_}, 0)"
    for sum_ in (
        _OUTSIDE.format(
            place=f"(b.place = '{OPENING}' OR substr(b.place, 1, {len(SUPPLIER)}) = '{SUPPLIER}')",
            quantity="-b.quantity",
        ),
        "CAST(sum(b.made) AS BIGINT)",
        "CAST(sum(CASE WHEN b.kind = 'real' THEN b.quantity END) AS BIGINT)",
        "CAST(sum(CASE WHEN b.kind = 'order' THEN b.quantity + b.made END) AS BIGINT)",
        _OUTSIDE.format(place=f"b.place = '{SCRAP}'", quantity="b.quantity"),
        _OUTSIDE.format(place=f"substr(b.place, 1, {len(CUSTOMER)}) = '{CUSTOMER}'", quantity="b.quantity"),
        _OUTSIDE.format(place=f"b.place = '{VARIANCE}'", quantity="b.quantity"),
        _OUTSIDE.format(place=f"b.place = '{ADJUSTMENT}'", quantity="b.quantity"),
        f"sum(CASE WHEN b.kind = 'outside' AND substr(b.place, 1, {len(CUSTOMER)}) = '{CUSTOMER}' THEN 1 END)",
    )
)
"""The fields of an account, summed over the balances of a lot."""

_PLACES: Final = "CAST({object}(b.place, b.quantity) FILTER (WHERE b.kind = 'real' AND b.quantity <> 0) AS TEXT)"

_COLUMNS: Final = ", ".join(f"l.{column}" for column in LOT_SELECT.split(", "))
_LOT: Final = slice(0, _COLUMNS.count(",") + 1)
_SERIAL: Final = _LOT.stop
_ACCOUNT: Final = slice(_SERIAL + 1, _SERIAL + 1 + len(Account._fields))
_STANDS: Final = _ACCOUNT.stop
"""Where in a row lot, serial, account and places stand."""


class Accounts(Sequence[Affected]):
    """Lots that the plant knows with what became of each; rows until they are looked at.

    `lots` stand in the order given, `others` after them in the order in which they came into the books.
    """

    def __init__(self, session: Session, lots: Iterable[str], others: Iterable[str] = ()) -> None:
        self._database: Database = session.connection.database
        self._products: Mapping[str, Product] = session.catalog.products
        given = dict.fromkeys(lots)
        self._rows = _read(session, [*given, *others])
        later = [code for code in self._rows if code not in given]
        later.sort(key=lambda code: self._rows[code][_SERIAL])
        self.codes: Sequence[str] = [*(code for code in given if code in self._rows), *later]

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
        row = self._rows[code]
        places = json.loads(row[_STANDS] or "{}")
        return Affected(
            lot_of(self._database, row[_LOT]),
            self.unit(code),
            Account._make(self.sums(code)),
            dict(sorted(places.items())),
        )

    def sums(self, code: str) -> Sequence[int]:
        """The account of one of the lots as plain numbers."""
        return self._rows[code][_ACCOUNT]

    def unit(self, code: str) -> str:
        """The base unit of one of the lots."""
        return self._products[self._rows[code][1]].base_unit


def accounts(session: Session, lots: Iterable[str]) -> Accounts:
    """What became of each lot and where it stands, in the order given, without lots that the plant does not know."""
    return Accounts(session, lots)


_SQLITE: Final = (
    "json_group_object",
    "lot l LEFT JOIN balance b ON b.lot = l.code WHERE l.code IN (SELECT value FROM json_each(?))",
)
_POSTGRESQL: Final = (
    "json_object_agg",
    "unnest(?::text[]) wanted (code) JOIN lot l USING (code) LEFT JOIN balance b ON b.lot = l.code WHERE TRUE",
)
"""What gathers places, and how lots are looked up; SQLite goes through both tables in their own order."""


def _read(session: Session, lots: Iterable[str]) -> dict[str, Sequence[Any]]:
    """A row a lot."""
    _, listed = codes(session.connection, sorted(set(lots)))
    gathered, found = _SQLITE if session.connection.database.is_sqlite else _POSTGRESQL
    rows = session.connection.execute(
        f"SELECT {_COLUMNS}, l.serial, {_SUMS}, {_PLACES.format(object=gathered)} "
        f"FROM {found} AND NOT l.withdrawn GROUP BY l.code",
        (listed,),
    )
    return {row[0]: row for row in rows}
