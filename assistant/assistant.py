"""Everything a channel or the command line may ask for, in one object."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from assistant.conversation import state_json
from assistant.conversation.hear import Conversation
from assistant.conversation.questions import offers
from assistant.exports import workbooks
from assistant.intents import parse
from assistant.intents.say.phrases import phrases
from assistant.messages import Blocked, Channel, Reply, Table, Utterance
from assistant.reports.plausible import Sense, sense
from assistant.settings import Settings
from assistant.supervision import rule_settings
from assistant.supervision import warnings as alerts
from assistant.supervision.figures import Figures
from assistant.supervision.performance import Reporting
from assistant.supervision.recalls import Recalling
from assistant.supervision.rule_book import Shelf
from assistant.supervision.shipping_notices import Received, Receiving
from assistant.views import json_shapes
from assistant.views.vocabulary import PlantWords
from assistant.wording import names
from store.desk.approvals import Approval
from store.model import Catalog, LotState, Person
from store.session import Session, Store
from store.trace import genealogy, lineage, recall
from store.units import rounded_in, text

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
    ) -> list[dict[str, Any]]:
        """On-hand rows, in the shape of `floor stock --json`."""

        def read(session: Session) -> list[dict[str, Any]]:
            places = session.catalog.within(at) if at else None
            if lots is None:
                rows = session.ledger.stock(product=product, places=places, wip=wip)
            else:
                rows = [
                    r for code in lots for r in session.ledger.stock(lot=code, product=product, places=places, wip=wip)
                ]
            return json_shapes.stock(rows, session.catalog, self.today())

        return self._read(read)

    def entries(
        self,
        *,
        lot: str | None = None,
        since: datetime | None = None,
        by: str | None = None,
        limit: int | None = None,
    ) -> list[dict[str, Any]]:
        """Ledger entries, newest last, in the shape of `floor entries --json`."""

        def read(session: Session) -> list[dict[str, Any]]:
            found = session.ledger.entries(lot=lot, since=since, by=by, limit=limit, newest_first=limit is not None)
            shown = [json_shapes.entry(e, self.zone) for e in found]
            return shown[::-1] if limit is not None else shown

        return self._read(read)

    def trace(self, lot: str, direction: lineage.Direction | None = None) -> dict[str, Any] | None:
        """Genealogy, in the shape of `floor trace --json`; None for an unknown lot."""

        def read(session: Session) -> dict[str, Any] | None:
            if not session.lots.exists(lot):
                return None
            return genealogy.trace(session, lot, direction)

        return self._read(read)

    def recall(self, lot: str, also: Sequence[str] = ()) -> dict[str, Any] | None:
        """Everything the lots reached, in the shape of `floor recall --json`; None where one of them is unknown."""

        def read(session: Session) -> dict[str, Any] | None:
            if not all(session.lots.exists(code) for code in (lot, *also)):
                return None
            return recall.recall(session, lot, self.now(), also=also)

        return self._read(read)

    def start_recall(
        self, lot: str, *, by: str, real: bool, reason: str = "", also: Sequence[str] = ()
    ) -> dict[str, Any] | Blocked:
        """Begin a recall, real or an exercise; see `recalling.Recalling.start`."""
        return self._recalling().start(lot, by=by, real=real, reason=reason, also=also)

    def finish_recall(self, number: int, *, by: str) -> dict[str, Any] | Blocked:
        """Stop the clock of a recall; see `recalling.Recalling.finish`."""
        return self._recalling().finish(number, by=by)

    def recalls(self) -> list[dict[str, Any]]:
        """Every recall that was run, newest first, in the shape of `floor recalls --json`."""
        return self._recalling().kept()

    def hold_reached(
        self, lot: str, *, by: str, channel: str, reason: str = "", also: Sequence[str] = (), said: str = ""
    ) -> dict[str, Any] | Blocked:
        """Put everything that a recall of the lot reaches on hold; see `recalling.Recalling.hold`."""
        return self._recalling().hold(lot, by=by, channel=channel, reason=reason, also=also, said=said)

    def alike(self, lot: str) -> dict[str, list[dict[str, Any]]] | None:
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

        def read(session: Session) -> str | None:
            frames = parse(f"stock {said}", self.words(session), self.today()).frames
            slots = frames[0].slots if len(frames) == 1 else {}
            return str(slots["at"]) if set(slots) == {"at"} else None

        return self._read(read)

    def rules(self) -> list[dict[str, Any]]:
        """The rule book in the shape of `floor rules --json`."""
        return self._read(lambda s: rule_settings.rows(s, self.book(s), self.zone))

    def orders(self) -> list[dict[str, Any]]:
        """Every work order with what was made and what is in it."""

        def read(session: Session) -> list[dict[str, Any]]:
            return [self._order(session, o.number) for o in session.orders.all()]

        return self._read(read)

    def _order(self, session: Session, number: str) -> dict[str, Any]:
        """A work order; `planned` and `made` are both in `unit`, at two decimals."""
        state = session.orders.state(number)
        if state is None:
            return {}
        order, product = state.order, session.catalog.products[state.order.product]

        planned, unit = rounded_in(order.planned, order.unit, product.base_unit, product.packs)
        inputs = []
        for code, quantity in state.inputs.items():
            lot = session.lots.get(code)
            if lot is not None:
                amount, counted_in = names.in_unit(session.catalog, lot, quantity)
                inputs.append({"lot": code, "product": lot.product, "quantity": text(amount), "unit": counted_in})
        out = sum(q for code, q in state.outputs.items() if state.products.get(code) == order.product)
        made, _ = rounded_in(out, unit, product.base_unit, product.packs)
        return {
            "number": order.number,
            "product": order.product,
            "name": product.name,
            "planned": text(planned),
            "unit": unit,
            "line": order.line,
            "status": str(order.status),
            "made": text(made),
            "inputs": inputs,
        }

    def requests(self) -> list[dict[str, Any]]:
        """Open approval requests with their evidence."""
        return self._read(lambda s: [self._request(r) for r in s.approvals.pending(self.now())])

    def request(self, number: int) -> dict[str, Any] | None:
        """One approval request, open or not, with what was decided on it; None for one that there is not."""

        def read(session: Session) -> dict[str, Any] | None:
            found = session.approvals.get(number)
            if found is None:
                return None
            decided_at = json_shapes.stamp(found.decided_at, self.zone) if found.decided_at else None
            decision = {"status": found.status, "decided_by": found.decided_by, "note": found.note}
            return {**self._request(found), **decision, "decided_at": decided_at}

        return self._read(read)

    def _request(self, found: Approval) -> dict[str, Any]:
        return {
            "number": found.number,
            "rule": found.rule,
            "asked_by": found.asked_by,
            "at": json_shapes.stamp(found.at, self.zone),
            "expires": json_shapes.stamp(found.expires, self.zone),
            "say": found.body["say"],
            "said": found.body["transaction"]["said"],
            "evidence": found.evidence,
        }

    def warnings(self, open_only: bool = True) -> list[dict[str, Any]]:  # noqa: FBT001, FBT002 - reads as asked
        """Warnings, in the shape of `floor warnings --json`; open ones are neither acknowledged nor over."""

        def read(session: Session) -> list[dict[str, Any]]:
            return [
                {
                    "id": w.id,
                    "rule": w.rule,
                    "lot": w.lot,
                    "product": w.product,
                    "location": w.place,
                    "say": w.say,
                    "raised": json_shapes.stamp(w.raised, self.zone),
                    "acknowledged_by": w.acknowledged_by,
                }
                for w in session.warnings.list(open_only=open_only)
                if not (open_only and w.acknowledged_by)
            ]

        return self._read(read)

    def warned(self, numbers: Iterable[int]) -> dict[int, dict[str, Any]]:
        """Those of the numbered warnings that there are, as they stand now.

        Each has `say`, `seen` (the last time), `times`, `acknowledged_by`, `acknowledged_at`, `closed`, `rests_until`
        and `rested_by`; the moments are datetimes, and None for what did not happen.
        """
        wording = self.conversation.wording.on(self.today())

        def read(session: Session) -> dict[int, dict[str, Any]]:
            return {
                w.id: {
                    "say": wording.plain(w.say).eye,
                    "seen": w.seen,
                    "times": w.times,
                    "acknowledged_by": w.acknowledged_by,
                    "acknowledged_at": w.acknowledged_at,
                    "closed": w.closed,
                    "rests_until": w.rests_until,
                    "rested_by": w.rested_by,
                }
                for w in map(session.warnings.get, numbers)
                if w is not None
            }

        return self._read(read)

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

        def read(session: Session) -> Sense | None:
            known = self.words(session)
            return sense(parse(said, known, self.today(), channel="voice", expecting=expecting), known)

        return self._read(read)

    def waiting(self, person: str, channel: Channel) -> tuple[str, tuple[str, ...]] | None:
        """What the person is being asked on a channel, and the options; None when nothing is open."""
        kept = self._read(lambda s: s.pending.get(person, channel, self.now()))
        question = state_json.from_json(kept).forgetting(self.now())[0].question
        return (question.asking, offers(question.options)) if question else None

    def health(self) -> dict[str, Any]:
        """Whether the books can be read, and how many entries they have. Raises StoreError otherwise."""

        def read(session: Session) -> dict[str, Any]:
            newest = session.ledger.entries(newest_first=True, limit=1)
            return {"status": "ok", "database": self.store.dialect, "entries": newest[0].number if newest else 0}

        return self._read(read)

    def today(self) -> date:
        """The plant's day."""
        return self.now().date()

    def _read(self, work: Callable[[Session], T]) -> T:
        return self.store.run(work, write=False)


def _active(session: Session, person: str) -> bool:
    known = session.catalog.people.get(person)
    return known is not None and known.active
