"""A database that does not answer, told as StoreAway."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import botocore.exceptions
from pynamodb.exceptions import PynamoDBException

from chalicelib.domain.errors import StoreAway

_AWAY: Final = frozenset(
    {
        "InternalFailure",
        "InternalServerError",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestTimeout",
        "RequestTimeoutException",
        "ServiceUnavailable",
        "ServiceUnavailableException",
        "ThrottlingException",
        "TransactionInProgressException",
        "500",
        "502",
        "503",
        "504",
    }
)
_LOST: Final = (botocore.exceptions.ConnectionError, botocore.exceptions.HTTPClientError)


@contextmanager
def reaching() -> Iterator[None]:
    """Turn a database that does not answer into StoreAway; other errors are defects."""
    try:
        yield
    except _LOST as error:
        raise StoreAway from error
    except botocore.exceptions.ClientError as error:
        if error.response["Error"]["Code"] in _AWAY:
            raise StoreAway from error
        raise
    except PynamoDBException as error:
        # PynamoDB cannot tell the code of a lost connection, so that is asked first.
        if isinstance(error.cause, _LOST) or error.cause_response_code in _AWAY:
            raise StoreAway from error
        raise
