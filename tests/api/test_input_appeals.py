"""What is wrong with an appeal is all said at once, and nothing of it is kept (K-3.2)."""

import json
from typing import Any, Final

import pytest

from tests.api.cases import OPERATOR, code_of, faults, filed, kind_of, without_a_trace
from tests.door import Door
from tests.requests import TEXT, a_photo, an_appeal_body

APPLICANT: Final[dict[str, Any]] = an_appeal_body()["applicant"]
BIDI, ZALGO = "\u202e", "\u0301" * 40
LATE: Final = "2026-03-02T10:15:01+02:00"
MISSING: Final = {
    "text": "missing_essence",
    "applicant.residence": "missing_residence",
    "applicant.phone": "missing_contact",
}


def applicant(**changes: Any) -> dict[str, Any]:
    """Return a right applicant with some fields replaced; None leaves a field out."""
    return {name: value for name, value in (APPLICANT | changes).items() if value is not None}


def refused(door: Door, body: dict[str, Any]) -> dict[str, str]:
    """Send an appeal that must be refused; return its faults."""
    reply = without_a_trace(lambda: door.post("/appeals", body))
    assert (reply.status, kind_of(reply)) == (422, "input-refused")
    return faults(reply)


def card_of(door: Door, **changes: Any) -> dict[str, Any]:
    """File an appeal and return its card."""
    number = filed(door, **changes)["number"]
    card: dict[str, Any] = door.get(f"/cards/{number}", by=OPERATOR).json
    return card


@pytest.mark.clause("K-3.2")
class TestMandatory:
    """3.2 Mandatory: the place of residence, a means of contact, the essence."""

    def test_each_missing_thing_is_named(self, door: Door) -> None:
        body = an_appeal_body(text="  ", applicant={"name": "Олена Вигадана"})
        assert refused(door, body) == MISSING

    def test_the_clause_that_asks_for_it_is_named(self, door: Door) -> None:
        reply = door.post("/appeals", an_appeal_body(applicant={"name": "Олена Вигадана"}))
        assert {fault["clause"] for fault in reply.json["errors"]} == {"K-3.2"}

    def test_other_faults_stand_beside_them(self, door: Door) -> None:
        body = {
            "text": "",
            "topic": "XX-99",
            "place": {"street": "вулиця Проскурівська", "colour": "red", "lat": 120},
            "applicant": {"phone": "12", "name": 7},
            "reply_channel": "pigeon",
            "complaint_about": "nobody",
            "uploads": ["not-an-id"],
            "hide_identity": "yes",
            "surprise": 1,
        }
        assert refused(door, body) == {
            "text": "missing_essence",
            "topic": "unknown_topic",
            "place.colour": "unknown_field",
            "place.lat": "too_big",
            "applicant.phone": "not_a_phone",
            "applicant.name": "bad_type",
            "applicant.residence": "missing_residence",
            "reply_channel": "bad_choice",
            "complaint_about": "unknown_executor",
            "uploads.0": "bad_format",
            "hide_identity": "bad_type",
            "surprise": "unknown_field",
        }

    @pytest.mark.parametrize("wrong", [None, 5, "text", [], True])
    def test_a_part_of_another_type_is_a_fault(self, door: Door, wrong: object) -> None:
        assert "place" in refused(door, an_appeal_body(place=wrong))
        assert "applicant" in " ".join(refused(door, an_appeal_body(applicant=wrong)))

    @pytest.mark.parametrize("contact", [{"phone": None}, {"email": None}])
    def test_one_means_of_contact_is_enough(self, door: Door, contact: dict[str, None]) -> None:
        assert filed(door, applicant=applicant(**contact), reply_channel="none")

    def test_a_signal_needs_the_essence_only(self, door: Door) -> None:
        assert filed(door, kind="signal", applicant={}, reply_channel="none")
        empty = an_appeal_body(kind="signal", applicant={}, reply_channel="none", text="")
        assert refused(door, empty) == {"text": "missing_essence"}

    @pytest.mark.clause("LAW-5")
    def test_without_a_name_it_is_a_signal(self, door: Door) -> None:
        card = card_of(door, applicant=applicant(name=None))
        assert (card["kind"], "signal" in card["flags"]) == ("signal", True)

    def test_an_operator_is_told_the_same(self, door: Door) -> None:
        body = an_appeal_body(text="", channel="web", received_at=LATE, applicant={})
        reply = without_a_trace(lambda: door.post("/operator/appeals", body, by=OPERATOR))
        assert faults(reply).items() >= {**MISSING, "channel": "bad_choice"}.items()

    def test_what_has_not_come_yet_is_not_received(self, door: Door) -> None:
        body = an_appeal_body(channel="phone", received_at=LATE)
        reply = without_a_trace(lambda: door.post("/operator/appeals", body, by=OPERATOR))
        assert faults(reply) == {"received_at": "in_the_future"}


