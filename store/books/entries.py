"""Reads the books: entries as they were recorded, and stock now or at any moment."""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from store.books.lots import LOT_SELECT, lot_of
from store.books.statements import ENTRY_COLUMNS, UNREVERSED
from store.books.time_ids import settled_before
from store.database import Connection, marks
from store.model import Counted, Entry, Kind, Posting, Stock, Transaction, lot_from

CHUNK: Final = 500
"""How many numbers one statement asks for."""

_SELECT: Final = f"SELECT e.number, {', '.join(f'e.{column}' for column in ENTRY_COLUMNS[1:])} FROM entry e"

_OF_LOT: Final = (
    "e.number IN (SELECT entry FROM posting WHERE lot = ? UNION SELECT entry FROM entry_lot WHERE lot = ? "
    "UNION SELECT entry FROM counted WHERE lot = ?)"
)

_REAL_OR_IN_PROGRESS: Final = (
    "(b.kind = 'real' OR (b.kind = 'order' AND b.quantity > 0 AND NOT EXISTS "
    "(SELECT 1 FROM work_order w WHERE w.number = b.place AND w.status = 'finished')))"
)


class Entries:
    """What the books of one SQL transaction say."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def entry(self, number: int) -> Entry | None:
        """The entry of that number."""
        return next(iter(self.entries(numbers=(number,))), None)

    def last_of(self, person: str) -> Entry | None:
        """The person's last entry that is no reversal and not taken back."""
        sql = f"SELECT e.number FROM entry e WHERE e.person = ? AND {UNREVERSED} ORDER BY e.number DESC LIMIT 1"
        found = self._connection.execute(sql, (person,))
        return self.entry(found[0][0]) if found else None

    def entries(  # noqa: PLR0913  # each narrows the list
        self,
        *,
        lot: str | None = None,
        since: datetime | None = None,
        by: str | None = None,
        work_order: str | None = None,
        kinds: Iterable[Kind] | None = None,
        numbers: Iterable[int] | None = None,
        keys: Iterable[str] | None = None,
        after: int | None = None,
        newest_first: bool = False,
        limit: int | None = None,
    ) -> list[Entry]:
        """Entries as they were recorded, oldest first; `since` is by when they were recorded, `after` by number."""
        conditions: list[str] = []
        params: list[Any] = []

        def narrow(condition: str, *values: Any) -> None:  # noqa: ANN401  # what the driver takes
            conditions.append(condition)
            params.extend(values)

        if lot is not None:
            narrow(_OF_LOT, lot, lot, lot)
        if since is not None:
            narrow("e.recorded >= ?", self._connection.database.moment(since))
        if by is not None:
            narrow("e.person = ?", by)
        if work_order is not None:
            narrow("e.work_order = ?", work_order)
        if after is not None:
            narrow("e.number > ?", after)
        for column, wanted in (("kind", kinds), ("number", numbers), ("key", keys)):
            if wanted is not None:
                values = tuple(wanted)
                if not values:
                    return []
                narrow(f"e.{column} IN ({marks(len(values))})", *values)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        order = f" ORDER BY e.number{' DESC' if newest_first else ''}"
        bound = f" LIMIT {int(limit)}" if limit is not None else ""
        return self._whole(self._connection.execute(_SELECT + where + order + bound, params))

    def _whole(self, rows: Sequence[Sequence[Any]]) -> list[Entry]:
        """Entries with their lines and assertions."""
        postings: dict[int, list[Posting]] = {}
        counted: dict[int, list[Counted]] = {}
        numbers = [row[0] for row in rows]
        for start in range(0, len(numbers), CHUNK):
            part = numbers[start : start + CHUNK]
            among = f"({marks(len(part))})"
            for number, lot, place, quantity, amount, unit in self._connection.execute(
                "SELECT entry, lot, place, quantity, amount, unit FROM posting "
                f"WHERE entry IN {among} ORDER BY entry, line",
                part,
            ):
                postings.setdefault(number, []).append(Posting(lot, place, quantity, Decimal(amount), unit))
            for number, *values in self._connection.execute(
                "SELECT entry, lot, place, found, expected, position FROM counted "
                f"WHERE entry IN {among} ORDER BY entry, line",
                part,
            ):
                counted.setdefault(number, []).append(Counted(*values))
        return [self._entry(row, postings.get(row[0], ()), counted.get(row[0], ())) for row in rows]

    def _entry(self, row: Sequence[Any], postings: Iterable[Posting], counted: Iterable[Counted]) -> Entry:
        (
            number, kind, happened, recorded, person, channel, said, confidence, corrections, key, lots, work_order,
            partner, reference, reason, note, approved_by, attachments, reverses, new_lots,
        ) = row  # fmt: skip
        moment = self._connection.database.read_moment
        transaction = Transaction(
            kind=Kind(kind), by=person, channel=channel, key=key, happened=moment(happened), said=said,
            postings=tuple(postings), lots=tuple(json.loads(lots)),
            new_lots=tuple(map(lot_from, json.loads(new_lots))), confidence=confidence,
            corrections=tuple(json.loads(corrections)), work_order=work_order, partner=partner, reference=reference,
            reason=reason, note=note, approved_by=approved_by, counted=tuple(counted),
            attachments=tuple(json.loads(attachments)),
        )  # fmt: skip
        return Entry(number, transaction, moment(recorded), reverses)

    def reports_since(self, since: datetime) -> list[tuple[str, datetime]]:
        """Who recorded something when, since then, oldest first."""
        moment = self._connection.database.moment
        rows = self._connection.execute(
            "SELECT person, recorded FROM entry WHERE recorded >= ? ORDER BY number", (moment(since),)
        )
        read = self._connection.database.read_moment
        return [(person, read(recorded)) for person, recorded in rows]

    def stock(
        self,
        *,
        lot: str | None = None,
        product: str | None = None,
        places: Collection[str] | None = None,
        wip: bool = False,
        at: datetime | None = None,
    ) -> list[Stock]:
        """What is where: quantities other than zero in real places, ordered by lot, then place.

        `wip` adds what unfinished work orders hold; `at` gives the stock as it was at that moment, by when entries
        happened.
        """
        quantity, params = "b.quantity", []
        if at is not None:
            quantity = (
                "(SELECT CAST(coalesce(sum(p.quantity), 0) AS BIGINT) FROM posting p "
                "WHERE p.lot = b.lot AND p.place = b.place AND p.happened <= ?)"
            )
            params.append(self._connection.database.moment(at))
        where = [_REAL_OR_IN_PROGRESS if wip else "b.kind = 'real'"]
        if at is None:
            where.append("b.quantity <> 0")
        for column, value in (("b.lot", lot), ("l.product", product)):
            if value is not None:
                where.append(f"{column} = ?")
                params.append(value)
        if places is not None:
            if not places:
                return []
            where.append(f"b.place IN ({marks(len(places))})")
            params.extend(places)
        columns = ", ".join(f"l.{column}" for column in LOT_SELECT.split(", "))
        rows = self._connection.execute(
            f"SELECT {columns}, b.place, {quantity} FROM balance b JOIN lot l ON l.code = b.lot "
            f"WHERE {' AND '.join(where)}",
            params,
        )
        found = [Stock(lot_of(self._connection.database, row[:-2]), row[-2], row[-1]) for row in rows if row[-1]]
        return sorted(found, key=lambda stock: (stock.lot.code, stock.place))

    def settled(self, after: int = 0) -> int:
        """The highest number below which no entry can still appear, at least `after`.

        On PostgreSQL numbers are given before they are committed, so that a lower one may appear after a higher one;
        one that never appears was rolled back, which is certain once what follows it is older than any transaction.
        """
        rows = self._connection.execute("SELECT number, id FROM entry WHERE number > ? ORDER BY number", (after,))
        horizon = settled_before()
        for number, identity in rows:
            if number != after + 1 and identity >= horizon:
                break
            after = number
        return after
