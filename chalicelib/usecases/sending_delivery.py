"""Hand a message to the gateway of its medium."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.domain.notice import Medium
from chalicelib.usecases.sending_matters import Message
from chalicelib.usecases.sending_ports import Chat, Hooks, Letter, Mailer, SmsGateway, Worded


@dataclass(frozen=True, slots=True)
class Gateways:
    """What messages leave by."""

    mail: Mailer
    sms: SmsGateway
    hooks: Hooks
    chats: Mapping[Medium, Chat] = field(default_factory=dict)

    def deliver(self, medium: Medium, message: Message) -> str:
        """Hand a message over and return the message id; a webhook has none but its own.

        Raises SendingRefused, SendingLater; ValueError for a medium that nothing leaves by.
        """
        if medium is Medium.EMAIL:
            return self.mail.send(_letter(message))
        if medium is Medium.SMS:
            return self.sms.send(message.to, _words(message).short, message.id)
        if medium in self.chats:
            return self.chats[medium].send(message.to, _words(message).chat, message.buttons)
        if medium is Medium.WEBHOOK:
            self.hooks.post(message.to, message.secrets, message.id, message.at, message.body)
            return ""
        raise ValueError(medium)


def _letter(message: Message) -> Letter:
    words = _words(message)
    return Letter(
        id=message.id,
        to=message.to,
        subject=words.subject,
        text=words.text,
        html=words.html,
        thread=message.thread,
        language=message.language,
        one_click_off=message.one_click_off,
        attachments=message.attachments,
    )


def _words(message: Message) -> Worded:
    if message.words is None:
        raise ValueError(message.id)
    return message.words
