"""Tables of the books: lots, append-only entries with their lines, and the balances kept with them."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from store.tables.types import SERIAL, Json, Moment, Row


class LotRow(Row, table=True):
    """A traceability lot. `entry` is the number of the entry that brought it into the world, and tells its facts too.

    `withdrawn` is true after that entry was taken back and nothing else moved it: the plant does not know the lot.
    `serial` orders lots as they were added, `added` is the clock's time of that.
    """

    __tablename__ = "lot"
    __table_args__ = (
        UniqueConstraint("serial", name="uq_lot_serial"),
        Index("ix_lot_product", "product"),
        Index("ix_lot_expires", "expires"),
        Index("ix_lot_on_hold", "code", sqlite_where=text("on_hold"), postgresql_where=text("on_hold")),
    )

    code: str = Field(primary_key=True)
    product: str = Field(foreign_key="product.sku")
    unit: str
    made: date
    expires: date | None = None
    supplier: str | None = None
    work_order: str | None = None
    on_hold: bool
    withdrawn: bool
    entry: int | None = Field(default=None, sa_type=BigInteger, index=True)
    serial: int = Field(sa_type=BigInteger)
    added: datetime = Field(sa_type=Moment)


class EntryRow(Row, table=True):
    """A transaction in the books. `id` is its time-ordered identity, `number` how people and lines refer to it.

    `new_lots` are the facts of the lots that it brought into the world (`store.model.facts_of`): the lot's row must
    say the same.
    """

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("number", name="uq_entry_number"),
        UniqueConstraint("key", name="uq_entry_key"),
        UniqueConstraint("reverses", name="uq_entry_reverses"),
        Index("ix_entry_person", "person", "number"),
        Index("ix_entry_recorded", "recorded"),
        Index("ix_entry_work_order", "work_order", "number", sqlite_where=text("work_order IS NOT NULL"),
              postgresql_where=text("work_order IS NOT NULL")),
    )  # fmt: skip

    id: str = Field(primary_key=True)
    number: int = Field(sa_type=BigInteger)
    kind: str
    happened: datetime = Field(sa_type=Moment)
    recorded: datetime = Field(sa_type=Moment)
    person: str
    channel: str
    said: str
    confidence: float | None = None
    corrections: list[str] = Field(sa_type=Json)
    key: str
    lots: list[str] = Field(sa_type=Json)
    work_order: str | None = None
    partner: str | None = None
    reference: str | None = None
    reason: str | None = None
    note: str | None = None
    approved_by: str | None = None
    attachments: list[str] = Field(sa_type=Json)
    reverses: int | None = Field(default=None, sa_type=BigInteger, foreign_key="entry.number")
    new_lots: list[dict[str, str | None]] = Field(sa_type=Json)


class PostingRow(Row, table=True):
    """One line of an entry; `amount` and `unit` are as said, `happened` is the entry's."""

    __tablename__ = "posting"
    __table_args__ = (
        Index("ix_posting_lot", "lot", "place", "happened"),
        {"sqlite_with_rowid": False},
    )

    entry: int = Field(primary_key=True, sa_type=BigInteger, foreign_key="entry.number")
    line: int = Field(primary_key=True)
    lot: str = Field(foreign_key="lot.code")
    place: str
    quantity: int = Field(sa_type=BigInteger)
    amount: str
    unit: str
    happened: datetime = Field(sa_type=Moment)


class EntryLotRow(Row, table=True):
    """A lot that an entry concerns without a line of its own: a hold, a release, a count that found what it should."""

    __tablename__ = "entry_lot"
    __table_args__ = ({"sqlite_with_rowid": False},)

    lot: str = Field(primary_key=True, foreign_key="lot.code")
    entry: int = Field(primary_key=True, sa_type=BigInteger, foreign_key="entry.number", index=True)


class CountedRow(Row, table=True):
    """A count as an assertion: what was found, against what was expected at which ledger position."""

    __tablename__ = "counted"
    __table_args__ = (
        Index("ix_counted_lot", "lot", "place"),
        {"sqlite_with_rowid": False},
    )

    entry: int = Field(primary_key=True, sa_type=BigInteger, foreign_key="entry.number")
    line: int = Field(primary_key=True)
    lot: str = Field(foreign_key="lot.code")
    place: str
    found: int = Field(sa_type=BigInteger)
    expected: int = Field(sa_type=BigInteger)
    position: int = Field(sa_type=BigInteger)


class BalanceRow(Row, table=True):
    """The sum of a lot's postings in a place, kept in the transaction that posts them.

    `kind` is `real` (never below zero), `order` (a work order) or `outside`. In a work order `made` is what `produce`
    entries took out, so that `quantity + made` is what `consume` and `return` put in: the lineage of the order.
    `change` is what the last entry did here, `position` its number, `last_happened` the latest time of an entry.
    """

    __tablename__ = "balance"
    __table_args__ = (
        CheckConstraint("kind IN ('real', 'order', 'outside')", name="ck_balance_kind"),
        CheckConstraint("kind <> 'real' OR quantity >= 0", name="ck_balance_real"),
        CheckConstraint("kind <> 'order' OR quantity + made >= 0", name="ck_balance_order"),
        CheckConstraint("made >= 0 AND (made = 0 OR kind = 'order')", name="ck_balance_made"),
        Index("ix_balance_made", "place", "made"),
        {"sqlite_with_rowid": False},
    )

    lot: str = Field(primary_key=True, foreign_key="lot.code")
    place: str = Field(primary_key=True)
    kind: str
    quantity: int = Field(sa_type=BigInteger)
    made: int = Field(sa_type=BigInteger)
    change: int = Field(sa_type=BigInteger)
    position: int = Field(sa_type=BigInteger)
    last_happened: datetime = Field(sa_type=Moment)
    counted_at: datetime | None = Field(default=None, sa_type=Moment)


class SealRow(Row, table=True):
    """A link of the chain that shows tampering: the digest of the entries `first` to `last` and of the link before.

    `missing` are the numbers in between that no entry had when it was sealed, `form` is the canonical form of the
    entries that it was made over.
    """

    __tablename__ = "seal"

    number: int = Field(primary_key=True, sa_type=SERIAL, sa_column_kwargs={"autoincrement": False})
    first: int = Field(sa_type=BigInteger)
    last: int = Field(sa_type=BigInteger)
    entries: int
    missing: list[int] = Field(sa_type=Json)
    previous: str
    digest: str
    made: datetime = Field(sa_type=Moment)
    form: int


APPEND_ONLY = ("entry", "posting", "entry_lot", "counted", "seal", "rule_setting")
"""Tables in which triggers refuse UPDATE and DELETE."""
