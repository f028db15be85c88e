"""How S3 judges a form that a browser posts, which moto does not.

Written after Amazon's "POST Policy": the signature is over the policy's text, every condition
must hold, and every field must be named by a condition.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

NEEDS_NO_CONDITION: Final = frozenset({"policy", "x-amz-signature", "file"})


@dataclass(frozen=True)
class Posted:
    """A form as S3 receives it."""

    bucket: str
    fields: Mapping[str, str]
    size_bytes: int
    at: datetime


def refusals(posted: Posted, secret_key: str) -> set[str]:
    """Return everything S3 would refuse the form for; nothing if it would keep the file."""
    fields = {name.lower(): value for name, value in posted.fields.items()}
    policy = json.loads(base64.b64decode(fields["policy"]))
    found = set() if _is_signed(fields, secret_key) else {"signature"}
    if posted.at >= datetime.fromisoformat(policy["expiration"]):
        found.add("expired")
    named = {"bucket"}
    for condition in policy["conditions"]:
        operator, name, *values = _in_full(condition)
        named.add(name)
        if not _holds(operator, name, values, posted, fields):
            found.add(name)
    loose = fields.keys() - named - NEEDS_NO_CONDITION
    return found | {name for name in loose if not name.startswith("x-ignore-")}


def _in_full(condition: Any) -> list[Any]:
    if isinstance(condition, dict):
        ((name, value),) = condition.items()
        return ["eq", name.lower(), value]
    operator, name, *values = condition
    if operator == "content-length-range":
        return [operator, operator, name, *values]
    return [operator, name.removeprefix("$").lower(), *values]


def _holds(
    operator: str, name: str, values: list[Any], posted: Posted, fields: Mapping[str, str]
) -> bool:
    if operator == "content-length-range":
        return bool(values[0] <= posted.size_bytes <= values[1])
    given = posted.bucket if name == "bucket" else fields.get(name)
    if operator == "starts-with":
        return given is not None and given.startswith(values[0])
    return operator == "eq" and given == values[0]


def _is_signed(fields: Mapping[str, str], secret_key: str) -> bool:
    key_id, day, region, service, end = fields["x-amz-credential"].split("/")
    key = b"AWS4" + secret_key.encode()
    for part in (day, region, service, end):
        key = hmac.digest(key, part.encode(), hashlib.sha256)
    expected = hmac.digest(key, fields["policy"].encode(), hashlib.sha256).hex()
    return bool(key_id) and hmac.compare_digest(expected, fields["x-amz-signature"])
