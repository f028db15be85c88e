"""Names and passwords, against Cognito as moto plays it."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import botocore.session
import pytest
from botocore import UNSIGNED
from botocore.exceptions import ClientError

from chalicelib.domain.errors import NotSignedIn, StoreAway
from chalicelib.gateways.accounts import CognitoAccounts
from chalicelib.usecases.ports import Accounts
from tests.gateways.conftest import REGION
from tests.gateways.pool_tokens import KeySet, served

NAME, PASSWORD = "operator", "A-long-Password-1"


class Pool:
    """A user pool with one person in it."""

    def __init__(self) -> None:
        self.client: Any = botocore.session.get_session().create_client("cognito-idp")
        self.id: str = self.client.create_user_pool(PoolName="town")["UserPool"]["Id"]
        made = self.client.create_user_pool_client(
            UserPoolId=self.id, ClientName="console", ExplicitAuthFlows=["USER_PASSWORD_AUTH"]
        )
        self.client_id: str = made["UserPoolClient"]["ClientId"]
        self.client.admin_create_user(UserPoolId=self.id, Username=NAME)
        self.set_password(permanent=True)

    def set_password(self, *, permanent: bool) -> None:
        self.client.admin_set_user_password(
            UserPoolId=self.id, Username=NAME, Password=PASSWORD, Permanent=permanent
        )

    @property
    def subject(self) -> str:
        person = self.client.admin_get_user(UserPoolId=self.id, Username=NAME)
        return str(next(a["Value"] for a in person["UserAttributes"] if a["Name"] == "sub"))


@pytest.fixture
def pool(aws: None) -> Pool:
    return Pool()


@pytest.fixture
def accounts(pool: Pool) -> Iterator[Accounts]:
    shown = files("moto.cognitoidp") / "resources" / "jwks-public.json.gz"
    issuer = f"https://cognito-idp.{REGION}.amazonaws.com/{pool.id}"
    with served(KeySet(text=gzip.decompress(shown.read_bytes()).decode())) as keys:
        yield CognitoAccounts(pool.client_id, pool_id=pool.id, issuer=issuer, jwks_url=keys.url)


def test_a_signed_in_person_is_known_by_the_token(accounts: Accounts, pool: Pool) -> None:
    sign_in = accounts.sign_in(NAME, PASSWORD)
    assert sign_in.subject == pool.subject
    assert accounts.verify(sign_in.token, datetime.now(UTC)) == sign_in


def test_the_id_token_does_not_sign_in(accounts: Accounts, pool: Pool) -> None:
    answer = pool.client.initiate_auth(
        ClientId=pool.client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": NAME, "PASSWORD": PASSWORD},
    )
    with pytest.raises(NotSignedIn):
        accounts.verify(answer["AuthenticationResult"]["IdToken"], datetime.now(UTC))


@pytest.mark.parametrize(
    ("name", "password"),
    [
        (NAME, "A-wrong-Password-1"),
        (NAME, ""),
        (NAME, "x" * 257),
        ("nobody", PASSWORD),
        ("", PASSWORD),
        ("opera tor", PASSWORD),
        ("operator\0", PASSWORD),
        ("o" * 129, PASSWORD),
    ],
)
def test_whatever_does_not_match_is_refused_in_the_same_words(
    accounts: Accounts, name: str, password: str
) -> None:
    with pytest.raises(NotSignedIn) as refused:
        accounts.sign_in(name, password)
    assert (refused.value.words, refused.value.facts) == ("not-signed-in", {})


def test_a_password_to_be_changed_does_not_sign_in(accounts: Accounts, pool: Pool) -> None:
    pool.set_password(permanent=False)
    with pytest.raises(NotSignedIn):
        accounts.sign_in(NAME, PASSWORD)


def test_a_wrong_pool_is_away(pool: Pool) -> None:
    accounts = CognitoAccounts(
        "no-such-client", pool_id=pool.id, issuer="i", jwks_url="http://127.0.0.1:1"
    )
    with pytest.raises(StoreAway):
        accounts.sign_in(NAME, PASSWORD)


class TestSubjectOf:
    """Whoever appoints knows the name that a person signs in with, not the pool's own id."""

    def test_an_account_is_found_by_its_name(self, accounts: Accounts, pool: Pool) -> None:
        assert accounts.subject_of(NAME) == pool.subject

    @pytest.mark.parametrize("name", ["nobody", "", "opera tor", "operator\0", "o" * 129])
    def test_where_there_is_none_nothing_is_found(self, accounts: Accounts, name: str) -> None:
        assert accounts.subject_of(name) is None

    def test_a_pool_that_is_not_there_is_a_defect(self, pool: Pool) -> None:
        accounts = CognitoAccounts(
            pool.client_id, pool_id=f"{REGION}_absent", issuer="i", jwks_url="http://127.0.0.1:1"
        )
        with pytest.raises(ClientError):
            accounts.subject_of(NAME)


def test_signing_in_needs_no_credentials(accounts: Accounts) -> None:
    assert isinstance(accounts, CognitoAccounts)
    assert accounts._client.meta.config.signature_version is UNSIGNED


def test_passwords_are_not_shown(accounts: Accounts) -> None:
    with pytest.raises(NotSignedIn) as refused:
        accounts.sign_in(NAME, "A-wrong-Password-1")
    assert "A-wrong-Password-1" not in f"{refused.value!r} {refused.value.__cause__!r}"
