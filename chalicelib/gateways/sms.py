"""SMS by SNS, which needs no contract of its own but reaches few countries at a city's price."""

from functools import cached_property
from typing import Any, Final

from botocore.exceptions import ClientError

from chalicelib.domain.errors import StoreAway
from chalicelib.gateways import clients
from chalicelib.usecases.sending_ports import SendingLater, SendingRefused

_NO_SUCH_PHONE: Final = frozenset(
    {"InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid", "ValidationException"}
)


class SnsSms:
    """Implements `usecases.sending_ports.SmsGateway`."""

    def __init__(self, sender: str = "") -> None:
        """Say which registered sender name is shown; empty for the number that SNS picks."""
        self._sender = sender

    def send(self, to: str, text: str, key: str) -> str:  # noqa: ARG002 - the port has it
        """Send a text to a phone (E.164). SNS knows no keys: `key` is not used.

        Raises:
            SendingRefused: `no_such_address`, or `blocked` by the phone's owner.
            SendingLater: `away`.
        """
        kind = {"AWS.SNS.SMS.SMSType": "Transactional"}
        named = {"AWS.SNS.SMS.SenderID": self._sender} if self._sender else {}
        attributes = {
            name: {"DataType": "String", "StringValue": value}
            for name, value in {**kind, **named}.items()
        }
        try:
            with clients.away_is_said("sns"):
                answer = self._client.publish(
                    PhoneNumber=to, Message=text, MessageAttributes=attributes
                )
        except StoreAway as away:
            raise SendingLater("away") from away
        except ClientError as error:
            raise _verdict(error) from error
        return str(answer["MessageId"])

    @cached_property
    def _client(self) -> Any:
        # Asked once: an answer that is late may have been a message that was sent.
        return clients.client("sns", attempts=1)


def _verdict(refusal: ClientError) -> Exception:
    error: Exception = refusal
    if clients.code_of(refusal) not in _NO_SUCH_PHONE:
        return error
    blocked = "opted out" in str(error).lower()
    return SendingRefused("blocked" if blocked else "no_such_address", address_dead=True)
