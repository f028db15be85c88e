"""How long the other side asks to wait, however it says so."""

import pytest

from chalicelib.gateways.retry_after import retry_after_seconds

NOW = "Fri, 21 Nov 2025 10:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "30"}, 30),
        ({"Retry-After": " 0 "}, 0),
        ({"Retry-After": "9" * 5000}, 86_400),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "1.5"}, None),
        ({"Retry-After": "٣"}, None),
        ({"Retry-After": "soon", "Date": NOW}, None),
        ({"Retry-After": "Fri, 21 Nov 2025 10:02:00 GMT", "Date": NOW}, 120),
        ({"Retry-After": "Fri, 21 Nov 2025 09:00:00 GMT", "Date": NOW}, 0),
        ({"Retry-After": "Fri, 21 Nov 2035 10:00:00 GMT", "Date": NOW}, 86_400),
        ({"Retry-After": "Fri, 21 Nov 2025 10:02:00 GMT"}, None),
        ({"Retry-After": "Fri, 21 Nov 2025 10:02:00 -0000", "Date": NOW}, 120),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: int | None) -> None:
    assert retry_after_seconds(headers) == seconds
