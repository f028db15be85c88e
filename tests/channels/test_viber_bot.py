"""What Viber's API refuses, and what each status means for a message."""

from typing import Any, Final

import pytest

from chalicelib.channels.viber import ViberBot, welcome
from chalicelib.domain.inbound import InboundFile, Press
from chalicelib.domain.outbound import Ask, Button, OutboundMessage
from chalicelib.gateways.downloads import Downloads
from chalicelib.usecases.conversation_ports import MessengerMisused
from chalicelib.usecases.sending_ports import SendingLater, SendingRefused
from tests.support.fake_messengers import VIBER_SEND, FakeMessengers, Fault

ME: Final = "viber#01234567890A="
HELLO: Final = OutboundMessage("Добрий <b>день</b>, 5 &lt; 6 &amp; 7")


def bot(fake: FakeMessengers, name: str = "Контакт-центр міста з дуже довгою назвою") -> ViberBot:
    """Return the bot before the fake."""
    return ViberBot(
        lambda: fake.viber_token, fake.url, name=name, download=Downloads(fake.url).read
    )


def status(code: int | None) -> Fault:
    """Return an answer with a status; Viber's HTTP status is 200 whatever happens."""
    return Fault(200, {"status": code, "status_message": "said by the test"})


class TestWriting:
    """A message as Viber takes it."""

    def test_words_are_plain(self, fake: FakeMessengers) -> None:
        assert int(bot(fake).write(ME, HELLO)) > 2**53
        (written,) = fake.written
        assert written.text == "Добрий день, 5 < 6 & 7"
        assert written.body["receiver"] == "01234567890A="
        assert len(written.body["sender"]["name"]) == 28
        assert "keyboard" not in written.body

    def test_buttons_are_a_keyboard_and_their_words_are_escaped(self, fake: FakeMessengers) -> None:
        rows = (
            (Button("A & <b>", Press("d7", "t", "RD-01")), Button("Назад", Press("d7", "b"))),
            (Button("Сайт", url="https://a.example/"),),
        )
        bot(fake).write(ME, OutboundMessage("?", rows))
        keyboard = fake.written[0].body["keyboard"]
        assert keyboard["Type"] == "keyboard"
        first, second, third = keyboard["Buttons"]
        assert first["Text"] == "A &amp; &lt;b&gt;"
        assert (first["Columns"], second["Columns"], third["Columns"]) == (3, 3, 6)
        assert (first["ActionType"], first["ActionBody"]) == ("reply", "1|d7|t|RD-01")
        assert (third["ActionType"], third["ActionBody"]) == ("open-url", "https://a.example/")

    @pytest.mark.parametrize(
        ("ask", "kind"), [(Ask.PHONE, "share-phone"), (Ask.PLACE, "location-picker")]
    )
    def test_a_question_to_the_device_leads_the_keyboard(
        self, fake: FakeMessengers, ask: Ask, kind: str
    ) -> None:
        rows = ((Button("Назад", Press("d7", "b")),),)
        bot(fake).write(ME, OutboundMessage("?", rows, ask, "Поділитися"))
        body = fake.written[0].body
        assert [each["ActionType"] for each in body["keyboard"]["Buttons"]] == [kind, "reply"]
        assert body["tracking_data"] == ask.value

    def test_what_other_messengers_do_is_nothing_here(self, fake: FakeMessengers) -> None:
        one = bot(fake)
        one.acknowledge("", "")
        one.lay_off(ME, "1")
        one.leave(ME)
        assert fake.called == []

    def test_files_are_fetched_from_where_viber_says(self, fake: FakeMessengers) -> None:
        fake.files["one"] = b"bytes"
        assert bot(fake).fetch(InboundFile(f"{fake.url}/media/one.jpg?Sig=1", "m")) == b"bytes"


class TestStatuses:
    """The table of statuses."""

    @pytest.mark.parametrize(
        ("code", "reason", "dead"),
        [
            (5, "no_such_address", True),
            (6, "blocked", True),
            (11, "no_such_device", False),
            (3, "rejected", False),
            (13, "rejected", False),
            (21, "no_such_country", False),
            (23, "quota", False),
            (24, "unpaid", False),
        ],
    )
    def test_what_will_never_be_delivered(
        self, fake: FakeMessengers, code: int, reason: str, dead: bool
    ) -> None:
        fake.go_wrong(VIBER_SEND, status(code))
        with pytest.raises(SendingRefused) as refused:
            bot(fake).write(ME, HELLO)
        assert (refused.value.reason, refused.value.address_dead) == (reason, dead)

    @pytest.mark.parametrize("code", [2, 7, 8, 9, 10, 15, 20])
    def test_what_is_a_matter_for_people(self, fake: FakeMessengers, code: int) -> None:
        fake.go_wrong(VIBER_SEND, status(code))
        with pytest.raises(MessengerMisused):
            bot(fake).write(ME, HELLO)

    @pytest.mark.parametrize(
        ("fault", "reason"),
        [
            (status(12), "rate"),
            (status(99), "away"),
            (status(None), "away"),
            (Fault(502), "away"),
            (Fault(429), "rate"),
            (Fault(200, {"status": "0"}), "away"),
        ],
    )
    def test_what_may_be_delivered_later(
        self, fake: FakeMessengers, fault: Fault, reason: str
    ) -> None:
        fake.go_wrong(VIBER_SEND, fault)
        with pytest.raises(SendingLater) as later:
            bot(fake).write(ME, HELLO)
        assert later.value.reason == reason

    def test_nobody_listening_is_away(self, fake: FakeMessengers) -> None:
        lonely = ViberBot(lambda: "x", "http://127.0.0.1:9", name="Ц", download=lambda _: b"")
        with pytest.raises(SendingLater):
            lonely.write(ME, HELLO)


def test_the_welcome_is_one_message_with_one_button() -> None:
    button = Button("Подати <звернення>", Press("-", "new"))
    plain: dict[str, Any] = welcome("<b>Вітаємо</b>", button, "Ц" * 40)
    assert plain["text"] == "Вітаємо"
    assert len(plain["sender"]["name"]) == 28
    (only,) = plain["keyboard"]["Buttons"]
    assert (only["ActionBody"], only["Text"]) == ("1|-|new", "Подати &lt;звернення&gt;")
    linked = welcome("Вітаємо", button, "Ц", "a_7Qm3")
    assert linked["keyboard"]["Buttons"][0]["ActionBody"] == "/start a_7Qm3"
