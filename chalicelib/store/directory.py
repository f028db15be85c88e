"""The `directory` table: who people and machines are.

Keys: `kind` = `person`, `id` = the account's stable id; `kind` = `client`, `id` = the id of
an API client. A change of role acts within a minute.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.people import Actor, Role
from chalicelib.store.attributes import InstantAttribute
from chalicelib.store.tables import Tables

PERSON: Final = "person"
_CLIENT: Final = "client"
_CACHED_FOR: Final = timedelta(seconds=60)


class ActorItem(Model):
    """A person, or a machine with the hash of its key; `off` when dismissed or revoked.

    A post is held from `from_at` until `until_at`; between `acts_from_at` and `acts_until_at`
    the person acts for somebody absent (`acts_for`), by the role `acts_as`.
    """

    kind = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    role = UnicodeAttribute()
    name = UnicodeAttribute(null=True)
    executor = UnicodeAttribute(null=True)
    person = UnicodeAttribute(null=True)
    secret_hash = UnicodeAttribute(null=True)
    off = BooleanAttribute(null=True)
    from_at = InstantAttribute(null=True)
    until_at = InstantAttribute(null=True)
    acts_for = UnicodeAttribute(null=True)
    acts_as = UnicodeAttribute(null=True)
    acts_from_at = InstantAttribute(null=True)
    acts_until_at = InstantAttribute(null=True)


class DirectoryStore:
    """Implements `usecases.ports.Directory`; the admin's writing stands here too.

    Whoever was found is believed for 60 s.
    """

    def __init__(self, tables: Tables) -> None:
        self._directory = tables.directory
        self._seen: dict[tuple[str, str], _Seen] = {}

    def person(self, subject: str, now: datetime) -> Actor | None:
        """Return whom a proven account is, None for an unknown or dismissed one."""
        seen = self._look_up(PERSON, subject, now)
        return seen.actor if seen else None

    def client(self, client_id: str, secret_hash: str, now: datetime) -> Actor | None:
        """Return whom an API key stands for, None for an unknown or revoked one."""
        seen = self._look_up(_CLIENT, client_id, now)
        if seen is None:
            return None
        same = hmac.compare_digest(seen.secret_hash.encode(), secret_hash.encode())
        return seen.actor if same else None

    def put_person(self, person: Actor, *, active: bool = True) -> None:
        """Enter or change a person; one who is not active may do nothing."""
        self._directory.put(_item(PERSON, person, active=active))
        self._seen.pop((PERSON, person.subject), None)

    def put_client(self, client: Actor, secret_hash: str, *, active: bool = True) -> None:
        """Enter or change an API client by the hash of its secret."""
        item = _item(_CLIENT, client, active=active)
        item.secret_hash = secret_hash
        self._directory.put(item)
        self._seen.pop((_CLIENT, client.subject), None)

    def _look_up(self, kind: str, actor_id: str, now: datetime) -> "_Seen | None":
        seen = self._seen.get((kind, actor_id))
        if seen and timedelta(0) <= now - seen.at < _CACHED_FOR:
            return seen
        self._seen.pop((kind, actor_id), None)
        raw = self._directory.get(kind, actor_id) if actor_id else None
        item = ActorItem.from_raw_data(raw) if raw else None
        if item is None or item.off or not _within(item.from_at, now, item.until_at):
            return None
        return self._seen.setdefault((kind, actor_id), _seen(item, now))


@dataclass(frozen=True, slots=True)
class _Seen:
    at: datetime
    actor: Actor
    secret_hash: str


def _within(from_at: datetime | None, now: datetime, until_at: datetime | None) -> bool:
    return (from_at is None or from_at <= now) and (until_at is None or now < until_at)


def _seen(item: ActorItem, now: datetime) -> _Seen:
    acting = item.acts_as and _within(item.acts_from_at, now, item.acts_until_at)
    actor = Actor(
        subject=item.id,
        role=Role(item.acts_as if acting else item.role),
        name=item.name or "",
        executor=item.executor,
        person=item.person,
    )
    return _Seen(now, actor, item.secret_hash or "")


def _item(kind: str, actor: Actor, *, active: bool) -> ActorItem:
    return ActorItem(
        kind=kind,
        id=actor.subject,
        role=actor.role,
        name=actor.name or None,
        executor=actor.executor,
        person=actor.person,
        off=None if active else True,
    )
