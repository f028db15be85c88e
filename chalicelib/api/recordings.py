"""A recording of a call was stored: whose call is it? (K-3.5(5))"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import unquote_plus

from chalicelib import wiring
from chalicelib.usecases.telephony import keep_recording

_FOLDER: Final = "CallRecordings/"
_SOUND: Final = ".wav"
_MOST_LETTERS: Final = 80


def keep(body: str) -> int:
    """Link what a message of the bucket names to its calls; return how many were linked.

    The name of a recording begins with the exchange's id of the call.
    Raises StoreAway.
    """
    centre = wiring.centre()
    return sum(
        keep_recording(call_id, key, recorded_at, city=centre.city, calls=centre.doors.calls)
        for call_id, key, recorded_at in _recordings(body)
    )


def _recordings(body: str) -> Iterator[tuple[str, str, datetime]]:
    for record in json.loads(body).get("Records", ()):
        key = unquote_plus(_object(record).get("key", ""))
        folder, _, name = key.rpartition("/")
        call_id = name.partition("_")[0]
        if _FOLDER in f"{folder}/" and name.endswith(_SOUND) and 0 < len(call_id) < _MOST_LETTERS:
            yield call_id, key, _instant(record["eventTime"])


def _object(record: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = record["s3"]["object"]
    return found


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC).replace(microsecond=0)
