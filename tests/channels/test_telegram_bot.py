"""What the Bot API refuses, and what each refusal means for a message."""

import traceback
from collections.abc import Callable
from typing import Any, Final

import pytest

from chalicelib.channels.telegram import PATIENCE_SECONDS, TelegramBot
from chalicelib.domain.inbound import InboundFile, Press
from chalicelib.domain.outbound import Ask, Button, OutboundMessage
from chalicelib.gateways.downloads import Downloads
from chalicelib.usecases.conversation_ports import FileRefused, MessengerMisused
from chalicelib.usecases.sending_ports import SendingLater, SendingRefused
from tests.support.fake_messengers import (
    BLOCKED,
    BROKEN,
    TOO_MANY,
    FakeMessengers,
    Fault,
)

ME: Final = "telegram#700100200"
HELLO: Final = OutboundMessage("Добрий <b>день</b>")
WAITED: Final[list[float]] = []


def bot(fake: FakeMessengers, download: Callable[[str], bytes] | None = None) -> TelegramBot:
    """Return the bot before the fake."""
    WAITED.clear()
    read = download or Downloads(fake.url).read
    return TelegramBot(lambda: fake.telegram_token, fake.url, download=read, wait=WAITED.append)


def bad(description: str, status: int = 400, **more: Any) -> Fault:
    """Return a refusal as Telegram words it."""
    return Fault(status, {"ok": False, "error_code": status, "description": description, **more})


class TestWriting:
    """A message as Telegram takes it."""

    def test_words_alone(self, fake: FakeMessengers) -> None:
        message_id = bot(fake).write(ME, HELLO)
        (written,) = fake.written
        assert written.id == message_id
        assert written.body == {
            "text": "Добрий <b>день</b>",
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            "chat_id": 700100200,
        }

    def test_buttons_stand_in_rows_under_it(self, fake: FakeMessengers) -> None:
        rows = (
            (Button("Дороги", Press("d7Hk2", "t", "RD-01")),),
            (Button("Сайт", url="https://a.example/"),),
        )
        bot(fake).write(ME, OutboundMessage("?", rows))
        assert fake.written[0].body["reply_markup"] == {
            "inline_keyboard": [
                [{"text": "Дороги", "callback_data": "1|d7Hk2|t|RD-01"}],
                [{"text": "Сайт", "url": "https://a.example/"}],
            ]
        }

    @pytest.mark.parametrize(
        ("ask", "field"), [(Ask.PHONE, "request_contact"), (Ask.PLACE, "request_location")]
    )
    def test_a_question_to_the_device_has_its_keyboard(
        self, fake: FakeMessengers, ask: Ask, field: str
    ) -> None:
        rows = ((Button("Назад", Press("d7Hk2", "b")),),)
        bot(fake).write(ME, OutboundMessage("?", rows, ask, "Поділитися"))
        assert fake.written[0].body["reply_markup"] == {
            "keyboard": [[{"text": "Поділитися", field: True}], [{"text": "Назад"}]],
            "resize_keyboard": True,
            "one_time_keyboard": True,
        }

    def test_a_keyboard_is_laid_off_and_a_reminder_makes_no_sound(
        self, fake: FakeMessengers
    ) -> None:
        bot(fake).write(ME, OutboundMessage("Ок", lay_off=True, silent=True))
        body = fake.written[0].body
        assert body["reply_markup"] == {"remove_keyboard": True}
        assert body["disable_notification"] is True

    def test_a_question_that_is_turned_over_takes_its_own_place(self, fake: FakeMessengers) -> None:
        assert bot(fake).write(ME, OutboundMessage("2", edit_of="24")) == "24"
        assert [name for name, _ in fake.called] == ["editMessageText"]

    def test_one_that_is_gone_is_written_anew(self, fake: FakeMessengers) -> None:
        fake.go_wrong("editMessageText", bad("Bad Request: message to edit not found"))
        bot(fake).write(ME, OutboundMessage("2", edit_of="24"))
        assert [name for name, _ in fake.called] == ["editMessageText", "sendMessage"]

    def test_a_double_tap_changes_nothing(self, fake: FakeMessengers) -> None:
        fake.go_wrong("editMessageText", bad("Bad Request: message is not modified: …"))
        bot(fake).write(ME, OutboundMessage("2", edit_of="24"))
        assert [name for name, _ in fake.called] == ["editMessageText"]


