"""Connected consoles in memory: who listens, and what each has heard."""

from collections import defaultdict
from datetime import datetime

from chalicelib.domain.errors import StoreAway
from chalicelib.domain.live import Connection


class FakeConnections:
    """Implements `usecases.sending_ports.Connections`."""

    def __init__(self) -> None:
        self._kept: dict[str, Connection] = {}

    def keep(self, connection: Connection) -> None:
        """Keep a connection, over what was kept of it before."""
        self._kept[connection.id] = connection

    def read(self, connection_id: str, now: datetime) -> Connection | None:
        """Return a connection, None for one that is unknown or has expired."""
        found = self._kept.get(connection_id)
        return found if found and found.expires_at > now else None

    def listening(self, audience: str, now: datetime) -> list[str]:
        """Return the ids of an audience's connections that have not expired."""
        ids = sorted(self._kept)
        return [each for each in ids if self._hears(each, audience) and self.read(each, now)]

    def _hears(self, connection_id: str, audience: str) -> bool:
        return self._kept[connection_id].audience == audience

    def forget(self, connection_id: str) -> None:
        """Forget a connection that has ended."""
        self._kept.pop(connection_id, None)

    def drop(self, audience: str, connection_id: str) -> None:
        """Forget a connection that is known to belong to an audience."""
        self.forget(connection_id)


class FakeLive:
    """Implements `usecases.sending_ports.Live`; `ended` are gone, `away` cannot be reached."""

    def __init__(self, *, ended: tuple[str, ...] = (), away: tuple[str, ...] = ()) -> None:
        self.heard: dict[str, list[bytes]] = defaultdict(list)
        self.closed: list[str] = []
        self._ended = set(ended)
        self._away = set(away)

    def push(self, connection: str, data: bytes) -> bool:
        """Push to a connection; False when it is gone. Raises StoreAway."""
        if connection in self._away:
            raise StoreAway(service="live")
        if connection in self._ended:
            return False
        self.heard[connection].append(data)
        return True

    def close(self, connection: str) -> None:
        """Close a connection."""
        self.closed.append(connection)
        self._ended.add(connection)
