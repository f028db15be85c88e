"""The bucket into which the mail server puts what arrives at the official address."""

from contextlib import closing
from functools import cached_property
from typing import Any, Final

from botocore.exceptions import ClientError

from chalicelib.domain.errors import NotFound
from chalicelib.gateways import clients
from chalicelib.usecases.mail_ports import TooLarge

MOST_BYTES: Final = 25 * 1024 * 1024
"""The largest letter that is read; SES takes up to 40 MB."""

_ABSENT: Final = frozenset({"NoSuchKey", "404"})
_READ_SECONDS: Final = 20.0


class MailBucket:
    """Implements `usecases.mail_ports.MailFiles` on S3."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    def read(self, key: str) -> bytes:
        """Return a letter's bytes. Raises NotFound, TooLarge, StoreAway."""
        try:
            with clients.away_is_said("s3"):
                answer = self._client.get_object(Bucket=self._bucket, Key=key)
                with closing(answer["Body"]) as body:
                    if answer["ContentLength"] > MOST_BYTES:
                        raise TooLarge
                    data: bytes = body.read()
        except ClientError as error:
            if clients.code_of(error) not in _ABSENT:
                raise
            raise NotFound from error
        return data

    def link(self, key: str, *, seconds: int) -> str:
        """Return an address under which a letter can be saved for some seconds."""
        asked = {
            "Bucket": self._bucket,
            "Key": key,
            "ResponseContentType": "message/rfc822",
            "ResponseContentDisposition": 'attachment; filename="letter.eml"',
        }
        link: str = self._client.generate_presigned_url(
            "get_object", Params=asked, ExpiresIn=seconds
        )
        return link

    @cached_property
    def _client(self) -> Any:
        return clients.client("s3", signature_version="s3v4", read_seconds=_READ_SECONDS)
