"""The `ws#` and `socket#` items of `guards`: which consoles are connected.

Keys: `ws#<audience>` / the connection's id says who listens; `socket#<id>` / `socket` says whose
a connection is, for the gateway names nothing but the id when it ends. Both expire together.
"""

from datetime import datetime
from typing import Final

from pynamodb.attributes import TTLAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.live import Connection
from chalicelib.store.attributes import InstantAttribute, Raw
from chalicelib.store.tables import Tables

_SOCKET: Final = "socket"


class ListenerItem(Model):
    """A connection among those of its audience."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    expires_at = TTLAttribute()


class SocketItem(Model):
    """Whose a connection is."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    audience = UnicodeAttribute()
    subject = UnicodeAttribute()
    token_id = UnicodeAttribute()
    signed_in_until = InstantAttribute()
    expires_at = TTLAttribute()


class ConnectionStore:
    """Implements `usecases.sending_ports.Connections`."""

    def __init__(self, tables: Tables) -> None:
        self._guards = tables.guards

    def keep(self, connection: Connection) -> None:
        """Keep a connection, over what was kept of it before."""
        # First whose it is: a connection that ends in between is then found and forgotten.
        self._guards.put(_socket_item(connection))
        self._guards.put(
            ListenerItem(
                key=_listeners_key(connection.audience),
                sort=connection.id,
                expires_at=connection.expires_at,
            )
        )

    def read(self, connection_id: str, now: datetime) -> Connection | None:
        """Return a connection, None for one that is unknown or has expired."""
        raw = self._guards.get(_socket_key(connection_id), _SOCKET)
        found = _connection(raw) if raw else None
        return found if found and found.expires_at > now else None

    def listening(self, audience: str, now: datetime) -> list[str]:
        """Return the ids of an audience's connections that have not expired."""
        found = [
            ListenerItem.from_raw_data(raw)
            for page in self._guards.pages(_listeners_key(audience))
            for raw in page.items
        ]
        return [item.sort for item in found if item.expires_at > now]

    def forget(self, connection_id: str) -> None:
        """Forget a connection that has ended; one that is unknown is no matter."""
        raw = self._guards.get(_socket_key(connection_id), _SOCKET)
        if raw is not None:
            self.drop(_connection(raw).audience, connection_id)

    def drop(self, audience: str, connection_id: str) -> None:
        """Forget a connection that is known to belong to an audience."""
        self._guards.delete(_listeners_key(audience), connection_id)
        self._guards.delete(_socket_key(connection_id), _SOCKET)


def _socket_item(connection: Connection) -> SocketItem:
    return SocketItem(
        key=_socket_key(connection.id),
        sort=_SOCKET,
        audience=connection.audience,
        subject=connection.subject,
        token_id=connection.token_id,
        signed_in_until=connection.signed_in_until,
        expires_at=connection.expires_at,
    )


def _connection(raw: Raw) -> Connection:
    item = SocketItem.from_raw_data(raw)
    return Connection(
        id=item.key.partition("#")[2],
        audience=item.audience,
        subject=item.subject,
        token_id=item.token_id,
        signed_in_until=item.signed_in_until,
        expires_at=item.expires_at,
    )


def _listeners_key(audience: str) -> str:
    return f"ws#{audience}"


def _socket_key(connection_id: str) -> str:
    return f"socket#{connection_id}"
