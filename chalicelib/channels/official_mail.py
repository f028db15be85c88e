"""A letter to the official address: MIME in, what it says out. Pure; nothing in it is believed.

Whatever the bytes are, reading ends: sizes, parts and depth are bounded, an unknown charset is
read as UTF-8 with gaps, and what cannot be read is said by its reason.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from hashlib import sha256
from html.parser import HTMLParser
from typing import Final

from chalicelib.channels.letter_form import FormLine, Said, address_of, applicant_of, said_in
from chalicelib.domain.arrived_letter import ArrivedLetter, LetterFile, Unreadable

MOST_BYTES: Final = 25 * 1024 * 1024
"""The largest letter that is read."""

_MOST_LINES_OF_BOUNDARY: Final = 1000
_MOST_PARTS: Final = 200
_MOST_FILES: Final = 10
_MOST_FILE_BYTES: Final = 10 * 1024 * 1024
_MOST_LETTERS: Final = 10_000
_MOST_TEXT_BYTES: Final = 400_000
_MOST_LINE: Final = 300
_LEAST_TEXT: Final = 10
_ID: Final = re.compile(r"№\s*([0-9A-Za-zА-ЯІЇЄҐа-яіїєґ][\w/.-]{2,39})")
_BLANKS: Final = re.compile(r"[ \t\u00a0]+")
_LINES: Final = re.compile(r"\s*\n\s*")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")
_DISOWNED: Final = re.compile(r"\b(?:dkim|spf)=fail\b", re.IGNORECASE)
_OWN_VERDICTS: Final = "amazonses.com"


class LetterRefused(Exception):
    """A letter that cannot be read.

    Attributes:
        reason: why.
    """

    def __init__(self, reason: Unreadable) -> None:
        self.reason = reason
        super().__init__(reason)


def read_letter(raw: bytes) -> ArrivedLetter:
    """Return what a letter says. Raises LetterRefused for what is none, or too much."""
    if len(raw) > MOST_BYTES or raw.count(b"\n--") > _MOST_LINES_OF_BOUNDARY:
        raise LetterRefused(Unreadable.TOO_LARGE)
    try:
        message = message_from_bytes(raw)
        parts = list(_parts(message))
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise LetterRefused(Unreadable.NOT_MAIL) from error
    sender = parseaddr(_header(message, "From"))[1].lower()[:_MOST_LINE]
    if not sender:
        raise LetterRefused(Unreadable.NOT_MAIL)
    subject = _header(message, "Subject")
    text = _text(parts)
    if len(text) < _LEAST_TEXT:
        raise LetterRefused(Unreadable.NO_TEXT)
    said = said_in(text)
    return ArrivedLetter(
        message_id=_header(message, "Message-ID") or sha256(raw).hexdigest(),
        sender=sender,
        subject=subject,
        text=(said.get(FormLine.ESSENCE) or text)[:_MOST_LETTERS],
        trusted=_is_trusted(message),
        external_id=_external_id(said, subject, text),
        applicant=applicant_of(said),
        place=address_of(said.get(FormLine.PLACE, "")),
        topic=said.get(FormLine.TOPIC, ""),
        files=tuple(_files(parts)),
    )


def _external_id(said: Said, subject: str, text: str) -> str | None:
    """Return the sender's number: from its own line, from the subject, or from the first lines."""
    own = said.get(FormLine.ID, "")
    head = "\n".join(text.splitlines()[:5])
    found = next(
        (m for t in (f"№ {own}" if own else "", subject, head) if (m := _ID.search(t))), None
    )
    return found[1].rstrip(".-/") if found else None


def _parts(message: Message) -> Iterator[Message]:
    for count, part in enumerate(message.walk()):
        if count >= _MOST_PARTS:
            raise LetterRefused(Unreadable.TOO_LARGE)
        if not part.is_multipart():
            yield part


def _text(parts: list[Message]) -> str:
    """Return the plain text, or the words of the HTML where there is no plain text."""
    written = [part for part in parts if not _is_file(part)]
    for kind in ("text/plain", "text/html"):
        texts = [_decoded(part) for part in written if part.get_content_type() == kind]
        if kind == "text/html":
            texts = [_LINES.sub("\n", _words(text)) for text in texts]
        joined = _tidy("\n".join(texts))
        if joined:
            return joined
    return ""


def _files(parts: list[Message]) -> Iterator[LetterFile]:
    left = _MOST_FILES
    for part in parts:
        data = _payload(part) if _is_file(part) else b""
        if data and left and len(data) <= _MOST_FILE_BYTES:
            left -= 1
            name = _plain(part.get_filename() or "")
            yield LetterFile(name[:_MOST_LINE], part.get_content_type()[:100], data)


def _is_file(part: Message) -> bool:
    attached = part.get_content_disposition() == "attachment"
    return attached or part.get_content_maintype() not in {"text", "multipart", "message"}


def _is_trusted(message: Message) -> bool:
    """Tell whether our mail server let it pass; only verdicts that it wrote itself are read."""
    verdicts = (message.get(f"X-SES-{kind}-Verdict", "") for kind in ("Spam", "Virus"))
    if any(str(verdict).strip().upper() == "FAIL" for verdict in verdicts):
        return False
    own = [text for text in map(str, message.get_all("Authentication-Results", []))
           if text.strip().startswith(_OWN_VERDICTS)]  # fmt: skip
    return not (own and _DISOWNED.search(own[0]))


def _decoded(part: Message) -> str:
    data = _payload(part)[:_MOST_TEXT_BYTES]
    charset = part.get_content_charset() or "utf-8"
    try:
        return data.decode(charset, "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(message: Message, name: str) -> str:
    raw = str(message.get(name, ""))[: 4 * _MOST_LINE]
    return _plain(raw)[:_MOST_LINE]


def _plain(raw: str) -> str:
    """Return a header's words on one line, whatever encoding it claims."""
    try:
        text = str(make_header(decode_header(raw)))
    except (MessageError, LookupError, ValueError):
        text = raw
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _tidy(text: str) -> str:
    lines = (_BLANKS.sub(" ", line).strip() for line in text.replace("\r", "").split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _words(html: str) -> str:
    reader = _Words()
    reader.feed(html[: 20 * _MOST_LETTERS])
    return "".join(reader.found)


class _Words(HTMLParser):
    """Takes the words out of HTML, a line for each block."""

    _SILENT: Final = frozenset({"script", "style", "head", "title"})
    _BLOCKS: Final = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "table"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a block, or something that is not shown."""
        if tag in self._SILENT:
            self._silent += 1
        elif tag in self._BLOCKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a block, or something that is not shown."""
        if tag in self._SILENT and self._silent:
            self._silent -= 1
        elif tag in self._BLOCKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        """Take words that are shown."""
        if not self._silent:
            self.found.append(data)
