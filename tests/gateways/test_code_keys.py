"""Keys of codes: read once, read again for an unknown id, never shown."""

import json
from typing import Any

import botocore.session
import pytest

from chalicelib.domain.errors import StoreAway
from chalicelib.gateways.code_keys import CodeKeys

FIRST, SECOND = "a" * 64, "b" * 64


class Secret:
    """The secret in moto, and how often it was read."""

    def __init__(self) -> None:
        self.client: Any = botocore.session.get_session().create_client("secretsmanager")
        self.arn: str = self.client.create_secret(Name="codes")["ARN"]
        self.reads = 0

    def holds(self, text: str) -> None:
        self.client.put_secret_value(SecretId=self.arn, SecretString=text)

    def keys(self) -> CodeKeys:
        keys = CodeKeys(self.arn)
        keys._client.meta.events.register("before-call", self._count)
        return keys

    def _count(self, **_: object) -> None:
        self.reads += 1


@pytest.fixture
def secret(aws: None) -> Secret:
    secret = Secret()
    secret.holds(json.dumps({"current": "k1", "k1": FIRST}))
    return secret


def test_the_current_key_is_named_and_found(secret: Secret) -> None:
    keys = secret.keys()
    assert keys.key(keys.current()) == FIRST


def test_it_is_read_once(secret: Secret) -> None:
    keys = secret.keys()
    for _ in range(5):
        keys.current()
        keys.key("k1")
    assert secret.reads == 1


def test_a_new_key_is_found_by_reading_again(secret: Secret) -> None:
    keys = secret.keys()
    assert keys.current() == "k1"
    secret.holds(json.dumps({"current": "k2", "k1": FIRST, "k2": SECOND}))
    assert (keys.key("k2"), keys.key("k1"), keys.current()) == (SECOND, FIRST, "k2")
    assert secret.reads == 2


@pytest.mark.parametrize("key_id", ["k9", "current", ""])
def test_an_unknown_key_is_refused(secret: Secret, key_id: str) -> None:
    with pytest.raises(LookupError):
        secret.keys().key(key_id)


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        json.dumps([FIRST]),
        json.dumps({"k1": FIRST}),
        json.dumps({"current": "k2", "k1": FIRST}),
        json.dumps({"current": "current", "k1": FIRST}),
        json.dumps({"current": "k1", "k1": FIRST[:31]}),
        json.dumps({"current": "k1", "k1": FIRST, "k2": 5}),
    ],
)
def test_a_wrong_secret_is_a_defect_and_not_shown(secret: Secret, text: str) -> None:
    secret.holds(text)
    with pytest.raises(ValueError, match=r"secret|keys") as raised:
        secret.keys().current()
    assert FIRST[:31] not in repr(raised.getrepr(chain=True, showlocals=False))


def test_a_missing_secret_is_a_defect(aws: None) -> None:
    with pytest.raises(Exception, match="ResourceNotFound") as raised:
        CodeKeys("arn:aws:secretsmanager:eu-central-1:123456789012:secret:none").current()
    assert not isinstance(raised.value, StoreAway)


def test_keys_are_not_shown(secret: Secret) -> None:
    keys = secret.keys()
    keys.current()
    assert FIRST not in repr(keys)
