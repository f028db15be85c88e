"""The evidence bucket: uploads under `incoming/`, originals kept, public copies shown."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from typing import Any, Final

from botocore.exceptions import ClientError

from chalicelib.domain.errors import Fault, InputRefused, NotFound
from chalicelib.gateways import clients
from chalicelib.gateways.file_limits import SIZE_LIMIT_BYTES
from chalicelib.usecases.ports import PresignedPost

POST_SECONDS_LIMIT: Final = 300
"""The longest time a form may be used."""

SHOWN_IN_PLACE: Final = "image/"
"""Only pictures open in the page; whatever else is published is saved as a file."""

KEPT_BY_BROWSERS: Final = "public, max-age=3600"
"""A public copy never changes, but it may be taken down: an hour, not a year."""


_ABSENT: Final = frozenset({"NoSuchKey", "404"})


class EvidenceBucket:
    """Implements `usecases.ports.EvidenceFiles` on S3."""

    def __init__(self, bucket: str, upload_url: str) -> None:
        """Say where files are.

        Args:
            bucket: the bucket's name.
            upload_url: where a browser posts a form: an address of the site itself, behind
                which the bucket stands.
        """
        self._bucket = bucket
        self._upload_url = upload_url

    def presigned_post(
        self, key: str, *, content_type: str, size_bytes: int, seconds: int
    ) -> PresignedPost:
        """Return a form for one file under exactly `key`, of this type and at most this size.

        Args:
            key: the object's key, taken literally.
            content_type: the only type that the form may declare.
            size_bytes: 1 to SIZE_LIMIT_BYTES; an empty or a longer file is refused by S3.
            seconds: how long the form may be used; five minutes is the most.

        Raises:
            ValueError: the size is out of bounds, or S3 would read the key as a pattern.
        """
        if not 1 <= size_bytes <= SIZE_LIMIT_BYTES:
            raise ValueError(f"an upload has 1 to {SIZE_LIMIT_BYTES} bytes, not {size_bytes}")
        if not key or "$" in key:
            raise ValueError(f"not a literal key: {key!r}")
        form = self._client.generate_presigned_post(
            self._bucket,
            key,
            Fields={"Content-Type": content_type},
            Conditions=[
                ["eq", "$Content-Type", content_type],
                ["content-length-range", 1, size_bytes],
            ],
            ExpiresIn=min(seconds, POST_SECONDS_LIMIT),
        )
        return PresignedPost(url=self._upload_url, fields=form["fields"])

    def read(self, key: str) -> bytes:
        """Return an object's bytes.

        Raises:
            NotFound: no such object.
            InputRefused: it is larger than SIZE_LIMIT_BYTES (`too_large`); nothing was read.
            StoreAway: S3 does not answer.
        """
        with clients.away_is_said("s3"), _absent_is_not_found():
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
            with closing(answer["Body"]) as body:
                if answer["ContentLength"] > SIZE_LIMIT_BYTES:
                    raise InputRefused(faults=(Fault("file", "too_large"),))
                data: bytes = body.read()
        return data

    def keep(self, source_key: str, target_key: str) -> None:
        """Copy an object within the bucket; doing it twice changes nothing.

        Raises:
            NotFound: there is no object under `source_key`.
            StoreAway: S3 does not answer.
        """
        with clients.away_is_said("s3"), _absent_is_not_found():
            self._client.copy_object(
                Bucket=self._bucket,
                Key=target_key,
                CopySource={"Bucket": self._bucket, "Key": source_key},
            )

    def publish(self, key: str, data: bytes, *, content_type: str) -> None:
        """Write a public copy, shown in place if it is a picture. Raises StoreAway."""
        shown = content_type.startswith(SHOWN_IN_PLACE) and "svg" not in content_type
        with clients.away_is_said("s3"):
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=data,
                ContentType=content_type,
                ContentDisposition="inline" if shown else "attachment",
                CacheControl=KEPT_BY_BROWSERS,
            )

    def remove(self, key: str) -> None:
        """Delete an object; one that is not there is no matter. Raises StoreAway."""
        with clients.away_is_said("s3"):
            self._client.delete_object(Bucket=self._bucket, Key=key)

    @cached_property
    def _client(self) -> Any:
        # Without a version named, botocore signs forms of old regions the way S3 no longer takes.
        # Parameters stay validated: an empty key would make a request to the bucket itself.
        return clients.client("s3", signature_version="s3v4")


@contextmanager
def _absent_is_not_found() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if clients.code_of(error) not in _ABSENT:
            raise
        raise NotFound from error
