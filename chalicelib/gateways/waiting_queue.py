"""The queue of appeals that wait for the database: SQS, which does not depend on it."""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from botocore.exceptions import ClientError

from chalicelib.gateways import clients

DELAY_SECONDS: Final = 5
"""A database that has just failed is not asked again at once."""


_NOT_IN_HAND: Final = frozenset(
    {"ReceiptHandleIsInvalid", "MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight"}
)


class SqsWaitingQueue:
    """Implements `usecases.waiting.WaitingQueue`."""

    def __init__(self, url: str) -> None:
        self._url = url

    def put(self, message: Mapping[str, Any]) -> None:
        """Put an appeal there. Raises StoreAway."""
        body = json.dumps(dict(message), ensure_ascii=False)
        with clients.away_is_said("sqs"):
            self._client.send_message(
                QueueUrl=self._url, MessageBody=body, DelaySeconds=DELAY_SECONDS
            )

    def later(self, handle: str, *, seconds: int) -> None:
        """Let a message that was brought come again after some seconds.

        One that is not in our hands any more comes by the queue's own time. Raises StoreAway.
        """
        try:
            with clients.away_is_said("sqs"):
                self._client.change_message_visibility(
                    QueueUrl=self._url, ReceiptHandle=handle, VisibilityTimeout=seconds
                )
        except ClientError as error:
            if clients.code_of(error) not in _NOT_IN_HAND:
                raise

    @cached_property
    def _client(self) -> Any:
        return clients.client("sqs")
