"""The Cognito user pool: proves names with passwords, and the tokens that it gave.

Imports PyJWT and cryptography: wiring.py loads this module on first use.
"""

import unicodedata
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

import jwt
from botocore.exceptions import ClientError

from chalicelib.domain.errors import NotSignedIn, StoreAway
from chalicelib.gateways import clients
from chalicelib.gateways.signing_keys import SigningKeys
from chalicelib.usecases.ports import SignIn

TOKEN_LIMIT: Final = 8192
"""The most characters of a token; the pool's have about a thousand."""

NAME_LIMIT: Final = 128
PASSWORD_LIMIT: Final = 256
"""The pool's own bounds: beyond them there is nothing to ask."""


class CognitoAccounts:
    """Implements `usecases.ports.Accounts`."""

    def __init__(self, client_id: str, *, pool_id: str, issuer: str, jwks_url: str) -> None:
        """Say which pool.

        Args:
            client_id: the app client that people sign in by.
            pool_id: the pool itself, to ask about accounts.
            issuer: `iss` of the pool's tokens.
            jwks_url: where the pool shows its public keys.
        """
        self._client_id = client_id
        self._pool_id = pool_id
        self._issuer = issuer
        self._keys = SigningKeys(jwks_url)

    def sign_in(self, username: str, password: str) -> SignIn:
        """Prove a name and password.

        Raises:
            NotSignedIn: they do not match, or the account may not sign in so; which, is not said.
            StoreAway: the pool does not answer, or not as it should.
        """
        if not _could_be_a_name(username) or not 0 < len(password) <= PASSWORD_LIMIT:
            raise NotSignedIn
        answer = self._ask(username, password)
        if "AuthenticationResult" not in answer:  # a new password or a second factor is due
            raise NotSignedIn
        token: str = answer["AuthenticationResult"]["AccessToken"]
        return _sign_in(token, _claims_as_told(token))

    def verify(self, token: str, now: datetime) -> SignIn:
        """Verify a bearer token's signature, issuer, use and time.

        Raises:
            NotSignedIn: it is not an access token of this pool and client, or it has expired.
            StoreAway: the pool's keys are not known and cannot be fetched.
        """
        if len(token) > TOKEN_LIMIT:
            raise NotSignedIn
        claims = self._proven(token, now)
        if (claims["token_use"], claims["client_id"]) != ("access", self._client_id):
            raise NotSignedIn
        sign_in = _sign_in(token, claims)
        if now >= sign_in.expires_at:
            raise NotSignedIn
        return sign_in

    def subject_of(self, username: str) -> str | None:
        """Return the stable id of an account by the name it signs in with; None for no account.

        Raises StoreAway.
        """
        if not _could_be_a_name(username):
            return None
        try:
            with clients.away_is_said("cognito-idp"):
                found = self._asking.admin_get_user(UserPoolId=self._pool_id, Username=username)
        except ClientError as error:
            if clients.code_of(error) != "UserNotFoundException":
                raise
            return None
        return next(str(each["Value"]) for each in found["UserAttributes"] if each["Name"] == "sub")

    def _proven(self, token: str, now: datetime) -> dict[str, Any]:
        try:
            key_id = jwt.get_unverified_header(token).get("kid", "")
            key = self._keys.key(key_id, now)
            if key is None:
                raise NotSignedIn
            return jwt.decode(
                token, key, algorithms=["RS256"], issuer=self._issuer, options=_CHECKED
            )
        except (jwt.PyJWTError, RecursionError) as error:
            raise NotSignedIn from error

    def _ask(self, username: str, password: str) -> dict[str, Any]:
        try:
            with clients.away_is_said("cognito-idp"):
                answer: dict[str, Any] = self._client.initiate_auth(
                    ClientId=self._client_id,
                    AuthFlow="USER_PASSWORD_AUTH",
                    AuthParameters={"USERNAME": username, "PASSWORD": password},
                )
        except ClientError as error:
            if clients.code_of(error) in _REFUSALS:
                raise NotSignedIn from None
            raise StoreAway(service="cognito-idp") from error
        return answer

    @cached_property
    def _asking(self) -> Any:
        return clients.client("cognito-idp")

    @cached_property
    def _client(self) -> Any:
        return clients.unsigned_client("cognito-idp", parameter_validation=False)


def _sign_in(token: str, claims: dict[str, Any]) -> SignIn:
    try:
        expires_at = datetime.fromtimestamp(int(claims["exp"]), UTC)
    except (ValueError, TypeError, OverflowError, OSError) as error:
        raise NotSignedIn from error
    return SignIn(token=token, subject=claims["sub"], token_id=claims["jti"], expires_at=expires_at)


def _claims_as_told(token: str) -> dict[str, Any]:
    """Return the claims of a token that the pool has just handed over itself."""
    try:
        return jwt.decode(token, options={"verify_signature": False, "require": _REQUIRED})
    except jwt.PyJWTError as error:
        raise StoreAway(service="cognito-idp") from error


def _could_be_a_name(username: str) -> bool:
    # The pool answers control characters and spaces with an error that is not about the person.
    plain = all(unicodedata.category(letter)[0] in "LMNPS" for letter in username)
    return plain and 0 < len(username) <= NAME_LIMIT


_REQUIRED: Final = ["exp", "iss", "sub", "jti", "token_use", "client_id"]

_CHECKED: Final[Any] = {
    "require": _REQUIRED,
    "verify_aud": False,  # an access token of Cognito has no audience
    "verify_exp": False,  # these three would read the clock; verify() compares with its `now`
    "verify_iat": False,
    "verify_nbf": False,
}

_REFUSALS: Final = frozenset(
    {
        "NotAuthorizedException",
        "PasswordResetRequiredException",
        "UserNotConfirmedException",
        "UserNotFoundException",
    }
)