class TestContacts:
    """A phone is taken as people write it, unless nobody could be called by it."""

    @pytest.mark.parametrize("phone", ["050 111 22 33", "(050) 111-22-33", "+1 202 555 0143"])
    def test_it_is_taken(self, door: Door, phone: str) -> None:
        assert filed(door, applicant=applicant(phone=phone))

    @pytest.mark.parametrize("phone", ["+", "103", "00000", "65-12-34", "абв", "1" * 40, "+380"])
    def test_it_cannot_be(self, door: Door, phone: str) -> None:
        body = an_appeal_body(applicant=applicant(phone=phone))
        assert refused(door, body) == {"applicant.phone": "not_a_phone"}

    @pytest.mark.parametrize("email", ["a", "a@", "@b.ua", "a@b", "a b@c.ua", "a@b..ua", "a@b.1"])
    def test_a_mailbox_that_cannot_be(self, door: Door, email: str) -> None:
        body = an_appeal_body(applicant=applicant(email=email))
        assert refused(door, body) == {"applicant.email": "not_an_email"}


class TestText:
    """The essence: 1 to 10,000 characters as people see them."""

    @pytest.mark.parametrize("letter", ["Ї", "🚒"])
    @pytest.mark.parametrize("length", [1, 10_000])
    def test_as_much_as_may_be(self, door: Door, letter: str, length: int) -> None:
        assert card_of(door, text=letter * length)["text"] == letter * length

    def test_one_more_is_too_long(self, door: Door) -> None:
        assert refused(door, an_appeal_body(text="Ї" * 10_001)) == {"text": "too_long"}

    @pytest.mark.parametrize("empty", ["", " \n\t ", "\u200b\u2060", "\x00\x07"])
    def test_nothing_to_read_is_nothing(self, door: Door, empty: str) -> None:
        assert refused(door, an_appeal_body(text=empty)) == {"text": "missing_essence"}

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("яма\x00 на\x1b дорозі", "яма на дорозі"),
            (f"яма {BIDI}іздород ан", "яма іздород ан"),
            (f"z{ZALGO}!", "ź" + "\u0301" * 3 + "!"),
            ("яма\r\n\r\nдруга", "яма\n\nдруга"),
            ('Їжак "Ґава" 👩\u200d🚒 \\ </script>', 'Їжак "Ґава" 👩\u200d🚒 \\ </script>'),
        ],
    )
    def test_only_what_nobody_types_is_cleaned_away(
        self, door: Door, typed: str, kept: str
    ) -> None:
        assert card_of(door, text=typed)["text"] == kept

    def test_half_a_letter_is_cleaned_away_wherever_it_stands(self, door: Door) -> None:
        card = card_of(door, text="яма\ud800", place={"street": "\udfffвулиця Без Назви"})
        assert (card["text"], card["place"]["street"]) == ("яма", "вулиця Без Назви")


class TestPlace:
    """A place outside the registry is accepted as typed and flagged, never a dead end."""

    def test_it_is_flagged_and_kept_as_typed(self, door: Door) -> None:
        place = {"street": "за третім гаражем", "building": "б/н", "note": "стежка"}
        card = card_of(door, place=place)
        assert "place_unknown" in card["flags"]
        assert (card["place"]["street"], card["place"]["known"]) == ("за третім гаражем", False)

    def test_a_street_of_the_registry_is_known_however_it_is_typed(self, door: Door) -> None:
        card = card_of(door, place={"street": "ВУЛ. ПРОСКУРІВСЬКА", "building": "12"})
        assert (card["place"]["street"], card["place"]["known"]) == ("вулиця Проскурівська", True)
        assert "place_unknown" not in card["flags"]

    @pytest.mark.parametrize("street", ["", "   ", None])
    def test_no_street_at_all_is_a_fault(self, door: Door, street: str | None) -> None:
        found = refused(door, an_appeal_body(place={"street": street}))
        assert set(found) == {"place.street"}


