"""The FSMA 204 electronic sortable spreadsheet (21 CFR 1.1455(c)(3)(ii)): one row a lot and critical tracking event.

A run with many inputs and outputs is many rows with one event id. What the books do not hold stays empty, and stands
on the tab Missing with the place where it belongs; nothing is guessed.
"""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import BinaryIO

from store.books.statements import UNREVERSED
from store.model import CUSTOMER, OPENING, Entry, Kind, Lot, standing
from store.records import fsma_elements as fsma
from store.records.fsma_gaps import elements_sheet, missing_sheet
from store.records.sheets import Sheet, Value, write_workbook
from store.records.vocabulary import NAMES, reference_parts
from store.session import Session
from store.trace.bulk import codes, entries_among, entry_numbers, lots_of
from store.units import from_base

Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records: those of `lots`, or those of events from `since` through `until` (days of the plant).

    With neither it is everything. `listed_only` leaves out what is not on the Food Traceability List.
    """

    lots: Sequence[str] | None = None
    since: date | None = None
    until: date | None = None
    listed_only: bool = False

    def __str__(self) -> str:
        """The choice as the first tab tells it."""
        what = f"lots {', '.join(self.lots[:50])}" if self.lots is not None else "all lots"
        more = f" and {len(self.lots) - 50} more" if self.lots is not None and len(self.lots) > 50 else ""  # noqa: PLR2004
        when = f", events from {self.since or 'the beginning'} through {self.until or 'today'}"
        food = "; only foods on the Food Traceability List" if self.listed_only else ""
        return what + more + when + food


def write_sheet(session: Session, target: Path | BinaryIO, wanted: Wanted, now: datetime) -> list[Sheet]:
    """Write the workbook and give the tabs that are in it; `now` carries the plant's time zone."""
    tabs = tabs_of(session, wanted, now)
    write_workbook(target, tabs, "FSMA 204 traceability records")
    return tabs


def tabs_of(session: Session, wanted: Wanted, now: datetime) -> list[Sheet]:
    """The tabs: what this is, the three critical tracking events, what is missing, and each key data element."""
    reader = _Reader(session, wanted)
    rows = {
        fsma.RECEIVING: reader.receiving(),
        fsma.TRANSFORMATION: reader.transformation(),
        fsma.SHIPPING: reader.shipping(),
    }
    if wanted.listed_only:
        rows = {tab: _listed(found) for tab, found in rows.items()}
    tabs = [Sheet(tab, fsma.COLUMNS[tab], found) for tab, found in rows.items()]
    gaps = missing_sheet(rows, reader.unknown_inputs)
    return [_about(session, wanted, now), *tabs, gaps, elements_sheet(rows)]


def _listed(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["Traceability list"] == "yes"]


def _about(session: Session, wanted: Wanted, now: datetime) -> Sheet:
    site = session.catalog.site
    told: list[tuple[str, Value]] = [
        ("What this is", "Traceability records for 21 CFR part 1 subpart S: one tab a critical tracking event"),
        ("Plant", site.values.get("name", "")),
        ("Contact", site.values.get("phone", "")),
        ("Records of", str(wanted)),
        ("Written", now.replace(tzinfo=None)),
        ("Time zone", str(now.tzinfo)),
        ("Rows", "One row for each traceability lot code in an event; rows with the same event id are one event"),
        ("Transformation", "Event id is the work order: every input lot may be in every output lot of the run"),
        ("Quantities", "In the unit of the column Unit, net of returns; a report that was taken back is left out"),
        ("Lot codes", "A lot received keeps the code it came with; a lot made here has its code from this plant"),
        ("TLC source", "Of a lot made here the plant; of a lot received it is not guessed from who delivered it"),
        ("Missing", "What the books do not hold is empty, and listed on the tab Missing"),
    ]
    return Sheet("About", ("What", "Answer"), [{"What": what, "Answer": answer} for what, answer in told])


