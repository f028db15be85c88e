"""The queue between webhooks and the worker: FIFO, a group for each resident."""

from functools import cache, cached_property
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter

from chalicelib.domain.inbound import InboundEvent
from chalicelib.gateways import clients


class SqsConversationQueue:
    """Implements `usecases.conversation_ports.ConversationQueue`."""

    def __init__(self, url: str, dead_url: str = "") -> None:
        """Say where the queue is, and where what cannot be worked on is put aside."""
        self._url = url
        self._dead_url = dead_url

    def put(self, event: InboundEvent) -> None:
        """Put an event on the queue; one that is there already is not put twice.

        Raises StoreAway.
        """
        self._send(self._url, body_of(event), event.identity, f"{event.identity}|{event.id}")

    def give_up(self, body: str, identity: str) -> None:
        """Put a message aside that cannot be worked on, for somebody to look at."""
        self._send(self._dead_url, body, identity, body)

    def _send(self, url: str, body: str, identity: str, once: str) -> None:
        with clients.away_is_said("sqs"):
            self._client.send_message(
                QueueUrl=url,
                MessageBody=body,
                MessageGroupId=_mark(identity),
                MessageDeduplicationId=_mark(once),
            )

    @cached_property
    def _client(self) -> Any:
        return clients.client("sqs")


def body_of(event: InboundEvent) -> str:
    """Return an event as the text of a message."""
    return _adapter().dump_json(event, exclude_defaults=True).decode()


def event_of(body: str) -> InboundEvent:
    """Return the event of a message's text. Raises ValueError for another text."""
    return _adapter().validate_json(body)


def _mark(text: str) -> str:
    """Return what stands for a text among the letters that SQS takes."""
    return sha256(text.encode()).hexdigest()


@cache
def _adapter() -> TypeAdapter[InboundEvent]:
    return TypeAdapter(InboundEvent)
