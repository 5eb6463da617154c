"""Everything a channel or the command line may ask for, in one object."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from assistant.conversation import state_json
from assistant.conversation.hear import Conversation
from assistant.conversation.questions import offers
from assistant.exports import workbooks
from assistant.intents.say.phrases import phrases
from assistant.messages import Blocked, Channel, Reply, Table, Utterance
from assistant.reports.plausible import Sense
from assistant.settings import Settings
from assistant.supervision import rule_settings
from assistant.supervision import warnings as alerts
from assistant.supervision.figures import Figures
from assistant.supervision.performance import Reporting
from assistant.supervision.recalls import Recalling
from assistant.supervision.rule_book import Shelf
from assistant.supervision.shipping_notices import Received, Receiving
from assistant.views import books, orders, requests, understanding, warnings
from assistant.views.rows import (
    DecidedRequest,
    EntryRow,
    Genealogy,
    Health,
    HeldRow,
    LotRow,
    OrderRow,
    RecallReport,
    RecallRow,
    RequestRow,
    RuleRow,
    StockRow,
    WarningRow,
    WarningState,
)
from assistant.views.vocabulary import PlantWords
from store.model import Catalog, LotState, Person
from store.session import Session, Store
from store.trace import lineage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Assistant:
    """Everything a channel or the command line may ask for."""

    settings: Settings
    store: Store
    zone: ZoneInfo
    book: Shelf
    words: PlantWords
    now: Callable[[], datetime]
    conversation: Conversation

    def hear(self, said: Utterance) -> Reply:
        """The answer to one utterance."""
        return self.conversation.hear(said)

    def people(self) -> list[Person]:
        """Everybody who may report."""
        return [p for p in self._read(lambda s: s.catalog).people.values() if p.active]

    def catalog(self) -> Catalog:
        """The plant's master data."""
        return self._read(lambda s: s.catalog)

    def lot(self, code: str) -> LotState | None:
        """A lot and how much of it is where; None for one that the plant does not know."""
        return self._read(lambda s: s.lots.state(code))

    def stock(
        self,
        *,
        lots: Iterable[str] | None = None,
        product: str | None = None,
        at: str | None = None,
        wip: bool = False,
    ) -> list[StockRow]:
        """On-hand rows; see `views.books.stock`."""
        return self._read(lambda s: books.stock(s, self.today(), lots=lots, product=product, at=at, wip=wip))

    def entries(
        self,
        *,
        lot: str | None = None,
        since: datetime | None = None,
        by: str | None = None,
        limit: int | None = None,
    ) -> list[EntryRow]:
        """Ledger entries, newest last."""
        return self._read(lambda s: books.entries(s, self.zone, lot=lot, since=since, by=by, limit=limit))

    def trace(self, lot: str, direction: lineage.Direction | None = None) -> Genealogy | None:
        """Where a lot came from and went; None for an unknown lot."""
        return self._read(lambda s: books.trace(s, lot, direction))

    def recall(self, lot: str, also: Sequence[str] = ()) -> RecallReport | None:
        """Everything the lots reached; None where one of them is unknown."""
        return self._read(lambda s: books.recall(s, lot, self.now(), also))

    def start_recall(
        self, lot: str, *, by: str, real: bool, reason: str = "", also: Sequence[str] = ()
    ) -> RecallRow | Blocked:
        """Begin a recall, real or an exercise; see `recalling.Recalling.start`."""
        return self._recalling().start(lot, by=by, real=real, reason=reason, also=also)

    def finish_recall(self, number: int, *, by: str) -> RecallRow | Blocked:
        """Stop the clock of a recall; see `recalling.Recalling.finish`."""
        return self._recalling().finish(number, by=by)

    def recalls(self) -> list[RecallRow]:
        """Every recall that was run, newest first, in the shape of `floor recalls --json`."""
        return self._recalling().kept()

    def hold_reached(
        self, lot: str, *, by: str, channel: str, reason: str = "", also: Sequence[str] = (), said: str = ""
    ) -> HeldRow | Blocked:
        """Put everything that a recall of the lot reaches on hold; see `recalling.Recalling.hold`."""
        return self._recalling().hold(lot, by=by, channel=channel, reason=reason, also=also, said=said)

    def alike(self, lot: str) -> dict[str, list[LotRow]] | None:
        """Other lots that may share the lot's fault, by supplier, day and line; None for an unknown lot."""
        return self._recalling().alike(lot)

    def _recalling(self) -> Recalling:
        wording = self.conversation.wording.on(self.today())
        return Recalling(self.store, self.book, wording, self.now, self.zone)

    def receive_notice(
        self, path: Path, *, by: str, at: str | None = None, standard: bool = False, dry: bool = False
    ) -> Received:
        """Receive what a supplier's shipping notice tells; see `receiving.Receiving.receive`."""
        wording = self.conversation.wording.on(self.today())
        receiving = Receiving(self.store, self.book, wording, self.now)
        return receiving.receive(path, by=by, at=at, standard=standard, dry=dry)

    def figures(
        self,
        name: str,
        since: date | None = None,
        until: date | None = None,
        *,
        by: str = "product",
        period: str = "week",
    ) -> Figures | None:
        """A report (yields, shrink, suppliers, accuracy, exposure); see `reporting.Reporting.figures`."""
        wording = self.conversation.wording.on(self.today())
        return self._read(
            lambda s: Reporting(s, self.book(s), wording, self.today()).figures(
                name, since, until, by=by, period=period
            )
        )

    def workbook(self, table: Table) -> bytes:
        """A table as XLSX."""
        return workbooks.of_table(table)

    def recall_workbooks(self, lot: str, also: Sequence[str] = ()) -> Mapping[str, bytes] | None:
        """What a recall reached and its records, as XLSX by name; None where a lot is unknown."""
        return self._read(lambda s: workbooks.of_recall(s, lot, self.now(), also))

    def place(self, said: str) -> str | None:
        """The code of the place that these words name, and nothing else; None where they name none."""
        return self._read(lambda s: understanding.place(said, self.words(s), self.today()))

    def rules(self) -> list[RuleRow]:
        """The rule book."""
        return self._read(lambda s: rule_settings.rows(s, self.book(s), self.zone))

    def orders(self) -> list[OrderRow]:
        """Every work order with what was made and what is in it."""
        return self._read(orders.orders)

    def requests(self) -> list[RequestRow]:
        """Open approval requests with their evidence."""
        return self._read(lambda s: requests.waiting(s, self.now(), self.zone, self.conversation.wording))

    def request(self, number: int) -> DecidedRequest | None:
        """One approval request, open or not, with what was decided on it; None for one that there is not."""
        return self._read(lambda s: requests.request(s, number, self.zone, self.conversation.wording))

    def warnings(self, open_only: bool = True) -> list[WarningRow]:  # noqa: FBT001, FBT002 - reads as asked
        """Warnings; open ones are neither acknowledged nor over."""
        return self._read(lambda s: warnings.warnings(s, self.zone, open_only=open_only))

    def warned(self, numbers: Iterable[int]) -> dict[int, WarningState]:
        """Those of the numbered warnings that there are, as they stand now."""
        wording = self.conversation.wording.on(self.today())
        return self._read(lambda s: warnings.states(s, numbers, wording))

    def acknowledge(self, number: int, person: str) -> bool:
        """Somebody takes care of a warning; False for an unknown person, or when it is taken care of or over."""
        return self.store.run(
            lambda s: _active(s, person) and s.warnings.acknowledge(number, person, self.now()),
        )

    def put_aside(self, number: int, person: str) -> bool:
        """Nobody is reminded of a warning for a while; False where `acknowledge` would be, too."""
        return self.store.run(lambda s: _active(s, person) and alerts.put_aside(s, number, person, self.now()))

    def phrases(self, limit: int | None = 20, *, spoken: bool = False, expecting: str | None = None) -> list[str]:
        """Examples of what can be said, with the plant's names; see `intents.phrases`. All of them without a limit."""
        return self._read(lambda s: list(islice(phrases(self.words(s), spoken=spoken, expecting=expecting), limit)))

    def sense(self, said: str, expecting: str | None = None) -> Sense | None:
        """What spoken words say, comparable, if they make sense as a whole at this plant now; else None."""
        return self._read(lambda s: understanding.plausible(said, self.words(s), self.today(), expecting))

    def waiting(self, person: str, channel: Channel, thread: str | None = None) -> tuple[str, tuple[str, ...]] | None:
        """What the person is being asked in a thread of a channel, and the options; None when nothing is open."""
        kept = self._read(lambda s: s.pending.get(person, channel, self.now(), thread=thread))
        question = state_json.from_json(kept).forgetting(self.now())[0].question
        return (question.asking, offers(question.options)) if question else None

    def health(self) -> Health:
        """Whether the books can be read, and how many entries they have. Raises StoreError otherwise."""
        return self._read(lambda s: books.health(s, self.store.dialect))

    def done(self, kind: str) -> str:
        """What was done by an entry of a kind, in words: `receive` -> received."""
        return self.conversation.wording.call("done", kind)

    def today(self) -> date:
        """The plant's day."""
        return self.now().date()

    def _read(self, work: Callable[[Session], T]) -> T:
        return self.store.run(work, write=False)


def _active(session: Session, person: str) -> bool:
    known = session.catalog.people.get(person)
    return known is not None and known.active
