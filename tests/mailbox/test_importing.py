"""Letters to the official address become cards, each once; the rest waits for a person (KR-2.1)."""

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest

import app as entry
from chalicelib import wiring
from tests.fake_door import FakeDoor, fake_door
from tests.mailbox.test_reading import CARD, LETTERS, a_letter

OPERATOR: Final = "operator-1"
ARRIVED: Final = "2026-03-02T02:12:13+02:00"
TEXT: Final = "Третій день у дворі темно, не горить жоден ліхтар."


@pytest.fixture
def door() -> Iterator[FakeDoor]:
    """A committee whose contact centre sends its cards by letters."""
    yield fake_door("kryvyi-rih")
    wiring.use(None)


def arrive(door: FakeDoor, raw: bytes, key: str = "letters/one") -> list[Any]:
    """Put a letter where the mail server puts it; return what the queue brings back."""
    door.centre.doors.mail.objects[key] = raw  # type: ignore[attr-defined]
    told = {"eventTime": "2026-03-02T00:12:13.500Z", "s3": {"object": {"key": key}}}
    body = json.dumps({"Records": [told]})
    record = {"messageId": "m1", "receiptHandle": "r1", "body": body}
    failures: list[Any] = entry.import_mail({"Records": [record]}, None)["batchItemFailures"]
    return failures


def waiting(door: FakeDoor) -> list[Any]:
    """Return the letters that wait, as an operator sees them."""
    items: list[Any] = door.get("/letters", by=OPERATOR).json["items"]
    return items


def the_reason(door: FakeDoor) -> str:
    """Return why the only letter that waits does, of which no card was made."""
    (letter,) = waiting(door)
    assert not door.stored()
    assert letter["reason_text"]
    reason: str = letter["reason"]
    return reason


@pytest.mark.clause("KR-2.1")
class TestACard:
    """A registration card in a letter is a card, once."""

    def test_it_is_registered_at_its_arrival_under_the_senders_number(self, door: FakeDoor) -> None:
        assert arrive(door, CARD) == []
        (file,) = door.stored().values()
        card = file.card
        assert card.channel == "official_mail"
        shown = door.get(f"/cards/{card.number}", by=OPERATOR).json
        assert shown["external_id"] == "1520-2026-004512"
        assert shown["received_at"] == ARRIVED
        assert shown["text"].startswith(TEXT)
        assert waiting(door) == []

    def test_the_same_letter_again_is_the_same_card(self, door: FakeDoor) -> None:
        for key in ("letters/one", "letters/one", "letters/two"):
            assert arrive(door, CARD, key) == []
        (file,) = door.stored().values()
        assert len(file.evidence) == 1
        assert waiting(door) == []

    def test_another_letter_of_the_same_number_waits(self, door: FakeDoor) -> None:
        arrive(door, CARD)
        (number,) = door.stored()
        arrive(door, CARD.replace(b"20260302.4512@", b"20260302.9999@"), "letters/two")
        (letter,) = waiting(door)
        assert (letter["reason"], letter["number"]) == ("arrived_already", number)
        assert list(door.stored()) == [number]

    def test_its_files_are_inspected_as_evidence(self, door: FakeDoor) -> None:
        arrive(door, CARD)
        (file,) = door.stored().values()
        (photo,) = file.evidence
        assert (photo.status, photo.caption) == ("pending", "dvir.jpg")
        assert f"incoming/{file.card.number}/{photo.id}" in door.files.objects

    def test_a_file_of_another_kind_is_left_to_a_person(self, door: FakeDoor) -> None:
        arrive(door, CARD.replace(b"image/jpeg", b"application/x-msdownload"))
        (file,) = door.stored().values()
        assert file.evidence == ()
        (letter,) = waiting(door)
        assert (letter["reason"], letter["number"]) == ("files_left", file.card.number)

    def test_what_no_person_types_stays_out(self, door: FakeDoor) -> None:
        text = f"Заявка № 77/2026\nЗміст: {TEXT}\u202e\x07\nАдреса: вул. Соборна\u200f, 5"
        assert arrive(door, a_letter(text)) == []
        (number,) = door.stored()
        shown = door.get(f"/cards/{number}", by=OPERATOR).json
        assert shown["text"] == TEXT
        assert not {"\u202e", "\x07", "\u200f"} & set(str(shown["place"]))


@pytest.mark.clause("KR-2.1")
class TestTheList:
    """What cannot be a card by itself is not lost."""

    @pytest.mark.parametrize(
        ("raw", "reason"),
        [
            (b"\x00" * 100, "not_mail"),
            (b"a" * (25 * 1024 * 1024 + 1), "too_large"),
            (a_letter(""), "no_text"),
            ((LETTERS / "no_number.eml").read_bytes(), "no_id"),
            (a_letter(f"№ 77/2026\n{TEXT}", X_SES_Virus_Verdict="FAIL"), "suspected"),
        ],
    )
    def test_a_letter_waits_with_its_reason(
        self, door: FakeDoor, raw: bytes, reason: str
    ) -> None:  # fmt: skip
        assert arrive(door, raw) == []
        assert arrive(door, raw) == []
        assert the_reason(door) == reason

    def test_a_city_without_an_official_address_registers_nothing(self) -> None:
        door = fake_door("khmelnytskyi")
        arrive(door, CARD)
        assert the_reason(door) == "other_sender"
        wiring.use(None)

    def test_a_letter_that_is_not_there_yet_is_brought_again(self, door: FakeDoor) -> None:
        told = {"eventTime": "2026-03-02T00:12:13Z", "s3": {"object": {"key": "letters/none"}}}
        record = {"messageId": "m1", "receiptHandle": "r1", "body": json.dumps({"Records": [told]})}
        failed = entry.import_mail({"Records": [record]}, None)["batchItemFailures"]
        assert failed == [{"itemIdentifier": "m1"}]

    def test_the_test_notification_of_a_bucket_is_no_letter(self, door: FakeDoor) -> None:
        record = {"messageId": "m1", "receiptHandle": "r1", "body": '{"Event":"s3:TestEvent"}'}
        assert entry.import_mail({"Records": [record]}, None) == {"batchItemFailures": []}
        assert waiting(door) == []

    def test_an_operator_reads_and_settles_it_once(self, door: FakeDoor) -> None:
        arrive(door, (LETTERS / "no_number.eml").read_bytes())
        (letter,) = waiting(door)
        where = f"/letters/{letter['id']}"
        assert "letters/one" in door.get(f"{where}/file", by=OPERATOR).json["url"]
        body = {"text": "Внесено вручну"}
        settled = door.post(f"{where}/settlement", body, by=OPERATOR)
        assert (settled.status, settled.json["outcome"]) == (200, "Внесено вручну")
        assert waiting(door) == []
        assert door.post(f"{where}/settlement", body, by=OPERATOR).status == 409
        assert door.post(f"{where}/settlement", {"text": " "}, by=OPERATOR).status == 422
        assert door.get("/letters/nothing/file", by=OPERATOR).status == 404
