"""Webhooks are signed as Standard Webhooks says, and go nowhere but where they may."""

import base64
import hmac
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chalicelib.gateways import hooks
from chalicelib.gateways.hooks import StandardWebhooks, signature
from chalicelib.usecases.sending_ports import SendingLater, SendingRefused
from tests.gateways.answering import Answering, answering

AT: Final = datetime(2025, 11, 21, 10, 0, tzinfo=UTC)
ID: Final = "msg_2LJkDcRaBxvK"
SECRET: Final = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
OLD_SECRET: Final = f"whsec_{base64.b64encode(b'the secret that was used before').decode()}"
BODY: Final = (
    b'{"type":"appeal.status_changed","timestamp":"2025-11-21T10:00:00Z",'
    b'"data":{"appeal_id":"000123","from":"in_work","to":"done"}}'
)
SIGNED: Final = "v1,I8D7qx9hCo0qZa5m6iU/xK93K/la3iae8O8RRdVxO8E="
"""The published vector of the specification for this id, instant, secret and body."""


@pytest.fixture
def system() -> Iterator[Answering]:
    """An executor's system."""
    with answering() as system:
        yield system


def post(url: str, body: bytes = BODY, *secrets: str) -> None:
    """Post as the local cloud does, where this machine may be called."""
    StandardWebhooks(anywhere=True).post(url, secrets or (SECRET,), ID, AT, body)


class TestASignature:
    """What receivers verify."""

    def test_is_that_of_the_published_vector(self) -> None:
        assert signature([SECRET], ID, AT, BODY) == SIGNED
        assert signature([SECRET.removeprefix("whsec_")], ID, AT, BODY) == SIGNED

    def test_is_made_by_every_secret_while_one_replaces_another(self) -> None:
        new, old = signature([SECRET, OLD_SECRET], ID, AT, BODY).split(" ")
        assert new == SIGNED
        key = base64.b64decode(OLD_SECRET.removeprefix("whsec_"))
        digest = hmac.new(key, f"{ID}.{int(AT.timestamp())}.".encode() + BODY, sha256).digest()
        assert old == f"v1,{base64.b64encode(digest).decode()}"

    def test_changes_with_all_that_is_signed(self) -> None:
        others = {
            signature([SECRET], f"{ID}x", AT, BODY),
            signature([SECRET], ID, AT + timedelta(seconds=1), BODY),
            signature([SECRET], ID, AT, BODY + b" "),
            signature([OLD_SECRET], ID, AT, BODY),
        }
        assert len(others) == 4
        assert SIGNED not in others

    @pytest.mark.parametrize("secret", ["", "whsec_", "whsec_!!!", "whsec_c2hvcnQ=", "пароль"])
    def test_is_not_made_by_what_is_no_secret_and_does_not_show_it(self, secret: str) -> None:
        with pytest.raises(ValueError, match=r"^not a secret of a webhook$"):
            signature([secret], ID, AT, BODY)

    def test_is_made_by_one_secret_at_least(self) -> None:
        with pytest.raises(ValueError, match="one secret"):
            signature([], ID, AT, BODY)


