"""What an executor's own system is told: what happened to a card, without who asked."""

import json
from datetime import UTC, datetime

from chalicelib.domain.card import CardFile
from chalicelib.domain.city import City
from chalicelib.domain.events import Event
from chalicelib.domain.numbers import webhook_secret
from chalicelib.domain.webhook import Webhook
from chalicelib.regulation.history import moved_by
from chalicelib.usecases.ports import Secrets

STATUS_CHANGED = "appeal.status_changed"


def hook_body(event: Event, file: CardFile, *, city: City, site_url: str) -> bytes:
    """Return the body that tells of one event, as it was then, in one form for all events.

    What moved no status has a type of its own, such as `appeal.message_received`.
    """
    card = file.card
    before, after = moved_by(event, file.events, city.law)
    told = {
        "type": STATUS_CHANGED if before is not after else f"appeal.{event.name}",
        "timestamp": _written(event.at),
        "data": {
            "appeal_id": card.number,
            "from": before,
            "to": after,
            "event": event.name,
            "seq": event.seq,
            "executor": card.executor,
            "topic": card.topic or None,
            "urgency": card.urgency,
            "due_at": _written(card.due_at),
            "url": f"{site_url}/api/cards/{card.number}",
        },
    }
    return json.dumps(told, ensure_ascii=False).encode()


def secrets_of(hook: Webhook, now: datetime, secrets: Secrets) -> tuple[str, ...]:
    """Return the secrets that sign now, the newest first; computed, never kept."""
    key = secrets.key(hook.key)
    return tuple(
        webhook_secret(key, hook.key, hook.executor, serial) for serial in hook.serials(now)
    )


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