class _Reader:
    """Rows of each tab, from entries and from the balances of work orders."""

    def __init__(self, session: Session, wanted: Wanted) -> None:
        self.session = session
        self.catalog = session.catalog
        self.wanted = wanted
        self.zone = session.connection.database.zone
        self.unknown_inputs: list[tuple[str, str]] = []
        self.entries = standing(self._entries())
        self.lots: dict[str, Lot] = {}

    def _entries(self) -> list[Entry]:
        """All that may matter; an entry is recorded when it happened or later, so that `since` bounds both."""
        wanted, kinds = self.wanted, (Kind.RECEIVE, Kind.SHIP, Kind.PRODUCE, Kind.CONSUME, Kind.RETURN, Kind.FINISH)
        if wanted.lots is not None:
            found = list(entries_among(self.session, entry_numbers(self.session.connection, wanted.lots)))
        else:
            since = datetime.combine(wanted.since, time.min, self.zone) if wanted.since else None
            found = self.session.ledger.entries(since=since, kinds=kinds)
        return [entry for entry in found if entry.transaction.kind in kinds]

    def _of(self, kind: Kind) -> list[Entry]:
        return [e for e in self.entries if e.transaction.kind == kind and self._within(e.transaction.happened)]

    def _within(self, moment: datetime) -> bool:
        day = moment.astimezone(self.zone).date()
        return (self.wanted.since or day) <= day <= (self.wanted.until or day)

    def _chosen(self, lot: str) -> bool:
        return self.wanted.lots is None or lot in self.wanted.lots

    def receiving(self) -> list[Row]:
        """What suppliers brought, and opening stock that came from one."""
        rows = []
        for entry, lot, quantity in self._lines(Kind.RECEIVE):
            told = entry.transaction
            partner = self.catalog.partners.get(told.partner or "")
            rows.append(
                {
                    **self._what(lot, quantity),
                    "Date received": told.happened.astimezone(self.zone).date(),
                    **fsma.of_partner("Previous source", partner),
                    **fsma.of_site("Receiving location", self.catalog.site),
                    **self._told(entry),
                }
            )
        return _by_date(rows, "Date received")

    def shipping(self) -> list[Row]:
        """What customers got."""
        rows = []
        for entry, lot, quantity in self._lines(Kind.SHIP):
            told = entry.transaction
            partner = self.catalog.partners.get(told.partner or "")
            rows.append(
                {
                    **self._what(lot, quantity),
                    "Date shipped": told.happened.astimezone(self.zone).date(),
                    **fsma.of_partner("Recipient", partner),
                    **fsma.of_site("Shipped from", self.catalog.site),
                    **self._source(lot),
                    **self._told(entry),
                }
            )
        return _by_date(rows, "Date shipped")

    def _lines(self, kind: Kind) -> Iterator[tuple[Entry, str, int]]:
        """Entry, lot and quantity that passed the plant's door."""
        entries = self._of(kind)
        self._learn(lot for entry in entries for lot in entry.transaction.lots)
        for entry in entries:
            sums: dict[str, int] = {}
            for line in entry.transaction.postings:
                outside = line.place.startswith(CUSTOMER) if kind == Kind.SHIP else line.place in self.catalog.places
                if outside and self._chosen(line.lot):
                    sums[line.lot] = sums.get(line.lot, 0) + line.quantity
            yield from ((entry, lot, quantity) for lot, quantity in sums.items() if quantity)

    def transformation(self) -> list[Row]:
        """Every run that made a lot: what of each lot it used, and what it made."""
        done = self._completed()
        wanted, listed = codes(self.session.connection, done)
        balances = self.session.connection.execute(
            f"SELECT b.place, b.lot, b.quantity + b.made, b.made FROM {wanted} CROSS JOIN balance b "
            "WHERE b.place = wanted.code AND b.kind = 'order' ORDER BY b.place, b.lot",
            (listed,),
        )
        used = [(run, "input", lot, quantity) for run, lot, quantity, _ in balances if quantity > 0]
        made = [(run, "output", lot, quantity) for run, lot, _, quantity in balances if quantity > 0]
        made += self._made_before()
        runs = {run for run, _, _, _ in made}
        self._learn(lot for _, _, lot, _ in (*used, *made))
        return [
            {
                **self._what(lot, quantity),
                fsma.EVENT: run,
                "Role": role,
                "Date completed": done[run],
                **fsma.of_site("Transformed at", self.catalog.site),
                **(self._source(lot) if role == "output" else {}),
                "Reference document type": NAMES["prodorder"],
                "Reference document number": run,
            }
            for run, role, lot, quantity in sorted([*used, *made], key=lambda row: (done[row[0]], *row[:3]))
            if run in runs
        ]

    def _completed(self) -> dict[str, date]:
        """The runs that the entries tell of, and the day each was finished, or made something last."""
        connection = self.session.connection
        orders = {e.transaction.work_order for e in self.entries if e.transaction.work_order}
        wanted, listed = codes(connection, sorted(orders))
        rows = connection.execute(
            f"SELECT e.work_order, max(CASE WHEN e.kind = 'finish' THEN e.happened END), max(e.happened) "
            f"FROM {wanted} CROSS JOIN entry e WHERE e.work_order = wanted.code "
            f"AND e.kind IN ('produce', 'finish') AND {UNREVERSED} GROUP BY e.work_order",
            (listed,),
        )
        ends = {run: connection.database.read_moment(finished or last) for run, finished, last in rows}
        return {run: end.date() for run, end in ends.items() if self._within(end)}

    def _made_before(self) -> list[tuple[str, str, str, int]]:
        """Opening stock that was made here: what went into it is not in the books."""
        found = []
        for entry in self._of(Kind.PRODUCE):
            for line in entry.transaction.postings:
                if line.place == OPENING and self._chosen(line.lot) and entry.transaction.work_order:
                    found.append((entry.transaction.work_order, "output", line.lot, -line.quantity))
                    self.unknown_inputs.append((entry.transaction.work_order, line.lot))
        return found

    def _learn(self, lots: Iterable[str]) -> None:
        self.lots |= lots_of(self.session.connection, set(lots) - self.lots.keys())

    def _what(self, code: str, quantity: int) -> Row:
        product = self.catalog.products[self.lots[code].product]
        return {
            fsma.LOT: code,
            "Product description": product.name,
            "Quantity": from_base(quantity, product.base_unit, product.base_unit, product.packs),
            "Unit": product.base_unit,
            "Traceability list": "yes" if product.traceability_list else "no",
            "SKU": product.sku,
            "GTIN": product.gtin,
        }

    def _source(self, code: str) -> Row:
        """Who gave the lot its code: this plant, for what was made here."""
        if self.lots[code].work_order is None:
            return {}
        site: Row = {**fsma.of_site(fsma.SOURCE, self.catalog.site)}
        reference = site.pop(f"{fsma.SOURCE} GLN")
        return {**site, fsma.REFERENCE: reference}

    def _told(self, entry: Entry) -> Row:
        told = entry.transaction
        kind, number = reference_parts(told.reference) if told.reference else (None, None)
        return {
            fsma.EVENT: f"E{entry.number}",
            "Reference document type": NAMES.get(kind or ""),
            "Reference document number": number,
            "Entry": entry.number,
            "Reported by": told.by,
        }


def _by_date(rows: Iterable[Row], column: str) -> list[Row]:
    """The rows as an inspector wants them: by their day, those of one day as they were recorded."""
    return sorted(rows, key=lambda row: str(row[column]))
