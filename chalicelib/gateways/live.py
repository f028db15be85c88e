"""The WebSocket gateway, by which functions speak to connected consoles."""

from functools import cached_property
from typing import Any, Final

from botocore.exceptions import ClientError

from chalicelib.gateways import clients

_GONE: Final = frozenset({"GoneException", "410"})
_AT_ONCE: Final = 8


class LiveConnections:
    """Implements `usecases.sending_ports.Live`."""

    def __init__(self, endpoint: str) -> None:
        """Say where the gateway's stage is managed: an address, without a slash at the end."""
        self._endpoint = endpoint

    def push(self, connection: str, data: bytes) -> bool:
        """Push to a connection; False when it is gone. Raises StoreAway."""
        return self._is_there(
            lambda: self._client.post_to_connection(ConnectionId=connection, Data=data)
        )

    def close(self, connection: str) -> None:
        """Close a connection, if it is still there. Raises StoreAway."""
        self._is_there(lambda: self._client.delete_connection(ConnectionId=connection))

    @staticmethod
    def _is_there(call: Any) -> bool:
        try:
            with clients.away_is_said("apigatewaymanagementapi"):
                call()
        except ClientError as error:
            if clients.code_of(error) not in _GONE:
                raise
            return False
        return True

    @cached_property
    def _client(self) -> Any:
        return clients.client(
            "apigatewaymanagementapi", endpoint=self._endpoint, max_pool_connections=_AT_ONCE
        )
