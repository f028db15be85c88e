"""A table opens in a spreadsheet as it is, and runs nothing there."""

import csv
import io

import pytest

from chalicelib.reports.csv_text import MARK, Cell, csv_text, safe


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(MARK))))


def test_the_text_says_that_it_is_utf_8() -> None:
    assert csv_text(["Номер"], []).encode()[:3] == b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+380", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1"]
)
def test_no_cell_runs(cell: str) -> None:
    assert safe(cell).startswith("'")


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    row: list[Cell] = [-5, 0, None, "5 днів"]
    assert read(csv_text(["a", "b", "c", "d"], [row]))[1] == ["-5", "0", "", "5 днів"]


def test_what_was_written_is_read_back() -> None:
    row = ['лапки "так"', "кома, крапка; рядок\nдругий", "ґанок"]
    assert read(csv_text(["1", "2", "3"], [row]))[1] == row
