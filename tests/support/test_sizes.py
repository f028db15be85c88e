"""Sizes of items by the rules of the Developer Guide, computed by hand."""

import pytest

from tests.aws.sizes import item_bytes, number_bytes, value_bytes


@pytest.mark.parametrize(
    ("number", "size_bytes"),
    [
        ("0", 1),
        ("7", 2),
        ("42", 2),
        ("123", 3),
        ("-123", 4),
        ("1000", 2),
        ("0.0012", 2),
        ("12.5", 3),
        ("1E+20", 2),
        ("9" * 38, 20),
        ("-" + "9" * 38, 21),
    ],
)
def test_a_number_takes_a_byte_for_two_significant_digits(number: str, size_bytes: int) -> None:
    assert number_bytes(number) == size_bytes


@pytest.mark.parametrize(
    ("value", "size_bytes"),
    [
        ({"S": "pit"}, 3),
        ({"S": "яма"}, 6),
        ({"B": "AAECAw=="}, 4),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"SS": ["яма", "pit"]}, 9),
        ({"NS": ["42", "-123"]}, 6),
        ({"L": []}, 3),
        ({"L": [{"S": "ab"}, {"N": "42"}]}, 3 + (1 + 2) + (1 + 2)),
        ({"M": {"n": {"S": "ab"}}}, 3 + 1 + (1 + 2)),
        ({"M": {"n": {"L": [{"BOOL": False}]}}}, 3 + 1 + (1 + (3 + 1 + 1))),
    ],
)
def test_values(value: dict[str, object], size_bytes: int) -> None:
    assert value_bytes(value) == size_bytes


def test_names_count_too_in_utf8() -> None:
    assert item_bytes({"id": {"S": "1"}, "яма": {"N": "42"}}) == (2 + 1) + (6 + 2)
