"""A city's mail room over fakes: events are told, queues are read, the sweep looks after both."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from chalicelib.api.contacts import phone_of
from chalicelib.domain.appeal import Applicant, ReplyChannel, Residence
from chalicelib.domain.notice import Notice
from chalicelib.domain.people import APPLICANT
from chalicelib.regulation.notices_digest import DIGESTS
from chalicelib.store.shards import SHARDS
from chalicelib.usecases.outbox import Outbox, tell
from chalicelib.usecases.redrive import tell_late, wake_notice
from chalicelib.usecases.sending import Done, Sending, send
from chalicelib.usecases.sending_addresses import Addresses
from chalicelib.usecases.sending_cards import CardMatter
from chalicelib.usecases.sending_delivery import Gateways
from chalicelib.usecases.sending_digests import DigestMatter
from chalicelib.usecases.sending_matters import Desk, Matter
from chalicelib.usecases.writing import Note, change
from chalicelib.words.letters import Letters
from tests.fakes import (
    FakeAppointments,
    FakeEvidenceFiles,
    FakeHooks,
    FakeMailer,
    FakeNotices,
    FakeQueues,
    FakeResidents,
    FakeSms,
    in_turn,
)
from tests.usecases.collaborators import NOW, Centre

MINUTE = timedelta(minutes=1)
SITE = "https://centre.example"


@dataclass
class Mailroom(Centre):
    """The collaborators of one test, those of notices too."""

    now: datetime = NOW
    done: list[Done] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Put the fakes on one shelf."""
        super().__post_init__()
        self.notices = FakeNotices(self.shelf)
        self.queues, self.residents = FakeQueues(), FakeResidents()
        self.appointments, self.files = FakeAppointments(self.shelf), FakeEvidenceFiles()
        self.mail, self.sms, self.hooks = FakeMailer(), FakeSms(), FakeHooks()

    @property
    def outbox(self) -> Outbox:
        """What telling works with."""
        entries = self.appointments.entries(self.now)
        hooked = [name for name in entries.webhooks if entries.webhook_of(name)]
        return Outbox(self.city, self.cards, self.notices, self.queues, hooked)

    @property
    def sending(self) -> Sending:
        """What sending works with."""
        desk = Desk(
            city=self.city,
            site_url=SITE,
            cards=self.cards,
            notices=self.notices,
            secrets=self.secrets,
            files=self.files,
            wording=lambda: Letters(self.city),
            phone_of=phone_of,
            hook_of=self.appointments.entries(self.now).webhook_of,
        )
        return Sending(
            read=partial(self._matter, desk),
            notices=self.notices,
            addresses=Addresses(self.residents, self.appointments),
            deliver=Gateways(self.mail, self.sms, self.hooks).deliver,
        )

    def _matter(self, desk: Desk, number: str) -> Matter | None:
        if number.startswith(DIGESTS):
            return DigestMatter(self.notices.of(number), desk, self.now)
        return (
            CardMatter(self.cards.read_file(number), desk) if number in self.shelf.files else None
        )

    def tell(self, number: str) -> int:
        """Do what the stream does for a card."""
        return tell(number, self.now, self.outbox)

    def deliver(self) -> list[Done]:
        """Let the queues' delays pass, and send what they name."""
        queued, self.queues.queued = self.queues.queued, []
        for each in sorted(queued, key=lambda one: one.delay_seconds):
            self.now = max(self.now, each.at or self.now)
            self.done.append(send(each.notice_id, self.now, self.sending))
        return self.done[-len(queued) :] if queued else []

    def send(self, notice_id: str) -> Done:
        """Send what one message of a queue names."""
        return send(notice_id, self.now, self.sending)

    def sweep(self) -> None:
        """Do what the minute's sweep does for notices."""
        tell_late(self.now, self.outbox, start=in_turn)
        for shard in range(SHARDS):
            for waking in self.cards.to_wake(shard, self.now, limit=100):
                if waking.part.startswith("NOTICE#"):
                    wake_notice(waking, self.now, notices=self.notices, queues=self.queues)

    def pass_(self, **span: float) -> None:
        """Let some time pass."""
        self.now += timedelta(**span)

    def of(self, number: str) -> dict[str, Notice]:
        """Return a card's notices by the rest of their ids."""
        found = self.notices.of(number)
        return {notice.id.removeprefix(f"{number}."): notice for notice in found}

    def filed(self, **changes: Any) -> str:
        """Register an appeal of somebody with a phone and an e-mail; return its number."""
        fields: dict[str, Any] = {"applicant": an_applicant(), **changes}
        return self.register(now=self.now, **fields).card.number


def an_applicant(**changes: Any) -> Applicant:
    """Return somebody who can be reached by every way but a chat."""
    fields: dict[str, Any] = {
        "name": "Оксана Вигадана",
        "phone": "+380670000001",
        "email": "oksana@example.com",
        "residence": Residence("вулиця Проскурівська", "14"),
    }
    return Applicant(**(fields | changes))


def filed(room: Mailroom, **changes: Any) -> str:
    """Register and tell; return the number."""
    number = room.filed(**{"reply_channel": ReplyChannel.EMAIL, **changes})
    room.tell(number)
    return number


def happens(room: Mailroom, number: str, *notes: Note, **changes: Any) -> None:
    """Let something happen to a card, and tell of it."""
    before = room.file(number).card
    room.put(change(before, replace(before, **changes), room.now, APPLICANT, *notes))
    room.tell(number)
