"""Cursors of lists: where the next page begins, sealed so that nobody can forge one."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

from chalicelib.domain.errors import Fault, InputRefused

_MARK_BYTES: Final = 12


class Cursors:
    """Seals and opens cursors; one made for a list opens no other list."""

    def __init__(self, key: Callable[[], str]) -> None:
        """Keep what returns the sealing key, asked for only when a cursor is met."""
        self._key = key

    def seal(self, question: str, position: object) -> str:
        """Return the cursor of a position (JSON values) in the list that answers `question`."""
        text = json.dumps(position, ensure_ascii=False, separators=(",", ":")).encode()
        return _encoded(self._mark(question, text) + text)

    def open(self, question: str, cursor: str) -> Any:
        """Return the position. Raises InputRefused for a cursor that was not sealed so."""
        sealed = _decoded(cursor)
        mark, text = sealed[:_MARK_BYTES], sealed[_MARK_BYTES:]
        if not hmac.compare_digest(mark, self._mark(question, text)):
            raise _refusal()
        return json.loads(text)

    def _mark(self, question: str, text: bytes) -> bytes:
        about = f"cursor|{question}|".encode() + text
        return hmac.new(self._key().encode(), about, sha256).digest()[:_MARK_BYTES]


def _encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(cursor: str) -> bytes:
    try:
        data = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except ValueError:
        raise _refusal() from None
    # Letters that decoding passes over would be a change that the mark does not see.
    if _encoded(data) != cursor:
        raise _refusal()
    return data


def _refusal() -> InputRefused:
    return InputRefused(faults=(Fault("cursor", "cursor_invalid"),))
