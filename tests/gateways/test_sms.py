"""SMS by SNS."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends

from chalicelib.gateways.sms import SnsSms
from chalicelib.usecases.sending_ports import SendingLater, SendingRefused
from tests.gateways.aws_answers import refusing_in_xml, unreachable
from tests.gateways.conftest import REGION

PHONE = "+380670000001"
TEXT = "Звернення 2026-000123-7 зареєстровано."


@pytest.fixture
def sms(aws: None) -> SnsSms:
    return SnsSms(sender="MISTO")


def sent() -> dict[str, Any]:
    """What SNS has sent to phones, by message id."""
    return dict(sns_backends[DEFAULT_ACCOUNT_ID][REGION].sms_messages)


def refusal(sms: SnsSms, status: int, code: str, message: str = "") -> Exception:
    """What sending raises when SNS refuses so; it is asked once."""
    called = refusing_in_xml(sms._client, status, code, message)
    with pytest.raises((SendingLater, SendingRefused, ClientError)) as raised:
        sms.send(PHONE, TEXT, "n1")
    assert len(called) == 1
    caught: Exception = raised.value
    return caught


def test_a_text_goes_to_its_phone(sms: SnsSms) -> None:
    message_id = sms.send(PHONE, TEXT, "n1")
    assert sent() == {message_id: (PHONE, TEXT)}


def test_it_is_no_advertisement_and_names_its_sender(sms: SnsSms) -> None:
    asked: list[dict[str, Any]] = []
    sms._client.meta.events.register(
        "provide-client-params.sns.Publish", lambda params, **_: asked.append(params)
    )
    sms.send(PHONE, TEXT, "n1")
    said = {name: each["StringValue"] for name, each in asked[0]["MessageAttributes"].items()}
    assert said == {"AWS.SNS.SMS.SMSType": "Transactional", "AWS.SNS.SMS.SenderID": "MISTO"}


@pytest.mark.parametrize("phone", ["oksana", "+38067000000a"])
def test_what_is_no_phone_is_dead(sms: SnsSms, phone: str) -> None:
    with pytest.raises(SendingRefused) as refused:
        sms.send(phone, TEXT, "n1")
    assert (refused.value.reason, refused.value.address_dead) == ("no_such_address", True)


def test_a_phone_whose_owner_wants_none_is_blocked(sms: SnsSms) -> None:
    refused = refusal(sms, 400, "InvalidParameter", "Phone number is opted out")
    assert isinstance(refused, SendingRefused)
    assert (refused.reason, refused.address_dead) == ("blocked", True)


@pytest.mark.parametrize(("status", "code"), [(500, "InternalError"), (400, "Throttling")])
def test_what_may_pass_waits(sms: SnsSms, status: int, code: str) -> None:
    later = refusal(sms, status, code)
    assert isinstance(later, SendingLater)
    assert later.reason == "away"


def test_a_network_that_is_away_waits(sms: SnsSms) -> None:
    unreachable(sms._client)
    with pytest.raises(SendingLater):
        sms.send(PHONE, TEXT, "n1")


def test_a_missing_permission_is_a_defect(sms: SnsSms) -> None:
    assert isinstance(refusal(sms, 403, "AuthorizationError"), ClientError)
