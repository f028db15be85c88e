"""The bucket of recorded calls: an address to hear one by, good for a minute or two."""

from functools import cached_property
from typing import Any

from chalicelib.gateways import clients


class RecordingBucket:
    """Implements `usecases.call_ports.RecordingFiles` on S3."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    def link(self, key: str, *, seconds: int) -> str:
        """Return an address under which a recording can be heard for some seconds."""
        link: str = self._client.generate_presigned_url(
            "get_object", Params={"Bucket": self._bucket, "Key": key}, ExpiresIn=seconds
        )
        return link

    @cached_property
    def _client(self) -> Any:
        return clients.client("s3", signature_version="s3v4")
