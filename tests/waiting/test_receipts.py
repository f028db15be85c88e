"""A receipt proves itself, and tells the number once there is one."""

from datetime import datetime, timedelta

import pytest

from chalicelib import wiring
from chalicelib.domain.errors import NotFound, StoreAway
from chalicelib.domain.receipt import Receipt, ReceiptStatus
from chalicelib.usecases.receipts import Receipts, Shown, receipt_token, show_receipt
from tests.builders import NUMBER
from tests.builders import RECEIVED_AT as NOW
from tests.fake_door import fake_door
from tests.fakes import FakeQuarantine, FakeReceipts, FakeSecrets

ID = "0123456789abcdef0123456789abcdef"
SECRETS = FakeSecrets()


def _shown(token: str, now: datetime, receipts: Receipts) -> Shown:
    return show_receipt(
        token, now=now, receipts=receipts, quarantine=FakeQuarantine(), secrets=SECRETS
    )


def test_the_same_receipt_has_the_same_token() -> None:
    assert receipt_token(ID, secrets=SECRETS) == receipt_token(ID, secrets=SECRETS)
    assert receipt_token(ID, secrets=SECRETS) != receipt_token("f" + ID[1:], secrets=SECRETS)


def test_while_nothing_is_known_it_waits() -> None:
    token = receipt_token(ID, secrets=SECRETS)
    shown = _shown(token, NOW, FakeReceipts())
    assert (shown.receipt.status, shown.access_code) == (ReceiptStatus.QUEUED, None)


def test_while_the_store_is_away_it_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    receipts = FakeReceipts()

    def away(*_: object) -> None:
        raise StoreAway

    monkeypatch.setattr(receipts, "read", away)
    token = receipt_token(ID, secrets=SECRETS)
    shown = _shown(token, NOW, receipts)
    assert shown.receipt.status is ReceiptStatus.QUEUED


def test_once_registered_it_tells_number_and_code_until_it_expires() -> None:
    receipts, token = FakeReceipts(), receipt_token(ID, secrets=SECRETS)
    kept = Receipt(ID, ReceiptStatus.REGISTERED, NOW, NUMBER, NUMBER, SECRETS.current())
    receipts.keep(kept, until=NOW + timedelta(days=1))
    shown = _shown(token, NOW, receipts)
    assert shown.receipt == kept
    assert shown.access_code
    assert len(shown.access_code) == 19
    later = _shown(token, NOW + timedelta(days=1), receipts)
    assert later.receipt.number is None


@pytest.mark.parametrize("forged", ["", "x", "k1..", f"k1.{ID}.", f"k1.{ID}.WRONG", f"k9.{ID}.A"])
def test_a_forged_token_is_not_found(forged: str) -> None:
    with pytest.raises(NotFound):
        _shown(forged, NOW, FakeReceipts())


def test_a_token_of_another_receipt_opens_no_other() -> None:
    mark = receipt_token(ID, secrets=SECRETS).rpartition(".")[2]
    with pytest.raises(NotFound):
        _shown(f"k1.f{ID[1:]}.{mark}", NOW, FakeReceipts())


def test_the_route_answers_in_words() -> None:
    door = fake_door("khmelnytskyi")
    token = receipt_token(ID, secrets=door.centre.secrets)
    told = door.get(f"/receipts/{token}").json
    assert (told["status"], told["status_text"]) == ("queued", "Прийнято, реєструється")
    assert told["number"] is told["access_code"] is told["reason"] is None
    assert door.get("/receipts/k1.x.y").status == 404
    wiring.use(None)
