"""Reads lots: what they are, where they are, and which were added since somebody last looked."""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from store.books.statements import LOT_COLUMNS
from store.books.time_ids import SETTLED
from store.database import Connection, Database, marks
from store.model import Lot, LotState

LOT_SELECT: Final = ", ".join(LOT_COLUMNS)
"""The columns that `lot_of` takes."""


def lot_of(database: Database, row: Sequence[Any]) -> Lot:
    """The lot of a row of LOT_SELECT."""
    code, product, unit, made, expires, supplier, work_order, on_hold = row
    day = database.read_day
    first = day(made)
    assert first is not None  # noqa: S101  # the column is NOT NULL
    return Lot(code, product, unit, first, day(expires), supplier, work_order, bool(on_hold))


def lot_values(database: Database, lot: Lot, *, on_hold: bool) -> tuple[Any, ...]:
    """What a lot's row holds, in the order of LOT_COLUMNS."""
    made, expires = database.day(lot.made), database.day(lot.expires)
    return (lot.code, lot.product, lot.unit, made, expires, lot.supplier, lot.work_order, on_hold)


def known_lots(connection: Connection, codes: Iterable[str], *, lock: bool) -> dict[str, Lot]:
    """Those of the lots that the plant knows; `lock` keeps others from holding them until the transaction ends."""
    wanted = sorted(set(codes))
    if not wanted:
        return {}
    rows = connection.execute(
        f"SELECT {LOT_SELECT} FROM lot WHERE code IN ({marks(len(wanted))}) AND NOT withdrawn ORDER BY code"
        + (" FOR NO KEY UPDATE" if lock and connection.locks else ""),
        wanted,
    )
    return {row[0]: lot_of(connection.database, row) for row in rows}


def balance_rows(
    connection: Connection, lots: Sequence[str], orders: Sequence[str], *, lock: bool
) -> list[tuple[Any, ...]]:
    """Balances of these lots everywhere and of every lot in these orders, locked in one order."""
    conditions = []
    if lots:
        conditions.append(f"b.lot IN ({marks(len(lots))})")
    if orders:
        conditions.append(f"b.place IN ({marks(len(orders))})")
    return connection.execute(
        "SELECT b.lot, b.place, b.quantity, b.made, b.position, b.counted_at, l.product "
        f"FROM balance b JOIN lot l ON l.code = b.lot WHERE {' OR '.join(conditions)} ORDER BY b.lot, b.place"
        + (" FOR UPDATE OF b" if lock and connection.locks else ""),
        (*lots, *orders),
    )


def lots_with_balances(
    connection: Connection, lots: dict[str, Lot], rows: Iterable[tuple[Any, ...]]
) -> dict[str, LotState]:
    """The states of `lots` from rows of `balance_rows`."""
    moment = connection.database.read_moment
    balances: dict[str, dict[str, int]] = {code: {} for code in lots}
    positions: dict[str, dict[str, int]] = {code: {} for code in lots}
    counted: dict[str, dict[str, datetime]] = {code: {} for code in lots}
    for lot, place, quantity, _made, position, counted_at, _product in rows:
        if lot in lots:
            balances[lot][place] = quantity
            positions[lot][place] = position
            if counted_at is not None:
                counted[lot][place] = moment(counted_at)
    return {code: LotState(lot, balances[code], positions[code], counted[code]) for code, lot in lots.items()}


class Lots:
    """The lots that the plant knows; one whose receipt or production was taken back is none of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, code: str) -> Lot | None:
        """The lot of that code."""
        rows = self._connection.execute(
            f"SELECT {LOT_SELECT} FROM lot WHERE code = ? AND NOT withdrawn",
            (code,),
        )
        return lot_of(self._connection.database, rows[0]) if rows else None

    def among(self, codes: Iterable[str]) -> dict[str, Lot]:
        """Those of the lots that the plant knows, by code, in one statement."""
        return known_lots(self._connection, codes, lock=False)

    def exists(self, code: str) -> bool:
        """Whether the plant knows the lot."""
        return bool(self._connection.execute("SELECT 1 FROM lot WHERE code = ? AND NOT withdrawn", (code,)))

    def held(self) -> frozenset[str]:
        """The lots on hold."""
        rows = self._connection.execute("SELECT code FROM lot WHERE on_hold AND NOT withdrawn")
        return frozenset(code for (code,) in rows)

    def state(self, code: str) -> LotState | None:
        """The lot with its balances over all places."""
        known = known_lots(self._connection, (code,), lock=False)
        if not known:
            return None
        return lots_with_balances(self._connection, known, balance_rows(self._connection, (code,), (), lock=False))[
            code
        ]

    def of_product(self, sku: str) -> list[Lot]:
        """The product's lots, by code."""
        rows = self._connection.execute(
            f"SELECT {LOT_SELECT} FROM lot WHERE product = ? AND NOT withdrawn ORDER BY code",
            (sku,),
        )
        return [lot_of(self._connection.database, row) for row in rows]

    def after(self, serial: int) -> tuple[list[tuple[str, str]], int]:
        """Code and product of the lots added since `serial` (0: all), and the serial to ask with next time.

        On PostgreSQL a serial may be committed after a higher one; until that cannot be any more, the lots behind a
        gap are given again, so that none is ever missed.
        """
        rows = self._connection.execute(
            "SELECT serial, code, product, added, withdrawn FROM lot WHERE serial > ? ORDER BY serial", (serial,)
        )
        database = self._connection.database
        settled: Any = database.moment(datetime.now(database.zone) - SETTLED)
        for number, _, _, added, _ in rows:
            if number != serial + 1 and added >= settled:
                break
            serial = number
        return [(code, product) for _, code, product, _, withdrawn in rows if not withdrawn], serial
