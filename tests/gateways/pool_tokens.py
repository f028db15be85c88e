"""A user pool of our own: signs tokens with its key and shows its public keys by HTTP."""

import base64
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

ISSUER: Final = "https://pool.example/eu-central-1_Town"
CLIENT: Final = "client-of-the-console"
NOW: Final = datetime(2026, 3, 2, 10, tzinfo=UTC)
KEY: Final = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY: Final = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def claims(**changed: Any) -> dict[str, Any]:
    """Return the claims of an access token that is valid at NOW; None takes a claim away."""
    whole = {
        "iss": ISSUER,
        "client_id": CLIENT,
        "token_use": "access",
        "sub": "subject-1",
        "jti": "token-1",
        "username": "operator",
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(hours=1)).timestamp()),
    }
    return {name: v for name, v in {**whole, **changed}.items() if v is not None}


def token(
    payload: Mapping[str, Any] | None = None, *, key: Any = KEY, kid: str = "k1", alg: str = "RS256"
) -> str:
    """Return a signed token; of the pool unless said otherwise."""
    text = json.dumps(dict(payload or claims())).encode()
    return jwt.PyJWS().encode(text, key, algorithm=alg, headers={"kid": kid})


def part(value: Any) -> str:
    """Return a part of a token as it is written."""
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def public(key: rsa.RSAPrivateKey, kid: str = "k1", **changed: Any) -> dict[str, Any]:
    """Return a key as a key set lists it."""
    entry: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**entry, "kid": kid, "use": "sig", "alg": "RS256", **changed}


@dataclass
class KeySet:
    """What the address of the keys answers, and how often it was asked."""

    keys: list[Any] = field(default_factory=lambda: [public(KEY)])
    status: int = 200
    text: str | None = None
    asked: int = 0
    url: str = ""


@contextmanager
def served(keys: KeySet) -> Iterator[KeySet]:
    """Serve a key set on this machine."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            keys.asked += 1
            body = (keys.text or json.dumps({"keys": keys.keys})).encode()
            self.send_response(keys.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        keys.url = f"http://127.0.0.1:{server.server_port}/jwks.json"
        yield keys
        server.shutdown()
