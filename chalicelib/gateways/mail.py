"""Mail by SES: one call a letter, and what each of its refusals means for the letter.

SES gives every letter its own Message-ID and refuses ours, so letters of one matter are held
together by a message that was never sent: all of them answer `<root number@our domain>`.
"""

import re
from email.header import Header
from functools import cached_property
from typing import Any, Final

from botocore.exceptions import ClientError

from chalicelib.domain.errors import StoreAway
from chalicelib.domain.mail_event import NOTICE_TAG, tag_of
from chalicelib.domain.words import Words
from chalicelib.gateways import clients
from chalicelib.usecases.sending_ports import Attachment, Letter, SendingLater, SendingRefused

QUOTA_SECONDS: Final = 3600
"""How long to wait when the day's quota is used up: it is counted over the last 24 hours."""

_ADDRESS: Final = re.compile(r"[!#-'*+\-./0-9=?A-Z^-~]{1,64}@[A-Za-z0-9.-]{1,253}")
"""One address and nothing that could be read as two: no spaces, commas, quotes or brackets."""

_WORD_LENGTH: Final = 75
"""The longest encoded word of RFC 2047."""

_READ_SECONDS: Final = 10.0
_UTF8: Final = "UTF-8"


class SesMailer:
    """Implements `usecases.sending_ports.Mailer`."""

    def __init__(
        self, address: str, *, name: Words, reply_to: str = "", configuration_set: str = ""
    ) -> None:
        """Say who writes.

        Args:
            address: the verified address that letters come from.
            name: what is shown beside it.
            reply_to: where answers go, if a letter does not say; empty for `address`.
            configuration_set: where bounces and complaints are published; empty for nowhere.
        """
        self._address = address
        self._name = name
        self._reply_to = reply_to
        self._configuration_set = configuration_set

    def send(self, letter: Letter) -> str:
        """Send a letter; return SES's message id.

        A wrong set-up (an unverified sender, a missing permission) is no fault of the letter: it
        passes as the defect it is, and the alarm of the function rings.

        Raises:
            SendingRefused: `no_such_address` or `rejected`.
            SendingLater: `rate`, `quota` or `away`.
        """
        request = self._request(letter)
        try:
            with clients.away_is_said("sesv2"):
                answer = self._client.send_email(**request)
        except StoreAway as away:
            raise _later(away) from away
        except ClientError as error:
            raise _verdict(error) from error
        return str(answer["MessageId"])

    def _request(self, letter: Letter) -> dict[str, Any]:
        request: dict[str, Any] = {
            "FromEmailAddress": f"{_encoded(self._name.in_language(letter.language))}"
            f" <{self._address}>",
            "Destination": {"ToAddresses": [ascii_address(letter.to)]},
            "Content": {"Simple": self._content(letter)},
            "EmailTags": [{"Name": NOTICE_TAG, "Value": tag_of(letter.id)}],
        }
        if reply_to := letter.reply_to or self._reply_to:
            request["ReplyToAddresses"] = [reply_to]
        if self._configuration_set:
            request["ConfigurationSetName"] = self._configuration_set
        return request

    def _content(self, letter: Letter) -> dict[str, Any]:
        content: dict[str, Any] = {
            "Subject": {"Data": _one_line(letter.subject), "Charset": _UTF8},
            "Body": {
                "Text": {"Data": letter.text, "Charset": _UTF8},
                "Html": {"Data": letter.html, "Charset": _UTF8},
            },
            "Headers": [{"Name": name, "Value": value} for name, value in self._headers(letter)],
        }
        if letter.attachments:
            content["Attachments"] = [_attached(each) for each in letter.attachments]
        return content

    def _headers(self, letter: Letter) -> list[tuple[str, str]]:
        thread = f"<{letter.thread}@{self._address.rpartition('@')[2]}>"
        headers = [
            ("In-Reply-To", thread),
            ("References", thread),
            ("Auto-Submitted", "auto-generated"),
            ("X-Auto-Response-Suppress", "All"),
        ]
        if letter.one_click_off:
            headers += [
                ("List-Unsubscribe", f"<{letter.one_click_off}>"),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ]
        return headers

    @cached_property
    def _client(self) -> Any:
        # Asked once: an answer that is late may have been a letter that was sent.
        return clients.client("sesv2", attempts=1, read_seconds=_READ_SECONDS)


def ascii_address(address: str) -> str:
    """Return an address with its domain in ASCII.

    Raises:
        SendingRefused: SES takes no such address.
    """
    local, _, domain = address.strip().rpartition("@")
    try:
        written = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        written = ""
    if not _ADDRESS.fullmatch(written):
        raise SendingRefused("no_such_address", address_dead=True)
    return written


def _encoded(name: str) -> str:
    """Return a name as RFC 2047 words, which SES does not make of it by itself."""
    return " ".join(Header(name, "utf-8", maxlinelen=_WORD_LENGTH).encode().split())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _attached(attachment: Attachment) -> dict[str, Any]:
    return {
        "FileName": attachment.name,
        "ContentType": attachment.content_type,
        "RawContent": attachment.data,
        "ContentDisposition": "ATTACHMENT",
        "ContentTransferEncoding": "BASE64",
    }


def _later(away: StoreAway) -> SendingLater:
    cause = away.__cause__
    if not isinstance(cause, ClientError) or _is_fault_of_service(cause):
        return SendingLater("away")
    if "quota" in str(cause).lower():
        return SendingLater("quota", QUOTA_SECONDS)
    return SendingLater("rate")


def _is_fault_of_service(error: ClientError) -> bool:
    return int(error.response["ResponseMetadata"]["HTTPStatusCode"]) >= 500


def _verdict(refusal: ClientError) -> Exception:
    """Return what a refusal of SES means; the refusal itself where the set-up is at fault."""
    code, said = clients.code_of(refusal), str(refusal).lower()
    error: Exception = refusal
    if code == "LimitExceededException":
        return SendingLater("quota", QUOTA_SECONDS)
    if code == "BadRequestException" and "address" in said:
        return SendingRefused("no_such_address", address_dead=True)
    if code == "MessageRejected" and "not verified" not in said:
        return SendingRefused("rejected")
    return error
