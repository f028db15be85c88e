"""The `letter` items of `guards`: letters to the official address that wait for a person.

Keys: `key` = `letter`, `sort` = the letter's id: a committee has few of them at a time. The letter
itself stays in the mail bucket as long.
"""

from contextlib import suppress
from datetime import datetime
from typing import Final

from pynamodb.attributes import TTLAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.arrived_letter import Unreadable, UnreadLetter
from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.once import OnceRecord
from chalicelib.store import once as once_answers
from chalicelib.store.attributes import InstantAttribute, Raw, raw_of
from chalicelib.store.tables import ConditionsFailed, Tables
from chalicelib.store.transaction import Transaction

_KEY: Final = "letter"


class LetterItem(Model):
    """A letter that waits; attributes that are empty are left out."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    file = UnicodeAttribute()
    arrived_at = InstantAttribute()
    reason = UnicodeAttribute()
    sender = UnicodeAttribute(null=True)
    subject = UnicodeAttribute(null=True)
    number = UnicodeAttribute(null=True)
    settled_at = InstantAttribute(null=True)
    settled_by = UnicodeAttribute(null=True)
    outcome = UnicodeAttribute(null=True)
    ends_at = InstantAttribute()
    expires_at = TTLAttribute()


class UnreadLetterStore:
    """Implements `usecases.mail_ports.UnreadLetters`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._guards = tables.guards

    def keep(self, letter: UnreadLetter, *, until: datetime) -> None:
        """Keep a letter until an instant, unless it is there already. Raises StoreAway."""
        transaction = Transaction(self._tables)
        transaction.put(self._guards, _item(letter, until), LetterItem.key.does_not_exist())
        with suppress(ConditionsFailed):
            transaction.commit()

    def waiting(self, now: datetime) -> list[UnreadLetter]:
        """Return the letters that wait, the oldest first."""
        found = [_letter(raw, now) for page in self._guards.pages(_KEY) for raw in page.items]
        kept = [letter for letter in found if letter is not None and letter.settled_at is None]
        return sorted(kept, key=lambda letter: (letter.arrived_at, letter.id))

    def read(self, letter_id: str, now: datetime) -> UnreadLetter:
        """Return a letter that waits, or waited. Raises NotFound."""
        raw = self._guards.get(_KEY, letter_id)
        letter = _letter(raw, now) if raw else None
        if letter is None:
            raise NotFound(words="no-letter")
        return letter

    def settle(
        self, letter: UnreadLetter, *, until: datetime, once: OnceRecord | None = None
    ) -> None:
        """Write how a letter was settled, once; it is kept until an instant.

        Raises ChangedMeanwhile (somebody else was first), OnceAnswered.
        """
        transaction = Transaction(self._tables)
        if once is not None:
            once_answers.put_once(transaction, self._tables, once, letter.settled_at or until)
        waits = LetterItem.key.exists() & LetterItem.settled_at.does_not_exist()
        transaction.put(self._guards, _item(letter, until), waits)
        try:
            transaction.commit()
        except ConditionsFailed as failed:
            if once is not None and once_answers.WRITE in failed.kept:
                kept = failed.kept[once_answers.WRITE]
                raise once_answers.answered(self._tables, once, kept) from failed
            raise ChangedMeanwhile(letter=letter.id) from failed


def _item(letter: UnreadLetter, until: datetime) -> Raw:
    return raw_of(
        LetterItem,
        key=_KEY,
        sort=letter.id,
        file=letter.key,
        arrived_at=letter.arrived_at,
        reason=letter.reason,
        sender=letter.sender or None,
        subject=letter.subject or None,
        number=letter.number,
        settled_at=letter.settled_at,
        settled_by=letter.settled_by or None,
        outcome=letter.outcome or None,
        ends_at=until,
        expires_at=until,
    )


def _letter(raw: Raw, now: datetime) -> UnreadLetter | None:
    item = LetterItem.from_raw_data(raw)
    if item.ends_at <= now:
        return None
    return UnreadLetter(
        id=item.sort,
        key=item.file,
        arrived_at=item.arrived_at,
        reason=Unreadable(item.reason),
        sender=item.sender or "",
        subject=item.subject or "",
        number=item.number,
        settled_at=item.settled_at,
        settled_by=item.settled_by or "",
        outcome=item.outcome or "",
    )