class TestRefusals:
    """The table of errors (channels, 1.4)."""

    @pytest.mark.parametrize(
        ("fault", "reason", "dead"),
        [
            (BLOCKED, "blocked", True),
            (bad("Forbidden: user is deactivated", 403), "blocked", True),
            (bad("Bad Request: chat not found"), "no_such_address", True),
            (bad("Bad Request: can't parse entities"), "rejected", False),
        ],
    )
    def test_what_will_never_be_delivered(
        self, fake: FakeMessengers, fault: Fault, reason: str, dead: bool
    ) -> None:
        fake.go_wrong("sendMessage", fault)
        with pytest.raises(SendingRefused) as refused:
            bot(fake).write(ME, HELLO)
        assert (refused.value.reason, refused.value.address_dead) == (reason, dead)

    def test_a_long_limit_is_told_to_the_sender(self, fake: FakeMessengers) -> None:
        fake.go_wrong("sendMessage", TOO_MANY)
        with pytest.raises(SendingLater) as later:
            bot(fake).write(ME, HELLO)
        assert (later.value.reason, later.value.after_seconds) == ("rate", 11)
        assert WAITED == []

    def test_a_short_limit_is_waited_for(self, fake: FakeMessengers) -> None:
        short = Fault(429, {"ok": False, "parameters": {"retry_after": PATIENCE_SECONDS}})
        fake.go_wrong("sendMessage", short)
        bot(fake).write(ME, HELLO)
        assert WAITED == [PATIENCE_SECONDS]
        assert len(fake.written) == 1

    @pytest.mark.parametrize("body", [{}, {"parameters": {"retry_after": "soon"}}])
    def test_a_limit_without_a_time_is_a_second(
        self, fake: FakeMessengers, body: dict[str, Any]
    ) -> None:
        fake.go_wrong("sendMessage", Fault(429, body))
        bot(fake).write(ME, HELLO)
        assert WAITED == [1]

    def test_a_server_that_breaks_is_away(self, fake: FakeMessengers) -> None:
        fake.go_wrong("sendMessage", BROKEN)
        with pytest.raises(SendingLater) as later:
            bot(fake).write(ME, HELLO)
        assert (later.value.reason, later.value.after_seconds) == ("away", None)

    def test_a_token_that_nobody_knows_is_a_matter_for_people(self, fake: FakeMessengers) -> None:
        stranger = TelegramBot(lambda: "2:other", fake.url, download=Downloads(fake.url).read)
        with pytest.raises(MessengerMisused):
            stranger.write(ME, HELLO)

    def test_nobody_listening_is_away_and_tells_no_token(self, fake: FakeMessengers) -> None:
        lonely = TelegramBot(
            lambda: "9:secret-token", "http://127.0.0.1:9", download=Downloads(fake.url).read
        )
        with pytest.raises(SendingLater) as later:
            lonely.write(ME, HELLO)
        assert "secret-token" not in "".join(traceback.format_exception(later.value))

    def test_pressing_and_leaving_never_fail(self, fake: FakeMessengers) -> None:
        past = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        fake.go_wrong("answerCallbackQuery", bad(past), BROKEN)
        fake.go_wrong("editMessageReplyMarkup", bad("Bad Request: message can't be edited"))
        fake.go_wrong("leaveChat", BLOCKED)
        one = bot(fake)
        one.acknowledge("3007", "Ця кнопка вже неактуальна")
        one.acknowledge("3008", "")
        one.lay_off(ME, "24")
        one.leave("telegram#-100123")
        assert [name for name, _ in fake.called] == [
            "answerCallbackQuery",
            "answerCallbackQuery",
            "editMessageReplyMarkup",
            "leaveChat",
        ]


class TestFiles:
    """Pictures that lie with Telegram."""

    def test_they_are_fetched_by_the_path_that_telegram_names(self, fake: FakeMessengers) -> None:
        fake.files["AgAC1"] = b"\xff\xd8\xff picture"
        assert bot(fake).fetch(InboundFile("AgAC1", "u")) == b"\xff\xd8\xff picture"

    @pytest.mark.parametrize(
        ("description", "reason"),
        [("Bad Request: file is too big", "too_large"), ("Bad Request: wrong file_id", "lost")],
    )
    def test_one_that_telegram_does_not_give_is_refused(
        self, fake: FakeMessengers, description: str, reason: str
    ) -> None:
        fake.go_wrong("getFile", bad(description))
        with pytest.raises(FileRefused) as refused:
            bot(fake).fetch(InboundFile("AgAC1", "u"))
        assert refused.value.reason == reason

    @pytest.mark.parametrize("path", ["../../etc/passwd", "a?b", "http://e/", "", "ї.jpg", None])
    def test_a_strange_path_is_not_asked_for(self, fake: FakeMessengers, path: str | None) -> None:
        fake.go_wrong("getFile", Fault(200, {"ok": True, "result": {"file_path": path}}))
        asked: list[str] = []

        def download(url: str) -> bytes:
            asked.append(url)
            return b""

        with pytest.raises(FileRefused):
            bot(fake, download).fetch(InboundFile("AgAC1", "u"))
        assert asked == []
