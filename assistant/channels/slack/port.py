"""What the Slack channel needs of the assistant, named in one place."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from assistant.messages import Blocked, Channel, Reply, Table, Utterance
from assistant.roles import MAY
from assistant.settings import Settings
from assistant.views.rows import (
    DecidedRequest,
    EntryRow,
    Genealogy,
    HeldRow,
    OrderRow,
    RecallReport,
    RecallRow,
    RequestRow,
    StockRow,
    WarningRow,
    WarningState,
)


class Person(Protocol):
    """Somebody of the plant, as people.csv has them."""

    @property
    def code(self) -> str:
        """The plant's code of the person."""

    @property
    def name(self) -> str:
        """What people call them."""

    @property
    def role(self) -> str:
        """worker, receiver, supervisor or qa."""

    @property
    def slack_id(self) -> str | None:
        """Their Slack member id."""


class Place(Protocol):
    """A place of the plant."""

    @property
    def name(self) -> str:
        """What people call it."""


class Catalog(Protocol):
    """The plant's master data, as far as this channel looks at it."""

    @property
    def places(self) -> Mapping[str, Place]:
        """Every place by code."""


class Column(Protocol):
    """A column of a report."""

    @property
    def name(self) -> str:
        """Its name in the rows."""

    @property
    def label(self) -> str:
        """What people call it."""


class Figures(Protocol):
    """A report of the plant."""

    @property
    def name(self) -> str:
        """By what it is asked for."""

    @property
    def title(self) -> str:
        """What people call it."""

    @property
    def columns(self) -> Sequence[Column]:
        """Its columns, in the order of the cells."""

    @property
    def cells(self) -> Sequence[Sequence[str]]:
        """Its rows as people read them."""

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Its rows as values, by column name."""

    @property
    def sentence(self) -> str:
        """What is most worth knowing."""

    def table(self) -> Table:
        """Its rows as people read them."""


class Floor(Protocol):
    """The assistant as the Slack channel sees it."""

    @property
    def settings(self) -> Settings:
        """How this assistant runs."""

    @property
    def now(self) -> Callable[[], datetime]:
        """The plant's clock."""

    def hear(self, said: Utterance) -> Reply:
        """The answer to one utterance."""

    def people(self) -> Sequence[Person]:
        """Everybody who may report."""

    def catalog(self) -> Catalog:
        """The plant's master data."""

    def lot(self, code: str) -> object | None:
        """A lot; None for one that the plant does not know."""

    def waiting(self, person: str, channel: Channel, thread: str | None = None) -> tuple[str, tuple[str, ...]] | None:
        """What the person is being asked in a thread, and the options."""

    def stock(
        self, *, lots: Sequence[str] | None = None, product: str | None = None, at: str | None = None
    ) -> Sequence[StockRow]:
        """On-hand rows."""

    def entries(
        self, *, lot: str | None = None, since: datetime | None = None, by: str | None = None, limit: int | None = None
    ) -> Sequence[EntryRow]:
        """Ledger entries, newest last."""

    def recall(self, lot: str, also: Sequence[str] = ()) -> RecallReport | None:
        """Everything the lots reached; None for an unknown one."""

    def recall_workbooks(self, lot: str, also: Sequence[str] = ()) -> Mapping[str, bytes] | None:
        """What a recall reached and its records, as XLSX by name."""

    def start_recall(
        self, lot: str, *, by: str, real: bool, reason: str = "", also: Sequence[str] = ()
    ) -> RecallRow | Blocked:
        """Begin a recall and keep it; gives its row."""

    def finish_recall(self, number: int, *, by: str) -> RecallRow | Blocked:
        """Stop the clock of a recall; gives its row."""

    def recalls(self) -> Sequence[RecallRow]:
        """Every recall that was run, newest first."""

    def hold_reached(
        self, lot: str, *, by: str, channel: str, reason: str = "", also: Sequence[str] = (), said: str = ""
    ) -> HeldRow | Blocked:
        """Put everything that a recall reaches on hold; `say` tells what was, `entries` are what was posted."""

    def trace(self, lot: str) -> Genealogy | None:
        """Where the lot came from and went; None for an unknown lot."""

    def workbook(self, table: Table) -> bytes:
        """A table as XLSX."""

    def place(self, said: str) -> str | None:
        """The code of the place that words name; None where they name none."""

    def orders(self) -> Sequence[OrderRow]:
        """Every work order."""

    def requests(self) -> Sequence[RequestRow]:
        """Open approval requests with their evidence."""

    def request(self, number: int) -> DecidedRequest | None:
        """One request, open or decided: also `status`, `decided_by`, `note`, `decided_at`."""

    def warnings(self, open_only: bool = True) -> Sequence[WarningRow]:  # noqa: FBT001, FBT002 - the assistant's
        """Warnings that were raised."""

    def warned(self, numbers: Sequence[int]) -> Mapping[int, WarningState]:
        """The numbered warnings as they stand now: `say`, `seen`, `times`, who took care or put it aside and when."""

    def acknowledge(self, number: int, person: str) -> bool:
        """Somebody takes care of a warning; False when somebody did before, or it is closed."""

    def figures(self, name: str, since: date | None = None, until: date | None = None) -> Figures | None:
        """The report of that name over these days; None where there is no such report."""

    def put_aside(self, number: int, person: str) -> bool:
        """Nobody is reminded of a warning for a while; False when somebody took care of it, or it is closed."""

    def today(self) -> date:
        """The plant's day."""

    def done(self, kind: str) -> str:
        """What was done by an entry of a kind, in words: `receive` -> received."""


DECIDERS = MAY["approve"]
"""The roles that see what is open for decision; whether somebody may decide is judged by the conversation."""
