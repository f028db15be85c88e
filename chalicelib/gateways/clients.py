"""Clients of AWS services, made on first use, and what to say when a service is away."""

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import botocore.session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionError,  # noqa: A004 - botocore's own, the parent of all its connection failures
    HTTPClientError,
    IncompleteReadError,
)

from chalicelib.domain.errors import StoreAway

ATTEMPTS: Final = 3
"""Calls made at most before a service counts as away; the SDK backs off between them."""

CONNECT_SECONDS: Final = 1.0
READ_SECONDS: Final = 4.0

_MAKING: Final = threading.Lock()


def client(
    service: str,
    *,
    endpoint: str | None = None,
    attempts: int = ATTEMPTS,
    read_seconds: float = READ_SECONDS,
    **options: Any,
) -> Any:
    """Return a new client of a service; region, credentials and endpoint are botocore's to find.

    Args:
        service: botocore's name of the service.
        endpoint: where a service answers that has no address common to all.
        attempts: calls made at most; 1 where the same call twice would be two messages.
        read_seconds: how long an answer is waited for.
        options: more fields of botocore's Config.
    """
    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=read_seconds,
        retries={"total_max_attempts": attempts, "mode": "standard"},
        **options,
    )
    with _MAKING:  # a session is not made for threads, a client is
        return _session().create_client(service, endpoint_url=endpoint, config=config)


def unsigned_client(service: str, **options: Any) -> Any:
    """Return a client that needs no credentials, for calls that are open to anybody."""
    return client(service, signature_version=UNSIGNED, **options)


@contextmanager
def away_is_said(service: str) -> Iterator[None]:
    """Raise StoreAway, with the service's name, for failures that may pass by themselves.

    Refusals of any other kind (a missing permission, a wrong name) are defects and pass.
    """
    try:
        yield
    except (ConnectionError, HTTPClientError, IncompleteReadError) as error:
        raise StoreAway(service=service) from error
    except ClientError as error:
        if not _may_pass(error):
            raise
        raise StoreAway(service=service) from error


def code_of(error: ClientError) -> str:
    """Return the service's own name of a refusal; "404" where an answer has no body."""
    return str(error.response.get("Error", {}).get("Code", ""))


def _may_pass(error: ClientError) -> bool:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return status >= 500 or status == 429 or code_of(error) in _THROTTLED


_THROTTLED: Final = frozenset(
    {
        "RequestLimitExceeded",
        "RequestTimeout",
        "SlowDown",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)


@functools.cache
def _session() -> Any:
    return botocore.session.get_session()
