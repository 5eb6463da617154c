"""Tables as workbooks: real numbers and days, text that stays text, and names that Excel takes."""

from datetime import datetime
from io import BytesIO

from openpyxl import load_workbook

from assistant.exports.workbooks import of_table
from assistant.messages import Table


def test_numbers_and_days_are_real_and_codes_stay_as_they_are() -> None:
    rows = (("0417", "12.5", "2026-11-22", "1"), ("A1", "-3", "–", "12 case"))
    book = load_workbook(BytesIO(of_table(Table("Stock", ("lot", "quantity", "expires", "said"), rows))))
    assert [tuple(row) for row in book["Stock"].iter_rows(values_only=True)] == [
        ("lot", "quantity", "expires", "said"),
        ("0417", 12.5, datetime(2026, 11, 22), "1"),  # noqa: DTZ001 - Excel knows no time zones
        ("A1", -3, None, "12 case"),
    ]


def test_a_long_number_is_a_code_and_loses_no_digit() -> None:
    code = "10850510002011" * 2
    tab = load_workbook(BytesIO(of_table(Table("x", ("gtin",), ((code,),))))).worksheets[0]
    assert tab["A2"].value == code


def test_no_cell_is_a_formula() -> None:
    cells = ("=1+1", "@x", "+1", "-x", '=HYPERLINK("http://x.example")')
    tab = load_workbook(BytesIO(of_table(Table("x", ("a",), tuple((cell,) for cell in cells))))).worksheets[0]
    assert [cell.value for (cell,) in tab.iter_rows(min_row=2)] == list(cells)
    assert {cell.data_type for (cell,) in tab.iter_rows(min_row=2)} == {"s"}


def test_any_title_and_any_columns_make_a_workbook() -> None:
    for title in ("", "[]:*?/\\'", "x" * 500, "\x00 a/b"):
        book = load_workbook(BytesIO(of_table(Table(title, ("a", "a"), (("1", "2"),)))))
        assert [tuple(row) for row in book.worksheets[0].iter_rows(values_only=True)][1] == (1, 2)
    assert len(load_workbook(BytesIO(of_table(Table("empty", ("a",), ())))).worksheets) == 1
