"""Shipping notices: what a supplier says is coming becomes arrivals, or faults that are all told at once."""

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from store.model import Catalog
from store.records.arrivals import Notice
from store.records.epcis import document
from store.records.notices import LARGEST, MOST_LOTS, read_notice
from store.session import Session
from store.units import SCALE
from tests.support import month

NOW = datetime(2026, 11, 30, 9, tzinfo=month.ZONE)
TODAY = NOW.date()
Read = Callable[..., Notice]


@pytest.fixture
def catalog(session: Session) -> Catalog:
    return session.catalog


@pytest.fixture
def read(tmp_path: Path, catalog: Catalog) -> Read:
    """Reads a file of these contents."""

    def read(told: str | bytes | dict[str, Any], name: str = "notice.csv", *, standard: bool = False) -> Notice:
        path = tmp_path / name
        data = json.dumps(told, indent=1) if isinstance(told, dict) else told
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_notice(path, catalog, TODAY, standard=standard)

    return read


def shipped(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """An event that ships five cases of a lot of romaine to the plant."""
    return {
        "type": "ObjectEvent",
        "eventID": "urn:uuid:1",
        "action": "OBSERVE",
        "bizStep": "shipping",
        "quantityList": [
            {"epcClass": "https://id.gs1.org/01/00850012300014/10/rm%209002", "quantity": 120, "uom": "LBR"}
        ],
        "sourceList": [{"type": "location", "source": "https://id.gs1.org/414/0850012301004"}],
        "destinationList": [{"type": "location", "destination": "https://id.gs1.org/414/0850012302001"}],
        "bizTransactionList": [{"type": "desadv", "bizTransaction": "urn:epcglobal:cbv:bt:0850012301004:5512"}],
        **more,
    }


def told(*events: object) -> dict[str, Any]:
    return {"type": "EPCISDocument", "epcisBody": {"eventList": [*events]}}


def test_a_csv_notice_is_read(read: Read) -> None:
    notice = read(
        "\ufeffLot,GTIN,Quantity,Unit,Expires,Supplier,Reference\n"
        "RM9001,850012300014,14,case,2026-12-09,GVF,ASN 5512\n"
        "chk 901,00850012300151,120.5,LB,standard,0850012301035,\n"
    )
    assert notice.faults == ()
    first, second = notice.arrivals
    assert (first.product.sku, first.quantity, first.expires) == ("R-ROM", 14 * 24 * SCALE, date(2026, 12, 9))
    assert (first.partner, first.reference, first.where) == ("GVF", "ASN 5512", "notice.csv:2")
    assert (second.lot, second.product.sku, second.quantity) == ("CHK901", "R-CHK", 1_205_000)
    assert (second.partner, second.expires) == ("OAK", date(2026, 12, 21))


def test_a_workbook_is_read_like_a_csv_file(tmp_path: Path, catalog: Catalog) -> None:
    book = openpyxl.Workbook()
    tab = book.active
    assert tab is not None
    tab.append(["lot", "sku", "quantity", "unit", "expires"])
    tab.append(["RM9001", "R-ROM", 14, "case", datetime(2026, 12, 9)])  # noqa: DTZ001 - a cell knows no zone
    book.save(tmp_path / "notice.xlsx")
    (arrival,) = read_notice(tmp_path / "notice.xlsx", catalog, TODAY).arrivals
    assert (arrival.lot, arrival.amount, arrival.expires) == ("RM9001", Decimal(14), date(2026, 12, 9))


def test_every_fault_of_a_csv_notice_is_told_with_its_line(read: Read) -> None:
    notice = read(
        "lot,sku,gtin,quantity,unit,expires,supplier\n"
        "A1,R-ROM,,14,case,2026-12-09,GVF\n"
        "A1,R-ROM,,3,case,2026-12-09,\n"
        ",R-ROM,,3,case,standard,\n"
        "\n"
        "A3,R-XXX,,3,case,,\n"
        "A4,R-ROM,,-3,case,soon,FMD\n"
        "A5,R-ROM,,3,tub,standard,\n"
        "A6,R-TOR,,0.3,ea,standard,\n"
        "A7,R-ROM,,NaN,lb,standard,\n"
        "A8,R-ROM,,1e99999999,lb,standard,\n"
        "A9,R-ROM,,3,case,,\n"
        "A10,R-TOM,00850012300014,3,case,standard,\n"
        "A11,P-TUB,,3,sleeve,standard,\n"
    )
    assert notice.arrivals == ()
    assert list(notice.faults) == [
        "notice.csv:3: lot A1 is told twice",
        "notice.csv:4: there is no lot",
        "notice.csv:6: there is no product R-XXX",
        "notice.csv:7: there is no supplier FMD",
        "notice.csv:7: soon is neither a day such as 2026-11-22 nor an offset such as -4d",
        "notice.csv:7: -3 is negative",
        "notice.csv:8: R-ROM is not kept in tub (known: case, lb, g, kg, oz)",
        "notice.csv:9: 0.3 ea of R-TOR do not come out whole",
        "notice.csv:10: NaN is not a number such as 12 or 12.5",
        "notice.csv:11: 1e99999999 is not a number such as 12 or 12.5",
        "notice.csv:12: there is no expiry, and R-ROM has a shelf life; write a day, or standard",
        "notice.csv:13: GTIN 00850012300014 is R-ROM, not R-TOM",
        "notice.csv:14: P-TUB has no shelf life, so that standard says no expiry",
    ]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "notice.csv: is empty; its first row must name the columns"),
        (b"lot,quantity,colour\n", "notice.csv:1:3: unknown column colour; known are lot, quantity, unit, gtin"),
        (b"lot,quantity,sku\n", "notice.csv:1:1: column unit is missing"),
        (b"lot,quantity,unit\nA1,3,case\n", "notice.csv:1:1: a column gtin or sku has to name the product"),
        (b"lot,sku,quantity,unit\n", "notice.csv: has no row below the names of the columns"),
        (b"lot;sku;quantity;unit\nA1;R-ROM;3;case\n", "notice.csv: has its columns separated by ;, not by a comma"),
        ("lot,sku,quantity,unit\nA1,Müsli,3,case\n".encode("latin-1"), "notice.csv: is not UTF-8 text (line 2)"),
        ("lot,sku,quantity,unit\n".encode("utf-16"), "notice.csv: is not UTF-8 text (line 1)"),
        (b"lot,sku,quantity,unit\nA\x001,R-ROM,3,case\n", "notice.csv: holds a NUL character (line 2)"),
        (b'lot,sku,quantity,unit\nA1,"R-ROM,3,case\n', "notice.csv: is no proper CSV at the row that begins in line 2"),
        (b"lot,sku,quantity,unit\nA1,R-ROM,3,case,x\n", "notice.csv:2:5: x stands beyond the last column"),
        (b"lot,sku,quantity,unit\n" + b"x" * LARGEST, "notice.csv: is larger than 16 MiB; no shipping notice is"),
        (
            b"lot,sku,quantity,unit\n" + b"A1,R-ROM,3,case\n" * (MOST_LOTS + 1),
            f"notice.csv: has {MOST_LOTS + 1} rows, more than {MOST_LOTS}",
        ),
    ],
)
def test_a_file_that_is_no_notice_is_told_in_a_sentence(read: Read, data: bytes, fault: str) -> None:
    notice = read(data)
    assert notice.arrivals == ()
    assert notice.faults[0].startswith(fault)


