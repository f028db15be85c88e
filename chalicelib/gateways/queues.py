"""The queues of the senders: a message is a hint with an id, never what is said or to whom."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from chalicelib.domain.errors import StoreAway
from chalicelib.domain.notice import Medium
from chalicelib.gateways import clients

_AT_ONCE: Final = 10
"""How many messages SQS takes in one call."""


class SenderQueues:
    """Implements `usecases.sending_ports.Queues`."""

    def __init__(self, by_medium: Mapping[Medium, str], live: str) -> None:
        """Say where the queues are.

        Args:
            by_medium: addresses of the queues by what they send.
            live: the address of the queue of news for consoles.
        """
        self._by_medium = by_medium
        self._live = live

    def put(
        self,
        medium: Medium,
        ids: Sequence[str],
        *,
        at: datetime | None = None,
        delay_seconds: int = 0,
    ) -> None:
        """Put ids of notices on the queue of their medium; at most 900 s of delay.

        Raises StoreAway, also when only some were taken: the sweep puts all of them there again.
        """
        said = [{"id": notice_id, "at": at.isoformat() if at else None} for notice_id in ids]
        for batch in _batches(said):
            entries = [
                {"Id": str(i), "MessageBody": json.dumps(each), "DelaySeconds": delay_seconds}
                for i, each in enumerate(batch)
            ]
            with clients.away_is_said("sqs"):
                answer = self._client.send_message_batch(
                    QueueUrl=self._by_medium[medium], Entries=entries
                )
            if answer.get("Failed"):
                raise StoreAway(service="sqs")

    def tell_consoles(self, news: Mapping[str, str]) -> None:
        """Put one small message on the queue `live`. Raises StoreAway."""
        with clients.away_is_said("sqs"):
            self._client.send_message(QueueUrl=self._live, MessageBody=json.dumps(dict(news)))

    @cached_property
    def _client(self) -> Any:
        return clients.client("sqs")


def _batches(said: Sequence[Mapping[str, str | None]]) -> Iterator[Sequence[Mapping[str, Any]]]:
    for begin in range(0, len(said), _AT_ONCE):
        yield said[begin : begin + _AT_ONCE]
