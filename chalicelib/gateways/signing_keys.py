"""The public keys that the user pool signs its tokens with, fetched from its JWKS address."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import jwt
import urllib3
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from chalicelib.domain.errors import StoreAway

FETCH_SECONDS: Final = 2.0
FETCH_ATTEMPTS: Final = 3
REFETCHED_EVERY: Final = timedelta(minutes=1)
"""How often a token with an unknown key id may make us ask again."""

KEY_BITS: Final = 2048
"""The shortest key that is believed."""


class SigningKeys:
    """Keys by their id; kept for the life of the process."""

    def __init__(self, jwks_url: str) -> None:
        self._jwks_url = jwks_url
        self._keys: Mapping[str, RSAPublicKey] = {}
        self._asked_at: datetime | None = None
        self._http = urllib3.PoolManager(
            timeout=urllib3.Timeout(FETCH_SECONDS),
            retries=urllib3.Retry(FETCH_ATTEMPTS - 1, redirect=0, backoff_factor=0.1),
        )

    def key(self, key_id: str, now: datetime) -> RSAPublicKey | None:
        """Return a key by its id, None if the pool has no such key.

        Raises:
            StoreAway: no keys are known and the address does not answer.
        """
        if not self._keys:
            self._keys = self._fetch()
            self._asked_at = now
        if key_id not in self._keys and self._may_ask_again(now):
            self._asked_at = now
            self._keys = self._fetched_or_kept()
        return self._keys.get(key_id)

    def _may_ask_again(self, now: datetime) -> bool:
        return self._asked_at is None or now - self._asked_at >= REFETCHED_EVERY

    def _fetched_or_kept(self) -> Mapping[str, RSAPublicKey]:
        try:
            return self._fetch()
        except StoreAway:
            return self._keys

    def _fetch(self) -> Mapping[str, RSAPublicKey]:
        try:
            answer = self._http.request("GET", self._jwks_url)
            keys = dict(_keys_of(json.loads(answer.data))) if answer.status == 200 else {}
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise StoreAway(service="jwks") from error
        if not keys:
            raise StoreAway(service="jwks")
        return keys


def _keys_of(document: Any) -> Iterator[tuple[str, RSAPublicKey]]:
    """Yield the keys that sign by RS256; others may stand beside them."""
    listed = document.get("keys") if isinstance(document, dict) else None
    for entry in listed if isinstance(listed, list) else []:
        key = _key_of(entry)
        if key is not None and key.key_size >= KEY_BITS:
            yield str(entry["kid"]), key


def _key_of(entry: Any) -> RSAPublicKey | None:
    if not isinstance(entry, dict) or "kid" not in entry or entry.get("use", "sig") != "sig":
        return None
    if entry.get("kty") != "RSA" or entry.get("alg", "RS256") != "RS256":
        return None
    try:
        key = jwt.PyJWK(entry, algorithm="RS256").key
    except jwt.PyJWTError:
        return None
    return key if isinstance(key, RSAPublicKey) else None