class TestPosting:
    """What a receiver gets, and what its answer means."""

    def test_a_hook_arrives_signed(self, system: Answering) -> None:
        system.status = 204
        post(system.url, BODY, SECRET, OLD_SECRET)
        (asked,) = system.asked
        assert (asked.path, asked.body) == ("/take?from=us", BODY)
        assert asked.headers["webhook-id"] == ID
        assert asked.headers["webhook-timestamp"] == "1763719200"
        assert asked.headers["webhook-signature"].split(" ")[0] == SIGNED
        assert asked.headers["Content-Type"] == "application/json; charset=utf-8"
        assert asked.headers["Host"] == system.url.split("/")[2]

    def test_gone_is_for_good(self, system: Answering) -> None:
        system.status = 410
        with pytest.raises(SendingRefused) as refused:
            post(system.url)
        assert (refused.value.reason, refused.value.address_dead) == ("gone", True)

    @pytest.mark.parametrize(
        ("status", "reason"),
        [(500, "http_500"), (400, "http_400"), (401, "http_401"), (404, "http_404"),
         (502, "http_502"), (429, "rate"), (503, "rate")],
    )  # fmt: skip
    def test_every_other_failure_may_pass(
        self, system: Answering, status: int, reason: str
    ) -> None:
        system.status = status
        with pytest.raises(SendingLater) as later:
            post(system.url)
        assert (later.value.reason, later.value.after_seconds) == (reason, None)

    def test_who_asks_to_wait_is_given_the_time(self, system: Answering) -> None:
        system.status, system.headers = 429, {"Retry-After": "120"}
        with pytest.raises(SendingLater) as later:
            post(system.url)
        assert (later.value.reason, later.value.after_seconds) == ("rate", 120)

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_a_redirect_is_not_followed(self, system: Answering, status: int) -> None:
        with answering() as elsewhere:
            system.status, system.headers = status, {"Location": elsewhere.url}
            with pytest.raises(SendingLater) as later:
                post(system.url)
            assert later.value.reason == f"http_{status}"
            assert elsewhere.asked == []

    def test_a_silent_system_is_not_waited_for(
        self, system: Answering, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert (hooks.CONNECT_SECONDS, hooks.READ_SECONDS) == (2.0, 5.0)
        monkeypatch.setattr(hooks, "READ_SECONDS", 0.05)
        system.silent = threading.Event()
        with pytest.raises(SendingLater) as later:
            post(system.url)
        assert later.value.reason == "away"
        assert len(system.asked) == 1, "a call that may have arrived is not made twice"

    def test_a_large_answer_is_not_read(self, system: Answering) -> None:
        system.headers = {"Content-Length": str(10**12)}
        post(system.url)
        assert len(system.asked) == 1

    def test_nothing_listens(self) -> None:
        with pytest.raises(SendingLater) as later:
            post("http://127.0.0.1:9/")
        assert later.value.reason == "away"

    def test_an_unknown_name_may_be_known_later(self) -> None:
        def unknown(host: str, port: int) -> list[str]:
            raise OSError(host)

        with pytest.raises(SendingLater) as later:
            StandardWebhooks(resolve=unknown).post("https://hook.example", [SECRET], ID, AT, BODY)
        assert later.value.reason == "away"


class TestWhereItGoes:
    """On AWS nothing but the open network is called, and only by HTTPS."""

    @pytest.mark.parametrize("scheme", ["http", "https"])
    def test_this_machine_is_not_called(self, system: Answering, scheme: str) -> None:
        url = system.url.replace("http:", f"{scheme}:")
        with pytest.raises(SendingRefused) as refused:
            StandardWebhooks().post(url, [SECRET], ID, AT, BODY)
        assert (refused.value.reason, refused.value.address_dead) == ("address_not_allowed", True)
        assert system.asked == []

    def test_it_is_told_beforehand_what_may_be_called(self) -> None:
        open_network = StandardWebhooks(resolve=lambda *_: ["93.184.215.14"])
        assert open_network.allows("https://hook.example/in")
        assert not open_network.allows("http://hook.example/in")
        assert not StandardWebhooks().allows("https://127.0.0.1/in")
        assert StandardWebhooks(anywhere=True).allows("http://127.0.0.1:8080/in")
        assert not StandardWebhooks(resolve=lambda *_: []).allows("https://hook.example/")

    def test_a_name_that_leads_to_metadata_is_not_called(self) -> None:
        inside = StandardWebhooks(resolve=lambda *_: ["169.254.169.254"])
        with pytest.raises(SendingRefused):
            inside.post("https://hook.example/", [SECRET], ID, AT, BODY)


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What a server of hook.example presents, and whom this process trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hook.example")])
    usage = x509.BasicConstraints(ca=True, path_length=0)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hook.example")]), critical=False)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, own = serialization.Encoding.PEM, tmp_path / "own.pem"
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    own.write_bytes(secret + certificate.public_bytes(pem))
    (tmp_path / "trusted.pem").write_bytes(certificate.public_bytes(pem))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    return context


class TestTheCertificate:
    """The address is the one that was judged; the certificate must be that of the name."""

    def test_of_the_name_is_taken(self, trusted: ssl.SSLContext) -> None:
        with answering(trusted) as system:
            to(system, "hook.example")
            (asked,) = system.asked
            assert asked.headers["Host"].startswith("hook.example:")

    def test_of_another_name_is_not(self, trusted: ssl.SSLContext) -> None:
        with answering(trusted) as system:
            with pytest.raises(SendingLater) as later:
                to(system, "other.example")
            assert later.value.reason == "away"
            assert system.asked == []


def to(system: Answering, host: str) -> None:
    """Post to a name that leads to the server of this process."""
    port = system.url.split("/")[2].split(":")[1]
    here = StandardWebhooks(anywhere=True, resolve=lambda *_: ["127.0.0.1"])
    here.post(f"https://{host}:{port}/in", [SECRET], ID, AT, BODY)
