"""The secrets of the city's bots, kept in Secrets Manager apart from the keys of codes.

The secret is one JSON object of texts: `webhook` is made by the stack and proves callers;
`telegram` and `viber` are tokens that the city enters (`python -m infra.bots`). A channel without
a token is off.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from chalicelib.domain.bots import Bot, bots_of
from chalicelib.gateways import clients

KNOWN_FOR: Final = timedelta(minutes=1)
"""How long what was read counts: so soon a token that was replaced is the new one."""


class BotSecrets:
    """Implements `usecases.conversation_ports.Bots`; an address of no secret is no bot."""

    def __init__(self, secret_arn: str) -> None:
        self._secret_arn = secret_arn
        self._known: Mapping[str, Bot] = {}
        self._read_at: datetime | None = None

    def bot(self, channel: str, now: datetime) -> Bot | None:
        """Return the bot of a channel, None where the channel is off. Raises StoreAway."""
        if not self._secret_arn:
            return None
        if self._read_at is None or not now - KNOWN_FOR < self._read_at <= now:
            self._known, self._read_at = bots_of(self._entries()), now
        return self._known.get(channel)

    def _entries(self) -> dict[str, str]:
        with clients.away_is_said("secretsmanager"):
            answer = self._client.get_secret_value(SecretId=self._secret_arn)
        found = json.loads(answer["SecretString"])
        return {name: value for name, value in found.items() if isinstance(value, str)}

    @cached_property
    def _client(self) -> Any:
        return clients.client("secretsmanager", parameter_validation=False)
