"""The official mailbox in memory."""

from datetime import datetime

from chalicelib.domain.arrived_letter import UnreadLetter
from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.once import OnceRecord
from chalicelib.gateways.mail_bucket import MOST_BYTES
from chalicelib.usecases.mail_ports import TooLarge
from tests.fakes.shelf import Shelf


class FakeMailFiles:
    """Implements `usecases.mail_ports.MailFiles`."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def read(self, key: str) -> bytes:
        """Return a letter's bytes. Raises NotFound, TooLarge."""
        if key not in self.objects:
            raise NotFound(key=key)
        if len(self.objects[key]) > MOST_BYTES:
            raise TooLarge
        return self.objects[key]

    def link(self, key: str, *, seconds: int) -> str:
        """Return an address that says what it would be."""
        return f"https://mail.example/{key}?seconds={seconds}"


class FakeUnreadLetters:
    """Implements `usecases.mail_ports.UnreadLetters`."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Shelf()
        self.kept: dict[str, tuple[UnreadLetter, datetime]] = {}

    def keep(self, letter: UnreadLetter, *, until: datetime) -> None:
        """Keep a letter until an instant, unless it is there already."""
        self.kept.setdefault(letter.id, (letter, until))

    def waiting(self, now: datetime) -> list[UnreadLetter]:
        """Return the letters that wait, the oldest first."""
        found = [each for each, until in self.kept.values() if until > now and not each.settled_at]
        return sorted(found, key=lambda letter: (letter.arrived_at, letter.id))

    def read(self, letter_id: str, now: datetime) -> UnreadLetter:
        """Return a letter that waits, or waited. Raises NotFound."""
        letter, until = self.kept.get(letter_id, (None, now))
        if letter is None or until <= now:
            raise NotFound(words="no-letter")
        return letter

    def settle(
        self, letter: UnreadLetter, *, until: datetime, once: OnceRecord | None = None
    ) -> None:
        """Write how a letter was settled. Raises ChangedMeanwhile, OnceAnswered."""
        with self._shelf.lock:
            self._shelf.require_free(once, letter.settled_at or until)
            if self.kept[letter.id][0].settled_at is not None:
                raise ChangedMeanwhile(letter=letter.id)
            self.kept[letter.id] = letter, until
            self._shelf.keep(once)
