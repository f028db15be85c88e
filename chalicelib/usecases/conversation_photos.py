"""Pictures from a messenger: fetched, proved to be pictures, handed to inspection (K-5.1.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from chalicelib.dialogue.effects import PhotosFetched
from chalicelib.domain.conversation import KeptPhoto
from chalicelib.domain.evidence import UploadTicket
from chalicelib.domain.inbound import InboundFile
from chalicelib.usecases.conversation_ports import ChatFiles, FileRefused, Messenger
from chalicelib.usecases.evidence import INCOMING, PHOTO_TYPES
from chalicelib.usecases.ports import Tickets
from chalicelib.usecases.sending_ports import SendingLater

TICKETS_KEPT: Final = timedelta(days=9)
"""How long a picture waits for its card: longer than any draft is kept."""

FETCHED_WITHIN: Final = 3
"""After how many tries a picture that cannot be fetched counts as lost."""

_MAGIC: Final = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
_RIFF, _WEBP = b"RIFF", b"WEBP"


@dataclass(frozen=True, slots=True)
class Photos:
    """Brings the pictures of one event from the messenger into the bucket.

    Attributes:
        fresh_id: what nobody can guess and is the same for the same event.
    """

    messenger: Messenger
    tickets: Tickets
    files: ChatFiles
    now: datetime
    fresh_id: str

    def fetched(self, files: Iterable[InboundFile], *, tries: int) -> PhotosFetched:
        """Fetch pictures; say why of those that are not taken.

        Raises StoreAway, and SendingLater while there is a try left.
        """
        kept, refused = [], []
        for file in files:
            try:
                kept.append(self._kept(file))
            except FileRefused as refusal:
                refused.append(refusal.reason)
            except SendingLater:
                if tries < FETCHED_WITHIN:
                    raise
                refused.append("lost")
        return PhotosFetched(tuple(kept), tuple(refused))

    def deleted(self, uploads: Iterable[str]) -> None:
        """Delete pictures that belong to no card. Raises StoreAway."""
        self.files.delete([key for upload in uploads for key in keys_of(upload)])

    def _kept(self, file: InboundFile) -> KeptPhoto:
        if file.content_type and file.content_type not in PHOTO_TYPES:
            raise FileRefused("not_a_picture")
        data = self.messenger.fetch(file)
        content_type = type_of(data)
        if content_type is None:
            raise FileRefused("not_a_picture")
        upload = sha256(f"{self.fresh_id}/{file.mark}".encode()).hexdigest()[:32]
        if any(ticket.number for ticket in self.tickets.read([upload], self.now)):
            # The event was brought again after its card had taken the picture.
            return KeptPhoto(upload, file.mark)
        ticket = UploadTicket(upload, content_type, len(data), self.now + TICKETS_KEPT)
        self.tickets.issue(ticket, now=self.now)
        self.files.put(f"{INCOMING}{upload}", data, content_type=content_type)
        return KeptPhoto(upload, file.mark)


def type_of(data: bytes) -> str | None:
    """Return the type of a picture by its first bytes, None for what is none."""
    for magic, content_type in _MAGIC:
        if data.startswith(magic):
            return content_type
    return "image/webp" if data.startswith(_RIFF) and data[8:12] == _WEBP else None


def keys_of(upload: str) -> tuple[str, ...]:
    """Return where the bucket may hold an upload that belongs to no card."""
    return (
        f"{INCOMING}{upload}",
        f"originals/uploads/{upload}",
        f"evidence/uploads/{upload}.jpg",
    )
