"""The exchange asks whom to let through: everybody, unless the very number is blocked now."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import app as entry
from chalicelib import wiring
from chalicelib.api.telephony import key_of_exchange
from chalicelib.domain.call import Block, CallEventName
from chalicelib.domain.errors import StoreAway
from chalicelib.domain.people import SYSTEM
from tests.door import START, Reply
from tests.fake_door import FakeDoor
from tests.phone.test_callers import BLOCK, OPERATOR, PHONE, by_phone

CALL_ID = "5ca32fbd-8f92-46af-92a5-6b0f970f0efe"


@pytest.fixture
def blocked(door: FakeDoor) -> FakeDoor:
    """A city with one blocked phone."""
    door.post("/blocks", BLOCK, by=OPERATOR)
    return door


@pytest.fixture
def production(door: FakeDoor) -> Iterator[FakeDoor]:
    """A city whose exchange has to prove itself."""
    settings = door.centre.settings.model_copy(update={"open_telephony": False})
    wiring.use(replace(door.centre, settings=settings))
    yield door
    wiring.use(None)


def screen(door: FakeDoor, caller: object = PHONE, **how: Any) -> Reply:
    """Ask about a ringing call in the neutral form."""
    body = {"caller": caller, "called": "1580", "call_id": "17.1", "provider": "asterisk"}
    return door.post("/telephony/screen", body, **how)


def contact(address: str | None) -> dict[str, Any]:
    """Return what a contact flow of Amazon Connect sends."""
    endpoint = None if address is None else {"Address": address, "Type": "TELEPHONE_NUMBER"}
    data = {
        "Attributes": {},
        "Channel": "VOICE",
        "ContactId": CALL_ID,
        "CustomerEndpoint": endpoint,
        "InitiationMethod": "INBOUND",
        "MediaStreams": {"Customer": {"Audio": None}},
        "Queue": None,
        "SystemEndpoint": None,
    }
    details = {"ContactData": data, "Parameters": {"op": "screen_caller"}}
    return {"Name": "ContactFlowEvent", "Details": details}


@pytest.mark.clause("K-3.4")
class TestTheNeutralForm:
    """JSON or a form, an answer in JSON or in one word."""

    def test_a_blocked_number_is_turned_away_and_the_attempt_is_kept(
        self, blocked: FakeDoor
    ) -> None:
        answer = screen(blocked)
        assert answer.status == 200
        assert answer.json == {
            "action": "block",
            "announce": "blocked_uk",
            "until": "2026-03-02T11:15:00+02:00",
            "card_url": None,
        }
        (latest, _) = blocked.centre.doors.calls.of_caller(PHONE, START, limit=2)
        assert (latest.name, latest.call_id) == (CallEventName.TURNED_AWAY, "17.1")

    def test_everybody_else_is_let_through_with_the_page_to_open(self, blocked: FakeDoor) -> None:
        answer = screen(blocked, "+380670000009").json
        assert (answer["action"], answer["announce"]) == ("allow", None)
        page = "/console/#/intake?phone=%2B380670000009&call=17.1"
        assert answer["card_url"] == f"https://centre.example{page}"

    def test_a_block_that_has_lapsed_lets_through(self, blocked: FakeDoor) -> None:
        blocked.clock.pass_(hours=1)
        assert screen(blocked).json["action"] == "allow"

    @pytest.mark.parametrize("caller", ["anonymous", "", None, 7, {}, "+38050111223344556677", "*"])
    def test_what_is_no_number_is_never_blocked(self, blocked: FakeDoor, caller: object) -> None:
        assert screen(blocked, caller).json["action"] == "allow"

    @pytest.mark.parametrize("raw", [b"", b"{", b"[1]", b"\xff\xfe", b"{" * 4000, b"x" * 300_000])
    def test_what_cannot_be_read_lets_through(self, blocked: FakeDoor, raw: bytes) -> None:
        answer = blocked.call("POST", "/telephony/screen", raw=raw)
        assert (answer.status, answer.json["action"]) == (200, "allow")

    def test_a_form_is_answered_in_one_word(self, blocked: FakeDoor) -> None:
        form = {"content-type": "application/x-www-form-urlencoded"}
        raw = b"from=%2B380501112233&to=1580&call_id=17.1&fmt=text"
        answer = blocked.call("POST", "/telephony/screen", raw=raw, headers=form)
        assert (answer.status, answer.text) == (200, "block")
        raw = raw.replace(b"1112233", b"1112234")
        answer = blocked.call("POST", "/telephony/screen", raw=raw, headers=form)
        assert answer.text == "allow"

    def test_it_fails_open_when_the_store_is_away(
        self, blocked: FakeDoor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(_seconds: float, _call: object) -> None:
            raise StoreAway

        wiring.use(replace(blocked.centre, within=away))  # type: ignore[arg-type]
        assert screen(blocked).json["action"] == "allow"
        assert entry.screen_call(contact(PHONE), None)["decision"] == "allow"

    def test_what_cannot_be_kept_turns_away_all_the_same(
        self, blocked: FakeDoor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(*_: object, **__: object) -> None:
            raise StoreAway

        monkeypatch.setattr(blocked.centre.doors.calls, "note", away)
        assert screen(blocked).json["action"] == "block"


class TestTheKey:
    """In production the exchange proves itself; no store is needed for it."""

    def test_without_the_key_nobody_is_answered(self, production: FakeDoor) -> None:
        for given in ({}, {"Authorization": "Bearer k1.WRONG"}, {"Authorization": "Bearer x"}):
            assert screen(production, headers=given).status == 401

    def test_with_the_key_it_is(self, production: FakeDoor) -> None:
        key = key_of_exchange()
        answer = screen(production, headers={"Authorization": f"Bearer {key}"})
        assert answer.json["action"] == "allow"
        settings = {"requestType": "apiCallSettings", "externalNumber": "0501112233"}
        assert production.post(f"/telephony/binotel/{key}", settings).status == 200
        assert production.post("/telephony/binotel/k1.WRONG", settings).status == 401

    def test_a_secret_that_cannot_be_read_lets_through(
        self, production: FakeDoor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(_key_id: str) -> str:
            raise StoreAway

        monkeypatch.setattr(production.centre.secrets, "key", away)
        assert screen(production, headers={"Authorization": "Bearer k1.X"}).status == 200


@pytest.mark.clause("K-3.4")
class TestAmazonConnect:
    """A contact flow reads flat words as `$.External.decision`."""

    def test_a_blocked_number_is_told_why_and_until_when(self, blocked: FakeDoor) -> None:
        assert entry.screen_call(contact(PHONE), None) == {
            "decision": "block",
            "reason": "abuse",
            "until": "2026-03-02T11:15:00+02:00",
            "prompt": "blocked_uk",
        }

    def test_others_are_let_through_with_a_hint_of_their_open_cards(self, door: FakeDoor) -> None:
        by_phone(door)
        answer = entry.screen_call(contact(PHONE), None)
        assert (answer["decision"], answer["case_hint"]) == ("allow", "1")
        assert answer["card_url"].endswith(f"phone=%2B380501112233&call={CALL_ID}")
        assert all(isinstance(value, str) for value in answer.values())

    @pytest.mark.parametrize("address", ["anonymous", None])
    def test_a_withheld_number_is_let_through(self, blocked: FakeDoor, address: str | None) -> None:
        assert entry.screen_call(contact(address), None)["decision"] == "allow"

    @pytest.mark.parametrize("event", [{}, {"Details": None}, {"Details": {"ContactData": []}}])
    def test_what_cannot_be_read_is_let_through(
        self, blocked: FakeDoor, event: dict[str, Any]
    ) -> None:
        assert entry.screen_call(event, None)["decision"] == "allow"

    def test_the_end_of_a_call_is_kept_once(self, door: FakeDoor) -> None:
        detail = {
            "eventType": "DISCONNECTED",
            "contactId": CALL_ID,
            "channel": "VOICE",
            "disconnectTimestamp": "2026-03-02T08:18:37.000Z",
            "agentInfo": {"connectedToAgentTimestamp": "2026-03-02T08:18:05.000Z"},
        }
        event = envelope(detail)
        for _ in range(2):
            entry.note_contact(event, None)
        entry.note_contact(envelope({**detail, "eventType": "INITIATED"}), None)
        entry.note_contact(envelope({**detail, "channel": "CHAT"}), None)
        (kept,) = door.centre.doors.calls.of_month("2026-03")
        assert (kept.name, kept.by) == (CallEventName.COMPLETED, SYSTEM)
        assert kept.facts == {"seconds": "32"}


def envelope(detail: dict[str, Any]) -> dict[str, Any]:
    """Return an event of the event bus."""
    return {
        "version": "0",
        "id": "abcabcab-abca-abca-abca-abcabcabcabc",
        "detail-type": "Amazon Connect Contact Event",
        "source": "aws.connect",
        "account": "111122223333",
        "time": "2026-03-02T08:18:37Z",
        "region": "eu-central-1",
        "resources": [],
        "detail": detail,
    }


class TestBinotel:
    """A cloud exchange of the country: who is ringing, and the call's end."""

    def test_a_ringing_caller_is_named_by_surname_and_initials(self, door: FakeDoor) -> None:
        by_phone(door)
        asked = {
            "requestType": "apiCallSettings",
            "companyID": "12345",
            "callType": "0",
            "externalNumber": "0501112233",
            "internalNumber": "901",
        }
        data = door.post(f"/telephony/binotel/{key_of_exchange()}", asked).json["customerData"]
        assert data["name"] == "Олена В."
        assert data["description"] == "Відкриті звернення: 1"
        assert data["linkToCrmUrl"].endswith("/console/#/intake?phone=%2B380501112233")
        outgoing = {**asked, "callType": "1"}
        assert door.post(f"/telephony/binotel/{key_of_exchange()}", outgoing).json == {}

    @pytest.mark.parametrize("as_form", [False, True])
    def test_the_end_of_a_call_is_answered_exactly_so(self, door: FakeDoor, as_form: bool) -> None:
        details = {
            "generalCallID": "63202123",
            "startTime": "1772439300",
            "externalNumber": "0501112233",
            "waitsec": "8",
            "billsec": "184",
            "disposition": "ANSWER",
        }
        path = f"/telephony/binotel/{key_of_exchange()}"
        if as_form:
            pairs = [f"callDetails[{name}]={value}" for name, value in details.items()]
            raw = "&".join(["requestType=apiCallCompleted", *pairs]).encode()
            answer = door.call("POST", path, raw=raw)
        else:
            told = {"requestType": "apiCallCompleted", "callDetails": details}
            answer = door.post(path, told)
        assert (answer.status, answer.json) == (200, {"status": "success"})
        (kept,) = door.centre.doors.calls.of_month("2026-03")
        assert kept.facts == {"seconds": "184"}

    def test_what_is_not_known_is_taken_all_the_same(self, door: FakeDoor) -> None:
        for told in ({}, {"requestType": "apiCallCompleted"}, {"requestType": "other"}):
            answer = door.post(f"/telephony/binotel/{key_of_exchange()}", told)
            assert answer.json == {"status": "success"}


def test_a_block_of_another_phone_blocks_nobody_else(door: FakeDoor) -> None:
    until = START.replace(hour=20)
    block = Block("+380670000009", "лайка", "c1", START, SYSTEM, until)
    assert block.stands(START)
    assert screen(door).json["action"] == "allow"
