"""Letters go out by SES, and each of its refusals means one thing for the letter."""

from dataclasses import replace
from email.header import decode_header, make_header
from typing import Any, Final

import boto3
import pytest
from botocore.exceptions import ClientError
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from chalicelib.domain.mail_event import notice_of
from chalicelib.domain.words import Words
from chalicelib.gateways.mail import SesMailer, ascii_address
from chalicelib.usecases.sending_ports import Attachment, Letter, SendingLater, SendingRefused
from tests.gateways.aws_answers import refusing, unreachable
from tests.gateways.conftest import REGION

FROM: Final = "notices@example.org"
NAME: Final = Words("Контакт-центр міста Вигаданого", "Contact Centre of Invented")
LETTER: Final = Letter(
    id="2026-000123-7.n3.applicant.email",
    to="oksana@example.com",
    subject="Звернення 2026-000123-7: прийнято в роботу",
    text="Добрий день!",
    html="<p>Добрий день!</p>",
    thread="2026-000123-7",
    language="uk",
)


@pytest.fixture
def mailer(aws: None) -> SesMailer:
    boto3.client("ses").verify_email_identity(EmailAddress=FROM)
    return SesMailer(FROM, name=NAME, configuration_set="city")


def sent() -> list[Any]:
    """What SES has accepted."""
    return list(ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages)


def request(letter: Letter) -> dict[str, Any]:
    """The request that a letter becomes."""
    return SesMailer(FROM, name=NAME, configuration_set="city")._request(letter)


def headers(letter: Letter) -> dict[str, str]:
    """The headers that a letter gets, each once."""
    listed = request(letter)["Content"]["Simple"]["Headers"]
    made = {each["Name"]: each["Value"] for each in listed}
    assert len(made) == len(listed)
    return made


def refusal(mailer: SesMailer, status: int, code: str, message: str = "") -> Exception:
    """What sending raises when SES refuses so; it is asked once."""
    called = refusing(mailer._client, status, code, message)
    with pytest.raises((SendingLater, SendingRefused, ClientError)) as raised:
        mailer.send(LETTER)
    assert len(called) == 1
    caught: Exception = raised.value
    return caught


class TestALetter:
    """What SES is given."""

    def test_is_accepted(self, mailer: SesMailer) -> None:
        message_id = mailer.send(LETTER)
        (letter,) = sent()
        assert letter.id == message_id
        assert letter.destinations["ToAddresses"] == [LETTER.to]
        assert letter.subject == LETTER.subject

    def test_comes_from_the_centre_by_its_name_in_the_readers_language(self) -> None:
        for language in ("uk", "en"):
            sender = request(replace(LETTER, language=language))["FromEmailAddress"]
            assert sender.isascii()
            assert max(map(len, sender.split())) <= 75
            assert str(make_header(decode_header(sender))) == (
                f"{NAME.in_language(language)} <{FROM}>"
            )

    def test_has_both_bodies_and_names_its_notice(self) -> None:
        asked = request(LETTER)
        assert asked["Content"]["Simple"]["Body"] == {
            "Text": {"Data": LETTER.text, "Charset": "UTF-8"},
            "Html": {"Data": LETTER.html, "Charset": "UTF-8"},
        }
        (tag,) = asked["EmailTags"]
        assert notice_of(tag["Value"]) == LETTER.id
        assert tag["Value"].replace("-", "").replace("_", "").isalnum()
        assert asked["ConfigurationSetName"] == "city"

    def test_stands_in_one_thread_with_the_others_of_its_appeal(self) -> None:
        first, second = headers(LETTER), headers(replace(LETTER, id="another"))
        assert first["References"] == first["In-Reply-To"] == "<2026-000123-7@example.org>"
        assert second["References"] == first["References"]

    def test_sets_no_header_that_ses_keeps_for_itself(self) -> None:
        kept = {"Message-ID", "Reply-To", "From", "To", "Subject", "Date", "Content-Type"}
        off = replace(LETTER, one_click_off="https://city.example/off", reply_to="c@example.org")
        assert not kept & set(headers(off))
        assert request(off)["ReplyToAddresses"] == ["c@example.org"]
        assert "ReplyToAddresses" not in request(LETTER)
        centre = SesMailer(FROM, name=NAME, reply_to="centre@example.org")
        assert centre._request(LETTER)["ReplyToAddresses"] == ["centre@example.org"]
        assert centre._request(off)["ReplyToAddresses"] == ["c@example.org"]

    def test_asks_for_no_automatic_answer(self) -> None:
        assert headers(LETTER)["Auto-Submitted"] == "auto-generated"

    def test_is_left_off_by_one_click_only_where_it_may_be(self) -> None:
        assert "List-Unsubscribe" not in headers(LETTER)
        off = headers(replace(LETTER, one_click_off="https://city.example/api/off/t1"))
        assert off["List-Unsubscribe"] == "<https://city.example/api/off/t1>"
        assert off["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    def test_has_a_subject_of_one_line(self) -> None:
        hostile = replace(LETTER, subject="Звернення\r\nBcc: all@example.com\n\tx")
        subject = request(hostile)["Content"]["Simple"]["Subject"]["Data"]
        assert subject == "Звернення Bcc: all@example.com x"

    def test_carries_files(self, mailer: SesMailer) -> None:
        act = Attachment("Відповідь.pdf", "application/pdf", b"%PDF-")
        letter = replace(LETTER, attachments=(act,))
        assert mailer.send(letter)
        (attached,) = request(letter)["Content"]["Simple"]["Attachments"]
        assert attached["FileName"] == "Відповідь.pdf"
        assert attached["RawContent"] == b"%PDF-"
        assert attached["ContentDisposition"] == "ATTACHMENT"


class TestAnAddress:
    """An address is one address, with a domain that SES takes."""

    def test_of_a_ukrainian_domain_is_written_in_ascii(self) -> None:
        assert ascii_address(" o.k+1@пошта.укр ") == "o.k+1@xn--80a1acn3a.xn--j1amh"

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "oksana",
            "@example.com",
            "oksana@",
            "оксана@example.com",
            "a@b.example,c@d.example",
            "a b@example.com",
            "a@example.com>\r\nBcc: c@d.example",
            "<a@example.com>",
            '"a@b"@example.com',
            "a@exa mple.com",
            "a@example..com",
            f"{'a' * 65}@example.com",
        ],
    )
    def test_that_cannot_be_one_is_dead(self, mailer: SesMailer, address: str) -> None:
        with pytest.raises(SendingRefused) as refused:
            mailer.send(replace(LETTER, to=address))
        assert (refused.value.reason, refused.value.address_dead) == ("no_such_address", True)
        assert sent() == []


