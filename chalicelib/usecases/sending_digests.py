"""The morning digest as a message: the reader's open cards as they stand when it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.domain.card import QueueRow
from chalicelib.domain.notice import Notice, NoticeStep
from chalicelib.regulation.notices_digest import Group, day_of, grouped
from chalicelib.usecases.sending_cards import mail_of
from chalicelib.usecases.sending_matters import Desk, Message
from chalicelib.usecases.sending_words import STATE_LANGUAGE
from chalicelib.words.say import say

MOST_CARDS: Final = 100
MOST_ROWS: Final = 10
"""How many cards of a group a digest names; the others are counted."""


@dataclass(frozen=True, slots=True)
class DigestMatter:
    """Implements `sending_matters.Matter` for the digests of a day."""

    notices: tuple[Notice, ...]
    desk: Desk
    now: datetime

    def outdated(self, notice: Notice) -> str:
        """Return `nothing` where no card waits, and `yesterday` for a digest that is too late."""
        if day_of(notice.number) < self.now.astimezone(self.desk.city.calendar.zone).date():
            return "yesterday"
        return "" if self._rows(notice) else "nothing"

    def address(self, notice: Notice) -> str | None:
        """Return the reader's mail, None for one who is there no more."""
        person = self.desk.city.people.get(notice.to)
        return mail_of(notice.to, None, self.desk.city) if person else None

    def message(self, told: Sequence[Notice], address: str, now: datetime) -> Message:
        """Return the digest of one reader."""
        lead, city = told[0], self.desk.city
        groups = grouped(self._rows(lead), now, city.calendar)
        facts: dict[str, object] = {
            "day": day_of(lead.number),
            "groups": [self._group(group) for group in groups],
            "links": {"queue": f"{self.desk.site_url}/console/#/queue"},
        }
        words = self.desk.wording().words([lead.template], STATE_LANGUAGE, facts)
        return Message(id=lead.id, to=address, at=now, words=words, thread=lead.number)

    def fallback(self, notice: Notice, now: datetime) -> Notice | None:
        """Return None: a digest has no other way."""

    def quiet_until(self, notice: Notice, at: datetime) -> datetime:  # noqa: ARG002 - the port has it
        """Return `at`: staff are never quiet."""
        return at

    def settle(self, steps: Sequence[NoticeStep], now: datetime) -> bool:  # noqa: ARG002
        """Write how the sending went; False when another sender has taken it over."""
        return self.desk.notices.write(*steps)

    def _rows(self, notice: Notice) -> tuple[QueueRow, ...]:
        person = self.desk.city.people.get(notice.to)
        if person is None or person.executor is None:
            return ()
        return self.desk.cards.queue(person.executor, limit=MOST_CARDS, cursor=None).items

    def _group(self, group: Group) -> dict[str, object]:
        rows = [self._row(row) for row in group.rows[:MOST_ROWS]]
        more = len(group.rows) - len(rows)
        return {"title": say(STATE_LANGUAGE, f"digest.{group.name}"), "rows": rows, "more": more}

    def _row(self, row: QueueRow) -> dict[str, object]:
        topic = self.desk.city.topics.get(row.topic)
        return {
            "number": row.number,
            "topic": topic.name.in_language(STATE_LANGUAGE) if topic else "",
            "place": ", ".join(part for part in (row.street, row.building) if part),
            "due_at": row.due_at,
            "link": f"{self.desk.site_url}/console/#/cards/{row.number}",
        }
