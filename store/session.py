"""The unit of work: a Session is one SQL transaction of a Store, undone at its end unless told to commit."""

import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from typing import Final, TypeVar

from store import schema
from store.books.catalog import CatalogCache, Master
from store.books.ledger import Ledger
from store.books.lots import Lots, balance_rows, known_lots, lots_with_balances
from store.books.orders import Orders, order_states
from store.database import DRIVER_ERRORS, Connection, Database, meaning
from store.desk.approvals import Approvals
from store.desk.firings import Firings
from store.desk.inbox import Inbox
from store.desk.outbox import Outbox
from store.desk.pending import Pending
from store.desk.rule_settings import RuleSettings
from store.desk.warnings import Warnings
from store.errors import Busy, LotExists, StoreError, Unreachable
from store.model import Catalog, Situation

T = TypeVar("T")

ATTEMPTS: Final = 8
"""How often `run` tries a transaction that others keep from its rows."""

PAUSE: Final = 0.01
"""Seconds before the second attempt, at most; doubled with each one after."""


class Session:
    """One SQL transaction of the store; every repository of it sees the same state.

    `spoilt` is the error of a posting that failed half way: nothing of this transaction can be committed then, unless
    a savepoint takes back what that posting wrote.
    """

    def __init__(self, connection: Connection, cache: CatalogCache) -> None:
        self.connection = connection
        self._cache = cache
        self._catalog: Catalog | None = None
        self._master_changed = False
        self.spoilt: BaseException | None = None

    @property
    def catalog(self) -> Catalog:
        """The plant's master data, read again only when it changed."""
        if self._catalog is None:
            self._catalog = self._cache.current(self.connection, keep=not self._master_changed)
        return self._catalog

    @cached_property
    def ledger(self) -> Ledger:
        """Entries, and the only way to write them."""
        return Ledger(self.connection, lambda: self.catalog, self._spoil)

    @cached_property
    def master(self) -> Master:
        """Writes master data."""
        return Master(self.connection, self._forget_catalog)

    @cached_property
    def lots(self) -> Lots:
        """Lots."""
        return Lots(self.connection)

    @cached_property
    def orders(self) -> Orders:
        """Work orders."""
        return Orders(self.connection)

    @cached_property
    def pending(self) -> Pending:
        """Open dialogues."""
        return Pending(self.connection)

    @cached_property
    def inbox(self) -> Inbox:
        """Messages that were answered."""
        return Inbox(self.connection)

    @cached_property
    def outbox(self) -> Outbox:
        """Messages to deliver."""
        return Outbox(self.connection)

    @cached_property
    def approvals(self) -> Approvals:
        """Requests that another person decides."""
        return Approvals(self.connection)

    @cached_property
    def firings(self) -> Firings:
        """Rules that fired."""
        return Firings(self.connection)

    @cached_property
    def rule_settings(self) -> RuleSettings:
        """What people set in the rule book."""
        return RuleSettings(self.connection, self._forget_catalog)

    @cached_property
    def warnings(self) -> Warnings:
        """What deserves somebody's look."""
        return Warnings(self.connection)

    def situation(
        self, lots: Iterable[str], orders: Iterable[str], now: datetime, today: date, *, lock: bool = True
    ) -> Situation:
        """What a judgement needs of these lots and work orders, in at most three statements beside the catalog's.

        `lock` keeps others from moving, holding or reporting on them until the transaction ends; rows are locked in
        one order: lots, orders, balances, each by its key.
        """
        connection = self.connection
        known = known_lots(connection, lots, lock=lock)
        found = self.orders.among(orders, lock=lock)
        rows = []
        if known or found:
            rows = balance_rows(connection, list(known), [order.number for order in found], lock=lock)
        return Situation(
            self.catalog,
            now,
            today,
            lots_with_balances(connection, known, rows),
            order_states(found, rows),
        )

    def commit(self) -> None:
        """Make everything durable; the session is over.

        Raises:
            StoreError: A posting failed half way in this session, so that nothing of it may stay.
        """
        if self.spoilt is not None:
            raise StoreError("A posting failed half way; nothing of this transaction was kept.") from self.spoilt
        self.connection.commit()

    def _spoil(self, error: BaseException) -> None:
        self.spoilt = error

    def _forget_catalog(self) -> None:
        self._catalog = None
        self._master_changed = True


class Store:
    """The plant's database by its SQLAlchemy address; nothing connects before it is used.

    `timezone` is the plant's: moments are given back in it. `retries` counts the transactions that `run` had to
    try again.
    """

    def __init__(self, url: str, *, timezone: str = "UTC") -> None:
        self.database = Database(url, timezone)
        self.retries = 0
        self._cache = CatalogCache()
        self._checked = False
        self._lock = threading.Lock()

    def migrate(self) -> None:
        """Make the tables, or bring them to the newest version; whole or not at all."""
        with _translated():
            schema.migrate(self.database)

    def check(self) -> None:
        """Raise NotMigrated unless the tables are of the newest version."""
        with _translated():
            schema.check(self.database)
        self._checked = True

    @contextmanager
    def begin(self, *, write: bool = True) -> Iterator[Session]:
        """One SQL transaction; what is not committed is undone at the end.

        A reader sees one unchanging state of the database from its first statement on.

        Raises:
            NotMigrated: The database has no tables yet, or those of another version.
            Busy: Others held the rows for too long, or took part in a conflict; `run` tries again.
            StorageFull: The database cannot be written.
        """
        if not self._checked:
            self.check()
        with _translated():
            connection = self.database.open(write=write)
            try:
                yield Session(connection, self._cache)
            finally:
                connection.close()

    def run(self, work: Callable[[Session], T], *, write: bool = True) -> T:
        """Begin, do the work, commit; tried again a bounded number of times when others were in the way.

        `work` may be called several times and must not do anything but through its session.

        Raises:
            Busy: Others were in the way every time.
            Unreachable: Nobody answers at the database's address.
        """
        raced = False
        last: StoreError | None = None
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self.begin(write=write) as session:
                    result = work(session)
                    session.commit()
                    return result
            except Busy as busy:
                last = busy
            except LotExists as exists:
                if raced:
                    raise
                raced, last = True, exists
            with self._lock:
                self.retries += 1
            if attempt < ATTEMPTS:
                time.sleep(random.uniform(0, PAUSE * 2**attempt))  # noqa: S311  # spreads, hides nothing
        if isinstance(last, Unreachable):
            raise last
        raise Busy(ATTEMPTS) from last

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.database.engine.dialect.name

    def close(self) -> None:
        """Close every connection; the store may be used again."""
        self.database.engine.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    """Driver errors as what they are to us; faults of ours stay as they are."""
    try:
        yield
    except DRIVER_ERRORS as error:
        known = meaning(error)
        if known is None:
            raise
        raise known from error