def test_a_lot_code_is_one_line(read: Read) -> None:
    notice = read(
        'lot,sku,quantity,unit,expires\n"A\n1",R-ROM,3,case,standard\n' + "A" * 51 + ",R-ROM,3,case,standard\n"
    )
    assert [fault.partition(": ")[2] for fault in notice.faults] == [
        "A 1 holds a line break or another control character",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA... is longer than 50 characters",
    ]


def test_a_shipping_event_is_read(read: Read) -> None:
    made = shipped(
        bizStep="commissioning",
        ilmd={"cbvmda:itemExpirationDate": "2026-12-09T00:00:00Z"},
        eventID="urn:uuid:0",
        action="ADD",
    )
    whole = told(made, shipped())
    begins = [number for number, line in enumerate(json.dumps(whole, indent=1).splitlines(), 1) if line == "   {"]
    (arrival,) = read(whole, "asn.json").arrivals
    assert (arrival.lot, arrival.product.sku, arrival.quantity) == ("RM9002", "R-ROM", 120 * SCALE)
    assert (arrival.expires, arrival.partner) == (date(2026, 12, 9), "GVF")
    assert (arrival.reference, arrival.where) == ("Delivery note 5512", f"asn.json:{begins[1]}: event 2")


def test_words_and_keys_are_read_in_their_older_forms(read: Read) -> None:
    event = shipped(
        bizStep="urn:epcglobal:cbv:bizstep:shipping",
        quantityList=[{"epcClass": "urn:epc:class:lgtin:0850012.030001.RM%2F9", "quantity": 2.5, "uom": "KGM"}],
        sourceList=[{"type": "urn:epcglobal:cbv:sdt:location", "source": "urn:epc:id:sgln:0850012.30100.0"}],
    )
    (arrival,) = read(told(event), "asn.jsonld", standard=True).arrivals
    assert (arrival.lot, arrival.product.sku, arrival.amount) == ("RM/9", "R-ROM", Decimal("2.5"))
    assert (arrival.partner, arrival.expires) == ("GVF", date(2026, 12, 10))


