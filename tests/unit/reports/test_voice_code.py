"""Voice codes: the published vectors, the traps of other implementations, and matching what is said to lots."""

from datetime import date

import pytest

from assistant.reports.voice_code import lots_with, voice_code


@pytest.mark.parametrize(
    ("gtin", "lot", "day", "code"),
    [
        ("10850510002011", "46587443HG234", None, "6359"),
        ("65457886676767", "2", date(2010, 1, 26), "5836"),
        ("61414100734933", "32abcd", date(2003, 1, 2), "8079"),
        ("10333830000016", "186", date(2023, 7, 11), "7557"),
        ("10333830000016", "187", date(2023, 7, 12), "3765"),
    ],
)
def test_published_vectors(gtin: str, lot: str, day: date | None, code: str) -> None:
    assert voice_code(gtin, lot, day) == code


def test_a_lot_is_case_sensitive() -> None:
    assert voice_code("61414100734933", "32ABCD", date(2003, 1, 2)) != "8079"


def test_a_short_gtin_counts_as_its_gtin_14() -> None:
    assert voice_code("333830000016", "186", date(2023, 7, 11)) == voice_code(
        "00333830000016", "186", date(2023, 7, 11)
    )


def test_four_digits_always() -> None:
    codes = [voice_code("10850510002011", f"LOT{number}") for number in range(300)]
    assert {len(code) for code in codes} == {4}
    assert any(code.startswith("0") for code in codes)


@pytest.mark.parametrize(("gtin", "lot"), [("1085051000201X", "1"), ("123456789012345", "1"), ("10850510002011", "")])
def test_what_is_no_gtin_or_lot_is_refused(gtin: str, lot: str) -> None:
    with pytest.raises(ValueError, match=r"GTIN|lot"):
        voice_code(gtin, lot)


def test_two_digits_or_four_find_lots() -> None:
    codes = {"A": "6359", "B": "1259", "C": "5836"}
    assert lots_with("59", codes) == ("A", "B")
    assert lots_with("1259", codes) == ("B",)
    assert lots_with("36", codes) == ("C",)
    assert lots_with("9", codes) == lots_with("359", codes) == lots_with("fifty nine", codes) == ()
