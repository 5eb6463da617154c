"""A supplier's shipping notice becomes receipts: through the same rules as reports, all of it or nothing, and once."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from assistant.messages import storable
from assistant.rules import Request, RuleBook, RuleBroken
from assistant.supervision.enter import Entrance, Refused
from assistant.views import json_shapes
from assistant.wording import names
from assistant.wording.sentences import Wording
from store.errors import DuplicateKey
from store.model import Entry, Kind, Person, standing
from store.records.arrivals import Arrival, Notice, receipt
from store.records.notices import read_notice
from store.savepoint import savepoint
from store.session import Session, Store

NAMED: Final = 12
"""So many lots in a sentence."""


@dataclass(slots=True)
class Received:
    """What came of a notice: entries, lots that were received from it before, warnings, faults with file and line.

    With a fault nothing was posted; neither was anything in a dry run, whose entries are what would be.
    """

    entries: list[Entry] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    passed_over: int = 0
    dry: bool = False
    say: str = ""

    def as_document(self, zone: ZoneInfo) -> dict[str, Any]:
        """The same as JSON values."""
        return {
            "entries": [json_shapes.entry(entry, zone) for entry in self.entries],
            "already": self.already,
            "warnings": self.warnings,
            "faults": self.faults,
            "passed_over": self.passed_over,
            "dry_run": self.dry,
            "say": self.say,
        }


@dataclass(frozen=True, slots=True)
class Receiving:
    """Posts notices into the books."""

    store: Store
    book: Callable[[Session], RuleBook]
    wording: Wording
    now: Callable[[], datetime]

    def receive(self, path: Path, *, by: str, at: str | None, standard: bool, dry: bool) -> Received:
        """Receive a file's lots as one person at one place; `at` None takes the plant's only receiving place.

        Raises:
            OSError: The file cannot be read.
        """

        def work(session: Session) -> Received:
            now = self.now()
            person, place = session.catalog.people.get(by), self._place(session, at)
            if person is None or not person.active:
                return Received(faults=[self.wording.say("unknown-person", person=by).eye])
            if place is None:
                return Received(faults=[self._which_place(session, at)])
            notice = read_notice(path, session.catalog, now.date(), standard=standard)
            if notice.faults:
                return Received(faults=[*notice.faults])
            with savepoint(session) as trial:
                posting = self._post(session, notice, person, place, now)
                found = posting.found
                trial.keep = not (dry or found.faults)
            if found.faults:
                if not dry:
                    posting.note_refusals()
                return Received(faults=found.faults)
            found.dry, found.say = dry, self._said(session, found, place, dry=dry)
            return found

        try:
            try:
                return self.store.run(work)
            except DuplicateKey:  # somebody else received the same meanwhile, which is seen now
                return self.store.run(work)
        except RuleBroken:
            return Received(faults=[self.wording.say("engine-broken").eye])

    def _place(self, session: Session, at: str | None) -> str | None:
        places = session.catalog.places
        if at is not None:
            return at if at in places else None
        receiving = [place.code for place in places.values() if place.kind == "receiving"]
        return receiving[0] if len(receiving) == 1 else None

    def _which_place(self, session: Session, at: str | None) -> str:
        if at is not None:
            return self.wording.say("rule-no-place", place=at).eye
        codes = [place.code for place in session.catalog.places.values() if place.kind == "receiving"]
        return self.wording.say("receive-which-place", places=self.wording.listed(codes, "or") or "-").eye

    def _post(self, session: Session, notice: Notice, person: Person, place: str, now: datetime) -> "_Posting":
        entrance = Entrance(session, self.book(session), self.wording, now)
        posting = _Posting(entrance, person, place, Received(passed_over=notice.passed_over))
        for arrival in notice.arrivals:
            posting.take(arrival)
        return posting

    def _said(self, session: Session, found: Received, place: str, *, dry: bool) -> str:
        said = self.wording.say(
            ("receive-would" if dry else "receive-done") if found.entries else "receive-nothing",
            place=names.place(session.catalog, place),
            lots=self._listed([entry.transaction.lots[0] for entry in found.entries]),
        )
        if found.already:
            said += self.wording.say("receive-before", lots=self._listed(found.already))
        if found.passed_over:
            said += self.wording.say("receive-passed", count=found.passed_over)
        return said.eye

    def _listed(self, lots: list[str]) -> str:
        more = len(lots) - NAMED
        named = [*lots[:NAMED], *([self.wording.part("and-more", count=more)] if more > 0 else [])]
        return self.wording.listed(named)


@dataclass(frozen=True, slots=True)
class _Posting:
    """One notice on its way into the books; `found` gathers what comes of it, `refused` what rules spoke against."""

    entrance: Entrance
    person: Person
    place: str
    found: Received
    refused: list[Refused] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return self.entrance.session

    @property
    def wording(self) -> Wording:
        return self.entrance.wording

    def note_refusals(self) -> None:
        """Keep that the rules fired, after the trial that they fired on was taken back."""
        for refused in self.refused:
            self.entrance.note(refused.findings, Request(by=self.person))

    def take(self, arrival: Arrival) -> None:
        """Post an arrival, or note why not."""
        entries = self.session.ledger.entries(lot=arrival.lot, kinds=[Kind.RECEIVE])
        brought = [entry for entry in entries if entry.reverses is None]
        there = standing(entries)
        key = _key(arrival)
        mine = [entry for entry in brought if entry.transaction.key.partition("~")[0] == key]
        if any(entry in there for entry in mine):
            self.found.already.append(arrival.lot)
        elif not self._contradicts(arrival, there):
            self._post(arrival, key if not mine else f"{key}~{len(mine) + 1}")

    def _contradicts(self, arrival: Arrival, standing: Sequence[Entry]) -> bool:
        """Whether the books speak against the arrival, with a fault that says how."""
        lot, session = arrival.lot, self.session
        same = next((e for e in standing if _plain(e.transaction.reference) == _plain(arrival.reference)), None)
        if same is not None:
            values = {"number": same.number, "reference": same.transaction.reference or "-"}
            return self._fault(arrival, "receive-again", lot=lot, **values)
        known = session.lots.get(lot)
        if known is None:
            others = (other.code for other in session.lots.of_product(arrival.product.sku))
            other = next((code for code in others if _bare(code) == _bare(lot)), None)
            return other is not None and self._fault(arrival, "receive-as", lot=lot, other=other)
        if known.product == arrival.product.sku and arrival.expires not in {None, known.expires}:
            values = {"known": str(known.expires or "-"), "told": str(arrival.expires)}
            return self._fault(arrival, "receive-expiry", lot=lot, **values)
        return False

    def _fault(self, arrival: Arrival, part: str, **values: object) -> bool:
        self.found.faults.append(f"{arrival.where}: {self.wording.part(part, **values)}")
        return True

    def _post(self, arrival: Arrival, key: str) -> None:
        """Judged by the rules inside the lock; what a report would be refused, or sent for approval, is a fault."""
        session, now, lot = self.session, self.entrance.now, arrival.lot
        by, said = self.person.code, storable(arrival.where)
        told = receipt(arrival, self.place, by=by, channel="console", key=key, happened=now, said=said)
        before = session.situation([lot], [], now, now.date())
        if lot in before.lots:
            told = replace(told, new_lots=())
        request = Request(by=self.person, products={lot: arrival.product.sku})
        entered = self.entrance.enter(told, before, request)
        if isinstance(entered, Refused):
            self.refused.append(entered)
            says = [self.wording.plain(finding.say).eye for finding in entered.findings]
            self.found.faults += [f"{arrival.where}: {say}" for say in says]
            return
        self.found.entries.append(entered.entry)
        self.found.warnings += [self.wording.plain(finding.say).eye for finding in entered.warned]


def _key(arrival: Arrival) -> str:
    """The same lot, quantity, sender and document is the same arrival, in whatever file it is told."""
    told = [arrival.lot, arrival.product.sku, arrival.quantity, arrival.partner, _plain(arrival.reference)]
    return f"notice:{hashlib.sha256(json.dumps(told).encode()).hexdigest()[:40]}"


def _plain(reference: str | None) -> str:
    return " ".join((reference or "").split()).casefold()


def _bare(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())
