"""The recall folder: everything that a recall needs, in files that others can open without this program."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from store.difference import Difference
from store.model import Catalog, Entry
from store.proof.verify import verify
from store.records.affected import write_affected
from store.records.epcis import document
from store.records.epcis_checks import faults
from store.records.fsma204 import Wanted, write_sheet
from store.records.layout import Picture, genealogy
from store.records.summary import page, record
from store.records.summary_html import html
from store.records.summary_pdf import write_pdf
from store.records.svg import svg
from store.session import Session, Store
from store.trace import lineage, recall_log
from store.trace.bulk import entries_among, entry_numbers
from store.trace.mass_balance import TraceBalance, trace_balance
from store.trace.recall import Recall, as_document, examine

SUMMARY: Final = "summary.html"

FILES: Final[Sequence[tuple[str, str]]] = (
    ("summary.pdf", "this page for printing"),
    ("affected-lots.xlsx", "lots, stock, shipments, customers to call, mass balance"),
    ("genealogy.svg", "where the lot came from and where it went"),
    ("fsma204.xlsx", "traceability records by critical tracking event (21 CFR 1.1455)"),
    ("epcis.json", "the same events in GS1 EPCIS 2.0"),
    ("recall.json", "this report for programs"),
    ("entries.json", "the ledger's entries of every lot in the trace"),
    ("verification.txt", "what proving the whole ledger said"),
)
"""What lies beside the summary, and what it is."""

HOLDS: Final = "The ledger holds: balances, lineage and seals agree with the entries."


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: report, files, the ledger's first difference if it does not hold, and EPCIS faults if any."""

    report: Recall
    traced: TraceBalance
    files: Sequence[Path]
    difference: Difference | None
    epcis_faults: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Read:
    """Everything that the files say, read in one state of the books."""

    report: Recall
    traced: TraceBalance
    catalog: Catalog
    entries: Sequence[Entry]
    epcis: Mapping[str, Any]
    picture: Picture


def write_folder(
    store: Store,
    lot: str,
    folder: Path,
    opened_at: datetime,
    *,
    as_json: Callable[[Entry], Mapping[str, Any]],
    clock: Callable[[], datetime],
    also: Sequence[str] = (),
) -> Written:
    """Write the recall of a lot, and of lots recalled with it, into a folder, which is made where it is missing.

    The records are of everything that the lots went into, and of everything that went into them. `as_json` shows
    an entry as the command line does; `clock` tells when the folder was done, in the plant's time zone.

    Raises:
        UnknownLot: The plant does not know a lot.
        OSError: The folder cannot be written.
    """
    with store.begin(write=False) as session:
        report = examine(session, lot, opened_at, also=also)
        kept = next((one for one in recall_log.kept(session) if one.lot == lot), None)
        folder.mkdir(parents=True, exist_ok=True)
        trace = _trace(session, report, [lot, *also])
        read = _read(session, report, trace, clock())
        write_sheet(session, folder / "fsma204.xlsx", Wanted(lots=trace), clock())
    difference = verify(store)
    proof = HOLDS if difference is None else f"The ledger does not hold: {difference}"
    write_affected(folder / "affected-lots.xlsx", read.catalog, report, read.traced)
    _text(folder / "genealogy.svg", svg(read.picture))
    _json(folder / "epcis.json", read.epcis)
    _json(folder / "recall.json", as_document(report))
    _json(folder / "entries.json", [as_json(entry) for entry in read.entries])
    _text(folder / "verification.txt", f"{clock().isoformat(timespec='seconds')}\n{proof}\n")
    told = page(read.catalog, report, read.traced, written=clock(), proof=proof, files=FILES)
    more = record(read.catalog, [code for code in also if code != lot], kept)
    told = replace(told, facts=[*told.facts, *more])
    _text(folder / SUMMARY, html(told))
    write_pdf(folder / "summary.pdf", told, read.picture)
    paths = [folder / name for name in (SUMMARY, *(name for name, _ in FILES))]
    return Written(report, read.traced, paths, difference, faults(read.epcis))


def _read(session: Session, report: Recall, trace: Sequence[str], now: datetime) -> _Read:
    entries = list(entries_among(session, entry_numbers(session.connection, trace)))
    return _Read(
        report,
        trace_balance(session, report),
        session.catalog,
        entries,
        document(session, entries, now),
        genealogy(session, report.lot.code),
    )


def _trace(session: Session, report: Recall, recalled: Iterable[str]) -> list[str]:
    """Every lot of the trace: what was reached, and what went into the recalled lots."""
    found = dict.fromkeys(affected.lot.code for affected in report.affected)
    for lot in recalled:
        found |= dict.fromkeys(lineage.reach(session, lot, "backward"))
    return [*found]


def _json(path: Path, told: object) -> None:
    _text(path, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _text(path: Path, told: str) -> None:
    path.write_text(told, encoding="utf-8")
