"""A bearer token counts if this pool has signed it, for this client, and it has not expired."""

import json
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from chalicelib.domain.errors import NotSignedIn, StoreAway
from chalicelib.gateways.accounts import CognitoAccounts
from chalicelib.usecases.ports import Accounts, SignIn
from tests.gateways.pool_tokens import (
    CLIENT,
    ISSUER,
    KEY,
    NOW,
    OTHER_KEY,
    KeySet,
    claims,
    part,
    public,
    served,
    token,
)

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.fixture
def keys() -> Iterator[KeySet]:
    with served(KeySet()) as keys:
        yield keys


@pytest.fixture
def accounts(keys: KeySet) -> Accounts:
    return CognitoAccounts(CLIENT, pool_id="p", issuer=ISSUER, jwks_url=keys.url)


def refused(accounts: Accounts, bearer: str) -> bool:
    try:
        accounts.verify(bearer, NOW)
    except NotSignedIn:
        return True
    return False


class TestClaims:
    """What the pool said about the token is what counts."""

    def test_a_good_token_is_a_sign_in(self, accounts: Accounts) -> None:
        bearer = token()
        expires_at = NOW + timedelta(hours=1)
        assert accounts.verify(bearer, NOW) == SignIn(bearer, "subject-1", "token-1", expires_at)

    @pytest.mark.parametrize(
        "changed",
        [
            {"iss": "https://pool.example/eu-central-1_Other"},
            {"iss": [ISSUER]},
            {"client_id": "another-client"},
            {"client_id": [CLIENT]},
            {"token_use": "id"},
            {"sub": 7},
            {"jti": 7},
            {"exp": "soon"},
            {"exp": 10**30},
            {"exp": [1]},
            *({name: None} for name in ("iss", "client_id", "token_use", "sub", "jti", "exp")),
        ],
        ids=str,
    )
    def test_another_claim_is_refused(self, accounts: Accounts, changed: dict[str, Any]) -> None:
        assert refused(accounts, token(claims(**changed)))

    def test_it_counts_until_it_expires(self, accounts: Accounts) -> None:
        end = NOW + timedelta(hours=1)
        assert accounts.verify(token(), end - timedelta(seconds=1)).expires_at == end
        with pytest.raises(NotSignedIn):
            accounts.verify(token(), end)

    def test_only_the_given_instant_counts(self, accounts: Accounts) -> None:
        long_ago = claims(iat=int(NOW.timestamp()) + 10**9, nbf=int(NOW.timestamp()) + 10**9)
        assert accounts.verify(token(long_ago), NOW).token_id == "token-1"


