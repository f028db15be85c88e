"""How long the other side asks to wait."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

MOST_SECONDS: Final = 86_400
"""A day: who asks for more is asked again after a day."""


def retry_after_seconds(headers: Mapping[str, str]) -> int | None:
    """Return the seconds of a Retry-After header (RFC 9110, 10.2.3), None where it says nothing.

    A date is counted from the answer's own Date, so that no two clocks have to agree.
    """
    asked = headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdecimal():
        return min(int(asked[:9]), MOST_SECONDS)
    until, now = _instant(asked), _instant(headers.get("Date", ""))
    if until is None or now is None:
        return None
    return max(0, min(int((until - now).total_seconds()), MOST_SECONDS))


def _instant(text: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