class TestJoining:
    """A card that is joined has to be there and open."""

    @pytest.mark.parametrize("number", ["x", "2026-000999-1", "2026-000999-2", "' OR 1=1"])
    def test_an_absent_card_cannot_be_joined(self, door: Door, number: str) -> None:
        assert refused(door, an_appeal_body(join=number)) == {"join": "unknown_card"}

    def test_a_joined_card_is_opened_by_the_code_of_the_other(self, door: Door) -> None:
        first = filed(door)
        second = filed(door, join=first["number"])
        assert second["status"] == "joined"
        assert door.get(f"/appeals/{first['number']}", headers=code_of(second)).status == 200
        assert door.get(f"/appeals/{second['number']}", headers=code_of(first)).status == 404


class TestUploads:
    """A photo may be given to one card, by whoever uploaded it, within a day."""

    @staticmethod
    def uploaded(door: Door) -> str:
        photo = a_photo()
        told = {"content_type": "image/jpeg", "size_bytes": len(photo)}
        form = door.post("/uploads", told).json
        door.upload(form, photo)
        return str(form["upload_id"])

    def test_ids_that_are_none_are_named_one_by_one(self, door: Door) -> None:
        good = self.uploaded(door)
        body = an_appeal_body(uploads=["0" * 32, good, "f" * 32])
        assert refused(door, body) == {"uploads.0": "unknown_upload", "uploads.2": "unknown_upload"}
        assert filed(door, uploads=[good])

    def test_a_photo_of_another_card_is_not_given_twice(self, door: Door) -> None:
        upload = self.uploaded(door)
        filed(door, uploads=[upload])
        body = an_appeal_body(uploads=[upload])
        assert refused(door, body) == {"uploads.0": "unknown_upload"}

    def test_a_photo_is_forgotten_after_a_day(self, door: Door) -> None:
        upload = self.uploaded(door)
        door.clock.pass_(hours=24)
        body = an_appeal_body(uploads=[upload])
        assert refused(door, body) == {"uploads.0": "unknown_upload"}

    def test_four_are_too_many(self, door: Door) -> None:
        assert refused(door, an_appeal_body(uploads=["0" * 32] * 4)) == {"uploads": "too_many"}

    @pytest.mark.parametrize(
        ("told", "found"),
        [
            ({"content_type": "image/gif", "size_bytes": 1}, {"content_type": "type_not_allowed"}),
            ({"content_type": "image/jpeg", "size_bytes": 0}, {"size_bytes": "too_small"}),
            ({"content_type": "image/jpeg", "size_bytes": 10**8}, {"size_bytes": "too_big"}),
            ({"size_bytes": "1"}, {"content_type": "required", "size_bytes": "bad_type"}),
        ],
    )
    def test_what_is_no_photo_gets_no_form(
        self, door: Door, told: dict[str, Any], found: dict[str, str]
    ) -> None:
        assert faults(without_a_trace(lambda: door.post("/uploads", told))) == found


def test_faults_are_said_in_the_language_of_the_caller(door: Door) -> None:
    body = an_appeal_body(topic="XX-99")
    ukrainian, english = (
        door.post("/appeals", body, headers={"Accept-Language": language}).json["errors"][0]
        for language in ("uk", "en")
    )
    assert ukrainian["message"] != english["message"]
    assert english["message"].isascii()


def test_the_same_field_twice_in_one_body_is_json_as_usual(door: Door) -> None:
    raw = json.dumps(an_appeal_body(), ensure_ascii=False)[:-1] + f', "text": "{TEXT} Так."}}'
    reply = door.call("POST", "/appeals", raw=raw.encode())
    assert reply.status == 201
