"""What the Slack channel needs of the assistant, named in one place."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from assistant.messages import Channel, Reply, Table, Utterance
from assistant.settings import Settings


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

    @property
    def aliases(self) -> Sequence[str]:
        """What else people call it."""


class Catalog(Protocol):
    """The plant's master data, as far as this channel looks at it."""

    @property
    def places(self) -> Mapping[str, Place]:
        """Every place by code."""


class Figures(Protocol):
    """A report of the plant."""

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

    def waiting(self, person: str, channel: Channel) -> tuple[str, tuple[str, ...]] | None:
        """What the person is being asked, and the options."""

    def stock(
        self, *, lots: Sequence[str] | None = None, product: str | None = None, at: str | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """On-hand rows."""

    def entries(
        self, *, lot: str | None = None, since: datetime | None = None, by: str | None = None, limit: int | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Ledger entries, newest last."""

    def recall(self, lot: str) -> Mapping[str, Any] | None:
        """Everything the lot reached; None for an unknown lot."""

    def orders(self) -> Sequence[Mapping[str, Any]]:
        """Every work order."""

    def requests(self) -> Sequence[Mapping[str, Any]]:
        """Open approval requests with their evidence."""

    def request(self, number: int) -> Mapping[str, Any] | None:
        """One request, open or decided: also `status`, `decided_by`, `note`, `decided_at`."""

    def warnings(self, open_only: bool = True) -> Sequence[Mapping[str, Any]]:  # noqa: FBT001, FBT002 - the assistant's
        """Warnings that were raised."""

    def warned(self, numbers: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
        """The numbered warnings as they stand now: `say`, `seen`, `times`, by whom and when acknowledged, `closed`."""

    def acknowledge(self, number: int, person: str) -> bool:
        """Somebody takes care of a warning; False when somebody did before, or it is closed."""

    def figures(self, name: str, since: date | None = None, until: date | None = None) -> Figures | None:
        """The report of that name over these days; None where there is no such report."""

    def today(self) -> date:
        """The plant's day."""


DECIDERS = frozenset({"supervisor", "qa"})
"""The roles that see what is open for decision; whether somebody may decide is judged by the conversation."""
