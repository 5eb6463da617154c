"""Shipping notices: what a supplier says is coming becomes receipts, or faults that are all told at once."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from store.model import Catalog
from store.records.arrivals import from_csv, from_epcis, receipt
from store.records.epcis import document
from store.session import Session, Store
from store.units import SCALE
from tests import month

NOW = datetime(2026, 11, 30, 9, tzinfo=month.ZONE)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory, demo_plant: Path) -> Store:
    return month.once(tmp_path_factory, demo_plant)


@pytest.fixture
def session(books: Store) -> Iterator[Session]:
    with books.begin(write=False) as session:
        yield session


@pytest.fixture
def catalog(session: Session) -> Catalog:
    return session.catalog


def test_a_csv_notice_is_read_and_can_be_received(books: Store, catalog: Catalog) -> None:
    notice = from_csv(
        "\ufeffLot,GTIN,Quantity,Unit,Expires,Supplier,Reference\n"
        "RM9001,850012300014,14,case,2026-12-09,GVF,ASN 5512\n"
        "CHK901,00850012300151,120.5,lb,,0850012301035,\n",
        catalog,
    )
    assert notice.faults == ()
    first, second = notice.arrivals
    assert (first.product.sku, first.quantity, first.expires) == ("R-ROM", 14 * 24 * SCALE, date(2026, 12, 9))
    assert (second.product.sku, second.quantity, second.partner, second.expires) == ("R-CHK", 1_205_000, "OAK", None)
    with books.begin() as session:
        told = receipt(first, "DOCK1", by="maria", channel="console", key="asn:1", happened=NOW)
        session.ledger.record(told, recorded=NOW)
        lot = session.lots.get("RM9001")
        assert lot is not None
        assert (lot.supplier, lot.expires, lot.unit) == ("GVF", date(2026, 12, 9), "case")
        (stock,) = session.ledger.stock(lot="RM9001")
        assert (stock.place, stock.quantity) == ("DOCK1", 14 * 24 * SCALE)


def test_every_fault_of_a_csv_notice_is_told_with_its_line(catalog: Catalog) -> None:
    notice = from_csv(
        "lot,sku,quantity,unit,expires,supplier\n"
        "A1,R-ROM,14,case,2026-12-09,GVF\n"
        "A1,R-ROM,3,case,,\n"
        ",R-ROM,3,case,,\n"
        "A3,R-XXX,3,case,,\n"
        "A4,R-ROM,-3,case,soon,FMD\n"
        "A5,R-ROM,3,tub,,\n"
        "A6,R-TOR,0.3,ea,,\n"
        "A7,R-ROM,NaN,lb,,\n",
        catalog,
    )
    assert notice.arrivals == ()
    assert list(notice.faults) == [
        "line 3: lot A1 is told twice",
        "line 4: there is no lot",
        "line 5: there is no product R-XXX",
        "line 6: there is no supplier FMD",
        "line 6: soon is no day (2026-12-02)",
        "line 6: -3 is no quantity above zero",
        "line 7: R-ROM is not kept in tub (known: case, lb, g, kg, oz)",
        "line 8: 0.3 ea of R-TOR do not come out whole",
        "line 9: NaN is no quantity above zero",
    ]
    assert list(from_csv("lot,quantity,colour\n", catalog).faults) == [
        "line 1: there is no column unit",
        "line 1: colour is no column of a shipping notice",
    ]


def test_our_own_shipping_events_can_be_received_elsewhere(session: Session, catalog: Catalog) -> None:
    """What one plant ships, another receives: the document is the same."""
    entries = session.ledger.entries()
    told = json.loads(json.dumps(document(session, entries, NOW)))
    taken_back = {entry.reverses for entry in entries if entry.reverses}
    standing = [e for e in entries if e.number not in taken_back and not e.reverses]
    came = [e for e in standing if e.transaction.kind == "receive" and e.transaction.partner and e.transaction.postings]
    events = told["epcisBody"]["eventList"]
    told["epcisBody"]["eventList"] = [e for e in events if e.get("bizStep") in {"receiving", "commissioning"}]
    notice = from_epcis(told, catalog)
    assert list(notice.faults) == []
    expected = {
        e.transaction.lots[0]: (e.transaction.partner, e.transaction.postings[1].quantity) for e in came
    }  # fmt: skip
    assert {a.lot: (a.partner, a.quantity) for a in notice.arrivals} == expected
    for arrival in notice.arrivals:
        lot = session.lots.get(arrival.lot)
        assert lot is not None
        assert (arrival.product.sku, arrival.expires) == (lot.product, lot.expires)
    assert {a.reference.split()[0] for a in notice.arrivals if a.reference} == {"Purchase"}


def test_an_epcis_document_of_another_kind_brings_nothing(catalog: Catalog) -> None:
    assert list(from_epcis({}, catalog).arrivals) == []
    event = {
        "type": "ObjectEvent", "bizStep": "shipping", "action": "OBSERVE",
        "quantityList": [{"epcClass": "urn:epc:class:lgtin:4012345.012345.998877", "quantity": 3, "uom": "KGM"}],
    }  # fmt: skip
    faults = from_epcis({"epcisBody": {"eventList": [event]}}, catalog).faults
    assert list(faults) == ["event 0: there is no product named", "event 0: there is no lot"]
