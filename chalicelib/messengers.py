"""Which messengers a deployment talks by; loading this loads HTTP, so wiring does it late."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from chalicelib.channels.telegram import TelegramBot, TelegramReceiver
from chalicelib.channels.viber import ViberBot, ViberReceiver, welcome
from chalicelib.config import Settings
from chalicelib.domain.bots import TELEGRAM, VIBER
from chalicelib.domain.city import City
from chalicelib.domain.inbound import Press
from chalicelib.domain.notice import Medium
from chalicelib.domain.outbound import Button
from chalicelib.gateways import senders
from chalicelib.gateways.bot_secrets import BotSecrets
from chalicelib.gateways.chat_files import ChatFileBucket
from chalicelib.gateways.conversation_queue import SqsConversationQueue
from chalicelib.gateways.downloads import Downloads
from chalicelib.store.conversations import ConversationStore
from chalicelib.store.guards import GuardStore
from chalicelib.store.tables import Tables
from chalicelib.usecases.chat_notices import ChatNotices
from chalicelib.usecases.conversation_ports import Bots, Messenger, Messengers, Talks
from chalicelib.usecases.ports import Secrets
from chalicelib.usecases.sending_delivery import Gateways
from chalicelib.usecases.sending_ports import Chat
from chalicelib.words.say import say

VIBER_FILES: Final = (".viber.com",)
"""Endings of the hosts where Viber keeps what people have sent."""


class MessengersThatAreOn(Mapping[str, Messenger]):
    """Implements `usecases.conversation_ports.Messengers`: a channel without a token is off."""

    def __init__(self, made: Messengers, bots: Bots, now: Callable[[], datetime]) -> None:
        self._made, self._bots, self._now = made, bots, now

    def __getitem__(self, channel: str) -> Messenger:
        """Return a messenger. Raises KeyError for one that is off, StoreAway."""
        if self._bots.bot(channel, self._now()) is None:
            raise KeyError(channel)
        return self._made[channel]

    def __iter__(self) -> Any:
        """Return the channels that are on, one after another."""
        return (each for each in self._made if self._bots.bot(each, self._now()))

    def __len__(self) -> int:
        """Return how many channels are on."""
        return sum(1 for _ in self)


def talks(settings: Settings, city: City, tables: Tables, now: Callable[[], datetime]) -> Talks:
    """Return what conversations are held with."""
    bots = BotSecrets(settings.chat_secret_arn)
    return Talks(
        receivers={
            TELEGRAM: TelegramReceiver(),
            VIBER: ViberReceiver(lambda language, start: _welcome(city, language, start)),
        },
        messengers=MessengersThatAreOn(_messengers(settings, city, bots, now), bots, now),
        conversations=ConversationStore(tables),
        queue=SqsConversationQueue(settings.conversation_queue, settings.conversation_dead_queue),
        bots=bots,
        files=ChatFileBucket(settings.evidence_bucket),
    )


def gateways(
    settings: Settings, city: City, secrets: Secrets, tables: Tables, now: Callable[[], datetime]
) -> Gateways:
    """Return what messages leave by, messengers among them."""
    of = talks(settings, city, tables, now)
    notices = ChatNotices(
        messengers=of.messengers,
        conversations=of.conversations,
        guards=GuardStore(tables),
        city=city,
        now=now,
        paid_a_month=settings.viber_paid_a_month,
    )
    chats: dict[Medium, Chat] = {Medium.TELEGRAM: notices, Medium.VIBER: notices}
    return replace(senders.gateways(settings, city, secrets), chats=chats)


def _messengers(
    settings: Settings, city: City, bots: Bots, now: Callable[[], datetime]
) -> Messengers:
    def token(channel: str) -> str:
        bot = bots.bot(channel, now())
        return bot.token if bot else ""

    telegram, viber = settings.telegram_api_base, settings.viber_api_base
    return {
        TELEGRAM: TelegramBot(lambda: token(TELEGRAM), telegram, download=Downloads(telegram).read),
        VIBER: ViberBot(
            lambda: token(VIBER),
            viber,
            name=_name(city, "uk"),
            download=Downloads(viber, hosts=VIBER_FILES).read,
        ),
    }


def _welcome(city: City, device_language: str, start: str) -> Mapping[str, Any]:
    language = "en" if device_language.lower().startswith("en") else "uk"
    words = say(language, "chat.greeting", centre=_name(city, language))
    button = Button(say(language, "chat.b.new"), Press("-", "new"))
    return welcome(words, button, _name(city, "uk"), start)


def _name(city: City, language: str) -> str:
    return (city.centre.name if city.centre else city.name).in_language(language)
