"""What scanners type is read wherever it stands: GS1 element strings, Digital Links, EANs of the plant."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.intents.readers.scans import Scan, scans_in, without_scans

ROMAINE = "00850012300014"


def only(text: str) -> Scan:
    (scan,) = scans_in(text, {ROMAINE})
    return scan


@pytest.mark.parametrize(
    "text",
    [
        "]C1010085001230001410RM1107",
        "]d2010085001230001410RM1107",
        "]Q3010085001230001410RM1107",
        "]C1010085001230001410rm1107",
        "010085001230001410RM1107",
        "\x1d010085001230001410RM1107\x1d",
        "(01)00850012300014(10)RM1107",
        "(01) 00850012300014 (10) RM1107",
        "https://id.gs1.org/01/00850012300014/10/RM1107",
        "https://labels.example/01/00850012300014/10/RM1107?x=1",
        "]Q1https://id.gs1.org/01/00850012300014/10/RM1107",
    ],
)
def test_each_way_of_writing_says_the_same(text: str) -> None:
    for said, start in ((text, 0), (f"moved 4 cs {text}, to line 2", 11)):
        scan = only(said)
        assert (scan.gtin, scan.lot, scan.readable) == (ROMAINE, "RM1107", True)
        assert said[scan.start : scan.end].strip() in text
        assert scan.start == start


@pytest.mark.parametrize("mark", ["\x1d", "\u241d", "<GS>", "{GS}", "\\x1d"])
def test_a_separator_ends_an_element_whatever_it_is_written_as(mark: str) -> None:
    scan = only(f"]C1010085001230001410RM1107{mark}3714")
    assert (scan.lot, scan.count) == ("RM1107", Decimal(14))


@pytest.mark.parametrize(
    ("elements", "expires"),
    [
        ("17261130", date(2026, 11, 30)),
        ("17261200", date(2026, 12, 31)),
        ("15261130", date(2026, 11, 30)),
        ("16261130", date(2026, 11, 30)),
        ("1526110117261130", date(2026, 11, 30)),
        ("13261101", None),
        ("11261101", None),
    ],
)
def test_an_expiry_is_one_whatever_it_is_called_and_a_packing_day_is_none(elements: str, expires: date | None) -> None:
    assert only(f"]C101{ROMAINE}{elements}").expires == expires


@pytest.mark.parametrize(
    ("elements", "measure", "unit"),
    [("3202011850", "118.5", "lb"), ("3103012250", "12.25", "kg"), ("3570000016", "16", "oz")],
)
def test_a_net_weight_has_its_unit(elements: str, measure: str, unit: str) -> None:
    scan = only(f"]C101{ROMAINE}{elements}10RM1107")
    assert (scan.measure, scan.unit) == (Decimal(measure), unit)


def test_a_pallet_is_one() -> None:
    assert only("]C100106141412345678908").sscc == "106141412345678908"


@pytest.mark.parametrize(
    "text",
    [
        "]C1010085001230001510RM1107",  # check digit of the goods
        "]C100106141412345678909",  # check digit of the pallet
        "]C101008500123000141726131010RM1107",  # month 13
        "(01)00850012300014(10)RM1107(10)RM1111",
        "]C1RM1107",
    ],
)
def test_what_cannot_be_right_is_not_readable(text: str) -> None:
    assert not only(text).readable


@pytest.mark.parametrize(
    "text",
    [
        "moved 4 cs RM1107 from C1-01 to line 2",
        "moved (12) cs RM1107",
        "moved (10) cs RM1107",
        "25 cases (1004 lb)",
        "call (555) 123-4567",
        "see https://example.com/a/b",
        "PO 12345678",
        "SO 4006381333931",  # an EAN, but none of the plant's
        "[x] done ]",
    ],
)
def test_what_is_typed_by_hand_is_no_scan(text: str) -> None:
    assert scans_in(text, {ROMAINE}) == ()


@pytest.mark.parametrize("text", ["850012300014", "0850012300014", "00850012300014", "]E00850012300014"])
def test_an_ean_of_the_plant_names_its_goods(text: str) -> None:
    assert only(f"count {text} 14 cs").gtin == ROMAINE


def test_the_rest_of_the_text_stays_where_it_was() -> None:
    text = "a ]C1010085001230001410RM1107 b"
    assert without_scans(text, scans_in(text, ())) == f"a{' ' * 29}b"