def test_what_is_taken_back_or_for_others_brings_nothing(read: Read) -> None:
    elsewhere = [{"type": "location", "destination": "https://id.gs1.org/414/0850012302018"}]
    notice = read(
        told(
            shipped(eventID="urn:uuid:9"),
            shipped(eventID="urn:uuid:9", errorDeclaration={"reason": "did_not_occur"}),
            shipped(eventID="urn:uuid:2", destinationList=elsewhere),
            shipped(eventID="urn:uuid:3", bizStep="storing"),
            shipped(eventID="urn:uuid:4"),
        ),
        "asn.json",
        standard=True,
    )
    assert [arrival.lot for arrival in notice.arrivals] == ["RM9002"]
    assert notice.passed_over == 1


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("", "asn.json:1: is no proper JSON"),
        ('{"epcisBody":\n {"eventList": [}}', "asn.json:2: is no proper JSON"),
        ("[" * 200_000, "asn.json: is no proper JSON: a number too long, or nested too deep"),
        ('{"epcisBody": {"eventList": [' + "9" * 5000 + "]}}", "asn.json: is no proper JSON: a number too long"),
        ("[]", "asn.json: is no EPCIS document: it has no epcisBody with an eventList"),
        ('{"epcisBody": []}', "asn.json: is no EPCIS document"),
        ('{"epcisBody": {"eventList": {}}}', "asn.json: is no EPCIS document"),
        ('{"epcisBody": {"eventList": []}}', "asn.json: has no shipping event for this plant"),
        ('{"epcisBody": {"eventList": [\n7,\n"x"]}}', "asn.json:2: event 1: is no event"),
        ("{'epcisBody'}", "asn.json:1: is no proper JSON"),
    ],
)
def test_a_document_that_is_no_notice_is_told_in_a_sentence(read: Read, data: str, fault: str) -> None:
    notice = read(data, "asn.json")
    assert notice.arrivals == ()
    assert notice.faults[0].startswith(fault)


def test_bytes_that_are_no_text_are_told_with_their_line(read: Read) -> None:
    assert read(b'{\n"epcisBody": "\xe9"}', "asn.json").faults == ["asn.json:2: is not UTF-8 text"]
    assert read(b"\xef\xbb\xbf" + json.dumps(told(shipped())).encode(), "asn.json", standard=True).arrivals


@pytest.mark.parametrize("wrong", [None, 7, "x", [], {}, [None], [[]], [{}], True])
@pytest.mark.parametrize(
    "part", ["quantityList", "sourceList", "destinationList", "bizTransactionList", "bizStep", "ilmd", "eventID"]
)
def test_a_value_of_another_kind_posts_nothing_that_was_not_told(read: Read, part: str, wrong: object) -> None:
    """Whatever stands there, the lot is read as it was told, or not at all with a fault."""
    notice = read(told(shipped(**{part: wrong})), "asn.json", standard=True)
    assert bool(notice.arrivals) != bool(notice.faults)
    if part in {"quantityList", "bizStep"}:
        assert notice.faults
    for arrival in notice.arrivals:
        assert (arrival.lot, arrival.quantity) == ("RM9002", 120 * SCALE)


@pytest.mark.parametrize(
    "element",
    [
        {"epcClass": 7, "quantity": 3, "uom": "LBR"},
        {"epcClass": "https://id.gs1.org/01/00850012300014/10/A", "quantity": [3], "uom": "LBR"},
        {"epcClass": "https://id.gs1.org/01/00850012300014/10/A", "quantity": True, "uom": "LBR"},
        {"epcClass": "https://id.gs1.org/01/00850012300014/10/A", "quantity": -3, "uom": "LBR"},
        {"epcClass": "https://id.gs1.org/01/00850012300014/10/A", "quantity": 3, "uom": None},
        {"epcClass": "https://id.gs1.org/01/00850012300014", "quantity": 3, "uom": "LBR"},
        {"epcClass": "http://[", "quantity": 3, "uom": "LBR"},
        {"epcClass": "urn:epc:class:lgtin:4012345.012345.998877", "quantity": 3, "uom": "LBR"},
        {"epcClass": "urn:epc:class:lgtin:4.0.998877", "quantity": 3, "uom": "LBR"},
        {"quantity": float("nan")},
        "lot",
        None,
    ],
)
def test_a_lot_that_cannot_be_read_is_a_fault_of_its_event(read: Read, element: object) -> None:
    notice = read(told(shipped(quantityList=[element])), "asn.json", standard=True)
    assert notice.arrivals == ()
    assert notice.faults
    assert all(fault.startswith("asn.json:5: event 1: ") for fault in notice.faults)


def test_our_own_events_can_be_received_elsewhere(session: Session, read: Read) -> None:
    """What one plant writes, another reads: the same lots, quantities, days and documents."""
    entries = session.ledger.entries()
    ours = json.loads(json.dumps(document(session, entries, NOW)))
    taken_back = {entry.reverses for entry in entries if entry.reverses}
    standing = [e for e in entries if e.number not in taken_back and not e.reverses]
    came = [e for e in standing if e.transaction.kind == "receive" and e.transaction.partner and e.transaction.postings]
    events = ours["epcisBody"]["eventList"]
    ours["epcisBody"]["eventList"] = [e for e in events if e.get("bizStep") in {"receiving", "commissioning"}]
    notice = read(ours, "ours.json")
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
