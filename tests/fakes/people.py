"""The directory in memory."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.people import Actor


class FakeDirectory:
    """Implements `usecases.ports.Directory`, and the admin's writing."""

    def __init__(self) -> None:
        self._people: dict[str, Actor] = {}
        self._clients: dict[str, tuple[Actor, str]] = {}

    def person(self, subject: str, now: datetime) -> Actor | None:
        """Return whom a proven account is, None for an unknown or dismissed one."""
        return self._people.get(subject)

    def client(self, client_id: str, secret_hash: str, now: datetime) -> Actor | None:
        """Return whom an API key stands for, None for an unknown or revoked one."""
        client, kept = self._clients.get(client_id, (None, ""))
        return client if kept == secret_hash else None

    def put_person(self, person: Actor, *, active: bool = True) -> None:
        """Enter or change a person; one who is not active may do nothing."""
        self._people.pop(person.subject, None)
        if active:
            self._people[person.subject] = replace(person, token_id=None)

    def put_client(self, client: Actor, secret_hash: str, *, active: bool = True) -> None:
        """Enter or change an API client by the hash of its secret."""
        self._clients.pop(client.subject, None)
        if active:
            self._clients[client.subject] = (replace(client, token_id=None), secret_hash)
