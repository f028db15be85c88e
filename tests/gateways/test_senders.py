"""Which gateway a deployment sends by."""

from typing import Final

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.config import Settings
from chalicelib.gateways.hooks import StandardWebhooks
from chalicelib.gateways.mail import SesMailer
from chalicelib.gateways.senders import SMS_TOKEN, gateways
from chalicelib.gateways.sms import SnsSms
from chalicelib.gateways.sms_http import HttpSms
from chalicelib.usecases.sending_delivery import Gateways
from tests.fakes import FakeSecrets
from tests.gateways.test_mail import LETTER

CITY: Final = load_city("khmelnytskyi")


def made(**changes: str) -> Gateways:
    """Return the gateways of a deployment."""
    settings = {
        "CITY": CITY.id,
        "TABLE_PREFIX": "t-",
        "EVIDENCE_BUCKET": "b",
        "SECRET_ARN": "s",
        "USER_POOL_ID": "p",
        "USER_POOL_CLIENT_ID": "c",
        "JWKS_URL": "j",
        "ISSUER": "i",
        "SITE_URL": "https://city.example",
        "UPLOAD_URL": "u",
        **changes,
    }
    return gateways(Settings.from_environment(settings), CITY, FakeSecrets())


def test_letters_come_from_the_centre_unless_the_settings_say_otherwise() -> None:
    assert CITY.centre is not None
    for settings, address in (
        ({}, CITY.centre.email),
        ({"MAIL_FROM": "notices@city.example"}, "notices@city.example"),
    ):
        mailer = made(MAIL_EVENTS="city-mail", **settings).mail
        assert isinstance(mailer, SesMailer)
        request = mailer._request(LETTER)
        assert request["FromEmailAddress"].endswith(f"<{address}>")
        assert request["ReplyToAddresses"] == [CITY.centre.email]
        assert request["ConfigurationSetName"] == "city-mail"


def test_sms_leave_by_sns_unless_a_gateway_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(made().sms, SnsSms)
    monkeypatch.setattr(FakeSecrets, "key", lambda _, name: f"the token {name}")
    sms = made(SMS_URL="https://sms.example/message/send.json", SMS_SENDER="MISTO").sms
    assert isinstance(sms, HttpSms)
    assert (sms._sender, sms._token()) == ("MISTO", f"the token {SMS_TOKEN}")


def test_webhooks_go_anywhere_in_the_local_cloud_only() -> None:
    url = "http://127.0.0.1:9/in"
    on_aws, here = made().hooks, made(LOCAL_ENDPOINT="http://localhost:8001").hooks
    assert isinstance(on_aws, StandardWebhooks)
    assert not on_aws.allows(url)
    assert here.allows(url)
