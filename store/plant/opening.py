"""Posts opening stock in bulk: the same rows that `Ledger.record` would write, a few hundred entries a statement.

Only for lots that the books have never seen, so that nothing has to be locked, netted or compared.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, time
from itertools import islice
from typing import Any, Final, TypeVar

from store.books.lots import lot_values
from store.books.places import OUTSIDE, REAL
from store.books.posting import entry_values
from store.books.statements import ENTRY_COLUMNS, LOT_COLUMNS
from store.database import Connection, Database
from store.model import OPENING, Kind, Lot, Posting, Transaction
from store.plant.files import OpeningLot
from store.units import text

T = TypeVar("T")

IMPORTER: Final = "import"
"""Who and which channel stands with the entries of a load."""

CHUNK: Final = 400
"""Lots posted at a time, between which the progress is told; also values of a statement that looks for many."""

_BALANCE: Final = "lot, place, kind, quantity, made, change, position, last_happened, counted_at"
_POSTING: Final = "entry, line, lot, place, quantity, amount, unit, happened"


def stock_key(row: OpeningLot) -> str:
    """The idempotency key of a row: the lot and its place, whatever else the row says."""
    return f"import:{row.lot}:{row.location}"


def transactions(rows: Sequence[OpeningLot], file: str, now: datetime) -> tuple[Transaction, ...]:
    """The entries that the rows of one lot are: stock in each place, then the hold.

    They happened at the first minute of the day received in the time zone of `now`, and not after `now`.
    """
    first = rows[0]
    began = datetime.combine(first.received, time.min, now.tzinfo)
    posted = tuple(
        Transaction(
            kind=Kind.PRODUCE if row.work_order else Kind.RECEIVE,
            by=IMPORTER,
            channel=IMPORTER,
            key=stock_key(row),
            happened=min(datetime.combine(row.received, time.min, now.tzinfo), now),
            said=f"{file} line {row.line}",
            postings=_postings(row),
            lots=(row.lot,),
            new_lots=(_lot(row),) if row is first else (),
            work_order=row.work_order,
            partner=row.supplier,
            reference=row.reference,
        )
        for row in rows
    )
    if not first.on_hold:
        return posted
    hold = Transaction(
        kind=Kind.HOLD, by=IMPORTER, channel=IMPORTER, key=f"{stock_key(first)}#hold", happened=min(began, now),
        said=posted[0].said, lots=(first.lot,),
    )  # fmt: skip
    return (*posted, hold)


def _postings(row: OpeningLot) -> tuple[Posting, ...]:
    if not row.base_quantity:
        return ()
    return (
        Posting(row.lot, OPENING, -row.base_quantity, -row.quantity, row.unit),
        Posting(row.lot, row.location, row.base_quantity, row.quantity, row.unit),
    )


def _lot(row: OpeningLot) -> Lot:
    return Lot(row.lot, row.product, row.unit, row.received, row.expires, row.supplier, row.work_order)


def record_opening(
    connection: Connection, lots: Iterable[Sequence[Transaction]], recorded: datetime, posted: Callable[[int], None]
) -> None:
    """Post the transactions of lots that are new to the books; `posted` hears how many lots each step posted."""
    waiting = iter(lots)
    while chunk := list(islice(waiting, CHUNK)):
        _record(connection, chunk, recorded)
        posted(len(chunk))


def _record(connection: Connection, lots: Sequence[Sequence[Transaction]], recorded: datetime) -> None:
    database, insert = connection.database, connection.insert_many
    flat = [transaction for lot in lots for transaction in lot]
    numbers = _numbers(connection, "entry_number", "SELECT coalesce(max(number), 0) FROM entry", len(flat))
    numbered = list(zip(numbers, flat, strict=True))
    serials = _numbers(connection, "lot_serial", "SELECT coalesce(max(serial), 0) FROM lot", len(lots))
    added = database.moment(datetime.now(database.zone))
    # Lots come first: two loads at once meet at the lot's key, where the second waits and is then tried again.
    new = [(number, lot) for number, t in numbered for lot in t.new_lots]
    held = {t.lots[0] for t in flat if t.kind == Kind.HOLD}
    insert(
        "lot",
        f"{', '.join(LOT_COLUMNS)}, entry, added, withdrawn, serial",
        [
            (*lot_values(database, lot, on_hold=lot.code in held), number, added, False, serial)
            for serial, (number, lot) in zip(serials, new, strict=True)
        ],
    )
    entries = [(number, *entry_values(database, t, recorded, None)) for number, t in numbered]
    insert("entry", f"number, {', '.join(ENTRY_COLUMNS)}", entries)
    moment = database.moment
    lines = [
        (number, line, p.lot, p.place, p.quantity, text(p.amount), p.unit, moment(t.happened))
        for number, t in numbered
        for line, p in enumerate(t.postings)
    ]
    insert("posting", _POSTING, lines)
    insert("entry_lot", "lot, entry", [(t.lots[0], number) for number, t in numbered if not t.postings])
    insert("balance", _BALANCE, _balances(database, numbered))


def _numbers(connection: Connection, sequence: str, highest: str, count: int) -> list[int]:
    """The next numbers; on SQLite the transaction is alone, on PostgreSQL the sequence gives them."""
    if connection.database.is_sqlite:
        start = connection.execute(highest)[0][0] + 1
        return list(range(start, start + count))
    rows = connection.execute("SELECT nextval(?::regclass) FROM generate_series(1, ?)", (sequence, count))
    return [row[0] for row in rows]


def _balances(database: Database, numbered: Sequence[tuple[int, Transaction]]) -> list[tuple[Any, ...]]:
    """What the lines leave: the real places, each from one entry, and what came from `OPENING` altogether."""
    rows: dict[tuple[str, str], tuple[Any, ...]] = {}
    for number, t in numbered:
        for p in t.postings:
            before, last = (
                (rows[p.lot, p.place][3], rows[p.lot, p.place][7]) if (p.lot, p.place) in rows else (0, t.happened)
            )
            kind = OUTSIDE if p.place == OPENING else REAL
            rows[p.lot, p.place] = (
                p.lot, p.place, kind, before + p.quantity, 0, p.quantity, number, max(last, t.happened), None,
            )  # fmt: skip
    return [(*row[:7], database.moment(row[7]), None) for row in rows.values()]


def chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """The rows in parts of `CHUNK`."""
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]