class TestARefusal:
    """What SES says, as what becomes of the letter."""

    @pytest.mark.parametrize(
        ("status", "code", "message", "reason", "seconds"),
        [
            (429, "TooManyRequestsException", "Maximum sending rate exceeded.", "rate", None),
            (429, "TooManyRequestsException", "Daily message quota exceeded.", "quota", 3600),
            (400, "LimitExceededException", "", "quota", 3600),
            (400, "ThrottlingException", "", "rate", None),
            (500, "InternalFailure", "", "away", None),
            (503, "ServiceUnavailable", "", "away", None),
        ],
    )
    def test_that_may_pass_waits(
        self,
        mailer: SesMailer,
        status: int,
        code: str,
        message: str,
        reason: str,
        seconds: int | None,
    ) -> None:
        later = refusal(mailer, status, code, message)
        assert isinstance(later, SendingLater)
        assert (later.reason, later.after_seconds) == (reason, seconds)

    def test_of_the_network_waits(self, mailer: SesMailer) -> None:
        called = unreachable(mailer._client)
        with pytest.raises(SendingLater) as later:
            mailer.send(LETTER)
        assert (later.value.reason, len(called)) == ("away", 1)

    @pytest.mark.parametrize(
        ("code", "message", "reason", "dead"),
        [
            ("BadRequestException", "Illegal address", "no_such_address", True),
            ("MessageRejected", "Message contains a virus", "rejected", False),
        ],
    )
    def test_for_good_is_told_apart(
        self, mailer: SesMailer, code: str, message: str, reason: str, dead: bool
    ) -> None:
        refused = refusal(mailer, 400, code, message)
        assert isinstance(refused, SendingRefused)
        assert (refused.reason, refused.address_dead) == (reason, dead)

    @pytest.mark.parametrize(
        ("status", "code", "message"),
        [
            (400, "MessageRejected", "Email address is not verified."),
            (400, "AccountSuspendedException", ""),
            (400, "SendingPausedException", ""),
            (400, "MailFromDomainNotVerifiedException", ""),
            (404, "NotFoundException", "Configuration set <city> does not exist."),
            (403, "AccessDeniedException", ""),
            (400, "BadRequestException", "Invalid header name"),
        ],
    )
    def test_of_our_own_set_up_is_a_defect(
        self, mailer: SesMailer, status: int, code: str, message: str
    ) -> None:
        assert isinstance(refusal(mailer, status, code, message), ClientError)
