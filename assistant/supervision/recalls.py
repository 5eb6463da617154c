"""Recalls as people run them: begun, widened, everything that was reached put on hold at once, finished, and kept."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from assistant.messages import Blocked, storable
from assistant.roles import may
from assistant.rules import Request, RuleBook, RuleBroken
from assistant.supervision.enter import Entrance, Refused
from assistant.views import json_shapes
from assistant.views.rows import HeldRow, LotRow, RecallRow
from assistant.wording import names
from assistant.wording.sentences import Said, Wording
from store.model import Entry, Lot, Person, Transaction
from store.savepoint import savepoint
from store.session import Session, Store
from store.trace import recall_log, recall_scope
from store.trace.recall import Recall, examine, shown
from store.trace.recall_log import KeptRecall

TOLD: Final = ("quality", "supervisors")
"""Who hears of a real recall and of what was put on hold for one."""

NAMED: Final = 12
"""So many lots in a sentence."""


def as_row(kept: KeptRecall, zone: ZoneInfo) -> RecallRow:
    """A kept recall as JSON values; amounts are decimal strings in `unit`, `minutes` None while it runs."""
    took = kept.took
    return {
        "number": kept.number,
        "kind": "real" if kept.real else "mock",
        "started": json_shapes.stamp(kept.started, zone),
        "finished": json_shapes.stamp(kept.finished, zone) if kept.finished else None,
        "minutes": round(took.total_seconds() / 60, 1) if took is not None else None,
        "product": kept.product,
        "lot": kept.lot,
        "also": list(kept.also),
        "amount_in_question": shown(kept.in_question),
        "amount_found": shown(kept.found),
        "unit": kept.unit,
        "percent_found": kept.percent,
        "lots": kept.lots,
        "customers": kept.customers,
        "reason": kept.reason,
        "by": kept.person,
        "finished_by": kept.finished_by,
    }


@dataclass(frozen=True, slots=True)
class Recalling:
    """What may be done about a recall; a refusal is a value, and then nothing was done."""

    store: Store
    book: Callable[[Session], RuleBook]
    wording: Wording
    now: Callable[[], datetime]
    zone: ZoneInfo

    def start(self, lot: str, *, by: str, real: bool, reason: str, also: Sequence[str] = ()) -> RecallRow | Blocked:
        """Begin a recall of a lot, and of `also` with it; a real one needs a reason and is told to QA and supervisors.

        Gives the kept recall (`as_row`). The same recall is not begun twice while it runs.
        """
        reason, lot, also = storable(reason), storable(lot), [storable(code) for code in also]

        def work(session: Session) -> RecallRow | Blocked:
            now = self.now()
            session.situation([lot], [], now, now.date())  # locks the lot, so that two who begin at once are told apart
            person = self._allowed(session, by, lot, also)
            if isinstance(person, Blocked):
                return person
            if real and not reason.strip():
                return self._blocked("recall-reason", "recall-reason")
            running = recall_log.running(session, lot, real=real)
            if running is not None:
                values = {"number": running.number, "lot": lot, "at": running.started}
                return self._blocked("recall-running", "recall-running", **values)
            report = examine(session, lot, now, also=also)
            number = recall_log.start(session, report, by, real=real, reason=reason.strip() or None, also=also)
            if real:
                self._tell(session, f"recall:{number}", self._told(person, session, report, number, reason), by, number)
            return self._kept(session, number)

        return self.store.run(work)

    def finish(self, number: int, *, by: str) -> RecallRow | Blocked:
        """Stop the clock of a recall and take its figures anew."""

        def work(session: Session) -> RecallRow | Blocked:
            person = self._person(session, by)
            if isinstance(person, Blocked):
                return person
            if recall_log.get(session, number) is None:
                return self._blocked("unknown-recall", "recall-unknown", number=number)
            if not recall_log.finish(session, number, by, self.now()):
                return self._blocked("recall-finished", "recall-finished", number=number)
            return self._kept(session, number)

        return self.store.run(work)

    def kept(self) -> list[RecallRow]:
        """Every recall that was run, newest first."""
        return self.store.run(lambda s: [as_row(kept, self.zone) for kept in recall_log.kept(s)], write=False)

    def alike(self, lot: str) -> dict[str, list[LotRow]] | None:
        """Other lots of the product: of the same `supplier`, `day`, and `line` on that day, as far as known."""

        def read(session: Session) -> dict[str, list[LotRow]] | None:
            known = session.lots.get(lot)
            if known is None:
                return None
            return {
                name: [_of_lot(other) for other in lots] for name, lots in recall_scope.alike(session, known).items()
            }

        return self.store.run(read, write=False)

    def hold(
        self, lot: str, *, by: str, channel: str, reason: str = "", also: Sequence[str] = (), said: str = ""
    ) -> HeldRow | Blocked:
        """Put everything that the recall reaches and that is still here on hold: all of it or nothing.

        `held` and `already` are lots, `entries` what was posted, `running` the orders that hold some of it and are
        not finished, `say` all that in words. What is on hold stays as it is, so that a second time holds nothing.
        """
        reason, said = storable(reason), storable(said)
        lot, also = storable(lot), [storable(code) for code in also]
        note = f"recall of {lot}: {reason.strip()}" if reason.strip() else f"recall of {lot}"

        def work(session: Session) -> HeldRow | Blocked:
            now, key = self.now(), f"{channel}:{uuid4().hex}"
            person = self._allowed(session, by, lot, also)
            if isinstance(person, Blocked):
                return person
            report = examine(session, lot, now, also=also)
            inside = recall_scope.running(session, [found.lot.code for found in report.affected])
            free = _locked(session, recall_scope.to_hold(report, inside), now)
            told = recall_scope.holds(free, by=by, channel=channel, key=key, happened=now, said=said, note=note)
            posted = self._post(session, person, [*told], now)
            if isinstance(posted, Blocked):
                return posted
            here = dict.fromkeys(found.lot.code for found in report.affected if found.places)
            here |= dict.fromkeys(code for lots in inside.values() for code in lots)
            already = [code for code in here if code not in set(free)]
            say = self._held(session, report.lot, free, already, [*inside])
            if posted:
                who = self.wording.say("tell-recall-held", who=person.name, say=say.eye)
                self._tell(session, f"recall-hold:{posted[0].number}", who, by)
            return {
                "lot": lot,
                "reason": reason.strip() or None,
                "held": free,
                "already": already,
                "running": [{"work_order": order, "lots": lots} for order, lots in inside.items()],
                "entries": [json_shapes.entry(entry, self.zone) for entry in posted],
                "say": say.eye,
            }

        try:
            return self.store.run(work)
        except RuleBroken:
            return self._blocked("engine-broken", "engine-broken")

    def _post(
        self, session: Session, person: Person, told: Sequence[Transaction], now: datetime
    ) -> list[Entry] | Blocked:
        """Enter every hold, or none: with the first refusal what was entered is taken back."""
        entrance, request = Entrance(session, self.book(session), self.wording, now), Request(by=person)
        posted: list[Entry] = []
        refused: Refused | None = None
        with savepoint(session) as trial:
            for one in told:
                entered = entrance.enter(one, session.situation(one.lots, [], now, now.date()), request)
                if isinstance(entered, Refused):
                    refused = entered
                    break
                posted.append(entered.entry)
            trial.keep = refused is None
        if refused is None:
            return posted
        entrance.note(refused.findings, request)
        first = refused.findings[0]
        return Blocked(first.rule, self.wording.blocked(first.say, first.allowed).eye)

    def _held(
        self, session: Session, lot: Lot, held: Sequence[str], already: Sequence[str], orders: Sequence[str]
    ) -> Said:
        what = _what(session, lot)
        if held:
            said = self.wording.say("recall-held", what=what, lots=self._listed(held))
            if already:
                said += self.wording.say("recall-held-before", lots=self._listed(already))
        else:
            said = self.wording.say("recall-held-already" if already else "recall-nothing-here", what=what)
        if orders:
            said += self.wording.say("recall-in-orders", orders=self._listed(orders))
        return said

    def _listed(self, lots: Sequence[str]) -> str:
        more = len(lots) - NAMED
        named = [*lots[:NAMED], *([self.wording.part("and-more", count=more)] if more > 0 else [])]
        return self.wording.listed(named)

    def _allowed(self, session: Session, by: str, lot: str, also: Iterable[str]) -> Person | Blocked:
        """Who recalls these lots, or why they do not."""
        person = self._person(session, by)
        if isinstance(person, Blocked):
            return person
        known = session.lots.get(lot)
        for code in (lot, *also):
            other = session.lots.get(code)
            if known is None or other is None:
                return self._blocked("unknown-lot", "unknown-code", what=f"lot {code}")
            if other.product != known.product:
                return self._blocked("recall-product", "recall-product", lot=code, other=lot)
        return person

    def _person(self, session: Session, code: str) -> Person | Blocked:
        person = session.catalog.people.get(code)
        if person is None or not person.active:
            return self._blocked("unknown-person", "unknown-person", person=code)
        return person if may(person.role, "recall") else self._blocked("recall-role", "recall-role")

    def _told(self, person: Person, session: Session, report: Recall, number: int, reason: str) -> Said:
        return self.wording.say(
            "tell-recall",
            who=person.name,
            number=number,
            what=_what(session, report.lot),
            reason=reason.strip(),
            lots=len(report.affected),
            customers=len({row.partner for row in report.shipments}),
        )

    def _tell(self, session: Session, key: str, said: Said, by: str, number: int | None = None) -> None:
        about = {} if number is None else {"recall": number}
        for sink in TOLD:
            session.outbox.queue(sink, f"{key}:{sink}", {"say": said.eye, "by": by, **about}, self.now())

    def _blocked(self, rule: str, key: str, **values: Any) -> Blocked:  # noqa: ANN401 - whatever the template names
        return Blocked(rule, self.wording.say(key, **values).eye)

    def _kept(self, session: Session, number: int) -> RecallRow:
        kept = recall_log.get(session, number)
        if kept is None:
            raise LookupError(number)
        return as_row(kept, self.zone)


def _what(session: Session, lot: Lot) -> str:
    """`romaine RM1107`."""
    return f"{names.product(session.catalog, lot.product)} {lot.code}"


def _of_lot(lot: Lot) -> LotRow:
    return {
        "lot": lot.code,
        "product": lot.product,
        "made_or_received": lot.made.isoformat(),
        "supplier": lot.supplier,
        "on_hold": lot.on_hold,
    }


def _locked(session: Session, lots: Sequence[str], now: datetime) -> list[str]:
    """Those of the lots that are still free once nobody else can hold them."""
    free: list[str] = []
    for first in range(0, len(lots), recall_scope.BATCH):
        some = lots[first : first + recall_scope.BATCH]
        known = session.situation(some, [], now, now.date()).lots
        free += [code for code in some if code in known and not known[code].lot.on_hold]
    return free
