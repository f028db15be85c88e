"""The worker of conversations: each event of the queue heard in its resident's own order (K-2)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from chalice.app import SQSEvent

from chalicelib import wiring
from chalicelib.api import call_log
from chalicelib.api.batches import Failures
from chalicelib.api.contacts import phone_of
from chalicelib.api.registering import registry_of
from chalicelib.dialogue.facts import Facts
from chalicelib.domain.errors import StoreAway
from chalicelib.domain.inbound import EventKind, InboundEvent
from chalicelib.domain.numbers import link_mark
from chalicelib.domain.once import Once
from chalicelib.domain.outbound import OutboundMessage
from chalicelib.domain.people import APPLICANT
from chalicelib.domain.quarantine import Held
from chalicelib.gateways.conversation_queue import event_of
from chalicelib.usecases.conversation_cards import CardDesk
from chalicelib.usecases.conversation_effects import Means
from chalicelib.usecases.conversation_ports import Messenger, MessengerMisused
from chalicelib.usecases.conversations import hear
from chalicelib.usecases.entrance import take_in
from chalicelib.usecases.intake import Registered
from chalicelib.usecases.new_appeals import NewAppeal
from chalicelib.usecases.sending_ports import SendingLater, SendingRefused
from chalicelib.wiring import Centre
from chalicelib.words.say import say

EVENTS_A_MINUTE: Final = 20
FILES_A_DAY: Final = 30
GIVEN_UP_AFTER: Final = 3
"""After how many tries an event that breaks us is put aside, so that the next one is heard."""

_PURPOSE: Final = "chat"
_SPARE_MS: Final = 30_000


def converse(event: SQSEvent) -> Failures:
    """Hear what residents have written; what cannot be heard now holds up its resident only."""
    failed: list[dict[str, str]] = []
    heard: list[Mapping[str, Any]] = []
    waiting: set[str] = set()
    for record in event:
        told = record.to_dict()
        group = told.get("attributes", {}).get("MessageGroupId", "")
        if group in waiting or not _is_time(event) or not _hear(told, group, heard):
            waiting.add(group)
            failed.append({"itemIdentifier": told["messageId"]})
    call_log.write(function="converse", heard=heard, failed=len(failed))
    return {"batchItemFailures": failed}


def _is_time(event: SQSEvent) -> bool:
    """Tell whether there is time for one more, a picture that comes slowly included."""
    left_ms = getattr(event.context, "get_remaining_time_in_millis", None)
    return left_ms is None or left_ms() > _SPARE_MS


def _hear(told: Mapping[str, Any], group: str, heard: list[Mapping[str, Any]]) -> bool:
    """Hear one message; tell whether it is done with."""
    centre = wiring.centre()
    try:
        event = event_of(told["body"])
    except ValueError as error:
        call_log.write_defect(error, instance=told["messageId"])
        return _put_aside(centre, told["body"], group)
    hearing = _Hearing(centre, event, told)
    try:
        messenger = centre.talks.messengers.get(event.channel)
    except StoreAway:
        return False
    return messenger is None or hearing.done(messenger, heard)


def _put_aside(centre: Centre, body: str, group: str) -> bool:
    """Put a message with the dead letters; tell whether that was done."""
    try:
        centre.talks.queue.give_up(body, group)
    except StoreAway:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Hearing:
    """One message in hand."""

    centre: Centre
    event: InboundEvent
    told: Mapping[str, Any]

    @property
    def tries(self) -> int:
        """How often the message has been brought, this time counted."""
        return int(self.told.get("attributes", {}).get("ApproximateReceiveCount", 1))

    def done(self, messenger: Messenger, heard: list[Mapping[str, Any]]) -> bool:
        """Hear the event; tell whether it is done with."""
        centre, event = self.centre, self.event
        try:
            facts = facts_of(centre, event)
            means = means_of(centre, event, messenger, self.tries)
            heard.append(asdict(hear(event, facts, means, centre.talks.conversations)))
        except (StoreAway, SendingLater):
            self._promise(messenger)
            return False
        except Exception as error:  # noqa: BLE001 - one event must not hold up all after it
            call_log.write_defect(error, instance=self.told["messageId"])
            return self.tries >= GIVEN_UP_AFTER and self._give_up(messenger)
        return True

    def _promise(self, messenger: Messenger) -> None:
        """Tell a resident once that what they have written is kept and will be answered (K-2)."""
        if self.tries == 1 and self.event.kind is not EventKind.WAKE:
            self._say(messenger, say("uk", "chat.waiting"))

    def _give_up(self, messenger: Messenger) -> bool:
        """Put the event aside for somebody to look at, and tell its resident to try again."""
        if not _put_aside(self.centre, self.told["body"], self.event.identity):
            return False
        if self.event.kind is not EventKind.WAKE:
            phone = self.centre.city.centre_phone
            self._say(messenger, say("uk", "chat.broken", phone=phone))
        return True

    def _say(self, messenger: Messenger, words: str) -> None:
        try:
            messenger.write(self.event.identity, OutboundMessage(words))
        except (SendingLater, SendingRefused, MessengerMisused):
            return


def facts_of(centre: Centre, event: InboundEvent) -> Facts:
    """Return what the dialogue is told of the world. Raises StoreAway."""
    settings, secrets = centre.settings, centre.secrets
    key_id = secrets.current()
    mark = link_mark(secrets.key(key_id), key_id, _PURPOSE, f"{event.identity}|{event.id}")
    return Facts(
        now=_now(centre, event),
        city=centre.city,
        fresh_id=sha256(mark.encode()).hexdigest()[:32],
        phone_of=phone_of,
        events_a_minute=EVENTS_A_MINUTE * settings.demo_limits,
        appeals_a_day=settings.appeals_a_day,
        files_a_day=FILES_A_DAY * settings.demo_limits,
        site_url=settings.site_url,
    )


def means_of(centre: Centre, event: InboundEvent, messenger: Messenger, tries: int) -> Means:
    """Return what effects are done with."""
    now, limits = _now(centre, event), centre.limits("")

    def file(new: NewAppeal, once: Once[Registered | Held]) -> Registered | Held:
        registry = registry_of(centre, limits)
        new_id = centre.new_id
        return take_in(new, actor=APPLICANT, new_id=new_id, once=once, now=now, registry=registry)

    return Means(
        messenger=messenger,
        register=file,
        cards=CardDesk(
            centre.cards, centre.numbers, centre.tickets, centre.secrets, centre.city_now, limits
        ),
        tickets=centre.tickets,
        files=centre.talks.files,
        surroundings=centre.surroundings,
        works=centre.works,
        subscriptions=centre.subscriptions,
        residents=centre.residents,
        secrets=centre.secrets,
        tries=tries,
    )


def _now(centre: Centre, event: InboundEvent) -> datetime:
    """Return the clock, or the later instant of a sweep that travels in time."""
    now = centre.now()
    travels = event.kind is EventKind.WAKE and centre.settings.allow_time_travel
    return max(now, event.at) if travels else now
