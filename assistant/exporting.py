"""The records that others ask for: the recall and its folder, EPCIS and FSMA 204 as files."""

from datetime import datetime
from functools import partial
from pathlib import Path

from assistant import shapes
from assistant.bootstrap import Assistant
from store.records.epcis import document
from store.records.epcis_checks import faults
from store.records.folder import Written, write_folder
from store.records.fsma204 import Wanted, write_sheet
from store.records.sheets import Sheet
from store.session import Session


def recall_folder(assistant: Assistant, lot: str, folder: Path) -> Written:
    """Write the whole recall folder of a lot; raises UnknownLot for one that the plant does not have."""
    shown = partial(shapes.entry, zone=assistant.zone)
    return write_folder(assistant.store, lot, folder, assistant.now(), as_json=shown, clock=assistant.now)


def epcis(assistant: Assistant, path: Path, lot: str | None, since: datetime | None) -> list[str]:
    """Write an EPCIS 2.0 document; what our own checks find wrong with it."""

    def read(session: Session) -> dict[str, object]:
        return document(session, session.ledger.entries(lot=lot, since=since), assistant.now())

    found = assistant.store.run(read, write=False)
    path.write_text(shapes.json_text(found), encoding="utf-8")
    return faults(found)


def fsma204(assistant: Assistant, path: Path, lot: str | None, since: datetime | None) -> list[Sheet]:
    """Write the FSMA 204 sortable spreadsheet; the tabs that are in it."""
    wanted = Wanted(lots=[lot] if lot else None, since=since.date() if since else None)
    return assistant.store.run(lambda s: write_sheet(s, path, wanted, assistant.now()), write=False)
