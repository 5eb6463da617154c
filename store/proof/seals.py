"""Seals: a chain of digests over the entries that shows when somebody changed the past behind our back.

A seal is the SHA-256 of its own facts, the digest before it and its entries in a canonical form. Whoever changes an
entry must change every later digest too, and those that were posted or printed stay as they were.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from store.books.time_ids import settled_before
from store.database import Connection, marks
from store.proof.raw_entries import FORM, RawEntry, raw_entries
from store.session import Session, Store
from store.tables.types import json_text, moment_text

MOST: Final = 1000
"""Entries under one seal, at most."""

BEGINNING: Final = "0" * 64
"""The digest before the first seal's."""

SHORT: Final = 12
"""Hexadecimal digits of a digest that people compare."""

_COLUMNS: Final = "number, first, last, entries, missing, previous, digest, made, form"
_INSERT: Final = (
    f"INSERT INTO seal ({_COLUMNS}) VALUES ({marks(9)}) "  # noqa: S608  # our names
    "ON CONFLICT (number) DO NOTHING RETURNING number"
)
_BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class Seal:
    """A link of the chain, over the entries `first` to `last`; `missing` are numbers among them that had no entry.

    `form` is the canonical form of the entries that the digest is over (`store.raw_entries.FORM`).
    """

    number: int
    first: int
    last: int
    entries: int
    missing: tuple[int, ...]
    previous: str
    digest: str
    made: datetime
    form: int = FORM

    @property
    def short(self) -> str:
        """The digest as people compare it: `7f3a 90c1 22de`."""
        shown = self.digest[:SHORT]
        return " ".join(shown[start : start + 4] for start in range(0, SHORT, 4))

    def computed(self, entries: Iterable[RawEntry]) -> str:
        """The digest that this seal must have over these entries."""
        sum_ = hashlib.sha256(self.facts())
        for entry in entries:
            sum_.update(entry.canonical(self.form))
        return sum_.hexdigest()

    def facts(self) -> bytes:
        """What the digest says of the seal itself."""
        form = () if self.form == 1 else (self.form,)
        span = (self.number, self.first, self.last, self.entries, self.missing)
        told = (*span, self.previous, moment_text(self.made), *form)
        return f"{json_text(told)}\n".encode()


def seal(store: Store, now: datetime) -> list[Seal]:
    """Seal what can no longer change: every full thousand of entries, and what days before `now`'s left over.

    On PostgreSQL an entry may be committed after one with a higher number. Behind a gap only what is older than any
    transaction can live is sealed, so that no honest entry ever appears under a seal.
    """
    made: list[Seal] = []
    while new := store.run(lambda session: _seal_next(session, now)):
        made.append(new)
    return made


def digest(store: Store) -> Seal | None:
    """The last seal: its digest stands for every entry up to its last one. None before the first."""
    with store.begin(write=False) as session:
        return last_seal(session.connection)


def find(store: Store, said: str) -> Seal | None:
    """The seal whose digest is, or begins with, what was posted; None means that the chain no longer holds it."""
    wanted = "".join(said.split()).lower()
    if len(wanted) < SHORT:
        return None
    with store.begin(write=False) as session:
        sql = f"SELECT {_COLUMNS} FROM seal WHERE substr(digest, 1, {len(wanted)}) = ? ORDER BY number LIMIT 1"  # noqa: S608
        rows = session.connection.execute(sql, (wanted,))
        return _seal_of(session.connection, rows[0]) if rows else None


def last_seal(connection: Connection) -> Seal | None:
    """The last seal that this transaction sees."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM seal ORDER BY number DESC LIMIT 1")  # noqa: S608  # our names
    return _seal_of(connection, rows[0]) if rows else None


def seals(connection: Connection) -> Iterator[Seal]:
    """Every seal in order, a few at a time."""
    sql = f"SELECT {_COLUMNS} FROM seal WHERE number > ? ORDER BY number LIMIT {_BATCH}"  # noqa: S608  # our names
    after = 0
    while rows := connection.execute(sql, (after,)):
        yield from (_seal_of(connection, row) for row in rows)
        after = rows[-1][0]


def _seal_of(connection: Connection, row: Sequence[Any]) -> Seal:
    number, first, last, entries, missing, previous, shown, made, form = row
    at = connection.database.read_moment(made)
    return Seal(number, first, last, entries, tuple(json.loads(missing)), previous, shown, at, int(form))


def _seal_next(session: Session, now: datetime) -> Seal | None:
    """Make the next seal, if there is something to seal and nobody else just did."""
    connection = session.connection
    before = last_seal(connection)
    after = before.last if before else 0
    numbers = _ripe(connection, after, now)
    if not numbers:
        return None
    last, had = numbers[-1], set(numbers)
    missing = tuple(number for number in range(after + 1, last + 1) if number not in had)
    previous, number = (before.digest, before.number + 1) if before else (BEGINNING, 1)
    open_seal = Seal(number, after + 1, last, len(numbers), missing, previous, "", now)
    closed = open_seal.computed(entries_until(raw_entries(connection, after), last))
    made = connection.database.moment(now)
    row = (number, after + 1, last, len(numbers), json_text(missing), previous, closed, made, FORM)
    return replace(open_seal, digest=closed) if connection.execute(_INSERT, row) else None


def _ripe(connection: Connection, after: int, now: datetime) -> list[int]:
    """The numbers of the entries that the next seal is over."""
    rows = connection.execute(
        f"SELECT number, id, recorded FROM entry WHERE number > ? ORDER BY number LIMIT {MOST}",  # noqa: S608  # our number
        (after,),
    )
    database, horizon = connection.database, settled_before()
    today = now.astimezone(database.zone).date()
    settled: list[tuple[int, bool]] = []
    for number, identity, recorded in rows:
        if not database.is_sqlite and number != after + 1 and identity >= horizon:
            break
        settled.append((number, database.read_moment(recorded).date() < today))
        after = number
    if len(settled) == MOST:
        return [number for number, _ in settled]
    while settled and not settled[-1][1]:
        settled.pop()
    return [number for number, _ in settled]


def entries_until(entries: Iterable[RawEntry], last: int) -> Iterator[RawEntry]:
    """The entries up to a number."""
    for entry in entries:
        if entry.number > last:
            return
        yield entry