class TestSignature:
    """No other key, no other algorithm, not one other bit."""

    def test_every_changed_letter_is_refused(self, accounts: Accounts) -> None:
        bearer, lot = token(), random.Random(31)
        for at, letter in enumerate(bearer):
            other = lot.choice((LETTERS + ".!= ").replace(letter, ""))
            assert refused(accounts, bearer[:at] + other + bearer[at + 1 :]), at

    @pytest.mark.parametrize("which", [0, 1, 2], ids=["header", "payload", "signature"])
    def test_every_flipped_bit_is_refused(self, accounts: Accounts, which: int) -> None:
        parts = token().split(".")
        data = jwt.utils.base64url_decode(parts[which])
        for bit in range(len(data) * 8):
            flipped = bytearray(data)
            flipped[bit // 8] ^= 1 << bit % 8
            changed = [*parts[:which], part(bytes(flipped)), *parts[which + 1 :]]
            assert refused(accounts, ".".join(changed)), bit

    def test_loose_bits_of_the_last_letter_are_refused(self, accounts: Accounts) -> None:
        bearer = token()
        others = [bearer[:-1] + letter for letter in LETTERS if letter != bearer[-1]]
        assert all(refused(accounts, other) for other in others)

    @pytest.mark.parametrize(
        "garbage", ["", ".", "..", "a.b.c", "Bearer", "é.é.é", "a" * 10_000, "e30.e30.", "[[.[[.[["]
    )
    def test_what_is_no_token_is_refused(self, accounts: Accounts, garbage: str) -> None:
        assert refused(accounts, garbage)

    @pytest.mark.parametrize("change", ["{}=", "{}\n", " {}", "{}.", "{}.x", ".{}"])
    def test_what_stands_around_it_is_refused(self, accounts: Accounts, change: str) -> None:
        assert refused(accounts, change.format(token()))

    def test_a_cut_or_swapped_token_is_refused(self, accounts: Accounts) -> None:
        header, payload, signature = token().split(".")
        other = token(claims(sub="subject-2")).split(".")
        for changed in (f"{header}.{payload}.", f"{header}.{payload}", f"{payload}.{signature}"):
            assert refused(accounts, changed)
        assert refused(accounts, f"{header}.{other[1]}.{signature}")

    @pytest.mark.parametrize("alg", ["none", "None", "NONE", "nOnE", ""])
    def test_an_unsigned_token_is_refused(self, accounts: Accounts, alg: str) -> None:
        head = part({"alg": alg, "typ": "JWT", "kid": "k1"})
        for signature in ("", part(b"x"), token().rpartition(".")[2]):
            assert refused(accounts, f"{head}.{part(claims())}.{signature}")

    @pytest.mark.parametrize("alg", ["HS256", "HS384", "HS512"])
    def test_the_public_key_is_no_shared_secret(self, accounts: Accounts, alg: str) -> None:
        form = serialization.PublicFormat
        for encoding, shape in (
            (serialization.Encoding.PEM, form.SubjectPublicKeyInfo),
            (serialization.Encoding.DER, form.SubjectPublicKeyInfo),
            (serialization.Encoding.PEM, form.PKCS1),
        ):
            secret = KEY.public_key().public_bytes(encoding, shape)
            signed = f"{part({'alg': alg, 'kid': 'k1'})}.{part(claims())}"
            signer = jwt.algorithms.get_default_algorithms()[alg]
            assert refused(accounts, f"{signed}.{part(signer.sign(signed.encode(), secret))}")

    @pytest.mark.parametrize("alg", ["RS384", "RS512", "PS256"])
    def test_another_algorithm_of_the_right_key_is_refused(
        self, accounts: Accounts, alg: str
    ) -> None:
        assert refused(accounts, token(alg=alg))

    def test_another_key_is_refused(self, accounts: Accounts) -> None:
        assert refused(accounts, token(key=OTHER_KEY))
        curve = ec.generate_private_key(ec.SECP256R1())
        assert refused(accounts, token(key=curve, alg="ES256"))

    def test_a_key_in_the_header_is_not_believed(self, accounts: Accounts) -> None:
        for name, value in (("jwk", public(OTHER_KEY)), ("jku", "http://127.0.0.1:1/x")):
            head = {"kid": "k1", name: value}
            assert refused(accounts, jwt.encode(claims(), OTHER_KEY, "RS256", headers=head))

    @pytest.mark.parametrize("kid", [None, 7, ["k1"], {"k": 1}, "", "../k1"])
    def test_a_strange_key_id_is_refused(self, accounts: Accounts, kid: Any) -> None:
        signed = f"{part({'alg': 'RS256', 'kid': kid})}.{part(claims())}"
        signer = jwt.algorithms.get_default_algorithms()["RS256"]
        assert refused(accounts, f"{signed}.{part(signer.sign(signed.encode(), KEY))}")

    def test_deep_or_strange_json_is_refused(self, accounts: Accounts) -> None:
        for text in (b"[" * 2000, b"null", b"[]", b'"x"', b"\xff", b'{"alg":{}}'):
            assert refused(accounts, f"{part(text)}.{part(claims())}.{part(b'x')}")


class TestKeys:
    """Keys are fetched once, again for an unknown id, and at most once a minute."""

    def test_they_are_fetched_once(self, accounts: Accounts, keys: KeySet) -> None:
        for _ in range(5):
            accounts.verify(token(), NOW)
        assert keys.asked == 1

    def test_a_new_key_is_found(self, accounts: Accounts, keys: KeySet) -> None:
        accounts.verify(token(), NOW)
        keys.keys.append(public(OTHER_KEY, "k2"))
        later = NOW + timedelta(minutes=1)
        assert accounts.verify(token(key=OTHER_KEY, kid="k2"), later).subject == "subject-1"
        assert keys.asked == 2

    def test_unknown_ids_ask_once_a_minute(self, accounts: Accounts, keys: KeySet) -> None:
        for second in range(121):
            with pytest.raises(NotSignedIn):
                accounts.verify(token(kid=f"u{second}"), NOW + timedelta(seconds=second))
        assert keys.asked == 3

    def test_known_keys_outlive_their_address(self, accounts: Accounts, keys: KeySet) -> None:
        accounts.verify(token(), NOW)
        keys.status = 404
        with pytest.raises(NotSignedIn):
            accounts.verify(token(kid="k2"), NOW + timedelta(minutes=2))
        assert accounts.verify(token(), NOW).subject == "subject-1"

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"keys": 5}', '{"keys": []}', "null"])
    def test_without_any_keys_nobody_passes(
        self, accounts: Accounts, keys: KeySet, text: str
    ) -> None:
        keys.text = text or " "
        with pytest.raises(StoreAway):
            accounts.verify(token(), NOW)
        keys.text = None
        assert accounts.verify(token(), NOW).subject == "subject-1"

    def test_an_address_that_does_not_answer_is_away(self) -> None:
        accounts = CognitoAccounts(
            CLIENT, pool_id="p", issuer=ISSUER, jwks_url="http://127.0.0.1:1/jwks"
        )
        with pytest.raises(StoreAway):
            accounts.verify(token(), NOW)

    def test_only_signing_rsa_keys_of_the_set_count(self, accounts: Accounts, keys: KeySet) -> None:
        weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)
        shared = {"kty": "oct", "k": part(b"x" * 32), "kid": "k1", "alg": "HS256"}
        curve = ec.generate_private_key(ec.SECP256R1()).public_key()
        keys.keys = [
            5,
            {},
            {"kid": "k1"},
            {"kid": "k1", "kty": "RSA", "n": "!", "e": "AQAB"},
            public(KEY, use="enc"),
            public(KEY, alg="RS512"),
            public(weak, "weak"),
            shared,
            {**json.loads(jwt.algorithms.ECAlgorithm.to_jwk(curve)), "kid": "k1"},
        ]
        with pytest.raises(StoreAway):
            accounts.verify(token(), NOW)
