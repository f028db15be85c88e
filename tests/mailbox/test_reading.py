"""A letter is read whatever it is: its fields, its text, its files, or why it cannot be."""

from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.channels.letter_form import FormLine, address_of, said_in
from chalicelib.channels.official_mail import LetterRefused, read_letter
from chalicelib.domain.arrived_letter import Unreadable

LETTERS: Final = Path(__file__).parent / "letters"
CARD: Final = (LETTERS / "card.eml").read_bytes()


def refused(raw: bytes) -> Unreadable:
    """Return why a letter cannot be read."""
    with pytest.raises(LetterRefused) as error:
        read_letter(raw)
    return error.value.reason


def a_letter(text: str, **headers: str) -> bytes:
    """Return a plain letter."""
    message = EmailMessage()
    for name, value in {"From": "a@example.org", "Message-ID": "<1@x>", **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


class TestTheCard:
    """A registration card as centres send it."""

    def test_everything_it_says_is_read(self) -> None:
        letter = read_letter(CARD)
        assert letter.message_id == "<20260302.4512@mail.example.org>"
        assert (letter.sender, letter.trusted) == ("contact-centre@example.org", True)
        assert letter.external_id == "1520-2026-004512"
        assert letter.applicant.name == "Вигадана Олена Іванівна"
        assert (letter.applicant.phone, letter.applicant.email) == (
            "050 111 22 33",
            "olena@example.org",
        )
        home = letter.applicant.residence
        assert home is not None
        assert (home.street, home.building, home.flat) == ("вул. Ялинкова", "12", "7")
        assert (letter.place.street, letter.place.building) == ("вул. Соборна", "5")
        assert letter.text == (
            "Третій день у дворі темно, не горить жоден ліхтар.\n"
            "Просить відновити освітлення до вихідних."
        )
        (photo,) = letter.files
        assert (photo.name, photo.content_type) == ("dvir.jpg", "image/jpeg")
        assert photo.data.startswith(b"\xff\xd8")

    @pytest.mark.parametrize("name", ["windows_1251", "only_html"])
    def test_other_encodings_say_the_same(self, name: str) -> None:
        letter = read_letter((LETTERS / f"{name}.eml").read_bytes())
        assert letter.text == read_letter(CARD).text
        assert letter.applicant == read_letter(CARD).applicant
        assert (letter.external_id or "").startswith("1520-2026-0045")

    def test_the_number_may_stand_in_the_subject(self) -> None:
        letter = read_letter(a_letter("Прохання полагодити ліхтар.", Subject="Заявка № 77/2026"))
        assert letter.external_id == "77/2026"

    def test_a_letter_without_a_number_has_none(self) -> None:
        letter = read_letter((LETTERS / "no_number.eml").read_bytes())
        assert letter.external_id is None
        assert letter.text.startswith("Добрий день!")


class TestItsForm:
    """Lines of `label: value`, and addresses as people write them."""

    def test_the_matter_goes_on_to_the_next_label_or_the_signature(self) -> None:
        said = said_in("Зміст: перший\nдругий\n\nчетвертий\nСтрок виконання: завтра\nп'ятий")
        assert said[FormLine.ESSENCE] == "перший\nдругий\n\nчетвертий"

    def test_a_label_counts_once_and_only_with_its_sign(self) -> None:
        said = said_in("Тема: вода\nТема: тепло\nЗаявник каже, що темно\nТелефон — 050")
        assert said[FormLine.TOPIC] == "вода"
        assert said[FormLine.PHONE] == "050"
        assert FormLine.NAME not in said

    @pytest.mark.parametrize(
        ("written", "street", "building", "flat"),
        [
            ("вул. Соборна, буд. 5-А", "вул. Соборна", "5-А", ""),
            ("м. Вигадане, проспект Миру 14/2 кв 3", "проспект Миру", "14/2", "3"),
            ("Дачний масив", "Дачний масив", "", ""),
            ("вул. 8 Березня, 3", "вул. 8 Березня", "3", ""),
            ("", "", "", ""),
        ],
    )
    def test_addresses(self, written: str, street: str, building: str, flat: str) -> None:
        place = address_of(written)
        assert (place.street, place.building, place.flat) == (street, building, flat)


class TestDistrust:
    """Only what our own mail server wrote about a letter is believed."""

    @pytest.mark.parametrize(
        "header",
        [
            {"X_SES_Spam_Verdict": "FAIL"},
            {"X_SES_Virus_Verdict": "fail"},
            {"Authentication_Results": "amazonses.com; spf=fail; dkim=none"},
        ],
    )
    def test_what_the_server_suspects_is_not_trusted(self, header: dict[str, str]) -> None:
        assert not read_letter(a_letter("Не горить ліхтар у дворі.", **header)).trusted

    def test_a_verdict_of_somebody_else_says_nothing(self) -> None:
        header = {"Authentication_Results": "mx.example.net; dkim=fail"}
        assert read_letter(a_letter("Не горить ліхтар у дворі.", **header)).trusted


class TestHostileLetters:
    """Reading ends, and says what it was."""

    def test_what_is_no_letter(self) -> None:
        assert refused(b"") is Unreadable.NOT_MAIL
        assert refused(b"\x00" * 1000) is Unreadable.NOT_MAIL
        assert refused(b"GET / HTTP/1.1\r\n\r\n") is Unreadable.NOT_MAIL

    def test_what_has_no_text(self) -> None:
        assert refused(a_letter("")) is Unreadable.NO_TEXT
        assert refused(a_letter(" \n\t ")) is Unreadable.NO_TEXT

    def test_what_is_too_large_or_has_too_many_parts(self) -> None:
        assert refused(b"a" * (25 * 1024 * 1024 + 1)) is Unreadable.TOO_LARGE
        head = b'From: a@x.org\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
        assert refused(head + b"\r\n--b\r\n\r\nx" * 1500) is Unreadable.TOO_LARGE
        assert refused(head + b"\r\n--b\r\n\r\nx" * 300) is Unreadable.TOO_LARGE

    def test_parts_within_parts_without_end(self) -> None:
        raw = b"From: a@x.org\r\n"
        for depth in range(900):
            boundary = str(depth).encode()
            raw += b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n' % (
                boundary,
                boundary,
            )
        assert refused(raw) in {Unreadable.TOO_LARGE, Unreadable.NOT_MAIL, Unreadable.NO_TEXT}

    @pytest.mark.parametrize("charset", ["no-such-charset", "utf-7", "idna", "rot13", "\x00"])
    def test_a_strange_charset_is_read_as_well_as_can_be(self, charset: str) -> None:
        raw = (
            f"From: a@x.org\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
            "Plain words of a letter.\r\n"
        )
        assert "words" in read_letter(raw.encode()).text

    def test_broken_base64_and_long_headers(self) -> None:
        raw = (
            b"From: a@x.org\r\nSubject: =?utf-8?b?!!!?= " + b"x" * 100_000 + b"\r\n"
            b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            b"UGxhaW4gd29yZHMgb2YgYSBsZXR0ZXIu=====!!\r\n"
        )
        letter = read_letter(raw)
        assert len(letter.subject) <= 300
        assert letter.text

    def test_without_a_message_id_its_bytes_name_it(self) -> None:
        raw = b"From: a@x.org\r\n\r\nPlain words of a letter.\r\n"
        assert read_letter(raw).message_id == read_letter(raw).message_id
        assert len(read_letter(raw).message_id) == 64

    def test_line_breaks_in_headers_stay_out(self) -> None:
        folded = "=?utf-8?q?a=0D=0ABcc:_x@y.org?="
        letter = read_letter(a_letter("Plain words of a letter.", Subject=folded))
        assert "\n" not in letter.subject
        assert "\r" not in letter.subject

    @given(st.binary(max_size=2000))
    def test_any_bytes_are_read_or_refused(self, junk: bytes) -> None:
        for raw in (junk, CARD[:600] + junk, CARD.replace(b"card", junk[:8] or b"x")):
            with suppress(LetterRefused):
                letter = read_letter(raw)
                assert letter.text
                assert letter.sender
