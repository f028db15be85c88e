"""Pictures on their way from a messenger into the evidence bucket."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from chalicelib.gateways import clients

_AT_ONCE: Final = 1000


class ChatFileBucket:
    """Implements `usecases.conversation_ports.ChatFiles` on S3."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    def put(self, key: str, data: bytes, *, content_type: str) -> None:
        """Write an arrival; the bucket tells the queue of it. Raises StoreAway."""
        with clients.away_is_said("s3"):
            self._client.put_object(
                Bucket=self._bucket, Key=key, Body=data, ContentType=content_type
            )

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects, whether or not they are there. Raises StoreAway."""
        if not keys:
            return
        named = [{"Key": key} for key in keys[:_AT_ONCE]]
        with clients.away_is_said("s3"):
            self._client.delete_objects(Bucket=self._bucket, Delete={"Objects": named})

    @cached_property
    def _client(self) -> Any:
        return clients.client("s3")
