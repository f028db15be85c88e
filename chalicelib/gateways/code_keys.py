"""Keys of access codes and survey tokens, kept in Secrets Manager.

The secret is one JSON object: `current` names the key that new cards use, every other name
is a key's id and its value the key. A key is replaced by adding one and pointing `current`
at it; old keys stay as long as cards that were made with them.
"""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from chalicelib.gateways import clients

KEY_LENGTH: Final = 32
"""The fewest characters of a key."""

_CURRENT: Final = "current"


class CodeKeys:
    """Implements `usecases.ports.Secrets`; reads once a process, and again for an unknown id."""

    def __init__(self, secret_arn: str) -> None:
        self._secret_arn = secret_arn
        self._known: Mapping[str, str] = {}

    def current(self) -> str:
        """Return the id of the key that new cards use. Raises StoreAway."""
        return self._read_once()[_CURRENT]

    def key(self, key_id: str) -> str:
        """Return a key by its id.

        Raises:
            LookupError: there is no such key, now that the secret was read again.
            StoreAway: Secrets Manager does not answer.
        """
        if key_id == _CURRENT:
            raise LookupError("no key has this id")
        if key_id not in self._read_once():
            self._known = self._read()
        if key_id not in self._known:
            raise LookupError(f"no key has the id {key_id!r}")
        return self._known[key_id]

    def _read_once(self) -> Mapping[str, str]:
        if not self._known:
            self._known = self._read()
        return self._known

    def _read(self) -> Mapping[str, str]:
        with clients.away_is_said("secretsmanager"):
            answer = self._client.get_secret_value(SecretId=self._secret_arn)
        return _checked(answer["SecretString"])

    @cached_property
    def _client(self) -> Any:
        return clients.client("secretsmanager", parameter_validation=False)


def _checked(text: str) -> Mapping[str, str]:
    keys = _names_and_texts(text)
    if keys.get(_CURRENT, _CURRENT) not in keys.keys() - {_CURRENT}:
        raise ValueError("`current` of the secret names no key of it")
    weak = [name for name, key in keys.items() if name != _CURRENT and len(key) < KEY_LENGTH]
    if weak:
        raise ValueError(f"keys of less than {KEY_LENGTH} characters: {', '.join(weak)}")
    return keys


def _names_and_texts(text: str) -> Mapping[str, str]:
    try:
        keys = json.loads(text)
    except ValueError:
        keys = None
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        # What it is instead is not shown: it may be a key.
        raise ValueError("the secret is not a JSON object of texts")
    return keys
